//! Page numbers of lists.

/// Deepest page that is answered: further ones are asked for by machines only, and each costs a longer read.
const DEEPEST: u64 = 200;

/// Where in a list we are.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    /// From 1.
    pub(crate) number: u64,
    size: u64,
    total: u64,
    /// Address of the list with everything but the page number, ending in `?` or `&`.
    address: String,
}

impl Pages {
    /// Page `number` (absent: the first) of a list of `total` at `path`, with the query that stays.
    pub(crate) fn new(
        number: Option<u64>,
        size: u64,
        total: u64,
        path: &str,
        query: &[(&str, &str)],
    ) -> Self {
        let mut kept = url::form_urlencoded::Serializer::new(String::new());
        kept.extend_pairs(query.iter().filter(|pair| !pair.1.is_empty()));
        let kept = kept.finish();
        let address = if kept.is_empty() { format!("{path}?") } else { format!("{path}?{kept}&") };
        Self { number: clamp(number), size, total, address }
    }

    pub(crate) fn last(&self) -> u64 {
        self.total.div_ceil(self.size).clamp(1, DEEPEST)
    }

    pub(crate) fn is_needed(&self) -> bool {
        self.last() > 1
    }

    pub(crate) fn newer(&self) -> Option<String> {
        (self.number > 1).then(|| self.at(self.number - 1))
    }

    pub(crate) fn older(&self) -> Option<String> {
        (self.number < self.last()).then(|| self.at(self.number + 1))
    }

    /// Number of the first item on this page, from 1.
    pub(crate) fn first_item(&self) -> u64 {
        offset(Some(self.number), self.size) + 1
    }

    /// Address of the list with what stays of the query, ending in `?` or `&`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn at(&self, number: u64) -> String {
        if number == 1 {
            return self.address.trim_end_matches(['?', '&']).to_owned();
        }
        format!("{}page={number}", self.address)
    }
}

/// How many items come before page `number`.
pub(crate) fn offset(number: Option<u64>, size: u64) -> u64 {
    (clamp(number) - 1) * size
}

fn clamp(number: Option<u64>) -> u64 {
    number.unwrap_or(1).clamp(1, DEEPEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_link_to_their_neighbours() {
        let pages = Pages::new(Some(2), 10, 35, "/search", &[("q", "a&b c"), ("lang", "")]);
        assert_eq!(pages.last(), 4);
        assert_eq!(pages.newer().unwrap(), "/search?q=a%26b+c");
        assert_eq!(pages.older().unwrap(), "/search?q=a%26b+c&page=3");
        assert_eq!(pages.first_item(), 11);
        assert_eq!(offset(Some(u64::MAX), 10), (DEEPEST - 1) * 10);
        assert!(!Pages::new(None, 10, 10, "/", &[]).is_needed());
    }
}

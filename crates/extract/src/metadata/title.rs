//! An article's title: JSON-LD headline, og:title, the main heading, `<title>`, in this order, the outlet's name
//! behind it cut off.

use super::Page;

/// Signs that stand between a title and the outlet's name.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ "];

/// Longest outlet suffix, in words: "The Example Times and Daily Mirror".
const SUFFIX_WORDS: usize = 6;

pub(super) fn read(page: &Page<'_>, outlet: Option<&str>) -> Option<String> {
    let window = page.text("head title").or_else(|| page.text("title"));
    let heading = sole_heading(page);
    let names = Names { outlet, host: host_word(page) };
    let claimed = claims(page, &names);
    // Search engines and social networks are often given other headlines than readers see: of several claims the
    // one that stands on the page is the title.
    let shown = headings(page).into_iter().chain(window.clone());
    let confirmed = shown.flat_map(|shown| claimed.iter().filter(move |claim| agrees(claim, &shown))).next();
    if let Some(claim) = confirmed.or(claimed.first()) {
        return Some(restored(claim.clone(), heading.as_deref()));
    }
    let window = window.map(|title| without_names(&title, &names));
    match (heading, window) {
        // The window's title tells which of the headings is meant.
        (Some(heading), Some(window)) if agrees(&heading, &window) => Some(heading),
        (heading, window) => window.filter(|title| !title.is_empty()).or(heading),
    }
}

/// What JSON-LD and meta tags say. A site that claims its own name as the title of every page claims nothing.
fn claims(page: &Page<'_>, names: &Names<'_>) -> Vec<String> {
    let meta =
        ["og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "headline", "title"];
    let claimed =
        page.json.titles.iter().cloned().chain(meta.iter().filter_map(|name| page.meta.first(&[name])));
    let cut = claimed.filter(|title| title.chars().count() <= 300).map(|title| without_names(&title, names));
    cut.filter(|cut| !cut.is_empty() && names.outlet.is_none_or(|outlet| !cut.eq_ignore_ascii_case(outlet)))
        .collect()
}

fn headings(page: &Page<'_>) -> Vec<String> {
    let all = page.document.select("h1");
    all.nodes()
        .iter()
        .take(5)
        .map(|node| crate::dom::squeeze(&node.text()))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Cuts a known outlet's name off a title: `Dam holds | The Example Post` to `Dam holds`.
pub(crate) fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    without_names(title, &Names { outlet, host: None })
}

/// By what a suffix is known to be the outlet's name.
struct Names<'a> {
    outlet: Option<&'a str>,
    /// The registrable domain's first label: `examplepost` of `www.examplepost.co.uk`.
    host: Option<String>,
}

impl Names<'_> {
    fn mean(&self, part: &str) -> bool {
        let squashed = squash(part);
        if squashed.chars().count() < 3 || part.split_whitespace().count() > SUFFIX_WORDS {
            return false;
        }
        let outlet = self.outlet.map(squash).filter(|outlet| outlet.len() > 1);
        let host = self.host.as_deref().map(squash).filter(|host| host.len() > 2);
        outlet.is_some_and(|outlet| {
            outlet == squashed || squashed.starts_with(&outlet) || outlet.starts_with(&squashed)
        }) || host
            .is_some_and(|host| squashed.contains(&host) || (squashed.len() > 3 && host.contains(&squashed)))
    }
}

fn without_names(title: &str, names: &Names<'_>) -> String {
    let mut left = title.trim();
    // "Title - Section - Outlet" has two; more are part of the title.
    for _ in 0..2 {
        let Some((before, after)) = last_part(left) else { break };
        if names.mean(after) && before.split_whitespace().count() >= 2 {
            left = before.trim();
        } else {
            break;
        }
    }
    if let Some((before, after)) = SEPARATORS.iter().find_map(|sign| left.split_once(sign))
        && names.mean(before)
        && after.split_whitespace().count() > 2
    {
        left = after.trim();
    }
    left.to_owned()
}

fn last_part(title: &str) -> Option<(&str, &str)> {
    SEPARATORS.iter().filter_map(|sign| title.rsplit_once(sign)).min_by_key(|(_, after)| after.len())
}

/// A headline that a system cut off ("Minister rejects the pl...") in full, when the heading has it.
fn restored(title: String, heading: Option<&str>) -> String {
    let stem = title.trim_end_matches(['.', '…', ' ']);
    match heading {
        Some(heading) if stem.len() < title.len() && !stem.is_empty() && heading.starts_with(stem) => {
            heading.to_owned()
        }
        _ => title,
    }
}

/// The heading of the article, when there is no doubt which one it is.
fn sole_heading(page: &Page<'_>) -> Option<String> {
    let marked = page.text("h1[itemprop=headline], article h1, main h1");
    marked.or_else(|| {
        let all = page.document.select("h1");
        (all.length() == 1).then(|| page.text("h1")).flatten()
    })
}

fn agrees(heading: &str, window: &str) -> bool {
    let (heading, window) = (squash(heading), squash(window));
    heading.len() > 8 && (window.contains(&heading) || heading.contains(&window))
}

fn host_word(page: &Page<'_>) -> Option<String> {
    let domain = super::link::registrable(page.url?)?;
    domain.split('.').next().map(str::to_owned)
}

/// Letters and digits alone, in lower case.
fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::without_outlet;

    #[test]
    fn outlets_are_cut_and_titles_are_not() {
        let check =
            |title: &str, outlet: &str, cut: &str| assert_eq!(without_outlet(title, Some(outlet)), cut);
        check("Dam holds | The Example Post", "The Example Post", "Dam holds");
        check("Dam holds - News - Example Post", "Example Post", "Dam holds - News");
        check("Example Post: dam holds", "Example Post", "Example Post: dam holds");
        check("Minister – and mother", "Example Post", "Minister – and mother");
        check("Example Post | The dam still holds", "Example Post", "The dam still holds");
        check("Гребля тримається — Приклад", "Приклад", "Гребля тримається");
    }
}

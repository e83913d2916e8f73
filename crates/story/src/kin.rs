//! Outlets that turn out to be of one house though the table of families does not say so. In: for each article its
//! outlet's family, the family of the article that it copies, and the publisher that its page names. Out: the family that
//! an outlet counts to from now on. Two of one house do not confirm each other, so what is gained by a false claim is
//! less corroboration, never more.

use crate::hash::Map;
use news::OutletId;

/// An outlet says nothing of itself before so many articles.
const ENOUGH: u32 = 20;
/// Of five articles so many are copies of one family's, or name one publisher.
const OF_FIVE: u32 = 4;
/// Words that make no publisher's name: feeds without one are called "Latest news".
const GENERAL: &[&str] = &[
    "all",
    "blog",
    "breaking",
    "business",
    "daily",
    "feed",
    "headlines",
    "home",
    "homepage",
    "international",
    "latest",
    "local",
    "national",
    "news",
    "online",
    "politics",
    "press",
    "release",
    "releases",
    "rss",
    "sport",
    "sports",
    "stories",
    "the",
    "times",
    "top",
    "today",
    "world",
];
/// Publishers' names and families copied that are counted for one outlet.
const NAMES: usize = 32;

/// What outlets have printed since the program started.
#[derive(Clone, Debug, Default)]
pub struct Kin {
    outlets: Map<i64, Printed>,
    /// The first family that named a publisher in nearly all it printed.
    houses: Map<Box<str>, Box<str>>,
}

/// What is known of one article's origin.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    pub outlet: OutletId,
    /// The family that the outlet counts to.
    pub family: &'a str,
    /// That of the article that it copies.
    pub original: Option<&'a str>,
    /// The publisher that the page names.
    pub publisher: Option<&'a str>,
}

#[derive(Clone, Debug, Default)]
struct Printed {
    articles: u32,
    copied: Map<Box<str>, u32>,
    named: Map<Box<str>, u32>,
}

impl Kin {
    /// Counts an article. Gives the family that its outlet turns out to belong to, if that is not the one it counts to.
    pub fn note(&mut self, origin: &Origin) -> Option<Box<str>> {
        let printed = self.outlets.entry(origin.outlet.0).or_default();
        printed.articles += 1;
        count(&mut printed.copied, origin.original.filter(|original| *original != origin.family));
        count(&mut printed.named, origin.publisher.map(squeezed).as_deref());
        if printed.articles < ENOUGH {
            return None;
        }
        if let Some(original) = printed.mostly(&printed.copied) {
            return Some(original.into());
        }
        let publisher = printed.mostly(&printed.named)?;
        let house = self.houses.entry(publisher.into()).or_insert_with(|| origin.family.into());
        (**house != *origin.family).then(|| house.clone())
    }
}

impl Printed {
    /// What nearly all its articles have.
    fn mostly<'a>(&self, counted: &'a Map<Box<str>, u32>) -> Option<&'a str> {
        let mut names = counted.iter().map(|(name, count)| (&**name, *count));
        names.find(|(_, count)| count * 5 >= self.articles * OF_FIVE).map(|(name, _)| name)
    }
}

fn count(names: &mut Map<Box<str>, u32>, name: Option<&str>) {
    let Some(name) = name.filter(|name| !name.is_empty()) else { return };
    if let Some(times) = names.get_mut(name) {
        *times += 1;
    } else if names.len() < NAMES {
        names.insert(name.into(), 1);
    }
}

/// A name without case and marks; nothing where it could be anybody's.
fn squeezed(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.iter().all(|word| GENERAL.contains(&word.as_str())) { String::new() } else { words.concat() }
}

#[cfg(test)]
mod tests {
    use super::{ENOUGH, Kin, Origin};
    use news::OutletId;

    const PLAIN: Origin =
        Origin { outlet: OutletId(1), family: "north.example", original: None, publisher: None };

    /// What is found after so many articles, every fifth of them its own.
    fn after(articles: u32, like: Origin) -> Option<Box<str>> {
        let mut kin = Kin::default();
        let own = |number: u32| number.is_multiple_of(5);
        let mut found = None;
        for number in 1..=articles {
            found = kin.note(&if own(number) { Origin { original: None, ..like } } else { like });
        }
        found
    }

    #[test]
    fn an_outlet_that_prints_what_another_writes_is_of_its_house() {
        let copying = Origin { original: Some("south.example"), ..PLAIN };
        assert_eq!(after(ENOUGH - 1, copying), None, "too few to say");
        assert_eq!(after(ENOUGH, copying).as_deref(), Some("south.example"));
        assert_eq!(after(ENOUGH, PLAIN), None);
        let own_house = Origin { original: Some("north.example"), ..PLAIN };
        assert_eq!(after(ENOUGH, own_house), None, "copies within the house");
    }

    #[test]
    fn many_sources_are_no_house() {
        let mut kin = Kin::default();
        let families = ["a.example", "b.example", "c.example"];
        let found = (0..300).filter_map(|number| {
            kin.note(&Origin { original: Some(families[number % families.len()]), ..PLAIN })
        });
        assert_eq!(found.count(), 0);
    }

    #[test]
    fn feeds_without_a_name_are_no_house() {
        let mut kin = Kin::default();
        let unnamed = Origin { publisher: Some("Latest news"), ..PLAIN };
        let other = Origin { outlet: OutletId(2), family: "coast.example", ..unnamed };
        let found = (0..2 * ENOUGH).filter_map(|_| kin.note(&unnamed).or(kin.note(&other)));
        assert_eq!(found.count(), 0);
    }

    #[test]
    fn two_that_name_one_publisher_are_one_house() {
        let mut kin = Kin::default();
        let named = Origin { publisher: Some("Lowland Press Group"), ..PLAIN };
        let other = Origin {
            outlet: OutletId(2),
            family: "coast.example",
            publisher: Some("LOWLAND Press-Group"),
            ..PLAIN
        };
        let first: Vec<_> = (0..ENOUGH).filter_map(|_| kin.note(&named)).collect();
        assert_eq!(first, [], "the first to name it is its house");
        let second = (0..ENOUGH).filter_map(|_| kin.note(&other)).last();
        assert_eq!(second.as_deref(), Some("north.example"));
    }
}

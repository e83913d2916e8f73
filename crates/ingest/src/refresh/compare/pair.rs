//! Which known entry each item of a document is.
//!
//! Pairs are made one to one, the strongest evidence first: all keys alike, then the guid, the address, the words. A
//! key counts only where it names one thing, and a guid whose address, title and date all changed names another thing. So
//! no item hides behind another, whatever a publisher does with its keys; at worst an item counts as new.

use super::{Keyed, Known};
use crate::refresh::keys::Keys;
use jiff::Timestamp;
use news::EntryId;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Items with the same words are the same when published this near to each other.
const SAME_DAY_SECONDS: i64 = 36 * 3_600;

/// Characters from which on a title alone tells an item from the next one of a series ("Morning briefing").
const TELLING_TITLE: usize = 30;

/// Known entries with one key that are looked at, newest first. Bounds the work on a feed that says the same thing
/// thousands of times.
const CANDIDATES: usize = 64;

/// The known entry of each item, in the order of `seen`; `None` for a new one.
pub(super) fn pair<'a>(known: &'a [Known], seen: &[Keyed]) -> Vec<Option<&'a Known>> {
    let register = Register::new(known, seen);
    let mut pairs = vec![None; seen.len()];
    let mut taken = HashSet::new();
    for evidence in [Register::alike, Register::by_guid, Register::by_link, Register::by_words] {
        for (pair, keyed) in pairs.iter_mut().zip(seen).filter(|(pair, _)| pair.is_none()) {
            *pair = evidence(&register, keyed, &taken);
            taken.extend(pair.map(|known| known.id));
        }
    }
    pairs
}

/// Known entries by each key, newest first.
struct Register<'a> {
    keys: Groups<'a, &'a Keys>,
    guids: Groups<'a, &'a str>,
    links: Groups<'a, &'a str>,
    titles: Groups<'a, &'a str>,
    /// By title and second: databases keep no finer time.
    moments: Groups<'a, (&'a str, i64)>,
    contents: Groups<'a, &'a str>,
    /// Keys that several items of the document have.
    shared_guids: HashSet<String>,
    shared_links: HashSet<String>,
}

type Groups<'a, K> = HashMap<K, Vec<&'a Known>>;
type Taken = HashSet<EntryId>;

impl<'a> Register<'a> {
    fn new(known: &'a [Known], seen: &[Keyed]) -> Self {
        let mut newest_first: Vec<&Known> = known.iter().collect();
        newest_first.sort_unstable_by_key(|known| std::cmp::Reverse(known.id));
        let known = newest_first.as_slice();
        Self {
            keys: group(known, |known| Some(&known.keys)),
            guids: group(known, |known| known.keys.guid.as_deref()),
            links: group(known, |known| known.keys.link.as_deref()),
            titles: group(known, |known| Some(known.keys.title.as_str())),
            moments: group(known, |known| Some((known.keys.title.as_str(), known.published?.as_second()))),
            contents: group(known, |known| Some(known.keys.content.as_str())),
            shared_guids: shared(seen.iter().filter_map(|keyed| keyed.keys.guid.as_deref())),
            shared_links: shared(seen.iter().filter_map(|keyed| keyed.keys.link.as_deref())),
        }
    }

    fn alike(&self, keyed: &Keyed, taken: &Taken) -> Option<&'a Known> {
        free(self.keys.get(&keyed.keys), taken).next()
    }

    fn by_guid(&self, keyed: &Keyed, taken: &Taken) -> Option<&'a Known> {
        let guid = keyed.keys.guid.as_deref().filter(|guid| !self.shared_guids.contains(*guid))?;
        let group = self.guids.get(guid)?;
        free(Some(group), taken)
            .find(|known| if group.len() == 1 { !is_reused(known, keyed) } else { stays(known, keyed) })
    }

    fn by_link(&self, keyed: &Keyed, taken: &Taken) -> Option<&'a Known> {
        let link = keyed.keys.link.as_deref().filter(|link| !self.shared_links.contains(*link))?;
        let group = self.links.get(link)?;
        let names_one = group.len() == 1 && !is_front_page(link);
        free(Some(group), taken).find(|known| names_one || known.keys.title == keyed.keys.title)
    }

    /// The same words at the same place, near in time.
    fn by_words(&self, keyed: &Keyed, taken: &Taken) -> Option<&'a Known> {
        let mut candidates = self.same_moment(keyed, taken);
        candidates.extend(self.same_content(keyed, taken));
        candidates.extend(self.same_title(keyed, taken));
        candidates.into_iter().find(|known| same_place(&known.keys, &keyed.keys))
    }

    fn same_moment(&self, keyed: &Keyed, taken: &Taken) -> Vec<&'a Known> {
        let moment = keyed.entry.published.filter(|_| has_title(keyed));
        free(moment.and_then(|at| self.moments.get(&(keyed.keys.title.as_str(), at.as_second()))), taken)
            .collect()
    }

    fn same_content(&self, keyed: &Keyed, taken: &Taken) -> Vec<&'a Known> {
        let content = Some(keyed.keys.content.as_str()).filter(|_| is_telling(keyed));
        let published = keyed.entry.published;
        free(content.and_then(|content| self.contents.get(content)), taken)
            .filter(move |known| is_near(known.published, published).unwrap_or(true))
            .collect()
    }

    /// The title alone, for items that have nothing else to be known by.
    fn same_title(&self, keyed: &Keyed, taken: &Taken) -> Vec<&'a Known> {
        let unnamed = keyed.keys.guid.is_none() && keyed.keys.link.is_none();
        let title = Some(keyed.keys.title.as_str()).filter(|_| unnamed && has_title(keyed));
        let published = keyed.entry.published;
        free(title.and_then(|title| self.titles.get(title)), taken)
            .filter(move |known| is_near(known.published, published).unwrap_or(false))
            .collect()
    }
}

fn group<'a, K: Eq + Hash>(known: &[&'a Known], key: impl Fn(&'a Known) -> Option<K>) -> Groups<'a, K> {
    let mut groups: Groups<K> = HashMap::new();
    for &entry in known {
        if let Some(key) = key(entry) {
            groups.entry(key).or_default().push(entry);
        }
    }
    groups
}

/// Those of a group that no item was paired with yet.
fn free<'a>(group: Option<&Vec<&'a Known>>, taken: &Taken) -> impl Iterator<Item = &'a Known> + use<'a> {
    let candidates = group.into_iter().flatten().take(CANDIDATES);
    let free: Vec<&Known> = candidates.copied().filter(|known| !taken.contains(&known.id)).collect();
    free.into_iter()
}

/// A guid whose address, title and date are all others names another item now. Outlets that write the title into the
/// address change both at once, but not when it was published.
fn is_reused(known: &Known, keyed: &Keyed) -> bool {
    let both = known.keys.link.is_some() && keyed.keys.link.is_some();
    both && !stays(known, keyed) && !is_of_one_moment(known.published, keyed.entry.published)
}

/// Published in the same second, where a time of day was given: many items have the date of a day.
fn is_of_one_moment(a: Option<Timestamp>, b: Option<Timestamp>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    a.as_second() == b.as_second() && a.as_second() % 3_600 != 0
}

/// The address or the title is still the same.
fn stays(known: &Known, keyed: &Keyed) -> bool {
    let same_link = known.keys.link.is_some() && known.keys.link == keyed.keys.link;
    same_link || known.keys.title == keyed.keys.title
}

/// An address without a path is a site, not a page of it.
fn is_front_page(link: &str) -> bool {
    !link.contains(['/', '?'])
}

fn has_title(keyed: &Keyed) -> bool {
    keyed.entry.title.as_deref().is_some_and(|title| !title.trim().is_empty())
}

/// Whether the words are enough to tell an item from others: a text, or a long title.
fn is_telling(keyed: &Keyed) -> bool {
    let is_long = |title: &str| title.trim().chars().take(TELLING_TITLE).count() == TELLING_TITLE;
    let entry = &keyed.entry;
    entry.summary.is_some() || entry.content.is_some() || entry.title.as_deref().is_some_and(is_long)
}

/// `None` when one of them has no date.
fn is_near(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<bool> {
    Some((a?.as_second() - b?.as_second()).abs() < SAME_DAY_SECONDS)
}

/// Both on one host, or one of them nowhere.
fn same_place(a: &Keys, b: &Keys) -> bool {
    match (a.link.as_deref(), b.link.as_deref()) {
        (Some(a), Some(b)) => host_of(a) == host_of(b),
        _ => true,
    }
}

/// The host of an address's key.
fn host_of(link: &str) -> &str {
    link.split(['/', '?']).next().unwrap_or(link)
}

fn shared<'a>(keys: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let mut once = HashSet::new();
    keys.filter(|key| !once.insert(*key)).map(ToOwned::to_owned).collect()
}

//! What in a document is new, what was changed, and what only looks new.
//!
//! An entry is known by its guid, else by its address, else by its title and day. Publishers break each of these: one
//! guid for all items, new guids for old items, one guid used again for another item, addresses that change. So a
//! key counts only where it names one thing, and a guid whose address and title both changed names another thing.

use super::keys::{Keys, keys};
use jiff::Timestamp;
use news::{Entry, EntryId};
use std::collections::{HashMap, HashSet};

/// Entries of one document that are taken as new after the first look; more come with the next looks. Keeps a
/// poisoned feed from flooding everything else.
const MOST_NEW: usize = 200;

/// Items with the same title are the same when published this near to each other.
const SAME_DAY_SECONDS: i64 = 36 * 3_600;

/// What is kept of an entry to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: EntryId,
    pub keys: Keys,
    pub published: Option<Timestamp>,
}

/// An entry with its keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed {
    pub keys: Keys,
    pub entry: Entry,
}

/// What a document brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Oldest first: the order in which they are to be read.
    pub new: Vec<Keyed>,
    /// Known entries whose words changed.
    pub revised: Vec<(EntryId, Keyed)>,
    /// Known entries that say the same under other keys.
    pub rekeyed: Vec<(EntryId, Keys)>,
    pub unchanged: usize,
    /// New ones that are left for the next look.
    pub held_back: usize,
}

/// Compares a document with what is known of its feed. `first` for the first look, which has no bound but the
/// document's own.
pub fn compare(known: &[Known], seen: &[Entry], first: bool) -> Changes {
    let seen: Vec<Keyed> =
        seen.iter().map(|entry| Keyed { keys: keys(entry), entry: entry.clone() }).collect();
    let register = Register::new(known, &seen);
    let mut changes = Changes::default();
    let mut met: HashSet<EntryId> = HashSet::new();
    let mut twice: HashSet<Keys> = HashSet::new();
    for keyed in seen {
        match register.find(&keyed) {
            Some(known) if !met.insert(known.id) => changes.unchanged += 1,
            Some(known) => changes.place(known, keyed),
            None if !twice.insert(keyed.keys.clone()) => changes.unchanged += 1,
            None => changes.new.push(keyed),
        }
    }
    changes.in_order(first);
    changes
}

impl Changes {
    fn place(&mut self, known: &Known, keyed: Keyed) {
        let words_changed = known.keys.title != keyed.keys.title || known.keys.content != keyed.keys.content;
        if words_changed {
            self.revised.push((known.id, keyed));
        } else if known.keys != keyed.keys {
            self.rekeyed.push((known.id, keyed.keys));
        } else {
            self.unchanged += 1;
        }
    }

    /// Documents have the newest item first; without dates that order is all there is.
    fn in_order(&mut self, first: bool) {
        self.new.reverse();
        self.new.sort_by_key(|keyed| keyed.entry.published.or(keyed.entry.updated));
        if !first && self.new.len() > MOST_NEW {
            self.held_back = self.new.len() - MOST_NEW;
            self.new.truncate(MOST_NEW);
        }
    }
}

/// Known entries by each key that names one thing.
struct Register<'a> {
    by_guid: HashMap<&'a str, &'a Known>,
    by_link: HashMap<&'a str, &'a Known>,
    by_title: HashMap<&'a str, Vec<&'a Known>>,
}

impl<'a> Register<'a> {
    fn new(known: &'a [Known], seen: &[Keyed]) -> Self {
        let shared_guids = shared(seen.iter().filter_map(|keyed| keyed.keys.guid.as_deref()));
        let shared_links = shared(seen.iter().filter_map(|keyed| keyed.keys.link.as_deref()));
        let mut by_title: HashMap<&str, Vec<&Known>> = HashMap::new();
        for entry in known {
            by_title.entry(&entry.keys.title).or_default().push(entry);
        }
        Self {
            by_guid: naming_one(known, |keys| keys.guid.as_deref(), &shared_guids),
            by_link: naming_one(known, |keys| keys.link.as_deref(), &shared_links),
            by_title,
        }
    }

    fn find(&self, keyed: &Keyed) -> Option<&'a Known> {
        let Keys { guid, link, .. } = &keyed.keys;
        let by_guid = guid.as_deref().and_then(|guid| self.by_guid.get(guid).copied());
        let by_link = link.as_deref().and_then(|link| self.by_link.get(link).copied());
        by_guid.filter(|known| !is_reused(known, keyed)).or(by_link).or_else(|| self.by_title(keyed))
    }

    /// Same title, near in time, and not plainly two pages with the same text apart.
    fn by_title(&self, keyed: &Keyed) -> Option<&'a Known> {
        let candidates = self.by_title.get(keyed.keys.title.as_str())?;
        candidates.iter().copied().find(|known| {
            let near = match (known.published, keyed.entry.published) {
                (Some(a), Some(b)) => (a.as_second() - b.as_second()).abs() < SAME_DAY_SECONDS,
                _ => known.keys.content == keyed.keys.content,
            };
            near && same_place(&known.keys, &keyed.keys)
        })
    }
}

/// A guid whose address and title are both others names another item now.
fn is_reused(known: &Known, keyed: &Keyed) -> bool {
    let other_link = match (&known.keys.link, &keyed.keys.link) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    other_link && known.keys.title != keyed.keys.title
}

/// Both on one host, or one of them nowhere.
fn same_place(a: &Keys, b: &Keys) -> bool {
    let host =
        |keys: &Keys| keys.link.as_deref().and_then(|link| link.split('/').next().map(ToOwned::to_owned));
    match (host(a), host(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn shared<'a>(keys: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut once = HashSet::new();
    keys.filter(|key| !once.insert(*key)).collect()
}

/// The newest known entry of each key, without keys that several items of the document share.
fn naming_one<'a>(
    known: &'a [Known],
    key: impl Fn(&'a Keys) -> Option<&'a str>,
    shared: &HashSet<&str>,
) -> HashMap<&'a str, &'a Known> {
    let mut by_key: HashMap<&str, &Known> = HashMap::new();
    for entry in known {
        if let Some(key) = key(&entry.keys).filter(|key| !shared.contains(key)) {
            let newest = by_key.entry(key).or_insert(entry);
            if entry.id > newest.id {
                *newest = entry;
            }
        }
    }
    by_key
}

#[cfg(test)]
mod tests;

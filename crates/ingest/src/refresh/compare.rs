//! What in a document is new, what was changed, and what only looks new.
//!
//! An entry is known by its guid, else by its address, else by its words and date. Publishers break each of these: one
//! guid for all items, new guids for old items, one guid used again for another item, addresses that change. Which
//! known entry an item is, is decided in `pair`; here the decision becomes changes.

mod pair;

use super::keys::{Keys, keys};
use jiff::Timestamp;
use news::{Entry, EntryId};
use std::collections::HashSet;

/// Entries of one document that are taken as new after the first look, and as changed; more come with the next looks. Keeps
/// a poisoned feed from flooding everything else.
const MOST_NEW: usize = 200;

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

/// What a document brought. Every item of the document is counted in exactly one of these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Oldest first: the order in which they are to be read.
    pub new: Vec<Keyed>,
    /// Known entries whose words changed.
    pub revised: Vec<(EntryId, Keyed)>,
    /// Known entries that say the same under other keys.
    pub rekeyed: Vec<(EntryId, Keys)>,
    /// Known entries as they were, and items that the document has twice.
    pub unchanged: usize,
    /// New and changed ones that are left for the next look. The document must then be asked for in full: a "not modified" would
    /// keep them away for ever.
    pub held_back: usize,
}

/// Compares a document with what is known of its feed. `first` for the first look, which has no bound but the
/// document's own.
pub fn compare(known: &[Known], seen: &[Entry], first: bool) -> Changes {
    let mut changes = Changes::default();
    let mut met = HashSet::new();
    let mut once = Vec::new();
    for entry in seen {
        let keys = keys(entry);
        if met.insert(without_guid(&keys)) {
            once.push(Keyed { keys, entry: entry.clone() });
        } else {
            changes.unchanged += 1;
        }
    }
    let pairs = pair::pair(known, &once);
    for (keyed, found) in once.into_iter().zip(pairs) {
        match found {
            Some(known) => changes.place(known, keyed),
            None => changes.new.push(keyed),
        }
    }
    changes.in_order(first);
    changes
}

/// What makes an item of one document the same as another one: with an address, the guid adds nothing.
fn without_guid(keys: &Keys) -> Keys {
    let guid = keys.guid.clone().filter(|_| keys.link.is_none());
    Keys { guid, ..keys.clone() }
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

    /// Documents have the newest item first; without dates that order is all there is. Of a flood the newest come
    /// first: an old pile must not keep today's news waiting.
    fn in_order(&mut self, first: bool) {
        self.new.reverse();
        self.new.sort_by_key(|keyed| keyed.entry.published.or(keyed.entry.updated));
        if !first {
            let (old, most) = (self.new.len().saturating_sub(MOST_NEW), self.revised.len().min(MOST_NEW));
            self.held_back = old + self.revised.len() - most;
            self.new.drain(..old);
            self.revised.truncate(most);
        }
    }
}

#[cfg(test)]
mod tests;

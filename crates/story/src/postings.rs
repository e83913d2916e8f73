//! Lists of numbers under keys: where a key leads. Most keys lead to one number only, and those cost eight bytes
//! and no list of their own.

use crate::hash::Map;

/// Numbers under keys; each list in the order in which it grew, as far as nothing was taken out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings {
    first: Map<u32, u32>,
    /// The others of keys that have several.
    more: Map<u32, Vec<u32>>,
}

impl Postings {
    /// Puts a number under a key.
    pub(crate) fn add(&mut self, key: u32, number: u32) {
        if let std::collections::hash_map::Entry::Vacant(free) = self.first.entry(key) {
            free.insert(number);
        } else {
            self.more.entry(key).or_default().push(number);
        }
    }

    /// Takes a number out from under a key.
    pub(crate) fn remove(&mut self, key: u32, number: u32) {
        let Some(first) = self.first.get_mut(&key) else { return };
        let others = self.more.get_mut(&key);
        if *first != number {
            if let Some(others) = others {
                others.retain(|other| *other != number);
            }
        } else if let Some(next) = others.and_then(Vec::pop) {
            *first = next;
        } else {
            self.first.remove(&key);
        }
        if self.more.get(&key).is_some_and(Vec::is_empty) {
            self.more.remove(&key);
        }
    }

    /// How many numbers are under a key.
    pub(crate) fn count(&self, key: u32) -> usize {
        match self.first.get(&key) {
            Some(_) => 1 + self.more.get(&key).map_or(0, Vec::len),
            None => 0,
        }
    }

    /// The numbers under a key.
    pub(crate) fn under(&self, key: u32) -> impl ExactSizeIterator<Item = u32> {
        let first = self.first.get(&key).copied();
        let more = first.and_then(|_| self.more.get(&key)).map(Vec::as_slice).unwrap_or_default();
        Under { first, more: more.iter() }
    }
}

/// The numbers under one key, in their order.
struct Under<'a> {
    first: Option<u32>,
    more: std::slice::Iter<'a, u32>,
}

impl Iterator for Under<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.first.take().or_else(|| self.more.next().copied())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.first.is_some()) + self.more.len();
        (left, Some(left))
    }
}

impl ExactSizeIterator for Under<'_> {}

#[cfg(test)]
mod tests {
    use super::Postings;

    #[test]
    fn numbers_come_and_go() {
        let mut postings = Postings::default();
        let numbers = |postings: &Postings, key| postings.under(key).collect::<Vec<_>>();
        for (key, number) in [(7, 1), (7, 2), (7, 3), (8, 1)] {
            postings.add(key, number);
        }
        assert_eq!((numbers(&postings, 7), postings.count(7)), (vec![1, 2, 3], 3));
        postings.remove(7, 1);
        assert_eq!(postings.count(7), 2);
        postings.remove(7, 9);
        postings.remove(7, 2);
        postings.remove(7, 3);
        assert_eq!((numbers(&postings, 7), postings.count(7)), (vec![], 0));
        assert_eq!(numbers(&postings, 8), [1]);
        assert!(postings.first.len() == 1 && postings.more.is_empty(), "nothing is left behind");
    }
}

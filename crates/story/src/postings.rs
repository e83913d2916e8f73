//! Lists of numbers under keys: where a key leads. Most keys lead to one number only, and those cost eight bytes
//! and no list of their own.

use crate::hash::Map;
use std::collections::hash_map::Entry;

/// Numbers under keys; each list in the order in which it grew, as far as nothing was taken out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings {
    first: Map<u32, u32>,
    /// Of keys that have several, which of the lists holds the others: a table of the lists themselves would be four
    /// times as large, and twice that whenever it grows.
    more: Map<u32, u32>,
    lists: Vec<Vec<u32>>,
    /// Lists that are used again.
    free: Vec<u32>,
}

impl Postings {
    /// Puts a number under a key.
    pub(crate) fn add(&mut self, key: u32, number: u32) {
        match self.first.entry(key) {
            Entry::Vacant(free) => {
                free.insert(number);
            }
            Entry::Occupied(_) => {
                let (lists, free) = (&mut self.lists, &mut self.free);
                let list = self.more.entry(key).or_insert_with(|| {
                    free.pop().unwrap_or_else(|| {
                        lists.push(Vec::new());
                        u32::try_from(lists.len() - 1).expect("there are fewer lists than keys")
                    })
                });
                lists[*list as usize].push(number);
            }
        }
    }

    /// Takes a number out from under a key.
    pub(crate) fn remove(&mut self, key: u32, number: u32) {
        let Some(first) = self.first.get_mut(&key) else { return };
        let list = self.more.get(&key).copied();
        let others = list.map(|list| &mut self.lists[list as usize]);
        let emptied = match others {
            None if *first == number => {
                self.first.remove(&key);
                false
            }
            None => false,
            Some(others) => {
                if *first != number {
                    others.retain(|other| *other != number);
                } else if let Some(next) = others.pop() {
                    *first = next;
                }
                others.is_empty()
            }
        };
        if let Some(list) = list.filter(|_| emptied) {
            self.lists[list as usize] = Vec::new();
            self.free.push(list);
            self.more.remove(&key);
        }
    }

    /// How many numbers are under a key.
    pub(crate) fn count(&self, key: u32) -> usize {
        match self.first.get(&key) {
            Some(_) => 1 + self.others(key).len(),
            None => 0,
        }
    }

    /// The numbers under a key.
    pub(crate) fn under(&self, key: u32) -> impl ExactSizeIterator<Item = u32> {
        let first = self.first.get(&key).copied();
        let more = first.map_or(&[] as &[u32], |_| self.others(key));
        Under { first, more: more.iter() }
    }

    fn others(&self, key: u32) -> &[u32] {
        self.more.get(&key).map_or(&[], |list| &self.lists[*list as usize])
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

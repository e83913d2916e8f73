//! What was made of the words that came first, which are the frequent ones: news uses the same words again and again.
//! Remembering changes no result.

use crate::hash::Quick;
use std::hash::Hasher;
use std::sync::RwLock;

/// Words with what was made of them, each in one of two places that follow from the word: whoever chooses words cannot make
/// looking them up slow. What came first stays.
pub(crate) struct Memory<V> {
    /// Places for words once the first came.
    most: usize,
    kept: RwLock<Vec<Option<Kept<V>>>>,
}

/// The word lies in its place, so that one look at memory finds it.
struct Kept<V> {
    length: u8,
    word: [u8; LONGEST],
    made: V,
}

/// Longer words are not remembered.
const LONGEST: usize = 30;

impl<V> Kept<V> {
    fn is(&self, word: &str) -> bool {
        self.word.get(..usize::from(self.length)) == Some(word.as_bytes())
    }
}

impl<V> Memory<V> {
    pub(crate) fn with_places(most: usize) -> Self {
        Self { most, kept: RwLock::default() }
    }

    /// What `look` sees in what was made of a word; `None` when it is not remembered.
    pub(crate) fn recall<T>(&self, word: &str, look: impl FnOnce(&V) -> T) -> Option<T> {
        let kept = self.kept.read().ok()?;
        let mut found = self.places(word).into_iter().filter_map(|place| kept.get(place)?.as_ref());
        found.find(|kept| kept.is(word)).map(|kept| look(&kept.made))
    }

    /// Keeps what `make` makes of a word while there is room.
    pub(crate) fn keep(&self, word: &str, make: impl FnOnce() -> Option<V>) {
        let mut bytes = [0; LONGEST];
        let Some(room) = bytes.get_mut(..word.len()) else { return };
        room.copy_from_slice(word.as_bytes());
        let free = |kept: &[Option<Kept<V>>]| {
            self.places(word).into_iter().find(|place| kept.get(*place).is_none_or(Option::is_none))
        };
        let room = self.kept.read().is_ok_and(|kept| free(&kept).is_some());
        let Some(mut kept) = room.then(|| self.kept.write().ok()).flatten() else { return };
        kept.resize_with(self.most, || None);
        if let Some(place) = free(&kept) {
            kept[place] = make().map(|made| Kept { length: word.len() as u8, word: bytes, made });
        }
    }

    fn places(&self, word: &str) -> [usize; 2] {
        let mut hasher = Quick::default();
        hasher.write(word.as_bytes());
        let place = (hasher.finish() % self.most.max(1) as u64) as usize;
        [place, (place ^ 1).min(self.most.saturating_sub(1))]
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;

    #[test]
    fn what_came_first_stays_and_a_full_memory_forgets_the_rest() {
        let memory = Memory::with_places(2);
        for (number, word) in ["one", "two", "three", "one"].into_iter().enumerate() {
            memory.keep(word, || Some(number));
        }
        let recalled = |word| memory.recall(word, |number| *number);
        assert_eq!([recalled("one"), recalled("two"), recalled("three")], [Some(0), Some(1), None]);
    }
}

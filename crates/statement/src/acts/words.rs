//! What is known of words of acts: which class of act a word may tell, and what kinds of word it is, from
//! `data/acts.en.txt`.

use crate::hash::{self, Map};
use crate::lexicon::{lines, plural, regular};
use crate::page::Page;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/acts.en.txt");

/// Classes in the order of the file, which is the order of [`news::ActClass::ALL`].
pub(crate) const CLASSES: usize = 15;
/// The lowest fifteen bits are classes, the next ones kinds.
pub(crate) const CLASS_BITS: u32 = (1 << CLASSES) - 1;

/// Bits of the kinds, in the order of the file.
pub(crate) mod kind {
    const fn bit(at: usize) -> u32 {
        1 << (super::CLASSES + at)
    }
    pub(crate) const FUTURE: u32 = bit(0);
    pub(crate) const WILLING: u32 = bit(1);
    pub(crate) const NEGATION: u32 = bit(2);
    pub(crate) const SAYING: u32 = bit(7);
}

/// What is known of a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    /// Classes and kinds; a phrase marks its first unit.
    pub(crate) bits: u32,
    /// Hash of the lemma, where one is known.
    pub(crate) lemma: u32,
}

struct Words {
    single: Map<Mark>,
    /// Phrases by their first word, longest first.
    phrases: Map<Vec<(Vec<u32>, u32)>>,
}

/// What is known of every unit.
pub(crate) fn marks(page: &Page) -> Vec<Mark> {
    static WORDS: LazyLock<Words> = LazyLock::new(read);
    let words = &*WORDS;
    let one = |at: usize| {
        let mut mark = words.single.get(&page.unit(at).word).copied().unwrap_or_default();
        mark.bits |= words.phrase(page, at).map_or(0, |(_, bits)| bits);
        mark
    };
    (0..page.units.len()).map(one).collect()
}

impl Words {
    /// The longest phrase that begins at `at`: its length and bits.
    fn phrase(&self, page: &Page, at: usize) -> Option<(usize, u32)> {
        let known = self.phrases.get(&page.unit(at).word)?;
        let fits =
            |words: &[u32]| words.iter().enumerate().all(|(more, word)| page.unit(at + more).word == *word);
        known.iter().find(|(words, _)| fits(words)).map(|(words, bits)| (words.len(), *bits))
    }
}

fn read() -> Words {
    let mut words = Words { single: Map::default(), phrases: Map::default() };
    let mut bit = None;
    for line in lines(FILE) {
        if line.starts_with("class ") || line.starts_with("kind ") {
            bit = Some(bit.map_or(0, |bit| bit + 1));
            continue;
        }
        let bits = 1 << bit.unwrap_or_default();
        line.split_whitespace().for_each(|lemma| words.add(lemma, bits));
    }
    words
        .phrases
        .values_mut()
        .for_each(|known| known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    words
}

impl Words {
    fn add(&mut self, lemma: &str, bits: u32) {
        if lemma.contains('_') {
            let phrase: Vec<u32> = lemma.split('_').map(hash::word).collect();
            let Some(first) = phrase.first().copied() else { return };
            self.phrases.entry(first).or_default().push((phrase, bits));
            return;
        }
        let forms: Vec<String> = if lemma.contains('/') {
            lemma.split('/').map(ToOwned::to_owned).collect()
        } else {
            regular(lemma).into_iter().chain([plural(lemma)]).collect()
        };
        let lemma = forms.first().map_or(0, |form| hash::word(form));
        for form in forms {
            let mark = self.single.entry(hash::word(&form)).or_default();
            mark.bits |= bits;
            if mark.lemma == 0 {
                mark.lemma = lemma;
            }
        }
    }
}

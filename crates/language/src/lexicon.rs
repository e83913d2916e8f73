//! What words say, from our lists: `word`, the beginning of one (`beginning*`), and words in a row (`one+two`).

use crate::hash::{Map, Set};

/// Letters of the shortest and the longest beginning that is looked for.
const BEGINNING: std::ops::RangeInclusive<usize> = 2..=24;

/// What the words of one language say, each some things.
pub(crate) struct Lexicon<T> {
    words: Map<&'static str, Vec<T>>,
    beginnings: Map<&'static str, Vec<T>>,
    /// How beginnings begin: most words begin like none.
    openings: Set<&'static str>,
    /// Letters of the longest beginning.
    longest: usize,
    /// Words in a row by the first of them.
    runs: Map<&'static str, Vec<Run<T>>>,
}

/// Words behind another one, and what all say together.
pub(crate) struct Run<T> {
    pub(crate) others: Vec<&'static str>,
    pub(crate) said: Vec<T>,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self {
            words: Map::default(),
            beginnings: Map::default(),
            openings: Set::default(),
            longest: 0,
            runs: Map::default(),
        }
    }
}

impl<T: Copy + PartialEq> Lexicon<T> {
    /// Takes in what something says, as it is written in a list.
    pub(crate) fn add(&mut self, written: &'static str, said: T) {
        let place = match (written.split_once('+'), written.strip_suffix('*')) {
            (Some((first, others)), _) => {
                let others: Vec<&str> = others.split('+').collect();
                let runs = self.runs.entry(first).or_default();
                let known = runs.iter().position(|run| run.others == others).unwrap_or_else(|| {
                    runs.push(Run { others, said: Vec::new() });
                    runs.len() - 1
                });
                &mut runs[known].said
            }
            (None, Some(beginning)) => {
                self.openings.extend(opening(beginning));
                self.longest = self.longest.max(beginning.chars().count()).min(*BEGINNING.end());
                self.beginnings.entry(beginning).or_default()
            }
            (None, None) => self.words.entry(written).or_default(),
        };
        if !place.contains(&said) {
            place.push(said);
        }
    }

    /// What a whole word says.
    pub(crate) fn word(&self, word: &str) -> &[T] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// What the known beginnings of a word say, the longest first.
    pub(crate) fn beginnings<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a [T]> {
        let known = opening(word).is_some_and(|opening| self.openings.contains(opening));
        let mut ends = [0; *BEGINNING.end()];
        let letters = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let longest = if known { self.longest } else { 0 };
        let count = ends.iter_mut().zip(letters.take(longest)).map(|(end, at)| *end = at).count();
        let cuts = ends.into_iter().take(count).skip(BEGINNING.start() - 1).rev();
        cuts.filter_map(|end| self.beginnings.get(word.get(..end)?).map(Vec::as_slice))
    }

    /// The runs that begin with a word.
    pub(crate) fn runs(&self, first: &str) -> &[Run<T>] {
        self.runs.get(first).map_or(&[], Vec::as_slice)
    }
}

/// As many letters as the shortest beginning has.
fn opening(word: &str) -> Option<&str> {
    let (last, c) = word.char_indices().nth(BEGINNING.start() - 1)?;
    word.get(..last + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn words_beginnings_and_runs() {
        let mut lexicon = Lexicon::default();
        for (written, said) in
            [("fire", 1), ("fire", 1), ("fire", 2), ("fi*", 3), ("firef*", 4), ("set+on+fire", 5)]
        {
            lexicon.add(written, said);
        }
        let beginnings = |word| lexicon.beginnings(word).flatten().copied().collect::<Vec<_>>();
        assert_eq!((lexicon.word("fire"), lexicon.word("fires")), ([1, 2].as_slice(), [].as_slice()));
        assert_eq!(
            [beginnings("firefly"), beginnings("fi"), beginnings("f"), beginnings("blaze")],
            [vec![4, 3], vec![3], vec![], vec![]]
        );
        let [run] = lexicon.runs("set") else { panic!("one run") };
        assert_eq!((run.others.as_slice(), run.said.as_slice()), (["on", "fire"].as_slice(), [5].as_slice()));
        assert!(lexicon.runs("on").is_empty());
    }
}

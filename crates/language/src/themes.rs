//! What a headline is about, in one form for several languages: `blaze`, `Brand` and `пожар` are `fire`. By this headlines
//! that share but an actor or a place keep apart, and headlines without a common word meet. From `data/themes.txt` (ours).

use crate::hash::Map;
use crate::lexicon::{Lexicon, Run};
use news::Language;
use std::sync::LazyLock;

/// Themes of one headline at most.
const MOST: usize = 16;

/// What the words of one language are about.
#[derive(Default)]
struct Themes {
    words: Lexicon<&'static str>,
    /// Words in a row of which the single ones tell something else: a river's banks lend no money. Nothing where they tell of
    /// nothing.
    sayings: Lexicon<Option<&'static str>>,
}

static THEMES: LazyLock<Map<&'static str, Themes>> =
    LazyLock::new(|| load(include_str!("../data/themes.txt")));

/// The themes of a headline by its normalised words, each once, in the order in which they tell of them; none in a language
/// without a list.
pub(crate) fn themes(words: &[String], language: Language) -> Vec<&'static str> {
    let Some(known) = THEMES.get(language.code()) else { return Vec::new() };
    let mut found: Vec<&'static str> = Vec::new();
    let mut tell = |theme| {
        if found.len() < MOST && !found.contains(&theme) {
            found.push(theme);
        }
    };
    let mut rest = words;
    while let [first, others @ ..] = rest {
        if let Some(saying) = known.saying(first, others) {
            saying.said.iter().flatten().for_each(|theme| tell(*theme));
            rest = &others[saying.others.len()..];
        } else {
            known.said(first, others).for_each(|theme| tell(*theme));
            rest = others;
        }
    }
    found
}

impl Themes {
    /// The longest saying that begins with a word.
    fn saying(&self, first: &str, others: &[String]) -> Option<&Run<Option<&'static str>>> {
        let here = self.sayings.runs(first).iter().filter(|run| begins_with(others, &run.others));
        here.max_by_key(|run| run.others.len())
    }

    /// What a word says by itself, by how it begins, and with those behind it.
    fn said<'a>(&'a self, first: &'a str, others: &'a [String]) -> impl Iterator<Item = &'a &'static str> {
        let runs = self.words.runs(first).iter().filter(|run| begins_with(others, &run.others));
        let runs = runs.map(|run| run.said.as_slice());
        std::iter::once(self.words.word(first)).chain(self.words.beginnings(first)).chain(runs).flatten()
    }

    fn add(&mut self, written: &'static str, theme: &'static str) {
        match written.strip_suffix(SAYING) {
            Some(saying) => self.sayings.add(saying, (theme != NOTHING).then_some(theme)),
            None => self.words.add(written, theme),
        }
    }
}

/// Ends words in a row that say nothing by themselves,
const SAYING: char = '!';
/// and the theme of those that tell of none.
const NOTHING: &str = "-";

fn begins_with(words: &[String], run: &[&str]) -> bool {
    words.get(..run.len()).is_some_and(|begin| begin.iter().eq(run))
}

fn load(text: &'static str) -> Map<&'static str, Themes> {
    let mut lists: Map<&'static str, Themes> = Map::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((theme, words)) = line.split_once('\t') else { continue };
        let Some((language, words)) = words.split_once(' ') else { continue };
        let list = lists.entry(language).or_default();
        words.split(' ').for_each(|word| list.add(word, theme));
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::{NOTHING, SAYING, themes};
    use crate::terms::words;
    use crate::tokens;
    use news::Language;

    fn of(language: &str, title: &str) -> Vec<&'static str> {
        let language = Language::parse(language);
        themes(&words(title, &tokens(title, language)), language)
    }

    #[test]
    fn the_same_in_every_language() {
        for (language, title) in [
            ("en", "Flames destroy old mill"),
            ("de", "Brand in alter Mühle"),
            ("fr", "L'incendie du vieux moulin"),
            ("es", "Incendio en un viejo molino"),
            ("uk", "Пожежа у старому млині"),
            ("ru", "Пожар на старой мельнице"),
        ] {
            assert!(of(language, title).contains(&"fire"), "{title}: {:?}", of(language, title));
        }
        assert!(of("cy", "Flames destroy old mill").is_empty(), "no list, no themes");
        assert!(of("en", "Quibble").is_empty());
    }

    #[test]
    fn the_words_of_a_saying_tell_nothing_else() {
        assert_eq!(of("en", "River bursts its banks"), ["flood"]);
        assert_eq!(of("en", "Banks under water"), of("en", "Banks"), "said of nothing, taken word by word");
    }

    #[test]
    fn what_is_written_in_the_list_can_be_met() {
        let text = include_str!("../data/themes.txt");
        let mut beyond = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (theme, words) = line.split_once('\t').expect("a theme and its words");
            let (language, words) = words.split_once(' ').expect("a language and words");
            for word in words.split(' ') {
                let written = word.trim_end_matches(['*', SAYING]).replace('+', " ");
                let told = of(language, &written);
                if if theme == NOTHING { !told.is_empty() } else { !told.contains(&theme) } {
                    beyond.push(format!("{theme} {language} {word}"));
                }
            }
        }
        assert!(beyond.is_empty(), "{}", beyond.join("\n"));
    }
}

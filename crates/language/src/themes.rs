//! What a headline is about, in one form for several languages: `blaze`, `Brand` and `пожар` are `fire`. By this headlines
//! that share but an actor or a place keep apart, and headlines without a common word meet. From `data/themes.txt` (ours).

use crate::hash::{Map, Set};
use crate::terms::normalise;
use crate::token::{Token, TokenKind};
use news::Language;
use std::sync::LazyLock;

/// Themes of one headline at most.
const MOST: usize = 16;
/// Letters of the shortest and the longest beginning that is looked for.
const BEGINNING: std::ops::RangeInclusive<usize> = 3..=24;
/// Words of the longest run.
const RUN: usize = 4;

/// The themes of one language, by word, by the beginning of a word, and by several words in a row.
#[derive(Default)]
struct Themes {
    words: Map<&'static str, Vec<&'static str>>,
    beginnings: Map<&'static str, Vec<&'static str>>,
    runs: Map<Vec<&'static str>, Vec<&'static str>>,
    /// With what runs begin: most words begin none.
    openings: Set<&'static str>,
}

static THEMES: LazyLock<Map<&'static str, Themes>> =
    LazyLock::new(|| load(include_str!("../data/themes.txt")));

/// The themes of a headline, each once, in the order in which its words tell of them; none in a language without a list.
pub(crate) fn themes(title: &str, tokens: &[Token], language: Language) -> Vec<&'static str> {
    let Some(known) = THEMES.get(language.code()) else { return Vec::new() };
    let words: Vec<String> = tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| normalise(token.span.of(title)))
        .collect();
    let mut found: Vec<&'static str> = Vec::new();
    for at in 0..words.len() {
        for theme in known.at(words.get(at..).unwrap_or_default()) {
            if found.len() < MOST && !found.contains(&theme) {
                found.push(theme);
            }
        }
    }
    found
}

impl Themes {
    /// What the first of these words says, by itself, by how it begins, and with those behind it.
    fn at<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'static str> + use<'a> {
        let first = words.first().map_or("", String::as_str);
        let whole = self.words.get(first);
        let cuts = first.char_indices().map(|(at, c)| at + c.len_utf8());
        let cuts = cuts.take(*BEGINNING.end()).skip(BEGINNING.start() - 1);
        let begins = cuts.filter_map(|end| self.beginnings.get(first.get(..end)?));
        let longest = if self.openings.contains(first) { RUN.min(words.len()) } else { 1 };
        let runs = (2..=longest).filter_map(|length| {
            let run: Vec<&str> = words.get(..length)?.iter().map(String::as_str).collect();
            self.runs.get(&run)
        });
        whole.into_iter().chain(begins).chain(runs).flatten().copied()
    }

    fn add(&mut self, written: &'static str, theme: &'static str) {
        let place = if let Some(beginning) = written.strip_suffix('*') {
            self.beginnings.entry(beginning).or_default()
        } else if written.contains('+') {
            let run: Vec<&str> = written.split('+').collect();
            self.openings.extend(run.first());
            self.runs.entry(run).or_default()
        } else {
            self.words.entry(written).or_default()
        };
        place.push(theme);
    }
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
    use super::{RUN, themes};
    use crate::tokens;
    use news::Language;

    fn of(language: &str, title: &str) -> Vec<&'static str> {
        let language = Language::parse(language);
        themes(title, &tokens(title, language), language)
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
    fn what_is_written_in_the_list_can_be_met() {
        let text = include_str!("../data/themes.txt");
        let mut beyond = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (theme, words) = line.split_once('\t').expect("a theme and its words");
            let (language, words) = words.split_once(' ').expect("a language and words");
            for word in words.split(' ') {
                let written = word.trim_end_matches('*').replace('+', " ");
                if written.split(' ').count() > RUN || !of(language, &written).contains(&theme) {
                    beyond.push(format!("{theme} {language} {word}"));
                }
            }
        }
        assert!(beyond.is_empty(), "{}", beyond.join("\n"));
    }
}

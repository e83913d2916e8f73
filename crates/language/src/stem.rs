//! Words to stems: Snowball where it has the language, light suffix cutting of ours for Ukrainian, Polish and
//! Czech (after the idea of the "light" stemmers: the longest known inflection goes, the rest stays, and at
//! least three letters remain).
//!
//! Snowball takes ten steps for a word: what it made of frequent words is remembered.

use crate::hash::Map;
use crate::memory::Memory;
use news::Language;
use rust_stemmers::{Algorithm, Stemmer};
use std::sync::LazyLock;

/// Longer words are no words.
pub(crate) const LONGEST_WORD: usize = 64;

/// The stem of a lower-case word.
pub(crate) struct Stems {
    way: Way,
}

enum Way {
    Snowball(Stemmer, Option<&'static Memory<Stem>>),
    Light(&'static [&'static str]),
    None,
}

impl Stems {
    pub(crate) fn of(language: Language) -> Self {
        let way = match language.code() {
            "uk" => Way::Light(UKRAINIAN),
            "pl" => Way::Light(POLISH),
            "cs" | "sk" => Way::Light(CZECH),
            code => algorithm(code)
                .map_or(Way::None, |algorithm| Way::Snowball(Stemmer::create(algorithm), memory(code))),
        };
        Self { way }
    }

    pub(crate) fn stem(&self, word: &str) -> String {
        match &self.way {
            Way::Snowball(stemmer, Some(memory)) => {
                memory.recall(word, |stem| stem.of(word)).unwrap_or_else(|| {
                    let stem = stemmer.stem(word).into_owned();
                    memory.keep(word, || Stem::new(word, &stem));
                    stem
                })
            }
            Way::Snowball(stemmer, None) => stemmer.stem(word).into_owned(),
            Way::Light(endings) => cut(word, endings).to_owned(),
            Way::None => word.to_owned(),
        }
    }
}

/// A stem as it is remembered beside its word: how much of the word it begins with, and how it ends.
struct Stem {
    shared: u8,
    length: u8,
    end: [u8; STEM_END],
}

/// Bytes of a stem's own end. Most have none, hardly any has more.
const STEM_END: usize = 6;

impl Stem {
    /// `None` for a stem that is too unlike its word to be remembered.
    fn new(word: &str, stem: &str) -> Option<Self> {
        let alike = word.chars().zip(stem.chars()).take_while(|(a, b)| a == b);
        let shared: usize = alike.map(|(c, _)| c.len_utf8()).sum();
        let own = stem.get(shared..)?;
        let mut end = [0; STEM_END];
        end.get_mut(..own.len())?.copy_from_slice(own.as_bytes());
        Some(Self { shared: u8::try_from(shared).ok()?, length: u8::try_from(own.len()).ok()?, end })
    }

    /// The stem of the word that it was made of.
    fn of(&self, word: &str) -> String {
        let end = self.end.get(..usize::from(self.length)).unwrap_or_default();
        let begin = word.get(..usize::from(self.shared)).unwrap_or_default();
        let mut stem = String::with_capacity(begin.len() + end.len());
        stem.push_str(begin);
        stem.push_str(std::str::from_utf8(end).unwrap_or_default());
        stem
    }
}

/// Words of a language whose stems are remembered, 40 bytes each.
const REMEMBERED: usize = 16_384;

/// Where the stems of a language's frequent words are.
fn memory(code: &str) -> Option<&'static Memory<Stem>> {
    static ALL: LazyLock<Map<&'static str, Memory<Stem>>> = LazyLock::new(|| {
        let of = |code| (code, Memory::with_places(REMEMBERED));
        ["en", "de", "fr", "es", "ru"].into_iter().map(of).collect()
    });
    ALL.get(code)
}

fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Letters that stay whatever is cut.
const KEPT: usize = 3;

/// `word` without the longest of `endings` (sorted from long to short).
fn cut<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    let fits =
        |ending: &&&str| word.strip_suffix(**ending).is_some_and(|stem| stem.chars().nth(KEPT - 1).is_some());
    endings.iter().find(fits).and_then(|ending| word.strip_suffix(*ending)).unwrap_or(word)
}

/// Case, number and person of nouns, adjectives and verbs.
#[rustfmt::skip]
const UKRAINIAN: &[&str] = &[
    "ватися", "уватись", "ються", "ється", "атися", "итися", "ілися", "алися", "илися", "ували", "ували",
    "увала", "ення", "ання", "ості", "істю", "ський", "ського", "ському", "ським", "ської", "ську", "ська",
    "ські", "ських", "ють", "ять", "уть", "ать", "ити", "ати", "іти", "ила", "али", "или", "ала", "ило", "ало",
    "ого", "ому", "ими", "іми", "ами", "ями", "ові", "еві", "єві", "ість", "ою", "ею", "єю", "ої", "ій", "их",
    "іх", "им", "ім", "ам", "ям", "ах", "ях", "ом", "ем", "єм", "ів", "їв", "ий", "ть", "ти", "ив", "ав", "ує",
    "ає", "ює", "ії", "ія", "ію", "ки", "ка", "ку", "ці", "а", "я", "у", "ю", "е", "є", "и", "і", "ї", "о",
    "ь", "й",
];

#[rustfmt::skip]
const POLISH: &[&str] = &[
    "owaniem", "owania", "owanie", "ościami", "ościach", "skiego", "skiemu", "ością", "ości", "ować", "owała",
    "owali", "iego", "iemu", "skich", "skim", "skiej", "ską", "ska", "ski", "skie", "anie", "ania", "enie",
    "enia", "ami", "ach", "ech", "owi", "ego", "emu", "ych", "ich", "ymi", "imi", "iej", "ają", "ała", "ali",
    "iła", "ili", "ają", "ów", "om", "em", "ie", "ej", "ym", "im", "ać", "eć", "ić", "yć", "ał", "ił", "a",
    "ą", "e", "ę", "i", "o", "u", "y",
];

#[rustfmt::skip]
const CZECH: &[&str] = &[
    "ováním", "ování", "ostech", "ostem", "ského", "skému", "ských", "ským", "skou", "ská", "ské", "ský",
    "atech", "ostí", "osti", "ami", "emi", "ími", "ými", "ách", "ech", "ích", "ých", "ého", "ému", "ího",
    "ímu", "ovi", "ova", "ové", "ala", "ali", "alo", "ila", "ili", "ilo", "at", "it", "al", "il", "ou", "em",
    "ům", "ám", "ím", "ým", "a", "á", "e", "é", "ě", "i", "í", "o", "u", "ů", "y", "ý",
];

#[cfg(test)]
mod tests {
    use super::Stems;
    use news::Language;

    fn same(language: &str, words: &[&str]) {
        let stems = Stems::of(Language::parse(language));
        let found: Vec<_> = words.iter().map(|word| stems.stem(word)).collect();
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:?}");
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        same("en", &["strike", "strikes", "striking"]);
        same("uk", &["дитина", "дитини", "дитину", "дитиною"]);
        same("uk", &["україна", "україни", "україні", "україну"]);
        same("pl", &["rząd", "rządu", "rządy"]);
        same("cs", &["vláda", "vlády", "vládou", "vládě"]);
        same("ru", &["переговоры", "переговоров", "переговорах"]);
    }
}

//! Which words are names where a capital does not tell: at the beginning of a headline, and in one that capitalises every
//! word. Truecasing after Lita et al. 2003 ("tRuEcasIng"), one word at a time.
//!
//! `data/vocabulary.fst.gz` is a set of stems behind their language's code (`en strike`), built by `cargo xtask data
//! vocabulary`. Of [`WHOLE`] languages it holds what is written small, so that a word it lacks is a name; of others, where
//! endings are too many to list, it holds names.

use crate::packed;
use crate::stem::Stems;
use crate::terms::normalise;
use fst::Set;
use news::Language;
use std::sync::LazyLock;

/// Languages of which the list holds nearly every word that is no name: in headlines of 2021 one of a hundred English, French and
/// Portuguese words is missing and two of a hundred Spanish ones, but nine of Russian ones. Italian and Dutch were not looked at.
const WHOLE: &[&str] = &["en", "es", "fr", "it", "nl", "pt"];

/// Shorter words are articles and numerals more often than names.
const SHORTEST: usize = 3;

/// Capitals that stand for a thing, not for somebody's name.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "suv", "suvs", "ev", "evs", "tv", "ai", "ki", "ia", "ii", "pc", "pcs", "ceo", "cfo", "gdp", "pib", "bip", "dna", "adn",
    "dns", "hiv", "vih", "aids", "sida", "vat", "iva", "tva", "gps", "led", "atm", "cctv", "id", "it", "pr", "hr", "vip",
    "diy", "ivf", "lgbt", "lgbtq", "faq", "pkw", "lkw", "sms", "usb", "dvd", "wifi", "ufo", "ufos", "ovni", "ngo", "ngos",
    "ong", "mp", "mps", "pm", "covid", "lng", "gnl", "ipo", "phd", "mri", "cpr", "ok", "gmo", "wc", "ag", "gmbh",
    "дтп", "ввп", "ндс", "пдв", "сми", "змі", "ии", "ші", "чп", "мчс", "дснс", "бпла", "вич", "віл", "жкх", "егэ",
];

/// Whether a word that is written with a capital is a name, by nothing but the word.
pub(crate) fn is_name(word: &str, language: Language) -> bool {
    let whole = vocabulary_is_whole(language);
    word.chars().nth(SHORTEST - 1).is_some()
        && word.chars().skip(1).any(char::is_lowercase)
        && vocabulary_key(word, language).is_some_and(|key| SHIPPED.contains(key) != whole)
}

/// Whether capitals stand for a thing that has no other way of writing.
pub(crate) fn is_thing(acronym: &str) -> bool {
    THINGS.contains(&normalise(acronym).as_str())
}

/// Whether the list holds what is written small in this language, and not its names.
pub fn vocabulary_is_whole(language: Language) -> bool {
    WHOLE.contains(&language.code())
}

/// What stands in the list for a word by its stem; none for what has signs in it.
pub fn vocabulary_key(word: &str, language: Language) -> Option<String> {
    let word = normalise(word);
    word.chars()
        .all(char::is_alphabetic)
        .then(|| format!("{} {}", language.code(), Stems::of(language).stem(&word)))
}

static SHIPPED: LazyLock<Set<Vec<u8>>> = LazyLock::new(|| {
    let bytes = packed::bytes(include_bytes!("../data/vocabulary.fst.gz"));
    bytes.ok().and_then(|bytes| Set::new(bytes).ok()).expect("the list that ships is whole: a test reads it")
});

#[cfg(test)]
mod tests {
    use super::{is_name, is_thing};
    use news::Language;

    #[test]
    fn names_are_known_without_their_capitals() {
        for (code, names, others) in [
            ("en", &["Netflix", "Toyota", "Fernleigh"][..], &["Police", "Surgeon", "Farmers", "Strike"][..]),
            ("fr", &["Montpellier", "Netflix"], &["Incendie", "Pluie", "Policiers"]),
            ("es", &["Netflix", "Marenga"], &["Huelga", "Detenido", "Incendio"]),
            ("ru", &["Сбербанка", "Казахстан"], &["Шахтеры", "Землетрясение", "Пожар"]),
            ("uk", &["Порошенко"], &["Пожежа", "Суд"]),
            ("de", &["Netflix", "Toyota"], &["Feuer", "Polizei", "Chemiefabrik", "Streik"]),
        ] {
            let language = Language::parse(code);
            for word in names {
                assert!(is_name(word, language), "{code} {word}");
            }
            for word in others {
                assert!(!is_name(word, language), "{code} {word}");
            }
        }
    }

    #[test]
    fn capitals_of_things() {
        assert!(is_thing("SUVs") && is_thing("ДТП"));
        assert!(!is_thing("NATO"));
    }
}

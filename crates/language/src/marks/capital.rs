//! "X, the capital of Y", "the Y capital": where it happens when a text names the city only by its country. A city and
//! the words for it meet under one key, that of the country: its code, or how its name begins if nobody knows it. The
//! capital of such a country may be any town that nobody knows either: so much is kept of both ([`Mark::SOMEWHERE`]).

use super::{Found, Known, Part, beginning};
use crate::gazetteer::Gazetteer;
use crate::latin;
use crate::seats::Seats;
use crate::terms::normalise;
use crate::token::TokenKind;
use news::{Language, Mark, MarkKind};

/// Beginnings of the word.
const CAPITAL: &[(&str, &str)] = &[
    ("en", "capital"),
    ("de", "hauptstadt"),
    ("fr", "capitale"),
    ("es", "capital"),
    ("it", "capitale"),
    ("pt", "capital"),
    ("uk", "столиц"),
    ("ru", "столиц"),
];
/// Letters of an ending behind it at most.
const ENDING: usize = 3;
/// What may stand between it and the country.
const SMALL: &[&str] = &[
    "of", "the", "von", "der", "des", "die", "de", "du", "la", "le", "les", "del", "el", "los", "d", "l",
    "da", "do",
];
/// Endings of what is somebody's, where it is written small: *capitale varnienne*, *варнійська столиця*.
const THEIRS: &[(&str, &[&str])] = &[
    ("fr", &["ienne", "aise", "oise", "ine", "ane", "ique"]),
    ("es", &["ana", "ina", "esa", "ense", "eña"]),
    ("it", &["ana", "ina", "ese"]),
    ("pt", &["ana", "ina", "esa", "ense"]),
    ("uk", &["ська", "ської", "ській", "ську", "цька", "цької", "цькій", "цьку"]),
    ("ru", &["ская", "ской", "скую", "цкая", "цкой", "цкую"]),
];
/// Tokens between the city's name and the word at most: *Virrat, the old capital*.
const BETWEEN: usize = 4;

/// The key under which the capital of a country is kept.
pub(super) fn key_of(country: &str) -> String {
    format!("*{country}")
}

/// Finds the capitals that a part speaks of, and puts them under `found`'s scenes.
pub(super) fn find(found: &mut Found, part: &Part, known: &Known, language: Language, in_title: bool) {
    let Some((_, capital)) = CAPITAL.iter().find(|(code, _)| *code == language.code()) else { return };
    let look = Look { part, known, language };
    for at in 0..part.tokens.len() {
        let Some(small) = look.word(at).map(normalise) else { continue };
        let rest = small.strip_prefix(capital).map(|rest| rest.chars().count());
        if rest.is_none_or(|rest| rest > ENDING) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| look.country(before));
        let behind = (at + 1..at + 4).find(|at| look.word(*at).is_some_and(|word| !is_small(word)));
        let country = before.clone().or_else(|| behind.and_then(|behind| look.country(behind)));
        let Some(country) = country else { continue };
        found.add(&key_of(&country.key), MarkKind::Scene, in_title);
        if !country.known {
            found.add(Mark::SOMEWHERE, MarkKind::Scene, in_title);
        }
        if let Some(city) = look.city_before(at).or(behind.filter(|at| before.is_some() && look.is_name(*at)))
        {
            found.scene(look.word(city), known, in_title);
        }
    }
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&normalise(word).as_str())
}

/// The country that a capital belongs to.
#[derive(Clone)]
struct Country {
    key: String,
    known: bool,
}

struct Look<'a> {
    part: &'a Part<'a>,
    known: &'a Known<'a>,
    language: Language,
}

impl<'a> Look<'a> {
    fn word(&self, at: usize) -> Option<&'a str> {
        self.part.tokens.get(at).map(|token| token.span.of(self.part.text))
    }

    fn is_name(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let is_word = self.part.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && word.starts_with(char::is_uppercase) && self.known.allows(word, self.language)
    }

    /// The country whose capital it is, if this word says so.
    fn country(&self, at: usize) -> Option<Country> {
        let written = self.word(at)?;
        let word = written.trim_end_matches("'s").trim_end_matches("’s");
        let small = normalise(word);
        let seats = Seats::shared();
        let english = self.language == Language::ENGLISH;
        let known = seats
            .of_word(&small, english)
            .or_else(|| seats.of_country(word))
            .or_else(|| seats.of_genitive(word, self.language));
        if let Some(code) = known {
            return Some(Country { key: code.to_owned(), known: true });
        }
        let theirs = THEIRS.iter().filter(|(code, _)| *code == self.language.code());
        let named = self.is_name(at) || theirs.flat_map(|(_, ends)| *ends).any(|end| small.ends_with(end));
        // An adjective that is written small may be no country's at all: *una capital humana*.
        let known = !self.is_name(at) || Gazetteer::shared().find(&latin::key(word), word).is_some();
        let key = || beginning(&latin::transliterate(&small));
        (named && small.chars().nth(3).is_some()).then(|| Country { key: key(), known })
    }

    /// The name in front of a comma in front of the word.
    fn city_before(&self, at: usize) -> Option<usize> {
        let behind_comma = |at: &usize| self.part.gap(*at).starts_with(',');
        let behind = (at.saturating_sub(BETWEEN)..=at).rev().find(behind_comma)?;
        behind.checked_sub(1).filter(|city| self.is_name(*city))
    }
}

#[cfg(test)]
mod tests {
    use crate::marks::tests::of_kind;
    use news::{Mark, MarkKind};

    fn scenes(language: &str, title: &str, lead: &str) -> Vec<String> {
        of_kind(language, title, lead, MarkKind::Scene)
    }

    #[test]
    fn a_capital_by_its_country_and_by_its_name() {
        for (language, title, lead) in [
            ("en", "Two hurt as tram burns in Lisbon", ""),
            ("en", "Tram burns in Portugal's capital", ""),
            ("en", "Tram on fire", "A tram burned in the Portuguese capital on Monday."),
            ("de", "Straßenbahn brennt", "In der Hauptstadt Portugals hat eine Straßenbahn gebrannt."),
            ("de", "Brand in der Hauptstadt von Portugal", ""),
            ("fr", "Un tramway brûle dans la capitale portugaise", ""),
            ("es", "Arde un tranvía en la capital portuguesa", ""),
            ("uk", "У столиці Португалії згорів трамвай", ""),
        ] {
            let found = scenes(language, title, lead);
            assert!(found.iter().any(|key| key == "*PT"), "{title} {lead}: {found:?}");
        }
        for (language, title, seat) in [
            ("de", "Unwetter über der Hauptstadt von Bulgarien", "*BG"),
            ("fr", "La capitale du Pérou sous les eaux", "*PE"),
        ] {
            let found = scenes(language, title, "");
            assert!(found.iter().any(|key| key == seat), "{title}: {found:?}");
        }
    }

    #[test]
    fn a_capital_that_nobody_knows() {
        let told =
            scenes("en", "Blast at market", "The blast shook Tessik, the capital of Ordania, on Monday.");
        assert!(told.iter().any(|key| key == "*ordan") && told.iter().any(|key| key == "tessi"), "{told:?}");
        let short = scenes("en", "Blast in Ordanian capital", "");
        assert!(short.iter().any(|key| key == "*ordan"), "{short:?}");
        for (title, may_be_anywhere) in [
            ("Blast in Ordanian capital", true),
            ("Blast in Portugal's capital", false),
            ("Blast in capital of Bavaria", false),
        ] {
            let found = scenes("en", title, "");
            assert_eq!(found.iter().any(|key| key == Mark::SOMEWHERE), may_be_anywhere, "{title}: {found:?}");
        }
        let unheard =
            |title: &str| of_kind("en", title, "", MarkKind::Named).iter().any(|key| key == Mark::SOMEWHERE);
        assert!(unheard("Blast in Tessik") && !unheard("Blast in Lisbon") && !unheard("Tessik under water"));
        assert!(scenes("en", "Capital gains tax rises", "").is_empty());
    }
}

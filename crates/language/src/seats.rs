//! Countries by whatever stands for them in news: their names, their capitals and houses of state ("Moscow", "the
//! Kremlin"), their people and what is theirs ("Dutch", "niederländisch").
//!
//! `data/seats.txt` and `data/demonyms.txt`, both ours; names by their keys in the gazetteer.

use crate::gazetteer::Gazetteer;
use crate::hash::Map;
use crate::latin;
use news::Language;
use std::sync::LazyLock;

/// What stands for which country.
pub(crate) struct Seats {
    names: Map<&'static str, &'static str>,
    capitals: Map<&'static str, &'static str>,
    people: Map<String, &'static str>,
    beginnings: Map<&'static str, &'static str>,
}

static SHARED: LazyLock<Seats> = LazyLock::new(Seats::load);

/// Letters of an ending behind the beginning of a demonym at most.
const ENDING: usize = 5;
/// Letters of the shortest beginning.
const SHORTEST: usize = 4;

impl Seats {
    /// The one of this process, read at its first use.
    pub(crate) fn shared() -> &'static Self {
        &SHARED
    }

    fn load() -> Self {
        let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
        let (mut names, mut capitals) = (Map::default(), Map::default());
        for line in lines(include_str!("../data/seats.txt")) {
            let mut columns = line.split('\t');
            let (Some(code), Some(country), Some(seats)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            capitals.extend(seats.split('|').next().map(|capital| (capital, code)));
            names.extend(seats.split('|').chain([country]).map(|name| (name, code)));
        }
        let (mut people, mut beginnings) = (Map::default(), Map::default());
        for line in lines(include_str!("../data/demonyms.txt")) {
            let Some((code, rest)) = line.split_once('\t') else { continue };
            let (english, others) = rest.split_once('~').unwrap_or((rest, ""));
            people.extend(english.split('|').map(|word| (word.to_lowercase(), code)));
            let long = others.split('|').filter(|word| word.chars().nth(SHORTEST - 1).is_some());
            beginnings.extend(long.map(|word| (word, code)));
        }
        Self { names, capitals, people, beginnings }
    }

    /// The country that a name stands for, by the name's key.
    pub(crate) fn of_name(&self, key: &str) -> Option<&'static str> {
        self.names.get(key).copied()
    }

    /// The country that a word is the name of, in any spelling.
    pub(crate) fn of_country(&self, word: &str) -> Option<&'static str> {
        let key = latin::key(word);
        let known = Gazetteer::shared().find(&key, word).map(|known| self.of_name(known.key));
        known.unwrap_or_else(|| self.of_name(&key))
    }

    /// The same of a word that says that something is a country's: *Russlands Flotte*.
    pub(crate) fn of_genitive(&self, word: &str, language: Language) -> Option<&'static str> {
        let ends = language.code() == "de" && word.starts_with(char::is_uppercase);
        self.of_country(word.strip_suffix('s').filter(|_| ends)?)
    }

    /// The country of which a name is the capital, by the name's key.
    pub(crate) fn of_capital(&self, key: &str) -> Option<&'static str> {
        self.capitals.get(key).copied()
    }

    /// The country of a word for its people or things, in lower case.
    pub(crate) fn of_word(&self, word: &str, english: bool) -> Option<&'static str> {
        if english {
            return self.people.get(word).copied();
        }
        let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]).rev().take(ENDING + 1);
        ends.filter_map(|end| word.get(..end)).find_map(|stem| self.beginnings.get(stem).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::Seats;

    #[test]
    fn what_stands_for_a_country() {
        let seats = Seats::shared();
        assert_eq!(seats.of_name("kremlin"), Some("RU"));
        assert_eq!(seats.of_name("netherlands"), Some("NL"));
        assert_eq!(seats.of_word("dutch", true), Some("NL"));
        for (word, country) in [
            ("niederländische", "NL"),
            ("peruano", "PE"),
            ("перуанских", "PE"),
            ("włoskiego", "IT"),
            ("ungerska", "HU"),
            ("норвезькі", "NO"),
        ] {
            assert_eq!(seats.of_word(word, false), Some(country), "{word}");
        }
        assert_eq!(seats.of_word("table", true), None);
        assert_eq!(seats.of_word("indicador", false), None);
    }
}

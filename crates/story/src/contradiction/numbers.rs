//! Numbers in a headline that tell one happening from another: the place in a row, the year, the month, and that it looks
//! back.

use super::lexicon::{self, Lexicon};
use news::Language;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Digits of a place in a row at most.
const LONGEST: usize = 3;
/// Years of our time.
const OURS: RangeInclusive<u32> = 1990..=2099;

/// Beginnings of what is counted in a row, with the number before or behind: stage 7, 12. Spieltag, jornada 5.
const COUNTED: &[&str] = &[
    "stage",
    "round",
    "matchday",
    "match",
    "game",
    "group",
    "phase",
    "quarter",
    "quartal",
    "gruppe",
    "trimestre",
    "sesión",
    "session",
    "episode",
    "spieltag",
    "runde",
    "etappe",
    "folge",
    "journée",
    "étape",
    "jornada",
    "etapa",
    "ronda",
    "тур",
    "етап",
    "этап",
    "раунд",
    "package",
    "paket",
    "paquet",
    "paquete",
    "пакет",
];
/// Endings of compounds that are.
const COUNTED_COMPOUNDS: &[&str] = &["paket", "runde", "spieltag", "etappe"];

/// Beginnings of the word for the day on which something happened years ago.
const ANNIVERSARIES: &[&str] = &["annivers", "jahrestag", "anivers", "годовщин", "річниц", "роковин"];

/// What a headline's words count and date.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    words: &'a [&'a str],
    lexicon: Option<&'static Lexicon>,
}

impl<'a> Numbers<'a> {
    /// Of the words of a headline, in lower case.
    pub(super) fn of(words: &'a [&'a str], language: Language) -> Self {
        Self { words, lexicon: lexicon::of(language) }
    }

    /// Places in a row, each with the word that is counted.
    pub(super) fn ordinals(self) -> impl Iterator<Item = (u32, &'a str)> {
        (0..self.words.len()).filter_map(move |at| self.ordinal(at))
    }

    fn ordinal(self, at: usize) -> Option<(u32, &'a str)> {
        let behind = |steps: usize| self.words.get(at + steps).copied();
        let word = self.words[at];
        if let Some(count) = self.in_words(word).or_else(|| self.written(word)) {
            return Some((count, behind(1)?));
        }
        let count: u32 = word.parse().ok().filter(|_| word.len() <= LONGEST)?;
        let counted = |word: &&str| {
            COUNTED.iter().any(|beginning| word.starts_with(beginning))
                || COUNTED_COMPOUNDS.iter().any(|ending| word.ends_with(ending))
        };
        // A hyphen parts `12-й` into two words, a full stop `12.º`; `7 a 3` is a score.
        let parted = |ending: &str| !ending.is_ascii() || behind(2).is_some_and(|of| counted(&of));
        if behind(1).is_some_and(|next| self.ends_figures(next) && parted(next)) {
            return Some((count, behind(2)?));
        }
        let before = at.checked_sub(1).and_then(|before| self.words.get(before)).copied();
        behind(1).filter(counted).or(before.filter(counted)).map(|of| (count, of))
    }

    fn in_words(self, word: &str) -> Option<u32> {
        self.lexicon?.ordinal(&plain(word))
    }

    /// The numeral of `12th`, `12e`, `12-й`; none of a plain number or a year.
    fn written(self, word: &str) -> Option<u32> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let ending = word.get(digits..)?.trim_start_matches(['-', '.', '\u{2011}']);
        let count = word.get(..digits)?.parse().ok()?;
        (digits <= LONGEST && self.ends_figures(ending)).then_some(count)
    }

    fn ends_figures(self, ending: &str) -> bool {
        self.lexicon.is_some_and(|known| lexicon::has(known.of_figures, ending))
    }

    /// Whether a word is a number.
    pub(super) fn is_number(self, word: &str) -> bool {
        word.chars().any(char::is_numeric)
            || self.lexicon.is_some_and(|known| lexicon::has(known.numbers, &plain(word)))
    }

    /// Years of our time that are named.
    pub(super) fn years(self) -> impl Iterator<Item = u32> {
        let ours = |word: &&str| word.parse().ok().filter(|year| word.len() == 4 && OURS.contains(year));
        self.words.iter().filter_map(ours)
    }

    /// Months that are named, from 1 on.
    pub(super) fn months(self) -> impl Iterator<Item = u32> {
        (0..self.words.len()).filter_map(move |at| self.month(at))
    }

    fn month(self, at: usize) -> Option<u32> {
        let known = self.lexicon?;
        let word = plain(self.words[at]);
        known.month(&word).or_else(|| {
            let before = self.words.get(at.checked_sub(1)?)?;
            let day = before.parse().is_ok_and(|day: u32| (1..=31).contains(&day));
            let is_month = day || lexicon::has(known.in_time, before);
            known.doubtful.iter().find(|(doubtful, _)| is_month && *doubtful == word).map(|(_, month)| *month)
        })
    }

    /// Whether the headline looks back at what happened years ago: it begins *a year after*, or tells of an anniversary. Further
    /// back in it the same words tell how long something took: *found two years after she vanished*.
    pub(super) fn looks_back(self) -> bool {
        let anniversary = |word: &&str| ANNIVERSARIES.iter().any(|beginning| word.starts_with(beginning));
        self.words.iter().any(anniversary) || self.lexicon.is_some_and(|known| self.begins_back(known))
    }

    fn begins_back(self, known: &Lexicon) -> bool {
        let Some(year) = self.words.iter().position(|word| lexicon::has(known.year, word)) else {
            return false;
        };
        let counts = |word: &&str| self.is_number(word) || lexicon::has(known.before_a_year, word);
        let after = self.words.get(year + 1);
        self.words[..year].iter().all(counts) && after.is_some_and(|word| lexicon::has(known.after, word))
    }
}

/// A word as the lists have it.
fn plain(word: &str) -> Cow<'_, str> {
    if !word.contains(['ё', '\u{2019}', '\u{02bc}']) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.replace('ё', "е").replace(['\u{2019}', '\u{02bc}'], "'"))
}

#[cfg(test)]
mod tests {
    use super::Numbers;
    use news::Language;

    fn of<'a>(language: &str, words: &'a [&'a str]) -> Numbers<'a> {
        Numbers::of(words, Language::parse(language))
    }

    fn counted(language: &str, headline: &str) -> Vec<u32> {
        let words: Vec<&str> = headline.split(' ').collect();
        of(language, &words).ordinals().map(|(count, _)| count).collect()
    }

    #[test]
    fn numerals_that_count() {
        let written = |language, word| of(language, &[]).written(word);
        assert_eq!(written("en", "12th"), Some(12));
        assert_eq!(written("ru", "13-й"), Some(13));
        assert_eq!(written("fr", "12e"), Some(12));
        assert_eq!(written("es", "12.º"), Some(12));
        assert_eq!(written("es", "12.o"), Some(12));
        assert_eq!(written("en", "2024"), None);
        assert_eq!(written("en", "7"), None);
        assert_eq!(written("en", "th"), None);
        assert_eq!(counted("de", "12 spieltag"), [12]);
        assert_eq!(counted("de", "33 sanktionspaket"), [33]);
        assert_eq!(counted("uk", "12 й пакет"), [12]);
        assert_eq!(counted("es", "jornada 5 el"), [5]);
        assert_eq!(counted("en", "7 killed"), []);
        assert_eq!(counted("en", "7 a day"), []);
        assert_eq!(counted("es", "marenga gana 7 a 3 en"), []);
        assert_eq!(counted("es", "aprueba el 12 o paquete"), [12]);
    }

    #[test]
    fn places_in_a_row_in_words_and_not_how_many() {
        let rows = [
            ("en", "second third fifth fifteenth", "two three five fifteen seconds thirds"),
            ("de", "zweite dritter fünftes achten dreizehntes", "zwei drei fünf acht dreizehn achtung"),
            ("fr", "deuxième troisièmes premières quinzième", "deux trois primeur premiership quinze"),
            ("es", "segundo tercera quinto décimos", "dos tres quintana décimas-de octavio diez"),
            ("uk", "друга третього п'ятий п’ята десятої", "два три п'ять п'ятниця десять вівторок друзі"),
            (
                "ru",
                "вторая третьего пятый шестую четвёртый",
                "два три пять шесть девять десять вторник пятница",
            ),
        ];
        for (language, ordinals, others) in rows {
            let known = |word: &&str| of(language, &[]).in_words(word).is_some();
            assert_eq!(ordinals.split(' ').find(|word| !known(word)), None, "{language}");
            assert_eq!(others.split(' ').find(known), None, "{language}");
        }
    }

    #[test]
    fn months_by_their_whole_names() {
        let months = |language, headline: &str| -> Vec<u32> {
            of(language, &headline.split(' ').collect::<Vec<_>>()).months().collect()
        };
        assert_eq!(months("en", "exports fall in june and rise in december"), [6, 12]);
        assert_eq!(months("en", "mayor and junior doctors march as augusta may"), []);
        assert_eq!(months("de", "zahlen für märz und mai"), [3, 5]);
        assert_eq!(months("en", "prices up 4.1 per cent in march and 5 may"), [3, 5]);
        assert_eq!(months("fr", "juliette sur mars en août et le 5 mars"), [8, 3]);
        assert_eq!(months("ru", "мартин в октябрьском районе 5 марта"), [3]);
        assert_eq!(months("pl", "w czerwcu i june"), []);
    }

    #[test]
    fn looking_back_and_how_long_it_took() {
        let back =
            |language, headline: &str| of(language, &headline.split(' ').collect::<Vec<_>>()).looks_back();
        for (language, headline) in [
            ("en", "a year after the fire"),
            ("en", "ten years since the flood"),
            ("en", "town marks anniversary of the flood"),
            ("de", "genau 20 jahre nach dem brand"),
            ("fr", "un an après l'incendie"),
            ("es", "dos años después del incendio"),
            ("uk", "через рік після пожежі"),
            ("ru", "10 лет спустя"),
        ] {
            assert!(back(language, headline), "{headline}");
        }
        for (language, headline) in [
            ("en", "karst jailed for 10 years after guilty plea"),
            ("en", "inflation rises to 3 year on year"),
            ("en", "minister gets 10 years on corruption charges"),
            ("en", "girl found two years after she vanished"),
            ("en", "an on site inspection"),
            ("de", "mutter nach zehn jahren nach hause gekommen"),
            ("fr", "condamné à dix ans après un procès"),
        ] {
            assert!(!back(language, headline), "{headline}");
        }
    }
}

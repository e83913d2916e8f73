//! Headlines that say nearly the same and still cannot be about one happening. Word for word they are close,
//! so similarity would join them; what differs is what tells happenings apart:
//!
//! - the count of a thing that is counted in a row: the *12th* and the *13th* package;
//! - who does it to whom: *A attacks B*, *B attacks A*;
//! - who or where, when all else is the same: *Country A raises its rate to 50 %*, *Country B raises …*;
//! - whose: *the Bank of A*, *the Bank of B*;
//! - when: *the summit of 2024*, *the summit of 2025*; *a year after the fire*, *the fire*.
//!
//! Each rule asks for a frame that both headlines share, since differently worded reports of one happening
//! rarely share one, and for a difference that is nothing but names or the ordinal.

mod lexicon;
mod numbers;
mod owners;

use crate::hash::{self, Set};
use news::Reading;
use numbers::Numbers;

/// A headline in the form in which contradictions are seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Frame {
    /// Words in their order, stop words included.
    pub(crate) words: Box<[Word]>,
    /// Numerals that count a thing in a row, each with the beginning of the word behind it.
    pub(crate) ordinals: Box<[(u32, u32)]>,
    /// Years that are named.
    pub(crate) years: Box<[u32]>,
    /// Months that are named.
    pub(crate) months: Box<[u32]>,
    /// Looks back at what happened years ago.
    pub(crate) looks_back: bool,
}

/// A word of a headline and what is known of it, a bit each: thousands of headlines are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) key: u32,
    flags: u8,
}

impl Word {
    fn new(key: u32, known: [bool; 7]) -> Self {
        Self { key, flags: known.iter().rev().fold(0, |flags, bit| flags << 1 | u8::from(*bit)) }
    }

    fn is_name(self) -> bool {
        self.flags & 1 != 0
    }

    /// Carries meaning: longer than three letters, or a name, or a number.
    fn tells(self) -> bool {
        self.flags & 2 != 0
    }

    /// Turns the sentence around.
    fn turns(self) -> bool {
        self.flags & 4 != 0
    }

    /// Is something that two do together.
    fn together(self) -> bool {
        self.flags & 8 != 0
    }

    /// Is a number, in figures or as a word.
    fn number(self) -> bool {
        self.flags & 16 != 0
    }

    /// Is a body that many places have one of.
    fn body(self) -> bool {
        self.flags & 32 != 0
    }

    /// Stands between such a body and its place.
    fn of(self) -> bool {
        self.flags & 64 != 0
    }

    /// What it is, as bits.
    pub(crate) fn flags(self) -> u32 {
        u32::from(self.flags)
    }

    pub(crate) fn from_flags(key: u32, flags: u32) -> Self {
        Self { key, flags: (flags & 0x7f) as u8 }
    }
}

/// Words of a headline that are looked at.
const WORDS: usize = 40;
/// A shared frame holds at least so many words that are no names.
const FRAME_WORDS: usize = 2;
/// A place in a row from which it tells in any language.
const FAR_IN_A_ROW: u32 = 3;
/// Words of a headline that says who does what.
const SHORT: usize = 4;
/// Words that turn a sentence around, or put two actors side by side, when they stand between them.
const TURNING: &[&str] = &[
    "by", "and", "with", "from", "von", "durch", "und", "mit", "par", "et", "avec", "por", "y", "con", "e",
    "com", "pelo", "pela", "da", "do", "от", "и", "с", "со", "та", "і", "з", "від",
];
/// Beginnings of words for what two do together, so that either can be named first.
const TOGETHER: &[&str] = &[
    "meet",
    "talk",
    "sign",
    "agree",
    "swap",
    "trade",
    "play",
    "face",
    "draw",
    "drew",
    "treff",
    "traf",
    "trif",
    "spr",
    "rencontr",
    "sign",
    "reún",
    "reun",
    "encontr",
    "acuer",
    "acord",
    "встре",
    "зустр",
    "подпис",
    "підпис",
    "договор",
    "домов",
];
/// The same as whole words, which begin others.
const TOGETHER_WHOLE: &[&str] = &["met"];
/// Words of one name.
const NAME_WORDS: usize = 2;
/// Letters by which a word is known.
const BEGINNING: usize = 5;

impl Frame {
    pub(crate) fn of(reading: &Reading) -> Self {
        let names = names_of(reading);
        let words: Vec<&str> = reading.title_words.iter().take(WORDS).map(String::as_str).collect();
        let numbers = Numbers::of(&words, reading.language);
        let word = |word: &&str| {
            let key = key_of(word);
            let is_name = names.contains(&key);
            let number = numbers.is_number(word);
            let tells = is_name || word.chars().nth(3).is_some() || number;
            let turns = TURNING.contains(word);
            let together =
                TOGETHER_WHOLE.contains(word) || TOGETHER.iter().any(|beginning| word.starts_with(beginning));
            let (body, of) = (owners::is_body(word), owners::is_of(word));
            Word::new(key, [is_name, tells, turns, together, number, body, of])
        };
        Self {
            words: words.iter().map(word).collect(),
            ordinals: numbers.ordinals().map(|(count, of)| (count, key_of(of))).collect(),
            years: numbers.years().collect(),
            months: numbers.months().collect(),
            looks_back: numbers.looks_back(),
        }
    }

    /// Whether two headlines cannot be about one happening.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        self.counts_differ(other)
            || self.years_differ(other)
            || self.shares_a_word(other)
                && (self.looks_back != other.looks_back
                    || self.months_differ(other)
                    || self.sides_differ(other)
                    || self.is_turned_round(other)
                    || self.names_differ(other)
                    || self.subjects_differ(other)
                    || owners::differ(self, other))
    }

    /// The same of two headlines in different languages, which have no words in common to go by: each counts something in a row,
    /// and none of the places is the other's. The first and the second of anything are too often a way of speaking.
    pub(crate) fn counts_differ_across(&self, other: &Self) -> bool {
        let places = |frame: &Self| -> Vec<u32> {
            frame.ordinals.iter().map(|(count, _)| *count).filter(|count| *count >= FAR_IN_A_ROW).collect()
        };
        apart(&places(self), &places(other))
    }

    /// Each counts something in a row or names months, and none of it is the other's: less than a contradiction, since both may be
    /// told of one happening.
    pub(crate) fn counts_otherwise(&self, other: &Self) -> bool {
        let counts = |frame: &Self| frame.ordinals.iter().map(|(count, _)| *count).collect::<Vec<_>>();
        apart(&self.months, &other.months) || apart(&counts(self), &counts(other))
    }

    /// The first two names that both have stand the other way round, and nothing between them turns the sentence.
    pub(crate) fn names_change_places(&self, other: &Self) -> bool {
        let place = |frame: &Self, key: u32| frame.words.iter().position(|word| word.key == key);
        let mut shared = self.words.iter().enumerate().filter_map(|(mine, word)| {
            let theirs = place(other, word.key)?;
            self.is_name(*word, other).then_some((mine, theirs))
        });
        let Some((first, theirs_first)) = shared.next() else { return false };
        // The next word of the same name stands beside it in both.
        let next = shared.find(|(mine, theirs)| *mine > first + 1 && theirs.abs_diff(theirs_first) > 1);
        let Some((second, theirs_second)) = next else { return false };
        let turned =
            |frame: &Self, from: usize, to: usize| frame.words[from..to].iter().any(|word| word.turns());
        theirs_second < theirs_first
            && !turned(self, first, second)
            && !turned(other, theirs_second, theirs_first)
    }

    /// Says what two do together, so that either can be named first.
    pub(crate) fn is_together(&self) -> bool {
        self.words.iter().any(|word| word.together())
    }

    /// Without a common word there is no common frame.
    fn shares_a_word(&self, other: &Self) -> bool {
        self.words.iter().any(|word| word.tells() && other.has(word.key))
    }

    /// Both name years, and none in common.
    fn years_differ(&self, other: &Self) -> bool {
        apart(&self.years, &other.years)
    }

    /// The same of two months: a figure of March, a figure of August.
    fn months_differ(&self, other: &Self) -> bool {
        let shared = || self.words.iter().filter(|word| word.tells() && other.has(word.key)).count();
        apart(&self.months, &other.months) && shared() > FRAME_WORDS
    }

    /// The same words, and what stands in front of the same word in one stands behind it in the other: *A bids for B*,
    /// *B bids for A*. This needs no names to be known.
    fn is_turned_round(&self, other: &Self) -> bool {
        let ends = |frame: &Self, act: Word| {
            let at = frame.words.iter().position(|word| word.key == act.key)?;
            let before = &frame.words[..at];
            (!before.is_empty() && before.iter().all(|word| word.tells() && !word.number())).then_some(at)
        };
        // Nothing up to the last of the words that changed sides turns the sentence around.
        let crossed = |one: &[Word], rest: &[Word]| {
            let places = one.iter().map(|word| rest.iter().position(|other| other.key == word.key));
            let last = places.collect::<Option<Vec<_>>>().and_then(|places| places.into_iter().max());
            last.is_some_and(|last| !rest[..last].iter().any(|word| word.turns() || word.together()))
        };
        let turned = |act: &Word| {
            let (Some(mine), Some(theirs)) = (ends(self, *act), ends(other, *act)) else { return false };
            crossed(&self.words[..mine], &other.words[theirs..])
                && crossed(&other.words[..theirs], &self.words[mine..])
        };
        let telling = |frame: &Self| frame.words.iter().filter(|word| word.tells() && !word.number()).count();
        let shared =
            self.words.iter().filter(|word| word.tells() && !word.number() && other.has(word.key)).count();
        // Three quarters of either are the same.
        if shared * 4 < telling(self).max(telling(other)) * 3 {
            return false;
        }
        self.words.iter().filter(|word| word.tells() && !word.number()).any(turned)
    }

    /// Word for word the same but for who does it, which stands first: a name that nobody knows yet.
    fn subjects_differ(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.unlike(other), other.unlike(self));
        let subject = |frame: &Self, unlike: &[Word]| {
            unlike.len() == 1 && frame.words.iter().find(|word| word.tells()) == unlike.first()
        };
        let shared = self.words.iter().filter(|word| word.tells() && other.has(word.key)).count();
        // Of a short headline all the rest is the same.
        let rest = |frame: &Self| frame.words.iter().skip(1).map(|word| word.key).collect::<Vec<_>>();
        let enough = shared > FRAME_WORDS || self.words.len() >= SHORT && rest(self) == rest(other);
        subject(self, &mine) && subject(other, &theirs) && enough
    }

    /// Whether either headline shows that a word is a name: at the beginning a capital says nothing.
    fn is_name(&self, word: Word, other: &Self) -> bool {
        word.is_name() || other.words.iter().any(|theirs| theirs.is_name() && theirs.key == word.key)
    }

    /// The same thing with another place in the row.
    fn counts_differ(&self, other: &Self) -> bool {
        let of_one_thing = self.ordinals.iter().any(|(count, of)| {
            let same_thing = || other.ordinals.iter().filter(|(_, theirs)| theirs == of);
            same_thing().count() > 0 && same_thing().all(|(theirs, _)| theirs != count)
        });
        of_one_thing || self.lone_ordinals_differ(other)
    }

    /// Each headline has one place in a row, not the same, and most of the rest is the same.
    fn lone_ordinals_differ(&self, other: &Self) -> bool {
        let ([(mine, _)], [(theirs, _)]) = (&*self.ordinals, &*other.ordinals) else {
            return false;
        };
        let shared = self.words.iter().filter(|word| word.tells() && other.has(word.key)).count();
        mine != theirs && shared > FRAME_WORDS
    }

    /// Two names on either side of the same word, the other way round.
    fn sides_differ(&self, other: &Self) -> bool {
        let theirs = other.acts(self);
        self.acts(other)
            .into_iter()
            .any(|(actor, act, target)| actor != target && theirs.contains(&(target, act, actor)))
    }

    /// The nearest names around each word: who, does what, to whom. Nothing where the sentence may be turned
    /// around, or where both do it.
    fn acts(&self, other: &Self) -> Vec<(u32, u32, u32)> {
        let names: Vec<bool> = self.words.iter().map(|word| self.is_name(*word, other)).collect();
        // A name of several words is known by its first.
        let begins = |at: usize| (0..=at).rev().take_while(|place| names[*place]).last().unwrap_or(at);
        let mut acts = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if !word.tells() || names[at] || word.together() {
                continue;
            }
            let before = names[..at].iter().rposition(|is_name| *is_name).map(begins);
            let behind = names[at..].iter().position(|is_name| *is_name).map(|steps| at + steps);
            let (Some(actor), Some(target)) = (before, behind) else { continue };
            if self.words[actor..target].iter().all(|word| !word.turns()) {
                acts.push((self.words[actor].key, word.key, self.words[target].key));
            }
        }
        acts
    }

    /// One frame, other names in it.
    fn names_differ(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.unlike(other), other.unlike(self));
        let only_names = |words: &[Word]| !words.is_empty() && words.iter().all(|word| word.is_name());
        let frame = self
            .words
            .iter()
            .filter(|word| word.tells() && !self.is_name(**word, other))
            .filter(|word| other.has(word.key));
        only_names(&mine) && only_names(&theirs) && frame.count() >= FRAME_WORDS
    }

    /// Whether all that two headlines have in common is one name: the same actor or place, and something else that
    /// happens. Nothing in common at all says as much.
    pub(crate) fn shares_but_a_name(&self, other: &Self) -> bool {
        let shared = |word: &Word| word.tells() && other.has(word.key);
        let first = self.words.iter().position(shared);
        let last = self.words.iter().rposition(shared);
        let (Some(first), Some(last)) = (first, last) else { return true };
        let owned = owners::names(self);
        let of_name = |at: &usize| owned.contains(at) || self.is_name(self.words[*at], other);
        let one = (first..=last).all(|at| of_name(&at) || !self.words[at].tells());
        let more = |at: &usize| shared(&self.words[*at]) && !owned.contains(at);
        one && (first..=last).filter(more).count() <= NAME_WORDS
    }

    /// Words that make one name with the owner behind them.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = u32> {
        owners::names(self).into_iter().map(|at| self.words[at].key)
    }

    /// Telling words that the other headline does not have.
    fn unlike(&self, other: &Self) -> Vec<Word> {
        self.words
            .iter()
            .filter(|word| word.tells() && !word.number() && !other.has(word.key))
            .copied()
            .collect()
    }

    fn has(&self, key: u32) -> bool {
        self.words.iter().any(|word| word.key == key)
    }
}

/// Both have some, and none in common.
fn apart(mine: &[u32], theirs: &[u32]) -> bool {
    !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|one| theirs.contains(one))
}

/// How the words of an article's names begin, but of those that nothing but the word tells: what is fitted knows names by how they are
/// written. A headline's words are parted at hyphens.
pub(crate) fn names_of(reading: &Reading) -> Set<u32> {
    let parting = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2011}');
    let written = reading.names.iter().filter(|name| !name.by_word);
    let words = written.flat_map(|name| name.text.split(parting)).filter(|word| !word.is_empty());
    words.map(|word| key_of(&word.to_lowercase())).collect()
}

/// Words are compared by how they begin, so that endings make no difference; numbers whole.
pub(crate) fn key_of(word: &str) -> u32 {
    if word.chars().any(char::is_numeric) {
        return hash::term(word);
    }
    let beginning: String = word.chars().take(BEGINNING).collect();
    hash::term(&beginning)
}

#[cfg(test)]
mod tests {
    use super::Frame;
    use news::{Language, Name, NameKind, Reading};

    /// A reading of a headline whose capitalised words are its names. It is English, where no language stands before it: `de: `.
    fn frame(title: &str) -> Frame {
        let (language, title) = title.split_once(": ").unwrap_or(("en", title));
        let names = title.split(' ').filter(|word| word.starts_with(char::is_uppercase)).map(|word| Name {
            text: word.to_owned(),
            key: word.to_lowercase(),
            kind: NameKind::Other,
            mentions: 1,
            in_title: true,
            by_word: false,
        });
        let title_words = title.split(' ').map(str::to_lowercase).collect();
        let language = Language::parse(language);
        Frame::of(&Reading { language, names: names.collect(), title_words, ..Reading::default() })
    }

    fn check(one: &str, other: &str, contradicts: bool) {
        assert_eq!(frame(one).contradicts(&frame(other)), contradicts, "{one} / {other}");
        assert_eq!(frame(other).contradicts(&frame(one)), contradicts, "{other} / {one}");
    }

    #[test]
    fn counted_in_a_row() {
        check(
            "council adopts 12th package against Varnia",
            "council adopts 13th package against Varnia",
            true,
        );
        check("council adopts 12th package against Varnia", "the 12th package is adopted", false);
        check("on the 2nd day talks stall", "council adopts 13th package", false);
        check("uk: рада ухвалила 12-й пакет", "uk: рада ухвалила 13-й пакет", true);
        check("de: EU beschließt zwölftes Paket", "de: EU beschließt dreizehntes Paket", true);
        check("stage 7 of the Sarn tour", "stage 12 of the Sarn tour", true);
    }

    #[test]
    fn counted_in_a_row_in_two_languages() {
        let check = |one: &str, other: &str, differ: bool| {
            assert_eq!(frame(one).counts_differ_across(&frame(other)), differ, "{one} / {other}");
        };
        check("council adopts 12th package against Varnia", "de: EU beschließt dreizehntes Paket", true);
        check("council adopts 12th package against Varnia", "uk: рада ухвалила 12-й пакет", false);
        check("council adopts 12th package against Varnia", "de: EU beschließt Paket gegen Varnia", false);
        check("first gold for Varnia", "de: drittes Gold für Lemberien", false);
    }

    #[test]
    fn what_speaks_against_it_without_contradicting() {
        let counts = |one: &str, other: &str| frame(one).counts_otherwise(&frame(other));
        assert!(counts("de: zweite Runde gescheitert", "de: auch beim dritten Anlauf kein Abschluss"));
        assert!(counts("fewer without work in April", "jobless figures for June"));
        assert!(!counts("de: zweite Runde gescheitert", "de: auch beim zweiten Anlauf kein Abschluss"));
        let change = |one: &str, other: &str| frame(one).names_change_places(&frame(other));
        assert!(change("Varnia hits port in Lemberia", "Lemberia strikes depot of Varnia"));
        assert!(!change("Varnia hits port in Lemberia", "Lemberia port hit by Varnia"));
        assert!(!change("Varnia hits port in Lemberia", "Varnia strikes Lemberia"));
        assert!(!change("Mara Venn freed", "Venn, Mara"));
    }

    #[test]
    fn who_does_it_to_whom() {
        check("Varnia strikes Lemberia overnight", "Lemberia strikes Varnia overnight", true);
        check("Varnia strikes Lemberia overnight", "Lemberia struck by Varnia", false);
        check("Varnia attacks Lemberia with drones", "Lemberia attacks Varnia with drones", true);
        check("Taveshnik meets Morlanta envoy", "Morlanta envoy meets Taveshnik", false);
        check("Varnia and Lemberia swap prisoners", "Lemberia and Varnia swap prisoners", false);
    }

    #[test]
    fn who_or_where_when_all_else_is_the_same() {
        check("Varnia raises interest rate to 50", "Lemberia raises interest rate to 50", true);
        check("Varnia raises interest rate to 50", "Varnia lifts key rate to 50", false);
        check("Varnia raises rate", "central bank in Lemberia shocks markets", false);
    }

    #[test]
    fn a_body_and_its_owner_are_one_name() {
        let apart = |one: &str, other: &str| frame(one).shares_but_a_name(&frame(other));
        assert!(apart("central bank of Varnia holds rates", "central bank of Varnia issues new note"));
        assert!(!apart("central bank of Varnia holds rates", "central bank of Varnia leaves rates at 4"));
        assert!(!apart("central bank holds rates", "central bank issues new note"), "whose is not said");
        assert!(apart("de: Präsident von Varnia tritt zurück", "de: Präsident von Varnia operiert"));
        assert!(!apart("new bridge of Varnia opens", "new bridge of Varnia collapses"));
    }

    #[test]
    fn whose_it_is() {
        check("Bank of Varnia raises key rate to 4", "Bank of Lemberia leaves key rate at 2", true);
        check("la Banque du Varne relève son taux", "la Banque de Lemberie laisse son taux", true);
        check("Präsident von Varnia tritt zurück", "Präsident von Lemberia tritt zurück", true);
        check("Bank of Varnia raises key rate to 4", "Varnia's bank raises rate", false);
        check("president of Varnia meets president of Lemberia", "president of Lemberia in Varnia", false);
        check("Bank of Varnia raises key rate", "Bank of England governor in Varnia", false);
    }

    #[test]
    fn when_it_was() {
        check("summit of leaders 2024 in Virrat", "summit of leaders 2025 in Virrat", true);
        check("a year after the fire in Virrat", "fire in Virrat", true);
        check("de: ein Jahr nach dem Brand in Virrat", "de: Brand in Virrat", true);
        check("fire in Virrat of 2024", "fire in Virrat", false);
        check("Karst jailed for 10 years after guilty plea", "Karst jailed for 10 years", false);
        check("inflation in Varnia rises to 3 % year on year", "inflation in Varnia rises to 3 %", false);
        check("Virrat mayor arrested, thousands protest", "thousands march in Virrat over arrest", false);
        check("junior doctors strike in Virrat", "doctors in Virrat strike from July", false);
        check("ru: пять человек погибли в Вирате", "ru: шесть человек погибли в Вирате", false);
    }

    #[test]
    fn a_subject_that_nobody_knows() {
        check("Novalia rachète Textor", "Textor rachète Novalia", true);
        check("varnia raises interest rate to 50", "morlanta raises interest rate to 50", true);
        check("Orrunda shells Selmaran town", "Selmara shells Orrundan town", true);
        check("harrow steel bids for pike metals", "pike metals bids for harrow steel", true);
        check(
            "de: varnia greift lemberien mit drohnen an",
            "de: lemberien greift varnia mit drohnen an",
            true,
        );
        check("varnia was hit by lemberia overnight", "lemberia was hit by varnia overnight", false);
        check("selmara closes its airspace", "morlanta closes its airspace", true);
        check("selmara closes its airspace", "selmara shuts its airspace", false);
    }
}

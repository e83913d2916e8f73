//! Where a text may name a place: runs of words that the atlas knows, with what stands around them.
//!
//! The longest name wins: `Mexico City` is no mention of `Mexico`. Nothing is decided here.

use super::atlas::{Atlas, Meaning};
use super::spelling::spelling;
use crate::terms::lower;
use crate::token::{Token, TokenKind, is_ideograph};
use crate::{sentences, stop, tokens};
use news::{Language, PlaceKind, Span};
use std::borrow::Cow;

/// Words of one name at most, and characters of one in a script without spaces.
const NAME_WORDS: usize = 5;
const NAME_IDEOGRAPHS: usize = 8;
/// Bytes of a word that is looked at.
const LONGEST: usize = 60;

/// A word with what the scan asks of it.
pub(super) struct Word<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) lower: Cow<'a, str>,
    pub(super) capital: bool,
    /// In a script without capitals.
    pub(super) uncased: bool,
    pub(super) begins: bool,
}

/// A part of an article: its headline or its text.
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) words: Vec<Word<'a>>,
    /// Most longer words begin with a capital, so capitals say nothing.
    pub(super) shouting: bool,
}

/// A run of words that the atlas knows.
pub(super) struct Candidate {
    pub(super) part: usize,
    pub(super) first: usize,
    /// Index behind the last word.
    pub(super) end: usize,
    pub(super) span: Span,
    pub(super) name: String,
    pub(super) meanings: Vec<Meaning>,
}

impl<'a> Part<'a> {
    pub(super) fn new(text: &'a str, language: Language) -> Self {
        let tokens = tokens(text, language);
        let starts: Vec<u32> = sentences(text, language).iter().map(|span| span.start).collect();
        let mut behind = 0;
        let words: Vec<Word> = tokens
            .iter()
            .filter(|token| token.span.len() <= LONGEST)
            .map(|token| {
                // A quotation mark may stand between a sentence's beginning and its first word.
                let next = starts.partition_point(|start| *start < behind);
                let begins = starts.get(next).is_some_and(|start| *start <= token.span.start);
                behind = token.span.end;
                word(token, text, begins)
            })
            .collect();
        let long = || words.iter().filter(|word| word.text.chars().nth(3).is_some() && !word.uncased);
        let shouting =
            long().count() >= 3 && long().filter(|word| word.capital).count() * 10 >= long().count() * 7;
        Self { text, language, words, shouting }
    }

    /// What stands between the words `at - 1` and `at`.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let (Some(before), Some(word)) =
            (at.checked_sub(1).and_then(|at| self.words.get(at)), self.words.get(at))
        else {
            return "\n";
        };
        self.text.get(before.span.end as usize..word.span.start as usize).unwrap_or("\n")
    }

    /// The word before `at` in the same phrase.
    pub(super) fn before(&self, at: usize) -> Option<&Word<'a>> {
        let word = at.checked_sub(1).and_then(|at| self.words.get(at))?;
        (is_joint(self.gap(at)) && !self.words[at].begins).then_some(word)
    }

    /// The word at `at`, if it goes on the phrase of the word before it.
    pub(super) fn behind(&self, at: usize) -> Option<&Word<'a>> {
        let word = self.words.get(at)?;
        (is_joint(self.gap(at)) && !word.begins).then_some(word)
    }
}

fn word<'a>(token: &Token, text: &'a str, begins: bool) -> Word<'a> {
    let word = token.span.of(text);
    let first = word.chars().next().unwrap_or(' ');
    Word {
        span: token.span,
        text: word,
        lower: lower(bare(word)),
        capital: first.is_uppercase(),
        uncased: first.is_alphabetic()
            && !first.is_uppercase()
            && !first.is_lowercase()
            && token.kind != TokenKind::Number,
        begins,
    }
}

fn is_joint(gap: &str) -> bool {
    matches!(gap, " " | "-" | "‑" | "\u{a0}" | "" | ". " | " ’" | "’")
}

/// Without a possessive ending.
fn bare(word: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

/// The runs of words of a part that the atlas knows.
pub(super) fn candidates(part: &Part, number: usize, atlas: &Atlas) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < part.words.len() {
        match longest(part, at, atlas) {
            Some((end, name, meanings)) => {
                let last = &part.words[end - 1];
                let length = bare(last.text).len().min(ending_at(last, &name));
                let span = Span { start: part.words[at].span.start, end: last.span.start + length as u32 };
                found.push(Candidate { part: number, first: at, end, span, name, meanings });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Bytes of the last word that belong to the name: a particle behind a Korean name does not.
fn ending_at(last: &Word, name: &str) -> usize {
    let name = name.rsplit(' ').next().unwrap_or(name);
    if last.uncased && last.text.starts_with(name) { name.len() } else { usize::MAX }
}

type Known = (usize, String, Vec<Meaning>);

fn longest(part: &Part, at: usize, atlas: &Atlas) -> Option<Known> {
    let word = &part.words[at];
    if word.uncased && word.text.chars().next().is_some_and(is_ideograph) {
        return ideographs(part, at, atlas);
    }
    if !word.capital && !word.uncased && !leads_lower(part, at) {
        return None;
    }
    let mut keys = vec![spelling(bare(word.text))];
    // Most words begin no place's name; a German one may end in a case's "s".
    let first = keys[0].strip_suffix('s').unwrap_or(&keys[0]);
    if first.is_ascii() && !atlas.knows_beginning(first) {
        return None;
    }
    let mut end = at + 1;
    while end < part.words.len() && end - at < NAME_WORDS && part.behind(end).is_some() && may_join(part, end)
    {
        keys.push(spelling(bare(part.words[end].text)));
        end += 1;
    }
    (1..=keys.len()).rev().find_map(|length| {
        if length == 1 && !word.capital && !word.uncased {
            return None;
        }
        // Behind a possessive another name begins.
        if part.words[at..at + length - 1].iter().any(|word| bare(word.text) != word.text) {
            return None;
        }
        let last = &part.words[at + length - 1];
        let lower = length > 1 && !last.capital && !last.uncased && !is_cyrillic(last.text);
        // `Washington state` is Washington, but `Arabie saoudite` is whole.
        if lower && matches!(part.language.code(), "en" | "de") {
            return None;
        }
        let key = keys[..length].join(" ");
        let meanings = meanings(atlas, &key, last, part.language);
        let (key, meanings) = meanings?;
        Some((at + length, key, meanings))
    })
}

/// `Los Angeles Times-Mirror`: a full stop joins only behind an abbreviation such as `St.`.
fn may_join(part: &Part, at: usize) -> bool {
    part.gap(at) != ". " || part.words[at - 1].text.chars().count() <= 2
}

/// A name may begin in lower case when it goes on in capitals: `bande de Gaza`, `mer Noire`.
fn leads_lower(part: &Part, at: usize) -> bool {
    #[rustfmt::skip]
    const LEADS: &[&str] = &[
        "bande", "franja", "mer", "mar", "détroit", "estrecho", "canal", "golfe", "golfo", "île", "isla", "plateau", "péninsule",
        "península", "koreanischen", "koreanische", "océan", "océano", "сектор", "сектора", "секторе", "секторі", "сектору", "остров",
        "острове", "corne", "the",
    ];
    let word = &part.words[at];
    LEADS.contains(&&*word.lower)
        && part.words.get(at + 1..at + 3).is_some_and(|next| next.iter().any(|word| word.capital))
}

fn is_cyrillic(word: &str) -> bool {
    word.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c))
}

/// What a key means, in the forms that a language's grammar gives it.
fn meanings(atlas: &Atlas, key: &str, last: &Word, language: Language) -> Option<(String, Vec<Meaning>)> {
    let found = |key: String| {
        let meanings = atlas.find(&key);
        (!meanings.is_empty()).then_some((key, meanings))
    };
    let whole = found(key.to_owned());
    if whole.is_some() {
        return whole;
    }
    if language.code() == "de" && key.len() > 4 {
        return key.strip_suffix('s').and_then(|bare| found(bare.to_owned()));
    }
    last.uncased.then(|| uncased(key)).into_iter().flatten().find_map(found)
}

/// A name in a script without capitals, without the particles that are written together with it.
fn uncased(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let hangul = letters.iter().all(|c| ('\u{ac00}'..='\u{d7af}').contains(c));
    if hangul {
        return (2..letters.len()).rev().take(3).map(|length| letters[..length].iter().collect()).collect();
    }
    // و ب ل ف ك in Arabic, ב ל מ ה ו ש in Hebrew.
    let prefix = letters.first().is_some_and(|c| "وبلفكבלמהוש".contains(*c));
    if prefix && letters.len() > 3 { vec![letters[1..].iter().collect()] } else { Vec::new() }
}

fn ideographs(part: &Part, at: usize, atlas: &Atlas) -> Option<Known> {
    let most = part.words.len().min(at + NAME_IDEOGRAPHS);
    let mut end = at + 1;
    while end < most && part.gap(end).is_empty() && part.words[end].uncased {
        end += 1;
    }
    (at + 2..=end).rev().find_map(|end| {
        let key: String = part.words[at..end].iter().map(|word| word.text).collect();
        let meanings = atlas.find(&spelling(&key));
        (!meanings.is_empty()).then_some((end, key, meanings))
    })
}

/// Whether a lone word is a small word of the language: `Того` is Togo, and "of that".
pub(super) fn is_small_word(part: &Part, candidate: &Candidate) -> bool {
    let [word] = &part.words[candidate.first..candidate.end] else { return false };
    let acronym = word.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    !acronym && stop::words(part.language).contains(&*word.lower)
        // `US` is a country, `us` in a headline of capitals is not told from it.
        || acronym && part.shouting && word.lower == "us" && !part.text.chars().any(char::is_lowercase)
}

/// Whether some meaning is a country or an area.
pub(super) fn is_large(candidate: &Candidate) -> bool {
    candidate.meanings.iter().any(|meaning| {
        matches!(meaning.spot.kind, PlaceKind::Country | PlaceKind::Area) && !meaning.alternate
    })
}

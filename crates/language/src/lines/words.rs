//! The words of a sentence with all that is known of each.

use super::concepts::{Concept, Concepts, Role};
use crate::figures;
use crate::hash::WordSet;
use crate::latin;
use crate::terms::{Terms, normalise};
use crate::token::{Token, TokenKind, tokens};
use news::{Language, Term, TermKind};

/// One word.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// Normalised, stop words too.
    pub(super) plain: String,
    /// Its stem; empty for a stop word.
    pub(super) stem: String,
    pub(super) number: Option<f64>,
    /// Written with four digits and nothing between them, as years are.
    pub(super) four_digits: bool,
    /// A number with letters behind it: "13th", "14h".
    pub(super) ordinal: bool,
    /// A mark stands in front of it that ends a clause or a part of one.
    pub(super) apart: bool,
    /// `%` or a currency.
    pub(super) sign: Option<&'static str>,
    pub(super) concepts: Vec<Concept>,
    name: Option<String>,
}

impl Word {
    pub(super) fn has(&self, role: Role) -> bool {
        self.concepts.iter().any(|concept| concept.role == role)
    }

    pub(super) fn says_something(&self) -> bool {
        !self.stem.is_empty() || !self.concepts.is_empty()
    }

    /// What it tells: a concept before a name before a stem.
    pub(super) fn term(&self) -> Option<Term> {
        let told = self.concepts.iter().find_map(|concept| match concept.role {
            Role::Tells(kind) => Some(Term { key: concept.key.to_owned(), kind }),
            _ => None,
        });
        let named = || Some(Term { key: self.name.clone()?, kind: TermKind::Name });
        let plain = || {
            let counts = self.number.is_none() && self.sign.is_none() && !self.stem.is_empty();
            let aside = self.has(Role::Day) || self.has(Role::Unit);
            (counts && !aside).then(|| Term { key: self.stem.clone(), kind: TermKind::Stem })
        };
        if self.name.is_some() { named() } else { told.or_else(plain) }
    }
}

/// What is needed to read sentences of one article.
pub(super) struct Desk {
    pub(super) language: Language,
    pub(super) terms: Terms,
    pub(super) concepts: &'static Concepts,
    /// Comparable words of the article's names.
    pub(super) names: WordSet<String>,
}

/// The words of a sentence.
pub(super) fn words(text: &str, desk: &Desk) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let found = tokens(text, desk.language);
    let (mut skip, mut end) = (0, 0);
    for (at, token) in found.iter().enumerate() {
        let apart = is_apart(text.get(end..token.span.start as usize));
        end = token.span.end as usize;
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if let Some((number, used)) = figures::number(&found, at, text, desk.language) {
            skip = used.saturating_sub(1);
            let written = token.span.of(text);
            let four_digits = written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit());
            let ordinal = token.kind == TokenKind::Number && written.ends_with(char::is_alphabetic);
            let plain = "#".to_owned();
            words.push(Word { number: Some(number), four_digits, ordinal, apart, plain, ..Word::default() });
            continue;
        }
        words.push(Word { apart, ..word(&found, at, text, desk, &words) });
    }
    words
}

/// Whether what stands between two words parts them. A hyphen between them does not.
fn is_apart(between: Option<&str>) -> bool {
    let mark = |c: char| {
        matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '(' | ')' | '—' | '–' | '|' | '/' | '\n')
    };
    between.is_some_and(|between| between.contains(mark) || between.contains(" - "))
}

/// Words that may stand between two that say something together: "withdrew its report".
const BETWEEN: &[&str] = &["its", "their", "his", "her", "the", "a", "an"];

fn word(tokens: &[Token], at: usize, text: &str, desk: &Desk, before: &[Word]) -> Word {
    let Some(token) = tokens.get(at) else { return Word::default() };
    let written = token.span.of(text);
    if token.kind == TokenKind::Symbol {
        return Word { sign: sign(written), ..Word::default() };
    }
    if token.kind == TokenKind::Link || written.len() > 96 {
        return Word::default();
    }
    let plain = normalise(written);
    let stem = desk.terms.stem(&plain).unwrap_or_default();
    let mut last = before.iter().rev().map(|word| word.plain.as_str());
    let (before, further) = (last.next().unwrap_or_default(), last.next().unwrap_or_default());
    let mut concepts = desk.concepts.find(before, &plain);
    if BETWEEN.contains(&before) {
        concepts.extend(desk.concepts.pair(further, &plain));
    }
    let capital = !written.starts_with(char::is_lowercase) && written.chars().nth(2).is_some();
    let name = capital.then(|| latin::key_of_normal(plain.clone())).filter(|key| desk.names.contains(key));
    let sign = figures::is_per_cent(&plain, tokens, at, text).then_some("%").or_else(|| money(&plain));
    Word { plain, stem, sign, concepts, name, ..Word::default() }
}

/// A currency that is written out.
fn money(word: &str) -> Option<&'static str> {
    Some(match word {
        "dollar" | "dollars" | "dólar" | "dólares" | "доллар" | "доллара" | "долларов" | "долар"
        | "долара" | "доларів" => "$",
        "euro" | "euros" | "євро" | "евро" => "€",
        "pound" | "pounds" | "pfund" => "£",
        "rouble" | "roubles" | "ruble" | "rubles" | "rubel" | "рублей" | "рубля" => "₽",
        "hryvnia" | "hryvnias" | "гривень" | "гривні" => "₴",
        "yen" => "¥",
        _ => return None,
    })
}

fn sign(written: &str) -> Option<&'static str> {
    ["%", "$", "€", "£", "¥", "₽", "₴", "₹", "₺", "₪", "₩"].into_iter().find(|sign| *sign == written)
}

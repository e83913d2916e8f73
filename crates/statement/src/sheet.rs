//! A text word by word: what every question that is put to a text begins with. Made once for all of them.
//!
//! In: the text. Out: its tokens, and for each its hashes, class and cue group. Bounded: a text past [`LONGEST_TEXT`]
//! is read up to there, at a paragraph's end.

use crate::hash;
use crate::lexicon;
use crate::page::{Kind, Unit, open};
use crate::token::{Token, TokenKind, tokenize};
use news::Span;
use std::ops::Range;

/// Bytes of a text that are read.
const LONGEST_TEXT: usize = 1 << 20;

/// A text in words.
#[derive(Debug)]
pub struct Sheet<'text> {
    pub(crate) text: &'text str,
    pub(crate) tokens: Vec<Token>,
    /// Each token by itself: in no sentence yet.
    pub(crate) units: Vec<Unit>,
    /// Ranges of tokens; a line break ends a paragraph.
    pub(crate) paragraphs: Vec<Range<usize>>,
}

impl<'text> Sheet<'text> {
    /// Takes a text, paragraphs parted by line breaks, into words.
    pub fn of(text: &'text str) -> Self {
        let text = bounded(text);
        let (tokens, paragraphs) = tokens_of(text);
        let units = tokens.iter().map(|token| unit(text, *token)).collect();
        Self { text, tokens, units, paragraphs }
    }
}

/// A token by itself.
fn unit(text: &str, token: Token) -> Unit {
    let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    let hash = hash::word(word);
    let entry = lexicon::entry(hash);
    let (kind, by_spelling) = match token.kind {
        TokenKind::Word => (Kind::Word, spelling(word)),
        TokenKind::Number => (Kind::Number, open::NUMBER),
        TokenKind::Double(_) | TokenKind::Single(_) => (Kind::Mark, open::MARK),
        TokenKind::Stop => (Kind::Stop, open::STOP),
        TokenKind::Punctuation => match word {
            "," => (Kind::Comma, open::COMMA),
            ":" => (Kind::Colon, open::COLON),
            "—" | "–" | "-" | "--" | "―" => (Kind::Punctuation, open::DASH),
            _ => (Kind::Punctuation, open::PUNCTUATION),
        },
    };
    Unit {
        span: Span { start: token.start, end: token.end },
        kind,
        word: hash,
        stem: if entry.lemma != 0 { entry.lemma } else { stem(word, hash) },
        suffix: hash::word(tail(word, 3)),
        class: if entry.class != 0 { entry.class } else { by_spelling },
        shape: by_spelling,
        group: entry.group,
        frames: entry.frames,
        capital: word.starts_with(char::is_uppercase),
        ..Unit::NOTHING
    }
}

fn bounded(text: &str) -> &str {
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let mut end = LONGEST_TEXT;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = text.get(..end).unwrap_or_default();
    cut.get(..cut.rfind('\n').unwrap_or(end)).unwrap_or(cut)
}

/// The tokens of a text, and those of each paragraph.
fn tokens_of(text: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut paragraphs = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let first = tokens.len();
        tokenize(line, offset, &mut tokens);
        if tokens.len() > first {
            paragraphs.push(first..tokens.len());
        }
        offset += line.len();
    }
    (tokens, paragraphs)
}

fn spelling(word: &str) -> u8 {
    if word.starts_with(['\'', '’']) {
        return open::CLITIC;
    }
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) {
        let all = word.len() > 1 && letters.all(|c| !c.is_lowercase());
        return if all { open::CAPITALS } else { open::CAPITAL };
    }
    for (end, class) in [("ed", open::ED), ("ing", open::ING), ("ly", open::LY), ("s", open::S)] {
        if word.ends_with(end) && word.len() > end.len() + 2 {
            return class;
        }
    }
    open::LOWER
}

/// The last `count` characters.
fn tail(word: &str, count: usize) -> &str {
    let start = word.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    word.get(start..).unwrap_or(word)
}

/// Hash of the word (which has this `hash`) without an English inflection: crude, and enough to share evidence between
/// forms.
fn stem(word: &str, hash: u32) -> u32 {
    for end in ["ing", "ed", "es", "s", "e"] {
        if let Some(cut) = word.strip_suffix(end).filter(|cut| cut.len() > 2) {
            return hash::word(cut);
        }
    }
    hash
}

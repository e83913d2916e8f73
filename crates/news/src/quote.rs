//! Who said what: words of an article that are given as somebody's.

use crate::development::words;
use crate::{NameKind, Span};
use serde::{Deserialize, Serialize};

/// One statement in an article. Every span is a byte range of the article's text, so that each word shown
/// can be pointed at where it stands; nothing here is paraphrased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The words said, in reading order; more than one span when a cue interrupts them. Never empty.
    pub content: Vec<Span>,
    /// The words that name who said them, as they stand there ("he", "the minister"); empty when none do.
    pub source: Vec<Span>,
    /// The words that give them as somebody's ("said", "according to"); empty when only marks do.
    pub cue: Vec<Span>,
    pub kind: QuoteKind,
    /// Who speaks, by the fullest name the article has for them; `None` is "unattributed".
    pub speaker: Option<String>,
    /// The words of a source that name an office and nobody by name ("the prime minister").
    pub office: Option<Span>,
    /// Whom it was said to ("reporters", "the daily Anzeiger").
    pub addressee: Option<Span>,
    /// Where or how it was said ("in a phone briefing").
    pub occasion: Option<Span>,
    /// The cue is negated: "never said", "did not say", "denied saying".
    pub negated: bool,
    /// How sure the extractor is of the whole, 0 to 1.
    pub confidence: f32,
}

/// What one text says: its statements in reading order, and whom it introduces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statements {
    pub attributions: Vec<Attribution>,
    /// Whoever speaks or is named with an office, once each.
    pub introduced: Vec<Introduced>,
}

/// A person or body as one text introduces it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Introduced {
    /// The fullest name that the text has.
    pub name: String,
    pub kind: NameKind,
    /// Offices that the text gives to the name, as they stand there: `Kremlin spokesman`.
    pub offices: Vec<Span>,
}

/// How the words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// All of them in quotation marks: verbatim.
    Direct,
    /// None of them: the article's own wording.
    Indirect,
    /// Some of them.
    Mixed,
}

words!(QuoteKind { Direct = "direct", Indirect = "indirect", Mixed = "mixed" });

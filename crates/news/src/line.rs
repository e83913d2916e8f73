//! A sentence by itself, in the form in which what is new is told from what is known. Made by the language room,
//! compared by the story room.

use crate::Span;
use serde::{Deserialize, Serialize};

/// The headline or one sentence, as it is set against what is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Where in the article's text; `None` is the headline.
    pub span: Option<Span>,
    /// What it tells, in its order.
    pub terms: Vec<Term>,
    /// Its numbers.
    pub counts: Vec<Count>,
    /// It speaks of another time than the news do: a year that is over, "last year", "in the past".
    pub past: bool,
    /// It says when, or who says so: a day, an hour, "said".
    pub anchored: bool,
    /// A headline that announces a column, a list or an explanation.
    pub column: bool,
    /// It cannot be read alone: it opens with "she" or "that", or with a quotation of nobody whom it names.
    pub leans: bool,
    /// It has a word by which outlets take back what they reported, and armies their soldiers: "withdrawn".
    pub retracts: bool,
}

/// A word of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// A stem of its language, a word of a name (comparable across languages), or a concept.
    pub key: String,
    pub kind: TermKind,
}

/// What kind of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    Stem,
    Name,
    /// Something happened: `dead`, `arrested`. The same key in every language.
    Happening,
    /// Somebody takes a stand: `said`, `rejected`.
    Stand,
    /// How the report stands to others: `correct`, `confirm`, `unsure`, `reverse`.
    Standing,
    /// More or less of something: `rise`, `fall`.
    Change,
}

/// A number of a line with what is counted by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    pub value: f64,
    /// A concept when it counts people (`dead`), `%`, a currency, or the stem of the next word.
    pub of: Option<String>,
    /// It counts people by what happened to them, so that it can be followed through time.
    pub people: bool,
    /// The line gives it as what was before ("from 31", "not 20").
    pub was: bool,
    /// It is rounded: "nearly 50", "about 50".
    pub about: bool,
}

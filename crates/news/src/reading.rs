//! What the language room reads out of one article: everything that later rooms compare.

use crate::{Language, Line, Span};
use serde::{Deserialize, Serialize};

/// An article's words in the forms in which articles are compared. Terms are stems in their order with
/// repetitions, stop words gone; spans point into the text they name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    pub language: Language,
    /// The cleaned headline: outlet suffixes ("| Example Times") and prefixes ("Opinion:") gone, NFKC,
    /// lower case, single spaces. Two articles with the same one carry the same headline.
    pub headline: String,
    /// Content stems of the headline.
    pub title: Vec<String>,
    /// Normalised words of the headline, stop words included: the ground of character n-grams.
    pub title_words: Vec<String>,
    /// Content stems of the first 60 words of the text (or of the summary).
    pub lead: Vec<String>,
    /// Content stems of the first 6,000 characters of the text.
    pub body: Vec<String>,
    /// People, organisations and places, in the order of their first mention.
    pub names: Vec<Name>,
    /// Numbers with what they count, where that could be seen.
    pub figures: Vec<Figure>,
    /// What headline and lead speak of, in a form that is the same in every language.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// What the headline is about, the same in every language (`fire`, `tariffs`).
    #[serde(default)]
    pub themes: Vec<String>,
    /// Sentences of the article's text.
    pub sentences: Vec<Span>,
    /// The headline and the first sentences, each by itself, in the form in which what is new is told from
    /// what is known. Empty when nobody asked for it.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Headline vector of the encoder (unit length), when a model is there.
    pub title_vector: Option<Vec<f32>>,
    /// The same of the fine encoder, when that is there.
    #[serde(default)]
    pub fine_vector: Option<Vec<f32>>,
    /// What the fine encoder makes of headline and lead together; none where there is no lead.
    #[serde(default)]
    pub told_vector: Option<Vec<f32>>,
}

/// Something that an article speaks of, the same in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub key: String,
    pub kind: MarkKind,
    pub in_title: bool,
    /// Whether it does what is told (above 0) or has it done to it (below): the logarithm of the odds, in sixteenths. 0 where
    /// nobody knows.
    #[serde(default, skip_serializing_if = "is_nobody_s")]
    pub acts: i8,
}

/// Whether it is not known what part a mark has.
fn is_nobody_s(acts: &i8) -> bool {
    *acts == 0
}

impl Mark {
    /// As a scene: the capital of a country that nobody knows. As a name of the lead: it happens in a place that nobody knows, which
    /// may be that capital.
    pub const SOMEWHERE: &str = "*?";
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// Something happens, somebody takes a stand, more or less of something: a concept (`dead`, `rejected`, `rise`).
    Deed,
    /// A country (its code), for its name, its people, its capital and its houses of state: `RU` for the Kremlin.
    Country,
    /// Where it happens: the beginning of a name behind "in", "near", or in front of a colon.
    Scene,
    /// The beginning of a name that stands in headline or lead, whatever for.
    Named,
}

/// A name in an article, all its mentions together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// As first written: `Volodymyr Zelensky`.
    pub text: String,
    /// Comparable across spellings and scripts: transliterated to Latin, lower case, without accents.
    pub key: String,
    pub kind: NameKind,
    /// How often it is mentioned.
    pub mentions: u32,
    pub in_title: bool,
    /// Nothing but the word tells that it is one: it stands only where every word has a capital.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_word: bool,
}

/// What a name names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    Person,
    Organisation,
    Place,
    #[default]
    Other,
}

/// A number as reported: `3 dead`, `50 per cent`, `13th package`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub value: f64,
    /// Stem of the word that is counted, when it follows.
    pub of: Option<String>,
    pub in_title: bool,
}

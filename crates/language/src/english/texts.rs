//! The words and rules of the model file: everything that is not a weight.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Texts {
    /// Fine tags in the order of the tagger's scores.
    pub(super) tags: Vec<String>,
    /// Kind and label of each move of the parser, in the order of its scores.
    pub(super) arcs: Vec<(u8, String)>,
    /// The same of the name finder.
    pub(super) spans: Vec<(u8, String)>,
    pub(super) specials: Vec<Special>,
    /// Normal forms by the number of the word.
    pub(super) norms: BTreeMap<u64, String>,
    pub(super) attributes: Vec<Rule>,
    /// By the number of the part of speech.
    pub(super) lemmas: BTreeMap<u64, Lemmas>,
}

/// A string with tokens of its own: `don't` is `do` and `n't`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Special {
    pub(super) text: String,
    /// Each token with its normal form, where that is another.
    pub(super) pieces: Vec<(String, Option<String>)>,
}

/// Where all conditions hold, the token at `at` gets what `sets` says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Rule {
    pub(super) tokens: Vec<Vec<Condition>>,
    pub(super) at: usize,
    pub(super) sets: Vec<(String, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Condition {
    pub(super) field: Field,
    pub(super) among: Vec<String>,
    /// The field must be none of them.
    pub(super) denied: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Field {
    Tag,
    Lower,
    Label,
    Space,
}

/// How words of one part of speech find their base form.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Lemmas {
    /// Endings with what replaces them.
    pub(super) rules: Vec<(String, String)>,
    pub(super) exceptions: BTreeMap<String, Vec<String>>,
    /// Known base forms.
    pub(super) index: BTreeSet<String>,
}

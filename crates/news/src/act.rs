//! Who did what to whom: an act between actors, with the words it stands on.

use crate::Span;
use crate::development::words;
use serde::{Deserialize, Serialize};

/// One act in a sentence. Every span is a byte range of the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    pub class: ActClass,
    /// Who acts, as it stands there.
    pub actor: Span,
    /// Towards whom, when somebody is named.
    pub target: Option<Span>,
    /// The words that tell the act.
    pub cue: Span,
    /// It is told as not being so: "did not attack".
    pub negated: bool,
    pub modality: Modality,
    /// How sure the reader is of the class, 0 to 1.
    pub confidence: f32,
}

/// The fifteen classes of PLOVER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActClass {
    Agree,
    Consult,
    Support,
    Cooperate,
    Aid,
    Yield,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// How an act is told: as done, as coming, as possible, or as denied by the one who would have done it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    #[default]
    Did,
    Will,
    May,
    Denies,
}

words!(ActClass {
    Agree = "agree",
    Consult = "consult",
    Support = "support",
    Cooperate = "cooperate",
    Aid = "aid",
    Yield = "yield",
    Request = "request",
    Accuse = "accuse",
    Reject = "reject",
    Threaten = "threaten",
    Protest = "protest",
    Sanction = "sanction",
    Mobilize = "mobilize",
    Coerce = "coerce",
    Assault = "assault",
});
words!(Modality { Did = "did", Will = "will", May = "may", Denies = "denies" });

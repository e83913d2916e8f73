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

/// An act with who is meant by the words for its actors, as far as the text tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldAct {
    pub act: Act,
    pub actor: Option<Party>,
    pub target: Option<Party>,
    /// The sentence it stands in.
    pub words: Span,
    /// It stands in words that somebody other than the one who acts says: a claim of theirs.
    pub claimed: bool,
    /// Whose claim it is, where the text tells.
    pub teller: Option<Party>,
}

/// Somebody in a text: by the fullest name that it has for them, or by the words that name an office and nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    Named(String),
    Office(Span),
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
impl ActClass {
    /// The word on pages, between who acts and towards whom.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agree => "agrees",
            Self::Consult => "consults",
            Self::Support => "supports",
            Self::Cooperate => "cooperates",
            Self::Aid => "aids",
            Self::Yield => "yields",
            Self::Request => "requests",
            Self::Accuse => "accuses",
            Self::Reject => "rejects",
            Self::Threaten => "threatens",
            Self::Protest => "protests",
            Self::Sanction => "sanctions",
            Self::Mobilize => "mobilizes",
            Self::Coerce => "coerces",
            Self::Assault => "assaults",
        }
    }

    /// A sign that tells without colour whether it brings two nearer (round) or drives them apart (pointed), and
    /// whether in words (hollow) or in deeds (filled): the four corners of PLOVER.
    pub fn shape(self) -> &'static str {
        match self {
            Self::Agree | Self::Consult | Self::Support => "○",
            Self::Cooperate | Self::Aid | Self::Yield => "●",
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => "◇",
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => "◆",
        }
    }

    /// Whether it brings two nearer.
    pub fn is_friendly(self) -> bool {
        matches!(self.shape(), "○" | "●")
    }
}

words!(Modality { Did = "did", Will = "will", May = "may", Denies = "denies" });

//! Where an actor stands on an issue, with the words it stands on.

use crate::Span;
use crate::development::words;
use serde::{Deserialize, Serialize};

/// A position in one text. Every span is a byte range of that text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Whose it is, by the fullest name the text has for them; `None` when only an office is named.
    pub actor: Option<String>,
    /// The words that name an office and nobody by name ("the prime minister").
    pub office: Option<Span>,
    pub stance: Stance,
    /// What it is about, as it stands there: a noun phrase, or what is to be done or not.
    pub issue: Span,
    /// The words that tell the stance.
    pub cue: Span,
    /// The sentence or quotation it stands in.
    pub words: Span,
    /// Said by the actor; otherwise reported of them.
    pub said: bool,
    /// Told as taken before: "had ruled out", "on Monday".
    pub earlier: bool,
}

/// What an actor does with an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Demands,
    Offers,
    Agrees,
    Rejects,
    RulesOut,
    Threatens,
    Conditions,
    Undecided,
}

words!(Stance {
    Demands = "demands",
    Offers = "offers",
    Agrees = "agrees",
    Rejects = "rejects",
    RulesOut = "rules_out",
    Threatens = "threatens",
    Conditions = "conditions",
    Undecided = "undecided",
});

impl Stance {
    /// The word on pages.
    pub fn label(self) -> &'static str {
        if self == Self::RulesOut { "rules out" } else { self.word() }
    }

    /// A sign that tells stances apart without colour.
    pub fn shape(self) -> &'static str {
        match self {
            Self::Demands => "▲",
            Self::Offers => "◇",
            Self::Agrees => "●",
            Self::Rejects => "✕",
            Self::RulesOut => "■",
            Self::Threatens => "◆",
            Self::Conditions => "◐",
            Self::Undecided => "○",
        }
    }

    /// Whether going from this stance to `other` is a move: from for to against or open, not from one way of
    /// saying no to another.
    pub fn moves_to(self, other: Self) -> bool {
        self.side() != other.side()
    }

    fn side(self) -> u8 {
        match self {
            Self::Demands | Self::Offers | Self::Agrees => 0,
            Self::Rejects | Self::RulesOut => 1,
            Self::Threatens => 2,
            Self::Conditions | Self::Undecided => 3,
        }
    }
}

//! What is new in a story: the unit that pages show as news and that is pushed.

use crate::{ArticleId, DevelopmentId, Span, StoryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something new in a story, with the words that it stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Development {
    pub id: DevelopmentId,
    pub story: StoryId,
    /// When it was published by us.
    pub at: Timestamp,
    pub kind: DevelopmentKind,
    pub weight: Weight,
    /// Independent families that report it (corroboration), at least one.
    pub families: u32,
    /// What it stands on, best first; never empty.
    pub evidence: Vec<Evidence>,
}

/// Words of one article: its headline, or a place in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub article: ArticleId,
    /// Byte range of the article's text; `None` is its headline.
    pub span: Option<Span>,
}

/// How a development is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DevelopmentKind {
    /// The story opened.
    FirstReport,
    /// A fact that no article of the story had.
    NewFact,
    /// Somebody said something that was not reported before.
    NewStatement,
    /// An actor moved on an issue.
    ChangedPosition,
    /// The same thing counted differently: `3 dead`, then `9 dead`.
    FigureChanged,
    /// An outlet takes back or corrects what it reported, its headline included.
    Correction,
    /// An independent family reports what one alone had.
    Confirmation,
}

/// How much a development matters to its story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Worth a line for who wants everything.
    Minor,
    #[default]
    Ordinary,
    /// Several independent families have it at once. One outlet alone never makes it.
    Major,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands in the database, in JSON and in a class name.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// The value of a word that [`Self::word`] gave.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}
pub(crate) use words;

words!(DevelopmentKind {
    FirstReport = "first_report",
    NewFact = "new_fact",
    NewStatement = "new_statement",
    ChangedPosition = "changed_position",
    FigureChanged = "figure_changed",
    Correction = "correction",
    Confirmation = "confirmation",
});
words!(Weight { Minor = "minor", Ordinary = "ordinary", Major = "major" });

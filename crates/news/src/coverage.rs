//! How much is reported of a story, and what it is called.

use crate::ArticleId;
use serde::{Deserialize, Serialize};

/// Where a story is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Several independent families within minutes, and it has just begun.
    Breaking,
    /// New articles keep coming faster than a day ago.
    Developing,
    /// Reported on day after day.
    Sustained,
    /// Less and less.
    Fading,
    /// Nothing for so long that a new article opens another story.
    Closed,
}

impl Phase {
    /// The word that stands in the database, in JSON and in a class name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Developing => "developing",
            Self::Sustained => "sustained",
            Self::Fading => "fading",
            Self::Closed => "closed",
        }
    }

    /// The phase of a word that [`Phase::word`] gave.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Breaking, Self::Developing, Self::Sustained, Self::Fading, Self::Closed]
            .into_iter()
            .find(|phase| phase.word() == word)
    }
}

/// A story's title: a headline that one of its articles really had, and which article that was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryTitle {
    pub text: String,
    pub article: ArticleId,
}

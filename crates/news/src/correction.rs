//! What people decide about stories and about who is one house: the machine carries it out, remembers it and never undoes it.

use crate::{ArticleId, DevelopmentId, StoryId};
use serde::{Deserialize, Serialize};

/// A person's correction of what the machine decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Correction {
    /// Two stories are one: `from` ends, its address leads to `into`.
    Merge { from: StoryId, into: StoryId },
    /// These articles of a story are a story of their own.
    Split { story: StoryId, articles: Vec<ArticleId> },
    /// These articles of one story belong to another.
    Move { articles: Vec<ArticleId>, into: StoryId },
    /// A development is no news: it leaves the lists and goes to nobody, nor does what tells the same.
    NotNews { development: DevelopmentId },
    /// A development is news after all. It comes back to the lists; nobody is sent it.
    IsNews { development: DevelopmentId },
    /// A story leaves the front page, and nothing of it goes to anybody.
    Mute { story: StoryId },
    /// A muted story comes back.
    Unmute { story: StoryId },
    /// The outlet at this host belongs to a family: what it prints from now on counts to that one, whatever it copies.
    Family { host: String, family: String },
}

/// What of a carried out correction holds for all second looks to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Whether `from` and `into` are one, or two that stay apart.
    pub together: bool,
    pub from: StoryId,
    pub into: StoryId,
    /// Articles that stay in `into`.
    pub articles: Vec<ArticleId>,
}

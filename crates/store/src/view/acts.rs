//! Who did what to whom, as shown: acts with everywhere they are told, and with whom an actor appears.

use super::{Speaker, StoryRef};
use news::{ActClass, ArticleId, Language, Modality, Span, Timestamp};
use serde::Serialize;

/// Some acts, newest first, how many there are in all, and how many of each class before one was asked for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ActPage {
    pub acts: Vec<ActView>,
    pub total: u64,
    pub by_class: Vec<ClassCount>,
    /// When each of them was told, for drawing.
    #[serde(skip)]
    pub course: Vec<(Timestamp, ActClass)>,
}

/// How often a class of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ClassCount {
    pub class: ActClass,
    pub acts: u32,
}

/// An act with the reports that tell it.
#[derive(Clone, Debug, Serialize)]
pub struct ActView {
    pub id: i64,
    pub actor: PartyView,
    pub target: Option<PartyView>,
    pub class: ActClass,
    /// Told as not being so.
    pub negated: bool,
    pub modality: Modality,
    pub confidence: f32,
    /// A claim of somebody other than the one who acts, and whose where that is known.
    pub claimed: bool,
    pub teller: Option<Speaker>,
    /// The words that tell it.
    pub cue: String,
    pub story: Option<StoryRef>,
    /// The report that first told it; its words are shown.
    pub report: ActReport,
    /// Other own reports of it, first to report first.
    pub others: Vec<ActReport>,
}

/// Who acts or towards whom: the words as they stand, and who they are known to mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyView {
    pub words: String,
    pub actor: Option<Speaker>,
}

/// Where an act is told.
#[derive(Clone, Debug, Serialize)]
pub struct ActReport {
    pub article: ArticleId,
    /// The sentence, verbatim, and its place in the headline or in the text.
    pub words: String,
    pub span: Span,
    pub in_title: bool,
    pub outlet_name: String,
    pub url: Option<String>,
    pub language: Language,
    pub at: Timestamp,
}

/// Somebody who is told of in the same stories.
#[derive(Clone, Debug, Serialize)]
pub struct Companion {
    pub actor: Speaker,
    /// Stories that tell of both, and articles that do.
    pub stories: u32,
    pub articles: u32,
    /// Acts of one of them towards the other.
    pub acts: u32,
    /// The newest story that tells of both.
    pub newest: StoryRef,
    /// The newest story in which both have a position: where they can be compared.
    pub both_stand: Option<StoryRef>,
}

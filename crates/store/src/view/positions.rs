//! Where actors stand, as shown: a board of actors and issues, and an actor's positions through time.

use super::{Speaker, StoryRef};
use news::{ArticleId, Language, Span, Stance, Timestamp};
use serde::Serialize;

/// Who stands where in a story: actors as rows, issues as columns.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Board {
    pub issues: Vec<BoardIssue>,
    pub rows: Vec<BoardRow>,
}

/// An issue of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoardIssue {
    /// Its first position's number.
    pub id: i64,
    /// The commonest wording, as it stands in an article.
    pub name: String,
    /// Articles that tell a position on it.
    pub articles: u32,
}

/// An actor's positions, one cell an issue.
#[derive(Clone, Debug, Serialize)]
pub struct BoardRow {
    pub actor: Speaker,
    pub cells: Vec<Option<BoardCell>>,
}

/// Where an actor stands on an issue.
#[derive(Clone, Debug, Serialize)]
pub struct BoardCell {
    pub now: PositionView,
    /// What they stood on before, newest first.
    pub before: Vec<PositionView>,
    /// It is another side of the issue than before.
    pub moved: bool,
}

/// A position with the words it stands on.
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    pub stance: Stance,
    /// What it is about and the sentence or quotation, as they stand there.
    pub issue: String,
    pub words: String,
    pub language: Language,
    pub article: ArticleId,
    /// The place of the words; in the headline or in the text.
    pub span: Span,
    pub in_title: bool,
    pub outlet_name: String,
    pub url: Option<String>,
    pub at: Timestamp,
    /// In the actor's own words.
    pub said: bool,
    /// Told as taken before.
    pub earlier: bool,
}

/// An actor's positions on one issue of one story, oldest first.
#[derive(Clone, Debug, Serialize)]
pub struct PositionStrip {
    pub story: StoryRef,
    pub issue: String,
    pub steps: Vec<PositionStep>,
    pub moved: bool,
}

/// A stance that an actor took up.
#[derive(Clone, Debug, Serialize)]
pub struct PositionStep {
    #[serde(flatten)]
    pub position: PositionView,
    /// It is another side of the issue than the step before.
    pub moved: bool,
}

//! Developments as shown: what is new, with the words that it stands on.

use news::{ArticleId, DevelopmentId, DevelopmentKind, Language, OutletId, Span, StoryId, Timestamp, Weight};
use serde::Serialize;

/// Something new in a story.
#[derive(Clone, Debug, Serialize)]
pub struct DevelopmentView {
    pub id: DevelopmentId,
    pub story: StoryId,
    pub story_title: String,
    pub story_language: Language,
    /// When it was published by us.
    pub at: Timestamp,
    pub kind: DevelopmentKind,
    pub weight: Weight,
    /// Independent families that reported it then.
    pub families: u32,
    pub speaker: Option<String>,
    /// When a person said that it is no news: it is in no list, and goes to nobody.
    pub withdrawn_at: Option<Timestamp>,
    /// Its story is muted: nothing of it goes to anybody.
    pub muted: bool,
    /// Best first; never empty.
    pub evidence: Vec<EvidenceView>,
}

/// Words of an article, as they stood when the development was published.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    pub article: ArticleId,
    /// Where they stood in the text; `None` is the headline.
    pub span: Option<Span>,
    pub text: String,
    pub outlet: String,
    pub outlet_id: OutletId,
    pub url: Option<String>,
    pub language: Language,
    /// When the article was published.
    pub at: Timestamp,
    /// The words still stand there in the article as it is now.
    pub stands: bool,
    /// They stand nowhere in it any more: its outlet changed or withdrew them.
    pub gone: bool,
}

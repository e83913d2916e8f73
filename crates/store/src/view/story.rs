//! Stories as shown: the card on the front page and the whole story.

use super::StoryRef;
use news::{ArticleId, Language, OutletId, Phase, Span, StoryId, Timestamp};
use serde::Serialize;

/// The front page: cards in order of importance, and the event that this picture is up to date with.
#[derive(Clone, Debug, Serialize)]
pub struct Front {
    pub stories: Vec<StoryCard>,
    /// How many stories there are in all under the same filter.
    pub total: u64,
    /// The `seq` of the last event in this picture: where a live page goes on from.
    pub last_event: i64,
}

/// One story in a list.
#[derive(Clone, Debug, Serialize)]
pub struct StoryCard {
    pub id: StoryId,
    /// A headline that one of its articles really had.
    pub title: String,
    pub language: Language,
    pub phase: Phase,
    /// First and last article.
    pub opened_at: Timestamp,
    pub updated_at: Timestamp,
    /// All articles, copies among them.
    pub articles: u32,
    /// Articles folded because they are copies.
    pub copies: u32,
    pub outlets: u32,
    /// Independent families (copies do not count).
    pub families: u32,
    /// The outlet and address of the article whose headline is the title.
    pub title_outlet: String,
    pub title_url: Option<String>,
    /// First lead sentence, verbatim.
    pub lead: Option<LeadSentence>,
    pub image: Option<String>,
    /// A person took it from the front page; nothing of it is sent.
    pub muted: bool,
    /// Articles per hour over the last 24 hours before `updated_at`, oldest first (24 values): the sparkline.
    pub pulse: Vec<u32>,
    /// Up to four outlets that report, first reporters first.
    pub outlet_names: Vec<String>,
}

/// A sentence of the lead with the article it stands in.
#[derive(Clone, Debug, Serialize)]
pub struct LeadSentence {
    pub text: String,
    pub language: Language,
    pub article: ArticleId,
    pub span: Span,
    pub outlet: String,
    pub url: Option<String>,
    pub at: Timestamp,
}

/// What stands at a story's address.
#[derive(Clone, Debug)]
pub enum Found {
    Story(Box<StoryView>),
    /// Merged into another story: answer with a redirect.
    MovedTo(StoryId),
    Nothing,
}

/// One story, whole.
#[derive(Clone, Debug, Serialize)]
pub struct StoryView {
    pub card: StoryCard,
    /// One to five verbatim sentences.
    pub lead: Vec<LeadSentence>,
    /// By outlet family, first to report first; copies folded under their original.
    pub coverage: Vec<CoverageGroup>,
    /// Newest first.
    pub headline_changes: Vec<HeadlineChange>,
    /// Articles per hour from the first article on, oldest first, hours without any left out:
    /// `(hour start, articles that are no copies, copies)`.
    pub timeline: Vec<(Timestamp, u32, u32)>,
    pub related: Vec<RelatedStory>,
    pub last_event: i64,
}

/// What one family of outlets reported.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageGroup {
    pub family: String,
    pub articles: Vec<ArticleView>,
}

/// An article in a story.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    pub id: ArticleId,
    pub outlet: OutletId,
    pub outlet_name: String,
    pub title: String,
    pub url: Option<String>,
    pub byline: Option<String>,
    pub dateline: Option<String>,
    pub language: Language,
    /// When the publisher says it was published, never later than when it was first seen.
    pub at: Timestamp,
    pub seen_at: Timestamp,
    /// Publisher's summary or first sentence, plain text.
    pub teaser: Option<String>,
    /// The article that this one is a copy of.
    pub copy_of: Option<ArticleId>,
    /// Copies of this article, folded under it.
    pub copies: Vec<ArticleView>,
    /// First article of the story.
    pub first: bool,
    /// How many times title or text were changed after publication.
    pub revisions: u32,
}

/// An article as evidence: its text with what spans point into.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleText {
    pub article: ArticleView,
    pub text: String,
    pub paragraphs: Vec<Span>,
    /// The story that it is in, with its title.
    pub story: Option<StoryRef>,
    /// Newest first.
    pub headline_changes: Vec<HeadlineChange>,
}

/// A headline before and after an edit.
#[derive(Clone, Debug, Serialize)]
pub struct HeadlineChange {
    pub article: ArticleId,
    pub outlet_name: String,
    pub url: Option<String>,
    pub before: String,
    pub after: String,
    pub language: Language,
    pub at: Timestamp,
}

/// Another story that shares much with this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedStory {
    pub id: StoryId,
    pub title: String,
    pub language: Language,
    pub updated_at: Timestamp,
    pub articles: u32,
}

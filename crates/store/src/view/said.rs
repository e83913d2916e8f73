//! Who said what, as shown: sayings with everywhere they stand, and the actors who said them.

use news::{ActorId, ArticleId, Language, NameKind, QuoteKind, SayingId, Span, StoryId, Timestamp};
use serde::Serialize;

/// A person or body that speaks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speaker {
    pub id: ActorId,
    pub name: String,
    pub kind: NameKind,
    /// As an article last gave it: `Kremlin spokesman`.
    pub office: Option<String>,
}

/// The same words with everywhere they stand.
#[derive(Clone, Debug, Serialize)]
pub struct SayingView {
    pub id: SayingId,
    /// `None` is "unattributed".
    pub speaker: Option<Speaker>,
    pub kind: QuoteKind,
    /// The longest form of the words, in pieces where a cue interrupts them; verbatim.
    pub content: Vec<String>,
    /// The words that name who said it and how, as they stand there: `he`, `told`.
    pub source: Option<String>,
    pub cue: Option<String>,
    /// The article's words from the cue up to the first of the content, where it leads to it and the content is not all
    /// in marks: `had called` of `had called the report “false”`.
    pub lead: Option<String>,
    pub addressee: Option<String>,
    pub occasion: Option<String>,
    pub negated: bool,
    pub confidence: f32,
    /// When it was first published.
    pub at: Timestamp,
    /// Where the words shown stand.
    pub place: PlaceView,
    /// Other own reports that have it, first to report first.
    pub others: Vec<PlaceView>,
    /// Copies that have it.
    pub copies: u32,
    /// Independent families that have it.
    pub families: u32,
    /// The earlier saying that this one denies or corrects.
    pub denies: Option<SayingRef>,
    /// Later ones that deny or correct this.
    pub denied_by: Vec<SayingRef>,
}

/// A quote in an article.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    pub article: ArticleId,
    /// Spans are places in the headline.
    pub in_title: bool,
    /// Byte ranges of the words in the article's text (or headline).
    pub spans: Vec<Span>,
    pub outlet_name: String,
    pub url: Option<String>,
    pub language: Language,
    pub at: Timestamp,
    pub story: Option<StoryRef>,
    /// The words where they differ from those shown.
    pub differs: Option<Vec<String>>,
}

/// A story by its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryRef {
    pub id: StoryId,
    pub title: String,
    /// Of the title.
    pub language: Language,
}

/// A saying that another one is about.
#[derive(Clone, Debug, Serialize)]
pub struct SayingRef {
    pub id: SayingId,
    pub speaker: Option<Speaker>,
    pub content: Vec<String>,
    pub language: Language,
    pub article: ArticleId,
    pub in_title: bool,
    pub spans: Vec<Span>,
    pub outlet_name: String,
    pub at: Timestamp,
}

/// Some sayings, newest first, and how many there are in all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SaidPage {
    pub sayings: Vec<SayingView>,
    pub total: u64,
}

/// An actor in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ActorCard {
    #[serde(flatten)]
    pub actor: Speaker,
    pub sayings: u64,
    pub last_at: Timestamp,
}

/// An actor whole.
#[derive(Clone, Debug, Serialize)]
pub struct ActorView {
    #[serde(flatten)]
    pub actor: Speaker,
    pub names: Vec<AliasView>,
    pub offices: Vec<AliasView>,
    pub sayings: u64,
    pub articles: u64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

/// A name or office with the article that last gave it.
#[derive(Clone, Debug, Serialize)]
pub struct AliasView {
    pub key: String,
    pub text: String,
    pub article: Option<ArticleId>,
    pub last_at: Timestamp,
    /// A person said that it is this actor's.
    pub decided: bool,
}

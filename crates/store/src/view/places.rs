//! Places, as shown: those of a story with how often they are named, and one place with what is reported from it.

use crate::view::StoryRef;
use news::{ArticleId, Language, Place, PlaceId, Span, Timestamp};
use serde::Serialize;

/// A place that a story names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedPlace {
    /// As the atlas has it, or as first written when nobody knows it.
    pub name: String,
    /// Absent: shown by its name alone, on no map.
    pub place: Option<Place>,
    /// Articles that name it, copies left out, and how often they do.
    pub articles: u32,
    pub mentions: u32,
    /// The first article that names it, and where.
    pub article: ArticleId,
    pub in_title: bool,
    pub span: Span,
}

/// One place with the stories that name it.
#[derive(Clone, Debug, Serialize)]
pub struct PlacePage {
    pub place: Place,
    /// Comparable key of its name: what is followed.
    pub key: String,
    pub articles: u32,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    /// Newest first.
    pub stories: Vec<PlaceStory>,
    /// The newest sentences that name it, verbatim.
    pub sentences: Vec<PlaceSentence>,
    /// Places that the same articles name most.
    pub beside: Vec<(PlaceId, String, u32)>,
}

/// A story that names a place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceStory {
    pub story: StoryRef,
    pub articles: u32,
    pub updated_at: Timestamp,
}

/// A sentence that names a place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceSentence {
    pub text: String,
    pub article: ArticleId,
    pub in_title: bool,
    pub span: Span,
    pub outlet: String,
    pub url: Option<String>,
    pub language: Language,
    pub at: Timestamp,
}

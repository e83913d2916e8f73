//! Search results.

use news::{ArticleId, Language, StoryId, Timestamp};
use serde::Serialize;

/// A page of results.
#[derive(Clone, Debug, Serialize)]
pub struct Hits {
    pub hits: Vec<Hit>,
    pub total: u64,
}

/// An article that matches.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    pub article: ArticleId,
    pub story: Option<StoryId>,
    pub story_title: Option<String>,
    pub story_language: Language,
    pub title: String,
    pub outlet_name: String,
    pub url: Option<String>,
    pub language: Language,
    pub at: Timestamp,
    /// Verbatim pieces of the text around the matches: `(piece, whether it matched)`, to be marked by the page.
    pub snippet: Vec<(String, bool)>,
    /// Articles that repeat it.
    pub copies: u32,
}

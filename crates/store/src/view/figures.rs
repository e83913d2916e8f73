//! Figures through time, as shown.

use news::{ArticleId, Span, Timestamp};
use serde::Serialize;

/// One thing that is counted, in the order in which it was told.
#[derive(Clone, Debug, Serialize)]
pub struct FigureSeries {
    /// `dead`, `injured`, `missing` ...
    pub what: String,
    pub points: Vec<FigurePoint>,
}

/// A value with the words that say it.
#[derive(Clone, Debug, Serialize)]
pub struct FigurePoint {
    pub value: f64,
    pub at: Timestamp,
    pub article: ArticleId,
    /// In the article's text; `None` is its headline.
    pub span: Option<Span>,
    pub outlet: String,
    /// The sentence or headline that tells it.
    pub said: String,
}

//! A story day by day as shown.

use super::LeadSentence;
use serde::Serialize;

/// One day of a story.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// Counted from 1970.
    pub day: i32,
    /// Articles that tell of it, not only those of the day.
    pub articles: u32,
    /// Verbatim, best first, never empty.
    pub sentences: Vec<LeadSentence>,
}

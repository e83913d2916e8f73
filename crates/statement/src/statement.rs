//! A statement in units of a page, before it becomes spans with a speaker.

use std::ops::Range;

/// Ranges of units; content is never empty once it leaves an extractor.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Statement {
    pub(crate) cue: Option<Range<usize>>,
    pub(crate) source: Vec<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) confidence: f32,
}

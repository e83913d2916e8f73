//! Second look.

use super::Stories;
use news::{StoryId, Timestamp};

/// A correction of what was decided at arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// Two stories are one: `from` ends, its articles belong to `into`.
    Merge { from: StoryId, into: StoryId },
}

impl Stories {
    /// Looks again.
    pub fn revise(&mut self, _now: Timestamp) -> Vec<Revision> {
        Vec::new()
    }
}

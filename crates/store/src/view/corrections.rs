//! Corrections by people as shown: what was asked for, and what became of it.

use news::{Correction, StoryId, Timestamp};
use serde::Serialize;

/// A correction with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    pub id: i64,
    pub correction: Correction,
    pub asked_at: Timestamp,
    pub state: CorrectionState,
    /// When it was carried out or refused.
    pub done_at: Option<Timestamp>,
    /// The story that it left its mark on; none when it is about an outlet.
    pub story: Option<StoryId>,
}

/// What became of a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionState {
    /// Until the program that files articles comes to it.
    Waiting,
    Done,
    /// With the reason in plain words.
    Refused(String),
}

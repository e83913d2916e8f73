//! Times told in a text: `on Feb. 26`, `last week`.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A time that a text tells, resolved against the day it was published on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldTime {
    /// The words that tell it.
    pub span: Span,
    /// The day, or the first day of the week, month or year.
    pub date: Date,
    pub precision: Precision,
}

/// How exactly a time is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Week,
    Month,
    Year,
}

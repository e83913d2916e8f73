//! What the story room takes in of an article: its features and its sketch. Made once from a reading and a text, and
//! written small, so that after a restart the articles of the last days need not be read again.

pub(crate) mod bytes;

use crate::copies::Sketch;
use crate::features::Features;
use crate::lens::Lenses;
use crate::stories::Arrival;
use news::{ArticleId, Timestamp};

/// An article as the story room sees it.
#[derive(Clone, Debug)]
pub struct Impression {
    pub(crate) features: Features,
    pub(crate) sketch: Sketch,
    /// The agency that its text credits, by its place in the table of agencies.
    pub(crate) credited: Option<u8>,
}

/// Where an impression belongs in the stream.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub article: ArticleId,
    pub at: Timestamp,
    /// The outlet's family ([`crate::family()`]).
    pub family: &'a str,
}

impl Impression {
    /// Of the form in which this program writes impressions; others are not read.
    pub const VERSION: u32 = 12;

    /// What an article leaves.
    pub fn of(arrival: &Arrival) -> Self {
        Self::through(arrival, Lenses::shipped())
    }

    /// The same where the encoders' vectors are seen through other lenses: for fitting.
    pub fn through(arrival: &Arrival, lenses: &Lenses) -> Self {
        Self {
            features: Features::through(arrival.reading, lenses),
            sketch: Sketch::of(arrival.text),
            credited: crate::copies::credited(arrival.text),
        }
    }
}

impl<'a> From<&Arrival<'a>> for Place<'a> {
    fn from(arrival: &Arrival<'a>) -> Self {
        Self { article: arrival.article, at: arrival.at, family: arrival.family }
    }
}

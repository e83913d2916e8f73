//! What the story room takes in of an article: its features and its sketch. Made once from a reading and a text, and
//! written small, so that after a restart the articles of the last days need not be read again.

pub(crate) mod bytes;

use crate::copies::Sketch;
use crate::features::Features;
use crate::lens::Lens;
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
    pub const VERSION: u32 = 3;

    /// What an article leaves.
    pub fn of(arrival: &Arrival) -> Self {
        Self::through(arrival, Lens::shipped())
    }

    /// The same where the encoder's vector is seen through another lens: for fitting.
    pub fn through(arrival: &Arrival, lens: &Lens) -> Self {
        Self {
            features: Features::through(arrival.reading, lens),
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

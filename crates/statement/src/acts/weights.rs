//! The weights of the classifier of acts: a table of one signed byte for each hashed feature and class. Fitted by
//! `cargo xtask train acts`; see `data/README.md` for provenance.
//!
//! File: `SA1\n`, bits of the table's size (u8), the scale (f32 LE), the table (2^bits × 15 × i8).

use crate::acts::words::CLASSES;
use crate::learned::weights::row;
use std::sync::LazyLock;

const MAGIC: &[u8] = b"SA1\n";
const ENGLISH: &[u8] = include_bytes!("../../data/acts.weights");

/// Weights of the classifier.
#[derive(Clone, Debug)]
pub struct ActWeights<'table> {
    bits: u32,
    scale: f32,
    table: &'table [u8],
}

/// The weights that come with the build; `None` when they came without, and the words of acts alone decide.
pub(crate) fn english() -> Option<&'static ActWeights<'static>> {
    static READ: LazyLock<Option<ActWeights<'static>>> = LazyLock::new(|| ActWeights::read(ENGLISH));
    READ.as_ref()
}

impl<'table> ActWeights<'table> {
    /// Reads a file of weights.
    pub fn read(bytes: &'table [u8]) -> Option<Self> {
        let (&[bits], rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<1>()?;
        let (scale, rest) = rest.split_first_chunk::<4>()?;
        let bits = u32::from(bits).clamp(1, 24);
        let table = rest.get(..CLASSES << bits)?;
        Some(Self { bits, scale: f32::from_le_bytes(*scale), table })
    }

    /// How likely each class is, from the hashes of a sentence's features. A feature counts once.
    pub fn likely(&self, hashes: &[u32]) -> [f32; CLASSES] {
        let mut rows: Vec<usize> = hashes.iter().map(|hash| row(*hash, self.bits) * CLASSES).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut sums = [0i32; CLASSES];
        for row in rows {
            let weights = self.table.get(row..row + CLASSES).unwrap_or_default();
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(weight.cast_signed()));
        }
        softmax(sums.map(|sum| sum as f32 * self.scale))
    }
}

/// Writes a file of weights from a table in floating point.
pub fn write(bits: u32, table: &[f32]) -> Vec<u8> {
    let highest = table.iter().fold(0.0f32, |highest, weight| highest.max(weight.abs()));
    let scale = (highest / 127.0).max(f32::MIN_POSITIVE);
    let mut bytes = MAGIC.to_vec();
    bytes.push(u8::try_from(bits).unwrap_or(u8::MAX));
    bytes.extend(scale.to_le_bytes());
    bytes.extend(table.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    bytes
}

fn softmax(scores: [f32; CLASSES]) -> [f32; CLASSES] {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - highest).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

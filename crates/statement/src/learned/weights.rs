//! The weights of the two chain models: a table of one signed byte for each hashed feature and label, and the
//! scores of neighbouring labels. Fitted by `cargo xtask train quotes`; see `data/README.md` for provenance.
//!
//! File: `SQ1\n`, then for each model its labels (u8), bits of the table's size (u8), the scale (f32 LE), the
//! pairs (labels² × f32 LE), the table (2^bits × labels × i8).

use crate::learned::lattice::NEVER;
use std::sync::LazyLock;
use thiserror::Error;

const MAGIC: &[u8] = b"SQ1\n";
const ENGLISH: &[u8] = include_bytes!("../../data/english.weights");

/// A file of weights that cannot be read.
#[derive(Debug, Error)]
#[error("not a file of quotation weights")]
pub struct BadWeights;

/// Weights of one chain model.
#[derive(Clone, Debug)]
pub struct Chain<'table> {
    pub labels: usize,
    bits: u32,
    scale: f32,
    pub pairs: Vec<f32>,
    table: &'table [u8],
}

/// Both models.
#[derive(Clone, Debug)]
pub struct Weights<'table> {
    pub cue: Chain<'table>,
    pub argument: Chain<'table>,
}

/// Labels of the cue model: outside, and first, middle, last, only unit of a cue.
pub const CUE_LABELS: usize = 5;
/// Labels of the argument model: outside, four of a source, four of content.
pub const ARGUMENT_LABELS: usize = 9;

/// Whether label `to` may follow label `from`: spans are first, middle..., last, or one unit alone.
pub fn may_follow(from: usize, to: usize) -> bool {
    let open = |label: usize| label > 0 && matches!((label - 1) % 4, 0 | 1);
    let inner = |label: usize| label > 0 && matches!((label - 1) % 4, 1 | 2);
    match (open(from), inner(to)) {
        (true, true) => (from - 1) / 4 == (to - 1) / 4,
        (false, false) => true,
        _ => false,
    }
}

/// Labels that a sequence may begin with.
pub fn may_begin(label: usize) -> bool {
    may_follow(0, label)
}

/// Labels that a sequence may end with.
pub fn may_end(label: usize) -> bool {
    may_follow(label, 0)
}

/// The weights that come with the build; `None` when they came without, and rules alone decide.
pub fn english() -> Option<&'static Weights<'static>> {
    static READ: LazyLock<Option<Weights<'static>>> = LazyLock::new(|| Weights::read(ENGLISH).ok());
    READ.as_ref()
}

impl<'table> Weights<'table> {
    /// Reads a file of weights.
    pub fn read(bytes: &'table [u8]) -> Result<Self, BadWeights> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(BadWeights)?;
        let (cue, rest) = Chain::read(rest).ok_or(BadWeights)?;
        let (argument, _) = Chain::read(rest).ok_or(BadWeights)?;
        if cue.labels != CUE_LABELS || argument.labels != ARGUMENT_LABELS {
            return Err(BadWeights);
        }
        Ok(Self { cue, argument })
    }
}

impl<'table> Chain<'table> {
    fn read(bytes: &'table [u8]) -> Option<(Self, &'table [u8])> {
        let (&[labels, bits], rest) = bytes.split_first_chunk::<2>()?;
        let (scale, mut rest) = rest.split_first_chunk::<4>()?;
        let labels = usize::from(labels);
        let mut pairs = Vec::with_capacity(labels * labels);
        for pair in 0..labels * labels {
            let (value, behind) = rest.split_first_chunk::<4>()?;
            let allowed = may_follow(pair / labels, pair % labels);
            pairs.push(if allowed { f32::from_le_bytes(*value) } else { NEVER });
            rest = behind;
        }
        let length = (1usize << u32::from(bits).min(24)) * labels;
        let table = rest.get(..length)?;
        let chain = Self { labels, bits: bits.into(), scale: f32::from_le_bytes(*scale), pairs, table };
        Some((chain, rest.get(length..)?))
    }

    /// Scores of every unit and label, from the hashes of each unit's features; `ends` says where each
    /// unit's hashes end.
    pub fn states(&self, hashes: &[u32], ends: &[u32], out: &mut Vec<f32>) {
        out.clear();
        let mut start = 0;
        let mut sums = vec![0i32; self.labels];
        for end in ends {
            sums.fill(0);
            for hash in hashes.get(start..*end as usize).unwrap_or_default() {
                let row = row(*hash, self.bits) * self.labels;
                for (sum, weight) in
                    sums.iter_mut().zip(self.table.get(row..row + self.labels).unwrap_or_default())
                {
                    *sum += i32::from(weight.cast_signed());
                }
            }
            out.extend(sums.iter().map(|sum| *sum as f32 * self.scale));
            start = *end as usize;
        }
    }
}

/// The row of a feature in a table of `2^bits` rows.
pub fn row(hash: u32, bits: u32) -> usize {
    (hash >> (32 - bits.clamp(1, 24))) as usize
}

/// Writes a file of weights from `(labels, bits, pairs, table)` of each model in floating point.
pub fn write(models: &[(usize, u32, &[f32], &[f32])]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for (labels, bits, pairs, table) in models {
        let highest = table.iter().fold(0.0f32, |highest, weight| highest.max(weight.abs()));
        let scale = (highest / 127.0).max(f32::MIN_POSITIVE);
        bytes.push(u8::try_from(*labels).unwrap_or(u8::MAX));
        bytes.push(u8::try_from(*bits).unwrap_or(u8::MAX));
        bytes.extend(scale.to_le_bytes());
        pairs.iter().for_each(|pair| bytes.extend(pair.to_le_bytes()));
        bytes.extend(table.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    }
    bytes
}

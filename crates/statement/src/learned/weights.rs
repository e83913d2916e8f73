//! The weights of the two chain models: four bits for each hashed feature and label, of those features that count,
//! and the scores of neighbouring labels. Fitted by `cargo xtask train quotes`; see `data/README.md` for provenance.
//!
//! File: `SQ3\n`, then for each model its labels (u8), bits of the table's size (u8), the scale (f32 LE), the
//! pairs (labels² × f32 LE), the number of bytes that follow (u32 LE), and the table, 32 rows at a time: which of them
//! are kept (u32 LE), and those, two weights a byte, the lower half first. A weight is one of sixteen `LEVELS` × scale.
//! Most of the time is waiting for memory: what says which rows are kept is held apart, small enough for the processor's
//! second cache, and only rows that are kept are waited for.
//!
//! Leaving out what hardly counts costs nothing: on held articles a table of 2^20 rows without its weak rows reads as
//! well as the whole, at a fifth of the size.

use crate::learned::lattice::NEVER;
use std::sync::LazyLock;
use thiserror::Error;

const MAGIC: &[u8] = b"SQ3\n";
const ENGLISH: &[u8] = include_bytes!("../../data/english.weights");

/// What a stored half byte stands for, in units of the scale.
const LEVELS: [i8; 16] = [0, 4, 8, 13, 20, 30, 46, 75, 110, -4, -8, -13, -20, -30, -46, -75];
/// What a stored byte stands for: the lower half's level, and the upper half's 16 bits further up. Sums of such numbers
/// are the sums of both, see [`parted`].
const PAIRS: [i32; 256] = {
    let mut pairs = [0; 256];
    let mut byte = 0;
    while byte < pairs.len() {
        pairs[byte] = LEVELS[byte & 15] as i32 + ((LEVELS[byte >> 4] as i32) << 16);
        byte += 1;
    }
    pairs
};
/// Bytes of a row of each model: two labels a byte.
const CUE_BYTES: usize = CUE_LABELS.div_ceil(2);
const ARGUMENT_BYTES: usize = ARGUMENT_LABELS.div_ceil(2);
/// Units of the scale that a table's strongest weight has.
const STRONGEST: f32 = 127.0;
/// A row without a weight of more units is left out.
const WEAK: f32 = 6.0;

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
    blocks: Vec<Block>,
    /// Blocks of [`BLOCK`] rows: which are kept, and those.
    table: &'table [u8],
}

/// [`BLOCK`] rows: where in the table those begin that are kept, and which they are.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    rows: u32,
    kept: u32,
}

/// Rows of which one word says which are kept.
const BLOCK: usize = 32;
/// Bytes of that word.
const WORD: usize = 4;

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
        let bits = u32::from(bits).clamp(LEAST_BITS, MOST_BITS);
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (table, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let mut at = 0;
        let mut blocks = Vec::with_capacity((1 << bits) / BLOCK);
        for _ in 0..(1 << bits) / BLOCK {
            let kept = word(table, at)?;
            blocks.push(Block { rows: u32::try_from(at + WORD).ok()?, kept });
            at += WORD + kept.count_ones() as usize * labels.div_ceil(2);
        }
        let scale = f32::from_le_bytes(*scale);
        (at == table.len()).then_some((Self { labels, bits, scale, pairs, blocks, table }, rest))
    }

    /// Scores of every unit and label, from the hashes of each unit's features; `ends` says where each
    /// unit's hashes end.
    pub fn states(&self, hashes: &[u32], ends: &[u32], out: &mut Vec<f32>) {
        match self.labels {
            CUE_LABELS => self.states_of::<CUE_BYTES>(hashes, ends, out),
            _ => self.states_of::<ARGUMENT_BYTES>(hashes, ends, out),
        }
    }

    /// The same for rows of so many bytes, a unit in short steps: which of its features are kept, where their rows are,
    /// the rows, and their sum. In a step of a few instructions the processor asks for the memory of many features at
    /// once.
    fn states_of<const BYTES: usize>(&self, hashes: &[u32], ends: &[u32], out: &mut Vec<f32>) {
        out.clear();
        let (mut blocks, mut places): (Vec<Block>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut rows: Vec<[u8; BYTES]> = Vec::new();
        let mut start = 0;
        for end in ends {
            let hashes = hashes.get(start..*end as usize).unwrap_or_default();
            blocks.resize((hashes.len() + 1).max(blocks.len()), Block::default());
            let mut found = 0;
            for hash in hashes {
                let row = row(*hash, self.bits);
                let block = self.blocks.get(row / BLOCK).copied().unwrap_or_default();
                let bit = 1 << (row % BLOCK);
                blocks[found] = Block { kept: block.kept & (bit - 1), ..block };
                found += usize::from(block.kept & bit != 0);
            }
            let before = |block: &Block| block.rows as usize + block.kept.count_ones() as usize * BYTES;
            places.clear();
            places.extend(blocks.iter().take(found).map(before));
            rows.clear();
            rows.extend(places.iter().filter_map(|place| self.table.get(*place..)?.first_chunk::<BYTES>()));
            let mut sums = [0; BYTES];
            for row in &rows {
                sums.iter_mut().zip(row).for_each(|(sum, byte)| *sum += PAIRS[usize::from(*byte)]);
            }
            let sums = sums.into_iter().flat_map(parted).take(self.labels);
            out.extend(sums.map(|sum| sum as f32 * self.scale));
            start = *end as usize;
        }
    }
}

/// The word at a place.
fn word(table: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*table.get(at..)?.first_chunk()?))
}

/// The two sums in a sum of [`PAIRS`]; the lower one lies within 16 bits, since a unit has some hundred features.
fn parted(sum: i32) -> [i32; 2] {
    let low = i32::from(sum as i16);
    [low, (sum - low) >> 16]
}

/// Bits of the smallest and of the largest table.
pub const LEAST_BITS: u32 = 6;
const MOST_BITS: u32 = 24;

/// The row of a feature in a table of `2^bits` rows.
pub fn row(hash: u32, bits: u32) -> usize {
    (hash >> (32 - bits.clamp(1, MOST_BITS))) as usize
}

/// Writes a file of weights from `(labels, bits, pairs, table)` of each model in floating point.
pub fn write(models: &[(usize, u32, &[f32], &[f32])]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for (labels, bits, pairs, table) in models {
        let highest = table.iter().fold(0.0f32, |highest, weight| highest.max(weight.abs()));
        let scale = (highest / STRONGEST).max(f32::MIN_POSITIVE);
        let counts = |row: &&[f32]| row.iter().any(|weight| weight.abs() > (WEAK + 0.5) * scale);
        bytes.push(u8::try_from(*labels).unwrap_or(u8::MAX));
        bytes.push(u8::try_from(*bits).unwrap_or(u8::MAX));
        bytes.extend(scale.to_le_bytes());
        pairs.iter().for_each(|pair| bytes.extend(pair.to_le_bytes()));
        let mut blocks = Vec::new();
        for block in table.chunks(BLOCK * labels) {
            let rows = block.chunks_exact(*labels).enumerate().filter(|(_, row)| counts(row));
            let word = rows.clone().fold(0u32, |word, (at, _)| word | 1 << at);
            blocks.extend(word.to_le_bytes());
            for pair in rows.flat_map(|(_, row)| row.chunks(2)) {
                let high = pair.get(1).map_or(0, |weight| nearest(weight / scale));
                blocks.push(nearest(pair[0] / scale) | high << 4);
            }
        }
        bytes.extend(u32::try_from(blocks.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(blocks);
    }
    bytes
}

/// The number of the level that is nearest to a weight in units of the scale.
fn nearest(weight: f32) -> u8 {
    let distance = |level: &i8| (f32::from(*level) - weight).abs();
    let best = (0u8..).zip(&LEVELS).min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    best.map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{CUE_LABELS, Chain, nearest, write};

    #[test]
    fn what_is_written_is_read_and_weak_rows_are_left_out() {
        let mut table = vec![0.0; CUE_LABELS << 6];
        table[CUE_LABELS * 3..CUE_LABELS * 4].copy_from_slice(&[1.27, -0.3, 0.0, 0.13, -0.04]);
        table[CUE_LABELS * 9] = 0.03;
        let bytes = write(&[(CUE_LABELS, 6, &[0.5; CUE_LABELS * CUE_LABELS], &table)]);
        let (chain, rest) = Chain::read(&bytes[4..]).unwrap();
        assert!(rest.is_empty());
        let mut states = Vec::new();
        chain.states(&[3 << 26, 9 << 26, 40 << 26], &[1, 2, 3], &mut states);
        let rounded: Vec<i32> = states.iter().map(|score| (score * 100.0).round() as i32).collect();
        assert_eq!(rounded[..5], [110, -30, 0, 13, -4]);
        assert_eq!(rounded[5..], [0; 10]);
    }

    #[test]
    fn half_bytes_take_the_nearest_level() {
        assert_eq!([0.0, 5.9, 6.1, 500.0, -3.0].map(nearest), [0, 1, 2, 8, 9]);
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let bytes = write(&[(CUE_LABELS, 6, &[0.0; CUE_LABELS * CUE_LABELS], &[1.0; CUE_LABELS << 6])]);
        assert!(Chain::read(&bytes[4..bytes.len() - 1]).is_none());
    }
}

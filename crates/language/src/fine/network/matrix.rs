//! The dense layers: a matrix of weights in four bits, a bias. Held packed (16 MB for all twelve layers, where 32-bit
//! floats would take 85 MB) and opened a tile at a time into a place that stays in the cache, once for all pieces of
//! a batch.

use super::lanes::{self, LANES, Lanes, STEPS, STRIDE, Starts, Weights, Work};
use super::rounded::{MIDDLE, Rounded};
use crate::container::Container;
use crate::fine::blocks::{self, BLOCK, BYTES, OFFSET};
use crate::models::ModelError;

/// Lanes of a tile, in groups.
const GROUPS: usize = 4;

/// Rows of a tile.
const SIDE: usize = GROUPS * LANES;

/// Blocks of each row in a tile.
const DEPTH: usize = 12;

/// A dense layer.
#[derive(Debug)]
pub(super) struct Matrix {
    /// Numbers that come out and that go in.
    rows: usize,
    columns: usize,
    /// Beside each other within the same rows, then the next rows.
    tiles: Vec<Tile>,
    bias: Vec<f32>,
}

/// A part of a matrix.
#[derive(Debug)]
struct Tile {
    /// Two weights in a byte: those of a step in the low half, those of the next in the high half.
    weights: [[u8; LANES * STRIDE]; DEPTH * GROUPS * STEPS / 2],
    scales: [[[f32; LANES]; GROUPS]; DEPTH],
    starts: [[Starts; GROUPS]; DEPTH],
}

/// The weights of a tile, a number each. Begins with a line of the cache: reads across two lines took a quarter longer.
#[repr(align(64))]
struct Opened([[Weights; GROUPS]; DEPTH]);

impl Matrix {
    /// Reads `NAME.weights` (rows of blocks, see [`blocks`]) and `NAME.bias`.
    pub(super) fn load(
        file: &Container,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Self, ModelError> {
        let packed = file.bytes(&format!("{name}.weights"))?;
        let bias = file.floats(&format!("{name}.bias"))?;
        if packed.len() != rows * columns / BLOCK * BYTES || bias.len() != rows {
            return Err(file.damaged(format!("part {name} has another shape")));
        }
        Ok(Self { rows, columns, tiles: tiles(packed.as_chunks().0, columns / BLOCK), bias })
    }

    /// One row of `rows` numbers for each row of the input.
    pub(super) fn apply(&self, input: &Rounded, output: &mut Vec<f32>) {
        output.clear();
        output.resize(input.len() / self.columns * self.rows, 0.0);
        lanes::best(Product { matrix: self, input, output });
    }
}

/// `blocks`: all rows one behind the other, `width` blocks each.
fn tiles(blocks: &[[u8; BYTES]], width: usize) -> Vec<Tile> {
    let beside = width / DEPTH;
    let count = blocks.len() / (SIDE * DEPTH);
    (0..count)
        .map(|tile| {
            let (row, block) = (tile / beside * SIDE, tile % beside * DEPTH);
            Tile::pack(|lane, depth| &blocks[(row + lane) * width + block + depth])
        })
        .collect()
}

impl Tile {
    /// `block`: that of a row of the tile at a depth.
    fn pack<'a>(block: impl Fn(usize, usize) -> &'a [u8; BYTES]) -> Self {
        let mut tile = Self {
            weights: [[0; LANES * STRIDE]; DEPTH * GROUPS * STEPS / 2],
            scales: [[[0.0; LANES]; GROUPS]; DEPTH],
            starts: [[[0; LANES * 2]; GROUPS]; DEPTH],
        };
        for (row, depth) in (0..SIDE).flat_map(|row| (0..DEPTH).map(move |depth| (row, depth))) {
            let (group, lane) = (row / LANES, row % LANES);
            let (scale, weights) = blocks::open(block(row, depth));
            tile.scales[depth][group][lane] = scale;
            for (at, weight) in weights.into_iter().enumerate() {
                let (step, place) = (at / STRIDE, at % STRIDE);
                let vector = (depth * GROUPS + group) * STEPS + step;
                tile.weights[vector / 2][lane * STRIDE + place] |= weight << (vector % 2 * 4);
                let start = &mut tile.starts[depth][group][lane * 2 + place / 2];
                *start -= (i16::from(weight) - i16::from(OFFSET)) * i16::from(MIDDLE);
            }
        }
        tile
    }

    #[inline(always)]
    fn open(&self, into: &mut Opened) {
        let vectors = into.0.as_flattened_mut().as_flattened_mut();
        for (packed, [first, second]) in self.weights.iter().zip(vectors.as_chunks_mut::<2>().0) {
            for ((packed, first), second) in packed.iter().zip(first).zip(second) {
                *first = (packed & 0x0F).wrapping_sub(OFFSET).cast_signed();
                *second = (packed >> 4).wrapping_sub(OFFSET).cast_signed();
            }
        }
    }
}

/// A matrix with what goes in and where the answer goes.
struct Product<'a> {
    matrix: &'a Matrix,
    input: &'a Rounded,
    output: &'a mut [f32],
}

impl Work for Product<'_> {
    #[inline(always)]
    fn run(self, lanes: impl Lanes) {
        let Self { matrix, input, output } = self;
        let beside = matrix.columns / (BLOCK * DEPTH);
        let mut opened = Opened([[[[0; LANES * STRIDE]; STEPS]; GROUPS]; DEPTH]);
        for (at, tile) in matrix.tiles.iter().enumerate() {
            tile.open(&mut opened);
            let (rows, part) = (at / beside * SIDE, at % beside);
            let bias = matrix.bias[rows..].first_chunk::<SIDE>();
            let numbers = input.numbers.as_chunks::<DEPTH>().0.iter().skip(part).step_by(beside);
            let scales = input.scales.as_chunks::<DEPTH>().0.iter().skip(part).step_by(beside);
            for ((numbers, scales), row) in numbers.zip(scales).zip(output.chunks_exact_mut(matrix.rows)) {
                let (Some(bias), Some(place)) = (bias, row[rows..].first_chunk_mut::<SIDE>()) else { return };
                let before = if part == 0 { bias } else { &*place };
                *place = tile.meet(&opened, numbers, scales, before, lanes);
            }
        }
    }
}

impl Tile {
    /// `before` and the products of the tile's weights with a piece's numbers.
    #[inline(always)]
    fn meet(
        &self,
        opened: &Opened,
        numbers: &[[u8; BLOCK]; DEPTH],
        scales: &[f32; DEPTH],
        before: &[f32; SIDE],
        lanes: impl Lanes,
    ) -> [f32; SIDE] {
        let mut sums = *before;
        for depth in 0..DEPTH {
            let numbers = lanes.spread(&numbers[depth]);
            for (group, sums) in sums.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let found = lanes.sums(&numbers, &opened.0[depth][group], &self.starts[depth][group]);
                for lane in 0..LANES {
                    sums[lane] += found[lane] * (self.scales[depth][group][lane] * scales[depth]);
                }
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fine::network::lanes::Plain;

    /// A matrix of two tiles by two with weights of all sizes, and the same as floats.
    fn matrix() -> (Matrix, Vec<f32>) {
        let (rows, columns) = (2 * SIDE, 2 * DEPTH * BLOCK);
        let mut seed = 7_u32;
        let mut byte = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let mut blocks = vec![[0; BYTES]; rows * columns / BLOCK];
        for block in &mut blocks {
            block.fill_with(&mut byte);
            // A scale between 0.008 and 0.03.
            block[1] = 0x20 + block[1] % 8;
        }
        let mut plain = vec![0.0; rows * columns];
        blocks::unpack(blocks.as_flattened(), &mut plain);
        let bias = (0..rows).map(|row| row as f32 / 10.0).collect();
        (Matrix { rows, columns, tiles: tiles(&blocks, columns / BLOCK), bias }, plain)
    }

    fn input(columns: usize) -> Vec<f32> {
        (0..3 * columns).map(|at| (at as f32 * 0.37).sin() * if at % 97 == 0 { 30.0 } else { 1.0 }).collect()
    }

    #[test]
    fn tiles_multiply_like_the_whole_matrix() {
        let (matrix, plain) = matrix();
        let mut rounded = Rounded::default();
        rounded.take(&input(matrix.columns));
        let mut output = Vec::new();
        matrix.apply(&rounded, &mut output);
        assert_eq!(output.len(), 3 * matrix.rows);
        let blocks = rounded.numbers.iter().zip(&rounded.scales);
        let input: Vec<f32> = blocks
            .flat_map(|(block, scale)| block.map(|number| (f32::from(number) - f32::from(MIDDLE)) * scale))
            .collect();
        for (input, output) in input.chunks(matrix.columns).zip(output.chunks(matrix.rows)) {
            for ((weights, bias), found) in plain.chunks(matrix.columns).zip(&matrix.bias).zip(output) {
                let wanted = bias + weights.iter().zip(input).map(|(a, b)| a * b).sum::<f32>();
                assert!((found - wanted).abs() < 1e-3, "{found} for {wanted}");
            }
        }
    }

    #[test]
    fn every_processor_gives_the_same_bits() {
        let (matrix, _) = matrix();
        let mut rounded = Rounded::default();
        rounded.take(&input(matrix.columns));
        let mut output = Vec::new();
        matrix.apply(&rounded, &mut output);
        let mut plain = vec![0.0; output.len()];
        Product { matrix: &matrix, input: &rounded, output: &mut plain }.run(Plain);
        assert_eq!(output, plain);
    }
}

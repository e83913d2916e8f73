//! The forward pass: piece vectors with their positions, twelve layers (Vaswani et al. 2017, the encoder; normalised
//! behind each half as in Devlin et al. 2019), the mean over a text's pieces, a unit vector. Texts of a batch lie one
//! behind the other in one matrix; attention looks at one text at a time.

mod attention;
mod lanes;
mod layer;
mod matrix;
mod rounded;
mod rows;

use super::blocks::{self, BLOCK};
use super::{DIMENSIONS, MOST_PIECES, acting};
use crate::container::Container;
use crate::models::ModelError;
use crate::vectors::unit;
use layer::{Bench, Layer};
use rows::Norm;

pub(super) use layer::PARTS;

/// Layers of the network.
pub(super) const LAYERS: usize = 12;

/// Bytes of a row of the table.
pub(super) const ROW_BYTES: usize = DIMENSIONS / BLOCK * blocks::BYTES;

/// Width inside the second half of a layer.
const INNER: usize = 1536;

/// Pieces of a text with the marks of begin and end.
const POSITIONS: usize = MOST_PIECES + 2;

/// The weights, and the file that the piece vectors are read from.
#[derive(Debug)]
pub(super) struct Network {
    file: Container,
    table: u64,
    rows: usize,
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Network {
    pub(super) fn load(file: Container, pieces: usize) -> Result<Self, ModelError> {
        if file.size("table")? != (pieces * ROW_BYTES) as u64 {
            return Err(file.damaged("the table has another number of rows than the vocabulary has pieces"));
        }
        let mut positions = file.floats("positions")?;
        if positions.len() < POSITIONS * DIMENSIONS {
            return Err(file.damaged("part positions is too short"));
        }
        positions.truncate(POSITIONS * DIMENSIONS);
        positions.shrink_to_fit();
        Ok(Self {
            table: file.place("table")?,
            rows: pieces,
            positions,
            norm: Norm::load(&file, "norm")?,
            layers: (0..LAYERS).map(|layer| Layer::load(&file, layer)).collect::<Result<_, _>>()?,
            file,
        })
    }

    /// A unit vector for each text of the batch. `midway` is shown each text's pieces and their states, a row each, from which it is told
    /// who acts.
    pub(super) fn forward(
        &self,
        batch: &[Vec<u32>],
        mut midway: impl FnMut(&[u32], &[f32]),
    ) -> Result<Vec<Vec<f32>>, ModelError> {
        let (lower, upper) = self.layers.split_at(acting::LAYER);
        let lengths: Vec<usize> = batch.iter().map(Vec::len).collect();
        let mut bench = Bench::default();
        let mut states = self.look_up(batch)?;
        lower.iter().for_each(|layer| layer.apply(&mut states, &lengths, &mut bench));
        batch.iter().zip(by_text(&states, &lengths)).for_each(|(pieces, states)| midway(pieces, states));
        upper.iter().for_each(|layer| layer.apply(&mut states, &lengths, &mut bench));
        Ok(by_text(&states, &lengths).map(mean).collect())
    }

    /// The vectors of all pieces at their positions, normalised.
    fn look_up(&self, batch: &[Vec<u32>]) -> Result<Vec<f32>, ModelError> {
        let mut states = vec![0.0; batch.iter().map(Vec::len).sum::<usize>() * DIMENSIONS];
        let pieces = batch.iter().flat_map(|text| text.iter().zip(self.positions.chunks(DIMENSIONS)));
        let mut packed = [0; ROW_BYTES];
        for ((piece, position), state) in pieces.zip(states.chunks_exact_mut(DIMENSIONS)) {
            let piece = (*piece as usize).min(self.rows - 1);
            self.file.read_at(&mut packed, self.table + (piece * ROW_BYTES) as u64)?;
            blocks::unpack(&packed, state);
            for (value, position) in state.iter_mut().zip(position) {
                *value += position;
            }
        }
        self.norm.apply(&mut states);
        Ok(states)
    }
}

/// The rows of each text.
fn by_text<'a>(mut states: &'a [f32], lengths: &[usize]) -> impl Iterator<Item = &'a [f32]> {
    lengths.iter().map(move |length| {
        let (text, rest) = states.split_at(length * DIMENSIONS);
        states = rest;
        text
    })
}

/// The mean over a text's rows, as a unit vector.
fn mean(text: &[f32]) -> Vec<f32> {
    let mut sum = vec![0.0; DIMENSIONS];
    for row in text.chunks_exact(DIMENSIONS) {
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += value;
        }
    }
    unit(&sum)
}

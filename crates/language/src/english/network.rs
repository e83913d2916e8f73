//! From words to vectors: four hashed tables a word, one mixing layer, four convolutions over a word and its
//! two neighbours. Layers are maxout (Goodfellow et al. 2013) with normalisation (Ba et al. 2016) and a
//! residual link. All convolutions but the first go through minimal filtering (`winograd`).
//!
//! Up to the first convolution's product everything depends on the word alone: that much is computed once for each
//! word of a text, and kept for the words that come first, which are the frequent ones (`memory`).

mod memory;
mod winograd;

use super::murmur;
use crate::container::Container;
use crate::models::ModelError;
use memory::Memory;
use ndarray::{Array2, Axis, Slice};
use std::collections::HashMap;
use std::sync::Arc;
use winograd::Filter;

/// Width of a word's vector.
pub(super) const WIDTH: usize = 96;
/// Each output of a layer is the largest of so many.
const PIECES: usize = 3;
const WIDE: usize = WIDTH * PIECES;
const LAYERS: usize = 4;
/// Rows of zeros around a text, as the reference pads: they change on the way through the layers. Each layer needs
/// one row less on each side than the layer before.
const PAD: usize = LAYERS;
/// Seed of the first table; each further one has the next.
const FIRST_SEED: u32 = 8;

/// The network of the tagger and parser, or of the names.
#[derive(Debug)]
pub(super) struct Network {
    tables: Vec<Table>,
    mixing: Array2<f32>,
    mix: Finish,
    /// The first convolution's weights side by side: for the word as left neighbour, in the middle, as right one.
    first: Array2<f32>,
    first_finish: Finish,
    layers: Vec<Layer>,
    memory: Memory,
}

#[derive(Debug)]
struct Table {
    seed: u32,
    rows: Vec<[f32; WIDTH]>,
}

#[derive(Debug)]
struct Layer {
    filter: Filter,
    finish: Finish,
}

/// What follows a product: bias, maximum, normalisation.
#[derive(Debug)]
struct Finish {
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// What depends on a word alone.
#[derive(Debug)]
struct Alone {
    vector: [f32; WIDTH],
    /// What it brings to its right neighbour, to itself and to its left neighbour.
    brings: [[f32; WIDE]; 3],
}

impl Network {
    /// Loads the network called `name` with so many tables.
    pub(super) fn load(file: &Container, name: &str, tables: usize) -> Result<Self, ModelError> {
        let table = |index: usize| {
            let rows = file.floats(&format!("{name}.table{index}"))?;
            let (rows, rest) = rows.as_chunks::<WIDTH>();
            if rows.is_empty() || !rest.is_empty() {
                return Err(file.damaged(format!("table {index} has another shape")));
            }
            Ok(Table { seed: FIRST_SEED + index as u32, rows: rows.to_vec() })
        };
        let weights = |index: usize| wide(file, &format!("{name}.layer{index}.weights"), 3 * WIDTH);
        let finish = |index: usize| Finish::load(file, &format!("{name}.layer{index}"));
        let layer =
            |index: usize| Ok(Layer { filter: Filter::new(&weights(index)?), finish: finish(index)? });
        let first = weights(1)?;
        let sides =
            (0..3).map(|side| first.slice_axis(Axis(0), Slice::from(side * WIDTH..(side + 1) * WIDTH)));
        let sides: Vec<_> = sides.collect();
        Ok(Self {
            tables: (0..tables).map(table).collect::<Result<_, ModelError>>()?,
            mixing: wide(file, &format!("{name}.layer0.weights"), tables * WIDTH)?,
            mix: finish(0)?,
            first: ndarray::concatenate(Axis(1), &sides)
                .map_err(|_| file.damaged("layers differ in shape"))?,
            first_finish: finish(1)?,
            layers: (2..=LAYERS).map(layer).collect::<Result<_, ModelError>>()?,
            memory: Memory::default(),
        })
    }

    /// A vector for each word; a word is the keys for the tables.
    pub(super) fn forward<const KEYS: usize>(&self, words: &[[u64; KEYS]]) -> Array2<f32> {
        let mut places: HashMap<&[u64], usize> = HashMap::new();
        let mut different: Vec<&[u64]> = Vec::new();
        let of: Vec<usize> = words
            .iter()
            .map(|word| {
                *places.entry(word).or_insert_with(|| {
                    different.push(word);
                    different.len() - 1
                })
            })
            .collect();
        let alone = self.alone(&different);
        let rows = words.len() + 2 * PAD;
        let mut vectors = vec![0.0; rows * WIDTH];
        self.convolve_first(&of, &alone, &mut vectors);
        for (index, layer) in self.layers.iter().enumerate() {
            layer.apply(&mut vectors, index + 2..rows - index - 2);
        }
        let kept = PAD * WIDTH..(PAD + words.len()) * WIDTH;
        Array2::from_shape_vec((words.len(), WIDTH), vectors.get(kept).unwrap_or_default().to_vec())
            .expect("as many rows as words")
    }

    /// What depends on each word alone, remembered or computed.
    fn alone(&self, words: &[&[u64]]) -> Vec<Arc<Alone>> {
        let mut found = self.memory.recall(words);
        let missing: Vec<usize> = (0..words.len()).filter(|at| found[*at].is_none()).collect();
        if !missing.is_empty() {
            let keys: Vec<&[u64]> = missing.iter().map(|at| words[*at]).collect();
            let computed = self.compute(&keys);
            self.memory.keep(&keys, &computed);
            missing.into_iter().zip(computed).for_each(|(at, alone)| found[at] = Some(alone));
        }
        found.into_iter().flatten().collect()
    }

    fn compute(&self, words: &[&[u64]]) -> Vec<Arc<Alone>> {
        let mut features = Array2::zeros((words.len(), self.tables.len() * WIDTH));
        for (word, mut row) in words.iter().zip(features.rows_mut()) {
            let (places, _) = row.as_slice_mut().unwrap_or_default().as_chunks_mut::<WIDTH>();
            for ((table, key), place) in self.tables.iter().zip(*word).zip(places) {
                for hash in murmur::rows(*key, table.seed) {
                    let row = &table.rows[hash as usize % table.rows.len()];
                    place.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
                }
            }
        }
        let mut mixed = features.dot(&self.mixing);
        let (sums, _) = mixed.as_slice_mut().unwrap_or_default().as_chunks_mut::<WIDE>();
        let mut vectors = Array2::zeros((words.len(), WIDTH));
        let (places, _) = vectors.as_slice_mut().unwrap_or_default().as_chunks_mut::<WIDTH>();
        sums.iter_mut().zip(places).for_each(|(sum, place)| self.mix.apply(sum, place));
        let brought = vectors.dot(&self.first);
        let (vectors, _) = vectors.as_slice().unwrap_or_default().as_chunks::<WIDTH>();
        let (brought, _) = brought.as_slice().unwrap_or_default().as_chunks::<WIDE>();
        let (brought, _) = brought.as_chunks::<3>();
        vectors
            .iter()
            .zip(brought)
            .map(|(vector, brings)| Arc::new(Alone { vector: *vector, brings: *brings }))
            .collect()
    }

    /// The first convolution, by what each word brings to itself and its neighbours.
    fn convolve_first(&self, of: &[usize], alone: &[Arc<Alone>], vectors: &mut [f32]) {
        let word = |row: usize| row.checked_sub(PAD).and_then(|at| of.get(at)).map(|at| &alone[*at]);
        let (places, _) = vectors.as_chunks_mut::<WIDTH>();
        let last = places.len().saturating_sub(1);
        let mut output = [0.0; WIDTH];
        for (row, place) in places.iter_mut().enumerate().take(last).skip(1) {
            let mut sum = [0.0; WIDE];
            for (side, neighbour) in [word(row - 1), word(row), word(row + 1)].into_iter().enumerate() {
                let Some(neighbour) = neighbour else { continue };
                sum.iter_mut().zip(&neighbour.brings[side]).for_each(|(sum, value)| *sum += value);
            }
            self.first_finish.apply(&mut sum, &mut output);
            let own = word(row).map_or([0.0; WIDTH], |word| word.vector);
            for ((value, own), more) in place.iter_mut().zip(own).zip(&output) {
                *value = own + more;
            }
        }
    }
}

impl Layer {
    /// Adds to some rows what the layer makes of them and the row on each side.
    fn apply(&self, vectors: &mut [f32], rows: std::ops::Range<usize>) {
        let (places, _) = vectors.as_chunks_mut::<WIDTH>();
        let products = self.filter.apply(places.get(rows.start - 1..rows.end + 1).unwrap_or_default());
        let (mut sums, mut output) = ([[0.0; WIDE]; winograd::OUT], [0.0; WIDTH]);
        for (tile, places) in places[rows].chunks_mut(winograd::OUT).enumerate() {
            products.tile(tile, &mut sums);
            for (place, sum) in places.iter_mut().zip(&mut sums) {
                self.finish.apply(sum, &mut output);
                place.iter_mut().zip(&output).for_each(|(value, more)| *value += more);
            }
        }
    }
}

impl Finish {
    fn load(file: &Container, name: &str) -> Result<Self, ModelError> {
        let vector = |part: &str, length: usize| sized(file, &format!("{name}.{part}"), length);
        Ok(Self {
            bias: by_piece(&vector("bias", WIDE)?, PIECES),
            gain: vector("gain", WIDTH)?,
            shift: vector("shift", WIDTH)?,
        })
    }

    fn apply(&self, sum: &mut [f32; WIDE], output: &mut [f32; WIDTH]) {
        sum.iter_mut().zip(&self.bias).for_each(|(sum, bias)| *sum += bias);
        let (pieces, _) = sum.as_chunks::<WIDTH>();
        *output = pieces[0];
        for piece in &pieces[1..] {
            for (best, value) in output.iter_mut().zip(piece) {
                // Not `max`, whose care for what is no number costs three instructions more.
                *best = if value > best { *value } else { *best };
            }
        }
        let mean = total(output.iter().copied()) / WIDTH as f32;
        output.iter_mut().for_each(|value| *value -= mean);
        let variance = total(output.iter().map(|value| value * value)) / WIDTH as f32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for ((value, gain), shift) in output.iter_mut().zip(&self.gain).zip(&self.shift) {
            *value = *value * scale * gain + shift;
        }
    }
}

/// A sum in eight lanes, which the compiler turns into vector instructions.
fn total(values: impl Iterator<Item = f32>) -> f32 {
    let mut lanes = [0.0; 8];
    for (index, value) in values.enumerate() {
        lanes[index % 8] += value;
    }
    lanes.iter().sum()
}

/// A part with exactly so many numbers.
pub(super) fn sized(file: &Container, name: &str, length: usize) -> Result<Vec<f32>, ModelError> {
    let numbers = file.floats(name)?;
    if numbers.len() == length {
        Ok(numbers)
    } else {
        Err(file.damaged(format!("part {name} has another length")))
    }
}

/// The weights of a maxout layer as inputs by outputs, all first pieces in front, then all second ones.
fn wide(file: &Container, name: &str, inputs: usize) -> Result<Array2<f32>, ModelError> {
    let weights = sized(file, name, WIDE * inputs)?;
    let weights = Array2::from_shape_vec((WIDTH, PIECES * inputs), weights)
        .map_err(|_| file.damaged(format!("part {name} has another shape")))?;
    Ok(Array2::from_shape_fn((inputs, WIDE), |(input, output)| {
        weights[(output % WIDTH, output / WIDTH * inputs + input)]
    }))
}

/// Numbers that stand output by output, piece by piece, with the pieces outside instead.
pub(super) fn by_piece(numbers: &[f32], pieces: usize) -> Vec<f32> {
    let outputs = numbers.len() / pieces;
    (0..numbers.len()).map(|at| numbers[at % outputs * pieces + at / outputs]).collect()
}

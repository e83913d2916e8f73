//! From words to vectors: four hashed tables a word, one mixing layer, four convolutions over a word and its
//! two neighbours. Layers are maxout (Goodfellow et al. 2013) with normalisation (Ba et al. 2016) and a
//! residual link.
//!
//! The mixing layer is linear before its maximum, so that the product of each table row with its weights is made
//! once at loading; a word then costs sums instead of a product.

use super::murmur;
use crate::container::Container;
use crate::models::ModelError;
use ndarray::{Array2, ArrayView2, Axis, ShapeBuilder, Slice};

/// Width of a word's vector.
pub(super) const WIDTH: usize = 96;
/// Each output of a layer is the largest of so many.
const PIECES: usize = 3;
const WIDE: usize = WIDTH * PIECES;
const LAYERS: usize = 4;
/// Rows of zeros around a text, as the reference pads: they change on the way through the layers.
const PAD: usize = LAYERS;
/// Seed of the first table; each further one has the next.
const FIRST_SEED: u32 = 8;

/// The network of the tagger and parser, or of the names.
#[derive(Debug)]
pub(super) struct Network {
    tables: Vec<Table>,
    mix: Finish,
    layers: Vec<Layer>,
}

/// Rows of a table, already multiplied with their part of the mixing layer.
#[derive(Debug)]
struct Table {
    seed: u32,
    rows: Vec<[f32; WIDE]>,
}

#[derive(Debug)]
struct Layer {
    weights: Array2<f32>,
    finish: Finish,
}

/// What follows a product: bias, maximum, normalisation.
#[derive(Debug)]
struct Finish {
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Network {
    /// Loads the network called `name` with so many tables.
    pub(super) fn load(file: &Container, name: &str, tables: usize) -> Result<Self, ModelError> {
        let mixing = wide(file, &format!("{name}.layer0.weights"), tables * WIDTH)?;
        let table = |index: usize| {
            let rows = file.floats(&format!("{name}.table{index}"))?;
            let count = rows.len() / WIDTH;
            let rows = Array2::from_shape_vec((count, WIDTH), rows)
                .map_err(|_| file.damaged(format!("table {index} has another shape")))?;
            let part = mixing.slice_axis(Axis(0), Slice::from(index * WIDTH..(index + 1) * WIDTH));
            let product = rows.dot(&part);
            let (rows, _) = product.as_slice().unwrap_or_default().as_chunks::<WIDE>();
            if rows.is_empty() {
                return Err(file.damaged(format!("table {index} is empty")));
            }
            Ok(Table { seed: FIRST_SEED + index as u32, rows: rows.to_vec() })
        };
        let layer = |index: usize| {
            let weights = wide(file, &format!("{name}.layer{index}.weights"), 3 * WIDTH)?;
            Ok(Layer { weights, finish: Finish::load(file, &format!("{name}.layer{index}"))? })
        };
        Ok(Self {
            tables: (0..tables).map(table).collect::<Result<_, ModelError>>()?,
            mix: Finish::load(file, &format!("{name}.layer0"))?,
            layers: (1..=LAYERS).map(layer).collect::<Result<_, ModelError>>()?,
        })
    }

    /// A vector for each word; a word is the keys for the tables.
    pub(super) fn forward<const KEYS: usize>(&self, words: &[[u64; KEYS]]) -> Array2<f32> {
        let rows = words.len() + 2 * PAD;
        // One more row of zeros at each end: the neighbours of the outermost.
        let mut vectors = vec![0.0; (rows + 2) * WIDTH];
        let (places, _) = vectors.as_chunks_mut::<WIDTH>();
        for (word, place) in words.iter().zip(places.iter_mut().skip(1 + PAD)) {
            self.mix(word, place);
        }
        for layer in &self.layers {
            layer.apply(&mut vectors, rows);
        }
        let kept = (1 + PAD) * WIDTH..(1 + PAD + words.len()) * WIDTH;
        Array2::from_shape_vec((words.len(), WIDTH), vectors.get(kept).unwrap_or_default().to_vec())
            .expect("as many rows as words")
    }

    fn mix(&self, word: &[u64], place: &mut [f32; WIDTH]) {
        let mut sum = [0.0; WIDE];
        for (table, key) in self.tables.iter().zip(word) {
            for hash in murmur::rows(*key, table.seed) {
                let row = &table.rows[hash as usize % table.rows.len()];
                sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
        }
        self.mix.apply(&mut sum, place);
    }
}

impl Layer {
    /// `vectors + finish(windows · weights)`; the windows are three neighbouring rows, which lie one behind the
    /// other already.
    fn apply(&self, vectors: &mut [f32], rows: usize) {
        let windows = ArrayView2::from_shape((rows, 3 * WIDTH).strides((WIDTH, 1)), vectors)
            .expect("a row more at each end");
        let mut product = windows.dot(&self.weights);
        let (sums, _) = product.as_slice_mut().unwrap_or_default().as_chunks_mut::<WIDE>();
        let (places, _) = vectors.as_chunks_mut::<WIDTH>();
        let mut output = [0.0; WIDTH];
        for (sum, place) in sums.iter_mut().zip(places.iter_mut().skip(1)) {
            self.finish.apply(sum, &mut output);
            place.iter_mut().zip(&output).for_each(|(value, more)| *value += more);
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
            output.iter_mut().zip(piece).for_each(|(best, value)| *best = best.max(*value));
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

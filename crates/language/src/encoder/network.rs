//! The forward pass: piece vectors, three convolutions of 2, 3 and 5 pieces with residual links, their sum over
//! the text, two residual dense layers, a unit vector. Texts of a batch lie one behind the other in one matrix;
//! windows that would reach into a neighbour see zeros.

use super::DIMENSIONS;
use crate::container::Container;
use crate::models::ModelError;
use crate::vectors::unit;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, Slice};
use std::ops::Range;

/// Width of one convolution branch.
const BRANCH: usize = 256;

/// (pieces in the window, pieces to the left) of the three branches.
const WINDOWS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];

/// The table is quantised in this many interleaved groups with a scale of their own.
const GROUPS: usize = 17;

const FEATURES: usize = DIMENSIONS + WINDOWS.len() * BRANCH;
const HIDDEN: usize = 320;

/// The weights, and the file that the piece vectors are read from.
#[derive(Debug)]
pub(super) struct Network {
    file: Container,
    table: u64,
    rows: usize,
    scale: Vec<f32>,
    low: Vec<f32>,
    project: Dense,
    project_norm: Norm,
    branches: Vec<Branch>,
    norm: Norm,
    sum: Dense,
    dense: [Array2<f32>; 4],
    bypass: [Array2<f32>; 2],
    epsilon: f32,
}

#[derive(Debug)]
struct Dense {
    weights: Array2<f32>,
    bias: Array1<f32>,
}

#[derive(Debug)]
struct Norm {
    gain: Array1<f32>,
    bias: Array1<f32>,
}

#[derive(Debug)]
struct Branch {
    window: usize,
    left: usize,
    first: Dense,
    second: Dense,
}

impl Network {
    pub(super) fn load(file: Container, pieces: usize) -> Result<Self, ModelError> {
        let matrix = |name: &str, rows: usize, columns: usize| {
            let shaped = Array2::from_shape_vec((rows, columns), file.floats(name)?);
            shaped.map_err(|_| file.damaged(format!("part {name} has another shape")))
        };
        let vector = |name: &str, length: usize| {
            let numbers = file.floats(name)?;
            if numbers.len() == length {
                Ok(Array1::from(numbers))
            } else {
                Err(file.damaged(format!("part {name}")))
            }
        };
        let branches = WINDOWS.iter().map(|&(window, left)| {
            let dense = |layer: u8| {
                Ok(Dense {
                    weights: matrix(&format!("w{layer}_{window}"), window * BRANCH, BRANCH)?,
                    bias: vector(&format!("b{layer}_{window}"), BRANCH)?,
                })
            };
            Ok(Branch { window, left, first: dense(1)?, second: dense(2)? })
        });
        let joined = |name: &str| {
            let parts: Result<Vec<_>, ModelError> = WINDOWS
                .iter()
                .map(|(window, _)| Ok(vector(&format!("{name}{window}"), BRANCH)?.to_vec()))
                .collect();
            Ok::<_, ModelError>(Array1::from(parts?.concat()))
        };
        let mut project = Array2::zeros((DIMENSIONS, WINDOWS.len() * BRANCH));
        for (index, (window, _)) in WINDOWS.iter().enumerate() {
            let part = matrix(&format!("proj{window}"), DIMENSIONS, BRANCH)?;
            columns_mut(&mut project, index * BRANCH..(index + 1) * BRANCH).assign(&part);
        }
        if file.size("table")? != (pieces * DIMENSIONS) as u64 {
            return Err(file.damaged("the table has another number of rows than the vocabulary has pieces"));
        }
        Ok(Self {
            table: file.place("table")?,
            rows: pieces,
            scale: vector("scale", GROUPS)?.to_vec(),
            low: vector("lo", GROUPS)?.to_vec(),
            project: Dense { weights: project, bias: joined("proj_b")? },
            project_norm: Norm { gain: joined("ln_g")?, bias: joined("ln_b")? },
            branches: branches.collect::<Result<_, ModelError>>()?,
            norm: Norm { gain: vector("ln_g", FEATURES)?, bias: vector("ln_b", FEATURES)? },
            sum: Dense {
                weights: matrix("cnn_W", FEATURES, DIMENSIONS)?,
                bias: vector("cnn_b", DIMENSIONS)?,
            },
            dense: [
                matrix("d0", DIMENSIONS, HIDDEN)?,
                matrix("d1", HIDDEN, HIDDEN)?,
                matrix("d2", HIDDEN, DIMENSIONS)?,
                matrix("d3", DIMENSIONS, DIMENSIONS)?,
            ],
            bypass: [matrix("p1", DIMENSIONS, HIDDEN)?, matrix("p3", HIDDEN, DIMENSIONS)?],
            epsilon: vector("eps", 1)?[0],
            file,
        })
    }

    /// A unit vector for each text of the batch.
    pub(super) fn forward(&self, batch: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, ModelError> {
        let total = batch.iter().map(Vec::len).sum();
        let mut features = Array2::zeros((total, FEATURES));
        self.look_up(batch, &mut features)?;
        let mut projected = columns(&features, 0..DIMENSIONS).dot(&self.project.weights) + &self.project.bias;
        self.project_norm.apply(&mut projected, self.epsilon);
        for (index, branch) in self.branches.iter().enumerate() {
            let input = columns(&projected, index * BRANCH..(index + 1) * BRANCH);
            let hidden = branch.convolve(&branch.first, &input, batch);
            let output = branch.convolve(&branch.second, &hidden.view(), batch);
            let place = DIMENSIONS + index * BRANCH;
            columns_mut(&mut features, place..place + BRANCH).assign(&output);
        }
        self.norm.apply(&mut features, self.epsilon);
        Ok(self.finish(&features, batch))
    }

    /// Fills the first columns with the piece vectors.
    fn look_up(&self, batch: &[Vec<u32>], features: &mut Array2<f32>) -> Result<(), ModelError> {
        let mut row = [0; DIMENSIONS];
        for (piece, mut feature) in batch.iter().flatten().zip(features.rows_mut()) {
            let piece = (*piece as usize).min(self.rows - 1);
            self.file.read_at(&mut row, self.table + (piece * DIMENSIONS) as u64)?;
            let (scale, low) = (self.scale[piece % GROUPS], self.low[piece % GROUPS]);
            for (value, byte) in feature.iter_mut().zip(row) {
                *value = f32::from(byte) * scale + low;
            }
        }
        Ok(())
    }

    /// From the features of all pieces to one vector a text. The sum over a text's pieces comes before the
    /// projection: they commute, and the product has texts instead of pieces as rows.
    fn finish(&self, features: &Array2<f32>, batch: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let mut sums = Array2::zeros((batch.len(), FEATURES));
        let mut at = 0;
        for (text, mut sum) in batch.iter().zip(sums.rows_mut()) {
            let rows = features.slice_axis(Axis(0), Slice::from(at..at + text.len()));
            sum.assign(&rows.sum_axis(Axis(0)));
            at += text.len();
        }
        let mut mean = sums.dot(&self.sum.weights);
        for (text, mut row) in batch.iter().zip(mean.rows_mut()) {
            let pieces = text.len() as f32;
            row.scaled_add(pieces, &self.sum.bias);
            row /= pieces.sqrt();
        }
        let positive = |mut matrix: Array2<f32>| {
            matrix.mapv_inplace(|value| value.max(0.0));
            matrix
        };
        let first = positive(mean.dot(&self.dense[0]));
        let second = positive(mean.dot(&self.bypass[0]) + first.dot(&self.dense[1]));
        let third = positive(second.dot(&self.dense[2]));
        let mut last = second.dot(&self.bypass[1]) + third.dot(&self.dense[3]);
        last.mapv_inplace(f32::tanh);
        last.rows().into_iter().map(|row| unit(&row.to_vec())).collect()
    }
}

impl Norm {
    /// Layer normalisation (Ba et al. 2016) of each row.
    fn apply(&self, matrix: &mut Array2<f32>, epsilon: f32) {
        for mut row in matrix.rows_mut() {
            let length = row.len() as f32;
            let mean = row.sum() / length;
            row -= mean;
            let variance = row.iter().map(|value| value * value).sum::<f32>() / length;
            row *= 1.0 / (variance + epsilon).sqrt();
            row *= &self.gain;
            row += &self.bias;
        }
    }
}

impl Branch {
    /// `max(0, windows · weights + bias) + input`.
    fn convolve(&self, layer: &Dense, input: &ArrayView2<'_, f32>, batch: &[Vec<u32>]) -> Array2<f32> {
        let mut windows = Array2::zeros((input.nrows(), self.window * BRANCH));
        let mut start = 0;
        for text in batch {
            for slot in 0..self.window {
                // Row r of the text sees row r + slot - left in this slot.
                let (skip, shift) = (self.left.saturating_sub(slot), slot.saturating_sub(self.left));
                let rows = text.len().saturating_sub(skip + shift);
                let seen = input.slice_axis(Axis(0), Slice::from(start + shift..start + shift + rows));
                let mut place = columns_mut(&mut windows, slot * BRANCH..(slot + 1) * BRANCH);
                place.slice_axis_mut(Axis(0), Slice::from(start + skip..start + skip + rows)).assign(&seen);
            }
            start += text.len();
        }
        let mut output = windows.dot(&layer.weights) + &layer.bias;
        output.zip_mut_with(input, |value, input| *value = value.max(0.0) + input);
        output
    }
}

fn columns(matrix: &Array2<f32>, range: Range<usize>) -> ArrayView2<'_, f32> {
    matrix.slice_axis(Axis(1), Slice::from(range))
}

fn columns_mut(matrix: &mut Array2<f32>, range: Range<usize>) -> ArrayViewMut2<'_, f32> {
    matrix.slice_axis_mut(Axis(1), Slice::from(range))
}

//! The dense layers: a matrix of weights and a bias.

use crate::container::Container;
use crate::fine::blocks::{self, BLOCK};
use crate::models::ModelError;
use ndarray::{Array1, Array2};

/// A dense layer.
#[derive(Debug)]
pub(super) struct Matrix {
    /// One row for each number that comes out.
    weights: Array2<f32>,
    bias: Array1<f32>,
}

impl Matrix {
    pub(super) fn load(
        file: &Container,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Self, ModelError> {
        let packed = file.bytes(&format!("{name}.weights"))?;
        let bias = file.floats(&format!("{name}.bias"))?;
        if packed.len() != rows * columns / BLOCK * blocks::BYTES || bias.len() != rows {
            return Err(file.damaged(format!("part {name} has another shape")));
        }
        let mut weights = Array2::zeros((rows, columns));
        if let Some(weights) = weights.as_slice_mut() {
            blocks::unpack(&packed, weights);
        }
        Ok(Self { weights, bias: Array1::from(bias) })
    }

    pub(super) fn apply(&self, input: &Array2<f32>) -> Array2<f32> {
        input.dot(&self.weights.t()) + &self.bias
    }
}

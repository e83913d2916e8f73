//! One layer: every piece looks at the pieces of its text, then goes through a wider inner layer; each half is added
//! to what came in and normalised.

use super::attention::attend;
use super::matrix::Matrix;
use super::rounded::Rounded;
use super::rows::{Norm, gelu};
use super::{DIMENSIONS, INNER};
use crate::container::Container;
use crate::models::ModelError;

/// The parts of a layer in our model file, and the package's tensors that each is made of.
pub(in crate::fine) const PARTS: &[(&str, &[&str])] = &[
    ("ask.weights", &["q.w", "k.w", "v.w"]),
    ("ask.bias", &["q.b", "k.b", "v.b"]),
    ("answer.weights", &["ao.w"]),
    ("answer.bias", &["ao.b"]),
    ("answer.norm.gain", &["aln.w"]),
    ("answer.norm.bias", &["aln.b"]),
    ("widen.weights", &["fi.w"]),
    ("widen.bias", &["fi.b"]),
    ("narrow.weights", &["fo.w"]),
    ("narrow.bias", &["fo.b"]),
    ("narrow.norm.gain", &["oln.w"]),
    ("narrow.norm.bias", &["oln.b"]),
];

/// Places for what a layer makes on its way; all layers use the same.
#[derive(Default)]
pub(super) struct Bench {
    rounded: Rounded,
    wide: Vec<f32>,
    narrow: Vec<f32>,
}

/// The weights of a layer.
#[derive(Debug)]
pub(super) struct Layer {
    /// To questions, keys and values, side by side.
    ask: Matrix,
    answer: Matrix,
    answer_norm: Norm,
    widen: Matrix,
    narrow: Matrix,
    narrow_norm: Norm,
}

impl Layer {
    pub(super) fn load(file: &Container, layer: usize) -> Result<Self, ModelError> {
        let matrix =
            |name: &str, rows, columns| Matrix::load(file, &format!("{layer}.{name}"), rows, columns);
        let norm = |name: &str| Norm::load(file, &format!("{layer}.{name}"));
        Ok(Self {
            ask: matrix("ask", 3 * DIMENSIONS, DIMENSIONS)?,
            answer: matrix("answer", DIMENSIONS, DIMENSIONS)?,
            answer_norm: norm("answer.norm")?,
            widen: matrix("widen", INNER, DIMENSIONS)?,
            narrow: matrix("narrow", DIMENSIONS, INNER)?,
            narrow_norm: norm("narrow.norm")?,
        })
    }

    /// `states`: one row a piece; `lengths`: pieces of each text.
    pub(super) fn apply(&self, states: &mut [f32], lengths: &[usize], bench: &mut Bench) {
        let Bench { rounded, wide, narrow } = bench;
        rounded.take(states);
        self.ask.apply(rounded, wide);
        attend(wide, lengths, narrow);
        rounded.take(narrow);
        self.answer.apply(rounded, narrow);
        self.answer_norm.add(states, narrow);
        rounded.take(states);
        self.widen.apply(rounded, wide);
        gelu(wide);
        rounded.take(wide);
        self.narrow.apply(rounded, narrow);
        self.narrow_norm.add(states, narrow);
    }
}

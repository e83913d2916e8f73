//! Fits the classifier of acts on sentences with marked actors (`events/plv_train.jsonl`) and writes
//! `crates/statement/data/acts.weights`. The same data give the same weights.

mod softmax;

use crate::score::acts::{Marked, read};
use anyhow::{Context, Result};
use statement::acts::{training, weights};
use std::fs;
use std::path::Path;

/// Where the weights go.
const WEIGHTS: &str = "crates/statement/data/acts.weights";
/// Rows of the table, in bits.
const BITS: u32 = 16;
/// Fits whose mean is taken: each sees the sentences in another order, with other features left out.
const FITS: u64 = 5;

/// Fits and writes.
pub(crate) fn run(data: &Path) -> Result<String> {
    let sentences = read(data)?;
    let bytes = fit(&sentences.iter().collect::<Vec<_>>());
    fs::write(WEIGHTS, &bytes).context(WEIGHTS)?;
    Ok(format!("{WEIGHTS}: {} bytes, from {} sentences", bytes.len(), sentences.len()))
}

/// A file of weights from labelled sentences.
pub(crate) fn fit(sentences: &[&Marked]) -> Vec<u8> {
    let examples: Vec<(Vec<u32>, usize)> = sentences
        .iter()
        .map(|marked| {
            let hashes = training::hashes(&marked.sentence, marked.source, marked.target);
            (hashes, marked.class as usize)
        })
        .collect();
    let mut mean = vec![0.0f32; softmax::CLASSES << BITS];
    for seed in 0..FITS {
        let fitted = softmax::fit(&examples, BITS, seed);
        mean.iter_mut().zip(fitted).for_each(|(sum, weight)| *sum += weight / FITS as f32);
    }
    weights::write(BITS, &mean)
}

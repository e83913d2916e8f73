//! Who does it and to whom it is done, word by word, as the fine encoder sees it on its way: what the state of a word holds
//! in the middle of the network tells the one who acts from the one who suffers, in passives and nouns too (*Pakistani
//! drone downed by India*, *India's strike on Pakistan*), and what is learned of it in one language holds in others
//! (Papadimitriou, Chi, Futrell and Mahowald 2021, "Deep Subjecthood: Higher-Order Grammatical Features in Multilingual
//! BERT").
//!
//! A small network looks at it: each word's state and the mean over the text's words, one layer of
//! [`HIDDEN`] rectified sums, one sum of these. Fitted by `cargo xtask train acting` on sentences of ours.

use super::DIMENSIONS;
use std::ops::Range;
use std::sync::LazyLock;

/// The layer of the encoder whose states are looked at, of twelve.
pub(super) const LAYER: usize = 7;

/// Numbers that are looked at for a word: how its state differs from the mean of the text, and that mean.
pub const LOOKED_AT: usize = 2 * DIMENSIONS;
/// Sums in between.
pub const HIDDEN: usize = 32;

/// For each sum its weights, what is added to it and its weight in the end; then what is added to that. The upper halves of
/// 32-bit floats.
static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let (halves, _) = include_bytes!("../../data/acting.bin").as_chunks::<2>();
    halves.iter().map(|half| f32::from_bits(u32::from(u16::from_le_bytes(*half)) << 16)).collect()
});

/// What is looked at of each word, by the states of a text's pieces and where the pieces of each word stand.
pub(super) fn looked_at(states: &[f32], words: &[Range<usize>]) -> Vec<Vec<f32>> {
    let of_word = |word: &Range<usize>| {
        let rows = states.get(word.start * DIMENSIONS..word.end * DIMENSIONS).unwrap_or_default();
        mean(rows.chunks_exact(DIMENSIONS))
    };
    let words: Vec<Vec<f32>> = words.iter().map(of_word).collect();
    let middle = mean(words.iter().map(Vec::as_slice));
    let beside =
        |word: &Vec<f32>| word.iter().zip(&middle).map(|(value, mean)| value - mean).collect::<Vec<_>>();
    words.iter().map(|word| [beside(word), middle.clone()].concat()).collect()
}

fn mean<'a>(rows: impl ExactSizeIterator<Item = &'a [f32]>) -> Vec<f32> {
    let count = rows.len().max(1) as f32;
    let mut sum = vec![0.0; DIMENSIONS];
    for row in rows {
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value / count);
    }
    sum
}

/// How surely a word acts (above 0) or suffers (below): the logarithm of the odds.
pub(super) fn of(looked_at: &[f32]) -> f32 {
    let sums = WEIGHTS.chunks_exact(LOOKED_AT + 2).map(|sum| {
        let (weights, ends) = sum.split_at(LOOKED_AT);
        let along: f32 = looked_at.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        (along + ends[0]).max(0.0) * ends[1]
    });
    sums.sum::<f32>() + WEIGHTS.last().copied().unwrap_or_default()
}

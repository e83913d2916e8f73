//! A linear-chain conditional random field over hashed features, fitted by stochastic gradient with AdaGrad's
//! step for each weight. Rare features are left out, and a share of features is dropped at each visit, so that
//! no single word decides.

use crate::train::chance::Chance;
use statement::learned::lattice::{Lattice, NEVER};
use statement::learned::training::Sequence;
use statement::learned::weights::{may_begin, may_end, may_follow, row};

/// A feature seen in fewer units is left out.
const LEAST_SEEN: u8 = 2;
const STEP: f32 = 0.15;
/// Pull towards zero for each visit of a weight.
const DECAY: f32 = 2.0e-5;
/// Share of features that a visit does not see.
const DROPPED: u64 = 12;

/// Weights in floating point.
pub(crate) struct Fitted {
    pub(crate) labels: usize,
    pub(crate) bits: u32,
    pub(crate) pairs: Vec<f32>,
    pub(crate) table: Vec<f32>,
}

impl Fitted {
    pub(crate) fn empty(labels: usize, bits: u32) -> Self {
        let pair = |at: usize| if may_follow(at / labels, at % labels) { 0.0 } else { NEVER };
        Self {
            labels,
            bits,
            pairs: (0..labels * labels).map(pair).collect(),
            table: vec![0.0; labels << bits],
        }
    }
}

/// Fits a model to sequences.
pub(crate) fn fit(sequences: &[&Sequence], labels: usize, bits: u32, epochs: usize) -> Fitted {
    let mut fitted = Fitted::empty(labels, bits);
    let mut squares = (vec![1.0e-2f32; fitted.table.len()], vec![1.0f32; fitted.pairs.len()]);
    let seen = seen(sequences);
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    // The mean over the later visits is steadier than the last state.
    let mut mean = Fitted::empty(labels, bits);
    let mut taken = 0.0;
    for epoch in 0..epochs {
        chance.shuffle(&mut order);
        for index in &order {
            visit(&mut fitted, &mut squares, sequences[*index], &seen, &mut chance);
        }
        if epoch + 3 >= epochs {
            taken += 1.0;
            mean.table.iter_mut().zip(&fitted.table).for_each(|(sum, weight)| *sum += weight);
            mean.pairs.iter_mut().zip(&fitted.pairs).for_each(|(sum, weight)| *sum += weight);
        }
    }
    mean.table.iter_mut().for_each(|weight| *weight /= taken);
    mean.pairs.iter_mut().for_each(|weight| *weight /= taken);
    mean
}

/// How often features were seen, in a small table of counts.
fn seen(sequences: &[&Sequence]) -> Vec<u8> {
    let mut seen = vec![0u8; 1 << 24];
    for hash in sequences.iter().flat_map(|sequence| &sequence.hashes) {
        let count = &mut seen[(*hash >> 8) as usize];
        *count = count.saturating_add(1);
    }
    seen
}

fn visit(
    fitted: &mut Fitted,
    squares: &mut (Vec<f32>, Vec<f32>),
    sequence: &Sequence,
    seen: &[u8],
    chance: &mut Chance,
) {
    let labels = fitted.labels;
    let units = sequence.ends.len();
    let mut rows: Vec<usize> = Vec::with_capacity(sequence.hashes.len());
    let mut ends: Vec<usize> = Vec::with_capacity(units);
    let mut states = vec![0.0f32; units * labels];
    let mut start = 0;
    for (unit, end) in sequence.ends.iter().enumerate() {
        for hash in &sequence.hashes[start..*end as usize] {
            if seen[(*hash >> 8) as usize] < LEAST_SEEN || chance.below(100) < DROPPED {
                continue;
            }
            let row = row(*hash, fitted.bits) * labels;
            rows.push(row);
            let state = &mut states[unit * labels..(unit + 1) * labels];
            state.iter_mut().zip(&fitted.table[row..row + labels]).for_each(|(sum, weight)| *sum += weight);
        }
        ends.push(rows.len());
        start = *end as usize;
    }
    let begins: Vec<bool> = (0..labels).map(may_begin).collect();
    let stops: Vec<bool> = (0..labels).map(may_end).collect();
    let lattice = Lattice { labels, states: &states, pairs: &fitted.pairs, begins: &begins, ends: &stops };
    let marginals = lattice.marginals();
    let mut start = 0;
    for (unit, end) in ends.iter().enumerate() {
        let gold = usize::from(sequence.labels[unit]);
        for label in 0..labels {
            let gradient = marginals.states[unit * labels + label] - f32::from(u8::from(label == gold));
            if gradient.abs() < 1.0e-3 {
                continue;
            }
            for row in &rows[start..*end] {
                step(&mut fitted.table[row + label], &mut squares.0[row + label], gradient);
            }
        }
        start = *end;
    }
    let mut gradient = marginals.pairs;
    for pair in sequence.labels.windows(2) {
        gradient[usize::from(pair[0]) * labels + usize::from(pair[1])] -= 1.0;
    }
    for (at, gradient) in gradient.iter().enumerate().filter(|(_, gradient)| **gradient != 0.0) {
        if may_follow(at / labels, at % labels) {
            step(&mut fitted.pairs[at], &mut squares.1[at], *gradient);
        }
    }
}

fn step(weight: &mut f32, square: &mut f32, gradient: f32) {
    *square += gradient * gradient;
    *weight -= STEP * gradient / square.sqrt() + DECAY * *weight;
}

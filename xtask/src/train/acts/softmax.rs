//! A linear classifier of hashed features by multinomial likelihood, fitted by stochastic gradient with AdaGrad's
//! step for each weight. Rare classes count more, though not in full; at each visit some features are left out.

use crate::train::chance::Chance;
use statement::learned::weights::row;

pub(crate) const CLASSES: usize = 15;
const EPOCHS: usize = 40;
/// The mean over so many last epochs is taken.
const LAST: usize = 8;
const STEP: f32 = 0.15;
const DECAY: f32 = 2.0e-5;
/// Of a thousand features, how many a visit does not see.
const DROPPED: u64 = 300;
/// Power of the balance between frequent and rare classes: 0 none, 1 full.
const BALANCE: f32 = 0.5;

/// Fits a table of `2^bits` rows to examples of hashes with their class.
pub(crate) fn fit(examples: &[(Vec<u32>, usize)], bits: u32, seed: u64) -> Vec<f32> {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d_u64.wrapping_mul(seed * 2 + 1));
    let examples: Vec<(Vec<usize>, usize)> =
        examples.iter().map(|(hashes, class)| (rows(hashes, bits), *class)).collect();
    let importance = importance(&examples);
    let mut fitted = Fitted { weights: vec![0.0; CLASSES << bits], squares: vec![0.05; CLASSES << bits] };
    let mut mean = vec![0.0; CLASSES << bits];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..EPOCHS {
        chance.shuffle(&mut order);
        for index in &order {
            let (rows, class) = &examples[*index];
            let kept: Vec<usize> = rows.iter().copied().filter(|_| chance.below(1000) >= DROPPED).collect();
            fitted.visit(&kept, *class, importance[*class]);
        }
        if epoch + LAST >= EPOCHS {
            mean.iter_mut().zip(&fitted.weights).for_each(|(sum, weight)| *sum += weight / LAST as f32);
        }
    }
    mean
}

/// Rows of a table that a sentence's features stand in, each once.
fn rows(hashes: &[u32], bits: u32) -> Vec<usize> {
    let mut rows: Vec<usize> = hashes.iter().map(|hash| row(*hash, bits) * CLASSES).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn importance(examples: &[(Vec<usize>, usize)]) -> [f32; CLASSES] {
    let mut counts = [0.0f32; CLASSES];
    examples.iter().for_each(|(_, class)| counts[*class] += 1.0);
    let even = examples.len() as f32 / CLASSES as f32;
    counts.map(|count| (even / count.max(1.0)).powf(BALANCE))
}

struct Fitted {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Fitted {
    fn visit(&mut self, rows: &[usize], gold: usize, importance: f32) {
        let likely = self.likely(rows);
        for (class, likely) in likely.iter().enumerate() {
            let gradient = (likely - f32::from(u8::from(class == gold))) * importance;
            if gradient.abs() < 1.0e-4 {
                continue;
            }
            for at in rows.iter().map(|row| row + class) {
                self.squares[at] += gradient * gradient;
                self.weights[at] -= STEP * gradient / self.squares[at].sqrt() + DECAY * self.weights[at];
            }
        }
    }

    fn likely(&self, rows: &[usize]) -> [f32; CLASSES] {
        let mut sums = [0.0f32; CLASSES];
        for row in rows {
            sums.iter_mut().zip(&self.weights[*row..]).for_each(|(sum, weight)| *sum += weight);
        }
        let highest = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers = sums.map(|sum| (sum - highest).exp());
        let total: f32 = powers.iter().sum();
        powers.map(|power| power / total)
    }
}

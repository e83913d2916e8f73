//! A linear chain of labels: the best sequence, its probability, and the gradient's parts for training.
//!
//! In: a score for each unit and label, and for each pair of neighbouring labels (`-inf` where a pair makes no
//! sense). Out: labels, marginal probabilities. Memory and time are units × labels².

/// Score of what cannot be.
pub const NEVER: f32 = -1.0e9;

/// Scores of one sequence.
#[derive(Clone, Copy, Debug)]
pub struct Lattice<'scores> {
    /// How many labels there are.
    pub labels: usize,
    /// `units × labels`
    pub states: &'scores [f32],
    /// `labels × labels`, from row to column.
    pub pairs: &'scores [f32],
    /// Whether a sequence may begin, and end, with a label.
    pub begins: &'scores [bool],
    pub ends: &'scores [bool],
}

/// Probabilities of one sequence's labels.
#[derive(Debug, Default)]
pub struct Marginals {
    /// `units × labels`
    pub states: Vec<f32>,
    /// Expected number of times that each pair of labels occurs, `labels × labels`.
    pub pairs: Vec<f32>,
    /// Logarithm of the sum over all sequences.
    pub log_sum: f32,
}

impl Lattice<'_> {
    fn units(&self) -> usize {
        self.states.len() / self.labels
    }

    fn state(&self, unit: usize, label: usize) -> f32 {
        self.states[unit * self.labels + label]
    }

    /// The sequence with the highest score.
    pub fn best(&self) -> Vec<u8> {
        let (units, labels) = (self.units(), self.labels);
        if units == 0 {
            return Vec::new();
        }
        let mut from = vec![0u8; units * labels];
        let mut scores: Vec<f32> =
            (0..labels).map(|label| if self.begins[label] { self.state(0, label) } else { NEVER }).collect();
        let mut next = vec![0.0; labels];
        let rows = from.chunks_exact_mut(labels).zip(self.states.chunks_exact(labels));
        for (from, states) in rows.skip(1) {
            next.fill(NEVER * 2.0);
            for ((before, score), pairs) in (0u8..).zip(&scores).zip(self.pairs.chunks_exact(labels)) {
                for ((best, from), pair) in next.iter_mut().zip(&mut *from).zip(pairs) {
                    let better = score + pair > *best;
                    *best = if better { score + pair } else { *best };
                    *from = if better { before } else { *from };
                }
            }
            next.iter_mut().zip(states).for_each(|(best, state)| *best += state);
            std::mem::swap(&mut scores, &mut next);
        }
        let allowed = (0..labels).filter(|label| self.ends[*label]);
        let mut label = allowed.max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        let mut path = vec![0u8; units];
        for unit in (0..units).rev() {
            path[unit] = u8::try_from(label).unwrap_or(u8::MAX);
            label = usize::from(from[unit * labels + label]);
        }
        path
    }

    /// The score of one sequence.
    pub fn score(&self, path: &[u8]) -> f32 {
        let states: f32 =
            path.iter().enumerate().map(|(unit, label)| self.state(unit, usize::from(*label))).sum();
        let pairs: f32 = path
            .windows(2)
            .map(|pair| self.pairs[usize::from(pair[0]) * self.labels + usize::from(pair[1])])
            .sum();
        states + pairs
    }

    /// Logarithm of the sum over all sequences, as [`Self::marginals`] has it.
    pub fn log_sum(&self) -> f32 {
        if self.units() == 0 {
            return 0.0;
        }
        let (local, shift) = self.local();
        let (forward, scales) = self.forward(&local, &self.likely_pairs());
        scales.iter().map(|scale| scale.ln()).sum::<f32>() + shift + self.whole(&forward).ln()
    }

    fn likely_pairs(&self) -> Vec<f32> {
        self.pairs.iter().map(|score| score.exp()).collect()
    }

    /// What is left of the last unit's forward probabilities where a sequence may end.
    fn whole(&self, forward: &[f32]) -> f32 {
        let last = forward.rchunks(self.labels).next().unwrap_or_default();
        let ending = last.iter().zip(self.ends).map(|(share, ends)| share * f32::from(u8::from(*ends)));
        ending.sum::<f32>().max(f32::MIN_POSITIVE)
    }

    /// Forward and backward in probabilities, scaled at each unit so that nothing underflows.
    pub fn marginals(&self) -> Marginals {
        let (units, labels) = (self.units(), self.labels);
        let mut found =
            Marginals { states: vec![0.0; units * labels], pairs: vec![0.0; labels * labels], log_sum: 0.0 };
        if units == 0 {
            return found;
        }
        let pairs = self.likely_pairs();
        let (local, shift) = self.local();
        let (forward, scales) = self.forward(&local, &pairs);
        let mut backward: Vec<f32> = self.ends.iter().map(|ends| f32::from(u8::from(*ends))).collect();
        let whole = self.whole(&forward);
        let mut ahead = vec![0.0; labels];
        for unit in (0..units).rev() {
            for label in 0..labels {
                found.states[unit * labels + label] =
                    forward[unit * labels + label] * backward[label] / whole;
            }
            if unit == 0 {
                break;
            }
            for (label, ahead) in ahead.iter_mut().enumerate() {
                *ahead = local[unit * labels + label] * backward[label] / scales[unit];
            }
            for before in 0..labels {
                let mut sum = 0.0;
                for label in 0..labels {
                    let through = pairs[before * labels + label] * ahead[label];
                    found.pairs[before * labels + label] +=
                        forward[(unit - 1) * labels + before] * through / whole;
                    sum += through;
                }
                backward[before] = sum;
            }
        }
        found.log_sum = scales.iter().map(|scale| scale.ln()).sum::<f32>() + shift + whole.ln();
        found
    }

    /// Exponentials of the states, each unit's highest set to one; and the sum of what was taken off.
    fn local(&self) -> (Vec<f32>, f32) {
        let mut shift = 0.0;
        let mut local = Vec::with_capacity(self.states.len());
        for row in self.states.chunks_exact(self.labels) {
            let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            shift += highest;
            local.extend(row.iter().map(|score| (score - highest).exp()));
        }
        (local, shift)
    }

    /// Forward probabilities, each row summing to one, and each row's scale.
    fn forward(&self, local: &[f32], pairs: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let (units, labels) = (self.units(), self.labels);
        let mut forward = vec![0.0; units * labels];
        let mut scales = vec![1.0; units];
        let mut arriving: Vec<f32> = self.begins.iter().map(|begins| f32::from(u8::from(*begins))).collect();
        for unit in 0..units {
            let (done, row) = forward.split_at_mut(unit * labels);
            if let Some(before) = done.rchunks_exact(labels).next() {
                arriving.fill(0.0);
                for (share, pairs) in before.iter().zip(pairs.chunks_exact(labels)) {
                    arriving.iter_mut().zip(pairs).for_each(|(arriving, pair)| *arriving += share * pair);
                }
            }
            let row = &mut row[..labels];
            let mut sum = 0.0;
            for ((share, arriving), local) in row.iter_mut().zip(&arriving).zip(&local[unit * labels..]) {
                *share = arriving * local;
                sum += *share;
            }
            let scale = if sum > 0.0 { sum } else { 1.0 };
            scales[unit] = scale;
            row.iter_mut().for_each(|share| *share /= scale);
        }
        (forward, scales)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lattice, NEVER};

    /// Two labels, the second one may not follow itself.
    fn lattice(states: &[f32]) -> Lattice<'_> {
        Lattice {
            labels: 2,
            states,
            pairs: &[0.0, 0.5, 0.0, NEVER],
            begins: &[true, true],
            ends: &[true, true],
        }
    }

    #[test]
    fn the_best_path_keeps_to_what_may_follow() {
        assert_eq!(lattice(&[0.0, 2.0, 0.0, 1.0, 0.0, 1.0]).best(), [1, 0, 1]);
        assert!(lattice(&[]).best().is_empty());
    }

    #[test]
    fn marginals_agree_with_counting_all_paths() {
        let states = [0.3, 1.0, -0.5, 0.7, 0.1, 0.2];
        let lattice = lattice(&states);
        let paths: Vec<[u8; 3]> = (0..8u8).map(|bits| [bits & 1, bits >> 1 & 1, bits >> 2]).collect();
        let whole: f32 = paths.iter().map(|path| lattice.score(path).exp()).sum();
        let found = lattice.marginals();
        assert!((found.log_sum - whole.ln()).abs() < 1e-4);
        assert_eq!(found.log_sum, lattice.log_sum());
        for unit in 0..3 {
            let with: f32 =
                paths.iter().filter(|path| path[unit] == 1).map(|path| lattice.score(path).exp()).sum();
            assert!((found.states[unit * 2 + 1] - with / whole).abs() < 1e-4);
        }
        let pairs: f32 = found.pairs.iter().sum();
        assert!((pairs - 2.0).abs() < 1e-4);
    }
}

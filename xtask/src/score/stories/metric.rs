//! How far two ways of grouping the same articles agree. Sums run in the order of the labels, so that the same groupings
//! give the same number to the last bit: weights are searched by it.

use std::collections::BTreeMap;
use std::fmt;

/// BCubed precision, recall and F1, and F1 over all pairs of articles (0 to 1 each).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
    pub(crate) pairwise: f64,
}

impl Agreement {
    /// Compares labels with gold labels, both in the order of the articles.
    pub(crate) fn of(labels: &[i64], gold: &[i64]) -> Self {
        let mut cells: BTreeMap<(i64, i64), f64> = BTreeMap::new();
        let (mut ours, mut theirs): (BTreeMap<i64, f64>, BTreeMap<i64, f64>) = Default::default();
        for (label, truth) in labels.iter().zip(gold) {
            *cells.entry((*label, *truth)).or_default() += 1.0;
            *ours.entry(*label).or_default() += 1.0;
            *theirs.entry(*truth).or_default() += 1.0;
        }
        let count = labels.len().max(1) as f64;
        let precision = cells.iter().map(|((label, _), n)| n * n / ours[label]).sum::<f64>() / count;
        let recall = cells.iter().map(|((_, truth), n)| n * n / theirs[truth]).sum::<f64>() / count;
        let (both, said, true_) = (pairs(cells.values()), pairs(ours.values()), pairs(theirs.values()));
        let pairwise = harmonic(both / said.max(1.0), both / true_.max(1.0));
        Self { precision, recall, f1: harmonic(precision, recall), pairwise }
    }

    /// What weights are searched by: BCubed F1, and a little of the pairwise F1.
    pub(crate) fn worth(self) -> f64 {
        self.f1 + 0.1 * self.pairwise
    }
}

fn pairs<'a>(sizes: impl Iterator<Item = &'a f64>) -> f64 {
    sizes.map(|n| n * (n - 1.0) / 2.0).sum()
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} / {:.3}", self.f1, self.pairwise)
    }
}

#[cfg(test)]
mod tests {
    use super::Agreement;

    #[test]
    fn agreement_of_known_groupings() {
        let all = Agreement::of(&[1, 1, 2, 2], &[7, 7, 9, 9]);
        assert!((all.f1 - 1.0).abs() < 1e-9 && (all.pairwise - 1.0).abs() < 1e-9);
        let glued = Agreement::of(&[1, 1, 1, 1], &[7, 7, 9, 9]);
        assert!((glued.precision - 0.5).abs() < 1e-9 && (glued.recall - 1.0).abs() < 1e-9);
        assert!((glued.pairwise - 0.5).abs() < 1e-9, "2 of 6 pairs right, all 2 found");
    }

    #[test]
    fn the_same_groupings_agree_to_the_last_bit() {
        let labels: Vec<i64> = (0..3_000).map(|at| at * at % 337).collect();
        let gold: Vec<i64> = (0..3_000).map(|at| at * 7 % 411 + at / 900).collect();
        let bits = || {
            let all = Agreement::of(&labels, &gold);
            [all.precision, all.recall, all.f1, all.pairwise, all.worth()].map(f64::to_bits)
        };
        let first = bits();
        assert!((0..5).all(|_| bits() == first));
    }
}

//! Gradient boosting of oblivious trees on the logistic loss, after a straight line over the first number: Newton steps,
//! numbers in bins, a part of the rows and of the numbers for each tree. The same rows give the same trees.

use super::Random;
use crate::parallel::in_parallel;
use story::{DEPTH, LEAVES, Tree, Trees};

/// What one decision looked like, whether joining was right, and how much that counts.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) numbers: Vec<f32>,
    pub(super) right: bool,
    pub(super) weight: f32,
    /// Part of the material that it belongs to.
    pub(super) part: usize,
}

/// How trees are grown.
#[derive(Clone, Copy)]
pub(super) struct Growth {
    pub(super) trees: usize,
    /// The share of each step that is taken.
    pub(super) pace: f64,
    /// What holds a leaf back.
    pub(super) ridge: f64,
}

/// Borders between the bins of one number at most.
const BORDERS: usize = 48;
/// Shares of the rows and of the numbers that a tree sees.
const ROWS_SEEN: f64 = 0.5;
const NUMBERS_SEEN: f64 = 0.5;

/// Grows trees on rows.
pub(super) fn grow(rows: &[Row], growth: Growth) -> Trees {
    let (start, slope) = line(rows);
    let numbers = rows.first().map_or(0, |row| row.numbers.len());
    let binned: Vec<Binned> = (0..numbers).map(|number| Binned::of(rows, number)).collect();
    let mut sums: Vec<f64> = rows.iter().map(|row| start + slope * f64::from(row.numbers[0])).collect();
    let mut random = Random(7);
    let mut trees = Trees { start: start as f32, slopes: vec![(0, slope as f32)], trees: Vec::new() };
    for _ in 0..growth.trees {
        let steps: Vec<(f64, f64)> = rows
            .iter()
            .zip(&sums)
            .map(|(row, sum)| {
                let chance = 1.0 / (1.0 + (-sum).exp());
                let (right, weight) = (f64::from(u8::from(row.right)), f64::from(row.weight));
                (weight * (chance - right), weight * chance * (1.0 - chance))
            })
            .collect();
        let seen: Vec<u32> =
            (0..rows.len() as u32).filter(|_| random.below(1_000) < (1_000.0 * ROWS_SEEN) as usize).collect();
        let open: Vec<usize> =
            (0..numbers).filter(|_| random.below(1_000) < (1_000.0 * NUMBERS_SEEN) as usize).collect();
        let Some(tree) = one(&binned, &steps, &seen, &open, growth) else { continue };
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum += f64::from(tree.leaves[tree.leaf(&row.numbers)]);
        }
        trees.trees.push(tree);
    }
    trees
}

/// The straight line over the first number that fits best.
fn line(rows: &[Row]) -> (f64, f64) {
    let (mut start, mut slope) = (0.0, 0.0);
    for _ in 0..25 {
        let (mut g, mut h) = ([0.0; 2], [[1e-6, 0.0], [0.0, 1e-6]]);
        for row in rows {
            let x = f64::from(row.numbers[0]);
            let chance = 1.0 / (1.0 + (-(start + slope * x)).exp());
            let weight = f64::from(row.weight);
            let step = weight * (chance - f64::from(u8::from(row.right)));
            let bend = weight * chance * (1.0 - chance);
            g = [g[0] + step, g[1] + step * x];
            h = [[h[0][0] + bend, h[0][1] + bend * x], [h[1][0] + bend * x, h[1][1] + bend * x * x]];
        }
        let det = h[0][0] * h[1][1] - h[0][1] * h[1][0];
        start -= (g[0] * h[1][1] - g[1] * h[0][1]) / det;
        slope -= (g[1] * h[0][0] - g[0] * h[1][0]) / det;
    }
    (start, slope)
}

/// One number of all rows in bins.
struct Binned {
    /// A row is over a border if its bin is greater than the border's place.
    borders: Vec<f32>,
    bins: Vec<u8>,
}

impl Binned {
    fn of(rows: &[Row], number: usize) -> Self {
        let mut values: Vec<f32> = rows.iter().map(|row| row.numbers[number]).collect();
        values.sort_unstable_by(f32::total_cmp);
        let mut borders: Vec<f32> = Vec::new();
        for step in 1..=BORDERS {
            let at = step * values.len() / (BORDERS + 1);
            // Half way to the next value that differs.
            let next = values[at..].iter().find(|value| **value > values[at]);
            let Some(next) = next else { break };
            let border = ((values[at] + next) / 2.0 * 10_000.0).round() / 10_000.0;
            if borders.last().is_none_or(|last| *last < border) {
                borders.push(border);
            }
        }
        let bin = |row: &Row| borders.partition_point(|border| row.numbers[number] > *border) as u8;
        let bins = rows.iter().map(bin).collect();
        Self { borders, bins }
    }
}

/// The next tree: at each level the one question that helps most over all leaves.
fn one(
    binned: &[Binned],
    steps: &[(f64, f64)],
    seen: &[u32],
    open: &[usize],
    growth: Growth,
) -> Option<Tree> {
    let mut leaves: Vec<u8> = vec![0; seen.len()];
    let mut tree = Tree { asks: [(0, 0.0); DEPTH], leaves: [0.0; LEAVES] };
    for level in 0..DEPTH {
        let asked = in_parallel(open, |(_, number)| {
            Ok(best_border(&binned[*number], steps, seen, &leaves, growth).map(|best| (best, *number)))
        });
        let asked = asked.ok()?.into_iter().flatten();
        let best = asked.reduce(|best, next| if next.0.0 > best.0.0 { next } else { best });
        let ((_, border), number) = best?;
        tree.asks[level] = (number, binned[number].borders[border]);
        for (row, leaf) in seen.iter().zip(&mut leaves) {
            *leaf |= u8::from(usize::from(binned[number].bins[*row as usize]) > border) << level;
        }
    }
    let mut sums = [(0.0, 0.0); LEAVES];
    for (row, leaf) in seen.iter().zip(&leaves) {
        let (g, h) = steps[*row as usize];
        let sum = &mut sums[usize::from(*leaf)];
        *sum = (sum.0 + g, sum.1 + h);
    }
    for (leaf, (g, h)) in tree.leaves.iter_mut().zip(sums) {
        *leaf = (-growth.pace * g / (h + growth.ridge)) as f32;
    }
    Some(tree)
}

/// The question about one number that helps most over all leaves: how much, and which border it asks for.
fn best_border(
    Binned { borders, bins }: &Binned,
    steps: &[(f64, f64)],
    seen: &[u32],
    leaves: &[u8],
    growth: Growth,
) -> Option<(f64, usize)> {
    let mut sums = vec![[(0.0, 0.0); LEAVES]; borders.len() + 1];
    for (row, leaf) in seen.iter().zip(leaves) {
        let sum = &mut sums[usize::from(bins[*row as usize])][usize::from(*leaf)];
        let (g, h) = steps[*row as usize];
        *sum = (sum.0 + g, sum.1 + h);
    }
    let whole = sums.iter().fold([(0.0, 0.0); LEAVES], added);
    let mut under = [(0.0, 0.0); LEAVES];
    let mut best: Option<(f64, usize)> = None;
    for (border, sums) in sums.iter().enumerate().take(borders.len()) {
        under = added(under, sums);
        let both = under.iter().zip(&whole);
        let gain: f64 = both.map(|(u, w)| worth(*u, growth) + worth((w.0 - u.0, w.1 - u.1), growth)).sum();
        if best.is_none_or(|(top, _)| gain > top) {
            best = Some((gain, border));
        }
    }
    best
}

fn added(mut sums: [(f64, f64); LEAVES], more: &[(f64, f64); LEAVES]) -> [(f64, f64); LEAVES] {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = (sum.0 + more.0, sum.1 + more.1);
    }
    sums
}

/// What a leaf with these sums gains.
fn worth((g, h): (f64, f64), growth: Growth) -> f64 {
    g * g / (h + growth.ridge)
}

#[cfg(test)]
mod tests {
    use super::{Growth, Row, grow};

    #[test]
    fn what_no_line_can_part_is_learned() {
        // Right if exactly one of two numbers is large.
        let row = |at: usize| {
            let (one, other) = ((at * 7 % 10) as f32, (at * 3 / 10 % 10) as f32);
            Row { numbers: vec![one, other], right: (one > 4.5) != (other > 4.5), weight: 1.0, part: 0 }
        };
        let rows: Vec<Row> = (0..400).map(row).collect();
        let trees = grow(&rows, Growth { trees: 60, pace: 0.3, ridge: 1.0 });
        let wrong = rows.iter().filter(|row| (trees.logit(&row.numbers) > 0.0) != row.right).count();
        assert_eq!(wrong, 0);
        assert_eq!(trees, grow(&rows, Growth { trees: 60, pace: 0.3, ridge: 1.0 }), "the same rows");
    }
}

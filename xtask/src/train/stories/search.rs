//! Random search straight on what is to be good, of the link's weights and of the straight line that trees begin with. For the line:
//! the logarithm of odds says how likely joining is right, and not what a wrong one costs the stories around it; this asks the stories
//! themselves. So few weights may be fitted where no more may be.

use super::Random;
use super::boost::Row;
use super::lining::{places, shortened};
use crate::train::progress;
use std::ops::RangeInclusive;
use story::Trees;

/// A walk by random steps, one to three knobs at a time.
pub(super) struct Walk {
    pub(super) seed: u64,
    pub(super) trials: usize,
    pub(super) knobs: usize,
    /// How wide steps are at first, and the smallest and widest.
    pub(super) begin: f64,
    pub(super) reach: RangeInclusive<f64>,
}

impl Walk {
    /// Steps from the best found so far; what a step gained is tried once more in the same direction. `begun` is how good the start
    /// is, and the start.
    pub(super) fn climb<T: Clone>(
        &self,
        begun: (f64, T),
        step: impl Fn(&mut T, usize, f64),
        good: impl Fn(&T) -> f64,
    ) -> (f64, T) {
        let mut random = Random(self.seed);
        let mut best = begun;
        let mut reach = self.begin;
        progress(&format!("from {:.4}", best.0));
        for _ in 0..self.trials {
            let steps: Vec<(usize, f64)> =
                (0..1 + random.below(3)).map(|_| (random.below(self.knobs), reach * random.bell())).collect();
            let mut gained = false;
            for _ in 0..4 {
                let mut tried = best.1.clone();
                steps.iter().for_each(|(knob, far)| step(&mut tried, *knob, *far));
                let reached = good(&tried);
                if reached <= best.0 {
                    break;
                }
                best = (reached, tried);
                gained = true;
            }
            if gained {
                progress(&format!("to {:.4}", best.0));
            }
            // Wide steps while they gain, small ones when they do not.
            reach = if gained { reach * 1.3 } else { reach * 0.985 }
                .clamp(*self.reach.start(), *self.reach.end());
        }
        best
    }
}

const TRIALS: usize = 180;
/// What it costs to move every slope so far that a decision's odds change by e for a number that is one deviation off.
const FAR: f64 = 0.01;

/// The trees with the line that does best.
pub(super) fn search(trees: &Trees, rows: &[Row], good: impl Fn(&Trees) -> f64) -> Trees {
    let knobs = knobs(rows);
    let walk = Walk { seed: 1, trials: TRIALS, knobs: knobs.len(), begin: 0.2, reach: 0.04..=0.4 };
    let (_, moved) = walk.climb(
        (good(trees), vec![0.0; knobs.len()]),
        |moved, knob, far| moved[knob] += far,
        |moved| {
            let far = moved.iter().map(|moved| moved * moved).sum::<f64>() / knobs.len() as f64;
            good(&turned(trees, &knobs, moved)) - FAR * far
        },
    );
    turned(trees, &knobs, &moved)
}

/// A number of the line with its deviation; none is the start.
type Knob = Option<(usize, f64)>;

fn knobs(rows: &[Row]) -> Vec<Knob> {
    let spread = |place: usize| {
        let of = || rows.iter().map(|row| f64::from(row.numbers[place]));
        let mean = of().sum::<f64>() / rows.len().max(1) as f64;
        let square = of().map(|number| (number - mean).powi(2)).sum::<f64>() / rows.len().max(1) as f64;
        square.sqrt().max(1e-3)
    };
    std::iter::once(None).chain(places().into_iter().map(|place| Some((place, spread(place))))).collect()
}

/// The trees with each slope moved by so many deviations of its number.
fn turned(trees: &Trees, knobs: &[Knob], moved: &[f64]) -> Trees {
    let mut turned = trees.clone();
    for (knob, moved) in knobs.iter().zip(moved) {
        match knob {
            None => turned.start += *moved as f32,
            Some((place, spread)) => super::lining::add(&mut turned, *place, (moved / spread) as f32),
        }
    }
    shortened(&turned)
}

#[cfg(test)]
mod tests {
    use super::search;
    use crate::train::stories::boost::Row;
    use story::{Case, Trees};

    #[test]
    fn a_better_line_is_found() {
        let numbers = |at: usize| vec![at as f32 / 10.0; Case::NAMES.len()];
        let rows: Vec<Row> =
            (0..10).map(|at| Row { numbers: numbers(at), right: at > 3, weight: 1.0, part: 0 }).collect();
        let odds = |trees: &Trees, row: &Row| {
            let logit = f64::from(trees.logit(&row.numbers));
            if row.right { logit } else { -logit }
        };
        let right = |trees: &Trees| rows.iter().filter(|row| odds(trees, row) > 0.0).count();
        let good = |trees: &Trees| -rows.iter().map(|row| (-odds(trees, row)).exp().ln_1p()).sum::<f64>();
        // The link alone says yes to all, and nothing of the first.
        assert_eq!(right(&Trees::none()), 6);
        assert_eq!(right(&search(&Trees::none(), &rows, good)), 10);
    }
}

//! From vectors to the scores of moves: the words that a state looks at, each through weights of its place, their
//! sum through one hidden layer. What a word brings to each place is computed once a text.

use super::network::{WIDTH, by_piece, sized};
use crate::container::Container;
use crate::models::ModelError;
use ndarray::Array2;

/// Width of a word's vector for moves, and of the hidden layer.
const NARROW: usize = 64;
const PIECES: usize = 2;
const HIDDEN: usize = NARROW * PIECES;

/// The weights from a text's vectors to scores.
#[derive(Debug)]
pub(super) struct Scorer {
    narrow: Array2<f32>,
    narrow_bias: Vec<f32>,
    /// A word's vector by places times hidden.
    lower: Array2<f32>,
    lower_bias: Vec<f32>,
    /// What a place without a word brings.
    pad: Vec<f32>,
    /// Hidden by moves.
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
    places: usize,
}

/// One text's words, ready to be scored.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    scorer: &'a Scorer,
    words: Vec<f32>,
}

impl Scorer {
    /// Loads the scorer called `name`, whose states look at `places` words and know `moves` moves.
    pub(super) fn load(
        file: &Container,
        name: &str,
        places: usize,
        moves: usize,
    ) -> Result<Self, ModelError> {
        let part = |part: &str, length: usize| sized(file, &format!("{name}.{part}"), length);
        let narrow = part("narrow.weights", NARROW * WIDTH)?;
        let lower = part("lower.weights", places * HIDDEN * NARROW)?;
        let pad = part("lower.pad", places * HIDDEN)?;
        let upper = part("upper.weights", moves * NARROW)?;
        let place_of = |at: usize| {
            let (place, hidden) = (at / HIDDEN, at % HIDDEN);
            (place * NARROW + hidden % NARROW) * PIECES + hidden / NARROW
        };
        Ok(Self {
            narrow: Array2::from_shape_fn((WIDTH, NARROW), |(from, to)| narrow[to * WIDTH + from]),
            narrow_bias: part("narrow.bias", NARROW)?,
            lower: Array2::from_shape_fn((NARROW, places * HIDDEN), |(from, at)| {
                lower[place_of(at) * NARROW + from]
            }),
            lower_bias: by_piece(&part("lower.bias", HIDDEN)?, PIECES),
            pad: (0..places * HIDDEN).map(|at| pad[place_of(at)]).collect(),
            upper: (0..moves * NARROW).map(|at| upper[at % moves * NARROW + at / moves]).collect(),
            upper_bias: part("upper.bias", moves)?,
            places,
        })
    }

    /// Computes what each word brings to each place.
    pub(super) fn prepare(&self, vectors: &Array2<f32>) -> Prepared<'_> {
        let mut narrow = vectors.dot(&self.narrow);
        for mut row in narrow.rows_mut() {
            row.iter_mut().zip(&self.narrow_bias).for_each(|(value, bias)| *value += bias);
        }
        Prepared { scorer: self, words: narrow.dot(&self.lower).into_raw_vec_and_offset().0 }
    }
}

impl Prepared<'_> {
    /// The score of each move in a state that looks at these words.
    pub(super) fn score(&self, seen: &[Option<usize>], scores: &mut [f32]) {
        let mut hidden = [0.0; HIDDEN];
        for (place, word) in seen.iter().enumerate() {
            let row = place * HIDDEN..(place + 1) * HIDDEN;
            let brought = match word {
                Some(word) => {
                    let start = word * self.scorer.places * HIDDEN;
                    self.words.get(start + row.start..start + row.end)
                }
                None => self.scorer.pad.get(row),
            };
            let brought = brought.unwrap_or_default();
            hidden.iter_mut().zip(brought).for_each(|(sum, value)| *sum += value);
        }
        hidden.iter_mut().zip(&self.scorer.lower_bias).for_each(|(sum, bias)| *sum += bias);
        let (first, second) = hidden.split_at(NARROW);
        let values: [f32; NARROW] = std::array::from_fn(|at| first[at].max(second[at]));
        scores.copy_from_slice(&self.scorer.upper_bias);
        // Four rows at a time, so that a score is fetched and put back a quarter as often.
        let moves = scores.len();
        let (fours, _) = values.as_chunks::<4>();
        for ([a, b, c, d], rows) in fours.iter().zip(self.scorer.upper.chunks_exact(4 * moves)) {
            let (first, rest) = rows.split_at(moves);
            let (second, rest) = rest.split_at(moves);
            let (third, fourth) = rest.split_at(moves);
            let weights = first.iter().zip(second).zip(third).zip(fourth);
            for (score, (((first, second), third), fourth)) in scores.iter_mut().zip(weights) {
                *score += (a * first + b * second) + (c * third + d * fourth);
            }
        }
    }
}

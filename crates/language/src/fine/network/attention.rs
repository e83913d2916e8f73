//! Attention within each text: how much each piece takes from each other, in twelve heads.

use super::DIMENSIONS;
use super::lanes::{LANES, widely};

const HEADS: usize = 12;

/// Width of a head.
const HEAD: usize = DIMENSIONS / HEADS;

/// A piece's questions, keys and values side by side.
type Asked = [[[f32; HEAD]; HEADS]; 3];

/// The keys of eight pieces, one row for each of their numbers, so that all eight are set beside a question at once.
type Keys = [[f32; LANES]; HEAD];

/// What every piece takes from the pieces of its text. `asked`: a row of questions, keys and values for each piece;
/// `lengths`: pieces of each text.
pub(super) fn attend(asked: &[f32], lengths: &[usize], taken: &mut Vec<f32>) {
    taken.clear();
    taken.resize(asked.len() / 3, 0.0);
    let (mut asked, _) = asked.as_chunks::<HEAD>().0.as_chunks::<HEADS>().0.as_chunks::<3>();
    let (mut places, _) = taken.as_chunks_mut::<HEAD>().0.as_chunks_mut::<HEADS>();
    let (mut keys, mut shares) = (Vec::new(), Vec::new());
    for length in lengths {
        let (text, rest) = asked.split_at(*length);
        let (place, rest_places) = places.split_at_mut(*length);
        (asked, places) = (rest, rest_places);
        for head in 0..HEADS {
            widely(
                #[inline(always)]
                || one_head(text, head, place, &mut keys, &mut shares),
            );
        }
    }
}

#[inline(always)]
fn one_head(
    text: &[Asked],
    head: usize,
    places: &mut [[[f32; HEAD]; HEADS]],
    keys: &mut Vec<Keys>,
    shares: &mut Vec<[f32; LANES]>,
) {
    turn(text, head, keys);
    for (asked, place) in text.iter().zip(places) {
        beside(&asked[0][head], keys, text.len(), shares);
        softmax(shares);
        let mut taken = [0.0; HEAD];
        for (share, piece) in shares.as_flattened().iter().zip(text) {
            for (taken, value) in taken.iter_mut().zip(&piece[2][head]) {
                *taken += share * value;
            }
        }
        place[head] = taken;
    }
}

#[inline(always)]
fn turn(text: &[Asked], head: usize, keys: &mut Vec<Keys>) {
    keys.clear();
    for eight in text.chunks(LANES) {
        let mut turned = [[0.0; LANES]; HEAD];
        for (lane, piece) in eight.iter().enumerate() {
            for (row, number) in turned.iter_mut().zip(piece[1][head]) {
                row[lane] = number;
            }
        }
        keys.push(turned);
    }
}

/// How much a question has in common with each key; what lies behind the text's last piece gets no share.
#[inline(always)]
fn beside(question: &[f32; HEAD], keys: &[Keys], pieces: usize, shares: &mut Vec<[f32; LANES]>) {
    shares.clear();
    for keys in keys {
        let mut sums = [0.0; LANES];
        for (number, keys) in question.iter().zip(keys) {
            for (sum, key) in sums.iter_mut().zip(keys) {
                *sum += number * key;
            }
        }
        shares.push(sums);
    }
    shares.as_flattened_mut()[pieces..].fill(f32::NEG_INFINITY);
}

/// Shares that sum to one.
#[inline(always)]
fn softmax(shares: &mut [[f32; LANES]]) {
    let scale = 1.0 / (HEAD as f32).sqrt();
    let mut most = [f32::NEG_INFINITY; LANES];
    for shares in &*shares {
        for (most, share) in most.iter_mut().zip(shares) {
            *most = if share > most { *share } else { *most };
        }
    }
    let most = most.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let mut sums = [0.0; LANES];
    for shares in &mut *shares {
        for (sum, share) in sums.iter_mut().zip(shares) {
            *share = exponential((*share - most) * scale);
            *sum += *share;
        }
    }
    let inverse = 1.0 / sums.iter().sum::<f32>();
    for share in shares.as_flattened_mut() {
        *share *= inverse;
    }
}

/// e to the power of a number that is not above zero, within three units of the last place; a power of two and what
/// is left as a polynomial (the factors are Cephes').
#[inline(always)]
fn exponential(x: f32) -> f32 {
    const WHOLE: f32 = 12_582_912.0;
    // Below, nothing is left that a share would show.
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = x * std::f32::consts::LOG2_E + WHOLE;
    let power = shifted - WHOLE;
    let rest = (x - power * 0.693_359_4) + power * 2.121_944_4e-4;
    let factors = [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5];
    let polynomial = factors.iter().fold(0.0, |sum, factor| sum * rest + factor);
    let two = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    (polynomial * rest * rest + rest + 1.0) * two
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_right_within_a_float() {
        for step in 0..8_600 {
            let x = -(step as f32) / 100.0;
            let (found, wanted) = (f64::from(exponential(x)), f64::from(x).exp());
            assert!((found / wanted - 1.0).abs() < 4e-7, "{x}: {found} for {wanted}");
        }
        assert!(exponential(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn a_piece_takes_most_from_what_answers_its_question() {
        // Three pieces of one text and one of another; piece 0 asks for what piece 2 has.
        let mut asked = vec![0.0; 4 * 3 * DIMENSIONS];
        let width = 3 * DIMENSIONS;
        asked[0] = 40.0;
        asked[2 * width + DIMENSIONS] = 10.0;
        for piece in 0..4 {
            asked[piece * width + 2 * DIMENSIONS] = piece as f32;
            asked[piece * width + width - 1] = piece as f32;
        }
        let mut taken = Vec::new();
        attend(&asked, &[3, 1], &mut taken);
        assert!((taken[0] - 2.0).abs() < 1e-5, "{}", taken[0]);
        assert!((taken[DIMENSIONS - 1] - 1.0).abs() < 1e-5, "without a question, the mean");
        assert_eq!(taken[3 * DIMENSIONS], 3.0, "another text is not seen");
    }
}

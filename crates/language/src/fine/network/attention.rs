//! Attention within each text: how much each piece takes from each other, in twelve heads.

use super::DIMENSIONS;
use ndarray::Array2;

const HEADS: usize = 12;

/// Width of a head.
const HEAD: usize = DIMENSIONS / HEADS;

/// What every piece takes from the pieces of its text. `asked`: questions, keys and values of each piece side by side;
/// `lengths`: pieces of each text.
pub(super) fn attend(asked: &Array2<f32>, lengths: &[usize]) -> Array2<f32> {
    let mut taken = Array2::zeros((asked.nrows(), DIMENSIONS));
    let (Some(mut asked), Some(mut places)) = (asked.as_slice(), taken.as_slice_mut()) else { return taken };
    let (mut keys, mut shares) = (Vec::new(), Vec::new());
    for length in lengths {
        let (text, rest) = asked.split_at(length * 3 * DIMENSIONS);
        let (place, rest_places) = places.split_at_mut(length * DIMENSIONS);
        (asked, places) = (rest, rest_places);
        for head in 0..HEADS {
            turn(text, head, *length, &mut keys);
            one_head(text, head, &keys, &mut shares, place);
        }
    }
    taken
}

/// The part of a piece's row that belongs to a head: `kind` 0 for its question, 1 for its key, 2 for its value.
fn part(row: &[f32], kind: usize, head: usize) -> &[f32] {
    &row[kind * DIMENSIONS + head * HEAD..][..HEAD]
}

/// The keys of a head, one row for each of their numbers: so all pieces are set beside a question at once.
fn turn(text: &[f32], head: usize, length: usize, keys: &mut Vec<f32>) {
    keys.clear();
    keys.resize(HEAD * length, 0.0);
    for (piece, row) in text.chunks_exact(3 * DIMENSIONS).enumerate() {
        for (number, value) in part(row, 1, head).iter().enumerate() {
            keys[number * length + piece] = *value;
        }
    }
}

fn one_head(text: &[f32], head: usize, keys: &[f32], shares: &mut Vec<f32>, place: &mut [f32]) {
    let rows = || text.chunks_exact(3 * DIMENSIONS);
    let length = keys.len() / HEAD;
    for (row, place) in rows().zip(place.chunks_exact_mut(DIMENSIONS)) {
        shares.clear();
        shares.resize(length, 0.0);
        for (number, keys) in part(row, 0, head).iter().zip(keys.chunks_exact(length)) {
            for (share, key) in shares.iter_mut().zip(keys) {
                *share += number * key;
            }
        }
        softmax(shares);
        let place = &mut place[head * HEAD..][..HEAD];
        for (share, row) in shares.iter().zip(rows()) {
            for (place, value) in place.iter_mut().zip(part(row, 2, head)) {
                *place += share * value;
            }
        }
    }
}

/// Shares that sum to one.
fn softmax(shares: &mut [f32]) {
    let scale = 1.0 / (HEAD as f32).sqrt();
    let most = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for share in shares.iter_mut() {
        *share = ((*share - most) * scale).exp();
        sum += *share;
    }
    for share in shares {
        *share /= sum;
    }
}

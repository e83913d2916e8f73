//! A vocabulary of word pieces and the most probable way to cut a text into them (unigram language model, Kudo
//! 2018; ties broken as SentencePiece does: the earlier start wins). Both encoders have one.
//!
//! Pieces are kept sorted in one string with offsets, 3 MB for 128,010: every piece that begins at a character
//! is found by narrowing one range byte by byte.

mod batches;
mod spaces;

pub(crate) use batches::in_batches;
use spaces::SPACE;
pub(crate) use spaces::fold;

use crate::container::Container;
use crate::models::ModelError;
use crate::package::Parts;

/// The vocabulary.
#[derive(Debug)]
pub(crate) struct Pieces {
    /// All pieces in byte order, one after the other.
    text: Vec<u8>,
    /// Where each begins in `text`; one more at the end.
    starts: Vec<u32>,
    /// The id of each.
    ids: Vec<u32>,
    /// By id.
    scores: Vec<f32>,
    /// For each first byte the range of pieces that begin with it.
    first: Vec<(u32, u32)>,
    /// By id, whether a word begins with it: a bit each.
    begins: Vec<u64>,
    /// The id of what no piece covers.
    unknown: u32,
    unknown_score: f32,
}

/// Bits of a number in [`Pieces::begins`].
const BITS: usize = u64::BITS as usize;

/// The best way to get to a character boundary.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    from: usize,
    piece: u32,
}

impl Pieces {
    pub(crate) fn load(file: &Container, unknown: u32) -> Result<Self, ModelError> {
        let (text, starts) = (file.bytes("pieces.text")?, file.numbers("pieces.starts")?);
        let (ids, scores) = (file.numbers("pieces.ids")?, file.floats("pieces.scores")?);
        let ordered = starts.is_sorted() && starts.last().is_some_and(|end| *end as usize == text.len());
        let fits = starts.len() == ids.len() + 1 && ids.iter().all(|id| (*id as usize) < scores.len());
        if !ordered || !fits {
            return Err(file.damaged("the vocabulary does not fit together"));
        }
        let unknown_score = scores.iter().copied().fold(f32::INFINITY, f32::min) - 10.0;
        let (first, begins) = (Vec::new(), Vec::new());
        let mut pieces = Self { text, starts, ids, scores, first, begins, unknown, unknown_score };
        pieces.begins = pieces.beginnings();
        let all = (0, pieces.ids.len());
        pieces.first = (0..=u8::MAX)
            .map(|byte| {
                let (low, high) = pieces.narrow(all, 0, byte);
                (u32::try_from(low).unwrap_or(u32::MAX), u32::try_from(high).unwrap_or(u32::MAX))
            })
            .collect();
        Ok(pieces)
    }

    /// Whether a word begins with this piece.
    pub(crate) fn begins_word(&self, id: u32) -> bool {
        self.begins.get(id as usize / BITS).is_some_and(|bits| bits >> (id as usize % BITS) & 1 != 0)
    }

    fn beginnings(&self) -> Vec<u64> {
        let mut begins = vec![0; self.scores.len().div_ceil(BITS)];
        let with_space =
            self.ids.iter().enumerate().filter(|(index, _)| self.piece(*index).starts_with(SPACE));
        for (_, id) in with_space {
            begins[*id as usize / BITS] |= 1 << (*id as usize % BITS);
        }
        begins
    }

    /// Number of piece ids.
    pub(crate) fn len(&self) -> usize {
        self.scores.len()
    }

    /// The ids of the most probable pieces of a normalised text.
    pub(crate) fn split(&self, text: &str) -> Vec<u32> {
        let raw = text.as_bytes();
        let nowhere = Step { score: f32::NEG_INFINITY, from: 0, piece: self.unknown };
        let mut steps = vec![nowhere; raw.len() + 1];
        steps[0].score = 0.0;
        for (at, letter) in text.char_indices() {
            let base = steps[at].score;
            let single = at + letter.len_utf8();
            let mut has_single = false;
            self.each_at(raw, at, |end, piece| {
                has_single |= end == single;
                improve(&mut steps[end], Step { score: base + self.scores[piece as usize], from: at, piece });
            });
            if !has_single {
                improve(
                    &mut steps[single],
                    Step { score: base + self.unknown_score, from: at, piece: self.unknown },
                );
            }
        }
        let mut ids = Vec::new();
        let mut at = raw.len();
        while at > 0 {
            ids.push(steps[at].piece);
            at = steps[at].from;
        }
        if ids.is_empty() {
            ids.push(self.unknown);
        }
        ids.reverse();
        ids
    }

    /// How probable those pieces are together, as a logarithm.
    pub(crate) fn score(&self, text: &str) -> f32 {
        let worth = |piece: u32| match piece {
            piece if piece == self.unknown => self.unknown_score,
            piece => self.scores.get(piece as usize).copied().unwrap_or(self.unknown_score),
        };
        self.split(text).into_iter().map(worth).sum()
    }

    /// Calls `found(end, id)` for each piece that stands at `at`, shorter ones first.
    fn each_at(&self, raw: &[u8], at: usize, mut found: impl FnMut(usize, u32)) {
        let Some(byte) = raw.get(at) else { return };
        let (low, high) = self.first[usize::from(*byte)];
        let mut range = (low as usize, high as usize);
        let mut depth = 1;
        while range.0 < range.1 {
            if self.piece(range.0).len() == depth {
                found(at + depth, self.ids[range.0]);
                range.0 += 1;
            }
            let Some(byte) = raw.get(at + depth) else { return };
            range = self.narrow(range, depth, *byte);
            depth += 1;
        }
    }

    /// The pieces of `range` (alike in their first `depth` bytes) whose next byte is `byte`.
    fn narrow(&self, range: (usize, usize), depth: usize, byte: u8) -> (usize, usize) {
        let before = |below: &dyn Fn(u8) -> bool| {
            let (mut low, mut high) = range;
            while low < high {
                let middle = low.midpoint(high);
                // A piece that ends here sorts before all longer ones.
                match self.piece(middle).get(depth) {
                    Some(next) if !below(*next) => high = middle,
                    _ => low = middle + 1,
                }
            }
            low
        };
        (before(&|next| next < byte), before(&|next| next <= byte))
    }

    fn piece(&self, index: usize) -> &[u8] {
        &self.text[self.starts[index] as usize..self.starts[index + 1] as usize]
    }
}

/// The parts of a model file that [`Pieces::load`] reads: scores by id, and in byte order the pieces that may stand in
/// a text.
///
/// `pieces`: piece and score by id. `written`: whether the piece of an id stands for written text at all.
pub(crate) fn parts(pieces: &[(Vec<u8>, f32)], written: impl Fn(usize) -> bool) -> Parts {
    let mut order: Vec<usize> = (0..pieces.len()).filter(|id| written(*id)).collect();
    order.sort_by_key(|id| &pieces[*id].0);
    let words = |numbers: &mut dyn Iterator<Item = usize>| -> Vec<u8> {
        numbers.flat_map(|number| (number as u32).to_le_bytes()).collect()
    };
    let mut end = 0;
    let ends = order.iter().map(|id| {
        end += pieces[*id].0.len();
        end
    });
    let starts = words(&mut std::iter::once(0).chain(ends));
    let text = order.iter().flat_map(|id| pieces[*id].0.iter().copied()).collect();
    let ids = words(&mut order.iter().copied());
    let scores = pieces.iter().flat_map(|(_, score)| score.to_le_bytes()).collect();
    [("pieces.text", text), ("pieces.starts", starts), ("pieces.ids", ids), ("pieces.scores", scores)]
        .map(|(name, data)| (name.to_owned(), data))
        .to_vec()
}

/// Strictly better only: the earlier start keeps its place on a tie.
fn improve(step: &mut Step, other: Step) {
    if other.score > step.score {
        *step = other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vocabulary whose ids are the places in `pieces`.
    fn vocabulary(pieces: &[(&str, f32)]) -> Pieces {
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by_key(|id| pieces[*id].0);
        let mut built = Pieces {
            text: Vec::new(),
            starts: vec![0],
            ids: order.iter().map(|id| *id as u32).collect(),
            scores: pieces.iter().map(|(_, score)| *score).collect(),
            first: Vec::new(),
            begins: Vec::new(),
            unknown: 0,
            unknown_score: -20.0,
        };
        for id in order {
            built.text.extend_from_slice(pieces[id].0.as_bytes());
            built.starts.push(built.text.len() as u32);
        }
        let all = (0, built.ids.len());
        built.first =
            (0..=u8::MAX).map(|byte| built.narrow(all, 0, byte)).map(|(a, b)| (a as u32, b as u32)).collect();
        built
    }

    #[test]
    fn the_most_probable_pieces_win() {
        let pieces = vocabulary(&[
            ("<unk>", 0.0),
            ("▁talks", -3.0),
            ("▁", -2.0),
            ("talk", -2.5),
            ("s", -1.0),
            ("▁t", -9.0),
        ]);
        assert_eq!(pieces.split("▁talks"), [1]);
        assert_eq!(pieces.split("▁talk"), [2, 3]);
        assert_eq!(pieces.split("▁talkss"), [1, 4]);
    }

    #[test]
    fn what_no_piece_covers_is_unknown_one_character_at_a_time() {
        let pieces = vocabulary(&[("<unk>", 0.0), ("▁", -2.0), ("ми", -3.0)]);
        assert_eq!(pieces.split("▁мия"), [1, 2, 0]);
        assert_eq!(pieces.split("日本"), [0, 0]);
        assert_eq!(pieces.split(""), [0]);
    }
}

//! Which words together name something: one move a word, BILUO (begin, inside, last, unit, out). A name never
//! reaches into the next sentence and never begins with white space.

use super::scores::Prepared;
use std::ops::Range;

/// Words a state looks at.
pub(super) const PLACES: usize = 3;

/// Kinds of moves, numbered as in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Begin,
    Inside,
    Last,
    Unit,
    Out,
}

impl Move {
    pub(super) fn numbered(number: u8) -> Option<Self> {
        let moves = [Self::Begin, Self::Inside, Self::Last, Self::Unit, Self::Out];
        moves.get(usize::from(number).checked_sub(1)?).copied()
    }
}

/// A name: its words, and the number of its kind.
pub(super) type Found = (Range<usize>, usize);

/// The names of a text. `moves` pairs each move with the number of its kind; a move without a kind, unless it is
/// Out, is never made. `begins` and `spaces` tell of each word whether it begins a sentence or is white space.
pub(super) fn find(
    prepared: &Prepared,
    moves: &[(Move, Option<usize>)],
    begins: &[bool],
    spaces: &[bool],
) -> Vec<Found> {
    let mut scores = vec![0.0; moves.len()];
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (word, space) in spaces.iter().enumerate() {
        let first = open.map(|(first, _)| first);
        let seen = [Some(word), first, first.map(|_| word.saturating_sub(1))];
        prepared.score(&seen, &mut scores);
        let goes_on = begins.get(word + 1).is_some_and(|begins| !begins);
        let valid = |(kind, label): (Move, Option<usize>)| match kind {
            Move::Begin => open.is_none() && label.is_some() && goes_on && !space,
            Move::Inside => label.is_some() && open.map(|(_, label)| label) == label && goes_on,
            Move::Last => label.is_some() && open.map(|(_, label)| label) == label,
            Move::Unit => open.is_none() && label.is_some() && !space,
            Move::Out => open.is_none(),
        };
        let mut best: Option<usize> = None;
        for (at, kind) in moves.iter().enumerate() {
            if valid(*kind) && best.is_none_or(|best| scores[at] > scores[best]) {
                best = Some(at);
            }
        }
        let Some((kind, label)) = best.map(|best| moves[best]) else { break };
        match (kind, label, open) {
            (Move::Begin, Some(label), _) => open = Some((word, label)),
            (Move::Last, _, Some((first, label))) => {
                found.push((first..word + 1, label));
                open = None;
            }
            (Move::Unit, Some(label), _) => found.push((word..word + 1, label)),
            _ => {}
        }
    }
    found
}

//! In which order deliveries that are due are taken up: by turns among readers, each reader's longest waiting first, so
//! that nobody's many stand before another one's first.

use news::ReaderId;
use std::collections::HashMap;

/// One receiver and story with something due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) receiver: i64,
    pub(super) story: i64,
    pub(super) reader: ReaderId,
    pub(super) origin: String,
}

/// `due` is in the order of waiting, and so is what is given within a turn.
pub(super) fn by_turns(due: Vec<Candidate>) -> Vec<Candidate> {
    let mut had: HashMap<ReaderId, usize> = HashMap::new();
    let turn = |one: Candidate| {
        let turn = had.entry(one.reader).or_default();
        *turn += 1;
        (*turn, one)
    };
    let mut turns: Vec<(usize, Candidate)> = due.into_iter().map(turn).collect();
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(readers: &[i64], expect: &[i64]) {
        let candidate = |(story, reader): (i64, &i64)| Candidate {
            receiver: *reader,
            story,
            reader: ReaderId(*reader),
            origin: String::new(),
        };
        let ordered = by_turns((0..).zip(readers).map(candidate).collect());
        assert_eq!(ordered.iter().map(|one| one.story).collect::<Vec<_>>(), expect, "{readers:?}");
    }

    #[test]
    fn everybody_has_a_turn_before_anybody_has_another() {
        check(&[], &[]);
        check(&[1, 1, 1, 1, 2, 3], &[0, 4, 5, 1, 2, 3]);
        check(&[1, 2, 1, 2, 2], &[0, 1, 2, 3, 4]);
        check(&[3, 3, 2, 2, 1], &[0, 2, 4, 1, 3]);
    }
}

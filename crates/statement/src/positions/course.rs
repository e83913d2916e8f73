//! How an actor's position on an issue went: when each stance was first told, and where it moved.
//!
//! In: what was told in a story, in order of time. Out: which of it begins a stance, and from which
//! earlier one it moved. What an article tells as taken before ("had ruled out") begins a stance only where nothing
//! was known, so that background repeated after a move does not undo it.

use super::cluster;
use news::Stance;
use std::collections::BTreeMap;

/// What was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub stance: Stance,
    /// Told as taken before.
    pub earlier: bool,
}

/// What it means for the course.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// It begins a stance.
    pub begins: bool,
    /// The one it moved away from, by its number: another side of the issue.
    pub moved_from: Option<usize>,
}

/// A position in a story, by whoever takes it and in whichever words.
#[derive(Clone, Copy, Debug)]
pub struct Stood<'a, Actor> {
    pub actor: Actor,
    /// What it is about, as it stands there.
    pub issue: &'a str,
    pub told: Told,
}

/// Where a position belongs; all numbers are those of positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The first on its issue, and the one whose words name it.
    pub issue: usize,
    pub named_by: usize,
    pub turn: Turn,
}

/// Puts a story's positions, in order of time, into issues, and finds the turns of each actor on each.
pub fn place<Actor: Copy + Ord>(stood: &[Stood<Actor>]) -> Vec<Placed> {
    let wordings: Vec<&str> = stood.iter().map(|one| one.issue).collect();
    let issues = cluster::issues(&wordings);
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut courses: BTreeMap<(Actor, usize), Vec<usize>> = BTreeMap::new();
    for (index, one) in stood.iter().enumerate() {
        firsts.entry(issues.of[index]).or_insert(index);
        courses.entry((one.actor, issues.of[index])).or_default().push(index);
    }
    let mut turns = vec![Turn::default(); stood.len()];
    for members in courses.values() {
        let told: Vec<Told> = members.iter().map(|index| stood[*index].told).collect();
        for (turn, index) in course(&told).into_iter().zip(members) {
            turns[*index] = Turn { moved_from: turn.moved_from.map(|before| members[before]), ..turn };
        }
    }
    let one = |(index, turn): (usize, Turn)| {
        let issue = issues.of[index];
        Placed { issue: firsts[&issue], named_by: issues.named_by[issue], turn }
    };
    turns.into_iter().enumerate().map(one).collect()
}

/// The course of what was told, one turn each.
pub fn course(told: &[Told]) -> Vec<Turn> {
    let mut now: Option<usize> = None;
    told.iter()
        .enumerate()
        .map(|(index, one)| {
            let turn = match now.and_then(|now| told.get(now).map(|before| (now, before))) {
                None => Turn { begins: true, moved_from: None },
                Some((_, before)) if one.earlier || before.stance == one.stance => Turn::default(),
                Some((now, before)) => {
                    Turn { begins: true, moved_from: before.stance.moves_to(one.stance).then_some(now) }
                }
            };
            if turn.begins {
                now = Some(index);
            }
            turn
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Told, course};
    use news::Stance;

    /// Words of stances, `<` in front of what is told as taken before; expects `+` begins, `>` moved, `.` neither.
    fn check(told: &str, expected: &str) {
        let told: Vec<Told> = told
            .split(' ')
            .map(|word| Told {
                stance: Stance::from_word(word.trim_start_matches('<')).unwrap(),
                earlier: word.starts_with('<'),
            })
            .collect();
        let turns: String = course(&told)
            .iter()
            .map(|turn| match (turn.begins, turn.moved_from) {
                (_, Some(_)) => '>',
                (true, None) => '+',
                (false, None) => '.',
            })
            .collect();
        assert_eq!(turns, expected);
    }

    #[test]
    fn courses() {
        check("rules_out rules_out undecided", "+.>");
        check("<rules_out undecided <rules_out", "+>.");
        check("rejects rules_out rejects", "+++");
        check("demands offers rejects", "++>");
    }
}

//! How an actor's position on an issue went: when each stance was first told, and where it moved.
//!
//! In: what was told of one actor on one issue, in order of time. Out: which of it begins a stance, and from which
//! earlier one it moved. What an article tells as taken before ("had ruled out") begins a stance only where nothing
//! was known, so that background repeated after a move does not undo it.

use news::Stance;

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

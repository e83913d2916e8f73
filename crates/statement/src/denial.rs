//! Whether one statement takes another one back: a cue that denies or corrects, and mostly the same words.
//!
//! In: a cue, and the words of both. Out: a verdict that is rather missed than wrong. English, cues in six languages.

use crate::hash;
use crate::lexicon::{self, class};
use std::collections::HashSet;

/// Words in common that make two statements one matter.
const LEAST_SHARED: usize = 3;
/// Share of the shorter one's words that both must have.
const MOSTLY: f64 = 0.6;

/// Beginnings of cues that deny or correct.
const CUES: &[&str] = &[
    "den",
    "retract",
    "withdr",
    "recant",
    "disavow",
    "walk back",
    "walked back",
    "walking back",
    "took back",
    "take back",
    "correct",
    "clarif",
    "disput",
    "refut",
];

/// Whether words given with this cue may take back what was said before.
pub fn takes_back(cue: &str, negated: bool) -> bool {
    let cue = cue.to_lowercase();
    negated || CUES.iter().any(|begin| cue.starts_with(begin))
}

/// Beginnings of cues behind which stands what is not so, or is said no more.
const REJECTING: &[&str] = &[
    "den",
    "retract",
    "withdr",
    "recant",
    "disavow",
    "disput",
    "refut",
    "dement",
    "bestr",
    "widerr",
    "dément",
    "rétract",
    "desmint",
    "desmient",
    "retir",
    "запереч",
    "спросту",
    "відклик",
    "опроверг",
    "отриц",
    "отозв",
];

/// Whether indirect words given with this cue are not what is meant: who writes that a claim is withdrawn does not report it.
pub fn rejects(cue: &str, negated: bool) -> bool {
    let cue = cue.to_lowercase();
    let words = || cue.split_whitespace().take(2);
    negated || REJECTING.iter().any(|begin| words().any(|word| word.starts_with(begin)))
}

/// The words of a statement that carry its matter.
pub fn matter(pieces: &[&str]) -> HashSet<u32> {
    let words = pieces.iter().flat_map(|piece| piece.split(|c: char| !c.is_alphanumeric()));
    let long = words.filter(|word| word.chars().nth(3).is_some());
    let open = long.map(hash::word).filter(|word| {
        let entry = lexicon::entry(*word);
        entry.class == 0 || entry.class >= class::END || entry.class == class::TITLE
    });
    open.collect()
}

/// Whether both are about one matter in mostly the same words.
pub fn concerns(denial: &HashSet<u32>, earlier: &HashSet<u32>) -> bool {
    let shared = denial.intersection(earlier).count();
    shared >= LEAST_SHARED && shared as f64 >= MOSTLY * denial.len().min(earlier.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::{concerns, matter, rejects, takes_back};

    #[test]
    fn a_denial_concerns_what_it_repeats() {
        let check = |denial: &str, earlier: &str, expect: bool| {
            assert_eq!(concerns(&matter(&[denial]), &matter(&[earlier])), expect, "{denial} / {earlier}");
        };
        let earlier = "“We will freeze the ferry treaty until the harbour is cleared”";
        check("that the ferry treaty would be frozen until the harbour was cleared", earlier, true);
        check("that he had been drunk at the harbour", earlier, false);
        check("it", earlier, false);
    }

    #[test]
    fn cues_that_reject_what_they_give() {
        for cue in
            ["withdrew a report", "denied", "bestritt", "a démenti", "desmintió", "спростував", "опроверг"]
        {
            assert!(rejects(cue, false), "{cue}");
        }
        assert!(!rejects("said", false) && !rejects("clarified", false) && rejects("said", true));
    }

    #[test]
    fn cues_that_take_back() {
        for (cue, negated, expect) in
            [("denied", false, true), ("Denies", false, true), ("said", true, true), ("said", false, false)]
        {
            assert_eq!(takes_back(cue, negated), expect, "{cue}");
        }
    }
}

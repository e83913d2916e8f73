//! Bodies that every country or town has one of, and whose they are: *the Bank of A* is not *the Bank of B*.

use super::{Frame, Word};

/// Beginnings of words for such bodies and offices.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "bank", "banque", "banco", "banca", "court", "tribunal", "parliament", "parlament", "parlement", "senate", "sénat",
    "senado", "government", "gouvernement", "gobierno", "governo", "president", "président", "minister", "ministre",
    "ministro", "ministry", "mayor", "maire", "alcalde", "bishop", "university", "université", "universidad",
];
/// Words between a body and whose it is; articles may follow.
const OF: &[&str] = &["of", "du", "de", "des", "von", "der", "del", "d"];
/// Words between a body and its owner at most, the first of them one of [`OF`].
const BETWEEN: usize = 2;

pub(super) fn is_body(word: &str) -> bool {
    BODIES.iter().any(|beginning| word.starts_with(beginning))
}

pub(super) fn is_of(word: &str) -> bool {
    OF.contains(&word)
}

/// The same body of two owners, neither of whom the other headline knows.
pub(super) fn differ(one: &Frame, other: &Frame) -> bool {
    let theirs: Vec<(u32, Word)> = owned(other).collect();
    owned(one).any(|(body, owner)| {
        let mut same = theirs.iter().filter(|(theirs, _)| *theirs == body).peekable();
        same.peek().is_some() && !other.has(owner.key) && same.all(|(_, theirs)| !one.has(theirs.key))
    })
}

/// Bodies with the name behind them that says whose they are.
fn owned(frame: &Frame) -> impl Iterator<Item = (u32, Word)> {
    let bodies = frame.words.iter().enumerate().filter(|(_, word)| word.body());
    bodies.filter_map(|(at, body)| {
        let behind = frame.words.get(at + 1..)?;
        behind.first().filter(|word| word.of())?;
        let owner = behind.iter().take(1 + BETWEEN).find(|word| word.tells())?;
        owner.is_name().then_some((body.key, *owner))
    })
}

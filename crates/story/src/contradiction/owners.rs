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

/// The places of words that stand before an owner's name and make one name of it: the body, and what sort of body it is (*the
/// central bank of A*, *la banque centrale d'A*).
pub(super) fn names(frame: &Frame) -> Vec<usize> {
    let sort = |at: usize| frame.words.get(at).is_some_and(|word| word.tells() && !word.number());
    let mut places = Vec::new();
    for (at, _) in bodies(frame) {
        places.push(at);
        if at > 0 && sort(at - 1) {
            places.push(at - 1);
        }
    }
    places
}

/// Bodies with the name behind them that says whose they are.
fn owned(frame: &Frame) -> impl Iterator<Item = (u32, Word)> {
    bodies(frame).map(|(at, owner)| (frame.words[at].key, owner))
}

/// The places of bodies, with their owners.
fn bodies(frame: &Frame) -> impl Iterator<Item = (usize, Word)> {
    let bodies = frame.words.iter().enumerate().filter(|(_, word)| word.body());
    bodies.filter_map(|(at, _)| {
        let behind = frame.words.get(at + 1..)?;
        behind.first().filter(|word| word.of())?;
        let owner = behind.iter().take(1 + BETWEEN).find(|word| word.tells())?;
        owner.is_name().then_some((at, *owner))
    })
}

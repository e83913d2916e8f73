//! Words of a stance by which nobody takes one: a judgement of what happened ("the incident was unacceptable"), what
//! somebody could say ("I could say, 'no, I want to ...'"), and verbs by which nobody refuses.

use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit};
use std::ops::Range;

/// Nouns for what happened, with their plural in `s`.
#[rustfmt::skip]
const HAPPENINGS: &[&str] = &[
    "incident", "attack", "shooting", "killing", "death", "assault", "shot", "strike", "raid", "crash", "accident", "explosion",
    "blast", "murder", "behavior", "behaviour", "conduct", "remark", "outburst", "violence", "leak", "breach", "mistake",
    "failure", "delay", "abuse", "treatment", "bombing", "shelling", "massacre", "riot", "stabbing", "scene",
];

/// Whether an issue, judged behind this form of "be", is over and so nothing to stand for or against.
pub(super) fn is_happening(page: &Page, issue: &Range<usize>, be: usize) -> bool {
    let past = is_one!(page.unit(be).word, "was" | "were" | "been");
    let head = issue.clone().take_while(|at| {
        !matches!(page.unit(*at).class, class::PREPOSITION | class::TO | class::RELATIVE | class::THAT)
    });
    past && head.last().is_some_and(|at| {
        let word = page.words(at).to_lowercase();
        HAPPENINGS.iter().any(|known| *known == word || word.strip_suffix('s') == Some(known))
    })
}

/// Where in a sentence begins what somebody only could say, in words of its own; its end when nothing does.
pub(super) fn supposed(page: &Page, sentence: &Range<usize>) -> usize {
    let word = |at: usize| page.unit(at).word;
    let opens = |at: usize| {
        let next = at + usize::from(matches!(page.unit(at).kind, Kind::Comma | Kind::Colon));
        page.words(next).starts_with(['\'', '"', '“', '‘', '«'])
    };
    let says = |at: &usize| {
        is_one!(word(*at), "could" | "would" | "might" | "may" | "can")
            && is_one!(word(*at + 1), "say" | "answer" | "reply" | "ask" | "tell")
            && opens(*at + 2)
    };
    sentence.clone().find(says).unwrap_or(sentence.end)
}

/// Verbs by which nobody refuses: "will not be", "won't need", "will not stop".
pub(super) fn is_state(unit: &Unit) -> bool {
    is_one!(
        unit.word,
        "be" | "have"
            | "need"
            | "happen"
            | "work"
            | "matter"
            | "know"
            | "see"
            | "get"
            | "come"
            | "go"
            | "stop"
            | "say"
            | "help"
            | "let"
            | "affect"
    )
}

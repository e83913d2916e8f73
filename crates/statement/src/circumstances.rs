//! What stands around a statement beside speaker and words: whom it was said to, on which occasion, and
//! whether the cue is negated. English.

use crate::hash::is_one;
use crate::lexicon::{class, frame};
use crate::page::{Page, open};
use crate::statement::Statement;
use crate::tongue::breaks;
use news::Span;
use std::ops::Range;

/// Units that an addressee or an occasion may have.
const LONGEST: usize = 10;
/// Nouns that name an occasion, with their plural in `s`.
const OCCASIONS: &[&str] = &[
    "interview",
    "briefing",
    "statement",
    "speech",
    "conference",
    "call",
    "letter",
    "tweet",
    "post",
    "email",
    "e-mail",
    "address",
    "appearance",
    "debate",
    "rally",
    "hearing",
    "testimony",
    "podcast",
    "video",
    "message",
    "memo",
    "op-ed",
    "article",
    "column",
    "meeting",
    "event",
    "forum",
    "summit",
    "broadcast",
    "remarks",
    "filing",
    "report",
    "note",
    "broadcast",
    "ceremony",
    "session",
    "visit",
    "lecture",
    "press",
    "telegram",
    "twitter",
    "facebook",
    "television",
    "tv",
];

/// Whom it was said to: "told REPORTERS that", "said to THE COUNCIL".
pub(crate) fn addressee(page: &Page, statement: &Statement) -> Option<Span> {
    let cue = statement.cue.clone()?;
    let told = cue.clone().any(|at| page.unit(at).frames & frame::ADDRESSEE > 0);
    let start =
        if told { cue.end } else { (page.unit(cue.end).class == class::TO).then_some(cue.end + 1)? };
    // "asked ADA HOLM" behind the words: she asks.
    (!taken(statement, start)).then(|| phrase(page, statement, start)).flatten()
}

/// Where or how: "IN A PHONE BRIEFING", "AT A RALLY IN OHIO".
pub(crate) fn occasion(page: &Page, statement: &Statement) -> Option<Span> {
    let cue = statement.cue.clone()?;
    let sentence = page.sentences.get(page.unit(cue.start).sentence as usize)?.clone();
    for at in sentence {
        if !is_one!(page.unit(at).word, "in" | "at" | "during" | "on" | "via") || taken(statement, at) {
            continue;
        }
        let last = (at + 1..at + LONGEST)
            .take_while(|next| !breaks(&page.unit(*next)) && !taken(statement, *next))
            .find(|next| is_occasion(page.words(*next)) && !is_occasion(page.words(next + 1)));
        if let Some(last) = last {
            return Some(page.span(at..last + 1));
        }
    }
    None
}

fn is_occasion(word: &str) -> bool {
    let lower = word.to_lowercase();
    OCCASIONS.iter().any(|known| *known == lower || lower.strip_suffix('s') == Some(known))
}

/// "never said", "did not say", "denied saying".
pub(crate) fn is_negated(page: &Page, statement: &Statement) -> bool {
    let Some(cue) = statement.cue.clone() else { return false };
    let from = cue.start.saturating_sub(3);
    let reached = statement.source.iter().map(|source| source.end).filter(|end| *end <= cue.start).max();
    (reached.unwrap_or(from).max(from)..cue.end).any(|at| {
        let unit = page.unit(at);
        unit.class == class::NEGATION && unit.sentence == page.unit(cue.start).sentence
            || page.words(at).ends_with("n't")
            || page.words(at).ends_with("n’t")
            || is_one!(unit.stem, "deny") && at + 1 < cue.end
    })
}

/// A noun phrase from `start` on that ends before the content begins.
fn phrase(page: &Page, statement: &Statement, start: usize) -> Option<Span> {
    let sentence = page.unit(start).sentence;
    let end = (start..start + LONGEST)
        .find(|at| {
            let unit = page.unit(*at);
            breaks(&unit)
                || taken(statement, *at)
                || unit.sentence != sentence
                || matches!(unit.class, class::THAT | class::TO | class::WH | class::PREPOSITION | class::DAY)
                || matches!(unit.class, class::CLAUSE | class::AND | class::BUT | class::ADVERB)
                || is_one!(unit.word, "ahead")
        })
        .filter(|end| *end > start)?;
    let named = (start..end).any(|at| {
        page.unit(at).class >= class::END && page.unit(at).class != open::LY
            || matches!(page.unit(at).class, class::OBJECT | class::ME | class::TITLE)
    });
    named.then(|| page.span(start..end))
}

fn taken(statement: &Statement, at: usize) -> bool {
    let within = |spans: &[Range<usize>]| spans.iter().any(|span| span.contains(&at));
    within(&statement.content) || within(&statement.source)
}

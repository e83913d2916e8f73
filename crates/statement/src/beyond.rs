//! What stands beside somebody's words and was taken for a part of them: whom it was told to and on which occasion, behind
//! words in marks that are complete. English.
//!
//! In: a page, its statements. Out: the same, whose content is no more than what was said.

use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Ending, Kind, Page, Unit};
use crate::statement::Statement;
use std::ops::Range;

/// Units of whom it was told to, and of an occasion.
const LONGEST: usize = 8;
/// Letters of a word that is written small in what something is called.
const SMALL: usize = 3;

/// Takes off each statement's content what was not said.
pub(crate) fn part(page: &Page, found: &mut Vec<Statement>) {
    for statement in found.iter_mut() {
        let Some(cue) = statement.cue.clone() else { continue };
        drop_behind(page, &cue, statement);
        part_listener(page, &cue, statement);
        part_occasion(page, &cue, statement);
    }
    found.retain(|statement| !statement.content.is_empty());
}

/// “We are joined,” Ada Holm told the state radio BEFORE FLYING HOME: a quotation that ends with its comma is over, and
/// words without marks behind its cue are the article's own.
fn drop_behind(page: &Page, cue: &Range<usize>, statement: &mut Statement) {
    let plain = |span: &Range<usize>| span.clone().all(|at| !page.unit(at).is_marked());
    let behind = statement.content.iter().any(|span| span.start >= cue.end && plain(span));
    let complete = |at: usize| {
        matches!(page.unit(at).kind, Kind::Quotation(Ending::Comma | Ending::Cry)) && at < cue.start
    };
    if !behind || !statement.content.iter().cloned().flatten().any(complete) {
        return;
    }
    // The host of “Morning Lorvane,” said it was over: what he is the host of is not said.
    let called = |span: &Range<usize>| span.clone().all(|at| complete(at) && is_called(page.words(at)));
    let spoken = |span: &Range<usize>| span.clone().any(|at| complete(at) && page.unit(at).capital);
    if statement.content.iter().any(called) {
        statement.content.retain(|span| !called(span));
    } else if statement.content.iter().any(spoken) {
        statement.content.retain(|span| span.start < cue.end || !plain(span));
    }
}

/// Two words and more with capitals, as what is called so has them: “This Week,”.
fn is_called(words: &str) -> bool {
    let mut all = words.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let long =
        || words.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3);
    words.split_whitespace().nth(1).is_some()
        && long().next().is_some()
        && all.all(|word| word.chars().nth(SMALL).is_none() || !word.starts_with(char::is_lowercase))
        && words.split_whitespace().filter(|word| word.contains(char::is_uppercase)).nth(1).is_some()
}

/// "telling A HEARING that they are": who is told stands in front of what they are told.
fn part_listener(page: &Page, cue: &Range<usize>, statement: &mut Statement) {
    let tells = is_one!(page.unit(cue.end - 1).stem, "tell" | "inform" | "remind" | "assure" | "notify");
    let Some(span) = statement.content.iter_mut().find(|span| span.start == cue.end).filter(|_| tells) else {
        return;
    };
    let way = span.clone().take(LONGEST).take_while(|at| is_of_phrase(&page.unit(*at)));
    let that = span.start + way.count();
    if that > span.start && that + 1 < span.end && page.unit(that).class == class::THAT {
        span.start = that;
    }
}

/// What may stand in the name of somebody who listens.
fn is_of_phrase(unit: &Unit) -> bool {
    unit.kind == Kind::Word
        && (unit.class >= class::END
            || matches!(
                unit.class,
                class::ARTICLE
                    | class::POSSESSIVE
                    | class::DETERMINER
                    | class::PREPOSITION
                    | class::TITLE
                    | class::DAY
            ))
}

/// "ruled out peacekeepers ON THE STATE RADIO", "calls five districts “lost” ON EVE OF TALKS": an occasion at the end of
/// words that are no clause.
fn part_occasion(page: &Page, cue: &Range<usize>, statement: &mut Statement) {
    let Some(span) = statement.content.last_mut().filter(|span| span.start >= cue.end) else { return };
    let marked = |at: &usize| page.unit(*at).is_marked();
    let Some(last) = span.clone().rev().find(marked) else {
        let owner = |at: usize| matches!(page.words(at), "'s" | "’s");
        let clause = span.clone().any(|at| is_of_clause(&page.unit(at)) && !owner(at));
        let start = span.clone().skip(1).find(|at| !clause && is_aired(page, *at, span.end));
        span.end = start.unwrap_or(span.end);
        return;
    };
    let calls = cue.clone().any(|at| {
        is_one!(
            page.unit(at).stem,
            "call" | "brand" | "dub" | "label" | "describe" | "term" | "denounce" | "condemn"
        )
    });
    let tail = last + 1;
    // “We will never sell” AND LEFT: words that the verb leads to without a conjunction.
    let clause = (tail..span.end).any(|at| is_of_clause(&page.unit(at)));
    let speech =
        is_one!(page.unit(cue.end - 1).stem, "say" | "tell" | "write" | "tweet" | "shout" | "reply" | "post");
    let led = speech && last == span.start && last == cue.end && page.unit(last).is_quotation() && !clause;
    let goes_on = page.unit(tail).class == class::AND
        || is_one!(
            page.unit(tail).word,
            "on" | "in" | "at" | "during" | "after" | "before" | "while" | "when"
        );
    let opens =
        is_one!(page.unit(tail).word, "on" | "before" | "after" | "during" | "ahead" | "amid" | "at" | "in");
    if (calls && opens || led && goes_on) && tail < span.end {
        span.end = tail;
    }
}

/// "on her country's state radio", up to the end of what was said.
fn is_aired(page: &Page, at: usize, end: usize) -> bool {
    is_one!(page.unit(at).word, "on")
        && (at + 2..=at + LONGEST).contains(&(end - 1))
        && is_one!(page.unit(end - 1).word, "radio" | "television" | "tv")
        && (at + 1..end).all(|at| page.unit(at).kind == Kind::Word)
}

fn is_of_clause(unit: &Unit) -> bool {
    matches!(
        unit.class,
        class::SUBJECT
            | class::THAT
            | class::BE
            | class::HAVE
            | class::DO
            | class::MODAL
            | class::TO
            | class::WH
    )
}

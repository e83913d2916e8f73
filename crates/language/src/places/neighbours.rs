//! What speaks against a place in the words right before and behind a name: a person's name, a newspaper's, a club's.

use super::choose::Around;
use super::scan::{Candidate, Part, Word};
use super::words;
use crate::names::cues;
use crate::stop;

/// How much: one is certainty. A country is a part of a person's name less often than a town is, but then as surely.
pub(super) fn against(around: &Around, candidate: &Candidate, large: bool) -> f64 {
    let part = &around.parts[candidate.part];
    inside(part, candidate) + behind(around, part, candidate, large) + before(around, part, candidate, large)
}

/// `Bank of England` where a town is called Bank; `University of Texas` as GeoNames has it.
fn inside(part: &Part, candidate: &Candidate) -> f64 {
    let first = &part.words[candidate.first].lower;
    let of = part.behind(candidate.end).is_some_and(|next| is_of(&next.lower));
    let several = candidate.end > candidate.first + 1;
    let town = ["san", "santa", "saint", "st", "fort", "mount", "lake"].contains(&&**first);
    if words::leads_another(first) && (of || several) && !town { 1.0 } else { 0.0 }
}

fn behind(around: &Around, part: &Part, candidate: &Candidate, large: bool) -> f64 {
    let possessive = part.words[candidate.end - 1].span.end > candidate.span.end;
    let Some(next) = part.behind(candidate.end).filter(|next| next.capital && !possessive) else {
        return 0.0;
    };
    let listed = around.firsts.contains(&(candidate.part, candidate.end));
    if words::makes_another(&next.lower) {
        1.0
    } else if words::stands_beside(&next.lower) || listed || says_nothing(part, candidate.end) {
        0.0
    } else if large {
        0.8
    } else {
        0.6
    }
}

fn before(around: &Around, part: &Part, candidate: &Candidate, large: bool) -> f64 {
    let Some(before) = part.before(candidate.first) else { return 0.0 };
    let of = is_of(&before.lower);
    let led = if of { part.before(candidate.first - 1) } else { Some(before) };
    if led.is_some_and(|led| led.capital && words::leads_another(&led.lower)) {
        return 1.0;
    }
    let lone = candidate.end == candidate.first + 1;
    if of || !lone || !before.capital || says_nothing(part, candidate.first) {
        return 0.0;
    }
    let place = around.ends.contains(&(candidate.part, candidate.first));
    let beside = words::stands_beside(&before.lower) && !cues::is_title(&before.lower);
    match before.begins {
        _ if place || beside => 0.0,
        true if !may_be_first_name(around, part, before) => 0.0,
        true if large => 0.3,
        false if large => 0.7,
        _ => 0.6,
    }
}

/// Whether a capital beside the gap in front of a word says nothing: in headlines, and in German.
fn says_nothing(part: &Part, at: usize) -> bool {
    part.shouting || part.language.code() == "de" || part.gap(at) != " "
}

fn is_of(word: &str) -> bool {
    matches!(word, "of" | "de" | "di" | "von" | "du" | "d’" | "d'")
}

/// Whether the first word of a sentence may be a person's first name: no small word, no verb, nowhere in lower case.
fn may_be_first_name(around: &Around, part: &Part, word: &Word) -> bool {
    let verb = word.lower.ends_with("ing") || word.lower.ends_with("ed");
    let common = stop::words(part.language).contains(&*word.lower)
        || around.lower.contains(&*word.lower)
        || words::is_locative(&word.lower, part.language);
    let cue = cues::is_title(&word.lower) || cues::is_first_name(&word.lower);
    cue || part.language.code() == "en" && !verb && !common
}

//! Statements by rules: quotations with a cue verb or a colon beside them, in any language whose verbs are
//! known; for English, when no weights came with the build, also "X said that ...".
//!
//! In: a page whose quotations are units. Out: statements. Never splits a quotation.

use crate::page::{Kind, Page};
use crate::statement::Statement;
use crate::tongue::{Tongue, breaks};
use std::ops::Range;

/// Units between a quotation and its verb.
const VERB_WITHIN: usize = 9;
/// Units of a speaker's name and description.
const SPEAKER_WITHIN: usize = 14;
/// How sure rules are: verb and speaker beside the marks; a colon; a verb without a speaker.
const SURE: f32 = 0.8;
const COLON: f32 = 0.6;
const NAMELESS: f32 = 0.4;
const CLAUSE: f32 = 0.5;

/// Statements around quotations.
pub(crate) fn statements(page: &Page, tongue: &Tongue) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for sentence in &page.sentences {
        let quotations: Vec<usize> = sentence.clone().filter(|at| page.unit(*at).is_quotation()).collect();
        for &at in &quotations {
            let Some(statement) = beside(page, tongue, at) else { continue };
            // Both halves of an interrupted quotation find the same verb.
            match found
                .iter_mut()
                .rev()
                .take(4)
                .find(|known| known.cue.is_some() && known.cue == statement.cue)
            {
                Some(known) => known.content.push(at..at + 1),
                None => found.push(Statement { content: std::iter::once(at..at + 1).collect(), ..statement }),
            }
        }
        if quotations.is_empty() {
            found.extend(clause(page, tongue, sentence));
        }
    }
    found
}

/// Cue and source beside a quotation; the content is left to the caller.
pub(crate) fn beside(page: &Page, tongue: &Tongue, at: usize) -> Option<Statement> {
    let sentence = page.sentences.get(page.unit(at).sentence as usize)?;
    behind(page, tongue, at)
        .or_else(|| before(page, tongue, sentence, at))
        .or_else(|| colon(page, sentence, at))
}

/// `"...", said Holm` and `"...", Holm said`.
fn behind(page: &Page, tongue: &Tongue, at: usize) -> Option<Statement> {
    let mut next = at + 1;
    while matches!(page.unit(next).kind, Kind::Comma | Kind::Punctuation) && next < at + 3 {
        next += 1;
    }
    let sentence = page.unit(at).sentence;
    let verb = (next..next + VERB_WITHIN)
        .take_while(|at| !breaks(&page.unit(*at)) && page.unit(*at).sentence == sentence)
        .find(|at| tongue.is_cue(&page.unit(*at)))?;
    let subject = trimmed(page, tongue, next..verb);
    let source = if subject.is_empty() { speaker_after(page, tongue, verb + 1) } else { subject };
    Some(said(source, verb))
}

/// `Holm said: "..."`, `On Monday said Holm, "..."`.
fn before(page: &Page, tongue: &Tongue, sentence: &Range<usize>, at: usize) -> Option<Statement> {
    let way = (sentence.start..at).rev().take(VERB_WITHIN + 6);
    let verb =
        way.take_while(|at| !page.unit(*at).is_quotation()).find(|at| tongue.is_cue(&page.unit(*at)))?;
    let start = (sentence.start..verb).rev().take_while(|at| !breaks(&page.unit(*at))).last().unwrap_or(verb);
    let subject = trimmed(page, tongue, start.max(verb.saturating_sub(SPEAKER_WITHIN))..verb);
    let source =
        if subject.clone().any(|at| page.unit(at).capital || tongue.pronoun(&page.unit(at)).is_some()) {
            subject
        } else {
            let inverted = speaker_after(page, tongue, verb + 1);
            if inverted.end <= at && !inverted.is_empty() { inverted } else { subject }
        };
    Some(said(source, verb))
}

/// `Holm: "..."`, and a quotation that a sentence with a colon announces.
fn colon(page: &Page, sentence: &Range<usize>, at: usize) -> Option<Statement> {
    if page.near(at, -1).kind != Kind::Colon {
        return None;
    }
    let source = sentence.start..at - 1;
    let named = source.len() <= 6
        && page.unit(source.start).capital
        && !source.clone().any(|at| breaks(&page.unit(at)));
    // "Cinéma : « Les Mains de sel », premier film": a rubric, and the title of a work.
    let goes_on = page.unit(at + 1).kind == Kind::Comma && at + 2 < sentence.end;
    if named && source.len() == 1 && goes_on {
        return None;
    }
    let source: Vec<_> = named.then_some(source).into_iter().collect();
    let confidence = if source.is_empty() { NAMELESS } else { COLON };
    Some(Statement { cue: None, source, content: Vec::new(), confidence })
}

/// `Holm said that ...`, up to the sentence's end.
fn clause(page: &Page, tongue: &Tongue, sentence: &Range<usize>) -> Option<Statement> {
    let that = sentence.clone().skip(2).find(|at| tongue.is_that(&page.unit(*at)))?;
    let verb = (that.saturating_sub(3)..that).rev().find(|at| tongue.is_cue(&page.unit(*at)))?;
    let start = (sentence.start..verb).rev().take_while(|at| !breaks(&page.unit(*at))).last()?;
    let source = trimmed(page, tongue, start..verb);
    let last = if page.unit(sentence.end - 1).kind == Kind::Stop { sentence.end - 1 } else { sentence.end };
    if source.is_empty() || last <= that + 1 {
        return None;
    }
    Some(Statement {
        content: std::iter::once(that..last).collect(),
        confidence: CLAUSE,
        ..said(source, verb)
    })
}

fn said(source: Range<usize>, verb: usize) -> Statement {
    let confidence = if source.is_empty() { NAMELESS } else { SURE };
    let source = Some(source).filter(|source| !source.is_empty()).into_iter().collect();
    Statement { cue: Some(verb..verb + 1), source, content: Vec::new(), confidence }
}

/// The speaker behind a verb: up to a comma, a stop word or the sentence's end.
fn speaker_after(page: &Page, tongue: &Tongue, start: usize) -> Range<usize> {
    let mut end = start;
    let sentence = page.unit(start).sentence;
    while end < start + SPEAKER_WITHIN {
        let unit = page.unit(end);
        let article_first = end == start && !unit.capital;
        // "von der Leyen"
        let of_name = end > start && ["von", "van"].contains(&page.words(end - 1));
        if unit.sentence != sentence || breaks(&unit) || tongue.stops(&unit) && !article_first && !of_name {
            break;
        }
        end += 1;
    }
    start..end
}

/// A subject without the adverbs, conjunctions and auxiliaries around it.
fn trimmed(page: &Page, tongue: &Tongue, mut units: Range<usize>) -> Range<usize> {
    use crate::lexicon::class::{ADVERB, AND, BE, BUT, CLAUSE, DO, HAVE, MODAL, NEGATION};
    let weak = |at: usize| {
        let unit = page.unit(at);
        tongue.pronoun(&unit).is_none()
            && !unit.capital
            && (tongue.stops(&unit)
                || tongue.is_auxiliary(&unit)
                || matches!(unit.class, ADVERB | AND | BE | BUT | CLAUSE | DO | HAVE | MODAL | NEGATION))
    };
    while !units.is_empty() && weak(units.start) {
        units.start += 1;
    }
    while !units.is_empty() && weak(units.end - 1) {
        units.end -= 1;
    }
    units
}

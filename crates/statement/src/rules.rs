//! Statements by rules: quotations with a cue verb or a colon beside them, in any language whose verbs are
//! known; for English, when no weights came with the build, also "X said that ...".
//!
//! In: a page whose quotations are units. Out: statements. Never splits a quotation.

use crate::cast;
use crate::hash::is_one;
use crate::leftover;
use crate::lexicon::class;
use crate::page::{Ending, Kind, Page};
use crate::statement::Statement;
use crate::tongue::{Tongue, breaks};
use std::ops::Range;

/// Units between a quotation and its verb.
const VERB_WITHIN: usize = 9;
/// Units of a speaker's name and description.
const SPEAKER_WITHIN: usize = 14;
/// Words of the name of a newspaper or a work.
const WORK: u32 = 5;
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
        for &at in quotations.iter().filter(|at| !is_work(page, **at)) {
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

/// „The Counting House“: what a newspaper or a work is called is nobody's words.
fn is_work(page: &Page, at: usize) -> bool {
    page.unit(at).kind == Kind::Quotation(Ending::Open)
        && page.unit(at).words <= WORK
        && leftover::is_title(page, at)
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
    // "La procureure, Lise Hermantier, QUI disait": who is meant stands before the comma.
    let relative = is_one!(page.unit(subject.start).word, "qui" | "quien");
    let apposed = apposed(page, tongue, sentence, start).filter(|_| subject.is_empty() || relative);
    let subject = apposed.unwrap_or(subject);
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

/// `La préfète, Mathilde Corvin, a dit`, `Mathilde Corvin, préfète de la vallée, a dit`: the phrase in front of the
/// one between commas, with it.
fn apposed(page: &Page, tongue: &Tongue, sentence: &Range<usize>, start: usize) -> Option<Range<usize>> {
    let closed = start.checked_sub(1).filter(|comma| page.unit(*comma).kind == Kind::Comma)?;
    let opens = |at: usize| at == sentence.start || breaks(&page.unit(at - 1));
    let named = |at: usize| page.unit(at).capital || tongue.is_article(&page.unit(at));
    let phrase =
        |before: usize| (sentence.start..before).rev().find(|at| opens(*at)).filter(|at| *at < before);
    let comma = phrase(closed)?.checked_sub(1).filter(|comma| *comma >= sentence.start)?;
    let first = (page.unit(comma).kind == Kind::Comma).then(|| phrase(comma)).flatten()?;
    let whole = closed - first <= SPEAKER_WITHIN && named(first);
    whole.then_some(first..closed)
}

/// The speaker behind a verb: up to a comma, a stop word or the sentence's end; the name behind an office and a comma
/// too.
fn speaker_after(page: &Page, tongue: &Tongue, start: usize) -> Range<usize> {
    let first = page.unit(start);
    if !tongue.is_english() && tongue.pronoun(&first).is_some() {
        return start..start + 1;
    }
    let office = phrase_after(page, tongue, start);
    if office.is_empty() && !tongue.is_english() {
        return office_after(page, tongue, start).map_or(office, |at| speaker_after(page, tongue, at));
    }
    let led = !office.is_empty() && (tongue.is_article(&first) || cast::is_office(page, tongue, start));
    let name = office.end + 1;
    if !led || page.unit(office.end).kind != Kind::Comma {
        return office;
    }
    // "Me Gaspard Thuillot": a title that is a small word elsewhere.
    let titled = usize::from(page.unit(name).capital && page.unit(name).class < class::END);
    let length = (name + titled..name + SPEAKER_WITHIN)
        .take_while(|at| page.unit(*at).kind == Kind::Word && page.unit(*at).capital)
        .count();
    let end = name + titled + length;
    let closed = breaks(&page.unit(end)) || end == page.units.len();
    if length > 0 && closed && page.unit(end - 1).sentence == first.sentence { start..end } else { office }
}

/// "a déclaré à notre antenne LA PRÉFÈTE": an office behind what it was told to.
fn office_after(page: &Page, tongue: &Tongue, start: usize) -> Option<usize> {
    let way = (start + 1..start + VERB_WITHIN).take_while(|at| !breaks(&page.unit(*at)));
    way.into_iter().find(|at| {
        tongue.is_article(&page.unit(*at)) && cast::is_office(page, tongue, at + 1)
            || cast::is_definite(page, tongue, *at) && cast::is_office(page, tongue, *at)
    })
}

/// Words behind a verb up to a comma, a stop word or the sentence's end.
fn phrase_after(page: &Page, tongue: &Tongue, start: usize) -> Range<usize> {
    let mut end = start;
    let sentence = page.unit(start).sentence;
    while end < start + SPEAKER_WITHIN {
        let unit = page.unit(end);
        let article_first = end == start && tongue.is_article(&unit);
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

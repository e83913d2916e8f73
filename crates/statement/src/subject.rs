//! A cue whose source the models left open: the pronoun or name that stands right before it, and nothing else.

use crate::lexicon::class;
use crate::page::{Kind, Page, open};
use crate::statement::Statement;
use std::ops::Range;

/// Units between a subject and its cue ("has also", "did not").
const WITHIN: usize = 4;
/// Words of a name.
const LONGEST: usize = 6;

/// Gives statements around quotations their subject where it is plain to see.
pub(crate) fn find(page: &Page, found: &mut [Statement]) {
    for statement in found.iter_mut().filter(|statement| statement.source.is_empty()) {
        let Some(cue) = statement.cue.clone() else { continue };
        let marked = |at: usize| page.unit(at).is_marked();
        if !statement.content.iter().cloned().flatten().any(marked) {
            continue;
        }
        let subject = before(page, cue.start).or_else(|| inverted(page, &cue));
        let inside = |at: usize| statement.content.iter().any(|content| content.contains(&at));
        statement.source.extend(subject.filter(|subject| !subject.clone().any(inside)));
    }
}

/// `"...?" asked Ada Holm.`: the name that ends the sentence behind a quotation and its cue.
fn inverted(page: &Page, cue: &Range<usize>) -> Option<Range<usize>> {
    let quoted = cue.start.checked_sub(1).is_some_and(|before| page.unit(before).is_quotation());
    let named = |at: &usize| {
        let unit = page.unit(*at);
        unit.kind == Kind::Word && unit.capital && (unit.class >= class::END || unit.class == class::TITLE)
    };
    let end = cue.end + (cue.end..cue.end + LONGEST).take_while(named).count();
    let closed = matches!(page.unit(end).kind, Kind::Stop | Kind::Comma) || end == page.units.len();
    (quoted && closed && end > cue.end).then_some(cue.end..end)
}

/// The pronoun or name that stands right before a cue, over auxiliaries and adverbs.
pub(crate) fn before(page: &Page, cue: usize) -> Option<Range<usize>> {
    let sentence = page.unit(cue).sentence;
    let here = |at: usize| Some(page.unit(at)).filter(|unit| unit.sentence == sentence);
    let passed = |class: u8| {
        matches!(
            class,
            class::BE | class::HAVE | class::DO | class::MODAL | class::NEGATION | class::ADVERB | open::LY
        )
    };
    let mut end = cue;
    while end + WITHIN > cue && end > 0 && here(end - 1).is_some_and(|unit| passed(unit.class)) {
        end -= 1;
    }
    let last = end.checked_sub(1)?;
    let unit = here(last)?;
    if unit.class == class::SUBJECT {
        return Some(last..end);
    }
    let named = |at: usize| {
        here(at).is_some_and(|unit| {
            unit.kind == Kind::Word
                && unit.capital
                && (unit.class >= class::END || unit.class == class::TITLE)
        })
    };
    let start = (end.saturating_sub(LONGEST)..end).rev().take_while(|at| named(*at)).last()?;
    let opens = start.checked_sub(1).is_none_or(|before| {
        here(before).is_none_or(|unit| {
            unit.is_quotation()
                || matches!(unit.kind, Kind::Comma | Kind::Mark | Kind::Punctuation | Kind::Colon)
                || matches!(unit.class, class::AND | class::BUT | class::CLAUSE | class::ADVERB | class::THAT)
        })
    });
    opens.then_some(start..end)
}

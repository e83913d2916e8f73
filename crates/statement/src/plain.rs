//! "Holm said the ferry would sail" and "According to Holm, it will sail": plain indirect speech that the models passed over, told by its shape alone. English.

use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use crate::statement::Statement;
use crate::subject;
use std::ops::Range;

/// Units that a clause has at least.
const LEAST: usize = 3;
const SURE: f32 = 0.5;

/// Adds what stands in sentences without marks in which nothing was found.
pub(crate) fn add(page: &Page, found: &mut Vec<Statement>) {
    for sentence in &page.sentences {
        let taken = found.iter().any(|statement| {
            let units = statement.content.iter().chain(&statement.cue);
            units.into_iter().any(|units| units.start < sentence.end && units.end > sentence.start)
        });
        if !taken {
            found.extend(clause(page, sentence).or_else(|| according(page, sentence)));
        }
    }
}

fn clause(page: &Page, sentence: &Range<usize>) -> Option<Statement> {
    let marked = |at: usize| page.unit(at).is_quotation() || page.unit(at).kind == Kind::Mark;
    let is_said = |at: &usize| is_one!(page.unit(*at).word, "said" | "says");
    let verb = sentence.clone().find(is_said)?;
    let last = last(page, sentence);
    if verb + 1 + LEAST > last || !opens(&page.unit(verb + 1)) || sentence.clone().any(marked) {
        return None;
    }
    let source = subject::before(page, verb)?;
    Some(Statement {
        cue: Some(verb..verb + 1),
        source: std::iter::once(source).collect(),
        content: std::iter::once(verb + 1..last).collect(),
        confidence: SURE,
    })
}

/// `According to Holm, it will sail.`
fn according(page: &Page, sentence: &Range<usize>) -> Option<Statement> {
    let (cue, source) = (sentence.start..sentence.start + 2, sentence.start + 2);
    if !is_one!(page.unit(cue.start).word, "according") || !is_one!(page.unit(cue.start + 1).word, "to") {
        return None;
    }
    let comma = (source..sentence.end).find(|at| page.unit(*at).kind == Kind::Comma)?;
    let last = last(page, sentence);
    (comma > source && comma + LEAST < last).then(|| Statement {
        cue: Some(cue),
        source: std::iter::once(source..comma).collect(),
        content: std::iter::once(comma + 1..last).collect(),
        confidence: SURE,
    })
}

/// Where a sentence's words end, its full stop left out.
fn last(page: &Page, sentence: &Range<usize>) -> usize {
    sentence.end - usize::from(page.unit(sentence.end - 1).kind == Kind::Stop)
}

/// What a clause may begin with.
fn opens(unit: &Unit) -> bool {
    matches!(
        unit.class,
        class::THAT
            | class::SUBJECT
            | class::IT
            | class::ARTICLE
            | class::POSSESSIVE
            | class::DETERMINER
            | class::TITLE
            | open::CAPITAL
            | open::CAPITALS
    )
}

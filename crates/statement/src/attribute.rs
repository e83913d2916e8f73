//! The whole of it: a text in, attributions out.

use crate::cast::Cast;
use crate::learned::{decode, training, weights};
use crate::page::{Kind, Page};
use crate::speaker::Speakers;
use crate::statement::Statement;
use crate::tongue::Tongue;
use crate::{circumstances, leftover, rules};
use news::{Attribution, Language, Name, QuoteKind, Span};
use std::ops::Range;

/// Who said what in a text, in reading order.
///
/// `text` is an article's text (or headline), paragraphs parted by line breaks; `names` are those the language
/// room found in it, or none. English is read by the learned models, other languages by rules around
/// quotation marks. Spans are byte ranges of `text`.
pub fn attribute(text: &str, language: Language, names: &[Name]) -> Vec<Attribution> {
    match weights::english().filter(|_| language == Language::ENGLISH) {
        Some(weights) => {
            let page = Page::read(text, training::QUOTATION_WORDS);
            let found = decode::statements(&page, weights);
            finish(&page, found, language, names)
        }
        None => attribute_by_rules(text, language, names),
    }
}

/// The same by rules alone, in any language; for English when no weights are there, and to compare with.
pub fn attribute_by_rules(text: &str, language: Language, names: &[Name]) -> Vec<Attribution> {
    let page = Page::read(text, 1);
    let found = rules::statements(&page, Tongue::of(language));
    finish(&page, found, language, names)
}

/// The same for English with weights of one's own, for measuring them.
pub fn attribute_with(text: &str, weights: &weights::Weights, names: &[Name]) -> Vec<Attribution> {
    let page = Page::read(text, training::QUOTATION_WORDS);
    let found = decode::statements(&page, weights);
    finish(&page, found, Language::ENGLISH, names)
}

fn finish(page: &Page, mut found: Vec<Statement>, language: Language, names: &[Name]) -> Vec<Attribution> {
    leftover::place(page, &mut found);
    let mut speakers = Speakers::new(page, Tongue::of(language), Cast::of(page, names), &found);
    found.iter().map(|statement| attribution(page, statement, &mut speakers)).collect()
}

fn attribution(page: &Page, statement: &Statement, speakers: &mut Speakers) -> Attribution {
    let spans = |units: &[Range<usize>]| -> Vec<Span> {
        units.iter().map(|units| page.span(units.clone())).collect()
    };
    Attribution {
        content: spans(&statement.content),
        source: spans(&statement.source),
        cue: statement.cue.iter().map(|cue| page.span(cue.clone())).collect(),
        kind: kind(page, statement),
        speaker: speakers.next(statement),
        addressee: circumstances::addressee(page, statement),
        occasion: circumstances::occasion(page, statement),
        negated: circumstances::is_negated(page, statement),
        confidence: statement.confidence,
    }
}

/// Direct when every unit of the content stands in marks, indirect when none does.
fn kind(page: &Page, statement: &Statement) -> QuoteKind {
    let units = || statement.content.iter().cloned().flatten().map(|at| page.unit(at));
    let marked = |unit: &crate::page::Unit| unit.is_quotation() || unit.quoted;
    let plain = units().any(|unit| !marked(&unit) && matches!(unit.kind, Kind::Word | Kind::Number));
    match (units().any(|unit| marked(&unit)), plain) {
        (true, false) => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        (false, _) => QuoteKind::Indirect,
    }
}

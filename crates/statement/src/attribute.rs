//! The whole of it: a text in, attributions out.

use crate::cast::Cast;
use crate::learned::{decode, training, weights};
use crate::page::{Kind, Page};
use crate::sheet::Sheet;
use crate::speaker::Speakers;
use crate::statement::Statement;
use crate::tongue::Tongue;
use crate::{
    beyond, circumstances, headline, introduced, leftover, plain, rules, subject, transcript, unsaid,
};
use news::{Attribution, Language, Name, QuoteKind, Span, Statements};
use std::ops::Range;

/// Who said what in a text, and whom it introduces.
///
/// `sheet` is an article's text (or headline); `names` are those the language room found in it, or none. English is
/// read by the learned models, other languages by rules around quotation marks. Spans are byte ranges of the text.
pub fn read(sheet: &Sheet, language: Language, names: &[Name]) -> Statements {
    match weights::english().filter(|_| language == Language::ENGLISH) {
        Some(weights) => read_with(sheet, weights, names),
        None => {
            let page = Page::read(sheet, 1);
            let found = rules::statements(&page, Tongue::of(language));
            finish(&page, found, language, names)
        }
    }
}

/// The statements that [`read`] finds in a text.
pub fn attribute(text: &str, language: Language, names: &[Name]) -> Vec<Attribution> {
    read(&Sheet::of(text), language, names).attributions
}

/// The same by rules alone, in any language; for English when no weights are there, and to compare with.
pub fn attribute_by_rules(text: &str, language: Language, names: &[Name]) -> Vec<Attribution> {
    let page = Page::read(&Sheet::of(text), 1);
    let found = rules::statements(&page, Tongue::of(language));
    finish(&page, found, language, names).attributions
}

/// The same for English with weights of one's own, for measuring them.
pub fn attribute_with(text: &str, weights: &weights::Weights, names: &[Name]) -> Vec<Attribution> {
    read_with(&Sheet::of(text), weights, names).attributions
}

fn read_with(sheet: &Sheet, weights: &weights::Weights, names: &[Name]) -> Statements {
    let page = Page::read(sheet, training::QUOTATION_WORDS);
    let found = decode::statements(&page, weights);
    finish(&page, found, Language::ENGLISH, names)
}

fn finish(page: &Page, mut found: Vec<Statement>, language: Language, names: &[Name]) -> Statements {
    let tongue = Tongue::of(language);
    leftover::place(page, tongue, &mut found);
    if language == Language::ENGLISH {
        beyond::part(page, &mut found);
        subject::find(page, &mut found);
        plain::add(page, &mut found);
        unsaid::drop(page, names, &mut found);
    }
    transcript::add(page, &mut found);
    headline::add(page, names, &mut found);
    found.sort_by_key(|statement| statement.content.first().map(|span| span.start));
    let mut speakers = Speakers::new(page, tongue, Cast::of(page, tongue, names, &found), &found);
    let attributions: Vec<_> =
        found.iter().map(|statement| attribution(page, statement, &mut speakers)).collect();
    Statements { introduced: introduced::introduced(page, speakers.cast(), &attributions), attributions }
}

fn attribution(page: &Page, statement: &Statement, speakers: &mut Speakers) -> Attribution {
    let spans = |units: &[Range<usize>]| -> Vec<Span> {
        units
            .iter()
            .flat_map(|units| by_paragraph(page, units.clone()))
            .map(|units| page.span(units))
            .collect()
    };
    Attribution {
        content: spans(&statement.content),
        source: spans(&statement.source),
        cue: statement.cue.iter().map(|cue| page.span(cue.clone())).collect(),
        kind: kind(page, statement),
        speaker: speakers.next(statement),
        office: statement.source.first().and_then(|source| introduced::office(page, source)),
        addressee: circumstances::addressee(page, statement),
        occasion: circumstances::occasion(page, statement),
        negated: circumstances::is_negated(page, statement),
        confidence: statement.confidence,
    }
}

/// A range of units in pieces of one paragraph each.
fn by_paragraph(page: &Page, units: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::with_capacity(1);
    for at in units {
        match pieces.last_mut() {
            Some(piece) if page.unit(piece.start).paragraph == page.unit(at).paragraph => piece.end = at + 1,
            _ => pieces.push(at..at + 1),
        }
    }
    pieces
}

/// Direct when every unit of the content stands in marks, indirect when none does.
fn kind(page: &Page, statement: &Statement) -> QuoteKind {
    let units = || statement.content.iter().cloned().flatten().map(|at| page.unit(at));
    let marked = crate::page::Unit::is_marked;
    let plain = units().any(|unit| !marked(&unit) && matches!(unit.kind, Kind::Word | Kind::Number));
    match (units().any(|unit| marked(&unit)), plain) {
        (true, false) => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        (false, _) => QuoteKind::Indirect,
    }
}

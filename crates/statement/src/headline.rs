//! "Lavrov: no talks before spring": a headline whose first words name a person, in any language, also one that could not
//! be told. "Gaza: twelve dead" and "Cinema: a first film" are none: places and rubrics say nothing.
//!
//! In: a page, the names that the language room found. Out: one statement at most.

use crate::lexicon::class;
use crate::page::{Kind, Page};
use crate::statement::Statement;
use news::{Name, NameKind};
use std::ops::Range;

/// Words of a name with its title, and of what is said at least.
const LONGEST: usize = 5;
const LEAST: usize = 2;
const SURE: f32 = 0.5;

/// Adds what a headline's first name says, when nothing was found in it.
pub(crate) fn add(page: &Page, names: &[Name], found: &mut Vec<Statement>) {
    let [sentence] = page.sentences.as_slice() else { return };
    if page.unit(sentence.end.saturating_sub(1)).kind == Kind::Stop || !found.is_empty() {
        return;
    }
    let Some(colon) = sentence.clone().take(LONGEST + 1).find(|at| page.unit(*at).kind == Kind::Colon) else {
        return;
    };
    let label = sentence.start..colon;
    let words = colon + 1..sentence.end;
    if words.len() >= LEAST && is_person(page, &label, names) {
        found.push(Statement {
            cue: None,
            source: std::iter::once(label).collect(),
            content: std::iter::once(words).collect(),
            confidence: SURE,
        });
    }
}

/// Words with capitals that end with a name known for a person's, or begin with a person's title.
fn is_person(page: &Page, label: &Range<usize>, names: &[Name]) -> bool {
    if label.is_empty() || !label.clone().all(|at| page.unit(at).kind == Kind::Word && page.unit(at).capital)
    {
        return false;
    }
    let titled = label.len() > 1 && page.unit(label.start).class == class::TITLE;
    let words = page.span(label.clone()).of(page.text);
    let known = names.iter().filter(|name| name.kind == NameKind::Person).any(|name| {
        let last = name.text.rsplit(' ').next();
        name.text == words || last == Some(words) || words.ends_with(&format!(" {}", name.text))
    });
    titled || known
}

//! Transcripts: paragraphs that open with who speaks ("Q.", "HOLM:", "Ada Holm:"), one after the other.
//!
//! In: a page. Out: a statement for each such paragraph, whose source is the label. Two labels make no transcript: it
//! takes several turns of at least two voices, one of which speaks again.

use crate::page::{Kind, Page};
use crate::statement::Statement;
use std::ops::Range;

/// Turns that make a transcript.
const LEAST_TURNS: usize = 3;
/// Words of a label.
const LONGEST: usize = 5;
const SURE: f32 = 0.7;

/// A paragraph with its label; the words behind it are what is said.
struct Turn {
    label: Range<usize>,
    words: Range<usize>,
}

/// The turns of a transcript in place of what was found inside them.
pub(crate) fn add(page: &Page, found: &mut Vec<Statement>) {
    let turns: Vec<Turn> = page.paragraphs.iter().filter_map(|units| turn(page, units)).collect();
    if !is_transcript(page, &turns) {
        return;
    }
    let inside = |at: usize| turns.iter().any(|turn| turn.label.start <= at && at < turn.words.end);
    found.retain(|statement| !statement.content.iter().any(|content| inside(content.start)));
    found.extend(turns.into_iter().map(|turn| Statement {
        cue: None,
        source: std::iter::once(turn.label).collect(),
        content: std::iter::once(turn.words).collect(),
        confidence: SURE,
    }));
}

fn turn(page: &Page, paragraph: &Range<usize>) -> Option<Turn> {
    let first = page.words(paragraph.start);
    // "Q." is one word with its full stop where a capital follows, and two elsewhere.
    let letter = matches!(first, "Q." | "A." | "Q" | "A");
    if letter {
        let stop = matches!(page.unit(paragraph.start + 1).kind, Kind::Colon | Kind::Stop);
        let start = paragraph.start + 1 + usize::from(stop);
        let told = (first.ends_with('.') || stop) && start < paragraph.end;
        return told
            .then(|| Turn { label: paragraph.start..paragraph.start + 1, words: start..paragraph.end });
    }
    let colon = paragraph.clone().take(LONGEST + 1).find(|at| page.unit(*at).kind == Kind::Colon)?;
    let label = paragraph.start..colon;
    let named = |at: usize| page.unit(at).kind == Kind::Word && page.unit(at).capital;
    (!label.is_empty() && label.clone().all(named) && colon + 1 < paragraph.end)
        .then(|| Turn { label, words: colon + 1..paragraph.end })
}

fn is_transcript(page: &Page, turns: &[Turn]) -> bool {
    let label = |turn: &Turn| page.unit(turn.label.start).word;
    let voices: std::collections::HashSet<u32> = turns.iter().map(label).collect();
    turns.len() >= LEAST_TURNS && voices.len() >= 2 && voices.len() < turns.len()
}

//! Headlines that capitalise every word ("Kern Tells Lorvane He Is Open to Talks"), where capitals do not tell a name: it ends
//! where a cue or a source does, at a verb of speech, and in front of a paper that somebody wrote.

use crate::hash::{Set, is_one};
use crate::lexicon::{class, frame};
use crate::page::{Kind, Page};
use crate::statement::Statement;
use std::ops::Range;

/// Units of a headline at most.
const LONGEST: usize = 30;
/// Letters from which on every word of such a headline has a capital, and such words that it has at least.
const LETTERS: usize = 4;
const LEAST: usize = 2;

/// Where names end in headlines that capitalise every word.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    /// Paragraphs that are such headlines.
    titled: Set,
    /// Units at which a source or a cue begins or ends.
    edges: Set,
}

impl Cuts {
    pub(super) fn of(page: &Page, said: &[Statement]) -> Self {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let titled: Set = page
            .paragraphs
            .iter()
            .enumerate()
            .filter(|(_, units)| is_titled(page, units))
            .map(|(index, _)| number(index))
            .collect();
        let parts = said.iter().flat_map(|said| said.source.iter().chain(&said.cue));
        let edges = if titled.is_empty() {
            Set::default()
        } else {
            parts.flat_map(|part| [number(part.start), number(part.end)]).collect()
        };
        Self { titled, edges }
    }

    /// Whether a name that began before ends in front of this unit.
    pub(super) fn ends(&self, page: &Page, at: usize) -> bool {
        let edge = || u32::try_from(at).is_ok_and(|at| self.edges.contains(&at));
        self.is_no_name(page, at) || self.titled.contains(&page.unit(at).paragraph) && edge()
    }

    /// Whether a word has its capital from such a headline alone.
    pub(super) fn is_no_name(&self, page: &Page, at: usize) -> bool {
        self.titled.contains(&page.unit(at).paragraph)
            && (is_speech(page, at) || is_paper(page.unit(at).word))
    }
}

/// Whether every long word has a capital, as no sentence does.
fn is_titled(page: &Page, units: &Range<usize>) -> bool {
    let long =
        |at: &usize| page.unit(*at).kind == Kind::Word && page.words(*at).chars().nth(LETTERS - 1).is_some();
    units.len() <= LONGEST
        && units.clone().filter(long).count() >= LEAST
        && units.clone().filter(long).all(|at| page.unit(at).capital)
}

/// "Says", "Orders", "Warned"; not the States of "United States".
fn is_speech(page: &Page, at: usize) -> bool {
    let unit = page.unit(at);
    let verb =
        unit.frames & (frame::QUOTE | frame::CLAUSE | frame::ADDRESSEE) > 0 && unit.frames & frame::NOUN == 0;
    let form = ["s", "ed"].iter().any(|end| page.words(at).ends_with(end))
        || is_one!(unit.word, "say" | "said" | "tell" | "told" | "warn" | "urge" | "vow");
    verb && form && unit.class >= class::END && !is_one!(unit.word, "states")
}

/// "U.N. REPORT Finds": what it says is nobody's by name.
fn is_paper(word: u32) -> bool {
    is_one!(word, "report" | "study" | "poll" | "survey" | "probe" | "inquiry" | "review" | "memo" | "draft")
}

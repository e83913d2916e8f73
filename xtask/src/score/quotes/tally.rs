//! Counts of right, found and wanted spans, and what they come to.

use super::{Labelled, Said};
use news::Span;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Right, found and wanted.
#[derive(Clone, Copy, Default)]
pub(crate) struct Count {
    right: f64,
    found: f64,
    wanted: f64,
}

impl Count {
    fn f1(self) -> f64 {
        let (precision, recall) = self.parts();
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    fn parts(self) -> (f64, f64) {
        (self.right / self.found.max(1.0), self.right / self.wanted.max(1.0))
    }

    fn add(&mut self, found: &BTreeSet<Span>, wanted: &BTreeSet<Span>) {
        self.right += found.intersection(wanted).count() as f64;
        self.found += found.len() as f64;
        self.wanted += wanted.len() as f64;
    }

    /// Bytes that both cover.
    fn add_covered(&mut self, found: &BTreeSet<Span>, wanted: &BTreeSet<Span>) {
        let (found, wanted) = (covered(found), covered(wanted));
        self.right += found.intersection(&wanted).count() as f64;
        self.found += found.len() as f64;
        self.wanted += wanted.len() as f64;
    }
}

fn covered(spans: &BTreeSet<Span>) -> BTreeSet<u32> {
    spans.iter().flat_map(|span| span.start..span.end).collect()
}

/// Counts of one kind of attributions.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    cue: Count,
    content: Count,
    source: Count,
    /// All spans of an attribution's content together.
    whole: Count,
    content_covered: Count,
    source_covered: Count,
    /// Attributions whose content shares an exact span with a gold one: how many, with the same source, with an
    /// overlapping one.
    matched: f64,
    same_source: f64,
    near_source: f64,
}

/// Counts over all attributions and over those with quotation marks.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) all: Counts,
    pub(crate) marked: Counts,
}

impl Tally {
    /// Adds one article.
    pub(crate) fn add(&mut self, article: &Labelled, found: &[Said]) {
        let all: (Vec<&Said>, Vec<&Said>) = (found.iter().collect(), article.gold.iter().collect());
        self.all.add(&all.0, &all.1);
        let only = |said: &[Said]| said.iter().filter(|said| said.marked).cloned().collect::<Vec<_>>();
        let (found, wanted) = (only(found), only(&article.gold));
        self.marked.add(&found.iter().collect::<Vec<_>>(), &wanted.iter().collect::<Vec<_>>());
    }

    /// The figures as lines.
    pub(crate) fn lines(&self) -> String {
        let mut lines = String::new();
        for (name, counts) in [("all", self.all), ("with marks", self.marked)] {
            let line = |name: &str, count: Count| {
                let (precision, recall) = count.parts();
                format!(
                    "{name} F1 {:.1} (P {:.1} R {:.1})",
                    count.f1() * 100.0,
                    precision * 100.0,
                    recall * 100.0
                )
            };
            let share = |part: f64| part / counts.matched.max(1.0) * 100.0;
            // Writing to a string cannot fail.
            let _ = writeln!(
                lines,
                "  {name:10}  exact: {}  {}  {}\n  {:10}  whole {}  bytes: {}  {}\n  {:10}  source given content: exact {:.1} %, overlapping {:.1} % of {}",
                line("content", counts.content),
                line("source", counts.source),
                line("cue", counts.cue),
                "",
                line("content", counts.whole),
                line("content", counts.content_covered),
                line("source", counts.source_covered),
                "",
                share(counts.same_source),
                share(counts.near_source),
                counts.matched,
            );
        }
        lines
    }
}

fn set<'said>(said: &[&'said Said], of: impl Fn(&'said Said) -> &'said [Span]) -> BTreeSet<Span> {
    said.iter().flat_map(|said| of(said).iter().copied()).collect()
}

impl Counts {
    fn add(&mut self, found: &[&Said], wanted: &[&Said]) {
        let content = (set(found, |said| &said.content), set(wanted, |said| &said.content));
        let source = (set(found, |said| &said.source), set(wanted, |said| &said.source));
        self.content.add(&content.0, &content.1);
        self.source.add(&source.0, &source.1);
        self.cue.add(&set(found, |said| &said.cue), &set(wanted, |said| &said.cue));
        self.content_covered.add_covered(&content.0, &content.1);
        self.source_covered.add_covered(&source.0, &source.1);
        let wholes = |said: &[&Said]| said.iter().map(|said| said.content.clone()).collect::<BTreeSet<_>>();
        let (found_wholes, wanted_wholes) = (wholes(found), wholes(wanted));
        self.whole.right += found_wholes.intersection(&wanted_wholes).count() as f64;
        self.whole.found += found_wholes.len() as f64;
        self.whole.wanted += wanted_wholes.len() as f64;
        for said in found {
            let matched =
                wanted.iter().find(|wanted| wanted.content.iter().any(|span| said.content.contains(span)));
            let Some(wanted) = matched else { continue };
            self.matched += 1.0;
            self.same_source += f64::from(u8::from(said.source == wanted.source));
            let touching = |a: &Span, b: &Span| a.start < b.end && b.start < a.end;
            let near = said.source.is_empty() && wanted.source.is_empty()
                || said.source.iter().any(|a| wanted.source.iter().any(|b| touching(a, b)));
            self.near_source += f64::from(u8::from(near));
        }
    }
}

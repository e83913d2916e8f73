//! What the trainer sees of a sentence with marked actors: the very features that the classifier reads later.

use crate::acts::features::Scene;
use crate::acts::words;
use crate::hash::Sink;
use crate::page::Page;
use crate::sheet::Sheet;
use news::Span;
use std::ops::Range;

/// Hashes of the features of a sentence with its actors, by their byte ranges.
pub fn hashes(sentence: &str, source: Span, target: Option<Span>) -> Vec<u32> {
    let page = Page::flat(&Sheet::of(sentence));
    let marks = words::marks(&page);
    let scene = Scene {
        sentence: 0..page.units.len(),
        source: units(&page, source),
        target: target.map_or(0..0, |target| units(&page, target)),
        page: &page,
        marks: &marks,
    };
    let mut sink = Sink::default();
    scene.features(&mut sink);
    sink.hashes
}

/// The units that touch a span.
pub(crate) fn units(page: &Page, span: Span) -> Range<usize> {
    let start = page.units.partition_point(|unit| unit.span.end <= span.start);
    let end = page.units.partition_point(|unit| unit.span.start < span.end);
    start..end.max(start)
}

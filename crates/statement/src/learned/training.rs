//! What the trainer sees: labelled sequences of hashed features, made from a text and the gold spans in it by the
//! very code that reads texts later.

use crate::hash::Sink;
use crate::learned::weights::Chain;
use crate::learned::{argument, cue, decode};
use crate::page::Page;
use crate::sheet::Sheet;
use news::Span;
use std::ops::Range;

/// A gold attribution, in byte spans.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

/// One sequence with its gold labels.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    pub hashes: Vec<u32>,
    /// Where each unit's hashes end.
    pub ends: Vec<u32>,
    pub labels: Vec<u8>,
}

/// Words a quotation needs to be looked at from outside only.
pub(crate) const QUOTATION_WORDS: usize = 4;

/// A sequence for each sentence: which units are cues.
pub fn cue_sequences(text: &str, gold: &[Gold]) -> Vec<Sequence> {
    let page = Page::read(&Sheet::of(text), QUOTATION_WORDS);
    let mut labels = vec![0; page.units.len()];
    for gold in gold {
        if let Some(cue) = cue_units(&page, gold) {
            mark(&mut labels, 0, cue, 0);
        }
    }
    let mut sequences = Vec::new();
    for (index, units) in page.sentences.iter().enumerate() {
        let mut sink = Sink::default();
        let mut sequence = Sequence::default();
        cue::features(&page, index, &mut sink, &mut sequence.ends);
        sequence.hashes = sink.hashes;
        sequence.labels = labels[units.clone()].to_vec();
        sequences.push(sequence);
    }
    sequences
}

/// A sequence for each gold cue, and one for each cue that `found` wrongly takes for one.
pub fn argument_sequences(text: &str, gold: &[Gold], found: &Chain) -> Vec<Sequence> {
    let page = Page::read(&Sheet::of(text), QUOTATION_WORDS);
    let cues: Vec<(Range<usize>, &Gold)> =
        gold.iter().filter_map(|gold| Some((cue_units(&page, gold)?, gold))).collect();
    let all = decode::cues(&page, found);
    let labelled = |cue: &Range<usize>, gold: &Gold| labelled(&page, cue, &all, gold);
    let mut sequences: Vec<Sequence> = cues.iter().map(|(cue, gold)| labelled(cue, gold)).collect();
    for wrong in &all {
        let touched = cues.iter().find(|(cue, _)| cue.start < wrong.end && wrong.start < cue.end);
        match touched {
            None => sequences.push(labelled(wrong, &Gold::default())),
            // Found with other edges: the same source and content, as far as the cue leaves them.
            Some((cue, gold)) if cue != wrong => sequences.push(labelled(wrong, gold)),
            Some(_) => {}
        }
    }
    sequences
}

fn labelled(page: &Page, cue: &Range<usize>, all: &[Range<usize>], gold: &Gold) -> Sequence {
    let reach = argument::reach(page, cue);
    let mut sink = Sink::default();
    let mut sequence = Sequence::default();
    argument::features(page, cue, all, &reach, &mut sink, &mut sequence.ends);
    sequence.hashes = sink.hashes;
    sequence.labels = vec![0; reach.len()];
    for (field, spans) in [(0, &gold.source), (1, &gold.content)] {
        for units in joined(spans.iter().filter_map(|span| units_of(page, *span)).collect()) {
            for part in [units.start..units.end.min(cue.start), units.start.max(cue.end)..units.end] {
                let inside = part.start.max(reach.start)..part.end.min(reach.end);
                if inside.start < inside.end && (inside.end <= cue.start || inside.start >= cue.end) {
                    mark(&mut sequence.labels, field, inside, reach.start);
                }
            }
        }
    }
    sequence
}

/// Touching ranges as one: gold spans sometimes end and begin anew between two sentences of one quotation.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Writes first, middle, last or only over a range, unless something is there already.
fn mark(labels: &mut [u8], field: u8, units: Range<usize>, offset: usize) {
    let Some(labels) = labels.get_mut(units.start - offset..units.end - offset) else { return };
    if labels.iter().any(|label| *label != 0) {
        return;
    }
    let last = labels.len() - 1;
    for (at, label) in labels.iter_mut().enumerate() {
        let part = match at {
            0 if last == 0 => 3,
            0 => 0,
            at if at == last => 2,
            _ => 1,
        };
        *label = 1 + field * 4 + part;
    }
}

fn cue_units(page: &Page, gold: &Gold) -> Option<Range<usize>> {
    units_of(page, *gold.cue.first()?)
}

/// The units that lie, by more than half, in a span.
fn units_of(page: &Page, span: Span) -> Option<Range<usize>> {
    let first = page.units.partition_point(|unit| unit.span.end <= span.start);
    let inside = |unit: &Span| {
        let shared = unit.end.min(span.end).saturating_sub(unit.start.max(span.start));
        shared * 2 > unit.end - unit.start
    };
    let mut range = None;
    for (at, unit) in page.units.iter().enumerate().skip(first) {
        if unit.span.start >= span.end {
            break;
        }
        if inside(&unit.span) {
            let start = range.map_or(at, |(start, _)| start);
            range = Some((start, at + 1));
        }
    }
    range.map(|(start, end)| start..end)
}

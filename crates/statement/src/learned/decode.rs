//! Labels into statements: cues sentence by sentence, then source and content of each cue, then one owner for
//! each quotation.

use crate::hash::Sink;
use crate::learned::lattice::Lattice;
use crate::learned::weights::{Chain, Weights, may_begin, may_end};
use crate::learned::{argument, cue};
use crate::page::Page;
use crate::statement::Statement;
use std::ops::Range;

/// What is taken off the score of "no cue": under zero the model is stricter, above it finds more. Chosen on
/// a part of the training texts.
const CUE_LEANING: f32 = 0.5;

/// Field numbers of the argument model's labels.
const SOURCE: usize = 0;
const CONTENT: usize = 1;

/// Buffers that are used again from sentence to sentence.
#[derive(Default)]
struct Work {
    sink: Sink,
    ends: Vec<u32>,
    states: Vec<f32>,
}

/// All statements of a page, in the order of their cues.
pub(crate) fn statements(page: &Page, weights: &Weights) -> Vec<Statement> {
    let mut work = Work::default();
    let cues = find_cues(page, &weights.cue, &mut work);
    let all: Vec<Range<usize>> = cues.iter().map(|(cue, _)| cue.clone()).collect();
    let found = cues.iter().filter_map(|cue| statement(page, &weights.argument, cue, &all, &mut work));
    let mut found: Vec<Statement> = found.collect();
    settle(page, &mut found);
    found.iter_mut().for_each(|statement| part_narrator(page, statement));
    found.retain(|statement| !statement.content.is_empty());
    found
}

/// Cues as unit ranges, for training the second model on what the first one finds.
pub(crate) fn cues(page: &Page, weights: &Chain) -> Vec<Range<usize>> {
    find_cues(page, weights, &mut Work::default()).into_iter().map(|(cue, _)| cue).collect()
}

/// Cues with their probability.
fn find_cues(page: &Page, chain: &Chain, work: &mut Work) -> Vec<(Range<usize>, f32)> {
    let (begins, ends) = edges(chain.labels);
    let mut found = Vec::new();
    for (index, units) in page.sentences.iter().enumerate() {
        work.sink.hashes.clear();
        work.ends.clear();
        cue::features(page, index, &mut work.sink, &mut work.ends);
        chain.states(&work.sink.hashes, &work.ends, &mut work.states);
        work.states.chunks_exact_mut(chain.labels).for_each(|row| row[0] -= CUE_LEANING);
        let lattice = Lattice {
            labels: chain.labels,
            states: &work.states,
            pairs: &chain.pairs,
            begins: &begins,
            ends: &ends,
        };
        let labels = lattice.best();
        if labels.iter().all(|label| *label == 0) {
            continue;
        }
        let sure = lattice.marginals();
        for (_, span) in spans(&labels) {
            let least = span.clone().map(|unit| 1.0 - sure.states[unit * chain.labels]).fold(1.0, f32::min);
            found.push((units.start + span.start..units.start + span.end, least));
        }
    }
    found
}

/// Source and content of one cue; `None` when nothing is said.
fn statement(
    page: &Page,
    chain: &Chain,
    (cue, sure): &(Range<usize>, f32),
    all: &[Range<usize>],
    work: &mut Work,
) -> Option<Statement> {
    let (begins, ends) = edges(chain.labels);
    let reach = argument::reach(page, cue);
    work.sink.hashes.clear();
    work.ends.clear();
    argument::features(page, cue, all, &reach, &mut work.sink, &mut work.ends);
    chain.states(&work.sink.hashes, &work.ends, &mut work.states);
    for unit in cue.clone() {
        let row = (unit - reach.start) * chain.labels;
        work.states[row + 1..row + chain.labels].fill(crate::learned::lattice::NEVER);
    }
    let lattice = Lattice {
        labels: chain.labels,
        states: &work.states,
        pairs: &chain.pairs,
        begins: &begins,
        ends: &ends,
    };
    let labels = lattice.best();
    let of = |field: usize| -> Vec<Range<usize>> {
        let spans = spans(&labels).into_iter().filter(|(found, _)| *found == field);
        spans.map(|(_, span)| reach.start + span.start..reach.start + span.end).collect()
    };
    let (source, content) = (of(SOURCE), of(CONTENT));
    if content.is_empty() {
        return None;
    }
    let path = (lattice.score(&labels) - lattice.log_sum()).min(0.0);
    let arguments = (path / 3.0).exp();
    Some(Statement {
        cue: Some(cue.clone()),
        source,
        content,
        confidence: (sure * arguments).clamp(0.0, 1.0),
    })
}

fn edges(labels: usize) -> (Vec<bool>, Vec<bool>) {
    ((0..labels).map(may_begin).collect(), (0..labels).map(may_end).collect())
}

/// Spans with their field (0 for the first four labels past "outside", 1 for the next four).
fn spans(labels: &[u8]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
        let (field, part) = ((usize::from(*label) - 1) / 4, (*label - 1) % 4);
        if matches!(part, 0 | 3) {
            start = at;
        }
        if matches!(part, 2 | 3) {
            found.push((field, start..at + 1));
        }
    }
    found
}

/// A quotation is one statement's: where several claim it, the surest keeps it.
fn settle(page: &Page, found: &mut [Statement]) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| found[*b].confidence.total_cmp(&found[*a].confidence).then(a.cmp(b)));
    let mut taken = vec![false; page.units.len()];
    for index in order {
        let claims = |span: &Range<usize>| span.clone().any(|unit| page.unit(unit).is_quotation());
        found[index].content.retain(|span| !claims(span) || !span.clone().any(|unit| taken[unit]));
        for unit in
            found[index].content.iter().cloned().flatten().filter(|unit| page.unit(*unit).is_quotation())
        {
            taken[unit] = true;
        }
    }
}

/// “We have waited,” Holm said TO SOME LAUGHTER. “We go.”: words without marks between two quotations, on the side of the
/// cue, are the article's own.
fn part_narrator(page: &Page, statement: &mut Statement) {
    let plain = |span: &Range<usize>| span.clone().all(|at| !page.unit(at).is_marked());
    let marked = |span: &Range<usize>| span.clone().all(|at| page.unit(at).is_quotation());
    let content = statement.content.clone();
    statement.content.retain(|span| {
        let before = content.iter().any(|other| marked(other) && other.end <= span.start);
        let behind = content.iter().any(|other| marked(other) && other.start >= span.end);
        !(plain(span) && before && behind)
    });
}

//! Who said what: exact and overlapping spans of content and source, and sources right given the content, on
//! labelled news articles; all attributions, and those whose content holds a quotation mark.
//!
//! Input is `quotes/polnear_dev.jsonl.gz`: `{"id","text","attributions":[{"source","cue","content"}]}` with spans
//! in code points. Evaluation only: nothing is fitted on it.

mod tally;

use super::jsonl;
use anyhow::Result;
use news::{Attribution, Language, Span};
use serde::Deserialize;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;
pub(crate) use tally::Tally;

/// A labelled article, spans in bytes.
pub(crate) struct Labelled {
    pub(crate) text: String,
    pub(crate) gold: Vec<Said>,
}

/// An attribution as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) source: Vec<Span>,
    pub(crate) cue: Vec<Span>,
    pub(crate) content: Vec<Span>,
    pub(crate) marked: bool,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    attributions: Vec<Spans>,
}

#[derive(Deserialize)]
struct Spans {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

type Extract = fn(&str, Language, &[news::Name]) -> Vec<Attribution>;

/// Scores the learned extractor and the rules.
pub(crate) fn run(data: &Path) -> Result<String> {
    let articles = read(&data.join("quotes/polnear_dev.jsonl.gz"))?;
    let mut page = String::new();
    let ways: [(&str, Extract); 2] =
        [("learned", statement::attribute), ("rules", statement::attribute_by_rules)];
    for (name, extract) in ways {
        // Lexicons and weights are unpacked at the first text; that is no part of the speed.
        extract("\"No,\" he said.", Language::ENGLISH, &[]);
        let mut tally = Tally::default();
        let start = Instant::now();
        let found: Vec<_> =
            articles.iter().map(|article| extract(&article.text, Language::ENGLISH, &[])).collect();
        let spent = start.elapsed();
        for (article, found) in articles.iter().zip(&found) {
            tally.add(article, &said(&article.text, found));
        }
        writeln!(page, "{name}: {:.0} articles/s on one core", articles.len() as f64 / spent.as_secs_f64())?;
        write!(page, "{}", tally.lines())?;
    }
    Ok(page)
}

/// Attributions in the form that is compared.
pub(crate) fn said(text: &str, found: &[Attribution]) -> Vec<Said> {
    let one = |found: &Attribution| Said {
        source: found.source.clone(),
        cue: found.cue.clone(),
        content: found.content.clone(),
        marked: is_marked(text, &found.content),
    };
    found.iter().map(one).collect()
}

/// Reads a labelled set.
pub(crate) fn read(path: &Path) -> Result<Vec<Labelled>> {
    let labelled = |line: Line| {
        let gold = line.attributions.iter().map(|spans| gold(&line.text, spans)).collect();
        Labelled { gold, text: line.text }
    };
    Ok(jsonl::read(path)?.into_iter().map(labelled).collect())
}

fn gold(text: &str, spans: &Spans) -> Said {
    let bytes = |points: &[[usize; 2]]| -> Vec<Span> {
        points.iter().map(|[start, end]| Span::new(byte(text, *start), byte(text, *end))).collect()
    };
    let content = bytes(&spans.content);
    Said { source: bytes(&spans.source), cue: bytes(&spans.cue), marked: is_marked(text, &content), content }
}

fn byte(text: &str, point: usize) -> usize {
    text.char_indices().nth(point).map_or(text.len(), |(at, _)| at)
}

fn is_marked(text: &str, content: &[Span]) -> bool {
    content.iter().any(|span| {
        let words = span.of(text);
        words.contains(['"', '“', '”']) || words.contains("''")
    })
}

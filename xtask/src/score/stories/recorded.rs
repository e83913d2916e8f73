//! Recorded headlines with labels of our own (`xtask/data/recorded`): the headlines lie outside the product, beside the
//! labelled sets; a label finds its headline by hash.

use super::stream::{Item, Stream, hash, item_of_headline};
use crate::parallel::in_parallel;
use crate::score::jsonl;
use anyhow::{Context, Result, bail};
use language::Reader;
use news::{ArticleId, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

/// Begins of the files that weights are fitted on,
pub(crate) const FITTED: &[&str] =
    &["2025-07-27", "2025-08-22", "2025-09-03", "2025-09-15", "2025-09-27", "2025-10-09", "2025-10-21"];

/// and of the one that nothing is fitted on, which was labelled twice.
pub(crate) const HELD: &str = "2025-08-08";

/// A recorded headline.
#[derive(Deserialize)]
struct Line {
    title: String,
    outlet: String,
    first_seen: String,
}

/// What a labelled set of recorded headlines is called.
pub(crate) fn name(begin: &str) -> String {
    format!("recorded {begin}")
}

/// The recorded headlines of each of these files of labels, read.
pub(crate) fn recorded(data: &Path, begins: &[&str], reader: &Reader) -> Result<Vec<Stream>> {
    let lines = lines(data)?;
    begins.iter().map(|begin| stream(&lines, begin, reader)).collect()
}

fn stream(lines: &HashMap<String, Line>, begin: &str, reader: &Reader) -> Result<Stream> {
    let labels = labels(begin)?;
    let item = |(number, label): (usize, &Label)| -> Result<Item> {
        let Some(line) = lines.get(&label.key) else {
            bail!("{begin}, line {}: no recorded headline has this hash", number + 1);
        };
        let at = time(&line.first_seen).with_context(|| format!("time {:?}", line.first_seen))?;
        let article = ArticleId(number as i64 + 1);
        Ok(item_of_headline(&line.title, &line.outlet, article, at, label.first, reader))
    };
    Ok(Stream { name: name(begin), items: in_parallel(&labels, item)? })
}

/// How the two readers of the held headlines grouped them.
pub(crate) fn readers() -> Result<[Vec<i64>; 2]> {
    let labels = labels(HELD)?;
    Ok([labels.iter().map(|label| label.first).collect(), labels.iter().map(|label| label.second).collect()])
}

struct Label {
    key: String,
    /// What the first reader said, and the second where there was one. A headline by itself is a story of its own.
    first: i64,
    second: i64,
}

fn labels(begin: &str) -> Result<Vec<Label>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/recorded/{begin}.txt"));
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let label = |(number, line): (i64, &str)| {
        let mut columns = line.split(' ');
        let key = columns.next().unwrap_or_default().to_owned();
        let mut story = || columns.next().map(|story| story.parse().unwrap_or(-number));
        let first = story().with_context(|| format!("{begin}, line {number}: no story"))?;
        Ok(Label { key, first, second: story().unwrap_or(first) })
    };
    (1..).zip(text.lines()).map(label).collect()
}

/// All recorded headlines by their hash.
fn lines(data: &Path) -> Result<HashMap<String, Line>> {
    let lines: Vec<Line> = jsonl::read(&data.join("replay/headlines_2025-07_2025-10.jsonl.gz"))?;
    let key = |line: &Line| {
        format!("{:016x}", hash(&format!("{}\t{}\t{}", line.first_seen, line.outlet, line.title)))
    };
    Ok(lines.into_iter().map(|line| (key(&line), line)).collect())
}

/// Minutes, as in `2025-07-24T14:27Z`.
fn time(written: &str) -> Option<Timestamp> {
    format!("{}:00Z", written.strip_suffix('Z')?).parse().ok()
}

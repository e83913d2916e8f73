//! `score feeds`: how well feeds are read, measured against the expectations of three other parsers' test suites, and how
//! hostile XML is met. Only fields that `news::FeedDocument` has are compared; what is left out is counted with its reason.
//!
//! Titles, names and descriptions are compared as text. Summaries and contents are cleaned HTML on our side, so they are
//! compared by their visible text and by every web address in them. Times, addresses, ids, lists and counts are compared exactly.

mod compare;
mod feed_rs;
mod feedparser;
mod gofeed;

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Scores every set under `data/feeds` and `data/hostile_xml`.
pub(crate) fn run(data: &Path) -> Result<String> {
    let mut report = String::new();
    report.push_str(&gofeed::score(&data.join("feeds/gofeed/testdata"))?);
    report.push_str(&feedparser::score(&data.join("feeds/feedparser"))?);
    report.push_str(&feed_rs::score(&data.join("feeds/feed-rs/fixture"))?);
    report.push_str(&hostile(&data.join("hostile_xml"))?);
    report.push_str(&speed(&data.join("feeds/feed-rs/fixture"))?);
    Ok(report)
}

/// Counts of one set.
#[derive(Default)]
pub(super) struct Tally {
    right: usize,
    wrong: Vec<String>,
    left_out: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn judge(&mut self, what: impl FnOnce() -> String, problem: Option<String>) {
        match problem {
            None => self.right += 1,
            Some(problem) => self.wrong.push(format!("{}: {problem}", what())),
        }
    }

    fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    /// One line of counts, then what was left out. Misses are listed when `FEED_MISSES` names how many.
    fn report(&self, name: &str, unit: &str) -> String {
        let total = self.right + self.wrong.len();
        let share = self.right as f64 / total.max(1) as f64 * 100.0;
        let mut text = format!("{name}: {} of {total} {unit} ({share:.1} %)\n", self.right);
        for (reason, count) in &self.left_out {
            let _ = writeln!(text, "    left out {count:>4}: {reason}");
        }
        for miss in self.wrong.iter().take(listed()) {
            let _ = writeln!(text, "    missed: {miss}");
        }
        text
    }
}

fn listed() -> usize {
    std::env::var("FEED_MISSES").ok().and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// Every file below `folder`, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}

/// Each file must be refused, and quickly.
fn hostile(folder: &Path) -> Result<String> {
    let mut tally = Tally::default();
    let mut slowest = Duration::ZERO;
    for path in
        files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
    {
        let bytes = read(&path)?;
        let begin = Instant::now();
        let answer = ingest::parse(&bytes, None, None);
        let took = begin.elapsed();
        slowest = slowest.max(took);
        let problem = match answer {
            Ok(_) => Some("was accepted".to_owned()),
            Err(_) if took >= Duration::from_millis(100) => Some(format!("took {took:?}")),
            Err(_) => None,
        };
        tally.judge(|| name_of(&path), problem);
    }
    Ok(tally.report("hostile_xml", &format!("refused; the slowest in {} us", slowest.as_micros())))
}

/// Entries a second on one core over the real feeds, everything included: decoding, cleaning, dates.
fn speed(folder: &Path) -> Result<String> {
    let feeds =
        files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "xml"));
    let feeds = feeds.map(|path| read(&path)).collect::<Result<Vec<_>>>()?;
    let (mut entries, mut bytes) = (0, 0);
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(2) {
        for feed in &feeds {
            bytes += feed.len();
            entries += ingest::parse(feed, None, None).map_or(0, |document| document.entries.len());
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    let (rate, megabytes) = (entries as f64 / seconds, bytes as f64 / seconds / 1e6);
    Ok(format!("speed: {rate:.0} entries/s, {megabytes:.1} MB/s on one core\n"))
}

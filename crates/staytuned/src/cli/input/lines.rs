//! JSON Lines of articles or headlines, under the names that recordings use for the same thing.

use super::Recorded;
use anyhow::{Context, Result};
use jiff::SignedDuration;
use news::{Entry, Language, Timestamp};
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read};

/// The longest line that is read.
const LONGEST_LINE: u64 = 16 << 20;
/// 2 March 2026, a Monday, at midnight.
const DAY: Timestamp = Timestamp::constant(1_772_409_600, 0);

/// One line.
#[derive(Debug, Deserialize)]
struct Line {
    title: Option<String>,
    #[serde(alias = "text", alias = "content")]
    body: Option<String>,
    #[serde(alias = "description")]
    summary: Option<String>,
    #[serde(alias = "link")]
    url: Option<String>,
    guid: Option<String>,
    source: Option<String>,
    outlet: Option<String>,
    feed: Option<String>,
    #[serde(alias = "byline")]
    author: Option<String>,
    #[serde(alias = "language")]
    lang: Option<String>,
    #[serde(alias = "published", alias = "pubDate", alias = "date")]
    published_at: Option<String>,
    #[serde(alias = "seen_at")]
    first_seen: Option<String>,
}

/// Reads lines one by one; one that is no article is an error that names its number, and the end.
pub(super) fn each(from: impl Read) -> impl Iterator<Item = Result<Recorded>> {
    let mut reader = BufReader::with_capacity(1 << 18, from);
    let mut number = 0;
    let mut line = Vec::new();
    std::iter::from_fn(move || {
        loop {
            number += 1;
            line.clear();
            match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(recorded(&line).with_context(|| format!("line {number}"))),
                Err(error) => return Some(Err(error.into())),
            }
        }
    })
}

fn recorded(line: &[u8]) -> Result<Recorded> {
    let line: Line = serde_json::from_slice(line)?;
    line.recorded()
}

impl Line {
    fn recorded(self) -> Result<Recorded> {
        let published = self.published_at.as_deref().and_then(moment);
        let seen_at = self.first_seen.as_deref().and_then(moment).or(published);
        let seen_at = seen_at.context("neither a time of publication nor of arrival that can be read")?;
        let title = self.title.filter(|title| !title.trim().is_empty()).context("no title")?;
        let entry = Entry {
            guid: self.guid,
            title: Some(title),
            link: self.url,
            summary: self.summary,
            content: self.body.filter(|body| !body.trim().is_empty()).map(|body| paragraphs(&body)),
            authors: self.author.into_iter().collect(),
            published,
            language: self.lang.as_deref().map(Language::parse).filter(|language| language.is_known()),
            ..Entry::default()
        };
        let source = self.source.or(self.outlet).or(self.feed);
        Ok(Recorded { source: source.unwrap_or_else(|| "unnamed".to_owned()), seen_at, entry })
    }
}

/// A time as feeds write it, or `T+HH:MM` of an invented day that has no date: it begins with [`DAY`], so that it
/// tells the same whenever it is read.
fn moment(written: &str) -> Option<Timestamp> {
    let Some(since) = written.strip_prefix("T+") else { return ingest::parse_date(written) };
    let (hours, minutes) = since.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    DAY.checked_add(SignedDuration::from_mins(hours.checked_mul(60)?.checked_add(minutes)?)).ok()
}

/// Plain text as the HTML that feeds carry: one paragraph a line.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>", escape(line))).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{DAY, each};

    #[test]
    fn the_demo_day_is_a_recording() {
        let day = include_str!("../../../../../demo/day.jsonl");
        let recorded: Vec<_> = each(day.as_bytes()).map(Result::unwrap).collect();
        assert_eq!(recorded.len(), day.lines().count());
        assert_eq!(recorded[0].source, "Funkhaus Brennmark");
        assert_eq!(recorded[0].seen_at.duration_since(DAY).as_mins(), 20);
    }

    #[test]
    fn a_line_that_is_no_article_is_named() {
        let lines =
            "{\"title\": \"Ferry aground\", \"date\": \"2026-03-02\"}\n{\"headline\": \"Ferry aground\"}\n";
        let error = each(lines.as_bytes()).find_map(Result::err);
        let error = format!("{:#}", error.unwrap());
        assert!(error.starts_with("line 2: "), "{error}");
    }
}

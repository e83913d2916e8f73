//! JSON Lines of articles or headlines, under the names that recordings use for the same thing.

use super::Recorded;
use anyhow::{Context, Result};
use news::{Entry, Language};
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read};

/// The longest line that is read.
const LONGEST_LINE: u64 = 16 << 20;

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
    #[serde(alias = "outlet", alias = "feed")]
    source: Option<String>,
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
        let published = self.published_at.as_deref().and_then(ingest::parse_date);
        let seen_at = self.first_seen.as_deref().and_then(ingest::parse_date).or(published);
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
        Ok(Recorded { source: self.source.unwrap_or_else(|| "unnamed".to_owned()), seen_at, entry })
    }
}

/// Plain text as the HTML that feeds carry: one paragraph a line.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>", escape(line))).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

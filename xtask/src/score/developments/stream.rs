//! The labelled streams of `tests/developments`: short reports of one story with what is new in each.

use anyhow::{Context, Result, bail};
use news::{Article, DevelopmentKind, Language, Timestamp};
use std::fs;
use std::path::Path;

/// Reports of one story in their order.
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) reports: Vec<Report>,
}

/// One report.
pub(crate) struct Report {
    pub(crate) outlet: String,
    pub(crate) article: Article,
    pub(crate) at: Timestamp,
    /// What it is the first to bring.
    pub(crate) news: Option<(String, DevelopmentKind)>,
    /// What it tells again, when it tells nothing new.
    pub(crate) again: Option<String>,
}

/// The streams of a folder by name.
pub(crate) fn read(folder: &Path) -> Result<Vec<Stream>> {
    let mut streams = Vec::new();
    for file in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = file?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path)?;
        streams.push(Stream { reports: reports(&text).with_context(|| name.clone())?, name });
    }
    streams.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(streams)
}

/// Monday, 5 October 2026, 06:00 UTC.
const START: i64 = 1_791_180_000;

fn reports(text: &str) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for block in text.split("\n@ ").map(|block| block.trim_start_matches("@ ")) {
        let mut lines = block.lines();
        let head: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
        let (minute, outlet) = match head.as_slice() {
            [minute, outlet, ..] => (minute.parse::<i64>().context("minute")?, *outlet),
            _ => bail!("no head: {block:?}"),
        };
        let title = lines.next().context("headline")?;
        let (mut text, mut news, mut again) = (Vec::new(), None, None);
        for line in lines {
            match (line.strip_prefix("+ "), line.strip_prefix("= ")) {
                (Some(gold), _) => {
                    let (key, kind) = gold.split_once(' ').context("kind")?;
                    news = Some((key.to_owned(), DevelopmentKind::from_word(kind).context("unknown kind")?));
                }
                (None, Some(key)) => again = Some(key.to_owned()),
                (None, None) => text.push(line),
            }
        }
        let at = Timestamp::from_second(START + minute * 60)?;
        let mut article = Article::headline(title).with_paragraphs(text);
        article.language = Language::parse(head.get(2).copied().unwrap_or("en"));
        article.published = Some(at);
        reports.push(Report { outlet: outlet.to_owned(), article, at, news, again });
    }
    Ok(reports)
}

//! Streams of our own (`xtask/data/affairs`): one big affair each, of dozens of stories that are alike because they are part
//! of it.

use super::stream::{Item, Stream};
use crate::parallel::in_parallel;
use anyhow::{Context, Result};
use language::Reader;
use news::{Article, ArticleId, Language, Timestamp};
use std::path::Path;

/// What comes between two stories of a file.
const PARTED_BY: &str = "--\n";

/// All affairs, read, by the names of their files.
pub(crate) fn affairs(reader: &Reader) -> Result<Vec<Stream>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/affairs");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| stream(path, reader)).collect()
}

fn stream(path: &Path, reader: &Reader) -> Result<Stream> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let stories = (0..).zip(text.split(PARTED_BY));
    let lines: Vec<(i64, &str)> =
        stories.flat_map(|(story, lines)| lines.lines().map(move |line| (story, line))).collect();
    let mut items = in_parallel(&lines, |(_, (story, line))| {
        item(line, *story, reader).with_context(|| format!("{}: {line:?}", path.display()))
    })?;
    items.sort_by_key(|item| item.at);
    for (number, item) in (1..).zip(&mut items) {
        item.article = ArticleId(number);
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Stream { name: format!("affair {name}"), items })
}

/// A line is the hours since the affair began, a language and a headline.
fn item(line: &str, story: i64, reader: &Reader) -> Result<Item> {
    let mut parts = line.splitn(3, ' ');
    let mut part = || parts.next().context("not hours, language and headline");
    let hours: f64 = part()?.parse().context("hours")?;
    let language = Language::parse(part()?);
    let title = part()?;
    let mut article = Article::headline(title);
    article.language = language;
    Ok(Item {
        article: ArticleId(0),
        at: Timestamp::from_second((hours * 3_600.0) as i64)?,
        family: String::new(),
        reading: reader.read(&article),
        text: String::new(),
        gold: story,
    })
}

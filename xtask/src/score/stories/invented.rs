//! Streams of our own: big affairs (`xtask/data/affairs`), each of dozens of stories that are alike because they are part of it,
//! weeks of several editors' roundups (`xtask/data/roundups`), a sentence or two an item, and weeks of headlines with leads
//! (`xtask/data/weeks`).

use super::blocks::{article, lines, texts};
use super::stream::{Item, Stream};
use crate::parallel::in_parallel;
use anyhow::{Context, Result};
use language::Reader;
use news::{ArticleId, Timestamp};

/// All affairs, read, by the names of their files.
pub(crate) fn affairs(reader: &Reader) -> Result<Vec<Stream>> {
    streams("affairs", reader, |_| true)
}

/// The roundups and weeks that weights are fitted on.
pub(crate) fn fitted_weeks(reader: &Reader) -> Result<Vec<Stream>> {
    weeks(reader, |name| name != HELD)
}

/// Those that nothing is fitted on.
pub(crate) fn held_weeks(reader: &Reader) -> Result<Vec<Stream>> {
    weeks(reader, |name| name == HELD)
}

const HELD: &str = "held";

fn weeks(reader: &Reader, wanted: impl Fn(&str) -> bool) -> Result<Vec<Stream>> {
    let mut all = streams("roundups", reader, &wanted)?;
    all.extend(streams("weeks", reader, &wanted)?);
    Ok(all)
}

fn streams(folder: &str, reader: &Reader, wanted: impl Fn(&str) -> bool) -> Result<Vec<Stream>> {
    let texts = texts(folder)?.into_iter().filter(|(name, _)| wanted(name));
    texts.map(|(name, text)| stream(format!("{folder} {name}"), &text, reader)).collect()
}

fn stream(name: String, text: &str, reader: &Reader) -> Result<Stream> {
    let lines: Vec<(usize, &str)> = lines(text).collect();
    let mut items = in_parallel(&lines, |(_, (story, line))| {
        item(line, *story as i64, reader).with_context(|| format!("{name}: {line:?}"))
    })?;
    items.sort_by_key(|item| item.at);
    for (number, item) in (1..).zip(&mut items) {
        item.article = ArticleId(number);
    }
    Ok(Stream { name, items })
}

/// A line is the hours since it began, a language, a headline and perhaps a lead.
fn item(line: &str, story: i64, reader: &Reader) -> Result<Item> {
    let mut parts = line.splitn(3, ' ');
    let mut part = || parts.next().context("not hours, language and headline");
    let hours: f64 = part()?.parse().context("hours")?;
    let article = article(part()?, part()?);
    Ok(Item {
        article: ArticleId(0),
        at: Timestamp::from_second((hours * 3_600.0) as i64)?,
        family: String::new(),
        reading: reader.read(&article),
        text: article.text,
        gold: story,
    })
}

#[cfg(test)]
mod tests {
    use super::{Item, affairs, streams};
    use language::Reader;
    use std::collections::HashSet;

    #[test]
    fn every_affair_and_week_is_sixty_stories_in_order() {
        let reader = Reader::new();
        let (affairs, weeks) = (affairs(&reader).unwrap(), streams("weeks", &reader, |_| true).unwrap());
        assert_eq!((affairs.len(), weeks.len()), (15, 3));
        for affair in affairs.iter().chain(&weeks) {
            let stories: HashSet<i64> = affair.gold().into_iter().collect();
            assert_eq!(stories.len(), 60, "{}", affair.name);
            assert!(affair.items.is_sorted_by_key(|item| (item.at, item.article)), "{}", affair.name);
        }
        // Some five articles in six have a lead.
        let led = |item: &&Item| !item.text.is_empty();
        assert!(weeks.iter().all(|week| week.items.iter().filter(led).count() * 4 > week.items.len() * 3));
    }
}

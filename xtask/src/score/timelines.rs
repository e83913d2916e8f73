//! How well a story is told day by day: the product's own timelines beside nineteen made by people (timeline17), by the
//! dates that they have in common and by what is said of them.
//!
//! The protocol is that of Gholipour Ghalandari and Ifrim (ACL 2020): for each human timeline the articles of its topic
//! between its first and last date, as many dates as it has, and as many sentences a date as it has on average.
//! Precision and recall are averaged over timelines, then F1 is taken of the means. AR1-F is "align+ m:1" of Martschat
//! and Markert, "Improving ROUGE for Timeline Summarization" (EACL 2017): `timelines/rouge.rs`.

mod porter;
mod rouge;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use jiff::civil::Date;
use language::{Reader, dates, lines};
use news::{Article, ArticleId, Language};
use rouge::Timeline;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use story::{Dated, Extent, day_of, timeline};

/// Topics whose timelines were looked at while the method's numbers were chosen.
const FITTED: [&str; 4] = ["bpoil", "H1N1", "IraqWar", "Finan"];

#[derive(Deserialize)]
struct Line {
    published_at: String,
    body: String,
    story: String,
}

/// What is told in one topic: texts, and when they tell what.
#[derive(Default)]
struct Topic {
    texts: Vec<String>,
    dated: Vec<Dated>,
}

/// A timeline by people.
struct Gold {
    topic: String,
    name: String,
    told: Timeline,
}

/// Precision and recall of dates, and of words aligned by date.
#[derive(Clone, Copy, Default)]
struct Scores {
    dates: (f64, f64),
    words: (f64, f64),
}

/// Prints the table.
pub(crate) fn run(data: &Path) -> Result<String> {
    let folder = data.join("clustering");
    let articles = folder.join("timeline17.jsonl.gz");
    if !articles.is_file() {
        return Ok("no data (clustering/timeline17.jsonl.gz)\n".to_owned());
    }
    let topics = topics(&articles)?;
    let golds = golds(&folder.join("timeline17_gold"))?;
    let mut text = String::new();
    let (mut fitted, mut other) = (Vec::new(), Vec::new());
    for gold in &golds {
        let topic = topics.get(&gold.topic).with_context(|| gold.topic.clone())?;
        let scores = score(topic, gold);
        let (days, sentences) = (gold.told.len(), sentences(&gold.told));
        writeln!(
            text,
            "{:<24} {days:>3} dates of {sentences}: date F1 {:.3}  AR1-F {:.3}",
            gold.name,
            f1(scores.dates),
            f1(scores.words)
        )?;
        let half = if FITTED.contains(&gold.topic.as_str()) { &mut fitted } else { &mut other };
        half.push(scores);
    }
    summarise(&mut text, "topics looked at", &fitted)?;
    summarise(&mut text, "the other topics", &other)?;
    let all: Vec<Scores> = fitted.into_iter().chain(other).collect();
    summarise(&mut text, "all (bars 0.544, 0.120)", &all)?;
    Ok(text)
}

fn summarise(text: &mut String, name: &str, scores: &[Scores]) -> Result<()> {
    let mean = |of: fn(&Scores) -> f64| scores.iter().map(of).sum::<f64>() / scores.len().max(1) as f64;
    let dates = (mean(|s| s.dates.0), mean(|s| s.dates.1));
    let words = (mean(|s| s.words.0), mean(|s| s.words.1));
    writeln!(
        text,
        "{name}, {} timelines: date F1 {:.3}  AR1-F {:.3} (precision {:.3}, recall {:.3})",
        scores.len(),
        f1(dates),
        f1(words),
        words.0,
        words.1
    )?;
    Ok(())
}

/// Our timeline against one by people.
fn score(topic: &Topic, gold: &Gold) -> Scores {
    let days: Vec<i32> = gold.told.keys().copied().collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Scores::default() };
    let dated: Vec<Dated> =
        topic.dated.iter().filter(|dated| (*first..=*last).contains(&dated.day)).cloned().collect();
    let extent =
        Extent { days: days.len(), sentences: sentences(&gold.told), between: Some((*first, *last)) };
    let ours: Timeline = timeline(&dated, &extent)
        .into_iter()
        .map(|day| {
            let words = |(article, span): &(ArticleId, news::Span)| {
                let text = usize::try_from(article.0).ok().and_then(|at| topic.texts.get(at));
                text.map_or_else(String::new, |text| span.of(text).to_owned())
            };
            (day.day, day.sentences.iter().map(words).collect())
        })
        .collect();
    let shared = ours.keys().filter(|day| gold.told.contains_key(day)).count() as f64;
    let share = |of: usize| shared / of.max(1) as f64;
    Scores { dates: (share(ours.len()), share(days.len())), words: rouge::aligned(&ours, &gold.told) }
}

/// Sentences of a day on average, at least one.
fn sentences(told: &Timeline) -> usize {
    let all: usize = told.values().map(Vec::len).sum();
    ((all as f64 / told.len().max(1) as f64).round() as usize).max(1)
}

fn f1((precision, recall): (f64, f64)) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// All articles by topic, read by the product's own reader; an article's number is its place in its topic.
fn topics(path: &Path) -> Result<BTreeMap<String, Topic>> {
    let file = BufReader::new(GzDecoder::new(File::open(path).with_context(|| path.display().to_string())?));
    let (reader, mut topics) = (Reader::default(), BTreeMap::<String, Topic>::new());
    for line in file.lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let date: Date = line.published_at.get(..10).unwrap_or_default().parse()?;
        let article = Article { text: line.body, language: Language::ENGLISH, ..Article::headline("") };
        let reading = reader.read(&article);
        let topic = topics.entry(line.story).or_default();
        let id = ArticleId(i64::try_from(topic.texts.len())?);
        let told = dates(&article.text, reading.language, date);
        topic.dated.push(Dated::of(id, day_of(date), None, &lines(&article, &reading), &told));
        topic.texts.push(article.text);
    }
    Ok(topics)
}

fn golds(folder: &Path) -> Result<Vec<Gold>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut golds = Vec::new();
    for file in files {
        let name = file.file_name().to_string_lossy().trim_end_matches(".jsonl").to_owned();
        let topic = name.split('_').next().unwrap_or_default().to_owned();
        for line in std::fs::read_to_string(file.path())?.lines() {
            let days: Vec<(String, Vec<String>)> = serde_json::from_str(line)?;
            let mut told = Timeline::new();
            for (date, sentences) in days {
                let date: Date = date.get(..10).unwrap_or_default().parse()?;
                told.entry(day_of(date)).or_default().extend(sentences);
            }
            golds.push(Gold { topic: topic.clone(), name: name.clone(), told });
        }
    }
    Ok(golds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::date_of;

    #[test]
    fn days_are_counted_both_ways() {
        let date: Date = "2011-01-25".parse().unwrap();
        assert_eq!(date_of(day_of(date)), Some(date));
        assert_eq!(day_of("1970-01-02".parse().unwrap()), 1);
        assert_eq!(date_of(-1), Some("1969-12-31".parse().unwrap()));
    }
}

//! How well what is new is told from what is known, on the streams of `tests/developments` (our own text): precision
//! and recall of developments, by kind, and how many came twice. Twenty of the seventy-five were held back from
//! fitting.

mod stream;

use crate::bench::core_time;
use anyhow::Result;
use language::{Reader, lines};
use news::{
    ArticleId, Attribution, Development, DevelopmentId, DevelopmentKind, Reading, StoryId, Timestamp,
};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use story::development::{Encode, Known, News, Step, Telling};
use story::{Arrival, Stories};
use stream::{Report, Stream};

/// Prints the table.
pub(crate) fn run(_: &Path) -> Result<String> {
    let mut text = String::new();
    let plain = Reader::new();
    text.push_str(&table(&plain, "without models")?);
    let encoders = [
        ("with the encoder", super::stories::fast_reader()?),
        ("with both encoders", super::stories::reader()?),
    ];
    let with = encoders.iter().zip([Reader::vectors, Reader::fine_vectors]);
    let readers: Vec<(&str, &Reader)> = with
        .filter(|((_, reader), vectors)| !vectors(reader, &[""]).is_empty())
        .map(|((models, reader), _)| (*models, reader))
        .collect();
    for (models, reader) in &readers {
        text.push_str(&table(reader, models)?);
    }
    text.push_str(&speed(&plain, "without models")?);
    // A reader of its own: that of the tables remembers what the fine encoder gave for these very headlines.
    let forgetful = super::stories::reader_remembering(0)?;
    for (models, reader) in readers {
        let fresh = if reader.is_fine() { &forgetful } else { reader };
        text.push_str(&speed(fresh, models)?);
    }
    Ok(text)
}

fn table(reader: &Reader, models: &str) -> Result<String> {
    let mut text = String::new();
    for part in ["fitted", "held"] {
        let streams = stream::read(&folder(part))?;
        let tally = Tally::of(&streams, reader);
        writeln!(
            text,
            "{part}, {models}: {} streams, {} reports, {} developments",
            streams.len(),
            tally.reports,
            tally.gold()
        )?;
        write!(text, "{}", tally.table())?;
        if part == "fitted" {
            tally.mistakes.iter().try_for_each(|mistake| writeln!(text, "  {mistake}"))?;
        }
    }
    Ok(text)
}

/// The folder of a part of the streams.
fn folder(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/developments").join(part)
}

/// Counts of one kind.
#[derive(Clone, Copy, Default)]
struct Count {
    gold: u32,
    /// Found as new, of whatever kind, and of the right one.
    found: u32,
    right: u32,
    published: u32,
    /// Published where nothing was new.
    wrong: u32,
}

#[derive(Default)]
struct Tally {
    kinds: BTreeMap<&'static str, Count>,
    reports: usize,
    /// One development published a second time.
    twice: u32,
    /// Not at the report that brings it, but at one that tells it again: once, and too late.
    late: u32,
    mistakes: Vec<String>,
}

impl Tally {
    fn of(streams: &[Stream], reader: &Reader) -> Self {
        let mut tally = Self::default();
        for stream in streams {
            let mut told = HashSet::new();
            for (report, published) in stream.reports.iter().zip(tell(stream, reader)) {
                tally.add(stream, report, &published, &mut told);
            }
        }
        tally
    }

    /// `told` holds the keys of the stream's developments that were published.
    fn add<'a>(
        &mut self,
        stream: &Stream,
        report: &'a Report,
        published: &[News],
        told: &mut HashSet<&'a str>,
    ) {
        self.reports += 1;
        let place = || format!("{}: {:?}", stream.name, report.article.title);
        if let Some((key, kind)) = &report.news {
            if !published.is_empty() {
                told.insert(key);
            }
            let count = self.kinds.entry(kind.word()).or_default();
            count.gold += 1;
            count.found += u32::from(!published.is_empty());
            count.right += u32::from(published.first().is_some_and(|news| news.kind == *kind));
            match published.first() {
                None => self.mistakes.push(format!("missed {} {}", kind.word(), place())),
                Some(news) if news.kind != *kind => {
                    self.mistakes.push(format!("{} as {} {}", kind.word(), news.kind.word(), place()));
                }
                Some(_) => {}
            }
        }
        for (at, news) in published.iter().enumerate() {
            let count = self.kinds.entry(news.kind.word()).or_default();
            count.published += 1;
            if report.news.is_none() || at > 0 {
                count.wrong += 1;
                let again = report.again.as_deref();
                let late = at == 0 && again.is_some_and(|key| told.insert(key));
                self.late += u32::from(late);
                self.twice += u32::from(!late && (again.is_some() || at > 0));
                let what = match again {
                    Some(_) if late => "late",
                    Some(_) => "again",
                    None => "no news",
                };
                self.mistakes.push(format!("{} is {what} {}", news.kind.word(), place()));
            }
        }
    }

    fn gold(&self) -> u32 {
        self.kinds.values().map(|count| count.gold).sum()
    }

    fn precision(&self) -> f64 {
        let published: u32 = self.kinds.values().map(|count| count.published).sum();
        let wrong: u32 = self.kinds.values().map(|count| count.wrong).sum();
        1.0 - f64::from(wrong) / f64::from(published.max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.kinds.values().map(|count| count.found).sum::<u32>()) / f64::from(self.gold().max(1))
    }

    fn table(&self) -> String {
        let mut text = format!(
            "  all: precision {:.3}  recall {:.3}  published twice {}  only late {}\n",
            self.precision(),
            self.recall(),
            self.twice,
            self.late
        );
        for kind in DevelopmentKind::ALL {
            let count = self.kinds.get(kind.word()).copied().unwrap_or_default();
            text.push_str(&format!(
                "  {:<17} {:>3} gold, {:>3} found ({} of this kind), {:>3} published, {} of them no news\n",
                kind.word(),
                count.gold,
                count.found,
                count.right,
                count.published,
                count.wrong
            ));
        }
        text
    }
}

/// What is published for each report of a stream.
fn tell(stream: &Stream, reader: &Reader) -> Vec<Vec<News>> {
    tell_with_restart(stream, reader, usize::MAX)
}

/// The same when the memory is lost before the report at `restart` and rebuilt from what would be kept.
fn tell_with_restart(stream: &Stream, reader: &Reader, restart: usize) -> Vec<Vec<News>> {
    let pieces = Piece::read(stream, reader);
    let encode = Encode { vectors: &|texts| reader.finest_vectors(texts), fine: reader.is_fine() };
    let (mut known, mut rows, mut published) = (Known::default(), Vec::new(), Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        if at == restart {
            known = rebuilt(&pieces[..at], &rows);
        }
        let mut news = Vec::new();
        for step in known.take_in(&piece.telling(), Some(encode)) {
            match step {
                Step::Publish(found) => {
                    rows.push(row(&found, piece.at));
                    news.push(found);
                }
                Step::Support { number, families, weight, evidence } => {
                    let row: &mut Development = &mut rows[number];
                    (row.families, row.weight) = (families, weight);
                    row.evidence.push(evidence);
                }
                Step::Counted { .. } => {}
            }
        }
        published.push(news);
    }
    published
}

fn rebuilt(pieces: &[Piece], rows: &[Development]) -> Known {
    let mut known = Known::default();
    known.expect(rows);
    pieces.iter().for_each(|piece| known.remember(&piece.telling()));
    rows.iter().for_each(|row| known.recall(row));
    known
}

fn row(news: &News, at: Timestamp) -> Development {
    Development {
        id: DevelopmentId(i64::try_from(news.number).unwrap_or_default()),
        story: StoryId(1),
        at,
        kind: news.kind,
        weight: news.weight,
        families: news.families,
        evidence: news.evidence.clone(),
    }
}

/// A report with what was read in it.
struct Piece<'a> {
    id: ArticleId,
    at: Timestamp,
    family: &'a str,
    copy: bool,
    title: &'a str,
    text: &'a str,
    reading: Reading,
    said: Vec<Attribution>,
}

impl<'a> Piece<'a> {
    fn read(stream: &'a Stream, reader: &Reader) -> Vec<Self> {
        let mut stories = Stories::new(StoryId(1)).knowing(language::common_words);
        let read = |(report, id): (&'a Report, i64)| {
            let (article, id, at) = (&report.article, ArticleId(id), report.at);
            let mut reading = reader.read(article);
            reading.lines = lines(article, &reading);
            let family = story::family(&report.outlet);
            let arrival = Arrival { article: id, at, family, reading: &reading, text: &article.text };
            let copy = stories.assign(&arrival).original.is_some();
            let said = statement::attribute(&article.text, reading.language, &reading.names);
            Self { id, at, family, copy, title: &article.title, text: &article.text, reading, said }
        };
        stream.reports.iter().zip(1_i64..).map(read).collect()
    }

    fn telling(&self) -> Telling<'_> {
        Telling {
            article: self.id,
            at: self.at,
            family: self.family,
            copy: self.copy,
            title: self.title,
            text: self.text,
            reading: &self.reading,
            said: &self.said,
        }
    }
}

/// Articles a second of one core, by the processor's time, with everything that what is new asks for.
fn speed(reader: &Reader, models: &str) -> Result<String> {
    let streams = stream::read(&folder("fitted"))?;
    let reports: usize = streams.iter().map(|stream| stream.reports.len()).sum();
    let started = core_time()?;
    for stream in &streams {
        tell(stream, reader);
    }
    let seconds = core_time()?.saturating_sub(started).as_secs_f64();
    Ok(format!(
        "{models}: {:.0} reports/s of one core, read, assigned, attributed and compared\n",
        reports as f64 / seconds
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::{Encoder, FineEncoder, models};

    /// Precision, recall, and developments that come twice, at most.
    fn check(part: &str, reader: &Reader, precision: f64, recall: f64, twice: u32) {
        let tally = Tally::of(&stream::read(&folder(part)).unwrap(), reader);
        let holds = tally.precision() >= precision && tally.recall() >= recall && tally.twice <= twice;
        assert!(holds, "{part}\n{}", tally.table());
    }

    #[test]
    fn what_is_new_is_told_from_what_is_known() {
        let plain = Reader::new();
        check("fitted", &plain, 0.95, 0.85, 0);
        check("held", &plain, 0.95, 0.85, 0);
    }

    #[test]
    fn the_encoder_sees_what_is_told_in_other_words() {
        let Some(folder) = crate::fetched::models() else { return };
        let quick = Encoder::load(&models::ENCODER.path(&folder)).unwrap();
        let mut reader = Reader::new().with_encoder(quick);
        // An unoptimised build takes many minutes for the fine one.
        if !cfg!(debug_assertions) {
            reader = reader.with_fine(FineEncoder::load(&models::FINE.path(&folder)).unwrap());
        }
        check("fitted", &reader, 0.95, 0.85, 0);
        check("held", &reader, 0.95, 0.85, 0);
    }

    #[test]
    fn a_restart_changes_nothing() {
        let reader = super::super::stories::reader().unwrap();
        for stream in stream::read(&folder("fitted")).unwrap() {
            let through = tell(&stream, &reader);
            for restart in [3, stream.reports.len() / 2] {
                assert_eq!(
                    tell_with_restart(&stream, &reader, restart),
                    through,
                    "{} at {restart}",
                    stream.name
                );
            }
        }
    }
}

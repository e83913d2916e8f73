//! Places: found, linked to the right one, and near enough, on sixty sentences of ours; and how fast on a recorded day.
//!
//! Input is `crates/language/tests/fixtures/places.txt`, and `replay/articles_2025-05-21.jsonl.gz` for the speed, which is
//! of one core, with all that the statement room reads out of the same articles.

use super::jsonl;
use anyhow::{Context, Result};
use language::Reader;
use news::{Article, Language, PlaceId, PlaceMention, Span};
use serde::Deserialize;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const SENTENCES: &str = "crates/language/tests/fixtures/places.txt";
/// A hundred miles: near enough in the literature.
const NEAR_KM: f64 = 161.0;

/// A sentence with the places it names; number 0 is a place that nobody knows.
struct Labelled {
    language: Language,
    text: String,
    gold: Vec<(Span, u32)>,
}

#[derive(Default)]
struct Tally {
    gold: u32,
    found: u32,
    /// Found where one is, and of these linked to the right one, and to one nearby.
    met: u32,
    linked: u32,
    near: u32,
    wrong: Vec<String>,
}

pub(crate) fn run(data: &Path) -> Result<String> {
    let sentences = fs::read_to_string(SENTENCES).context(SENTENCES)?;
    let sentences = sentences.lines().filter(|line| !line.starts_with('#'));
    let labelled =
        sentences.map(|line| read(line).with_context(|| line.to_owned())).collect::<Result<Vec<_>>>()?;
    let mut page = String::new();
    for (name, code) in [("all", ""), ("English", "en")] {
        let mut tally = Tally::default();
        let wanted = labelled.iter().filter(|sentence| code.is_empty() || sentence.language.code() == code);
        wanted.clone().for_each(|sentence| tally.add(sentence));
        writeln!(page, "{name}: {} sentences, {}", wanted.count(), tally.line())?;
        if code.is_empty() {
            tally.wrong.iter().try_for_each(|wrong| writeln!(page, "  {wrong}"))?;
        }
    }
    let recorded = data.join("replay/articles_2025-05-21.jsonl.gz");
    if recorded.is_file() {
        page.push_str(&speed(&recorded)?);
    }
    Ok(page)
}

/// `en<tab>A shell hit [Kharkiv=706483].`
fn read(line: &str) -> Result<Labelled> {
    let (language, marked) = line.split_once('\t').context("no tab")?;
    let (mut text, mut gold) = (String::new(), Vec::new());
    let mut parts = marked.split('[');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (place, rest) = part.split_once(']').context("no ]")?;
        let (words, number) = place.split_once('=').context("no =")?;
        gold.push((Span::new(text.len(), text.len() + words.len()), number.parse()?));
        text.push_str(words);
        text.push_str(rest);
    }
    Ok(Labelled { language: Language::parse(language), text, gold })
}

impl Tally {
    fn add(&mut self, sentence: &Labelled) {
        let found = language::places(&[&sentence.text], sentence.language).pop().unwrap_or_default();
        self.gold += sentence.gold.len() as u32;
        self.found += found.len() as u32;
        for (span, number) in &sentence.gold {
            let Some(mention) = found.iter().find(|mention| mention.span == *span) else {
                self.wrong.push(format!("missed {:?}: {}", span.of(&sentence.text), sentence.text));
                continue;
            };
            self.met += 1;
            let linked = mention.place.as_ref().map_or(0, |place| place.id.0);
            self.linked += u32::from(linked == *number);
            self.near += u32::from(linked == *number || is_near(mention, *number));
            if linked != *number {
                self.wrong.push(format!(
                    "took {:?} for {linked}: {}",
                    span.of(&sentence.text),
                    sentence.text
                ));
            }
        }
        let strangers =
            found.iter().filter(|mention| !sentence.gold.iter().any(|(span, _)| *span == mention.span));
        self.wrong.extend(
            strangers
                .map(|mention| format!("made up {:?}: {}", mention.span.of(&sentence.text), sentence.text)),
        );
    }

    fn line(&self) -> String {
        let share = |part: u32, of: u32| 100.0 * f64::from(part) / f64::from(of.max(1));
        let f1 = |met: u32| 200.0 * f64::from(met) / f64::from((self.gold + self.found).max(1));
        format!(
            "{} places: found F1 {:.1} (P {:.1} R {:.1}), found and right F1 {:.1}; of those found right {:.1} %, within 161 km {:.1} %",
            self.gold,
            f1(self.met),
            share(self.met, self.found),
            share(self.met, self.gold),
            f1(self.linked),
            share(self.linked, self.met),
            share(self.near, self.met),
        )
    }
}

fn is_near(mention: &PlaceMention, number: u32) -> bool {
    let (Some(one), Some(other)) = (&mention.place, language::place(PlaceId(number))) else { return false };
    let (north, south) = (one.latitude.to_radians(), other.latitude.to_radians());
    let east = (one.longitude - other.longitude).to_radians();
    let arc = north.sin() * south.sin() + north.cos() * south.cos() * east.cos();
    arc.clamp(-1.0, 1.0).acos() * 6371.0 <= NEAR_KM
}

#[derive(Deserialize)]
struct Recorded {
    title: String,
    text: String,
}

fn speed(path: &Path) -> Result<String> {
    let reader = Reader::new();
    let (mut places, mut told, mut articles) = (Duration::ZERO, Duration::ZERO, 0u32);
    for recorded in jsonl::read::<Recorded>(path)? {
        let article = Article { text: recorded.text, ..Article::headline(&recorded.title) };
        let reading = reader.read(&article);
        let start = Instant::now();
        std::hint::black_box(language::places(&[&article.title, &article.text], reading.language));
        // The first reads the atlas and the lexicons.
        places += if articles == 0 { Duration::ZERO } else { start.elapsed() };
        let start = Instant::now();
        let sheet = statement::Sheet::of(&article.text);
        let said = statement::read(&sheet, reading.language, &reading.names).attributions;
        std::hint::black_box(statement::acts::told(&sheet, &said, &reading.names));
        std::hint::black_box(statement::positions::positions(
            &sheet,
            reading.language,
            &said,
            &reading.names,
        ));
        told += if articles == 0 { Duration::ZERO } else { start.elapsed() };
        articles += 1;
    }
    let rate = |time: Duration| f64::from(articles) / time.as_secs_f64();
    Ok(format!(
        "speed: {:.0} articles/s of a recorded day for places, {:.0} for places, quotes, acts and positions together, on one core\n",
        rate(places),
        rate(places + told)
    ))
}

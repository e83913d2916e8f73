//! Labelled streams: articles in the order in which they would have come, already read, with the story that
//! people say they belong to.

use crate::parallel::in_parallel;
use anyhow::{Context, Result};
use language::models::{ENCODER, FINE, Model};
use news::{Article, ArticleId, Language, Reading, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A labelled stream.
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) items: Vec<Item>,
}

/// One article of a stream.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) article: ArticleId,
    pub(crate) at: Timestamp,
    pub(crate) family: String,
    pub(crate) reading: Reading,
    pub(crate) text: String,
    pub(crate) gold: i64,
}

/// A line of the data files.
#[derive(Deserialize)]
struct Line {
    title: String,
    body: Option<String>,
    lang: Option<String>,
    published_at: Option<String>,
    source: Option<String>,
    story: String,
}

/// How much of each text is read: the sets have none or all, feeds have everything between.
#[derive(Clone, Copy)]
enum Cut {
    Whole,
    /// The first words, as in a feed's teaser.
    Lead,
    /// Nothing but the headline.
    Headline,
    /// Whole, teaser or headline, as feeds differ: by the article's number.
    Mixed,
    /// The teaser where the headline should be, and nothing else.
    LeadAsTitle,
}

/// Words of a teaser.
const LEAD_WORDS: usize = 45;

const SETS: &[(&str, Cut)] = &[
    ("og2021_eng_dev", Cut::Whole),
    ("og2021_dev", Cut::Whole),
    ("basil", Cut::Whole),
    ("galaxy_wikinews_medium", Cut::Whole),
    ("galaxy_handpicked", Cut::Whole),
    ("basil", Cut::Lead),
    ("galaxy_wikinews_medium", Cut::Lead),
    ("galaxy_handpicked", Cut::Lead),
    ("basil", Cut::Headline),
    ("galaxy_wikinews_medium", Cut::Headline),
    ("basil", Cut::Mixed),
    ("galaxy_wikinews_medium", Cut::Mixed),
    ("galaxy_handpicked", Cut::Mixed),
    ("basil", Cut::LeadAsTitle),
    ("galaxy_wikinews_medium", Cut::LeadAsTitle),
    (POOLED, Cut::Whole),
    (POOLED, Cut::Lead),
    (POOLED, Cut::Headline),
    (POOLED, Cut::Mixed),
    (POOLED, Cut::LeadAsTitle),
    (DEMO, Cut::Whole),
];

/// The day of invented news that ships with the program: headlines, teasers and texts in three languages. Nothing is
/// fitted on it.
const DEMO: &str = "demo day";

/// The full texts of all sets, as if their stories of ten years had come within ten days: so that what is alike and not
/// one story is open at the same time.
const POOLED: &str = "pooled";
const POOL: &[&str] = &["basil", "galaxy_wikinews_medium", "galaxy_handpicked"];
/// Stories begin within so many seconds, and their articles come within so many after that.
const POOLED_WITHIN: u64 = 10 * 86_400;
const POOLED_STORY_WITHIN: u64 = 36 * 3_600;

/// The development sets under `data/clustering`, and the full texts again as teasers and as bare headlines: those
/// whose name is wanted.
pub(crate) fn development(data: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<Stream>> {
    let reader = reader()?;
    let sets = SETS.iter().filter(|(name, cut)| wanted(&cut.name_of(name)));
    sets.map(|(name, cut)| read(&data.join("clustering"), name, *cut, &reader)).collect()
}

/// FNV-1a, 64 bits.
pub(super) fn hash(of: &str) -> u64 {
    of.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A number that a text always gives, below a bound.
fn chance(of: &str, below: u64) -> i64 {
    let hash = hash(of);
    ((hash ^ hash >> 29).wrapping_mul(0x94d0_49bb_1331_11eb) >> 20 & 0xffff_ffff).rem_euclid(below) as i64
}

impl Cut {
    /// What a set that is cut so is called.
    fn name_of(self, set: &str) -> String {
        let what = match self {
            Self::Whole => "",
            Self::Lead => ", teasers",
            Self::Headline => ", headlines",
            Self::Mixed => ", mixed",
            Self::LeadAsTitle => ", teasers as titles",
        };
        format!("{set}{what}")
    }
}

/// Headlines that are read once although many sets have them.
const HEADLINES: usize = 20_000;

/// A reader with the encoders that the folder named by `STAYTUNED_MODELS` holds.
pub(crate) fn reader() -> Result<language::Reader> {
    reader_remembering(HEADLINES)
}

/// The same that remembers so many headlines: none where the time is taken.
pub(crate) fn reader_remembering(headlines: usize) -> Result<language::Reader> {
    let reader = fast_reader()?;
    Ok(match model(FINE) {
        Some(path) => reader.with_fine(language::FineEncoder::load(&path)?.remembering(headlines)),
        None => reader,
    })
}

/// The same without the fine encoder.
pub(crate) fn fast_reader() -> Result<language::Reader> {
    let reader = language::Reader::new();
    Ok(match model(ENCODER) {
        Some(path) => reader.with_encoder(language::Encoder::load(&path)?),
        None => reader,
    })
}

/// The file of a model that is there.
pub(crate) fn model(model: Model) -> Option<PathBuf> {
    let folder = std::env::var_os("STAYTUNED_MODELS")?;
    Some(model.path(Path::new(&folder))).filter(|path| path.exists())
}

/// An entry of the demo day.
#[derive(Deserialize)]
struct Entry {
    guid: String,
    title: String,
    body: String,
    summary: String,
    lang: String,
    family: String,
    published_at: String,
    #[serde(default)]
    revision: bool,
}

fn demo(reader: &language::Reader) -> Result<Stream> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
    let text = |file: &str| std::fs::read_to_string(folder.join(file)).context("demo day");
    let mut stories: HashMap<String, String> = HashMap::new();
    for line in text("gold.jsonl")?.lines() {
        let line: HashMap<String, String> = serde_json::from_str(line).context("gold.jsonl")?;
        stories.insert(line["guid"].clone(), line["story"].clone());
    }
    let mut labels: HashMap<String, i64> = HashMap::new();
    let mut items = Vec::new();
    for entry in text("day.jsonl")?.lines() {
        let entry: Entry = serde_json::from_str(entry).context("day.jsonl")?;
        if entry.revision {
            continue;
        }
        let story = stories.get(&entry.guid).context("an entry without a story")?;
        let label = labels.len() as i64;
        let gold = *labels.entry(story.clone()).or_insert(label);
        let clock = entry.published_at.trim_start_matches("T+");
        let at = time(&format!("2026-03-04T{clock}:00Z")).context("time of an entry")?;
        let body = if entry.body.is_empty() { entry.summary } else { entry.body };
        let line = Line {
            title: entry.title,
            body: Some(body),
            lang: Some(entry.lang),
            published_at: None,
            source: Some(entry.family),
            story: story.clone(),
        };
        items.push(item(&line, ArticleId(items.len() as i64 + 1), at, gold, Cut::Whole, reader));
    }
    Ok(Stream { name: DEMO.to_owned(), items })
}

fn read(folder: &Path, name: &str, cut: Cut, reader: &language::Reader) -> Result<Stream> {
    if name == DEMO {
        return demo(reader);
    }
    let files = if name == POOLED { POOL } else { &[name] };
    let mut labels: HashMap<String, i64> = HashMap::new();
    let mut lines: Vec<(Line, Timestamp, i64)> = Vec::new();
    let mut at = Timestamp::UNIX_EPOCH;
    for file in files {
        let path = folder.join(format!("{file}.jsonl"));
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for (number, line) in (1..).zip(text.lines()) {
            let line: Line = serde_json::from_str(line).with_context(|| format!("{file}, line {number}"))?;
            let story = format!("{file} {}", line.story);
            at = if name == POOLED {
                let seconds = chance(&story, POOLED_WITHIN) + chance(&line.title, POOLED_STORY_WITHIN);
                Timestamp::from_second(seconds)?
            } else {
                line.published_at.as_deref().and_then(time).unwrap_or(at)
            };
            let label = labels.len() as i64;
            let gold = *labels.entry(story).or_insert(label);
            lines.push((line, at, gold));
        }
    }
    let mut items = in_parallel(&lines, |(number, (line, at, gold))| {
        Ok(item(line, ArticleId(number as i64 + 1), *at, *gold, cut, reader))
    })?;
    // The order of the files is the order of the stream, but for dates that are out of it.
    items.sort_by_key(|item| item.at);
    Ok(Stream { name: cut.name_of(name), items })
}

fn item(
    line: &Line,
    article: ArticleId,
    at: Timestamp,
    gold: i64,
    cut: Cut,
    reader: &language::Reader,
) -> Item {
    let body = line.body.as_deref().unwrap_or_default();
    let teaser = || body.split_whitespace().take(LEAD_WORDS).collect::<Vec<_>>().join(" ");
    let (title, body) = match (cut, article.0 % 3) {
        (Cut::Whole, _) | (Cut::Mixed, 0) => (line.title.clone(), body.to_owned()),
        (Cut::Lead, _) | (Cut::Mixed, 1) => (line.title.clone(), teaser()),
        (Cut::Headline | Cut::Mixed, _) => (line.title.clone(), String::new()),
        (Cut::LeadAsTitle, _) => (teaser(), String::new()),
    };
    let mut whole = Article::headline(title.as_str()).with_paragraphs(body.lines());
    whole.language = Language::parse(line.lang.as_deref().unwrap_or_default());
    let reading = reader.read(&whole);
    Item { article, at, family: line.source.clone().unwrap_or_default(), reading, text: whole.text, gold }
}

/// An English headline alone.
pub(super) fn item_of_headline(
    title: &str,
    outlet: &str,
    article: ArticleId,
    at: Timestamp,
    gold: i64,
    reader: &language::Reader,
) -> Item {
    let line = Line {
        title: title.to_owned(),
        body: None,
        lang: Some("en".to_owned()),
        published_at: None,
        source: Some(outlet.to_owned()),
        story: String::new(),
    };
    item(&line, article, at, gold, Cut::Headline, reader)
}

/// Times as the sets write them: with a zone, without one, or only the day.
fn time(written: &str) -> Option<Timestamp> {
    let joined = written.replacen(' ', "T", 1);
    [joined.clone(), format!("{joined}Z"), format!("{joined}T00:00:00Z")]
        .iter()
        .find_map(|form| form.parse().ok())
}

impl Stream {
    /// The true story of each article.
    pub(crate) fn gold(&self) -> Vec<i64> {
        self.items.iter().map(|item| item.gold).collect()
    }
}

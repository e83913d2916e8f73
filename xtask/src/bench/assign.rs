//! `cargo xtask bench assign`: how many articles a second find their story while ten thousand and a hundred thousand
//! are open, what that costs in memory, and how long a restart takes. The news is invented; reading and encoding are
//! not counted, the encoder's own cost is measured beside it when a model is there.

use super::MB;
use super::core_time;
use super::invented::{self, Told};
use crate::score::{keep, print};
use anyhow::{Context, Result};
use clap::Args;
use language::Reader;
use news::{ArticleId, StoryId, Timestamp};
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;
use story::{Arrival, Impression, Place, Stories};

/// Measures assignment.
#[derive(Args)]
pub(crate) struct Assign {
    /// Articles that are open when it is measured
    #[arg(long, default_values_t = [10_000, 100_000])]
    open: Vec<usize>,
    /// Folder with the language models
    #[arg(long)]
    models: Option<PathBuf>,
    /// Put the figures into docs/scores.md
    #[arg(long)]
    write: bool,
}

/// Articles that are timed, when so many are open.
const TIMED: usize = 4_000;
/// Articles that are encoded.
const ENCODED: usize = 500;
/// All come within this time, so that no story closes.
const SPAN_SECONDS: usize = 2 * 86_400;

impl Assign {
    pub(crate) fn run(&self) -> Result<()> {
        let mut out = String::new();
        for open in &self.open {
            measure(*open, &mut out)?;
        }
        if let Some(folder) = &self.models {
            encoding(&language::models::ENCODER.path(folder), &mut out)?;
        }
        print(&out);
        if self.write { keep("assign", &out) } else { Ok(()) }
    }
}

/// What a store keeps of an article.
struct Kept {
    story: StoryId,
    original: Option<ArticleId>,
    family: String,
    at: Timestamp,
    bytes: Vec<u8>,
}

fn measure(open: usize, out: &mut String) -> Result<()> {
    let reader = Reader::new();
    let before = resident()?;
    let mut stories = Stories::new(StoryId(1)).knowing(language::common_words);
    let mut kept: Vec<Kept> = Vec::new();
    let (mut spent, mut bytes) = (Duration::ZERO, 0);
    for (number, told) in invented::stream(open + TIMED, SPAN_SECONDS).enumerate() {
        let timed = number >= open;
        let (decision, impression) = arrive(&reader, &told, number, |arrival| {
            let before = core_time()?;
            let impression = Impression::of(arrival);
            let (made, kept) = (core_time()?, impression.clone());
            let copied = core_time()?;
            let decision = stories.assign_impression(&Place::from(arrival), impression);
            if timed {
                spent += made.saturating_sub(before) + core_time()?.saturating_sub(copied);
            }
            anyhow::Ok((decision, kept))
        })??;
        let written = impression.to_bytes();
        bytes += written.len();
        if timed {
            let at = Timestamp::from_second(told.second)?;
            let (story, original, family) = (decision.story, decision.original, family(&told));
            kept.push(Kept { story, original, family, at, bytes: written });
        }
    }
    let grown = resident()?.saturating_sub(before);
    let rate = TIMED as f64 / spent.as_secs_f64();
    writeln!(out, "{open} articles open, in {} stories", stories.open_stories())?;
    writeln!(out, "  assigned                          {rate:8.0} articles/s of one core")?;
    writeln!(out, "  memory                            {:8.1} MB", grown as f64 / MB)?;
    let count = (open + TIMED) as f64;
    writeln!(out, "  kept of an article                {:8.0} bytes", bytes as f64 / count)?;
    let restored = restore(&kept)?;
    writeln!(out, "  taken back after a restart        {restored:8.0} articles/s of one core")?;
    Ok(())
}

/// Articles a second that come back from what was kept of them.
fn restore(kept: &[Kept]) -> Result<f64> {
    let mut stories = Stories::new(StoryId(1)).knowing(language::common_words);
    let started = core_time()?;
    for (number, kept) in (1..).zip(kept) {
        let impression = Impression::from_bytes(&kept.bytes).context("what was kept cannot be read")?;
        let place = Place { article: ArticleId(number), at: kept.at, family: &kept.family };
        stories.remember_impression(&place, impression, kept.story, kept.original);
    }
    Ok(kept.len() as f64 / core_time()?.saturating_sub(started).as_secs_f64())
}

fn family(told: &Told) -> String {
    format!("outlet{}.example", told.outlet)
}

fn arrive<T>(reader: &Reader, told: &Told, number: usize, then: impl FnOnce(&Arrival) -> T) -> Result<T> {
    let article = told.article();
    let reading = reader.read(&article);
    Ok(then(&Arrival {
        article: ArticleId(i64::try_from(number)? + 1),
        at: Timestamp::from_second(told.second)?,
        family: &family(told),
        reading: &reading,
        text: &article.text,
    }))
}

/// The encoder alone: the headlines, and for each article headline and lead together.
fn encoding(model: &std::path::Path, out: &mut String) -> Result<()> {
    let encoder = language::Encoder::load(model).context("encoder")?;
    let told: Vec<Told> = invented::stream(ENCODED, SPAN_SECONDS).collect();
    let lead = |told: &Told| told.body.chars().take(400).collect::<String>();
    let headlines: Vec<String> = told.iter().map(|told| told.title.clone()).collect();
    let both: Vec<String> = told.iter().map(|told| format!("{}. {}", told.title, lead(told))).collect();
    for (what, texts) in [("a headline", headlines), ("headline and lead", both)] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let started = core_time()?;
        encoder.encode(&texts).context("encoder")?;
        let rate = texts.len() as f64 / core_time()?.saturating_sub(started).as_secs_f64();
        writeln!(out, "encoding {what:<27}{rate:8.0} a second of one core")?;
    }
    Ok(())
}

/// Resident memory of this process in bytes.
fn resident() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("memory")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("memory")?;
    let kilobytes: u64 = line.split_whitespace().nth(1).context("memory")?.parse()?;
    Ok(kilobytes * 1024)
}

//! `cargo xtask bench fine`: headlines of the demo day through the fine encoder on one core, by the processor's time, and
//! what it holds in memory.

use super::core_time;
use crate::score::{jsonl, keep, print};
use anyhow::{Context, Result};
use clap::Args;
use language::{FineEncoder, models};
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Measures the fine encoder.
#[derive(Args)]
pub(crate) struct Fine {
    /// Folder with the language models
    #[arg(long)]
    models: PathBuf,
    /// Put the figures into docs/scores.md
    #[arg(long)]
    write: bool,
}

/// A line of the demo day.
#[derive(Deserialize)]
struct Line {
    title: String,
    summary: String,
}

/// Times all headlines go through for each size of a batch.
const ROUNDS: usize = 5;

impl Fine {
    pub(crate) fn run(&self) -> Result<()> {
        let lines: Vec<Line> = jsonl::read(Path::new("demo/day.jsonl"))?;
        let titles: Vec<&str> = lines.iter().map(|line| line.title.as_str()).collect();
        let led: Vec<String> = lines.iter().map(|line| format!("{}. {}", line.title, line.summary)).collect();
        let led: Vec<&str> = led.iter().map(String::as_str).collect();
        let (before, held) = (core_time()?, resident()?);
        // Each headline is read in every round, never remembered.
        let encoder = FineEncoder::load(&models::FINE.path(&self.models))?.remembering(0);
        let loading = core_time()?.saturating_sub(before);
        let mut out = String::new();
        writeln!(out, "loading                                  {:8.0} ms", loading.as_secs_f64() * 1e3)?;
        writeln!(out, "memory                                   {:8.1} MB", (resident()? - held) / 1e6)?;
        for (what, texts) in [("headlines", &titles), ("headlines with leads", &led)] {
            // Once, so that the rows of the table are in the operating system's memory.
            encoder.encode(texts)?;
            for size in [1, 4, 16] {
                let before = core_time()?;
                for batch in (0..ROUNDS).flat_map(|_| texts.chunks(size)) {
                    encoder.encode(batch)?;
                }
                let seconds = core_time()?.saturating_sub(before).as_secs_f64();
                let rate = (ROUNDS * texts.len()) as f64 / seconds;
                let label = format!("{what}/s of one core, by {size}");
                writeln!(out, "{label:<40} {rate:8.0}")?;
            }
        }
        print(&out);
        if self.write { keep("fine", &out) } else { Ok(()) }
    }
}

/// Bytes of memory that this process has.
fn resident() -> Result<f64> {
    let path = "/proc/self/smaps_rollup";
    let text = std::fs::read_to_string(path).context(path)?;
    let line = text.lines().find_map(|line| line.strip_prefix("Rss:")).context(path)?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().context(path)?;
    Ok(kilobytes * 1024.0)
}

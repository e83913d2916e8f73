//! `cargo xtask bench english`: articles of the demo day through the small English model on one core, by the
//! processor's time.

use super::core_time;
use crate::score::{jsonl, keep, print};
use anyhow::Result;
use clap::Args;
use language::{English, models};
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Measures the small English model.
#[derive(Args)]
pub(crate) struct Reading {
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
    lang: String,
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    body: String,
}

/// Times each article is read.
const ROUNDS: usize = 20;

impl Reading {
    pub(crate) fn run(&self) -> Result<()> {
        let lines: Vec<Line> = jsonl::read(Path::new("demo/day.jsonl"))?;
        let english: Vec<&Line> = lines.iter().filter(|line| line.lang == "en").collect();
        let whole = english.iter().map(|line| {
            let text = if line.body.is_empty() { &line.summary } else { &line.body };
            format!("{}.\n{text}", line.title)
        });
        let teasers = english.iter().map(|line| format!("{}.\n{}", line.title, line.summary));
        let before = core_time()?;
        let model = English::load(&models::ENGLISH.path(&self.models))?;
        let mut out = format!(
            "loading                          {:8.0} ms\n",
            (core_time()? - before).as_secs_f64() * 1e3
        );
        for (what, texts) in
            [("headline and teaser", teasers.collect::<Vec<_>>()), ("whole articles", whole.collect())]
        {
            measure(&model, what, &texts, &mut out)?;
        }
        print(&out);
        if self.write { keep("english", &out) } else { Ok(()) }
    }
}

fn measure(model: &English, what: &str, texts: &[String], out: &mut String) -> Result<()> {
    let before = core_time()?;
    let mut words = 0;
    for text in (0..ROUNDS).flat_map(|_| texts) {
        words += model.read(text).words.len();
    }
    let seconds = (core_time()? - before).as_secs_f64();
    let articles = (ROUNDS * texts.len()) as f64;
    writeln!(out, "{what}, {:.0} tokens each", words as f64 / articles)?;
    writeln!(out, "  articles/s of one core         {:8.0}", articles / seconds)?;
    writeln!(out, "  tokens/s of one core           {:8.0}", words as f64 / seconds)?;
    Ok(())
}

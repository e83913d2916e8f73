//! `cargo xtask bench`: speed beside a primitive in the same run, memory as the operating system counts it, start and
//! size of the program as it ships. The news is invented by a generator with the word statistics of natural text.

mod assign;
mod english;
mod fine;
mod invented;
mod latency;
mod push;

use crate::program::Program;
use crate::score::{keep, print};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use language::Reader;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Measures speed, memory, start and size.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Bench {
    #[command(subcommand)]
    part: Option<Part>,
    /// Articles in the invented stream
    #[arg(long, default_value_t = 50_000)]
    articles: usize,
    /// Folder with the language models; without it the program is measured without them
    #[arg(long)]
    models: Option<PathBuf>,
    /// Put the figures into docs/scores.md
    #[arg(long)]
    write: bool,
}

/// What has a measure of its own.
#[derive(Subcommand)]
enum Part {
    English(english::Reading),
    Fine(fine::Fine),
    Push(push::Push),
    Latency(latency::Latency),
    /// How many articles a second find their story, with many open
    Assign(assign::Assign),
}

const MB: f64 = 1e6;

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        match &self.part {
            Some(Part::English(english)) => return english.run(),
            Some(Part::Fine(fine)) => return fine.run(),
            Some(Part::Push(push)) => return push.run(),
            Some(Part::Latency(latency)) => return latency.run(),
            Some(Part::Assign(assign)) => return assign.run(),
            None => {}
        }
        let program = Program::build()?;
        let folder = std::env::temp_dir().join(format!("staytuned-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).context("bench folder")?;
        let measured = self.measure(&program, &folder);
        std::fs::remove_dir_all(&folder).context("bench folder")?;
        let figures = measured?;
        print(&figures);
        if self.write { keep("bench", &figures) } else { Ok(()) }
    }

    fn measure(&self, program: &Program, folder: &Path) -> Result<String> {
        let mut out = String::new();
        writeln!(out, "binary                              {:8.1} MB", program.size()? as f64 / MB)?;
        let empty = folder.join("empty");
        let idle = program.serve(&empty)?;
        writeln!(out, "start, empty house                  {:8.0} ms", idle.ready_after.as_secs_f64() * 1e3)?;
        writeln!(out, "memory, empty house                 {:8.1} MB", idle.settled_memory()? as f64 / MB)?;
        drop(idle);

        let stream = folder.join("stream.jsonl");
        let articles = invented::write(&stream, self.articles)?;
        let alone = reading_alone(&articles)?;
        let path = stream.to_str().context("bench folder")?;
        let kept = folder.join("kept");
        if let Some(models) = &self.models {
            copy_models(models, &kept)?;
        }
        let replay = program.run(&kept, &["replay", path])?;
        let rate = self.articles as f64 / replay.cpu.as_secs_f64();
        writeln!(out, "replay of {} articles", self.articles)?;
        writeln!(out, "  {}", replay.output.trim())?;
        writeln!(
            out,
            "  entries/s, wall clock             {:8.0}",
            self.articles as f64 / replay.wall.as_secs_f64()
        )?;
        writeln!(out, "  entries/s of one core             {rate:8.0}")?;
        writeln!(out, "  the primitive: reading alone      {alone:8.0} articles/s of one core")?;
        writeln!(out, "  whole pipeline / reading alone    {:8.2}", rate / alone)?;
        writeln!(out, "  most memory                       {:8.1} MB", replay.peak as f64 / MB)?;
        let again = program.run(&kept, &["replay", path])?;
        writeln!(out, "the same again: {} ({:.1} s)", again.output.trim(), again.wall.as_secs_f64())?;
        let full = program.serve(&kept)?;
        writeln!(
            out,
            "start with {} articles         {:8.0} ms",
            self.articles,
            full.ready_after.as_secs_f64() * 1e3
        )?;
        writeln!(
            out,
            "memory with {} articles        {:8.1} MB",
            self.articles,
            full.settled_memory()? as f64 / MB
        )?;
        Ok(out)
    }
}

pub(crate) fn copy_models(from: &Path, kept: &Path) -> Result<()> {
    let to = kept.join("models");
    std::fs::create_dir_all(&to).context("models")?;
    for file in std::fs::read_dir(from).context("models")? {
        let file = file?.path();
        std::fs::copy(&file, to.join(file.file_name().context("models")?)).context("models")?;
    }
    Ok(())
}

/// Articles read per second on this one core: terms, names and figures, nothing kept, nothing compared.
fn reading_alone(articles: &[news::Article]) -> Result<f64> {
    let reader = Reader::new();
    let started = core_time()?;
    let terms: usize = articles.iter().map(|article| reader.read(article).body.len()).sum();
    let seconds = core_time()?.saturating_sub(started).as_secs_f64();
    // The sum keeps the work from being optimised away.
    Ok(if terms == 0 { 0.0 } else { articles.len() as f64 / seconds })
}

/// Processor time of this thread.
pub(crate) fn core_time() -> Result<Duration> {
    let written = std::fs::read_to_string("/proc/thread-self/schedstat").context("processor time")?;
    let spent = written.split(' ').next().and_then(|spent| spent.parse().ok()).context("processor time")?;
    Ok(Duration::from_nanos(spent))
}

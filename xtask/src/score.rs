//! `cargo xtask score [WHAT...]`: quality on labelled data that lies outside the product. Each set prints its
//! figures; `--write` puts them into `docs/scores.md`; without the data a set says "no data".

pub(crate) mod acts;
mod developments;
mod feeds;
mod golden;
pub(crate) mod jsonl;
mod langid;
mod pages;
mod places;
mod positions;
pub(crate) mod quotes;
mod replay;
pub(crate) mod stories;
mod timelines;

use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Prints quality figures.
#[derive(Args)]
pub(crate) struct Score {
    /// Sets to score; all when none is named
    what: Vec<String>,
    /// Folder that holds the labelled data
    #[arg(long, env = "SCORE_DATA", default_value = "corpus")]
    data: PathBuf,
    /// Put the figures into docs/scores.md
    #[arg(long)]
    write: bool,
}

type Run = fn(&Path) -> Result<String>;

const SETS: &[(&str, Run)] = &[
    ("feeds", feeds::run),
    ("pages", pages::run),
    ("languages", langid::run),
    ("golden", golden::run),
    ("stories", stories::run),
    ("timelines", timelines::run),
    ("ablation", stories::ablation::run),
    ("calibration", stories::calibration::run),
    ("quotes", quotes::run),
    ("developments", developments::run),
    ("acts", acts::run),
    ("places", places::run),
    ("positions", positions::run),
    ("replay", replay::run),
];

/// The page that the figures are kept on.
const PAGE: &str = "docs/scores.md";

impl Score {
    /// Runs the named sets, or all.
    pub(crate) fn run(&self) -> Result<()> {
        for name in &self.what {
            if !SETS.iter().any(|(known, _)| known == name) {
                let known: Vec<_> = SETS.iter().map(|(name, _)| *name).collect();
                bail!("no set {name:?}; there are: {}", known.join(", "));
            }
        }
        for (name, run) in SETS {
            if self.what.is_empty() || self.what.iter().any(|wanted| wanted == name) {
                self.one(name, *run)?;
            }
        }
        Ok(())
    }

    fn one(&self, name: &str, run: Run) -> Result<()> {
        if !["golden", "positions"].contains(&name) && !self.data.is_dir() {
            print(&format!("{name}: no data ({} is not there; name it with --data)", self.data.display()));
            return Ok(());
        }
        let figures = run(&self.data).with_context(|| format!("score {name}"))?;
        print(&format!("## {name}\n\n{figures}"));
        if self.write { keep(name, &figures) } else { Ok(()) }
    }
}

/// Replaces the block of `name` on the page of figures.
pub(crate) fn keep(name: &str, figures: &str) -> Result<()> {
    let page = fs::read_to_string(PAGE).context(PAGE)?;
    let (open, close) = (format!("<!-- figures: {name} -->\n"), format!("<!-- end: {name} -->"));
    let start = page.find(&open).with_context(|| format!("{PAGE} has no line {open:?}"))? + open.len();
    let end = page.find(&close).with_context(|| format!("{PAGE} has no line {close:?}"))?;
    let (before, after) = (page.get(..start).unwrap_or_default(), page.get(end..).unwrap_or_default());
    fs::write(PAGE, format!("{before}\n```text\n{}\n```\n\n{after}", figures.trim_end())).context(PAGE)
}

/// Prints to the terminal.
#[expect(clippy::print_stdout, reason = "a tool for the terminal")]
pub(crate) fn print(text: &str) {
    println!("{text}");
}

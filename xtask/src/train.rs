//! `cargo xtask train WHAT`: fits the weights that ship, on labelled development data that lies outside the product.

mod acting;
pub(crate) mod acts;
mod chance;
mod quotes;
mod stories;

use crate::score::print;
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Fits weights.
#[derive(Args)]
pub(crate) struct Train {
    what: What,
    /// Beginnings of the names of the groups of weights to be fitted; all when none is named (stories only)
    groups: Vec<String>,
    /// Also fit on parts of the material and print what that gives on the others (stories, lens, joining and merging)
    #[arg(long)]
    halves: bool,
    /// Grow no trees, only search the line before those in this file on, as they were printed (joining only)
    #[arg(long, value_name = "FILE", conflicts_with = "halves")]
    search: Option<PathBuf>,
    /// Grow no trees, only print the mean of those in two files, as they were printed (joining and merging)
    #[arg(long, num_args = 2, value_names = ["FILE", "FILE"], conflicts_with_all = ["halves", "search"])]
    mean: Vec<PathBuf>,
    /// Folder that holds the labelled data
    #[arg(long, env = "SCORE_DATA", default_value = "corpus")]
    data: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// The weights of story assignment
    Stories,
    /// The lens through which headlines' vectors are seen
    Lens,
    /// The trees that decide whether an article joins a story
    Joining,
    /// The trees that decide whether two stories are one
    Merging,
    /// The weights of quotation and attribution
    Quotes,
    /// The weights of the classes of acts
    Acts,
    /// The line by which the fine encoder sees who acts
    Acting,
}

impl Train {
    pub(crate) fn run(&self) -> Result<()> {
        let of_ours = !self.mean.is_empty() || matches!(self.what, What::Acting);
        if !of_ours && !self.data.is_dir() {
            bail!("no data: {} is not there; name it with --data", self.data.display());
        }
        let found = match self.what {
            What::Stories => stories::run(&self.data, &self.groups, self.halves)?,
            What::Lens => stories::lens::run(&self.data, self.halves)?,
            What::Joining if !self.mean.is_empty() => stories::mean::run(&self.mean, story::Case::NAMES)?,
            What::Joining => stories::joining::run(&self.data, self.halves, self.search.as_deref())?,
            What::Merging if !self.mean.is_empty() => stories::mean::run(&self.mean, story::Merger::NAMES)?,
            What::Merging => stories::merging::run(&self.data, self.halves)?,
            What::Quotes => quotes::run(&self.data)?,
            What::Acts => acts::run(&self.data)?,
            What::Acting => acting::run()?,
        };
        print(&found);
        Ok(())
    }
}

/// Tells what long work does now.
#[expect(clippy::print_stderr, reason = "a command tells of its progress beside its result")]
pub(crate) fn progress(step: &str) {
    eprintln!("{step}");
}

//! `staytuned completions SHELL`.

use super::Cli;
use super::output::Output;
use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "staytuned", &mut script);
        let mut out = Output::open();
        out.write_all(&script).and_then(|()| out.flush()).context("standard output")?;
        Ok(ExitCode::SUCCESS)
    }
}

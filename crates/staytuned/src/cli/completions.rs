//! `staytuned completions SHELL`.

use super::Cli;
use super::output::print;
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "staytuned", &mut script);
        print(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}

//! `staytuned man [VERB...]`: the manual pages, made from the same words as `--help`.

use super::Cli;
use super::output::print;
use anyhow::{Context, Result};
use clap::{Args, Command, CommandFactory};
use clap_mangen::{Man as Page, generate_to};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The verb whose page is printed; that of the program when none is named
    verb: Vec<String>,
    /// Write all pages into this folder instead, as /usr/share/man/man1 has them
    #[arg(long, value_name = "DIR", conflicts_with = "verb")]
    into: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self) -> Result<ExitCode> {
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        if let Some(folder) = self.into {
            write_all(program, &folder)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut command = &program;
        for verb in &self.verb {
            command = command.find_subcommand(verb).with_context(|| format!("{verb} is no verb here"))?;
        }
        let mut page = Vec::new();
        Page::new(command.clone()).render(&mut page)?;
        print(&page)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// One file for the program and for each of its verbs.
fn write_all(program: Command, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    generate_to(program, folder).with_context(|| folder.display().to_string())
}

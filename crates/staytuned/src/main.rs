//! The binary: reads the command line and the configuration, runs one verb, ends with an exit code.

mod cli;
mod config;
mod pipeline;
mod push_keys;
mod reader;
mod token;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match cli.run() {
        Ok(code) => code,
        Err(error) => {
            cli::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

//! Work on the product that is not the product: house rules, quality scores, speed figures, data builders.

mod bench;
mod data;
#[cfg(test)]
#[path = "../../tests/fetched.rs"]
mod fetched;
mod parallel;
mod program;
mod score;
mod tidy;
mod train;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "xtask")]
struct Xtask {
    #[command(subcommand)]
    work: Work,
}

#[derive(Subcommand)]
enum Work {
    /// Check the rules of the house
    Tidy,
    /// Print quality figures on labelled data
    Score(score::Score),
    /// Print speed, memory, start and size
    Bench(bench::Bench),
    /// Build the lexicons that ship
    Data(data::Data),
    /// Fit weights on labelled development data
    Train(train::Train),
}

fn main() -> ExitCode {
    let done = match Xtask::parse().work {
        Work::Tidy => tidy::run(),
        Work::Score(work) => work.run(),
        Work::Bench(work) => work.run(),
        Work::Data(work) => work.run(),
        Work::Train(work) => work.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// One line: what was asked for and why it did not come, without a backtrace.
#[expect(clippy::print_stderr, reason = "a tool for the terminal")]
fn complain(error: &anyhow::Error) {
    eprintln!("xtask: {error:#}");
}

//! Standard output. Whoever reads it may go away at any time (`| head`): that ends the program quietly.

use anyhow::{Context, Result};
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

/// Standard output, written in large pieces; flushed by its owner, since a failure must be told.
pub(super) struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    pub(super) fn open() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        or_end(self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        or_end(self.0.flush())
    }
}

/// Prints lines for the user.
pub(super) fn say(text: &str) -> Result<()> {
    or_end(writeln!(io::stdout().lock(), "{text}")).context("standard output")
}

/// Prints a whole document as it is.
pub(super) fn print(document: &[u8]) -> Result<()> {
    let mut out = Output::open();
    out.write_all(document).and_then(|()| out.flush()).context("standard output")
}

/// What was done; a pipe that nobody reads ends the program.
fn or_end<T>(done: io::Result<T>) -> io::Result<T> {
    match done {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        done => done,
    }
}

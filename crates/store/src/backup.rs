//! A whole copy of the database while everything else goes on.

use crate::Store;
use crate::database::{connect_reader, create_private};
use crate::error::{Result, StoreError};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Pages copied between two words on progress: 4 MiB.
const PAGES: i32 = 1024;

impl Store {
    /// Writes a copy of this moment to the new file `to`, telling `progress` how many pages of how many are done.
    /// Writers go on meanwhile. The file appears under its name when it is whole.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the file is there already or cannot be written.
    pub fn backup(&self, to: &Path, progress: impl FnMut(u64, u64)) -> Result<()> {
        if to.exists() {
            let source = std::io::ErrorKind::AlreadyExists.into();
            return Err(StoreError::Io { what: format!("{} is there already", to.display()), source });
        }
        let partial = partial_name(to);
        let copied = self.copy(&partial, progress).and_then(|()| arrive(&partial, to));
        if copied.is_err() {
            // What is left of the attempt is of no use; that it cannot be removed changes nothing.
            let _ = std::fs::remove_file(&partial);
        }
        copied
    }

    fn copy(&self, partial: &Path, progress: impl FnMut(u64, u64)) -> Result<()> {
        if partial.exists() {
            std::fs::remove_file(partial).map_err(|source| failed(partial, source))?;
        }
        create_private(partial)?;
        let mut into = Connection::open(partial)?;
        match self.path() {
            // A connection of its own, so that the reader pool is not short of one for the length of a backup.
            Some(path) => copy_all(&connect_reader(path)?, &mut into, progress),
            None => copy_all(&self.writer(), &mut into, progress),
        }
    }
}

/// The read transaction around it all holds one moment; without it each write by another connection would start
/// the copy over.
fn copy_all(from: &Connection, into: &mut Connection, mut progress: impl FnMut(u64, u64)) -> Result<()> {
    let moment = Transaction::new_unchecked(from, TransactionBehavior::Deferred)?;
    moment.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    let backup = Backup::new(&moment, into)?;
    loop {
        let step = backup.step(PAGES)?;
        let state = backup.progress();
        let (left, all) =
            (u64::try_from(state.remaining).unwrap_or(0), u64::try_from(state.pagecount).unwrap_or(0));
        progress(all.saturating_sub(left), all);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(StoreError::Busy),
        }
    }
}

fn arrive(partial: &Path, to: &Path) -> Result<()> {
    let file = std::fs::File::open(partial).map_err(|source| failed(partial, source))?;
    file.sync_all().map_err(|source| failed(partial, source))?;
    // A hard link fails where a rename would overwrite what has come there meanwhile; not every disk has links.
    match std::fs::hard_link(partial, to) {
        Ok(()) => std::fs::remove_file(partial).map_err(|source| failed(partial, source)),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(failed(to, error)),
        Err(_) => std::fs::rename(partial, to).map_err(|source| failed(to, source)),
    }
}

fn partial_name(to: &Path) -> PathBuf {
    let mut name = OsString::from(to);
    name.push(".partial");
    PathBuf::from(name)
}

fn failed(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io { what: format!("backup to {}", path.display()), source }
}

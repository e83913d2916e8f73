//! The file itself: one connection that writes, a few that read, opened with the same settings.
//!
//! WAL lets readers go on while one transaction is written. `synchronous = FULL`: a commit is on the disk before
//! it returns, so that power loss takes back neither an accepted entry nor the number of an event that a reader
//! was already given (after which another event would get the same number). Measured against NORMAL on a shared 2-core machine: no difference
//! in batches of 100 (the processor is the limit), 200 against 700 transactions a second one by one, where the
//! standing bar asks for 20.

use crate::error::{Result, StoreError};
use crate::migrate;
use crate::writer::Writer;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Readers kept open between reads.
const READERS_KEPT: usize = 8;
/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(10);
/// A search that takes longer is given up: the next one waits for its turn.
const BRIEFLY: Duration = Duration::from_secs(2);
/// Steps of SQLite between two looks at the clock. What FTS5 reads for itself counts, block by block.
const STEPS: i32 = 100;
/// Bytes of the write-ahead log that stay between writes.
const LOG_KEPT: i64 = 64 << 20;
/// Pages of the log that are written before they are moved into the file: a page that many transactions change is moved
/// once for all of them.
const LOG_MOVED_AT: i64 = 4_000;
/// Statements kept compiled for each connection: more than an article takes on its way, else each is compiled anew
/// for every article.
const STATEMENTS: usize = 384;

/// Everything kept. Shared between threads by reference; every call blocks, so async callers use a blocking
/// thread. All reads of one call see one moment.
pub struct Store {
    /// `None` for a store in memory, whose only connection both reads and writes.
    path: Option<PathBuf>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Store {
    /// Opens the database file, made (readable by its owner only) and brought up to date when needed.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::NotOurs`] and [`StoreError::Newer`] name the file.
    pub fn open(path: &Path) -> Result<Self> {
        create_private(path)?;
        let mut db = connect(path).map_err(|error| opening(path, &error))?;
        prepare_file(&mut db, path).map_err(|error| match error {
            StoreError::Sqlite(error) => opening(path, &error),
            other => other,
        })?;
        Ok(Self { path: Some(path.to_owned()), writer: Mutex::new(db), readers: Mutex::default() })
    }

    /// A store that ends with the program: for tests and for trying out. A read inside [`Store::write`] would
    /// wait for itself, since there is only one connection.
    ///
    /// # Errors
    /// When SQLite does not start.
    pub fn in_memory() -> Result<Self> {
        let mut db = Connection::open_in_memory()?;
        settle(&db)?;
        migrate::migrate(&mut db, Path::new(":memory:"))?;
        Ok(Self { path: None, writer: Mutex::new(db), readers: Mutex::default() })
    }

    /// The database file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The most pages (4 KiB each) that the file may grow to from now on: a bound for hosts that share a disk, and
    /// how tests fill one. More is refused with [`StoreError::Full`].
    ///
    /// # Errors
    /// Those of the database.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        let set = self.writer().pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
        Ok(set?)
    }

    /// Runs `work` in one transaction: all of it is kept, with its events, or nothing. Must not be called, nor
    /// any other writing method of the store, from inside `work`.
    ///
    /// # Errors
    /// Those of `work`, and those of the commit.
    pub fn write<T>(&self, work: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        let mut db = self.writer();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writer = Writer::new(tx);
        let done = work(&mut writer)?;
        writer.commit()?;
        Ok(done)
    }

    /// Runs `look` on one unchanging picture of the database.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.with_reader(|db| snapshot(db, look))
    }

    /// The same for a search, whose work depends on what somebody typed: given up when it takes too long.
    pub(crate) fn read_briefly<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.with_reader(|db| within(db, BRIEFLY, look))
    }

    fn with_reader<T>(&self, read: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let Some(path) = &self.path else {
            return read(&mut self.writer());
        };
        let kept = self.readers().pop();
        let mut db = match kept {
            Some(db) => db,
            None => connect_reader(path)?,
        };
        let found = read(&mut db);
        let mut readers = self.readers();
        if readers.len() < READERS_KEPT {
            readers.push(db);
        }
        found
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction has rolled it back; the connection is as good as before.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn readers(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn snapshot<T>(db: &Connection, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    // Rolled back when it goes: nothing was written.
    let tx = Transaction::new_unchecked(db, TransactionBehavior::Deferred)?;
    look(&tx)
}

/// A picture that is looked at for so long at most; then what runs is interrupted.
fn within<T>(
    db: &mut Connection,
    longest: Duration,
    look: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let begun = Instant::now();
    db.progress_handler(STEPS, Some(move || begun.elapsed() > longest))?;
    let found = snapshot(db, look);
    db.progress_handler(0, None::<fn() -> bool>)?;
    found
}

/// Another connection to read from.
pub(crate) fn connect_reader(path: &Path) -> Result<Connection> {
    let db = connect(path)?;
    db.pragma_update(None, "query_only", true)?;
    Ok(db)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    // Without URI: a file name is a file name.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    settle(&db)?;
    Ok(db)
}

fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // A plan that looks at bound values is made anew whenever they change: a seventh of all time was compiling.
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Text with an unmatched quote is an error and never a string by accident; views and triggers are ours.
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.pragma_update(None, "temp_store", "MEMORY")
}

fn prepare_file(db: &mut Connection, path: &Path) -> Result<()> {
    migrate::migrate(db, path)?;
    // A log that grew behind a long read is cut back to this at the next chance.
    db.pragma_update_and_check(None, "journal_size_limit", LOG_KEPT, |_| Ok(()))?;
    db.pragma_update_and_check(None, "wal_autocheckpoint", LOG_MOVED_AT, |_| Ok(()))?;
    let mode: String = db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        let why = "the file system does not support write-ahead logging".to_owned();
        return Err(StoreError::Open { path: path.to_owned(), why });
    }
    Ok(())
}

fn opening(path: &Path, error: &rusqlite::Error) -> StoreError {
    if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
        return StoreError::NotOurs { path: path.to_owned() };
    }
    StoreError::Open { path: path.to_owned(), why: error.to_string() }
}

/// Makes an empty file that only its owner reads; leaves one that is there as it is.
pub(crate) fn create_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(path);
    opened.map(drop).map_err(|error| StoreError::Open { path: path.to_owned(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index in which a beginning has as many words as there are rows, each of which FTS5 gathers by itself.
    fn crowded() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE fts USING fts5 (text);
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
            INSERT INTO fts SELECT printf('word%d', n) FROM n;",
        )
        .unwrap();
        db
    }

    #[test]
    fn what_takes_too_long_is_given_up_and_the_next_look_is_not() {
        let mut db = crowded();
        let look =
            |sql: &'static str| move |db: &Connection| Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?);
        let check = |db: &mut Connection, sql: &'static str, expect: i64| {
            let hurried = within(db, Duration::ZERO, look(sql));
            assert!(matches!(hurried, Err(StoreError::TooLong)), "{sql}: {hurried:?}");
            assert_eq!(within(db, Duration::from_secs(600), look(sql)).unwrap(), expect, "{sql}");
            assert_eq!(snapshot(db, look(sql)).unwrap(), expect, "{sql}: no clock runs on");
        };
        // One step of SQLite in which FTS5 gathers the whole index, and many steps.
        check(&mut db, "SELECT rowid FROM fts WHERE fts MATCH 'word*' LIMIT 1", 1);
        check(
            &mut db,
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000) SELECT COUNT(*) FROM n",
            100_000,
        );
    }
}

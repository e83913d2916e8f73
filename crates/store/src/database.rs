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
use std::time::Duration;

/// Readers kept open between reads.
const READERS_KEPT: usize = 8;
/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(10);
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

    /// How long writing waits for another program from now on, before [`StoreError::Busy`]: for callers that have no ten
    /// seconds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn wait_at_most(&self, busy: Duration) -> Result<()> {
        Ok(self.writer().busy_timeout(busy)?)
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
        let Some(path) = &self.path else {
            return snapshot(&self.writer(), look);
        };
        let kept = self.readers().pop();
        let db = match kept {
            Some(db) => db,
            None => connect_reader(path)?,
        };
        let found = snapshot(&db, look);
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

//! Whether the database is whole, and how large it is: for `doctor`.

use crate::Store;
use crate::column::big_count;
use crate::error::Result;
use crate::migrate;
use rusqlite::Connection;
use serde::Serialize;
use std::path::Path;

const COUNTED: [&str; 18] = [
    "outlet",
    "feed",
    "entry",
    "entry_revision",
    "article",
    "article_revision",
    "headline_change",
    "story",
    "development",
    "follow",
    "receiver",
    "delivery",
    "quote",
    "position",
    "act",
    "actor",
    "event",
    "setting",
];

/// What a look over the database found.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// In SQLite's words; empty when the file is whole.
    pub damages: Vec<String>,
    /// Version of the tables, and the one that this program writes.
    pub version: i64,
    pub known_version: i64,
    pub sqlite: &'static str,
    /// Bytes of the database file and of its write-ahead log.
    pub file_bytes: u64,
    pub log_bytes: u64,
    /// Rows by table.
    pub rows: Vec<(&'static str, u64)>,
    /// Entries that wait to be read.
    pub pending: u64,
}

impl Store {
    /// Rows by table.
    ///
    /// # Errors
    /// Those of the database.
    pub fn counts(&self) -> Result<Vec<(&'static str, u64)>> {
        self.read(counts)
    }

    /// Looks the whole database over; takes seconds for a large one.
    ///
    /// # Errors
    /// When the database cannot even be read.
    pub fn check(&self) -> Result<Check> {
        let pending = self.pending_count()?;
        self.read(|db| {
            Ok(Check {
                damages: damages(db)?,
                version: migrate::version(db)?,
                known_version: migrate::known_version(),
                sqlite: rusqlite::version(),
                file_bytes: self.path().map_or(0, bytes),
                log_bytes: self.path().map_or(0, |path| bytes(&log_of(path))),
                rows: counts(db)?,
                pending,
            })
        })
    }
}

fn counts(db: &Connection) -> Result<Vec<(&'static str, u64)>> {
    COUNTED.into_iter().map(|table| Ok((table, rows(db, table)?))).collect()
}

fn damages(db: &Connection) -> Result<Vec<String>> {
    let mut check = db.prepare("PRAGMA quick_check(20)")?;
    let said = check.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut damages: Vec<String> = said.into_iter().filter(|line| line != "ok").collect();
    let mut keys = db.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 20")?;
    let mut broken = keys.query([])?;
    while let Some(row) = broken.next()? {
        let (table, id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        damages.push(format!("{table} {} names a {parent} that is not there", id.unwrap_or_default()));
    }
    Ok(damages)
}

fn rows(db: &Connection, table: &str) -> Result<u64> {
    Ok(db.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| big_count(row, 0))?)
}

fn bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |found| found.len())
}

fn log_of(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

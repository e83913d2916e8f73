//! Small things that must outlive the program, by name. Secrets come hashed.

use crate::error::Result;
use crate::{Store, Writer};
use rusqlite::{Connection, OptionalExtension, params};

const GET: &str = "SELECT value FROM setting WHERE key = ?1";
const SET: &str = "INSERT INTO setting (key, value) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value";

impl Store {
    /// The value kept under `key`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.read(|db| get(db, key))
    }

    /// Keeps `value` under `key`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        self.write(|writer| writer.set_setting(key, value))
    }
}

impl Writer<'_> {
    /// See [`Store::setting`].
    ///
    /// # Errors
    /// Those of the database.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        get(&self.tx, key)
    }

    /// See [`Store::set_setting`].
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<()> {
        self.tx.prepare_cached(SET)?.execute(params![key, value])?;
        Ok(())
    }
}

fn get(db: &Connection, key: &str) -> Result<Option<String>> {
    Ok(db.prepare_cached(GET)?.query_row([key], |row| row.get(0)).optional()?)
}

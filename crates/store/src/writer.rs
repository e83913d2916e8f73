//! One transaction under way. Its methods live beside what they write: articles.rs, stories.rs, entries.rs ...

use crate::column::{millis, to_json};
use crate::error::Result;
use jiff::Timestamp;
use news::StoryId;
use rusqlite::{Transaction, params};
use serde_json::Value;
use std::collections::BTreeSet;

const ADD_EVENT: &str = "INSERT INTO event (kind, story_id, at, body) VALUES (?1, ?2, ?3, ?4)";

/// What is being written; kept as a whole when the closure given to [`Store::write`](crate::Store::write) ends
/// well, gone otherwise.
pub struct Writer<'a> {
    pub(crate) tx: Transaction<'a>,
    /// Stories whose counts are brought up to date once, before the commit.
    pub(crate) touched: BTreeSet<i64>,
    /// Articles that are not in the full-text index yet.
    pub(crate) unindexed: Vec<i64>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(tx: Transaction<'a>) -> Self {
        Self { tx, touched: BTreeSet::new(), unindexed: Vec::new() }
    }

    /// Writes an event that none of the other methods writes by itself; returns its number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn event(&mut self, kind: &str, story: Option<StoryId>, at: Timestamp, body: &Value) -> Result<i64> {
        let body = to_json("event", body)?;
        let mut add = self.tx.prepare_cached(ADD_EVENT)?;
        Ok(add.insert(params![kind, story.map(|story| story.0), millis(at), body])?)
    }

    /// Runs statements that move what hangs on one thing (`?1`) to another (`?2`, where a statement has it).
    pub(crate) fn move_rows(&self, statements: &[&str], from: i64, into: i64) -> Result<()> {
        for sql in statements {
            let mut statement = self.tx.prepare_cached(sql)?;
            match statement.parameter_count() {
                1 => statement.execute([from])?,
                _ => statement.execute([from, into])?,
            };
        }
        Ok(())
    }

    pub(crate) fn commit(mut self) -> Result<()> {
        self.count_touched()?;
        self.index()?;
        Ok(self.tx.commit()?)
    }
}

//! The event log as read: by number, in the order in which things happened.

use crate::Store;
use crate::column::{at, from_json, size};
use crate::error::Result;
use jiff::Timestamp;
use news::StoryId;
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;

const SINCE: &str = "SELECT seq, kind, story_id, at, body FROM event WHERE seq > ?1 ORDER BY seq LIMIT ?2";
const LAST: &str = "SELECT COALESCE(MAX(seq), 0) FROM event";

/// A row of the event log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Grows by time of commit; never used twice.
    pub seq: i64,
    /// `story_opened`, `article_joined`, `copy_folded`, `headline_changed`, `stories_merged`, `story_split`,
    /// `article_moved`, `development_published`, `development_supported`, `development_withdrawn`,
    /// `development_restored`, `story_muted`, `story_unmuted`, `actors_merged`, `actor_renamed`, `actor_split`,
    /// `outlet_counted`, `feed_added`,
    /// `feed_removed`, `feed_health`. What concerns two stories is told once to each.
    pub kind: String,
    pub story: Option<StoryId>,
    pub at: Timestamp,
    pub body: Value,
}

impl Store {
    /// Up to `limit` events after event `seq`, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn events_since(&self, seq: i64, limit: usize) -> Result<Vec<Event>> {
        self.read(|db| {
            let mut since = db.prepare_cached(SINCE)?;
            let mut rows = since.query(params![seq, size(limit)])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(Event {
                    seq: row.get(0)?,
                    kind: row.get(1)?,
                    story: row.get::<_, Option<i64>>(2)?.map(StoryId),
                    at: at(row, 3)?,
                    body: from_json("event", row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?)?,
                });
            }
            Ok(events)
        })
    }

    /// The number of the newest event; 0 when nothing has happened.
    ///
    /// # Errors
    /// Those of the database.
    pub fn last_event(&self) -> Result<i64> {
        self.read(last_event)
    }
}

pub(crate) fn last_event(db: &Connection) -> Result<i64> {
    Ok(db.prepare_cached(LAST)?.query_row([], |row| row.get(0))?)
}

//! Feeds: what is refreshed, when next, and how it goes.

use crate::column::{at, count, health, health_word, maybe_at, millis, moment, size, to_json};
use crate::error::{Result, StoreError};
use crate::view::FeedHealth;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::FeedId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

const BY_URL: &str = "SELECT id, removed_at IS NOT NULL FROM feed WHERE url = ?1";
const ADD: &str = "INSERT INTO feed (url, outlet, title, site, folder, added_at, next_refresh_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
const REVIVE: &str =
    "UPDATE feed SET removed_at = NULL, health = 'new', last_error = NULL, failures = 0, folder = ?2,
    added_at = ?3, next_refresh_at = ?3 WHERE id = ?1";
const REMOVE: &str = "UPDATE feed SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL RETURNING url";
const REFRESH_NOW: &str = "UPDATE feed SET next_refresh_at = ?2 WHERE id = ?1 AND removed_at IS NULL";
const MOVE: &str = "UPDATE feed SET url = ?2, moved_to = NULL, moved_seen = 0 WHERE id = ?1";
/// Due is also what was looked at in the future, or waits for longer than any feed does: the clock was ahead then. What was
/// recorded (`?3`) is never due.
const DUE: &str = "SELECT etag, last_modified, next_refresh_at, interval_s, health, moved_to, moved_seen,
        id, url, title, failures, added_at, last_refreshed_at, last_entry_at
    FROM feed WHERE removed_at IS NULL AND (next_refresh_at <= ?1
        OR (next_refresh_at <> ?3 AND (last_refreshed_at > ?1 OR next_refresh_at > ?1 + ?4)))
    ORDER BY next_refresh_at, id LIMIT ?2";
const ONE: &str = "SELECT etag, last_modified, next_refresh_at, interval_s, health, moved_to, moved_seen,
        id, url, title, failures, added_at, last_refreshed_at, last_entry_at
    FROM feed WHERE removed_at IS NULL AND id = ?1";
const NEXT_DUE: &str = "SELECT MIN(next_refresh_at) FROM feed WHERE removed_at IS NULL";
const RECENT: &str = "SELECT COALESCE(MIN(published, first_seen), first_seen) FROM entry
    WHERE feed = ?1 ORDER BY first_seen DESC LIMIT ?2";
const FAIL: &str =
    "UPDATE feed SET failures = failures + 1, last_error = ?2, health = ?3, next_refresh_at = ?4,
    interval_s = ?5, last_refreshed_at = ?6 WHERE id = ?1";
const HEALTH: &str = "SELECT health FROM feed WHERE id = ?1";

/// No feed waits longer for its next refresh.
const LONGEST_MS: i64 = 7 * 86_400_000;
/// Entry times given for a feed's rhythm.
const RHYTHM: usize = 32;

/// A feed to be followed.
#[derive(Clone, Debug, Default)]
pub struct NewFeed {
    pub url: String,
    pub title: Option<String>,
    pub site: Option<String>,
    /// From the outermost in.
    pub folder: Vec<String>,
    /// What the outlet is called when its host is new here.
    pub outlet_name: String,
    /// The registered host of the feed's address: the outlet's identity.
    pub host: String,
    /// Same owner or newsroom; empty: the outlet stands for itself.
    pub family: String,
}

/// Where an added feed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    pub id: FeedId,
    /// It was followed before this call.
    pub already: bool,
}

/// What a feed's next request depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedState {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub next_refresh_at: Timestamp,
    pub interval_s: u32,
    pub health: FeedHealth,
    /// Where a permanent redirect points, and how often in a row it was seen.
    pub moved_to: Option<String>,
    pub moved_seen: u32,
}

impl Default for FeedState {
    fn default() -> Self {
        Self {
            etag: None,
            last_modified: None,
            next_refresh_at: Timestamp::UNIX_EPOCH,
            interval_s: 0,
            health: FeedHealth::New,
            moved_to: None,
            moved_seen: 0,
        }
    }
}

/// A feed whose time has come.
#[derive(Clone, Debug)]
pub struct DueFeed {
    pub id: FeedId,
    pub url: String,
    pub title: Option<String>,
    pub state: FeedState,
    /// Failures in a row.
    pub failures: u32,
    pub added_at: Timestamp,
    /// Last attempt; `None` before the first.
    pub last_refreshed_at: Option<Timestamp>,
    pub last_entry_at: Option<Timestamp>,
    /// When the newest entries were published (never later than seen), newest first.
    pub recent: Vec<Timestamp>,
}

/// A refresh that did not work.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Plain words for the feed page.
    pub error: String,
    pub health: FeedHealth,
    pub next_refresh_at: Timestamp,
    pub interval_s: u32,
}

impl Store {
    /// Follows a feed; due at once. A feed that was removed comes back with its entries.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_feed(&self, feed: &NewFeed, now: Timestamp) -> Result<Added> {
        self.write(|writer| writer.add_feed(feed, now))
    }

    /// Follows a feed no more; what came from it stays. `false` when it was not followed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove_feed(&self, id: FeedId, now: Timestamp) -> Result<bool> {
        self.write(|writer| {
            let mut remove = writer.tx.prepare_cached(REMOVE)?;
            let url: Option<String> =
                remove.query_row(params![id.0, millis(now)], |row| row.get(0)).optional()?;
            drop(remove);
            let Some(url) = url else { return Ok(false) };
            writer.event("feed_removed", None, now, &json!({ "feed": id, "url": url }))?;
            Ok(true)
        })
    }

    /// Makes a feed due now. `false` when it is not followed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refresh_now(&self, id: FeedId, now: Timestamp) -> Result<bool> {
        self.write(|writer| {
            Ok(writer.tx.prepare_cached(REFRESH_NOW)?.execute(params![id.0, millis(now)])? > 0)
        })
    }

    /// Gives a feed the address that it moved to.
    ///
    /// # Errors
    /// [`StoreError::FeedExists`] when another feed has that address.
    pub fn move_feed(&self, id: FeedId, url: &str) -> Result<()> {
        self.write(|writer| {
            let holder: Option<i64> =
                writer.tx.prepare_cached(BY_URL)?.query_row([url], |row| row.get(0)).optional()?;
            if holder.is_some_and(|holder| holder != id.0) {
                return Err(StoreError::FeedExists { url: url.to_owned() });
            }
            writer.tx.prepare_cached(MOVE)?.execute(params![id.0, url])?;
            Ok(())
        })
    }

    /// The feeds whose time has come, longest due first. Those whose time was set by a clock that was ahead are due too.
    ///
    /// # Errors
    /// Those of the database.
    pub fn due_feeds(&self, now: Timestamp, limit: usize) -> Result<Vec<DueFeed>> {
        self.read(|db| {
            let mut due = db.prepare_cached(DUE)?;
            let given = params![millis(now), size(limit), millis(Timestamp::MAX), LONGEST_MS];
            let feeds: Vec<DueFeed> = due.query_map(given, due_of)?.collect::<rusqlite::Result<_>>()?;
            feeds.into_iter().map(|feed| with_rhythm(db, feed)).collect()
        })
    }

    /// One followed feed as [`Store::due_feeds`] would give it, whether due or not.
    ///
    /// # Errors
    /// Those of the database.
    pub fn feed(&self, id: FeedId) -> Result<Option<DueFeed>> {
        self.read(|db| {
            let feed = db.prepare_cached(ONE)?.query_row([id.0], due_of).optional()?;
            feed.map(|feed| with_rhythm(db, feed)).transpose()
        })
    }

    /// When the next feed is due; `None` when nothing is followed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn next_due(&self) -> Result<Option<Timestamp>> {
        self.read(|db| Ok(db.prepare_cached(NEXT_DUE)?.query_row([], |row| maybe_at(row, 0))?))
    }

    /// Keeps that a refresh failed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn record_failure(&self, id: FeedId, failure: &Failure, now: Timestamp) -> Result<()> {
        self.write(|writer| {
            let before = writer.feed_health(id)?;
            writer.tx.prepare_cached(FAIL)?.execute(params![
                id.0,
                failure.error,
                health_word(failure.health),
                millis(failure.next_refresh_at),
                failure.interval_s,
                millis(now)
            ])?;
            writer.tell_health(id, before, failure.health, Some(&failure.error), now)
        })
    }
}

impl Writer<'_> {
    /// See [`Store::add_feed`].
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_feed(&mut self, feed: &NewFeed, now: Timestamp) -> Result<Added> {
        let known: Option<(i64, bool)> = self
            .tx
            .prepare_cached(BY_URL)?
            .query_row([&feed.url], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let folder = to_json("folder", &feed.folder)?;
        let id = match known {
            Some((id, false)) => return Ok(Added { id: FeedId(id), already: true }),
            Some((id, true)) => {
                self.tx.prepare_cached(REVIVE)?.execute(params![id, folder, millis(now)])?;
                id
            }
            None => {
                let outlet = self.outlet(&feed.host, &feed.outlet_name, &feed.family)?;
                let row = params![feed.url, outlet.0, feed.title, feed.site, folder, millis(now)];
                self.tx.prepare_cached(ADD)?.insert(row)?
            }
        };
        self.event("feed_added", None, now, &json!({ "feed": id, "url": feed.url }))?;
        Ok(Added { id: FeedId(id), already: false })
    }

    pub(crate) fn feed_health(&self, id: FeedId) -> Result<FeedHealth> {
        let found = self.tx.prepare_cached(HEALTH)?.query_row([id.0], |row| health(row, 0)).optional()?;
        found.ok_or(StoreError::Missing { what: "feed", id: id.0 })
    }

    /// One event when the health changed, none when it stayed.
    pub(crate) fn tell_health(
        &mut self,
        id: FeedId,
        before: FeedHealth,
        after: FeedHealth,
        why: Option<&str>,
        now: Timestamp,
    ) -> Result<()> {
        if before != after {
            let body = json!({ "feed": id, "before": before, "after": after, "why": why });
            self.event("feed_health", None, now, &body)?;
        }
        Ok(())
    }
}

fn with_rhythm(db: &Connection, mut feed: DueFeed) -> Result<DueFeed> {
    let mut recent = db.prepare_cached(RECENT)?;
    let times = recent.query_map(params![feed.id.0, size(RHYTHM)], |row| row.get(0).map(moment))?;
    feed.recent = times.collect::<rusqlite::Result<_>>()?;
    feed.recent.sort_unstable_by(|a, b| b.cmp(a));
    Ok(feed)
}

fn state_of(row: &Row) -> rusqlite::Result<FeedState> {
    Ok(FeedState {
        etag: row.get(0)?,
        last_modified: row.get(1)?,
        next_refresh_at: at(row, 2)?,
        interval_s: count(row, 3)?,
        health: health(row, 4)?,
        moved_to: row.get(5)?,
        moved_seen: count(row, 6)?,
    })
}

fn due_of(row: &Row) -> rusqlite::Result<DueFeed> {
    Ok(DueFeed {
        state: state_of(row)?,
        id: FeedId(row.get(7)?),
        url: row.get(8)?,
        title: row.get(9)?,
        failures: count(row, 10)?,
        added_at: at(row, 11)?,
        last_refreshed_at: maybe_at(row, 12)?,
        last_entry_at: maybe_at(row, 13)?,
        recent: Vec::new(),
    })
}

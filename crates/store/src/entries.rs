//! Entries: what is known of a feed's items, and the one transaction in which a refresh is accepted.
//!
//! Who is the same entry and what counts as a change is decided by the ingest room; guid, link key and hashes are
//! opaque words here.

use crate::column::{health_word, maybe_at, millis, size, to_json};
use crate::error::{Result, StoreError};
use crate::feeds::FeedState;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{Entry, EntryId, FeedId};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

/// Looked up by each key in turn (an `OR` would read the whole feed).
const BY_GUID: &str = "SELECT id, guid, link_key, title_hash, content_hash, published, first_seen FROM entry
    WHERE feed = ?1 AND guid IN (SELECT value FROM json_each(?2)) ORDER BY id DESC LIMIT ?3";
const BY_LINK: &str = "SELECT id, guid, link_key, title_hash, content_hash, published, first_seen FROM entry
    WHERE feed = ?1 AND link_key IN (SELECT value FROM json_each(?2)) ORDER BY id DESC LIMIT ?3";
const BY_TITLE: &str = "SELECT id, guid, link_key, title_hash, content_hash, published, first_seen FROM entry
    WHERE feed = ?1 AND title_hash IN (SELECT value FROM json_each(?2)) ORDER BY id DESC LIMIT ?3";
const ADD: &str =
    "INSERT INTO entry (feed, guid, link_key, title_hash, content_hash, published, first_seen, next_try_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
const ADD_REVISION: &str = "INSERT INTO entry_revision (entry, number, at, body) VALUES (?1, ?2, ?3, ?4)";
/// Of an entry that is changed again and again the forms between the first and the last ones go; what was not read of them is not.
const SKIP_FORMS: &str = "UPDATE entry SET next_form = MAX(next_form, ?2) WHERE id = ?1";
const FORGET_FORMS: &str = "DELETE FROM entry_revision WHERE entry = ?1 AND number BETWEEN 1 AND ?2 - 1";
/// Forms of an entry that are kept beside its first.
const MOST_FORMS: i64 = 50;
const LAST_FORM: &str = "SELECT MAX(at) FROM entry_revision WHERE entry = ?1";
const REVISE: &str = "UPDATE entry SET guid = ?3, link_key = ?4, title_hash = ?5, content_hash = ?6,
        revisions = revisions + 1, state = 0, attempts = 0, last_error = NULL,
        next_try_at = CASE WHEN state = 0 THEN next_try_at ELSE ?7 END,
        next_form = CASE WHEN state = 2 THEN revisions + 1 ELSE next_form END
    WHERE id = ?1 AND feed = ?2 RETURNING revisions";
const REKEY: &str = "UPDATE entry SET guid = ?3, link_key = ?4 WHERE id = ?1 AND feed = ?2";
const REFRESHED: &str =
    "UPDATE feed SET etag = ?2, last_modified = ?3, next_refresh_at = ?4, interval_s = ?5,
        health = ?6, moved_to = ?7, moved_seen = ?8, failures = 0, last_error = ?9, last_refreshed_at = ?10,
        entries = entries + ?11, last_entry_at = CASE WHEN ?11 > 0 THEN ?10 ELSE last_entry_at END,
        title = COALESCE(?12, title), site = COALESCE(?13, site)
    WHERE id = ?1";

/// Known entries that share one kind of key with a document are read up to this many, newest first.
const MOST_KNOWN: usize = 20_000;

/// The keys that a document's items have.
#[derive(Clone, Debug, Default)]
pub struct KnownKeys {
    pub guids: Vec<String>,
    pub link_keys: Vec<String>,
    pub title_hashes: Vec<String>,
}

/// What is kept of an entry to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEntry {
    pub id: EntryId,
    pub guid: Option<String>,
    pub link_key: Option<String>,
    pub title_hash: String,
    pub content_hash: String,
    pub published: Option<Timestamp>,
    pub first_seen: Timestamp,
}

/// An entry that was not there before.
#[derive(Clone, Debug, Default)]
pub struct NewEntry {
    pub guid: Option<String>,
    pub link_key: Option<String>,
    pub title_hash: String,
    pub content_hash: String,
    pub entry: Entry,
}

/// A known entry in a new form, with the keys that it has now.
#[derive(Clone, Debug)]
pub struct Revised {
    pub id: EntryId,
    pub now: NewEntry,
}

/// A known entry that says the same under other keys.
#[derive(Clone, Debug)]
pub struct Rekeyed {
    pub id: EntryId,
    pub guid: Option<String>,
    pub link_key: Option<String>,
}

/// What a refresh brought. `Default` with a `state` is a refresh without news (304).
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    /// In the order in which they are to be read.
    pub new: Vec<NewEntry>,
    pub revised: Vec<Revised>,
    pub rekeyed: Vec<Rekeyed>,
    pub state: FeedState,
    /// Plain words for the feed page on something that is not a failure ("2,000 new entries, 100 kept").
    pub note: Option<String>,
    /// The feed's own title and site, when it says them.
    pub title: Option<String>,
    pub site: Option<String>,
}

/// Ids of what was accepted, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcceptedIds {
    pub new: Vec<EntryId>,
    pub revised: Vec<EntryId>,
}

impl Store {
    /// The known entries of a feed that share a key with a document.
    ///
    /// # Errors
    /// Those of the database.
    pub fn known_entries(&self, feed: FeedId, keys: &KnownKeys) -> Result<Vec<KnownEntry>> {
        self.read(|db| known(db, feed, keys))
    }

    /// Keeps what a refresh brought, with the feed's new state: all or nothing, on the disk when it returns.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when feed or entry is not there.
    pub fn accept(&self, feed: FeedId, accepted: &Accepted, now: Timestamp) -> Result<AcceptedIds> {
        self.write(|writer| writer.accept(feed, accepted, now))
    }
}

impl Writer<'_> {
    /// See [`Store::known_entries`]: what this transaction took in is known, too.
    ///
    /// # Errors
    /// Those of the database.
    pub fn known_entries(&self, feed: FeedId, keys: &KnownKeys) -> Result<Vec<KnownEntry>> {
        known(&self.tx, feed, keys)
    }

    /// See [`Store::accept`].
    ///
    /// # Errors
    /// [`StoreError::Missing`] when feed or entry is not there.
    pub fn accept(&mut self, feed: FeedId, accepted: &Accepted, now: Timestamp) -> Result<AcceptedIds> {
        let before = self.feed_health(feed)?;
        let new = accepted.new.iter().map(|new| self.add_entry(feed, new, now)).collect::<Result<_>>()?;
        let revised = accepted
            .revised
            .iter()
            .map(|change| self.revise_entry(feed, change, now))
            .collect::<Result<_>>()?;
        for change in &accepted.rekeyed {
            self.tx.prepare_cached(REKEY)?.execute(params![
                change.id.0,
                feed.0,
                change.guid,
                change.link_key
            ])?;
        }
        let state = &accepted.state;
        self.tx.prepare_cached(REFRESHED)?.execute(params![
            feed.0,
            state.etag,
            state.last_modified,
            millis(state.next_refresh_at),
            state.interval_s,
            health_word(state.health),
            state.moved_to,
            state.moved_seen,
            accepted.note,
            millis(now),
            size(accepted.new.len()),
            accepted.title,
            accepted.site
        ])?;
        self.tell_health(feed, before, state.health, accepted.note.as_deref(), now)?;
        Ok(AcceptedIds { new, revised })
    }

    fn add_entry(&mut self, feed: FeedId, new: &NewEntry, now: Timestamp) -> Result<EntryId> {
        let id = self.tx.prepare_cached(ADD)?.insert(params![
            feed.0,
            new.guid,
            new.link_key,
            new.title_hash,
            new.content_hash,
            new.entry.published.map(millis),
            millis(now)
        ])?;
        self.add_revision(id, 0, &new.entry, now)?;
        Ok(EntryId(id))
    }

    fn revise_entry(&mut self, feed: FeedId, change: &Revised, now: Timestamp) -> Result<EntryId> {
        let form = &change.now;
        let mut revise = self.tx.prepare_cached(REVISE)?;
        let row = params![
            change.id.0,
            feed.0,
            form.guid,
            form.link_key,
            form.title_hash,
            form.content_hash,
            millis(now)
        ];
        let number = revise.query_row(row, |row| row.get::<_, i64>(0)).map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => StoreError::Missing { what: "entry", id: change.id.0 },
            other => other.into(),
        })?;
        drop(revise);
        self.add_revision(change.id.0, number, &form.entry, now)?;
        Ok(change.id)
    }

    /// When the newest form of an entry was seen.
    ///
    /// # Errors
    /// Those of the database.
    pub fn last_form_at(&self, entry: EntryId) -> Result<Option<Timestamp>> {
        let mut last = self.tx.prepare_cached(LAST_FORM)?;
        Ok(last.query_row([entry.0], |row| maybe_at(row, 0))?)
    }

    fn add_revision(&mut self, entry: i64, number: i64, form: &Entry, now: Timestamp) -> Result<()> {
        let row = params![entry, number, millis(now), to_json("entry", form)?];
        self.tx.prepare_cached(ADD_REVISION)?.execute(row)?;
        if number >= MOST_FORMS {
            let kept_from = number - MOST_FORMS + 1;
            self.tx.prepare_cached(SKIP_FORMS)?.execute([entry, kept_from])?;
            self.tx.prepare_cached(FORGET_FORMS)?.execute([entry, kept_from])?;
        }
        Ok(())
    }
}

fn known(db: &Connection, feed: FeedId, keys: &KnownKeys) -> Result<Vec<KnownEntry>> {
    let mut known = BTreeMap::new();
    for (sql, keys) in [(BY_GUID, &keys.guids), (BY_LINK, &keys.link_keys), (BY_TITLE, &keys.title_hashes)] {
        if keys.is_empty() {
            continue;
        }
        let mut find = db.prepare_cached(sql)?;
        let mut rows = find.query(params![feed.0, to_json("keys", keys)?, size(MOST_KNOWN)])?;
        while let Some(row) = rows.next()? {
            let entry = known_of(row)?;
            known.insert(entry.id, entry);
        }
    }
    Ok(known.into_values().collect())
}

fn known_of(row: &Row) -> rusqlite::Result<KnownEntry> {
    Ok(KnownEntry {
        id: EntryId(row.get(0)?),
        guid: row.get(1)?,
        link_key: row.get(2)?,
        title_hash: row.get(3)?,
        content_hash: row.get(4)?,
        published: crate::column::maybe_at(row, 5)?,
        first_seen: crate::column::at(row, 6)?,
    })
}

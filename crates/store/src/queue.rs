//! Entries that wait to be read: the row is the queue, so that a stage that dies takes nothing with it.

use crate::column::{at, count, from_json, millis, size, to_json};
use crate::error::{Result, StoreError};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, Entry, EntryId, FeedId, OutletId};
use rusqlite::{Connection, params};

const WAITING: &str =
    "SELECT entry.id, feed, feed.outlet, first_seen, attempts, article.id, entry_revision.at, body, number,
        outlet.family
    FROM entry JOIN feed ON feed.id = entry.feed JOIN outlet ON outlet.id = feed.outlet
    JOIN entry_revision ON entry_revision.entry = entry.id AND number = entry.next_form
    LEFT JOIN article ON article.entry = entry.id
    WHERE state = 0 AND next_try_at <= ?1 AND feed NOT IN (SELECT value FROM json_each(?3))
    ORDER BY next_try_at, entry.id LIMIT ?2";
/// An outlet's page stands in several of its feeds (the front page's and the sport's): the entry that was seen first is
/// read for all of them, whatever guid each feed gives it. Two feeds can have every item point to one page, so the headline
/// must be the same too; who was left to another entry once stays left to it, since feeds do not learn of an edit together.
const READ_ELSEWHERE: &str = "SELECT 1 FROM entry JOIN feed ON feed.id = entry.feed
    JOIN feed AS other ON other.outlet = feed.outlet AND other.id <> feed.id
    JOIN entry AS elder ON elder.feed = other.id AND elder.link_key = entry.link_key
    WHERE entry.id = ?1 AND elder.id < entry.id AND elder.state <> 2
        AND (elder.title_hash = entry.title_hash OR entry.next_form > 0)";
const CLAIM: &str = "UPDATE entry SET next_try_at = ?2 WHERE id = ?1";
/// What was tried waits for its time, unless that is further away than any: then the clock was ahead.
const RELEASE: &str = "UPDATE entry SET next_try_at = MIN(first_seen, ?1)
    WHERE state = 0 AND next_try_at > CASE attempts WHEN 0 THEN ?1 ELSE ?1 + ?2 END";
const PUT_OFF: &str =
    "UPDATE entry SET attempts = attempts + 1, last_error = ?2, next_try_at = ?3 WHERE id = ?1 AND state = 0";
/// An entry that was revised meanwhile goes on waiting, with its next form.
const GIVE_UP: &str =
    "UPDATE entry SET attempts = CASE WHEN revisions > next_form THEN 0 ELSE attempts + 1 END,
        last_error = ?2, next_try_at = first_seen, state = CASE WHEN revisions > next_form THEN 0 ELSE 2 END,
        next_form = CASE WHEN revisions > next_form THEN next_form + 1 ELSE next_form END
    WHERE id = ?1 AND state = 0";
const UNFINISHED: &str =
    "SELECT COUNT(*) FROM entry WHERE state = 0 AND (next_try_at <= ?1 OR next_try_at > ?2)";
const WAIT_COUNT: &str = "SELECT COUNT(*) FROM entry WHERE state = 0";
/// An entry that was revised meanwhile goes on waiting, with its next form.
const DONE: &str = "UPDATE entry SET last_error = NULL, attempts = 0, next_form = ?2 + 1,
        state = CASE WHEN revisions = ?2 THEN 1 ELSE 0 END,
        next_try_at = CASE WHEN revisions = ?2 THEN next_try_at ELSE first_seen END
    WHERE id = ?1 AND next_form = ?2";

/// No entry waits longer to be tried again.
const LONGEST_MS: i64 = 7 * 86_400_000;

/// An entry whose article is to be read.
#[derive(Clone, Debug)]
pub struct PendingEntry {
    pub id: EntryId,
    pub feed: FeedId,
    pub outlet: OutletId,
    /// The family that the outlet counts to.
    pub family: String,
    /// The entry in this form.
    pub entry: Entry,
    /// When the entry was first seen.
    pub seen_at: Timestamp,
    /// Which form this is; 0 is the first.
    pub revision: u32,
    /// When this form was seen.
    pub revised_at: Timestamp,
    /// Attempts that failed.
    pub attempts: u32,
    /// The article kept of an earlier form.
    pub article: Option<ArticleId>,
}

impl Store {
    /// The entries that wait, longest waiting first. They go on waiting.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pending_entries(&self, limit: usize, now: Timestamp) -> Result<Vec<PendingEntry>> {
        self.read(|db| waiting(db, limit, now, "[]"))
    }

    /// Takes entries to read them, none of the feeds that are `busy`: nobody else is given them before `until`, by when they
    /// should be kept or put off. [`Store::release_entries`] gives back what a program that died had taken. What another feed
    /// of the same outlet has too is dealt with when it was read once.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_entries(
        &self,
        limit: usize,
        now: Timestamp,
        until: Timestamp,
        busy: &[FeedId],
    ) -> Result<Vec<PendingEntry>> {
        let busy = to_json("busy feeds", &busy)?;
        // Looks first without the lock of the writer: most looks find nothing.
        if self.read(|db| waiting(db, 1, now, &busy))?.is_empty() {
            return Ok(Vec::new());
        }
        self.write(|writer| {
            loop {
                let entries = waiting(&writer.tx, limit, now, &busy)?;
                let found = entries.len();
                let mut elsewhere = writer.tx.prepare_cached(READ_ELSEWHERE)?;
                let mut done = writer.tx.prepare_cached(DONE)?;
                let mut claim = writer.tx.prepare_cached(CLAIM)?;
                let mut mine = Vec::with_capacity(found);
                for entry in entries {
                    if entry.article.is_none() && elsewhere.exists([entry.id.0])? {
                        done.execute(params![entry.id.0, entry.revision])?;
                    } else {
                        claim.execute(params![entry.id.0, millis(until)])?;
                        mine.push(entry);
                    }
                }
                if !mine.is_empty() || found == 0 {
                    return Ok(mine);
                }
            }
        })
    }

    /// Gives back all entries that were claimed and not put off, and those whose time was set by a clock that was ahead: at
    /// the start of the program. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn release_entries(&self, now: Timestamp) -> Result<usize> {
        self.write(|writer| Ok(writer.tx.prepare_cached(RELEASE)?.execute([millis(now), LONGEST_MS])?))
    }

    /// Reading or filing failed: try again at `next_at`, or never (`None`) until the entry is revised.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such entry, or it does not wait.
    pub fn put_off(&self, entry: EntryId, why: &str, next_at: Option<Timestamp>) -> Result<()> {
        self.write(|writer| writer.put_off(entry, why, next_at))
    }

    /// How many entries wait.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pending_count(&self) -> Result<u64> {
        self.read(|db| {
            Ok(db.prepare_cached(WAIT_COUNT)?.query_row([], |row| crate::column::big_count(row, 0))?)
        })
    }

    /// How many entries may be read now, or are taken up for longer than until `theirs`: those taken up until then
    /// are those of a program that died, or wait for their time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn unfinished_count(&self, now: Timestamp, theirs: Timestamp) -> Result<u64> {
        self.read(|db| {
            let mut count = db.prepare_cached(UNFINISHED)?;
            Ok(count.query_row([millis(now), millis(theirs)], |row| crate::column::big_count(row, 0))?)
        })
    }
}

impl Writer<'_> {
    /// See [`Store::put_off`].
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such entry, or it does not wait.
    pub fn put_off(&mut self, entry: EntryId, why: &str, next_at: Option<Timestamp>) -> Result<()> {
        let put_off = match next_at {
            Some(at) => self.tx.prepare_cached(PUT_OFF)?.execute(params![entry.0, why, millis(at)])?,
            None => self.tx.prepare_cached(GIVE_UP)?.execute(params![entry.0, why])?,
        };
        match put_off {
            0 => Err(StoreError::Missing { what: "entry", id: entry.0 }),
            _ => Ok(()),
        }
    }

    /// Form `revision` of the entry is dealt with. It goes on waiting when there is a later form by now.
    /// Keeping or revising its article says so by itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entry_done(&mut self, entry: EntryId, revision: u32) -> Result<()> {
        self.tx.prepare_cached(DONE)?.execute(params![entry.0, revision])?;
        Ok(())
    }
}

fn waiting(db: &Connection, limit: usize, now: Timestamp, busy: &str) -> Result<Vec<PendingEntry>> {
    let mut find = db.prepare_cached(WAITING)?;
    let mut rows = find.query(params![millis(now), size(limit), busy])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(PendingEntry {
            id: EntryId(row.get(0)?),
            feed: FeedId(row.get(1)?),
            outlet: OutletId(row.get(2)?),
            family: row.get(9)?,
            seen_at: at(row, 3)?,
            attempts: count(row, 4)?,
            article: row.get::<_, Option<i64>>(5)?.map(ArticleId),
            revised_at: at(row, 6)?,
            revision: count(row, 8)?,
            entry: from_json("entry", row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?)?,
        });
    }
    Ok(entries)
}

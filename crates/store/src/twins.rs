//! Developments of two stories that say the same, and what each says, for as long as a third story can say it too. The
//! bytes are the story room's own.

use crate::column::{at, maybe_at, millis};
use crate::error::Result;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, DeliveryId, DevelopmentId, ReceiverId, StoryId};
use rusqlite::{Connection, OptionalExtension, params};

const KEEP_GIST: &str = "INSERT OR REPLACE INTO gist (development, version, bytes) VALUES (?1, ?2, ?3)";
const GISTS: &str = "SELECT development.id, story, at, bytes,
        (SELECT article FROM evidence WHERE evidence.development = development.id AND position = 0)
    FROM gist JOIN development ON development.id = gist.development
    WHERE version = ?1 AND at >= ?2 ORDER BY development.id";
const FORGET_GISTS: &str = "DELETE FROM gist WHERE development IN (SELECT gist.development FROM gist
    JOIN development ON development.id = gist.development WHERE at < ?1)";
/// With what said the same as that one: three stories can have one happening.
const KEEP_TWIN: &str = "INSERT INTO twin (development, other) SELECT ?1, ?2 UNION SELECT ?1, other FROM twin WHERE development = ?2
    ON CONFLICT DO NOTHING";
/// A development of another story that says the same and went to a receiver; else one that is under way to it, or the first that
/// waits to go before this one does.
const TOLD: &str = "SELECT delivery.development, development.story, COALESCE(story.title, ''),
        CASE state WHEN 'pending' THEN next_try END AS waits FROM delivery
    JOIN development ON development.id = delivery.development JOIN story ON story.id = development.story
    WHERE receiver = ?1 AND delivery.development IN
        (SELECT other FROM twin WHERE development = ?2 UNION SELECT development FROM twin WHERE other = ?2)
    AND (state IN ('accepted', 'folded') OR state = 'pending' AND (delivery.id < ?3 OR claimed_until > ?4))
    ORDER BY waits IS NOT NULL, waits, delivery.development LIMIT 1";

const HAS_TWIN: &str = "SELECT 1 FROM twin WHERE development = ?1 OR other = ?1";

/// What a development says, and where it stands.
#[derive(Clone, Debug)]
pub struct KeptGist {
    pub development: DevelopmentId,
    pub story: StoryId,
    /// That brought it.
    pub article: ArticleId,
    pub at: Timestamp,
    pub bytes: Vec<u8>,
}

/// A development of another story that told a receiver the same, or is about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub development: DevelopmentId,
    pub story: StoryId,
    pub title: String,
    /// When it is tried, while it waits itself: it may yet not go.
    pub waits: Option<Timestamp>,
}

impl Store {
    /// What developments since a time say, in bytes of this `version`, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn gists(&self, since: Timestamp, version: u32) -> Result<Vec<KeptGist>> {
        self.read(|db| {
            let mut find = db.prepare_cached(GISTS)?;
            let rows = find.query_map(params![version, millis(since)], |row| {
                Ok(KeptGist {
                    development: DevelopmentId(row.get(0)?),
                    story: StoryId(row.get(1)?),
                    at: at(row, 2)?,
                    bytes: row.get(3)?,
                    article: ArticleId(row.get(4)?),
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Forgets what developments before a time said.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_gists(&self, before: Timestamp) -> Result<()> {
        self.write(|writer| {
            writer.tx.prepare_cached(FORGET_GISTS)?.execute([millis(before)])?;
            Ok(())
        })
    }

    /// Which development of another story told a receiver the same as this one, or waits to.
    ///
    /// # Errors
    /// Those of the database.
    pub fn told_elsewhere(
        &self,
        receiver: ReceiverId,
        id: DevelopmentId,
        now: Timestamp,
    ) -> Result<Option<Elsewhere>> {
        self.read(|db| {
            let mut find =
                db.prepare_cached("SELECT id FROM delivery WHERE receiver = ?1 AND development = ?2")?;
            let delivery = find.query_row([receiver.0, id.0], |row| row.get(0)).optional()?;
            told_elsewhere(db, receiver, id, DeliveryId(delivery.unwrap_or(i64::MAX)), millis(now))
        })
    }
}

/// Whether another story has a development that says the same.
pub(crate) fn has_twin(db: &Connection, id: DevelopmentId) -> Result<bool> {
    Ok(db.prepare_cached(HAS_TWIN)?.exists([id.0])?)
}

/// The same for a delivery that waits.
pub(crate) fn told_elsewhere(
    db: &Connection,
    receiver: ReceiverId,
    id: DevelopmentId,
    delivery: DeliveryId,
    now: i64,
) -> Result<Option<Elsewhere>> {
    let mut find = db.prepare_cached(TOLD)?;
    let found = find.query_row([receiver.0, id.0, delivery.0, now], |row| {
        Ok(Elsewhere {
            development: DevelopmentId(row.get(0)?),
            story: StoryId(row.get(1)?),
            title: row.get(2)?,
            waits: maybe_at(row, 3)?,
        })
    });
    Ok(found.optional()?)
}

impl Writer<'_> {
    /// Keeps what a development says, and the developments of other stories that said the same before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_gist(
        &mut self,
        id: DevelopmentId,
        version: u32,
        bytes: &[u8],
        same: &[DevelopmentId],
    ) -> Result<()> {
        self.tx.prepare_cached(KEEP_GIST)?.execute(params![id.0, version, bytes])?;
        let mut keep = self.tx.prepare_cached(KEEP_TWIN)?;
        for other in same {
            keep.execute([id.0, other.0])?;
        }
        Ok(())
    }
}

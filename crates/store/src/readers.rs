//! Readers: whoever follows, known only by secrets that its devices hold. Secrets come hashed.

use crate::column::{maybe_at, millis};
use crate::error::Result;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ReaderId, ReceiverId};
use rusqlite::{OptionalExtension, params};

const ADD: &str = "INSERT INTO reader (since) VALUES (?1)";
const ADD_KEY: &str = "INSERT INTO reader_key (hash, reader, purpose, since, until) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (hash) DO UPDATE SET until = excluded.until WHERE reader = excluded.reader AND purpose = excluded.purpose";
const FIND: &str = "SELECT reader, until FROM reader_key WHERE hash = ?1 AND purpose = ?2";
const TAKE_KEY: &str = "DELETE FROM reader_key WHERE hash = ?1";
const FORGET_KEYS: &str = "DELETE FROM reader_key WHERE until <= ?1";

/// Each statement moves what one reader (`?1`) has to another (`?2`); what the other has already stays as it is.
const MOVE: [&str; 8] = [
    "UPDATE delivery SET follow = (SELECT theirs.id FROM follow AS mine
            JOIN follow AS theirs ON theirs.kind = mine.kind AND theirs.target = mine.target AND theirs.reader = ?2
            WHERE mine.id = delivery.follow)
        WHERE follow IN (SELECT mine.id FROM follow AS mine JOIN follow AS theirs
            ON theirs.kind = mine.kind AND theirs.target = mine.target AND theirs.reader = ?2 WHERE mine.reader = ?1)",
    "UPDATE OR IGNORE follow SET reader = ?2 WHERE reader = ?1",
    "DELETE FROM follow WHERE reader = ?1",
    "UPDATE receiver SET reader = ?2 WHERE reader = ?1",
    "INSERT INTO looked (reader, story, at, development)
        SELECT ?2, story, at, development FROM looked WHERE reader = ?1
        ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development)",
    "DELETE FROM looked WHERE reader = ?1",
    "UPDATE reader_key SET reader = ?2 WHERE reader = ?1",
    "DELETE FROM reader WHERE id = ?1",
];

/// Receivers of one reader (`?1`) that another (`?2`) has too.
const DOUBLE: &str = "SELECT mine.id, theirs.id FROM receiver AS mine
    JOIN receiver AS theirs ON theirs.kind = mine.kind AND theirs.address = mine.address
    WHERE mine.reader = ?1 AND theirs.reader = ?2";
/// Each statement gives what one receiver (`?1`) has to another (`?2`) with its address.
const GIVE: [&str; 4] = [
    // Confirmed by its owner once is confirmed.
    "UPDATE receiver SET state = 'active'
        WHERE id = ?2 AND EXISTS (SELECT 1 FROM receiver WHERE id = ?1 AND state = 'active')",
    "UPDATE OR IGNORE delivery SET receiver = ?2 WHERE receiver = ?1",
    // What both wait for and one was told is told.
    "UPDATE delivery SET state = had.state, done_at = had.done_at, claimed_until = 0 FROM delivery AS had
        WHERE delivery.receiver = ?2 AND delivery.state = 'pending' AND had.receiver = ?1
            AND had.development = delivery.development AND had.state IN ('accepted', 'folded')",
    "INSERT INTO told (receiver, story, at, development, count)
        SELECT ?2, story, at, development, count FROM told WHERE receiver = ?1
        ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development),
            count = MAX(count, excluded.count)",
];

/// What a secret of a reader is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPurpose {
    /// A browser of the reader: may see and change everything of the reader's.
    Device,
    /// The address of the reader's private feed: may read it.
    Feed,
    /// Moves the follows to another device, once.
    Link,
}

impl KeyPurpose {
    fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Feed => "feed",
            Self::Link => "link",
        }
    }
}

impl Store {
    /// The reader whose secret this is, while it is good.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reader_of(&self, hash: &str, purpose: KeyPurpose, now: Timestamp) -> Result<Option<ReaderId>> {
        self.read(|db| find(db, hash, purpose, now))
    }
}

impl Writer<'_> {
    /// A new reader with the hash of its first device's secret.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_reader(&mut self, device: &str, now: Timestamp) -> Result<ReaderId> {
        let reader = ReaderId(self.tx.prepare_cached(ADD)?.insert([millis(now)])?);
        self.give_key(reader, device, KeyPurpose::Device, now, None)?;
        Ok(reader)
    }

    /// Another secret of a reader, good until `until` or for ever. Giving the same one again renews it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn give_key(
        &mut self,
        reader: ReaderId,
        hash: &str,
        purpose: KeyPurpose,
        now: Timestamp,
        until: Option<Timestamp>,
    ) -> Result<()> {
        // What is over goes when something new comes, so that old links do not gather.
        self.tx.prepare_cached(FORGET_KEYS)?.execute([millis(now)])?;
        let row = params![hash, reader.0, purpose.word(), millis(now), until.map(millis)];
        self.tx.prepare_cached(ADD_KEY)?.execute(row)?;
        Ok(())
    }

    /// Uses a link up: the device with this secret belongs to the link's reader from now on, and what the device's
    /// own reader `own` had goes along. `None` for a link that is not good (any more).
    ///
    /// # Errors
    /// [`StoreError::TooMany`](crate::StoreError::TooMany) when both have more receivers than one may have; the link
    /// stays good.
    pub fn spend_link(
        &mut self,
        link: &str,
        device: &str,
        own: Option<ReaderId>,
        now: Timestamp,
    ) -> Result<Option<ReaderId>> {
        let Some(reader) = find(&self.tx, link, KeyPurpose::Link, now)? else { return Ok(None) };
        self.tx.prepare_cached(TAKE_KEY)?.execute([link])?;
        match own.filter(|own| *own != reader) {
            Some(own) => self.join_readers(own, reader)?,
            None => self.give_key(reader, device, KeyPurpose::Device, now, None)?,
        }
        Ok(Some(reader))
    }

    /// Gives all that one reader has to another; the first is no more. An address that both have is told once.
    fn join_readers(&mut self, from: ReaderId, into: ReaderId) -> Result<()> {
        for (mine, theirs) in self.double_receivers(from, into)? {
            self.move_rows(&GIVE, mine, theirs)?;
            self.forget_receiver(ReceiverId(mine))?;
        }
        self.move_rows(&MOVE, from.0, into.0)?;
        self.room_for_receivers(into, 0)
    }

    fn double_receivers(&self, from: ReaderId, into: ReaderId) -> Result<Vec<(i64, i64)>> {
        let mut find = self.tx.prepare_cached(DOUBLE)?;
        let found = find.query_map([from.0, into.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Ends one secret: this device signs out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_key(&mut self, hash: &str) -> Result<()> {
        self.tx.prepare_cached(TAKE_KEY)?.execute([hash])?;
        Ok(())
    }
}

fn find(
    db: &rusqlite::Connection,
    hash: &str,
    purpose: KeyPurpose,
    now: Timestamp,
) -> Result<Option<ReaderId>> {
    let mut find = db.prepare_cached(FIND)?;
    let found = find.query_row([hash, purpose.word()], |row| Ok((row.get(0)?, maybe_at(row, 1)?)));
    let found: Option<(i64, Option<Timestamp>)> = found.optional()?;
    Ok(found.filter(|(_, until)| until.is_none_or(|until| now < until)).map(|(reader, _)| ReaderId(reader)))
}

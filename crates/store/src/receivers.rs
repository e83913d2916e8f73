//! Receivers: the devices and other places where a reader is told, and what is wrong with them.

use crate::column::{at, from_json, maybe_at, millis, to_json};
use crate::error::{Result, StoreError};
use crate::follows::threshold;
use crate::view::{ReceiverState, ReceiverView, TroubledReceiver};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{Channel, QuietHours, ReaderId, Receiver, ReceiverId, Threshold};
use rusqlite::{OptionalExtension, Row, params};

/// Receivers of one reader.
const MOST: i64 = 32;
/// Characters of a receiver's name.
const LONGEST_NAME: usize = 80;
/// What is wrong is kept in so many characters.
const LONGEST_TROUBLE: usize = 300;

const ADD: &str = "INSERT INTO receiver (reader, name, kind, address, origin, channel, quiet, zone, threshold, state, since, used)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)";
const SAME: &str = "SELECT id, reader, channel FROM receiver WHERE kind = ?1 AND address = ?2 AND (kind = 'push' OR reader = ?3)";
const RENEW: &str = "UPDATE receiver SET reader = ?2, name = ?3, channel = ?4, used = ?5, zone = COALESCE(?6, zone), warned_at = NULL
    WHERE id = ?1";
const ROOM: &str = "SELECT ?2 - COUNT(*) FROM receiver WHERE reader = ?1 AND state <> 'gone'";
const SET: &str = "UPDATE receiver SET name = ?3, quiet = ?4, zone = COALESCE(?5, zone), threshold = ?6
    WHERE id = ?1 AND reader = ?2";
const SET_DIGEST: &str = "UPDATE receiver SET channel = json_set(channel, '$.digest_hour', ?3)
    WHERE id = ?1 AND reader = ?2 AND kind = 'mail'";
const REPLACE: &str =
    "UPDATE receiver SET address = ?3, origin = ?4, channel = ?5, used = ?6, state = 'active',
        warned_at = NULL, trouble = NULL, trouble_at = NULL, alert = 0, not_before = 0
    WHERE id = ?1 AND reader = ?2 AND kind = ?7";
const CONFIRM: &str = "UPDATE receiver SET state = 'active', used = ?2 WHERE code = ?1 AND state = 'waiting'";
const BY_CODE: &str = "SELECT id FROM receiver WHERE code = ?1";
const OWNS: &str = "SELECT 1 FROM receiver WHERE id = ?1 AND reader = ?2";
const TROUBLE: &str = "UPDATE receiver SET trouble = ?2, trouble_at = ?3, alert = ?4 WHERE id = ?1";
const GONE: &str = "UPDATE receiver SET state = 'gone', address = NULL, channel = '{\"kind\":\"gone\"}', trouble = ?2, trouble_at = ?3, alert = 0
    WHERE id = ?1 AND address IS ?4";
const SEND_AGAIN: &str = "UPDATE delivery SET claimed_until = 0, next_try = ?2
    WHERE receiver = ?1 AND state = 'pending' AND claimed_until > 0";
const END_DELIVERIES: &str = "UPDATE delivery SET state = 'gone', done_at = ?2, claimed_until = 0, why = ?3
    WHERE receiver = ?1 AND state = 'pending'";
const WARN: &str = "UPDATE receiver SET warned_at = ?2 WHERE id = ?1";
const UNUSED: &str = "SELECT RECEIVER FROM receiver WHERE kind = 'push' AND state = 'active' AND used < ?1
    AND (warned_at IS NULL OR used < ?2) ORDER BY used LIMIT 200";
const REMOVE: [&str; 3] = [
    "DELETE FROM delivery WHERE receiver = ?1",
    "DELETE FROM told WHERE receiver = ?1",
    "DELETE FROM receiver WHERE id = ?1",
];
const TROUBLED: &str = "SELECT id, name, kind, origin, trouble, trouble_at, alert FROM receiver
    WHERE trouble IS NOT NULL AND state = 'active' ORDER BY alert DESC, trouble_at DESC LIMIT ?1";
const FORGET_GONE: &str = "SELECT id FROM receiver WHERE (state = 'gone' AND trouble_at < ?1) OR (state = 'waiting' AND since < ?1)";
const PUSH_KEYS: &str =
    "SELECT DISTINCT json_extract(channel, '$.key') FROM receiver WHERE kind = 'push' AND state = 'active'";
const COUNTS: &str = "SELECT kind, SUM(state = 'active'), SUM(state = 'active' AND trouble IS NOT NULL), SUM(state = 'active' AND alert)
    FROM receiver GROUP BY kind";

/// The columns of [`receiver_of`].
pub(crate) const RECEIVER: &str =
    "receiver.id, receiver.reader, receiver.name, receiver.channel, receiver.quiet, receiver.threshold,
    receiver.since, receiver.used, receiver.zone";

/// A receiver to be added.
#[derive(Clone, Debug)]
pub struct NewReceiver {
    /// As its reader calls it: `Firefox on Linux`.
    pub name: String,
    pub channel: Channel,
    /// Scheme, host and port of its address, or the domain of a mail address.
    pub origin: String,
    pub quiet: Option<QuietHours>,
    /// Of its reader's clock; one that is known already stays when none is given.
    pub zone: Option<String>,
    pub threshold: Threshold,
    /// Nothing but the question is sent there until its owner confirms it.
    pub waits: bool,
}

/// Receivers of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiverCount {
    pub kind: String,
    pub active: u64,
    pub troubled: u64,
    /// Of these, how many wait for the operator.
    pub alerts: u64,
}

impl Store {
    /// Where a reader is told, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn receivers(&self, reader: ReaderId) -> Result<Vec<ReceiverView>> {
        let sql = format!(
            "SELECT {RECEIVER}, state, trouble, trouble_at, warned_at, kind FROM receiver WHERE reader = ?1 ORDER BY id"
        );
        self.read(|db| {
            let mut all = db.prepare_cached(&sql)?;
            let mut rows = all.query([reader.0])?;
            let mut receivers = Vec::new();
            while let Some(row) = rows.next()? {
                let state =
                    ReceiverState::from_word(row.get_ref(9)?.as_str().map_err(rusqlite::Error::from)?);
                receivers.push(ReceiverView {
                    id: ReceiverId(row.get(0)?),
                    name: row.get(2)?,
                    kind: row.get(13)?,
                    receiver: if state == ReceiverState::Gone { None } else { Some(receiver_of(row)?) },
                    state,
                    trouble: row.get(10)?,
                    trouble_at: maybe_at(row, 11)?,
                    warned_at: maybe_at(row, 12)?,
                });
            }
            Ok(receivers)
        })
    }

    /// One receiver of a reader, while it is there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver(&self, reader: ReaderId, id: ReceiverId) -> Result<Option<ReceiverView>> {
        Ok(self.receivers(reader)?.into_iter().find(|receiver| receiver.id == id))
    }

    /// A receiver by its id alone, also one that waits for its owner; `None` when it is not there (any more).
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver_by_id(&self, id: ReceiverId) -> Result<Option<Receiver>> {
        let sql = format!("SELECT {RECEIVER} FROM receiver WHERE id = ?1 AND state <> 'gone'");
        self.read(|db| Ok(gather(db, &sql, [id.0])?.pop()))
    }

    /// The code in the mails to a receiver.
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    pub fn receiver_code(&self, id: ReceiverId) -> Result<String> {
        self.read(|db| {
            let found = db
                .query_row("SELECT code FROM receiver WHERE id = ?1", [id.0], |row| row.get(0))
                .optional()?;
            found.ok_or(StoreError::Missing { what: "receiver", id: id.0 })
        })
    }

    /// Receivers that something is wrong with, those that wait for the operator first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn troubled_receivers(&self, limit: usize) -> Result<Vec<TroubledReceiver>> {
        self.read(|db| {
            let mut find = db.prepare_cached(TROUBLED)?;
            let rows = find.query_map([crate::column::size(limit)], |row| {
                Ok(TroubledReceiver {
                    id: ReceiverId(row.get(0)?),
                    name: row.get(1)?,
                    kind: row.get(2)?,
                    origin: row.get(3)?,
                    trouble: row.get(4)?,
                    at: at(row, 5)?,
                    alert: row.get(6)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Receivers by channel.
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver_counts(&self) -> Result<Vec<ReceiverCount>> {
        self.read(|db| {
            let mut count = db.prepare_cached(COUNTS)?;
            let big = crate::column::big_count;
            let rows = count.query_map([], |row| {
                Ok(ReceiverCount {
                    kind: row.get(0)?,
                    active: big(row, 1)?,
                    troubled: big(row, 2)?,
                    alerts: big(row, 3)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every active receiver that pushes go to, for keys made ahead; at most `limit`, those used last.
    ///
    /// # Errors
    /// Those of the database.
    pub fn push_receivers(&self, limit: usize) -> Result<Vec<Receiver>> {
        let sql = format!(
            "SELECT {RECEIVER} FROM receiver WHERE kind = 'push' AND state = 'active' ORDER BY used DESC LIMIT ?1"
        );
        self.read(|db| gather(db, &sql, [crate::column::size(limit)]))
    }

    /// The public keys that the subscriptions of devices in use were made with.
    ///
    /// # Errors
    /// Those of the database.
    pub fn push_keys_in_use(&self) -> Result<Vec<String>> {
        self.read(|db| {
            let mut find = db.prepare(PUSH_KEYS)?;
            let found = find.query_map([], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Devices that nobody used since `warned`, without those that are warned already and still have time until
    /// `expired`; at most 200, unused for longest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn unused_receivers(&self, warned: Timestamp, expired: Timestamp) -> Result<Vec<Receiver>> {
        let sql = UNUSED.replace("RECEIVER", RECEIVER);
        self.read(|db| gather(db, &sql, [millis(warned), millis(expired)]))
    }
}

impl Writer<'_> {
    /// Adds a receiver. A push subscription that is known is renewed, and is this reader's from now on when its keys
    /// prove that it is the same browser; another address of the same reader is renewed too.
    ///
    /// # Errors
    /// [`StoreError::TooMany`]; [`StoreError::Unfit`] for a push endpoint that is somebody else's.
    pub fn add_receiver(
        &mut self,
        reader: ReaderId,
        new: &NewReceiver,
        now: Timestamp,
    ) -> Result<ReceiverId> {
        let (kind, address) = (new.channel.kind(), address(&new.channel));
        let channel = to_json("channel", &new.channel)?;
        let name = short(&new.name, LONGEST_NAME);
        let mut same = self.tx.prepare_cached(SAME)?;
        let known = same.query_row(params![kind, address, reader.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        });
        if let Some((id, owner, before)) = known.optional()? {
            if owner != reader.0 && !same_browser(&from_json("channel", &before)?, &new.channel) {
                return Err(StoreError::Unfit { what: "push subscription" });
            }
            let row = params![id, reader.0, name, channel, millis(now), new.zone];
            self.tx.prepare_cached(RENEW)?.execute(row)?;
            return Ok(ReceiverId(id));
        }
        self.room_for_receivers(reader, 1)?;
        let quiet = new.quiet.as_ref().map(|quiet| to_json("quiet hours", quiet)).transpose()?;
        let state = if new.waits { "waiting" } else { "active" };
        let row = params![
            reader.0,
            name,
            kind,
            address,
            new.origin,
            channel,
            quiet,
            new.zone,
            new.threshold.word(),
            state,
            millis(now)
        ];
        Ok(ReceiverId(self.tx.prepare_cached(ADD)?.insert(row)?))
    }

    /// Changes a receiver, its time zone only when one is given; `false` when the reader has no such receiver.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_receiver(
        &mut self,
        reader: ReaderId,
        id: ReceiverId,
        name: &str,
        quiet: Option<&QuietHours>,
        zone: Option<&str>,
        threshold: Threshold,
    ) -> Result<bool> {
        let quiet = quiet.map(|quiet| to_json("quiet hours", quiet)).transpose()?;
        let row = params![id.0, reader.0, short(name, LONGEST_NAME), quiet, zone, threshold.word()];
        Ok(self.tx.prepare_cached(SET)?.execute(row)? > 0)
    }

    /// Another subscription of the same browser, after its key or its push service changed: what waits for the receiver
    /// goes there. `false` when the reader has no such receiver.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] for a push endpoint that is somebody else's.
    pub fn renew_receiver(
        &mut self,
        reader: ReaderId,
        id: ReceiverId,
        new: &NewReceiver,
        now: Timestamp,
    ) -> Result<bool> {
        let (kind, address) = (new.channel.kind(), address(&new.channel));
        let mut same = self.tx.prepare_cached(SAME)?;
        let other =
            same.query_row(params![kind, address, reader.0], |row| row.get::<_, i64>(0)).optional()?;
        if other.is_some_and(|other| other != id.0) {
            return Err(StoreError::Unfit { what: "push subscription" });
        }
        let row = params![
            id.0,
            reader.0,
            address,
            new.origin,
            to_json("channel", &new.channel)?,
            millis(now),
            kind
        ];
        Ok(self.tx.prepare_cached(REPLACE)?.execute(row)? > 0)
    }

    /// The hour at which a mail address gets its digest; `None`: each development by itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_digest(&mut self, reader: ReaderId, id: ReceiverId, hour: Option<u8>) -> Result<bool> {
        let row = params![id.0, reader.0, hour.map(|hour| hour % 24)];
        Ok(self.tx.prepare_cached(SET_DIGEST)?.execute(row)? > 0)
    }

    /// The owner of a mail address says that it wants the mails. `false` when nothing waits for that.
    ///
    /// # Errors
    /// Those of the database.
    pub fn confirm_receiver(&mut self, code: &str, now: Timestamp) -> Result<bool> {
        Ok(self.tx.prepare_cached(CONFIRM)?.execute(params![code, millis(now)])? > 0)
    }

    /// Removes a receiver with all that waits for it. `false` when the reader has no such receiver.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove_receiver(&mut self, reader: ReaderId, id: ReceiverId) -> Result<bool> {
        let owns = self.tx.prepare_cached(OWNS)?.exists([id.0, reader.0])?;
        if owns {
            self.forget_receiver(id)?;
        }
        Ok(owns)
    }

    /// Removes a receiver by the code in its mails: no more mail goes there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove_receiver_by_code(&mut self, code: &str) -> Result<bool> {
        let found = self.tx.prepare_cached(BY_CODE)?.query_row([code], |row| row.get(0)).optional()?;
        let Some(id) = found else { return Ok(false) };
        self.forget_receiver(ReceiverId(id))?;
        Ok(true)
    }

    /// A receiver was warned that nobody uses it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver_warned(&mut self, id: ReceiverId, now: Timestamp) -> Result<()> {
        self.tx.prepare_cached(WARN)?.execute([id.0, millis(now)])?;
        Ok(())
    }

    /// A receiver is no more; so is all that waits for it. Its row stays for a while, so that its reader sees why. One that
    /// has got another address meanwhile lives on, and what was on its way to the old one is due again.
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver_gone(&mut self, receiver: &Receiver, why: &str, now: Timestamp) -> Result<()> {
        let (id, why) = (receiver.id.0, short(why, LONGEST_TROUBLE));
        let gone = params![id, why, millis(now), address(&receiver.channel)];
        match self.tx.prepare_cached(GONE)?.execute(gone)? {
            0 => self.tx.prepare_cached(SEND_AGAIN)?.execute([id, millis(now)])?,
            _ => self.tx.prepare_cached(END_DELIVERIES)?.execute(params![id, millis(now), why])?,
        };
        Ok(())
    }

    /// What went wrong with a receiver last; `None` when all is well again.
    pub(crate) fn receiver_trouble(
        &mut self,
        id: i64,
        trouble: Option<(&str, bool)>,
        now: Timestamp,
    ) -> Result<()> {
        let (why, alert) = trouble.unzip();
        let row = params![
            id,
            why.map(|why| short(why, LONGEST_TROUBLE)),
            why.map(|_| millis(now)),
            alert.unwrap_or(false)
        ];
        self.tx.prepare_cached(TROUBLE)?.execute(row)?;
        Ok(())
    }

    /// Forgets receivers that are gone, or were never confirmed, since `before`. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_gone_receivers(&mut self, before: Timestamp) -> Result<usize> {
        let mut find = self.tx.prepare_cached(FORGET_GONE)?;
        let gone: Vec<i64> =
            find.query_map([millis(before)], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        drop(find);
        for id in &gone {
            self.forget_receiver(ReceiverId(*id))?;
        }
        Ok(gone.len())
    }

    /// Refuses what would be more receivers than a reader may have.
    pub(crate) fn room_for_receivers(&self, reader: ReaderId, more: i64) -> Result<()> {
        let room: i64 = self.tx.prepare_cached(ROOM)?.query_row([reader.0, MOST], |row| row.get(0))?;
        if room < more { Err(StoreError::TooMany { what: "receivers" }) } else { Ok(()) }
    }

    pub(crate) fn forget_receiver(&mut self, id: ReceiverId) -> Result<()> {
        for sql in REMOVE {
            self.tx.prepare_cached(sql)?.execute([id.0])?;
        }
        Ok(())
    }
}

/// What tells a receiver from others of its kind.
fn address(channel: &Channel) -> &str {
    match channel {
        Channel::Push { endpoint, .. } => endpoint,
        Channel::Webhook { url, .. } | Channel::Ntfy { url, .. } | Channel::Gotify { url, .. } => url,
        Channel::Mail { address, .. } => address,
    }
}

/// An endpoint alone proves nothing; its keys are known to its browser and us.
fn same_browser(before: &Channel, now: &Channel) -> bool {
    match (before, now) {
        (Channel::Push { p256dh, auth, .. }, Channel::Push { p256dh: p256dh_now, auth: auth_now, .. }) => {
            p256dh == p256dh_now && auth == auth_now
        }
        _ => false,
    }
}

fn short(words: &str, most: usize) -> String {
    words.chars().filter(|c| !c.is_control()).take(most).collect()
}

fn gather<P: rusqlite::Params>(db: &rusqlite::Connection, sql: &str, given: P) -> Result<Vec<Receiver>> {
    let mut find = db.prepare_cached(sql)?;
    let mut rows = find.query(given)?;
    let mut receivers = Vec::new();
    while let Some(row) = rows.next()? {
        receivers.push(receiver_of(row)?);
    }
    Ok(receivers)
}

/// A receiver whose columns [`RECEIVER`] come first.
pub(crate) fn receiver_of(row: &Row) -> Result<Receiver> {
    let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let quiet: Option<String> = row.get(4)?;
    Ok(Receiver {
        id: ReceiverId(row.get(0)?),
        reader: ReaderId(row.get(1)?),
        name: row.get(2)?,
        channel: from_json("channel", word(3)?)?,
        quiet: quiet.map(|quiet| from_json("quiet hours", &quiet)).transpose()?,
        threshold: threshold(row, 5)?,
        since: at(row, 6)?,
        used: at(row, 7)?,
        zone: row.get(8)?,
    })
}

//! Deliveries: one development on its way to one receiver. The row is the queue: a worker claims what is due, sends it
//! and settles it; what a worker that died had claimed is due again.
//!
//! Claimed together is what waits for one receiver of one story, so that a newer development can take the older ones
//! along, and so that two workers never tell one device of one story at the same time.

mod turns;

use crate::column::{at, count, maybe_at, millis, size, to_json};
use crate::developments::{DEVELOPMENT, development_of, evidence};
use crate::error::Result;
use crate::follows::{target_of, threshold};
use crate::receivers::{RECEIVER, receiver_of};
use crate::twins::{Elsewhere, has_twin, told_elsewhere};
use crate::view::DevelopmentView;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{Channel, DeliveryId, DevelopmentId, Follow, FollowId, ReaderId, Receiver, ReceiverId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use turns::{Candidate, by_turns};

/// Deliveries of one receiver looked at together: a digest of more goes in parts, each of which shows all that it holds.
const MOST_TOGETHER: i64 = 100;

/// Looked at for each that is taken up, so that one reader's many do not hide what others wait for.
const CANDIDATES: usize = 4;
const LEAST_CANDIDATES: usize = 256;

/// A delivery whose neighbour is under way is looked at again so many milliseconds later.
const NEIGHBOUR_MS: i64 = 1_000;

/// No delivery waits longer: until the hour of a digest, the end of quiet hours, the next attempt.
const LONGEST_MS: i64 = 2 * 24 * 3_600_000;

/// A receiver's row is written for being used only so often.
const USED_EVERY_MS: i64 = 24 * 3_600_000;

const DUE: &str = "SELECT delivery.receiver, delivery.story, receiver.reader, receiver.origin
    FROM delivery JOIN receiver ON receiver.id = delivery.receiver
    WHERE delivery.state = 'pending' AND next_try <= ?1 AND claimed_until <= ?1
        AND receiver.origin NOT IN (SELECT value FROM json_each(?2))
        AND receiver.reader NOT IN (SELECT value FROM json_each(?3))
        AND (?4 IS NULL OR receiver.origin IN (SELECT value FROM json_each(?4)))
    ORDER BY next_try, delivery.id LIMIT ?5";
const WAITING: &str = "SELECT delivery.id, delivery.development, delivery.story, delivery.attempts, delivery.claimed_until,
        follow.id, follow.reader, follow.kind, follow.target, follow.threshold, follow.families, follow.since, follow.code,
        delivery.made_at
    FROM delivery LEFT JOIN follow ON follow.id = delivery.follow
    WHERE receiver = ?1 AND (?2 IS NULL OR story = ?2) AND state = 'pending' ORDER BY delivery.development LIMIT ?3";
const TOLD: &str = "SELECT at, count FROM told WHERE receiver = ?1 AND story = ?2";
const CLAIM: &str =
    "UPDATE delivery SET claimed_until = ?2 WHERE id = ?1 AND state = 'pending' AND claimed_until <= ?3";
const PUT_OFF: &str =
    "UPDATE delivery SET next_try = ?3 WHERE receiver = ?1 AND story = ?2 AND state = 'pending'
    AND next_try < ?3 AND claimed_until <= ?4";
const RELEASE: &str = "UPDATE delivery SET claimed_until = 0 WHERE claimed_until > 0";
/// What waits for the operator is due at once: a start may come with what was to be mended.
const HURRY: &str = "UPDATE delivery SET next_try = made_at WHERE state = 'pending'
    AND receiver IN (SELECT id FROM receiver WHERE alert = 1)";
/// What waits for longer than any delivery does, or was told in the future, got its time from a clock that was ahead.
const SOONER: &str = "UPDATE delivery SET next_try = ?1 WHERE state = 'pending' AND next_try > ?1 + ?2";
const NOT_SO_LONG: &str = "UPDATE receiver SET not_before = 0 WHERE not_before > ?1 + ?2";
const TOLD_BY_NOW: &str = "UPDATE told SET at = ?1 WHERE at > ?1";
const NEXT: &str = "SELECT MIN(next_try) FROM delivery WHERE state = 'pending'";
const PENDING: &str = "SELECT COUNT(*) FROM delivery WHERE state = 'pending'";
const DONE: &str =
    "UPDATE delivery SET state = ?2, done_at = ?3, claimed_until = 0, why = ?4, attempts = attempts + ?5
    WHERE id = ?1 AND state = 'pending'";
const LATER: &str = "UPDATE delivery SET next_try = ?2, claimed_until = 0, why = ?3, attempts = attempts + ?4
    WHERE id = ?1 AND state = 'pending'";
const TELL: &str = "INSERT INTO told (receiver, story, at, development)
    SELECT receiver, story, ?2, development FROM delivery WHERE id = ?1
    ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development),
        count = count + 1";
const TELL_ALONG: &str = "UPDATE told SET count = count + 1
    WHERE (receiver, story) = (SELECT receiver, story FROM delivery WHERE id = ?1)";
const WELL: &str =
    "UPDATE receiver SET used = MAX(used, ?2), warned_at = NULL, trouble = NULL, trouble_at = NULL, alert = 0
    WHERE id = ?1 AND (used < ?2 - ?3 OR trouble IS NOT NULL)";
const ASKED: &str = "UPDATE receiver SET not_before = MAX(not_before, ?2) WHERE id = ?1";
const PUT_OFF_ALL: &str = "UPDATE delivery SET next_try = ?2
    WHERE receiver = ?1 AND state = 'pending' AND next_try < ?2 AND claimed_until <= ?3";
const FORGET: &str = "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE done_at < ?1 LIMIT ?2)";

/// Whose deliveries are left for later, since they hold all the places that they may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    pub origins: Vec<String>,
    pub readers: Vec<ReaderId>,
    /// The places that are left are for these origins.
    pub only: Option<Vec<String>>,
}

/// What waits for one receiver: of one story, or of all stories when it gets digests.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub receiver: Receiver,
    /// Whose answers its answers are.
    pub origin: String,
    /// Ends all mail to it.
    pub code: String,
    /// Oldest development first; never empty.
    pub waiting: Vec<Waiting>,
}

/// One delivery that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: DeliveryId,
    pub development: Arc<DevelopmentView>,
    /// The follow that asked for it, with its code; none once that was ended.
    pub follow: Option<(Follow, String)>,
    /// When it came to be.
    pub made: Timestamp,
    /// Attempts that failed.
    pub attempts: u32,
    /// What the receiver was told of this story before.
    pub told: Option<Told>,
    /// What told it the same before, of another story, or waits to.
    pub elsewhere: Option<Elsewhere>,
}

/// What a receiver was told of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// When last.
    pub at: Timestamp,
    /// Developments in all, those folded into others counted.
    pub count: u32,
}

/// What became of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    Accepted,
    /// Went out as part of a newer one, which is settled before it.
    Folded,
    /// Never to be sent.
    Refused {
        why: String,
    },
    /// Not tried: its time has not come.
    Waits {
        until: Timestamp,
        why: String,
    },
    /// Tried without success.
    Deferred {
        until: Timestamp,
        why: String,
    },
}

/// When the next delivery is due, and how many wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub next: Option<Timestamp>,
    pub pending: u64,
}

impl Store {
    /// Takes what is due, by turns among readers and longest waiting first, for at most `limit` receivers and stories;
    /// nobody else is given it before `until`. What is `busy` is left for later, and so is what `has_room`, asked for
    /// each reader and origin, does not let pass: neither one reader nor one peer must take all places.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_deliveries(
        &self,
        limit: usize,
        now: Timestamp,
        until: Timestamp,
        busy: &Busy,
        mut has_room: impl FnMut(ReaderId, &str) -> bool,
    ) -> Result<Vec<Claimed>> {
        // Everything is read before the lock of the writer is taken.
        let (claims, neighbours) = self.read(|db| find(db, limit, now, busy, &mut has_room))?;
        if claims.is_empty() && neighbours.is_empty() {
            return Ok(Vec::new());
        }
        self.write(|writer| {
            let later = millis(now) + NEIGHBOUR_MS;
            let mut put_off = writer.tx.prepare_cached(PUT_OFF)?;
            for (receiver, story) in &neighbours {
                put_off.execute(params![receiver, story, later, millis(now)])?;
            }
            let mut claim = writer.tx.prepare_cached(CLAIM)?;
            let mut claimed = Vec::with_capacity(claims.len());
            for mut one in claims {
                let mut had = Vec::with_capacity(one.waiting.len());
                for waiting in one.waiting {
                    if claim.execute([waiting.id.0, millis(until), millis(now)])? > 0 {
                        had.push(waiting);
                    }
                }
                one.waiting = had;
                if !one.waiting.is_empty() {
                    claimed.push(one);
                }
            }
            Ok(claimed)
        })
    }

    /// Gives back all that was claimed, at the start of the program, lets what the operator was to mend be tried again, and
    /// takes back what a clock that was ahead put off. Returns how many were given back.
    ///
    /// # Errors
    /// Those of the database.
    pub fn release_deliveries(&self, now: Timestamp) -> Result<usize> {
        self.write(|writer| {
            writer.tx.execute(HURRY, [])?;
            writer.tx.execute(SOONER, [millis(now), LONGEST_MS])?;
            writer.tx.execute(NOT_SO_LONG, [millis(now), LONGEST_MS])?;
            writer.tx.execute(TOLD_BY_NOW, [millis(now)])?;
            Ok(writer.tx.execute(RELEASE, [])?)
        })
    }

    /// When the next delivery is due.
    ///
    /// # Errors
    /// Those of the database.
    pub fn next_delivery(&self) -> Result<Option<Timestamp>> {
        self.read(|db| Ok(db.prepare_cached(NEXT)?.query_row([], |row| maybe_at(row, 0))?))
    }

    /// When the next delivery is due, and how many wait: counted, so not to be asked for all the time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn deliveries_due(&self) -> Result<Due> {
        self.read(|db| {
            Ok(Due {
                next: db.prepare_cached(NEXT)?.query_row([], |row| maybe_at(row, 0))?,
                pending: db.prepare_cached(PENDING)?.query_row([], |row| crate::column::big_count(row, 0))?,
            })
        })
    }
}

impl Writer<'_> {
    /// Records what became of deliveries of one receiver.
    ///
    /// # Errors
    /// Those of the database.
    pub fn settle(&mut self, deliveries: &[(DeliveryId, Settled)], now: Timestamp) -> Result<()> {
        for (id, settled) in deliveries {
            match settled {
                Settled::Accepted => {
                    self.end_delivery(*id, "accepted", None, 1, now)?;
                    self.tx.prepare_cached(TELL)?.execute([id.0, millis(now)])?;
                }
                Settled::Folded => {
                    self.end_delivery(*id, "folded", None, 0, now)?;
                    self.tx.prepare_cached(TELL_ALONG)?.execute([id.0])?;
                }
                Settled::Refused { why } => self.end_delivery(*id, "refused", Some(why), 0, now)?,
                Settled::Waits { until, why } => self.delay_delivery(*id, *until, why, 0)?,
                Settled::Deferred { until, why } => self.delay_delivery(*id, *until, why, 1)?,
            }
        }
        Ok(())
    }

    /// A receiver took something: it is in use, and nothing is wrong with it (any more).
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver_well(&mut self, receiver: ReceiverId, now: Timestamp) -> Result<()> {
        self.tx.prepare_cached(WELL)?.execute([receiver.0, millis(now), USED_EVERY_MS])?;
        Ok(())
    }

    /// A receiver did not take something; `alert` when the operator must act.
    ///
    /// # Errors
    /// Those of the database.
    pub fn receiver_ill(
        &mut self,
        receiver: ReceiverId,
        why: &str,
        alert: bool,
        now: Timestamp,
    ) -> Result<()> {
        self.receiver_trouble(receiver.0, Some((why, alert)), now)
    }

    /// The peer of a receiver asked to be left alone: nothing of any story goes there before `until`, but for what is under
    /// way.
    ///
    /// # Errors
    /// Those of the database.
    pub fn leave_alone(&mut self, receiver: ReceiverId, until: Timestamp, now: Timestamp) -> Result<()> {
        self.tx.prepare_cached(ASKED)?.execute([receiver.0, millis(until)])?;
        self.tx.prepare_cached(PUT_OFF_ALL)?.execute([receiver.0, millis(until), millis(now)])?;
        Ok(())
    }

    /// Forgets deliveries that were done before `before`, at most `most`. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_deliveries(&mut self, before: Timestamp, most: usize) -> Result<usize> {
        Ok(self.tx.prepare_cached(FORGET)?.execute([millis(before), size(most)])?)
    }

    fn end_delivery(
        &self,
        id: DeliveryId,
        state: &str,
        why: Option<&str>,
        tried: i64,
        now: Timestamp,
    ) -> Result<()> {
        self.tx.prepare_cached(DONE)?.execute(params![id.0, state, millis(now), why, tried])?;
        Ok(())
    }

    fn delay_delivery(&self, id: DeliveryId, until: Timestamp, why: &str, tried: i64) -> Result<()> {
        self.tx.prepare_cached(LATER)?.execute(params![id.0, millis(until), why, tried])?;
        Ok(())
    }
}

/// A receiver and a story.
type Pair = (i64, i64);

/// What can be claimed, and the receivers and stories of which something is under way.
fn find(
    db: &Connection,
    limit: usize,
    now: Timestamp,
    busy: &Busy,
    has_room: &mut dyn FnMut(ReaderId, &str) -> bool,
) -> Result<(Vec<Claimed>, Vec<Pair>)> {
    let mut finding = Finding {
        db,
        now: millis(now),
        receivers: HashMap::new(),
        developments: HashMap::new(),
        twins: HashMap::new(),
    };
    let mut digests = BTreeSet::new();
    let (mut claims, mut neighbours) = (Vec::new(), Vec::new());
    for one in due(db, limit, now, busy)? {
        if claims.len() == limit {
            break;
        }
        // Asked before anything is read: most of a burst has no room yet.
        if digests.contains(&one.receiver) || !has_room(one.reader, &one.origin) {
            continue;
        }
        let Some((receiver, origin, code)) = finding.receiver(one.receiver)? else { continue };
        let together = matches!(receiver.channel, Channel::Mail { digest_hour: Some(_), .. });
        if together {
            digests.insert(one.receiver);
        }
        match finding.waiting(&receiver, (!together).then_some(one.story))? {
            Some(waiting) if !waiting.is_empty() => {
                claims.push(Claimed { receiver, origin, code, waiting });
            }
            Some(_) => {}
            None => neighbours.push((one.receiver, one.story)),
        }
    }
    Ok((claims, neighbours))
}

/// Receivers and stories with something due, each once, by turns among readers.
fn due(db: &Connection, limit: usize, now: Timestamp, busy: &Busy) -> Result<Vec<Candidate>> {
    let only = busy.only.as_ref().map(|only| to_json("origins", only)).transpose()?;
    let (origins, readers) = (to_json("origins", &busy.origins)?, to_json("readers", &busy.readers)?);
    let most = limit.saturating_mul(CANDIDATES).max(LEAST_CANDIDATES);
    let mut find = db.prepare_cached(DUE)?;
    let rows = find.query_map(params![millis(now), origins, readers, only, size(most)], |row| {
        let (receiver, story, reader) = (row.get(0)?, row.get(1)?, ReaderId(row.get(2)?));
        Ok(Candidate { receiver, story, reader, origin: row.get(3)? })
    })?;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let one = row?;
        if seen.insert((one.receiver, one.story)) {
            found.push(one);
        }
    }
    Ok(by_turns(found))
}

/// One look at what is due; what several deliveries share is read once.
struct Finding<'a> {
    db: &'a Connection,
    now: i64,
    receivers: HashMap<i64, (Receiver, String, String)>,
    developments: HashMap<i64, Arc<DevelopmentView>>,
    /// Whether a development has twins: most have none, and then no receiver is asked.
    twins: HashMap<i64, bool>,
}

impl Finding<'_> {
    fn receiver(&mut self, id: i64) -> Result<Option<(Receiver, String, String)>> {
        if let Some(known) = self.receivers.get(&id) {
            return Ok(Some(known.clone()));
        }
        let sql = format!("SELECT {RECEIVER}, origin, code FROM receiver WHERE id = ?1 AND state = 'active'");
        let mut find = self.db.prepare_cached(&sql)?;
        let mut rows = find.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let found = (receiver_of(row)?, row.get(9)?, row.get(10)?);
        self.receivers.insert(id, found.clone());
        Ok(Some(found))
    }

    /// What waits, oldest first; `None` while some of it is under way.
    fn waiting(&mut self, receiver: &Receiver, story: Option<i64>) -> Result<Option<Vec<Waiting>>> {
        let db = self.db;
        let (mut find, mut tell) = (db.prepare_cached(WAITING)?, db.prepare_cached(TOLD)?);
        let mut rows = find.query(params![receiver.id.0, story, MOST_TOGETHER])?;
        let mut waiting = Vec::new();
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(4)? > self.now {
                return Ok(None);
            }
            let follow = match row.get::<_, Option<i64>>(5)? {
                Some(id) => {
                    let follow = Follow {
                        id: FollowId(id),
                        reader: ReaderId(row.get(6)?),
                        target: target_of(row, 7)?,
                        threshold: threshold(row, 9)?,
                        families: count(row, 10)?,
                        since: at(row, 11)?,
                    };
                    Some((follow, row.get(12)?))
                }
                None => None,
            };
            let Some(development) = self.development(row.get(1)?)? else { continue };
            let told = tell
                .query_row([receiver.id.0, row.get(2)?], |row| {
                    Ok(Told { at: at(row, 0)?, count: count(row, 1)? })
                })
                .optional()?;
            let id = DeliveryId(row.get(0)?);
            let elsewhere = match self.has_twin(development.id)? {
                true => told_elsewhere(db, receiver.id, development.id, id, self.now)?,
                false => None,
            };
            let (made, attempts) = (at(row, 13)?, count(row, 3)?);
            waiting.push(Waiting { id, development, follow, made, attempts, told, elsewhere });
        }
        Ok(Some(waiting))
    }

    fn has_twin(&mut self, id: DevelopmentId) -> Result<bool> {
        if let Some(known) = self.twins.get(&id.0) {
            return Ok(*known);
        }
        let found = has_twin(self.db, id)?;
        self.twins.insert(id.0, found);
        Ok(found)
    }

    fn development(&mut self, id: i64) -> Result<Option<Arc<DevelopmentView>>> {
        if let Some(known) = self.developments.get(&id) {
            return Ok(Some(Arc::clone(known)));
        }
        let sql = format!(
            "SELECT {DEVELOPMENT} FROM development LEFT JOIN story ON story.id = development.story
            WHERE development.id = ?1"
        );
        let mut find = self.db.prepare_cached(&sql)?;
        let found = find.query_row([id], development_of);
        let Some(mut found) = found.optional()? else { return Ok(None) };
        found.evidence = evidence(self.db, found.id)?;
        let found = Arc::new(found);
        self.developments.insert(id, Arc::clone(&found));
        Ok(Some(found))
    }
}

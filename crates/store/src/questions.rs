//! Questions to the owners of mail addresses, whether the mails are wanted: one a day to each, whoever names it and however
//! often, so that nobody is flooded through us.
//!
//! In: a hash of the address, since it may be that of somebody who wants nothing of us. It is forgotten after a day.

use crate::column::millis;
use crate::error::{Result, StoreError};
use crate::{Store, Writer};
use jiff::{SignedDuration, Timestamp};
use news::ReceiverId;
use rusqlite::params;

/// Between two questions to one address.
const BETWEEN: SignedDuration = SignedDuration::from_hours(24);

const WAITS: &str = "SELECT 1 FROM receiver WHERE id = ?1 AND state = 'waiting'";
const FORGET: &str = "DELETE FROM question WHERE at <= ?1";
const TAKE: &str = "INSERT INTO question (address, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const GIVE_BACK: &str = "DELETE FROM question WHERE address = ?1";

impl Writer<'_> {
    /// Takes the day's one question to an address, for a receiver that waits for its owner. `false` when there is
    /// nothing to ask: the owner has said yes.
    ///
    /// # Errors
    /// [`StoreError::AskedLately`].
    pub fn take_question(&mut self, receiver: ReceiverId, address: &str, now: Timestamp) -> Result<bool> {
        if !self.tx.prepare_cached(WAITS)?.exists([receiver.0])? {
            return Ok(false);
        }
        let before = now.saturating_sub(BETWEEN).unwrap_or(now);
        self.tx.prepare_cached(FORGET)?.execute([millis(before)])?;
        match self.tx.prepare_cached(TAKE)?.execute(params![address, millis(now)])? {
            0 => Err(StoreError::AskedLately),
            _ => Ok(true),
        }
    }
}

impl Store {
    /// Gives a question back that could not be sent.
    ///
    /// # Errors
    /// Those of the database.
    pub fn give_back_question(&self, address: &str) -> Result<()> {
        self.write(|writer| {
            writer.tx.prepare_cached(GIVE_BACK)?.execute([address])?;
            Ok(())
        })
    }
}

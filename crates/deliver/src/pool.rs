//! Sender keys made ahead, one for each subscription: a burst of messages then costs hashing and AES alone.
//!
//! In: subscriptions as they are used or announced. Out: a [`Prepared`] key for the next message, once. About 250 bytes
//! a subscription, in memory only.

use crate::KeyError;
use crate::encrypt::{Prepared, Subscription};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Subscriptions that keys are kept for; the ones beyond get theirs when they are sent to.
const MOST: usize = 200_000;

/// See the module.
#[derive(Default)]
pub(crate) struct Pool {
    keys: Mutex<Keys>,
}

#[derive(Default)]
struct Keys {
    ready: HashMap<Subscription, Prepared>,
    wanted: HashSet<Subscription>,
}

impl Pool {
    /// The key for a message: one made ahead, else a new one. Another will be made in idle time.
    ///
    /// # Errors
    /// As [`Prepared::new`].
    pub(crate) fn take(&self, subscription: &Subscription) -> Result<Prepared, KeyError> {
        let ready = {
            let mut keys = self.keys();
            let ready = keys.ready.remove(subscription);
            keys.want(*subscription);
            ready
        };
        match ready {
            Some(prepared) => Ok(prepared),
            None => Prepared::new(subscription),
        }
    }

    /// Asks for a key to be made in idle time.
    pub(crate) fn expect(&self, subscription: Subscription) {
        self.keys().want(subscription);
    }

    /// Makes up to so many of the keys asked for; returns how many were made. Zero when nothing is left to do.
    pub(crate) fn refill(&self, most: usize) -> usize {
        let next: Vec<Subscription> = self.keys().wanted.iter().take(most).copied().collect();
        let mut made = 0;
        for subscription in next {
            // Outside the lock: it takes some 60 µs.
            let prepared = Prepared::new(&subscription);
            let mut keys = self.keys();
            keys.wanted.remove(&subscription);
            if let Ok(prepared) = prepared {
                keys.ready.insert(subscription, prepared);
                made += 1;
            }
        }
        made
    }

    /// Forgets a subscription that is no more.
    pub(crate) fn forget(&self, subscription: &Subscription) {
        let mut keys = self.keys();
        keys.ready.remove(subscription);
        keys.wanted.remove(subscription);
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys {
    fn want(&mut self, subscription: Subscription) {
        if !self.ready.contains_key(&subscription) && self.ready.len() + self.wanted.len() < MOST {
            self.wanted.insert(subscription);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encrypt::tests::{UA_PUBLIC, open, subscription};

    #[test]
    fn each_key_is_used_once_and_made_again() {
        let pool = Pool::default();
        assert_eq!(pool.refill(10), 0);
        pool.expect(subscription());
        assert_eq!((pool.refill(10), pool.refill(10)), (1, 0));
        let ready = |pool: &Pool| pool.keys().ready.len();
        let bodies: Vec<Vec<u8>> =
            (0..3).map(|_| pool.take(&subscription()).unwrap().seal(b"news").unwrap()).collect();
        assert_eq!(ready(&pool), 0);
        for body in &bodies {
            assert_eq!(open(body).unwrap(), b"news");
        }
        assert_ne!(bodies[0][21..86], bodies[1][21..86]);
        assert_ne!(bodies[1][21..86], bodies[2][21..86]);
        assert_eq!((pool.refill(10), ready(&pool)), (1, 1));
        pool.forget(&subscription());
        assert_eq!((pool.refill(10), ready(&pool)), (0, 0));
    }

    #[test]
    fn a_key_off_the_curve_is_not_tried_for_ever() {
        let pool = Pool::default();
        let off = UA_PUBLIC.replace("BCVx", "BDVx");
        pool.expect(Subscription::read(&off, "AAAAAAAAAAAAAAAAAAAAAA").unwrap());
        assert_eq!((pool.refill(10), pool.keys().wanted.len()), (0, 0));
    }
}

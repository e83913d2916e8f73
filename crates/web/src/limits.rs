//! Budgets by peer: requests, changes, attempts to sign in, new readers and receivers, live streams. And by receiver: tests.

use crate::peer::Peer;
use crate::settings::Limits;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use news::ReceiverId;
use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// The budgets of all peers.
pub(crate) struct Budgets {
    pub(crate) requests: Budget,
    pub(crate) writes: Budget,
    pub(crate) logins: Guesses,
    pub(crate) readers: Budget,
    pub(crate) receivers: Budget,
    pub(crate) tests: Budget<ReceiverId>,
    pub(crate) streams: Places,
    pub(crate) connections: Places,
}

impl Budgets {
    pub(crate) fn new(limits: &Limits) -> Self {
        let per_minute = |n| Quota::per_minute(at_least_one(n));
        let requests = Quota::per_second(at_least_one(limits.requests_per_second));
        Self {
            requests: Budget::new(requests.allow_burst(at_least_one(limits.request_burst))),
            writes: Budget::new(per_minute(limits.writes_per_minute)),
            logins: Guesses::new(limits.logins_per_minute),
            readers: Budget::new(Quota::per_hour(at_least_one(limits.readers_per_hour))),
            receivers: Budget::new(Quota::per_hour(at_least_one(limits.receivers_per_hour))),
            tests: Budget::new(Quota::per_hour(at_least_one(limits.tests_per_hour))),
            streams: Places::new(limits.streams, limits.streams_per_peer),
            connections: Places::new(limits.connections, limits.connections_per_peer),
        }
    }

    /// Forgets peers whose budgets are full again, so that only the peers of the last moments are remembered.
    pub(crate) fn forget_idle(&self) {
        for budget in [&self.requests, &self.writes, &self.readers, &self.receivers] {
            budget.forget_idle();
        }
        self.tests.forget_idle();
        self.logins.forget_idle();
    }
}

fn at_least_one(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

/// So many a time from each peer, or to each of something else.
pub(crate) struct Budget<K: Copy + Eq + Hash = Peer>(DefaultKeyedRateLimiter<K>);

impl<K: Copy + Eq + Hash> Budget<K> {
    fn new(quota: Quota) -> Self {
        Self(RateLimiter::keyed(quota))
    }

    /// Takes one, or says how long to wait.
    pub(crate) fn take(&self, whose: K) -> Result<(), Duration> {
        self.0.check_key(&whose).map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }

    fn forget_idle(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}

/// Attempts to sign in, so many a minute from each peer. Not a [`Budget`], since a right token costs nothing where
/// programs bring one with each request, and yet is refused once wrong ones have spent the budget: else guessing would
/// go on as fast as requests may come.
pub(crate) struct Guesses {
    /// In which one more is allowed, and how many at once.
    each: Duration,
    burst: u32,
    /// When the budget of a peer is full again.
    full_at: Mutex<HashMap<Peer, Instant>>,
}

impl Guesses {
    fn new(per_minute: u32) -> Self {
        let burst = per_minute.max(1);
        Self { each: Duration::from_secs(60) / burst, burst, full_at: Mutex::default() }
    }

    /// Takes one, or says how long to wait.
    pub(crate) fn take(&self, peer: Peer) -> Result<(), Duration> {
        self.judge(peer, false, Instant::now())
    }

    /// Says how long to wait when the budget is spent, whether the guess is right or not; a wrong one takes one.
    pub(crate) fn judge(&self, peer: Peer, right: bool, now: Instant) -> Result<(), Duration> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full = full_at.get(&peer).map_or(now, |at| (*at).max(now));
        let spent = full.duration_since(now).saturating_sub(self.each * (self.burst - 1));
        if !spent.is_zero() {
            return Err(spent);
        }
        if !right {
            full_at.insert(peer, full + self.each);
        }
        Ok(())
    }

    fn forget_idle(&self) {
        let now = Instant::now();
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, at| *at > now);
    }
}

/// Places that are held for a while, so many in all and from each peer.
#[derive(Clone)]
pub(crate) struct Places(Arc<Shared>);

struct Shared {
    most: usize,
    most_per_peer: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_peer: HashMap<Peer, usize>,
}

impl Places {
    fn new(most: usize, most_per_peer: usize) -> Self {
        Self(Arc::new(Shared { most, most_per_peer, taken: Mutex::default() }))
    }

    /// A place until the [`Place`] is dropped, or `None` when there is none left.
    pub(crate) fn take(&self, peer: Peer) -> Option<Place> {
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = taken.by_peer.get(&peer).copied().unwrap_or(0);
        if taken.all >= self.0.most || mine >= self.0.most_per_peer {
            return None;
        }
        taken.all += 1;
        taken.by_peer.insert(peer, mine + 1);
        Some(Place { shared: Arc::clone(&self.0), peer: Some(peer) })
    }

    /// A place that counts only towards all: for a trusted proxy, which stands for many readers.
    pub(crate) fn take_for_many(&self) -> Option<Place> {
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.0.most {
            return None;
        }
        taken.all += 1;
        Some(Place { shared: Arc::clone(&self.0), peer: None })
    }

    /// How many are taken.
    pub(crate) fn taken(&self) -> usize {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner).all
    }
}

/// A place that is held.
pub(crate) struct Place {
    shared: Arc<Shared>,
    peer: Option<Peer>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        let Some(peer) = self.peer else { return };
        if let Some(mine) = taken.by_peer.get_mut(&peer) {
            *mine -= 1;
            if *mine == 0 {
                taken.by_peer.remove(&peer);
            }
        }
    }
}

/// One thing at a time from each peer; others of the same peer wait.
#[derive(Default)]
pub(crate) struct Lanes(Mutex<HashMap<Peer, Arc<Semaphore>>>);

impl Lanes {
    /// The lane of a peer, in which one can be.
    pub(crate) fn of(&self, peer: Peer) -> Arc<Semaphore> {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever waits in a lane, or is in it, holds it too.
        lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
        Arc::clone(lanes.entry(peer).or_insert_with(|| Arc::new(Semaphore::new(1))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(last: u8) -> Peer {
        Peer::of([192, 0, 2, last].into())
    }

    #[test]
    fn places_are_counted_by_peer_and_in_all_and_given_back() {
        let places = Places::new(3, 2);
        let held = [places.take(peer(1)), places.take(peer(1)), places.take(peer(2))];
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(peer(2)).is_none(), "three in all");
        assert!(places.take_for_many().is_none());
        drop(held);
        assert_eq!(places.taken(), 0);
        let held = [places.take(peer(1)), places.take(peer(1))];
        assert!(places.take(peer(1)).is_none(), "two a peer");
        assert!(places.take_for_many().is_some());
        drop(held);
    }

    #[test]
    fn wrong_guesses_shut_the_door_to_right_ones_for_a_while() {
        let (guesses, now) = (Guesses::new(6), Instant::now());
        let judge = |n, right, second| guesses.judge(peer(n), right, now + Duration::from_secs(second));
        for _ in 0..100 {
            assert!(judge(1, true, 0).is_ok(), "a program with the token");
        }
        for _ in 0..6 {
            assert!(judge(1, false, 0).is_ok());
        }
        assert_eq!(judge(1, true, 0), Err(Duration::from_secs(10)));
        assert_eq!(judge(1, true, 9), Err(Duration::from_secs(1)), "asking costs nothing");
        assert!(judge(2, false, 0).is_ok(), "somebody else");
        assert!(judge(1, false, 10).is_ok(), "one more after a sixth of the minute");
        assert!(judge(1, true, 10).is_err() && judge(1, true, 20).is_ok());
        let taken = (0..1000).filter(|_| judge(3, false, 0).is_ok()).count();
        assert_eq!(taken, 6);
    }

    #[test]
    fn a_budget_is_each_peers_own() {
        let budget = Budget::new(Quota::per_minute(at_least_one(2)));
        assert!(budget.take(peer(1)).is_ok());
        assert!(budget.take(peer(1)).is_ok());
        let wait = budget.take(peer(1)).unwrap_err();
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(60), "{wait:?}");
        assert!(budget.take(peer(2)).is_ok());
    }
}

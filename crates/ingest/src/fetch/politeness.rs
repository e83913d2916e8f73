//! Turns: so many requests at once in all, few at once to one host, and a pause between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

/// Hosts that are remembered; idle ones are forgotten beyond this.
const HOSTS: usize = 2_048;

/// Requests that may wait for one host.
const WAITING: usize = 512;

/// See the module.
pub(crate) struct Politeness {
    all: Arc<Semaphore>,
    per_host: usize,
    gap: Duration,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

struct Host {
    turns: Arc<Semaphore>,
    waiting: Semaphore,
    next: Mutex<Instant>,
}

/// A turn; it ends when this is dropped.
pub(crate) struct Turn {
    /// A host with a request under way is not forgotten: its next request would not know of this one.
    _remembered: Arc<Host>,
    _host: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

impl Politeness {
    pub(crate) fn new(at_once: usize, per_host: usize, gap: Duration) -> Self {
        Self { all: Arc::new(Semaphore::new(at_once)), per_host, gap, hosts: Mutex::default() }
    }

    /// Waits for a turn at a host; `None` when too many wait there already.
    pub(crate) async fn turn(&self, name: &str) -> Option<Turn> {
        let host = self.host(name);
        let place = host.waiting.try_acquire().ok()?;
        let at_host = Arc::clone(&host.turns).acquire_owned().await.ok()?;
        let start = {
            let mut next = host.next.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let start = (*next).max(now);
            *next = start + self.gap;
            (start > now).then_some(start)
        };
        if let Some(start) = start {
            sleep_until(start).await;
        }
        let all = Arc::clone(&self.all).acquire_owned().await.ok()?;
        drop(place);
        Some(Turn { _remembered: host, _host: at_host, _all: all })
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() > HOSTS {
            let now = Instant::now();
            hosts.retain(|_, host| {
                Arc::strong_count(host) > 1 || *host.next.lock().unwrap_or_else(PoisonError::into_inner) > now
            });
        }
        Arc::clone(hosts.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Host {
                turns: Arc::new(Semaphore::new(self.per_host)),
                waiting: Semaphore::new(WAITING),
                next: Mutex::new(Instant::now()),
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{HOSTS, Politeness, WAITING};
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::time::Duration;

    /// Whether a turn is there at once.
    fn comes<F: Future>(turn: F) -> Option<F::Output> {
        match pin!(turn).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    #[tokio::test]
    async fn turns_are_few_at_a_host_and_bounded_in_all() {
        let politeness = Politeness::new(3, 2, Duration::ZERO);
        let first = politeness.turn("herald.example").await;
        let _second = politeness.turn("herald.example").await;
        assert!(comes(politeness.turn("herald.example")).is_none(), "two at a host");
        let _elsewhere = politeness.turn("courier.example").await;
        assert!(comes(politeness.turn("gazette.example")).is_none(), "three in all");
        drop(first);
        assert!(comes(politeness.turn("gazette.example")).is_some());
    }

    #[tokio::test]
    async fn a_pause_lies_between_two_requests() {
        let politeness = Politeness::new(8, 8, Duration::from_secs(3_600));
        drop(politeness.turn("herald.example").await);
        assert!(comes(politeness.turn("herald.example")).is_none());
        assert!(comes(politeness.turn("courier.example")).is_some());
    }

    #[tokio::test]
    async fn idle_hosts_are_forgotten_and_busy_ones_are_not() {
        let politeness = Politeness::new(8, 1, Duration::ZERO);
        let _busy = politeness.turn("busy.example").await;
        for n in 0..3 * HOSTS {
            drop(politeness.turn(&format!("h{n}.example")).await);
        }
        assert!(politeness.hosts.lock().unwrap().len() <= HOSTS + 1);
        assert!(comes(politeness.turn("busy.example")).is_none());
    }

    #[tokio::test]
    async fn a_queue_has_an_end() {
        let politeness = Politeness::new(8, 1, Duration::ZERO);
        let _held = politeness.turn("herald.example").await;
        let mut queue: Vec<_> = (0..WAITING).map(|_| Box::pin(politeness.turn("herald.example"))).collect();
        for turn in &mut queue {
            assert!(comes(turn.as_mut()).is_none());
        }
        assert!(matches!(comes(politeness.turn("herald.example")), Some(None)));
    }
}

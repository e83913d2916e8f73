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
        let _place = host.waiting.try_acquire().ok()?;
        let at_host = Arc::clone(&host.turns).acquire_owned().await.ok()?;
        let start = {
            let mut next = host.next.lock().unwrap_or_else(PoisonError::into_inner);
            let start = (*next).max(Instant::now());
            *next = start + self.gap;
            start
        };
        sleep_until(start).await;
        let all = Arc::clone(&self.all).acquire_owned().await.ok()?;
        Some(Turn { _host: at_host, _all: all })
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

//! Turns: few requests at once to one origin, so that a slow peer holds up nobody but itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Requests at once to one origin: what one HTTP/2 connection usually carries.
const AT_ONCE: usize = 100;

/// Longest wait for a turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// Origins that are remembered; idle ones are forgotten beyond this.
const ORIGINS: usize = 2_048;

/// See the module.
#[derive(Default)]
pub(crate) struct Turns {
    origins: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Turns {
    /// Waits for a turn; `None` when the peer is so slow that none came.
    pub(crate) async fn turn(&self, origin: &str) -> Option<OwnedSemaphorePermit> {
        timeout(PATIENCE, self.origin(origin).acquire_owned()).await.ok()?.ok()
    }

    fn origin(&self, origin: &str) -> Arc<Semaphore> {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if origins.len() > ORIGINS {
            origins.retain(|_, turns| Arc::strong_count(turns) > 1);
        }
        let turns = origins.entry(origin.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE)));
        Arc::clone(turns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_slow_peer_holds_up_only_itself() {
        let turns = Turns::default();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(turns.turn("https://slow.example").await.unwrap());
        }
        assert!(turns.turn("https://slow.example").await.is_none());
        assert!(turns.turn("https://push.example").await.is_some());
        held.pop();
        assert!(turns.turn("https://slow.example").await.is_some());
        for n in 0..2 * ORIGINS {
            assert!(turns.turn(&format!("https://{n}.example")).await.is_some());
        }
        assert!(turns.origins.lock().unwrap().len() <= ORIGINS + 1);
    }
}

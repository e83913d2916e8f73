//! Pages laid out a moment ago: when an event wakes ten thousand readers at once, the page they all ask for is
//! made once.

use crate::Problem;
use axum::body::Bytes;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// However many events come, a page is not made more often than this.
const ALWAYS_FRESH: Duration = Duration::from_millis(300);
/// However few events come, a page is made again after this: rank and phase also move with time.
const NEVER_FRESH: Duration = Duration::from_secs(20);
const COMPARTMENTS: usize = 16;
/// Bytes kept in one compartment; 16 MiB in all.
const MOST: usize = 1 << 20;

/// Pages by address. Who asks for a page that is being made waits for it.
pub(crate) struct Shelf {
    compartments: [Mutex<HashMap<String, Kept>>; COMPARTMENTS],
    hasher: RandomState,
}

struct Kept {
    html: Bytes,
    made: Instant,
    /// The newest event when it was made.
    seq: i64,
}

impl Kept {
    fn is_fresh(&self, seq: i64) -> bool {
        let age = self.made.elapsed();
        age < ALWAYS_FRESH || (self.seq == seq && age < NEVER_FRESH)
    }
}

impl Default for Shelf {
    fn default() -> Self {
        Self { compartments: std::array::from_fn(|_| Mutex::default()), hasher: RandomState::new() }
    }
}

impl Shelf {
    /// The page kept under `key` when it is up to date with event `seq`, else the one that `make` gives.
    pub(crate) async fn take_or_make(
        &self,
        key: &str,
        seq: i64,
        make: impl Future<Output = Result<String, Problem>>,
    ) -> Result<Bytes, Problem> {
        let compartment = self.hasher.hash_one(key) as usize % COMPARTMENTS;
        let mut kept = self.compartments[compartment].lock().await;
        if let Some(page) = kept.get(key).filter(|page| page.is_fresh(seq)) {
            return Ok(page.html.clone());
        }
        let html = Bytes::from(make.await?);
        make_room(&mut kept, html.len(), seq);
        if html.len() <= MOST {
            kept.insert(key.to_owned(), Kept { html: html.clone(), made: Instant::now(), seq });
        }
        Ok(html)
    }
}

/// Lets go of stale pages, then of all, until `more` bytes fit.
fn make_room(kept: &mut HashMap<String, Kept>, more: usize, seq: i64) {
    if weight(kept) + more > MOST {
        kept.retain(|_, page| page.is_fresh(seq));
    }
    if weight(kept) + more > MOST {
        kept.clear();
    }
}

/// Bytes kept, with a share for each page's own bookkeeping.
fn weight(kept: &HashMap<String, Kept>) -> usize {
    kept.iter().map(|(key, page)| key.len() + page.html.len() + 256).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[tokio::test]
    async fn a_page_is_made_once_for_all() {
        let (shelf, made) = (Shelf::default(), Cell::new(0));
        let make = async || {
            made.set(made.get() + 1);
            Ok(made.get().to_string())
        };
        for _ in 0..3 {
            assert_eq!(shelf.take_or_make("/", 7, make()).await.unwrap(), "1");
        }
        assert_eq!(shelf.take_or_make("/story/1", 7, make()).await.unwrap(), "2");
        let broken = async { Err(Problem::NotFound) };
        assert!(shelf.take_or_make("/story/2", 7, broken).await.is_err(), "a problem is not kept");
        assert_eq!(shelf.take_or_make("/story/2", 7, make()).await.unwrap(), "3");
    }

    #[tokio::test]
    async fn the_shelf_stays_small() {
        let shelf = Shelf::default();
        for n in 0..300 {
            shelf.take_or_make(&n.to_string(), 1, async { Ok("x".repeat(200_000)) }).await.unwrap();
        }
        shelf.take_or_make("huge", 1, async { Ok("x".repeat(2 * MOST)) }).await.unwrap();
        for compartment in &shelf.compartments {
            assert!(weight(&*compartment.lock().await) <= MOST);
        }
    }
}

//! What the stages do when something fails: one policy for all of them.
//!
//! A turn that fails is told and tried again after a pause; the rows keep what waits. One entry that cannot be processed is put
//! off by itself, longer each time, and given up at last, so that it holds up no other. What panics elsewhere is a fault whose
//! reach nobody knows: it ends its stage and thereby all of them, and a supervisor starts afresh.

use super::{House, blocking};
use anyhow::{Error, Result};
use futures_util::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use news::EntryId;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use store::{PendingEntry, StoreError};
use tokio::task::JoinError;

/// Between two turns of which the first failed.
const PAUSE: Duration = Duration::from_secs(5);

/// An entry that cannot be processed is tried again so long after, doubled each time, and so often in all: the program may be
/// another one by then, and an entry that is revised begins anew.
const FIRST_TRY_AFTER: SignedDuration = SignedDuration::from_mins(5);
const TRIES: u32 = 6;

/// After a turn that failed: says what did, and how long to wait before the next one.
///
/// # Errors
/// What panicked comes back as it was: the stage ends with it.
pub(super) fn survive(error: Error, what: &str) -> Result<Duration> {
    if is_panic(&error) {
        return Err(error);
    }
    tracing::error!(error = format!("{error:#}"), "{what}");
    Ok(PAUSE)
}

/// Whether the database could not do it at that moment, whatever it was asked for.
pub(super) fn is_passing(error: &Error) -> bool {
    error.downcast_ref::<StoreError>().is_some_and(StoreError::is_passing)
}

/// Whether a task panicked (see [`blocking`]).
pub(super) fn is_panic(error: &Error) -> bool {
    error.downcast_ref::<JoinError>().is_some_and(JoinError::is_panic)
}

/// Runs what looks at one entry: where it panics, something is wrong with that entry, and this says what.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|panic| format!("it cannot be read: {}", words_of(panic.as_ref())))
}

/// Waits for what concerns one message: where it panics, this says with what words.
pub(super) async fn guarded_wait<T>(work: impl Future<Output = T>) -> Result<T, String> {
    AssertUnwindSafe(work).catch_unwind().await.map_err(|panic| words_of(panic.as_ref()).to_owned())
}

fn words_of(panic: &(dyn Any + Send)) -> &str {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words")
}

/// Does work on some together. Where it panics, it is done on each by itself, so that one stops no other. Returns what came of
/// it, and those on which it panics alone, with what is wrong with them.
pub(super) fn one_by_one<T: Clone, R>(
    some: Vec<T>,
    work: impl Fn(Vec<T>) -> Vec<R>,
) -> (Vec<R>, Vec<(T, String)>) {
    if let Ok(done) = guarded(|| work(some.clone())) {
        return (done, Vec::new());
    }
    let (mut done, mut wrong) = (Vec::new(), Vec::new());
    for one in some {
        match guarded(|| work(vec![one.clone()])) {
            Ok(alone) => done.extend(alone),
            Err(why) => wrong.push((one, why)),
        }
    }
    (done, wrong)
}

/// An entry that cannot be processed, and why.
#[derive(Clone, Debug)]
pub(super) struct Culprit {
    id: EntryId,
    /// Attempts that failed before.
    before: u32,
    why: String,
}

impl Culprit {
    pub(super) fn new(entry: &PendingEntry, why: String) -> Self {
        Self { id: entry.id, before: entry.attempts, why }
    }

    /// When it is tried again; `None`: not before it is revised.
    fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        let tries = self.before + 1;
        (tries < TRIES).then(|| now.saturating_add(FIRST_TRY_AFTER * (1 << self.before)).unwrap_or(now))
    }
}

/// Puts entries off. One that cannot be now is given out again when its claim ends.
pub(super) async fn put_off(house: &Arc<House>, culprits: Vec<Culprit>) -> Result<()> {
    if culprits.is_empty() {
        return Ok(());
    }
    let working = Arc::clone(house);
    let put_off = blocking(move || {
        let now = Timestamp::now();
        for culprit in &culprits {
            let Culprit { id, why, .. } = culprit;
            let next = culprit.next_try(now);
            match working.store.put_off(*id, why, next) {
                Err(StoreError::Missing { .. }) => tracing::info!(entry = %id, why, "entry is gone"),
                done => done?,
            }
            match next {
                Some(next) => tracing::warn!(entry = %id, why, %next, "entry put off"),
                None => tracing::error!(entry = %id, why, "entry given up until it is revised"),
            }
        }
        Ok(())
    });
    match put_off.await {
        Ok(()) => Ok(()),
        Err(error) => survive(error, "entries not put off").map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_tried_later_and_later_and_given_up() {
        let now = Timestamp::UNIX_EPOCH;
        let minutes = |before| {
            let culprit = Culprit { id: EntryId(1), before, why: String::new() };
            culprit.next_try(now).map(|next| next.duration_since(now).as_mins())
        };
        let all: Vec<_> = (0..7).map(minutes).collect();
        assert_eq!(all, [Some(5), Some(10), Some(20), Some(40), Some(80), None, None]);
    }

    #[tokio::test]
    async fn a_wait_that_panics_says_with_what_words() {
        assert_eq!(guarded_wait(async { 2 }).await, Ok(2));
        assert_eq!(
            guarded_wait(async { panic!("no such key") }).await,
            Err::<(), _>("no such key".to_owned())
        );
    }

    #[test]
    fn what_one_panics_on_is_done_for_the_others() {
        let halved = |some: Vec<u32>| -> Vec<u32> {
            some.into_iter().map(|n| if n % 2 == 0 { n / 2 } else { panic!("{n} is odd") }).collect()
        };
        assert_eq!(one_by_one(vec![2, 4], halved), (vec![1, 2], vec![]));
        let wrong = vec![(3, "it cannot be read: 3 is odd".to_owned())];
        assert_eq!(one_by_one(vec![2, 3, 6], halved), (vec![1, 3], wrong));
    }

    #[test]
    fn a_turn_that_fails_is_survived_and_a_panic_is_not() {
        let busy = Error::from(StoreError::Busy).context("entries");
        assert!(is_passing(&busy) && survive(busy, "entries not taken up").is_ok());
        let unfit = Error::from(StoreError::Unfit { what: "name" });
        assert!(!is_passing(&unfit) && survive(unfit, "articles not filed").is_ok());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let panicked = runtime.block_on(blocking(|| -> Result<()> { panic!("of one article") }));
        assert!(survive(panicked.unwrap_err(), "articles not read").is_err());
    }
}

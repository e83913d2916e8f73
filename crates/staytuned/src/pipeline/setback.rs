//! What the stages do when something fails: one policy for all of them.
//!
//! A turn that fails is told and tried again after a pause; the rows keep what waits. What panics is a fault whose reach nobody
//! knows: it ends its stage and thereby all of them, and a supervisor starts afresh.

use anyhow::{Error, Result};
use std::time::Duration;
use store::StoreError;
use tokio::task::JoinError;

/// Between two turns of which the first failed.
const PAUSE: Duration = Duration::from_secs(5);

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

/// Whether a task panicked (see [`blocking`](super::blocking)).
pub(super) fn is_panic(error: &Error) -> bool {
    error.downcast_ref::<JoinError>().is_some_and(JoinError::is_panic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::blocking;

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

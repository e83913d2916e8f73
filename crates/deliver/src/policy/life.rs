//! How long a device is kept that nobody uses: push services and browsers drop subscriptions without a word.

use jiff::SignedDuration;
use news::{Receiver, Timestamp};

/// Unused for so long, a device is warned by a message of its own.
pub const WARNED_AFTER: SignedDuration = SignedDuration::from_hours(55 * 24);

/// Unused for so long, it expires.
pub const EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Where a receiver stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    InUse,
    /// To be told that a visit to the page keeps it.
    Warned {
        expires: Timestamp,
    },
    Expired,
}

/// See the module. A receiver is used when something was accepted for it or its page was seen.
pub fn life(receiver: &Receiver, now: Timestamp) -> Life {
    let unused = now.duration_since(receiver.used);
    if unused < WARNED_AFTER {
        return Life::InUse;
    }
    match receiver.used.checked_add(EXPIRES_AFTER) {
        Ok(expires) if now < expires => Life::Warned { expires },
        _ => Life::Expired,
    }
}

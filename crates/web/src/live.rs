//! Live events: one reader of the event log for all, and a stream for each who listens.
//!
//! The bell wakes, the log is the letter: [`Tail`] reads each new event once and keeps the newest ones laid out
//! in memory; a stream is only a cursor over them. Who has been away for longer reads from the log itself. A
//! slow reader therefore costs a cursor and nothing that grows.

mod stream;
mod tail;

pub(crate) use stream::events;
pub(crate) use tail::{Tail, follow, public};

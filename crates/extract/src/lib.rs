//! The extract room: a page or a feed's entry in, an [`news::Article`] out.
//!
//! In: bytes of a page with what the server said of them, or an entry as the ingest room parsed it. Out: title,
//! byline, dateline, dates, address, language, picture, outlet, summary, and the text in paragraphs, with the
//! headlines of other articles kept apart.
//!
//! The way of a page: `charset` (bytes to text), `guard` (refuses what would cost too much), `dom` (the tree),
//! `metadata` (what the page claims), `body` (which part is the article; two libraries and a judge), `blocks`
//! (that part in reading order), `furniture` (what of it is not the article), `dateline`.
//!
//! This room never does I/O, never reads a clock, never keeps HTML, and knows no site by name.

mod blocks;
mod body;
mod charset;
mod dom;
mod error;
mod feed;
mod furniture;
mod guard;
mod metadata;
mod page;

pub use error::ExtractError;
pub use feed::{FromFeed, entry, headed, merge};
pub use page::page;

//! The ingest room: everything that comes in.
//!
//! In: feeds, pages to discover feeds in, OPML lists. Out: entries in the words of `news`, addresses, health. This room
//! is one of the two that speak outward, always through its guarded fetcher; parsing is pure.

mod address;
mod discover;
mod error;
mod fetch;
pub mod opml;
mod parse;
pub mod refresh;
mod robots;

pub use discover::{Evidence, FoundFeed, discover};
pub use error::ParseError;
pub use fetch::{FetchError, FetchLimits, FetchSettings, Fetched, Fetcher, Get, Post, Posted, Purpose};
pub use parse::{LARGEST_DOCUMENT, MOST_ENTRIES, parse, parse_date};
pub use robots::Robots;

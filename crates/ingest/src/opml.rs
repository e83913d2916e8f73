//! OPML 1 and 2: lists of feeds in and out. In: bytes of an export, however broken. Out: feeds with the folders they lie
//! in. Writes what it reads. Bounded; fetches nothing.

mod read;
mod write;

pub use read::{LeftOut, OpmlList, read};
pub use write::write;

/// Feeds read of one list.
pub const MOST_FEEDS: usize = 20_000;

/// Folders are told apart down to this depth; deeper ones count as the one at it.
pub const DEEPEST_FOLDER: usize = 8;

/// A feed as a list names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpmlFeed {
    /// Address of the feed, absolute. Not yet checked by the fetcher's rules.
    pub url: String,
    /// Plain text.
    pub title: Option<String>,
    /// Address of the site.
    pub site: Option<String>,
    /// Names of the folders around it, outermost first.
    pub folder: Vec<String>,
}

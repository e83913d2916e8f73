//! Bytes -> [`FeedDocument`]: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed. In: a document as fetched, with what is
//! known of it. Out: its entries in our words, HTML cleaned, links absolute, and complaints about what was broken.
//! Pure: no clock, no network, no DTD is ever followed. Time and memory are linear in the size of the input.
//!
//! One tolerant reader of our own serves every feed. feed-rs gives a whole feed up for one bare `&` or a cut end, so that
//! a second parser would decide what the first one's users see; it serves as the yardstick in the tests instead.

mod channel;
pub(crate) mod charset;
mod clean;
pub(crate) mod context;
mod date;
pub(crate) mod entity;
mod fields;
mod item;
mod json;
mod markup;
mod months;
mod namespace;
mod person;
pub(crate) mod plain;
pub(crate) mod scan;
pub(crate) mod tree;
mod xml;

pub use date::parse as parse_date;

use crate::ParseError;
use news::{Complaint, FeedDocument, Url};

/// Larger documents are refused.
pub const LARGEST_DOCUMENT: usize = 16 << 20;

/// Entries read of one document. Further ones, older as a rule, are left out with a complaint.
pub const MOST_ENTRIES: usize = 2_000;

/// Reads a feed.
///
/// * `content_type`: the HTTP header as it came; only its `charset` counts.
/// * `url`: where the document was found. Relative links are resolved against `xml:base`, else against the
///   site that the feed names, else against this.
///
/// # Errors
/// [`ParseError`] when it is no feed, too large, or declares entities. A broken feed is no error: what can be read is
/// read, and `complaints` say what was wrong.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    url: Option<&Url>,
) -> Result<FeedDocument, ParseError> {
    if bytes.len() > LARGEST_DOCUMENT {
        return Err(ParseError::TooLarge { bytes: bytes.len(), limit: LARGEST_DOCUMENT });
    }
    let decoded = charset::decode(bytes, content_type);
    let text = decoded.text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    let mut document = match text.bytes().next() {
        None => return Err(ParseError::Empty),
        Some(b'{' | b'[') => json::read(text, url)?,
        Some(_) => xml::read(text, url)?,
    };
    if let Some(what) = decoded.complaint {
        document.complaints.insert(0, Complaint { what, at: None });
    }
    Ok(document)
}

//! What can make a document unreadable. Everything milder is a complaint of the document that was read.

use thiserror::Error;

/// Why bytes were refused. Worded for the feed's health page.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseError {
    /// Nothing, or only white space.
    #[error("the document is empty")]
    Empty,
    /// Readable, but something else: a web page, a picture, an unknown XML vocabulary.
    #[error("this is not a feed but {found}")]
    NotAFeed {
        /// What it looks like instead: `a web page`, `XML with the root <note>`.
        found: String,
    },
    /// A document type declaration with a body. Entities are how XML bombs and file thefts are built,
    /// and no feed needs them.
    #[error("the document declares its own entities or other DTD content, which is refused")]
    DocumentType,
    /// More bytes than are ever read.
    #[error("the document has {bytes} bytes, more than the {limit} allowed")]
    TooLarge {
        /// Size of what was given, in bytes.
        bytes: usize,
        /// The limit, in bytes.
        limit: usize,
    },
    /// JSON cannot be read past its first error.
    #[error("the document is not valid JSON: {reason}")]
    Json {
        /// The JSON reader's own words, with line and column.
        reason: String,
    },
}

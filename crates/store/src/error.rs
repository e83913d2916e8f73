//! What can go wrong with the store, a variant for each thing that a caller would do differently.

use rusqlite::ErrorCode;
use std::path::PathBuf;

/// The store could not do what it was asked for; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or created.
    #[error("database {path} cannot be opened: {why}")]
    Open { path: PathBuf, why: String },
    /// The file holds something else.
    #[error("{path} is not a Staytuned database")]
    NotOurs { path: PathBuf },
    /// The file was written by a later version.
    #[error(
        "database {path} has version {found}, this program knows versions up to {known}: use a newer staytuned"
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    /// Nothing more can be written until there is room again.
    #[error("the disk that holds the database is full")]
    Full,
    /// Another program holds the database for too long.
    #[error("the database is busy; another program is writing to it")]
    Busy,
    /// A search was given up: it would keep others waiting.
    #[error("this search takes too long; ask for longer or rarer words")]
    TooLong,
    /// A row that the caller names is not there.
    #[error("there is no {what} {id}")]
    Missing { what: &'static str, id: i64 },
    /// Somebody has as many of them as one may have.
    #[error("there are too many {what}")]
    TooMany { what: &'static str },
    /// A value from outside that cannot be kept.
    #[error("this {what} cannot be used")]
    Unfit { what: &'static str },
    /// The owner of a mail address was asked a short while ago, by whomever.
    #[error("a mail went to this address within the last day; open it, or try again tomorrow")]
    AskedLately,
    /// A quote that does not stand in its article.
    #[error("a quote is no place in the text of article {article}")]
    NoPlace { article: i64 },
    /// Two feeds would have the same address.
    #[error("another feed has the address {url}")]
    FeedExists { url: String },
    /// A value in the database that nobody here wrote.
    #[error("damaged {what} in the database")]
    Damaged { what: &'static str, source: serde_json::Error },
    /// An export that cannot be read in.
    #[error("line {line} of the export: {why}")]
    Import { line: u64, why: String },
    /// An export of another store, whose ids would mean other things here.
    #[error("the export comes from another store; import it into an empty one")]
    ForeignExport,
    /// The file of a backup, or the stream of an export.
    #[error("{what}")]
    Io { what: String, source: std::io::Error },
    #[error("database")]
    Sqlite(#[source] rusqlite::Error),
}

impl StoreError {
    /// Whether the database could not do it at that moment, whatever it was asked for: nothing is wrong with what was to be
    /// kept, and the same may go well later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Full | Self::Busy => true,
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(
                    ErrorCode::SystemIoFailure
                        | ErrorCode::CannotOpen
                        | ErrorCode::OutOfMemory
                        | ErrorCode::ReadOnly
                )
            ),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            // Nothing else is ever interrupted.
            Some(ErrorCode::OperationInterrupted) => Self::TooLong,
            _ => Self::Sqlite(error),
        }
    }
}

/// A result of this room.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

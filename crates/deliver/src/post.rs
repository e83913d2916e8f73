//! The way outward, as this room sees it: a request is handed over, an answer comes back.
//!
//! The binary implements [`Post`] with the program's one guarded fetcher. Requests are always `POST`, redirects are never
//! followed, and only a little of an answer is read.

use std::time::Duration;
use url::Url;

/// Names in lower case, and their values.
pub type Headers = Vec<(&'static str, String)>;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub url: Url,
    /// `user-agent` and `content-length` come from whoever sends it.
    pub headers: Headers,
    pub body: Vec<u8>,
    /// For all of it, the answer included.
    pub within: Duration,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// As written.
    pub retry_after: Option<String>,
    /// At most a few kilobytes.
    pub body: Vec<u8>,
}

/// No answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct PostError {
    /// In words for the receiver's page.
    pub why: String,
    /// Whether trying again can help without anybody changing anything.
    pub passes: bool,
}

/// Sends requests.
pub trait Post: Send + Sync {
    /// Any status is an answer.
    ///
    /// # Errors
    /// [`PostError`] when no answer came.
    fn post(&self, request: Request) -> impl Future<Output = Result<Answer, PostError>> + Send;
}

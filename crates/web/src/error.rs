//! What can go wrong between a request and its answer, and the page that says so.

use axum::http::StatusCode;
use std::time::Duration;

/// The web server could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("the listening socket failed: {0}")]
    Listen(#[from] std::io::Error),
    #[error("no random numbers from the operating system: {0}")]
    Random(String),
    #[error("the store could not be read: {0}")]
    Store(#[from] store::StoreError),
}

/// Why a request is not answered with what it asked for. Each becomes a page (or JSON under `/api`).
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("there is nothing at this address")]
    NotFound,
    /// The story was merged into another one.
    #[error("this story is part of another one now")]
    MovedTo(news::StoryId),
    #[error("this address cannot be asked in this way")]
    WrongMethod,
    #[error("{0}")]
    Bad(String),
    /// What stands behind the question mark of an address; the parser's own words are for programs.
    #[error("{0}")]
    Unread(String),
    #[error("{0}")]
    Forbidden(&'static str),
    #[error("please sign in first")]
    SignIn,
    #[error("too many requests from your address; try again in a moment")]
    TooMany(Duration),
    #[error("what was sent is too large")]
    TooLarge,
    #[error("this takes too long at the moment; try again in a moment")]
    Busy,
    /// An order that nobody took up.
    #[error("too much is waiting at the moment; try again in a moment")]
    Full,
    #[error("{0}")]
    Refused(String),
    #[error("the store could not be read")]
    Store(#[from] store::StoreError),
    #[error("the page could not be laid out")]
    Layout(#[from] askama::Error),
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::MovedTo(_) => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Bad(_) | Self::Unread(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy | Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Store(_) | Self::Layout(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Heading of the error page.
    pub(crate) fn heading(&self) -> &'static str {
        match self {
            Self::NotFound | Self::MovedTo(_) => "Nothing here",
            Self::WrongMethod | Self::Bad(_) | Self::Unread(_) => "That did not make sense",
            Self::Forbidden(_) => "Not allowed",
            Self::SignIn => "Sign in",
            Self::TooMany(_) => "One moment",
            Self::TooLarge => "Too large",
            Self::Busy | Self::Full => "Busy",
            Self::Refused(_) => "That did not work",
            Self::Store(_) | Self::Layout(_) => "Something broke here",
        }
    }
}

/// Only the status and the problem itself: the outermost layer lays out the page or the JSON.
impl axum::response::IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

//! What a reader follows and where it is told, as shown.

use news::{Follow, Receiver, ReceiverId, Timestamp};
use serde::Serialize;

/// One follow in a reader's list.
#[derive(Clone, Debug, Serialize)]
pub struct FollowView {
    #[serde(flatten)]
    pub follow: Follow,
    /// Ends the follow without signing in; a secret of its reader.
    #[serde(skip)]
    pub code: String,
    /// The title of a followed story, the name of an actor or a place as written; none for words and for whom no
    /// article named yet.
    pub title: Option<String>,
    /// Developments of a followed story since its reader looked, or since it was followed.
    pub new: u32,
    /// When a followed story had its newest development.
    pub newest: Option<Timestamp>,
}

/// Where a receiver stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiverState {
    /// Its owner has not yet said that it wants the mails.
    Waiting,
    Active,
    /// Nothing is sent there any more; shown for a while so that its reader sees why.
    Gone,
}

impl ReceiverState {
    pub(crate) fn from_word(word: &str) -> Self {
        match word {
            "waiting" => Self::Waiting,
            "gone" => Self::Gone,
            _ => Self::Active,
        }
    }
}

/// One receiver in its reader's list.
#[derive(Clone, Debug)]
pub struct ReceiverView {
    pub id: ReceiverId,
    pub name: String,
    /// `push`, `webhook`, `ntfy`, `gotify`, `mail`.
    pub kind: String,
    /// With its channel; `None` once it is gone.
    pub receiver: Option<Receiver>,
    pub state: ReceiverState,
    /// What went wrong last, in words for its reader.
    pub trouble: Option<String>,
    pub trouble_at: Option<Timestamp>,
    /// When it was said that nobody uses it and that it will expire.
    pub warned_at: Option<Timestamp>,
}

/// A receiver that something is wrong with, as the operator sees it: without its address.
#[derive(Clone, Debug, Serialize)]
pub struct TroubledReceiver {
    pub id: ReceiverId,
    pub name: String,
    pub kind: String,
    pub origin: String,
    pub trouble: String,
    pub at: Timestamp,
    /// It stays so until the operator does something.
    pub alert: bool,
}

//! What a reader wants to hear of, where it is to be sent, and what became of it.

use crate::development::words;
use crate::{FollowId, ReaderId, ReceiverId, StoryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A reader's wish to hear of something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Follow {
    pub id: FollowId,
    pub reader: ReaderId,
    pub target: Target,
    pub threshold: Threshold,
    /// Only what at least so many independent families have; 1 is no condition.
    pub families: u32,
    pub since: Timestamp,
}

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum Target {
    Story(StoryId),
    /// The comparable key of an actor's name ([`crate::Name::key`]).
    Actor(String),
    /// The comparable key of a place's name.
    Place(String),
    /// The words of a search as typed.
    Search(String),
}

impl Target {
    /// The word for what is followed, as it stands in the database and in addresses.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Story(_) => "story",
            Self::Actor(_) => "actor",
            Self::Place(_) => "place",
            Self::Search(_) => "search",
        }
    }
}

/// From which weight on a follow is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    Everything,
    #[default]
    Developments,
    Major,
}

words!(Threshold { Everything = "everything", Developments = "developments", Major = "major" });

impl Threshold {
    /// The least weight that passes.
    pub fn least(self) -> crate::Weight {
        match self {
            Self::Everything => crate::Weight::Minor,
            Self::Developments => crate::Weight::Ordinary,
            Self::Major => crate::Weight::Major,
        }
    }
}

/// A device or another place that deliveries go to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receiver {
    pub id: ReceiverId,
    pub reader: ReaderId,
    /// As its reader calls it: `Firefox on Linux`.
    pub name: String,
    pub channel: Channel,
    pub quiet: Option<QuietHours>,
    /// IANA time zone of the reader's clock, by which quiet hours and digests go: `Europe/Kyiv`. UTC when nobody gave one.
    pub zone: Option<String>,
    /// Replaces the threshold of its reader's follows when it is higher.
    pub threshold: Threshold,
    pub since: Timestamp,
    /// When something was last accepted for it, or its page was last seen.
    pub used: Timestamp,
}

/// How a receiver is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Channel {
    /// A push subscription (RFC 8030, RFC 8291). Keys are base64url without padding.
    Push {
        endpoint: String,
        p256dh: String,
        auth: String,
        /// The VAPID public key that it was made with.
        key: String,
    },
    /// Standard Webhooks; the secret as `whsec_…`.
    Webhook { url: String, secret: String },
    /// The address of a topic: `https://ntfy.example/topic`.
    Ntfy { url: String, token: Option<String> },
    /// The address of a Gotify server.
    Gotify { url: String, token: String },
    /// Each development by itself, or together at an hour of the reader's day.
    Mail { address: String, digest_hour: Option<u8> },
}

impl Channel {
    /// The word for the channel, as it stands in the database and in addresses.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Push { .. } => "push",
            Self::Webhook { .. } => "webhook",
            Self::Ntfy { .. } => "ntfy",
            Self::Gotify { .. } => "gotify",
            Self::Mail { .. } => "mail",
        }
    }
}

/// Hours in which only urgent developments come through, by the reader's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Minute of the day at which it begins (0 to 1439).
    pub from: u16,
    /// Minute of the day at which it ends; earlier than `from` is the next day.
    pub to: u16,
}

/// What became of one development for one receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits to be sent: for the first time, after quiet hours, or after a receiver asked for patience.
    Pending,
    /// The receiver took it.
    Accepted,
    /// Went out as part of a newer one of the same story.
    Folded,
    /// The receiver is no more.
    Gone,
    /// Refused for good, or too old to be news.
    Refused,
}

words!(DeliveryState {
    Pending = "pending",
    Accepted = "accepted",
    Folded = "folded",
    Gone = "gone",
    Refused = "refused",
});

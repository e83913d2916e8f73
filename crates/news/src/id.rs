//! Identities. Each is a positive integer given out by the store and never used again for something else.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// An organisation that publishes.
    OutletId,
    /// A polled or pushed document.
    FeedId,
    /// One item of a feed, through all its revisions.
    EntryId,
    /// The extracted text of a page or an entry.
    ArticleId,
    /// The articles on one happening. Stays valid for ever: a merged story's id redirects.
    StoryId,
    /// Something new in a story.
    DevelopmentId,
    /// Whoever follows: no account, a secret for each device.
    ReaderId,
    /// A reader's wish to hear of something.
    FollowId,
    /// A device or another place that deliveries go to.
    ReceiverId,
    /// One development on its way to one receiver.
    DeliveryId,
    /// A person or body that speaks or acts. Stays valid for ever: a merged actor's id redirects.
    ActorId,
    /// Words given as somebody's in one article.
    QuoteId,
    /// The same words wherever they are quoted.
    SayingId,
}

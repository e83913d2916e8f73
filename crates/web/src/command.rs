//! What a signed-in operator asks for on a page and the binary carries out: this room never fetches and
//! never writes.

use news::FeedId;
use tokio::sync::oneshot;

/// Where the answer to a command goes.
pub type Reply<T> = oneshot::Sender<Result<T, Refused>>;

/// Why a command was not carried out, in plain words for the page, with what to do if there is something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// One request of the operator.
#[derive(Debug)]
pub enum Command {
    /// Follow the feed at `url`, or the feed that the site at `url` names.
    AddFeed { url: String, reply: Reply<FeedAdded> },
    /// Stop refreshing a feed; what came from it stays.
    RemoveFeed { id: FeedId, reply: Reply<()> },
    /// Look at a feed now. Answered when the look is under way, not when it is done.
    RefreshFeed { id: FeedId, reply: Reply<()> },
    /// Follow every feed of an OPML file.
    ImportOpml { bytes: Vec<u8>, reply: Reply<OpmlImported> },
    /// All feeds as an OPML file.
    ExportOpml { reply: Reply<Vec<u8>> },
}

/// A feed that is followed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedAdded {
    pub id: FeedId,
    /// It was followed before.
    pub already: bool,
}

/// What became of the feeds in an OPML file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpmlImported {
    pub added: u32,
    pub already: u32,
    /// Feeds left out: address as written and why.
    pub left_out: Vec<(String, String)>,
}

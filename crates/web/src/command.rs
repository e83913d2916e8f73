//! What is asked for on a page and the binary carries out: this room never speaks outward and never writes news.

use jiff::Timestamp;
use news::{ActorId, Correction, DevelopmentId, FeedId, ReaderId, ReceiverId, StoryId, Target};
use tokio::sync::oneshot;

/// Where the answer to a command goes.
pub type Reply<T> = oneshot::Sender<Result<T, Refused>>;

/// Why a command was not carried out, in plain words for the page, with what to do if there is something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// One request of the operator, or of a reader where a message must leave.
#[derive(Debug)]
pub enum Command {
    /// Send a reader's own receiver a message that says it works. Answered when it was taken, or with why not; what
    /// the receiver's server says is never repeated.
    TestReceiver { id: ReceiverId, reply: Reply<()> },
    /// Ask the owner of a new mail address whether the mails are wanted. `page` is where the answer is given.
    AskOwner { id: ReceiverId, page: String, reply: Reply<()> },
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
    /// Why a reader was told of a development, or was not: rule by rule.
    Explain { reader: ReaderId, development: DevelopmentId, reply: Reply<Vec<Why>> },
    /// Carry out what a person decided. Answered with the story that it left its mark on, if it is about stories.
    Correct { correction: Correction, reply: Reply<Option<StoryId>> },
    /// Give an actor a name.
    RenameActor { actor: ActorId, name: String, reply: Reply<()> },
    /// Two actors are one.
    MergeActors { from: ActorId, into: ActorId, reply: Reply<()> },
    /// Whoever is known under this key is somebody else: answered with who.
    SplitActor { actor: ActorId, key: String, reply: Reply<ActorId> },
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

/// How the rules see one development for one follow and one place where its reader is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// As its reader calls it.
    pub receiver: String,
    pub target: Target,
    pub early: Early,
    pub rules: Vec<AskedRule>,
    pub told: Told,
}

/// Whether a development was published too early to be sent here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Early {
    No,
    /// Before its reader followed.
    Follow,
    /// Before this place was added.
    Receiver,
}

/// A rule and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedRule {
    pub passed: bool,
    /// It did not pass, but only waited.
    pub waited: bool,
    pub words: String,
    /// The development that it speaks of, and its story's title.
    pub other: Option<(DevelopmentId, String)>,
}

/// What became of a development for one receiver, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was not meant to go there.
    Never,
    Waits,
    Sent(Option<Timestamp>),
    Folded(Option<Timestamp>),
    Failed(Option<Timestamp>),
}

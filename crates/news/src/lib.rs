//! The vocabulary: the words of GLOSSARY.md as types, one file a noun.
//!
//! In: nothing. Out: values that every room passes on. This room never does I/O, never reads a clock and
//! knows no other room.

mod act;
mod article;
mod common_word;
mod correction;
mod coverage;
mod dateline;
mod development;
mod entry;
mod follow;
mod id;
mod language;
mod line;
mod place;
mod position;
mod quote;
mod reading;
mod span;
mod told;

pub use act::{Act, ActClass, Modality, Party, ToldAct};
pub use article::{Article, ImageLink, RelatedHeadline};
pub use common_word::CommonWord;
pub use correction::{Correction, Decided};
pub use coverage::{Phase, StoryTitle};
pub use dateline::Dateline;
pub use development::{Development, DevelopmentKind, Evidence, Weight};
pub use entry::{Complaint, Enclosure, Entry, FeedDocument, FeedFormat};
pub use follow::{Channel, DeliveryState, Follow, QuietHours, Receiver, Target, Threshold};
pub use id::{
    ActorId, ArticleId, DeliveryId, DevelopmentId, EntryId, FeedId, FollowId, OutletId, QuoteId, ReaderId,
    ReceiverId, SayingId, StoryId,
};
pub use jiff::Timestamp;
pub use language::Language;
pub use line::{Count, Line, Term, TermKind};
pub use place::{Place, PlaceId, PlaceKind, PlaceMention};
pub use position::{Position, Stance};
pub use quote::{Attribution, Introduced, QuoteKind, Statements};
pub use reading::{Figure, Mark, MarkKind, Name, NameKind, Reading};
pub use span::Span;
pub use told::{Precision, ToldTime};
pub use url::Url;

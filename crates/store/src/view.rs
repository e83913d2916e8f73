//! What pages, the JSON API and the command line read: whole values, made by one query or a few, in the
//! shape in which they are shown. Nothing here is written back.

mod acts;
mod corrections;
mod days;
mod developments;
mod feed;
mod figures;
mod follows;
mod places;
mod positions;
mod said;
mod search;
mod story;

pub use acts::{ActPage, ActReport, ActView, ClassCount, Companion, PartyView};
pub use corrections::{CorrectionState, CorrectionView};
pub use days::DayView;
pub use developments::{DevelopmentView, EvidenceView};
pub use feed::{FeedHealth, FeedView, OutletView, RECORDED};
pub use figures::{FigurePoint, FigureSeries};
pub use follows::{FollowView, ReceiverState, ReceiverView, TroubledReceiver};
pub use places::{NamedPlace, PlacePage, PlaceSentence, PlaceStory};
pub use positions::{Board, BoardCell, BoardIssue, BoardRow, PositionStep, PositionStrip, PositionView};
pub use said::{
    ActorCard, ActorView, AliasView, PlaceView, SaidPage, SayingRef, SayingView, Speaker, StoryRef,
};
pub use search::{Hit, Hits};
pub use story::{
    ArticleText, ArticleView, CoverageGroup, Found, Front, HeadlineChange, LeadSentence, RelatedStory,
    StoryCard, StoryView,
};

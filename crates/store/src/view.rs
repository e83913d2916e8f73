//! What pages, the JSON API and the command line read: whole values, made by one query or a few, in the
//! shape in which they are shown. Nothing here is written back.

mod feed;
mod search;
mod story;

pub use feed::{FeedHealth, FeedView, OutletView};
pub use search::{Hit, Hits};
pub use story::{
    ArticleText, ArticleView, CoverageGroup, Found, Front, HeadlineChange, LeadSentence, RelatedStory,
    StoryCard, StoryView,
};

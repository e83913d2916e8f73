//! Everything kept: one SQLite file, its migrations and the event log. The only room that knows SQL.
//!
//! In: feeds and accepted entries ([`Store::add_feed`], [`Store::accept`]), articles and what was decided about
//! them ([`Store::write`]), developments and who follows what. Out: the work that waits ([`Store::due_feeds`],
//! [`Store::claim_entries`], [`Store::claim_deliveries`]), what the
//! story room must remember ([`Store::remembered`], [`Store::story_members`]), whole values to show
//! ([`view`]), and the event log ([`Store::events_since`]).
//!
//! Every fact is written in one transaction with the event that tells it. Nothing here waits for the network,
//! reads a clock or decides what belongs together. Calls block: async callers use a blocking thread.

mod actors;
mod acts;
mod addresses;
mod articles;
mod backup;
mod board;
mod card;
mod check;
mod column;
mod companions;
mod corrections;
mod coverage;
mod database;
mod days;
mod deliveries;
mod developments;
mod entries;
mod error;
mod events;
mod feeds;
mod figures;
mod follows;
mod forget;
mod front;
mod ground;
mod impressions;
mod index;
mod leads;
mod memory;
mod migrate;
mod named;
mod outlets;
mod places;
mod positions;
mod questions;
mod queue;
mod quotes;
mod readers;
mod receivers;
mod said;
mod search;
mod settings;
mod stories;
mod support;
mod transfer;
mod twins;
pub mod view;
mod why;
mod writer;

pub use actors::{Alias, KnownActor};
pub use acts::{ActsQuery, Found, NewAct, Side};
pub use articles::NewArticle;
pub use check::Check;
pub use corrections::StoryArticle;
pub use database::Store;
pub use days::NewDay;
pub use deliveries::{Busy, Claimed, Due, Settled, Told, Waiting};
pub use developments::{NewDevelopment, Published};
pub use entries::{Accepted, AcceptedIds, KnownEntry, KnownKeys, NewEntry, Rekeyed, Revised};
pub use error::{Result, StoreError};
pub use events::Event;
pub use feeds::{Added, DueFeed, Failure, FeedState, NewFeed};
pub use figures::NewFigure;
pub use front::FrontQuery;
pub use impressions::Remembered;
pub use memory::{KeptArticle, Member};
pub use places::NewMentions;
pub use positions::{Grouped, KeptPosition, NewPosition};
pub use queue::PendingEntry;
pub use quotes::{NewQuote, SaidBefore};
pub use readers::KeyPurpose;
pub use receivers::{NewReceiver, ReceiverCount};
pub use said::{ActorQuery, SayingsQuery};
pub use search::SearchQuery;
pub use stories::Description;
pub use twins::{Elsewhere, KeptGist};
pub use writer::Writer;

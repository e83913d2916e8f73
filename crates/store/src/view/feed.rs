//! Feeds and outlets as the operator sees them.

use news::{FeedId, OutletId, Timestamp};
use serde::{Deserialize, Serialize};

/// How a feed is doing, in one word for a colour and one sentence for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedHealth {
    /// Not refreshed yet.
    New,
    Healthy,
    /// Answers, but nothing new for far longer than its rhythm.
    Quiet,
    /// Fails now; tried again with back-off.
    Failing,
    /// 410, or nothing but errors for weeks; still tried now and then.
    Gone,
}

/// One feed with its state.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    pub id: FeedId,
    pub url: String,
    pub title: String,
    pub site: Option<String>,
    pub outlet: OutletId,
    pub outlet_name: String,
    /// OPML folders from the outermost in; empty at the top.
    pub folder: Vec<String>,
    pub health: FeedHealth,
    /// Plain words on the last failure, with what to do if there is something.
    pub last_error: Option<String>,
    pub failures: u32,
    pub added_at: Timestamp,
    pub last_refreshed_at: Option<Timestamp>,
    pub last_entry_at: Option<Timestamp>,
    pub next_refresh_at: Timestamp,
    pub interval_s: u32,
    pub entries: u64,
    /// New entries per day over the last seven days, oldest first.
    pub per_day: Vec<u32>,
}

/// What stands before the address of a feed that was replayed from a recording.
pub const RECORDED: &str = "recorded:";

/// An outlet with its feeds.
#[derive(Clone, Debug, Serialize)]
pub struct OutletView {
    pub id: OutletId,
    pub name: String,
    /// The registered host its feeds come from.
    pub host: String,
    pub family: String,
    pub articles: u64,
    pub last_article_at: Option<Timestamp>,
    pub feeds: Vec<FeedView>,
}

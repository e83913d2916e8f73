//! Pages, JSON API and live events: the only room that listens.
//!
//! In: requests, the store's views, and the bell that says the event log grew. Out: HTML that works without
//! script, JSON, server-sent events, and [`Command`]s for the binary. This room never fetches anything, never
//! writes news (it keeps its sign-ins as a setting, nothing else), and never makes a link from a request's
//! `Host`.
//!
//! A request walks: `server` (connections) -> `routes` (which handler) -> `layers` (limits, headers, deadline,
//! error pages) -> `pages` or `api` -> `house` (one bounded read of the store) -> `templates/`.

mod api;
mod asked;
mod assets;
mod channel;
mod chart;
mod command;
mod days;
mod diff;
mod error;
mod evidence;
mod fields;
mod house;
mod layers;
mod limits;
mod live;
mod map;
mod metrics;
mod moment;
mod page;
mod pages;
mod paging;
mod peer;
mod preview;
mod question;
mod reader;
mod routes;
#[cfg(test)]
mod sample;
mod server;
mod session;
mod settings;
mod shelf;
mod signed;
mod target;
mod text;
mod tongue;

pub use command::{AskedRule, Command, Early, FeedAdded, OpmlImported, Refused, Reply, Told, Why};
pub(crate) use error::Problem;
pub use error::ServeError;
pub use server::serve;
pub use settings::{Limits, WebSettings};

use std::sync::Arc;
use store::Store;

/// What the binary hands over to be served.
pub struct App {
    pub store: Arc<Store>,
    /// Rings with the `seq` of the newest event. The bell only wakes: what happened is read from the log.
    pub bell: tokio::sync::watch::Receiver<i64>,
    /// Where the operator's commands go. Bounded; a command that finds it full is refused.
    pub commands: tokio::sync::mpsc::Sender<Command>,
    /// What other rooms count, as Prometheus text, for `/metrics`.
    pub counters: Counters,
    pub settings: WebSettings,
}

/// Counters as text, read when they are asked for.
pub type Counters = Arc<dyn Fn() -> String + Send + Sync>;

//! Which stage feeds which, and with which bound.
//!
//! ```text
//!  feeds ─refresh─▶ entry rows ─read─▶ channel of 256 ─assign, publish─▶ article, story and delivery rows, events
//!                                                                                  ├─bell─▶ web
//!                                                                                  └─bell─▶ deliver ─▶ receivers
//! ```
//!
//! The rows are the queue: an entry waits in the database until its article is kept, a delivery until its receiver took
//! it, so a stage that dies takes nothing with it. The channel holds what is read and not yet kept; when it is full, reading waits. The bells
//! ([`House::entries`], [`House::feeds`], [`House::bell`]) only wake: whoever misses one finds the rows later.

pub(crate) mod acts;
pub(crate) mod assign;
pub(crate) mod attribute;
pub(crate) mod correct;
pub(crate) mod days;
pub(crate) mod deliver;
pub(crate) mod demo;
pub(crate) mod desk;
pub(crate) mod intake;
pub(crate) mod locate;
pub(crate) mod operator;
pub(crate) mod positions;
pub(crate) mod publish;
pub(crate) mod read;
mod refresh;
mod setback;
pub(crate) mod subscribe;
mod why;

use crate::config::Settings;
use anyhow::{Context, Result};
use deliver::Outbox;
use desk::ReadingRoom;
use ingest::{FetchSettings, Fetcher, Robots};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use store::Store;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

/// Stages that are asked to stop are waited for so long: deliveries under way have their own, shorter time, and what is over
/// is recorded even when another program holds the database for a while. Rows keep what is not done by then.
const ENDED_WITHIN: Duration = Duration::from_secs(20);

/// Articles that are read and not yet assigned.
const ARTICLES_WAITING: usize = 256;

/// What the stages share.
pub(crate) struct House {
    pub(crate) store: Arc<Store>,
    pub(crate) room: Arc<ReadingRoom>,
    pub(crate) fetcher: Fetcher,
    pub(crate) robots: Robots,
    pub(crate) settings: Settings,
    /// The number of the newest event.
    pub(crate) bell: watch::Sender<i64>,
    /// Entries wait to be read.
    pub(crate) entries: Notify,
    /// A correction waits to be carried out.
    pub(crate) corrections: Notify,
    /// A feed was added or wants to be refreshed now.
    pub(crate) feeds: Notify,
    /// Stories were forgotten: what is remembered of them must go too.
    pub(crate) forgotten: AtomicBool,
    /// Whether the demo day is shown.
    pub(crate) demo: watch::Sender<bool>,
}

/// Becomes true when everything is to stop.
pub(crate) type Stop = watch::Receiver<bool>;

/// Runs all stages until `stop`. What a stage survives, `setback.rs` says. One that fails ends the others, so that a supervisor starts afresh: it says stop as
/// anybody else would, and they keep what they have in hand.
///
/// # Errors
/// The failure of the stage that failed first.
pub(crate) async fn run(
    house: Arc<House>,
    outbox: Arc<Outbox>,
    with_demo: bool,
    stop: watch::Sender<bool>,
) -> Result<()> {
    let ended = match start(house, outbox, with_demo, &stop.subscribe()).await {
        Ok(stages) => all_ended(stages, &stop).await,
        Err(error) => Err(error),
    };
    stop.send_replace(true);
    ended
}

async fn start(
    house: Arc<House>,
    outbox: Arc<Outbox>,
    with_demo: bool,
    stop: &Stop,
) -> Result<JoinSet<Result<()>>> {
    let (articles, waiting) = mpsc::channel(ARTICLES_WAITING);
    let opening = Arc::clone(&house);
    let desk = blocking(move || assign::open_desk(&opening)).await?;
    let mut stages = JoinSet::new();
    stages.spawn(refresh::run(Arc::clone(&house), stop.clone()));
    stages.spawn(read::run(Arc::clone(&house), articles, stop.clone()));
    stages.spawn(assign::run(Arc::clone(&house), desk, waiting, stop.clone()));
    stages.spawn(deliver::run(Arc::clone(&house), Arc::clone(&outbox), stop.clone()));
    stages.spawn(deliver::keep_ready(Arc::clone(&house), Arc::clone(&outbox), stop.clone()));
    stages.spawn(deliver::look_after(Arc::clone(&house), outbox, stop.clone()));
    if *house.demo.borrow() {
        stages.spawn(demo::look_for_the_end(Arc::clone(&house), stop.clone()));
    }
    if with_demo {
        stages.spawn(demo::run(house, stop.clone()));
    }
    Ok(stages)
}

/// Waits until every stage has ended; the first that fails stops the others.
async fn all_ended(mut stages: JoinSet<Result<()>>, stop: &watch::Sender<bool>) -> Result<()> {
    let mut first = Ok(());
    while let Some(ended) = stages.join_next().await {
        if let Err(error) = ended.context("a stage panicked").and_then(|ended| ended) {
            tracing::error!(error = format!("{error:#}"), "a stage failed, stopping");
            stop.send_replace(true);
            first = first.and(Err(error));
        }
    }
    first
}

/// Waits, after a stop, until the stages have ended in good order: until what they have in hand is kept.
///
/// # Errors
/// That of [`run`].
pub(crate) async fn ended(stages: JoinHandle<Result<()>>) -> Result<()> {
    match tokio::time::timeout(ENDED_WITHIN, stages).await {
        Ok(ended) => ended.context("stages")?,
        Err(_) => {
            tracing::warn!(within = ?ENDED_WITHIN, "stages did not end in time; the next start goes on with their work");
            Ok(())
        }
    }
}

impl House {
    /// The house with the models that are there.
    pub(crate) fn open(settings: Settings, store: Arc<Store>) -> Result<Self> {
        let fetcher = Fetcher::new(FetchSettings {
            contact: settings.contact.clone(),
            allowed_networks: settings.allow_networks.clone(),
            message_networks: settings.message_networks.clone(),
            hosts: settings.hosts.clone(),
            at_once: settings.fetches,
            ..FetchSettings::default()
        })?;
        Ok(Self {
            room: Arc::new(ReadingRoom::new(crate::reader::open(&settings))),
            fetcher,
            robots: Robots::default(),
            bell: watch::Sender::new(store.last_event()?),
            entries: Notify::new(),
            corrections: Notify::new(),
            feeds: Notify::new(),
            forgotten: AtomicBool::new(false),
            demo: watch::Sender::new(demo::shown_in(&store)?),
            store,
            settings,
        })
    }

    /// Says that the event log grew.
    pub(crate) fn ring(&self) -> Result<()> {
        let last = self.store.last_event()?;
        self.bell.send_if_modified(|known| std::mem::replace(known, last) != last);
        Ok(())
    }
}

/// Runs what blocks (the database, parsing, reading) off the reactor.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.context("a task panicked")?
}

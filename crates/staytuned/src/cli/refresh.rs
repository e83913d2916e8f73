//! `staytuned refresh`: looks at all feeds once, reads and files what came, and ends. For a timer instead of a
//! program that runs all the time.

use super::lock::Lock;
use super::{LONGEST_WAIT, logs};
use crate::config::Settings;
use crate::pipeline::deliver::Outbox;
use crate::pipeline::{self, House, blocking, read};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use store::view::{FeedHealth, FeedView};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often it is looked whether everything is done.
const LOOK_EVERY: Duration = Duration::from_millis(25);

#[derive(Debug, Args)]
pub(super) struct Refresh {
    /// Give up waiting after so many seconds; what came until then is kept
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=LONGEST_WAIT))]
    within: u64,
}

impl Refresh {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        logs::start(settings)?;
        let _lock = Lock::take(settings)?;
        let store = Arc::new(super::open_store(settings)?);
        let house = Arc::new(House::open(settings.clone(), Arc::clone(&store))?);
        let started = Timestamp::now();
        let before = store.counts()?;
        for feed in store.fetched_feeds()? {
            store.refresh_now(feed.id, started)?;
        }
        let runtime = tokio::runtime::Runtime::new().context("runtime")?;
        let within = Duration::from_secs(self.within);
        runtime.block_on(until_done(house, started, within))?;
        let after = store.counts()?;
        let ill = |feed: &&FeedView| matches!(feed.health, FeedHealth::Failing | FeedHealth::Gone);
        let failing = store.fetched_feeds()?.iter().filter(ill).count();
        super::say(&format!("{}; {failing} feeds failing", super::replay::summary(&before, &after)))?;
        Ok(if failing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Runs the stages until every feed was looked at, nothing waits to be read, and no delivery is due.
async fn until_done(house: Arc<House>, started: Timestamp, within: Duration) -> Result<()> {
    let stop = watch::Sender::new(false);
    let outbox = Arc::new(Outbox::open(&house)?);
    let stages = tokio::spawn(pipeline::run(Arc::clone(&house), outbox, false, stop.clone()));
    let done = watched(&house.store, &stages, started, within).await;
    stop.send_replace(true);
    pipeline::ended(stages).await?;
    done
}

/// Waits until everything is done or the stages have ended.
async fn watched(
    store: &Arc<Store>,
    stages: &JoinHandle<Result<()>>,
    started: Timestamp,
    within: Duration,
) -> Result<()> {
    let deadline = Instant::now() + within;
    loop {
        let looking = Arc::clone(store);
        if stages.is_finished() || blocking(move || is_done(&looking, started)).await? {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("not everything was done within {} s", within.as_secs());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn is_done(store: &Store, started: Timestamp) -> Result<bool> {
    let waits = store.next_due()?.is_some_and(|due| due <= started);
    let due = store.deliveries_due()?.next.is_some_and(|next| next <= Timestamp::now());
    // What a program that died had taken up comes back in its own time.
    let theirs = started.saturating_add(read::TAKEN_FOR)?;
    Ok(!waits && store.unfinished_count(Timestamp::now(), theirs)? == 0 && !due)
}

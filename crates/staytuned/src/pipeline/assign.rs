//! Articles into stories, as they come: the one task that works at the [`Desk`]. It files what waits in batches,
//! looks at recent stories again, and lets stories grow old.

use super::House;
use super::desk::Desk;
use super::read::ReadEntry;
use anyhow::{Context, Result};
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};

/// Articles filed in one transaction at most.
const BATCH: usize = 128;

/// How often stories are looked after when nothing comes.
const CARE_EVERY: Duration = Duration::from_secs(60);

/// How often it is looked whether somebody asked for a correction beside this program, or a second look is due.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// After a failure of the database the desk is opened anew; the articles wait in their entries meanwhile.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Opens the desk; blocks.
pub(super) fn open_desk(house: &House) -> Result<Desk> {
    Desk::open(&house.store, &house.room, Timestamp::now()).context("stories")
}

/// Works until nobody sends any more.
pub(super) async fn run(
    house: Arc<House>,
    mut desk: Desk,
    mut articles: mpsc::Receiver<ReadEntry>,
) -> Result<()> {
    let mut care = interval_at(Instant::now() + CARE_EVERY, CARE_EVERY);
    let mut asking = interval_at(Instant::now(), ASK_EVERY);
    asking.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let caring = tokio::select! {
            received = articles.recv_many(&mut batch, BATCH) => {
                if received == 0 {
                    return Ok(());
                }
                false
            }
            _ = care.tick() => true,
            () = house.corrections.notified() => false,
            _ = asking.tick() => {
                if !desk.wants_second_look(Timestamp::now()) && !is_asked(&house).await? {
                    continue;
                }
                false
            }
        };
        desk = at_the_desk(&house, desk, std::mem::take(&mut batch), caring).await?;
    }
}

/// Whether a correction waits. A database that does not answer is noticed by the work at the desk.
async fn is_asked(house: &Arc<House>) -> Result<bool> {
    let asking = Arc::clone(house);
    let waits = tokio::task::spawn_blocking(move || asking.store.waiting_corrections());
    Ok(waits.await.context("assign")?.is_ok_and(|waiting| !waiting.is_empty()))
}

/// One turn of work on a blocking thread. When it fails, the desk is opened anew: memory follows the database.
async fn at_the_desk(
    house: &Arc<House>,
    mut desk: Desk,
    batch: Vec<ReadEntry>,
    caring: bool,
) -> Result<Desk> {
    let working = Arc::clone(house);
    let turn = tokio::task::spawn_blocking(move || {
        let articles = batch.len();
        let now = Timestamp::now();
        if working.forgotten.swap(false, Ordering::Acquire) {
            desk = open_desk(&working)?;
        }
        if !batch.is_empty() {
            desk.file(batch, now).context("file articles")?;
            tracing::debug!(articles, "articles filed");
            // Later forms of these entries can be read now.
            working.entries.notify_one();
        }
        let corrected = desk.correct(now).context("corrections")?;
        tracing::trace!(corrected, "corrections looked for");
        if desk.wants_second_look(now) {
            let merged = desk.look_again(now).context("second look")?;
            tracing::debug!(merged, "stories looked at again");
        }
        if caring {
            desk.grow_old(now)?;
        }
        working.ring()?;
        anyhow::Ok(desk)
    });
    match turn.await.context("assign")? {
        Ok(desk) => Ok(desk),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "articles not kept, opening the desk anew");
            reopen(house).await
        }
    }
}

async fn reopen(house: &Arc<House>) -> Result<Desk> {
    loop {
        sleep(RETRY_AFTER).await;
        let opening = Arc::clone(house);
        let opened = tokio::task::spawn_blocking(move || {
            opening.store.release_entries(Timestamp::now())?;
            open_desk(&opening)
        });
        match opened.await.context("assign")? {
            Ok(desk) => return Ok(desk),
            Err(error) => tracing::error!(error = format!("{error:#}"), "desk not opened"),
        }
    }
}

//! Articles into stories, as they come: the one task that works at the [`Desk`]. It files what waits in batches,
//! looks at recent stories again, and lets stories grow old.

use super::desk::Desk;
use super::read::ReadEntry;
use super::setback::{self, Culprit};
use super::{House, Stop, blocking};
use anyhow::{Context, Result};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::ops::Range;
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

/// Opens the desk; blocks.
pub(super) fn open_desk(house: &House) -> Result<Desk> {
    Desk::open(&house.store, &house.room, Timestamp::now()).context("stories")
}

/// Works until nobody sends any more, or until `stop` while something is in the way of the work.
pub(super) async fn run(
    house: Arc<House>,
    desk: Desk,
    mut articles: mpsc::Receiver<ReadEntry>,
    stop: Stop,
) -> Result<()> {
    let mut care = interval_at(Instant::now() + CARE_EVERY, CARE_EVERY);
    let mut asking = interval_at(Instant::now(), ASK_EVERY);
    asking.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut work = Work { house: Arc::clone(&house), desk: Some(desk), stop, stopped: false };
    let mut batch = Vec::with_capacity(BATCH);
    while !work.stopped {
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
                if !work.wants_second_look() && !is_asked(&house).await? {
                    continue;
                }
                false
            }
        };
        work.file(std::mem::take(&mut batch)).await?;
        work.look_after(caring).await?;
    }
    Ok(())
}

/// Whether a correction waits. A database that does not answer is noticed by the work at the desk.
async fn is_asked(house: &Arc<House>) -> Result<bool> {
    let asking = Arc::clone(house);
    let waits = tokio::task::spawn_blocking(move || asking.store.waiting_corrections());
    Ok(waits.await.context("assign")?.is_ok_and(|waiting| !waiting.is_empty()))
}

/// The desk, and what becomes of it when a turn of work fails: memory follows the database, so that it is opened anew.
struct Work {
    house: Arc<House>,
    /// `None` after a failure.
    desk: Option<Desk>,
    stop: Stop,
    /// Everything is to stop, and something was in the way: what is not filed waits in its entry.
    stopped: bool,
}

impl Work {
    fn wants_second_look(&self) -> bool {
        self.desk.as_ref().is_none_or(|desk| desk.wants_second_look(Timestamp::now()))
    }

    /// Files a batch: together, or one by one where that fails. What cannot be filed alone is put off. While the database cannot
    /// do it, all wait here.
    async fn file(&mut self, batch: Vec<ReadEntry>) -> Result<()> {
        let batch: Arc<[ReadEntry]> = batch.into();
        let mut waiting = VecDeque::new();
        waiting.push_back(0..batch.len());
        while let Some(some) = waiting.pop_front().filter(|some| !some.is_empty() && !self.stopped) {
            let Err(error) = self.file_some(Arc::clone(&batch), some.clone()).await else { continue };
            if setback::is_passing(&error) {
                self.pause(setback::survive(error, "articles not filed")?).await;
                waiting.push_front(some);
            } else if some.len() > 1 {
                let (error, articles) = (format!("{error:#}"), some.len());
                tracing::warn!(error, articles, "articles not filed together, filing them one by one");
                waiting.extend(some.map(|one| one..one + 1));
            } else {
                let culprit =
                    Culprit::new(&batch[some.start].entry, format!("it cannot be filed: {error:#}"));
                setback::put_off(&self.house, vec![culprit]).await?;
            }
        }
        Ok(())
    }

    async fn file_some(&mut self, batch: Arc<[ReadEntry]>, some: Range<usize>) -> Result<()> {
        self.turn(move |house, desk| {
            let some = batch.get(some).unwrap_or_default();
            desk.file(some, Timestamp::now())?;
            tracing::debug!(articles = some.len(), "articles filed");
            // Later forms of these entries can be read now.
            house.entries.notify_one();
            Ok(())
        })
        .await
    }

    /// Carries out corrections, looks at stories again when it is time, and lets them grow old when `caring`.
    async fn look_after(&mut self, caring: bool) -> Result<()> {
        let turn = self.turn(move |house, desk| {
            let cared = care_for(desk, caring, Timestamp::now());
            // Whatever failed: what was filed is told.
            house.ring().and(cared)
        });
        if let Err(error) = turn.await {
            let pause = setback::survive(error, "stories not looked after, opening the desk anew")?;
            self.pause(pause).await;
        }
        Ok(())
    }

    /// One turn of work on a blocking thread; none when everything stops before there is a desk.
    async fn turn(
        &mut self,
        work: impl FnOnce(&House, &mut Desk) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let Some(mut desk) = self.open().await? else { return Ok(()) };
        let house = Arc::clone(&self.house);
        self.desk = Some(blocking(move || work(&house, &mut desk).map(|()| desk)).await?);
        Ok(())
    }

    /// The desk as it is, or opened anew; `None` when everything stops before that succeeds.
    async fn open(&mut self) -> Result<Option<Desk>> {
        if self.house.forgotten.swap(false, Ordering::Acquire) {
            self.desk = None;
        }
        while self.desk.is_none() && !self.stopped {
            let house = Arc::clone(&self.house);
            match blocking(move || open_desk(&house)).await {
                Ok(desk) => self.desk = Some(desk),
                Err(error) => self.pause(setback::survive(error, "desk not opened")?).await,
            }
        }
        Ok(self.desk.take())
    }

    async fn pause(&mut self, pause: Duration) {
        tokio::select! {
            () = sleep(pause) => {}
            _ = self.stop.wait_for(|stop| *stop) => self.stopped = true,
        }
    }
}

fn care_for(desk: &mut Desk, caring: bool, now: Timestamp) -> Result<()> {
    let corrected = desk.correct(now).context("corrections")?;
    tracing::trace!(corrected, "corrections looked for");
    if desk.wants_second_look(now) {
        let merged = desk.look_again(now).context("second look")?;
        tracing::debug!(merged, "stories looked at again");
    }
    if caring {
        desk.grow_old(now)?;
    }
    Ok(())
}

//! Looking after receivers now and then: a device that nobody uses is warned and then expires; what is over is forgotten.

use super::Outbox;
use super::direct::note;
use super::plan::link;
use crate::pipeline::{House, Stop, blocking};
use anyhow::{Context, Result};
use deliver::Outcome;
use deliver::policy::{EXPIRES_AFTER, Life, WARNED_AFTER, life};
use jiff::{SignedDuration, Timestamp};
use news::Receiver;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// How often.
const EVERY: Duration = Duration::from_secs(3_600);

/// Devices that are warned at once, and how long a look takes at most: a host that is silent must not hold up the others.
const AT_ONCE: usize = 16;
const WITHIN: Duration = Duration::from_secs(300);

/// Deliveries that are done, and receivers that are gone, are kept for so long: their readers may ask what became of
/// them.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Deliveries forgotten in one transaction.
const FORGOTTEN_AT_ONCE: usize = 10_000;

/// Looks after receivers until `stop`: a stage of its own, since a device that does not answer takes its time.
pub(crate) async fn look_after(house: Arc<House>, outbox: Arc<Outbox>, mut stop: Stop) -> Result<()> {
    loop {
        let turn = async {
            if let Err(error) = look(&house, &outbox).await {
                tracing::error!(error = format!("{error:#}"), "receivers not looked after");
            }
            sleep(EVERY).await;
        };
        tokio::select! {
            () = turn => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
    }
}

/// One look.
async fn look(house: &Arc<House>, outbox: &Arc<Outbox>) -> Result<()> {
    let now = Timestamp::now();
    let store = Arc::clone(&house.store);
    let (warned, expired) = (now.saturating_sub(WARNED_AFTER)?, now.saturating_sub(EXPIRES_AFTER)?);
    let unused = blocking(move || Ok(store.unused_receivers(warned, expired)?)).await?;
    match timeout(WITHIN, each(house, outbox, unused, now)).await {
        Ok(looked) => looked?,
        Err(_) => {
            tracing::warn!("not every unused device answered in time, the rest is asked at the next look")
        }
    }
    forget(house, now).await
}

/// Warns or ends devices that nobody uses, some at once.
async fn each(house: &Arc<House>, outbox: &Arc<Outbox>, unused: Vec<Receiver>, now: Timestamp) -> Result<()> {
    let mut under_way: JoinSet<Result<()>> = JoinSet::new();
    for receiver in unused {
        if under_way.len() >= AT_ONCE
            && let Some(over) = under_way.join_next().await
        {
            over.context("looking after a receiver panicked")??;
        }
        let (house, outbox) = (Arc::clone(house), Arc::clone(outbox));
        under_way.spawn(async move {
            match life(&receiver, now) {
                Life::InUse => Ok(()),
                Life::Warned { expires } => warn(&house, &outbox, receiver, expires).await,
                Life::Expired => expire(&house, receiver).await,
            }
        });
    }
    while let Some(over) = under_way.join_next().await {
        over.context("looking after a receiver panicked")??;
    }
    Ok(())
}

/// Tells a device that it will expire. That it took the message does not mean that somebody uses it.
async fn warn(house: &Arc<House>, outbox: &Outbox, receiver: Receiver, expires: Timestamp) -> Result<()> {
    let words = format!(
        "Nothing was new on this device for a long time. Open Staytuned before {} to go on hearing of what you follow.",
        expires.strftime("%-d %B")
    );
    let page = link(&house.settings.base_url, "follows").unwrap_or_default();
    let outcome = outbox.sender.send(&receiver, &note("Are you still there?", &words, page), 0).await;
    tracing::info!(receiver = %receiver.id, ?outcome, "unused device warned");
    let (store, now) = (Arc::clone(&house.store), Timestamp::now());
    blocking(move || {
        store.write(|writer| match &outcome {
            Outcome::Gone { why } => writer.receiver_gone(&receiver, why, now),
            // One that could not be reached is warned again at the next look.
            Outcome::Deferred { .. } => Ok(()),
            _ => writer.receiver_warned(receiver.id, now),
        })?;
        Ok(())
    })
    .await
}

async fn expire(house: &Arc<House>, receiver: Receiver) -> Result<()> {
    let days = EXPIRES_AFTER.as_hours() / 24;
    tracing::info!(receiver = %receiver.id, days, "unused device expired");
    let (store, now) = (Arc::clone(&house.store), Timestamp::now());
    let why = format!("nobody used it for {days} days");
    blocking(move || Ok(store.write(|writer| writer.receiver_gone(&receiver, &why, now))?)).await
}

async fn forget(house: &Arc<House>, now: Timestamp) -> Result<()> {
    let before = now.saturating_sub(KEPT_FOR)?;
    let store = Arc::clone(&house.store);
    blocking(move || {
        let gone = store.write(|writer| writer.forget_gone_receivers(before))?;
        let mut deliveries = 0;
        loop {
            let some = store.write(|writer| writer.forget_deliveries(before, FORGOTTEN_AT_ONCE))?;
            deliveries += some;
            if some < FORGOTTEN_AT_ONCE {
                break;
            }
        }
        tracing::debug!(receivers = gone, deliveries, "what is long over is forgotten");
        Ok(())
    })
    .await
}

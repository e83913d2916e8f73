//! What is ordered on the pages, by the operator or by a reader: carried out here, because the pages neither speak
//! outward nor write news.

use super::deliver::{self, Outbox};
use super::{House, Stop, blocking, correct, subscribe, why};
use anyhow::{Context, Result};
use ingest::opml;
use jiff::Timestamp;
use news::{ActorId, Correction, FeedId, StoryId};
use std::sync::Arc;
use std::time::Duration;
use store::view::CorrectionState;
use store::{Added, NewFeed};
use tokio::sync::{Semaphore, mpsc};
use web::{Command, FeedAdded, OpmlImported, Refused};

/// Orders carried out at once, of readers and of the operator each: whoever asks for messages to a host that is silent keeps no
/// operator waiting.
const AT_ONCE: usize = 16;

/// Orders of each that are carried out or wait; more are not taken.
const TAKEN: usize = 64;

/// No order takes longer: nobody waits for its answer any more.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(120);

/// A correction is carried out within this, unless articles are filed as fast as they can be.
const CORRECTED_WITHIN: Duration = Duration::from_secs(8);

/// Carries out orders until `stop`.
pub(crate) async fn run(
    house: Arc<House>,
    outbox: Arc<Outbox>,
    mut orders: mpsc::Receiver<Command>,
    mut stop: Stop,
) {
    let (readers, operator) = (Turns::default(), Turns::default());
    loop {
        let order = tokio::select! {
            order = orders.recv() => order,
            _ = stop.wait_for(|stop| *stop) => None,
        };
        let Some(order) = order else { return };
        let turns = if is_readers(&order) { &readers } else { &operator };
        // Whoever ordered hears that it was not taken by the answer that never comes.
        let Ok(place) = Arc::clone(&turns.taken).try_acquire_owned() else { continue };
        let (house, outbox, at_once) = (Arc::clone(&house), Arc::clone(&outbox), Arc::clone(&turns.at_once));
        tokio::spawn(async move {
            let _place = place;
            let Ok(_turn) = at_once.acquire().await else { return };
            if tokio::time::timeout(GIVEN_UP_AFTER, carry_out(&house, &outbox, order)).await.is_err() {
                tracing::warn!("an order took too long and was given up");
            }
        });
    }
}

/// Who has a place and who has a turn.
struct Turns {
    taken: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { taken: Arc::new(Semaphore::new(TAKEN)), at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

fn is_readers(order: &Command) -> bool {
    matches!(order, Command::TestReceiver { .. } | Command::AskOwner { .. } | Command::Explain { .. })
}

async fn carry_out(house: &Arc<House>, outbox: &Outbox, order: Command) {
    // Whoever asked may have gone: the order is carried out all the same, and the answer dropped.
    match order {
        Command::TestReceiver { id, reply } => drop(reply.send(told(deliver::test(house, outbox, id).await))),
        Command::AskOwner { id, page, reply } => {
            drop(reply.send(told(deliver::ask_owner(house, outbox, id, page).await)));
        }
        Command::AddFeed { url, reply } => drop(reply.send(told(add(house, &url).await))),
        Command::RemoveFeed { id, reply } => drop(reply.send(told(remove(house, id).await))),
        Command::RefreshFeed { id, reply } => drop(reply.send(told(refresh(house, id).await))),
        Command::ImportOpml { bytes, reply } => drop(reply.send(told(import(house, bytes).await))),
        Command::ExportOpml { reply } => drop(reply.send(told(export(house).await))),
        Command::Explain { reader, development, reply } => {
            drop(reply.send(told(why::why(house, reader, development).await)));
        }
        Command::Correct { correction, reply } => drop(reply.send(told(corrected(house, correction).await))),
        Command::RenameActor { actor, name, reply } => {
            drop(reply.send(told(rename(house, actor, name).await)))
        }
        Command::MergeActors { from, into, reply } => drop(reply.send(told(merge(house, from, into).await))),
        Command::SplitActor { actor, key, reply } => drop(reply.send(told(split(house, actor, key).await))),
    }
}

fn told<T>(done: Result<T>) -> Result<T, Refused> {
    done.map_err(|error| Refused(format!("{error:#}")))
}

async fn add(house: &Arc<House>, url: &str) -> Result<FeedAdded> {
    let found = subscribe::find(house, url).await?;
    let added = subscribe::follow(house, &found).await?;
    Ok(FeedAdded { id: added.id, already: added.already })
}

async fn remove(house: &Arc<House>, id: FeedId) -> Result<()> {
    let working = Arc::clone(house);
    let removed = blocking(move || Ok(working.store.remove_feed(id, Timestamp::now())?)).await?;
    removed.then_some(()).context("this feed is not followed")
}

async fn refresh(house: &Arc<House>, id: FeedId) -> Result<()> {
    let working = Arc::clone(house);
    let due = blocking(move || Ok(working.store.refresh_now(id, Timestamp::now())?)).await?;
    house.feeds.notify_one();
    due.then_some(()).context("this feed is not followed")
}

async fn import(house: &Arc<House>, bytes: Vec<u8>) -> Result<OpmlImported> {
    let working = Arc::clone(house);
    let imported = blocking(move || import_feeds(&working, &opml::read(&bytes)?)).await?;
    house.feeds.notify_one();
    Ok(imported)
}

/// Feeds of a list that are taken up together: each time the disk has to say that it has them.
const TOGETHER: usize = 500;

/// Follows every feed of a list.
pub(crate) fn import_feeds(house: &House, list: &opml::OpmlList) -> Result<OpmlImported> {
    super::demo::end(house)?;
    let refused = list.left_out.iter().map(|(address, why)| (address.clone(), why.to_string()));
    let mut imported = OpmlImported { left_out: refused.collect(), ..OpmlImported::default() };
    for feeds in list.feeds.chunks(TOGETHER) {
        let mut new: Vec<NewFeed> = Vec::new();
        for feed in feeds {
            match subscribe::described(feed) {
                Ok(described) => new.push(described),
                Err(error) => imported.left_out.push((feed.url.clone(), format!("{error:#}"))),
            }
        }
        let added: Vec<Added> = house
            .store
            .write(|writer| new.iter().map(|feed| writer.add_feed(feed, Timestamp::now())).collect())?;
        for added in added {
            *(if added.already { &mut imported.already } else { &mut imported.added }) += 1;
        }
    }
    Ok(imported)
}

async fn export(house: &Arc<House>) -> Result<Vec<u8>> {
    let working = Arc::clone(house);
    blocking(move || Ok(export_feeds(&working.store)?.into_bytes())).await
}

/// All feeds as OPML.
pub(crate) fn export_feeds(store: &store::Store) -> Result<String> {
    let feeds = store.fetched_feeds()?.into_iter().map(|feed| opml::OpmlFeed {
        url: feed.url,
        title: Some(feed.title),
        site: feed.site,
        folder: feed.folder,
    });
    Ok(opml::write("Staytuned", &feeds.collect::<Vec<_>>()))
}

async fn rename(house: &Arc<House>, actor: ActorId, name: String) -> Result<()> {
    let working = Arc::clone(house);
    blocking(move || {
        working.store.write(|writer| writer.rename_actor(actor, &name, Timestamp::now()))?;
        working.ring()
    })
    .await
}

async fn merge(house: &Arc<House>, from: ActorId, into: ActorId) -> Result<()> {
    let working = Arc::clone(house);
    blocking(move || {
        working.store.write(|writer| writer.merge_actors(from, into, Timestamp::now()))?;
        working.ring()
    })
    .await
}

async fn split(house: &Arc<House>, actor: ActorId, key: String) -> Result<ActorId> {
    let working = Arc::clone(house);
    blocking(move || {
        let other = working.store.write(|writer| writer.split_actor(actor, &key, Timestamp::now()))?;
        working.ring()?;
        Ok(other)
    })
    .await
}

async fn corrected(house: &Arc<House>, correction: Correction) -> Result<Option<StoryId>> {
    let ring = || house.corrections.notify_one();
    let view = correct::ask(&house.store, correction, ring, CORRECTED_WITHIN).await?;
    match view.state {
        CorrectionState::Refused(why) => anyhow::bail!(why),
        CorrectionState::Waiting => anyhow::bail!("it is kept and will be carried out; look again soon"),
        CorrectionState::Done => Ok(view.story),
    }
}

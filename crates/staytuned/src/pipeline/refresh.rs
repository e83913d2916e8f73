//! Feeds are refreshed when their time has come: fetched, parsed, compared, taken in. A look that fails is kept with
//! its reason in plain words and planned again; no feed is given up.

use super::intake::{self, Arrived, state_after};
use super::{House, Stop, blocking, setback};
use anyhow::{Context, Result};
use ingest::refresh::{Look, Outcome, next_look};
use ingest::{Fetched, Get, Purpose};
use jiff::Timestamp;
use news::{Entry, FeedDocument, FeedId, Url};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use store::{DueFeed, Failure};
use tokio::task::JoinSet;

/// How often the database is asked for due feeds when nothing else wakes us: another process may have added some.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A look whose answer could not be kept is made again so long after: no outlet is asked in a hurry because our disk is full.
const KEPT_AGAIN: Duration = Duration::from_secs(60);

/// A permanent redirect is believed when it was seen so often in a row.
const MOVED_AFTER: u32 = 3;

/// Refreshes what is due until `stop`.
pub(super) async fn run(house: Arc<House>, mut stop: Stop) -> Result<()> {
    let mut under_way: HashSet<FeedId> = HashSet::new();
    let mut looks = JoinSet::new();
    loop {
        let pause = match due(&house, &under_way).await {
            Ok(due) => {
                for feed in due {
                    under_way.insert(feed.id);
                    looks.spawn(look(Arc::clone(&house), feed));
                }
                LOOK_EVERY
            }
            Err(error) => setback::survive(error, "feeds not looked for")?,
        };
        tokio::select! {
            Some(looked) = looks.join_next() => { under_way.remove(&looked.context("refresh")??); }
            () = house.feeds.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
    }
}

/// As many feeds that are due and not under way as there are places for.
async fn due(house: &Arc<House>, under_way: &HashSet<FeedId>) -> Result<Vec<DueFeed>> {
    let store = Arc::clone(&house.store);
    let wanted = house.settings.fetches.max(under_way.len());
    let mut due = blocking(move || Ok(store.due_feeds(Timestamp::now(), wanted)?)).await?;
    due.retain(|feed| !under_way.contains(&feed.id));
    due.truncate(wanted - under_way.len());
    Ok(due)
}

/// One look at a feed, from the request to the rows. When these cannot be written the look lasts longer.
async fn look(house: Arc<House>, feed: DueFeed) -> Result<FeedId> {
    let (id, feed) = (feed.id, Arc::new(feed));
    let answer = match Url::parse(&feed.url) {
        Ok(url) => ask(&house, &feed, url).await,
        Err(error) => Err(Trouble::new(format!("{} is no address: {error}", feed.url))),
    };
    match kept(&house, &feed, answer).await {
        Ok(true) => house.entries.notify_one(),
        Ok(false) => {}
        Err(error) => {
            setback::survive(error, "look at a feed not kept")?;
            tokio::time::sleep(KEPT_AGAIN).await;
        }
    }
    Ok(id)
}

/// Keeps what the look gave; whether entries wait to be read. A document that nobody can take in is trouble of its feed.
async fn kept(house: &Arc<House>, feed: &Arc<DueFeed>, answer: Result<Answer, Trouble>) -> Result<bool> {
    let keeping = |answer| {
        let (house, feed) = (Arc::clone(house), Arc::clone(feed));
        blocking(move || keep(&house, &feed, answer))
    };
    match keeping(answer).await {
        Err(error) if !setback::is_passing(&error) => {
            keeping(Err(Trouble::new(format!("what came cannot be kept: {error:#}")))).await
        }
        kept => kept,
    }
}

/// An answer that can be used: nothing new, or a document.
struct Answer {
    fetched: Fetched,
    document: Option<FeedDocument>,
}

/// Why a look brought nothing.
struct Trouble {
    why: String,
    outcome: Outcome,
}

impl Trouble {
    fn new(why: String) -> Self {
        Self { why, outcome: Outcome::Failed { retry_after: None } }
    }
}

async fn ask(house: &House, feed: &DueFeed, url: Url) -> Result<Answer, Trouble> {
    let get = Get {
        url,
        purpose: Purpose::Feed,
        etag: feed.state.etag.clone(),
        last_modified: feed.state.last_modified.clone(),
    };
    let fetched = house.fetcher.get(&get).await.map_err(|error| Trouble::new(error.to_string()))?;
    match fetched.status {
        304 => Ok(Answer { fetched, document: None }),
        200..300 => {
            let parsed = blocking(move || {
                let document =
                    ingest::parse(&fetched.body, fetched.content_type.as_deref(), Some(&fetched.url));
                Ok((fetched, document))
            });
            let (fetched, document) = parsed.await.map_err(|error| Trouble::new(error.to_string()))?;
            let document = document.map_err(|error| Trouble::new(error.to_string()))?;
            Ok(Answer { fetched, document: Some(document) })
        }
        410 => Err(Trouble {
            why: "the publisher says that this feed is gone".to_owned(),
            outcome: Outcome::Gone,
        }),
        status => Err(Trouble {
            why: status_in_words(status),
            outcome: Outcome::Failed { retry_after: fetched.retry_after },
        }),
    }
}

fn status_in_words(status: u16) -> String {
    let meaning = match status {
        401 | 403 => "it does not let us in",
        404 => "there is nothing at this address",
        429 => "it asks us to come less often",
        500.. => "the server has a problem of its own",
        _ => "that is no feed",
    };
    format!("the server answered {status}: {meaning}")
}

/// Keeps what the look gave; whether entries wait to be read.
fn keep(house: &House, feed: &DueFeed, answer: Result<Answer, Trouble>) -> Result<bool> {
    let now = Timestamp::now();
    let fresh = match answer {
        Ok(answer) => keep_answer(house, feed, answer, now),
        Err(trouble) => {
            let look = Look {
                feed: feed.id,
                recent: &feed.recent,
                failures: feed.failures + 1,
                outcome: trouble.outcome,
            };
            let plan = next_look(&look, now);
            let failure = Failure {
                error: trouble.why,
                health: intake::health(plan.health),
                next_refresh_at: plan.next_at,
                interval_s: u32::try_from(plan.interval.as_secs()).unwrap_or(u32::MAX),
            };
            tracing::warn!(feed = %feed.id, url = feed.url, why = failure.error, "feed not refreshed");
            house.store.record_failure(feed.id, &failure, now).context("feed failure")?;
            Ok(false)
        }
    }?;
    house.ring()?;
    Ok(fresh)
}

fn keep_answer(house: &House, feed: &DueFeed, answer: Answer, now: Timestamp) -> Result<bool> {
    let Answer { fetched, document } = answer;
    let document = document.unwrap_or_default();
    let mut recent: Vec<Timestamp> =
        document.entries.iter().filter_map(Entry::told_at).filter(|at| *at <= now).collect();
    recent.extend(&feed.recent);
    recent.sort_unstable_by(|a, b| b.cmp(a));
    recent.dedup();
    let ttl = document.ttl_minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
    let wish = ttl.max(fetched.fresh_for);
    let look = Look {
        feed: feed.id,
        recent: recent.get(..32).unwrap_or(&recent),
        failures: 0,
        outcome: Outcome::Answered { wish },
    };
    let mut state = state_after(&next_look(&look, now));
    state.etag = fetched.etag.or_else(|| feed.state.etag.clone().filter(|_| fetched.status == 304));
    state.last_modified =
        fetched.last_modified.or_else(|| feed.state.last_modified.clone().filter(|_| fetched.status == 304));
    let moved = fetched.moved_to.map(String::from);
    state.moved_seen = match &moved {
        Some(to) if feed.state.moved_to.as_ref() == Some(to) => feed.state.moved_seen + 1,
        Some(_) => 1,
        None => 0,
    };
    let believed = moved.clone().filter(|_| state.moved_seen >= MOVED_AFTER);
    state.moved_to = moved;
    let arrived = Arrived {
        entries: document.entries,
        state,
        first: feed.last_refreshed_at.is_none(),
        recorded: false,
        title: document.title,
        site: document.link,
    };
    let taken = house.store.write(|writer| intake::take_in(writer, feed.id, arrived, now));
    let accepted = taken.context("entries")?;
    let (new, revised) = (accepted.new.len(), accepted.revised.len());
    tracing::info!(feed = %feed.id, status = fetched.status, new, revised, "feed refreshed");
    if let Some(to) = believed {
        match house.store.move_feed(feed.id, &to) {
            Ok(()) => tracing::info!(feed = %feed.id, to, "feed moved"),
            Err(error) => tracing::warn!(feed = %feed.id, to, %error, "feed says it moved, but cannot"),
        }
    }
    Ok(new + revised > 0)
}

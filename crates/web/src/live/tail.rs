//! The newest events, laid out once as server-sent events and shared by all streams.

use crate::house::House;
use axum::body::Bytes;
use news::StoryId;
use serde_json::json;
use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};
use store::Event;
use tokio::sync::watch;

/// Events kept in memory.
const KEPT: usize = 4096;
/// Events read from the log at once.
pub(super) const BATCH: usize = 256;
/// The log is looked at this often even when no bell rings.
const ANYWAY: Duration = Duration::from_secs(15);

/// An event on its way to readers.
#[derive(Clone)]
pub(super) struct Letter {
    pub(super) seq: i64,
    story: Option<StoryId>,
    /// The message as sent; `None` for what is not for the public.
    message: Option<Bytes>,
}

impl Letter {
    pub(super) fn of(event: &Event) -> Self {
        Self { seq: event.seq, story: event.story, message: message(event) }
    }

    /// The message for a reader of everything (`None`) or of one story.
    pub(super) fn for_reader(&self, story: Option<StoryId>) -> Option<&Bytes> {
        self.message.as_ref().filter(|_| story.is_none() || story == self.story)
    }
}

/// An event as readers get it. Only what happens to stories is public: events of feeds carry addresses that may
/// hold the operator's keys.
pub(crate) fn public(event: &Event) -> Option<serde_json::Value> {
    let story = event.story?;
    Some(json!({
        "seq": event.seq,
        "kind": event.kind,
        "story": story,
        "at": crate::moment::stamp(&event.at),
        "body": event.body,
    }))
}

fn message(event: &Event) -> Option<Bytes> {
    let data = public(event)?;
    let kind: String = event.kind.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let mut text = String::new();
    // JSON has no raw line break, so one `data:` line holds it.
    write!(text, "id: {}\nevent: {kind}\ndata: {data}\n\n", event.seq).ok()?;
    Some(Bytes::from(text))
}

/// The end of the event log.
pub(crate) struct Tail {
    letters: RwLock<Letters>,
    newest: watch::Sender<i64>,
}

struct Letters {
    /// Everything after this event is in `recent`.
    floor: i64,
    recent: VecDeque<Letter>,
}

/// What is there behind a cursor.
pub(super) enum Behind {
    /// These, in order; none when the reader is up to date.
    Letters(Vec<Letter>),
    /// More than memory holds: read the log.
    Log,
}

impl Tail {
    /// A tail that begins behind event `newest`.
    pub(crate) fn new(newest: i64) -> Self {
        Self {
            letters: RwLock::new(Letters { floor: newest, recent: VecDeque::new() }),
            newest: watch::Sender::new(newest),
        }
    }

    /// The newest event that readers can see.
    pub(crate) fn newest(&self) -> i64 {
        *self.newest.borrow()
    }

    pub(super) fn listen(&self) -> watch::Receiver<i64> {
        self.newest.subscribe()
    }

    /// Up to `most` letters after `cursor`.
    pub(super) fn behind(&self, cursor: i64, most: usize) -> Behind {
        let letters = self.letters.read().unwrap_or_else(PoisonError::into_inner);
        if cursor < letters.floor {
            return Behind::Log;
        }
        let start = letters.recent.partition_point(|letter| letter.seq <= cursor);
        Behind::Letters(letters.recent.range(start..).take(most).cloned().collect())
    }

    fn add(&self, events: &[Event]) {
        let Some(newest) = events.last().map(|event| event.seq) else { return };
        let mut letters = self.letters.write().unwrap_or_else(PoisonError::into_inner);
        letters.recent.extend(events.iter().map(Letter::of));
        while letters.recent.len() > KEPT {
            if let Some(gone) = letters.recent.pop_front() {
                letters.floor = gone.seq;
            }
        }
        drop(letters);
        self.newest.send_replace(newest);
    }
}

/// Follows the log until the server stops; also forgets idle peers now and then.
pub(crate) async fn follow(house: &House, mut bell: watch::Receiver<i64>) {
    let mut swept = Instant::now();
    loop {
        drain(house).await;
        if swept.elapsed() >= ANYWAY {
            house.budgets.forget_idle();
            swept = Instant::now();
        }
        tokio::select! {
            () = wait(&mut bell) => {}
            () = house.stopped() => return,
        }
    }
}

/// Until the bell rings or it is time to look anyway. A bell that is gone rings no more.
async fn wait(bell: &mut watch::Receiver<i64>) {
    let rung = async {
        if bell.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let _ = tokio::time::timeout(ANYWAY, rung).await;
}

async fn drain(house: &House) {
    loop {
        let seen = house.tail.newest();
        match house.ask_first(move |store| store.events_since(seen, BATCH)).await {
            Ok(events) if events.is_empty() => return,
            Ok(events) => house.tail.add(&events),
            Err(error) => {
                tracing::warn!(%error, "event log not read");
                return;
            }
        }
    }
}

//! `GET /api/v1/events`: one reader's stream.

use super::tail::{BATCH, Behind, Letter};
use crate::Problem;
use crate::house::House;
use crate::limits::Place;
use crate::peer::Peer;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use news::StoryId;
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::sync::watch;

/// Letters taken along at once; the rest waits in the log.
const AT_ONCE: usize = 64;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// Events after this one; the `Last-Event-ID` header wins.
    since: Option<i64>,
    /// Only what happens to this story.
    story: Option<i64>,
}

/// The stream, from the event the reader saw last, or from now on.
pub(crate) async fn events(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::Bad("since and story are numbers".into()))?;
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return Err(Problem::Forbidden("live events are for this site's own pages and for programs"));
    }
    let place = house.budgets.streams.take(peer).ok_or(Problem::TooMany(Duration::from_secs(30)))?;
    let newest = house.tail.newest();
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.trim().parse().ok());
    // A cursor beyond the end belongs to another log: that reader hears what comes from now on.
    let cursor = seen.or(asked.since).unwrap_or(newest).clamp(0, newest);
    let reader = Reader {
        cursor,
        story: asked.story.map(StoryId),
        waiting: VecDeque::from([greeting(cursor)]),
        bell: house.tail.listen(),
        house,
        _place: place,
    };
    let messages = futures_util::stream::unfold(reader, async |mut reader| {
        let message = reader.next().await?;
        Some((Ok::<_, Infallible>(message), reader))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, Body::from_stream(messages)).into_response())
}

/// Tells the browser where it stands and when to come back after a break: between 2 and 6 seconds, so that a
/// restart does not bring everybody back at once.
fn greeting(cursor: i64) -> Bytes {
    let mut random = [0; 2];
    let spread = getrandom::fill(&mut random).map_or(0, |()| u16::from_le_bytes(random) % 4000);
    Bytes::from(format!("retry: {}\nid: {cursor}\n: hello\n\n", 2000 + spread))
}

/// A cursor over the event log.
struct Reader {
    cursor: i64,
    story: Option<StoryId>,
    /// At most one batch.
    waiting: VecDeque<Bytes>,
    bell: watch::Receiver<i64>,
    house: Arc<House>,
    _place: Place,
}

impl Reader {
    /// The next message; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.house.is_stopping() {
                return None;
            }
            if let Some(message) = self.waiting.pop_front() {
                return Some(message);
            }
            self.bell.borrow_and_update();
            let letters = match self.house.tail.behind(self.cursor, AT_ONCE) {
                Behind::Letters(letters) => letters,
                Behind::Log => self.read_log().await?,
            };
            if let Some(last) = letters.last() {
                self.cursor = last.seq;
                let before = self.waiting.len();
                self.waiting
                    .extend(letters.iter().filter_map(|letter| letter.for_reader(self.story).cloned()));
                let sent = self.waiting.len() - before;
                self.house.metrics.events_sent.fetch_add(sent as u64, Relaxed);
                continue;
            }
            if let Some(heartbeat) = self.wait().await? {
                return Some(heartbeat);
            }
        }
    }

    /// A page of the log, for who was away longer than memory reaches.
    async fn read_log(&self) -> Option<Vec<Letter>> {
        let cursor = self.cursor;
        let read = self.house.ask(move |store| store.events_since(cursor, BATCH)).await;
        match read {
            Ok(events) => Some(events.iter().map(Letter::of).collect()),
            Err(error) => {
                tracing::warn!(%error, "event stream ended");
                None
            }
        }
    }

    /// Until there is news (`Some(None)`), a heartbeat is due, or the server stops (`None`).
    async fn wait(&mut self) -> Option<Option<Bytes>> {
        let silence = self.house.settings.limits.stream_heartbeat;
        tokio::select! {
            rung = tokio::time::timeout(silence, self.bell.changed()) => match rung {
                Ok(Ok(())) => Some(None),
                Ok(Err(_)) => None,
                // An id without data moves the reader's Last-Event-ID and is no event.
                Err(_) => Some(Some(Bytes::from(format!("id: {}\n:\n\n", self.cursor)))),
            },
            () = self.house.stopped() => None,
        }
    }
}

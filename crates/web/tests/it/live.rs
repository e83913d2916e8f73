//! Server-sent events: replay from the log, filters, heartbeat, the end.

use crate::http::Ask;
use crate::news_seed::{join, open_story};
use crate::site::{Site, settings};
use std::time::Duration;
use store::Store;
use web::{Limits, WebSettings};

#[tokio::test]
async fn events_arrive_as_they_are_written() {
    let site = Site::open().await;
    let mut stream = Ask::get("/api/v1/events").open(site.address).await;
    let head = stream.until("\n\n").await;
    assert!(head.contains("retry: "), "{head}");
    let (story, _) = open_story(&site.store, "Talks resume", "Harbour Herald");
    site.ring();
    let message = stream.until("\n\n").await;
    assert!(message.contains("event: "), "{message}");
    let data = message.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["story"], story.0);
    assert!(message.contains(&format!("id: {}", data["seq"])), "{message}");
}

#[tokio::test]
async fn events_that_were_sent_are_counted() {
    let site = Site::open().await;
    let sent = async || {
        let metrics = site.get("/metrics").await.body;
        let line = metrics.lines().find_map(|line| line.strip_prefix("staytuned_web_events_sent_total "));
        line.unwrap().parse::<usize>().unwrap()
    };
    let mut stream = Ask::get("/api/v1/events").open(site.address).await;
    stream.until("\n\n").await;
    assert_eq!(sent().await, 0);
    open_story(&site.store, "Talks resume", "Harbour Herald");
    site.ring();
    let last = site.store.last_event().unwrap();
    stream.until(&format!("\"seq\":{last},")).await;
    // What happens to feeds is not for the public.
    let public =
        site.store.events_since(0, 100).unwrap().iter().filter(|event| event.story.is_some()).count();
    assert_eq!((sent().await, public > 0), (public, true));
}

#[tokio::test]
async fn a_reader_who_comes_back_gets_what_was_missed_once() {
    let site = Site::open().await;
    open_story(&site.store, "One", "Harbour Herald");
    site.ring();
    let seen = site.store.last_event().unwrap();
    let (story, _) = open_story(&site.store, "Two", "Nordbote");
    join(&site.store, story, "Two, again", "Le Phare");
    site.ring();
    let last = site.store.last_event().unwrap();
    for ask in [
        Ask::get("/api/v1/events").with("last-event-id", &seen.to_string()),
        Ask::get(&format!("/api/v1/events?since={seen}")),
        Ask::get("/api/v1/events?since=0").with("last-event-id", &seen.to_string()),
    ] {
        let mut stream = ask.open(site.address).await;
        let all = stream.until(&format!("\"seq\":{last},")).await;
        let ids: Vec<i64> = all
            .lines()
            .filter_map(|line| line.strip_prefix("data: "))
            .filter_map(|data| data.split("\"seq\":").nth(1)?.split([',', '}']).next()?.parse().ok())
            .collect();
        assert!(ids.iter().all(|id| *id > seen), "{ids:?}");
        assert!(ids.windows(2).all(|two| two[0] < two[1]), "{ids:?}");
        assert_eq!(ids.last(), Some(&last));
    }
}

#[tokio::test]
async fn events_from_before_the_start_come_from_the_log() {
    let store = Store::in_memory().unwrap();
    for n in 0..300 {
        open_story(&store, &format!("Story number {n}"), "Harbour Herald");
    }
    let last = store.last_event().unwrap();
    let site = Site::with(store, settings()).await;
    let mut stream = Ask::get("/api/v1/events?since=0").open(site.address).await;
    let all = stream.until(&format!("\"seq\":{last},")).await;
    assert_eq!(all.matches("event: story_opened").count(), 300);
}

#[tokio::test]
async fn one_storys_reader_hears_only_of_it() {
    let site = Site::open().await;
    let (one, _) = open_story(&site.store, "One", "Harbour Herald");
    let seen = site.store.last_event().unwrap();
    open_story(&site.store, "Two", "Nordbote");
    join(&site.store, one, "One, again", "Le Phare");
    site.ring();
    let mut stream = Ask::get(&format!("/api/v1/events?since={seen}&story={one}")).open(site.address).await;
    let all = stream.until("event: article_joined").await;
    assert!(!all.contains("event: story_opened"), "{all}");
}

#[tokio::test]
async fn the_operators_feeds_are_not_told() {
    let site = Site::open().await;
    crate::news_seed::add_feed(&site.store, "https://user-key.example/secret/feed.xml");
    open_story(&site.store, "One", "Harbour Herald");
    site.ring();
    let mut stream = Ask::get("/api/v1/events?since=0").open(site.address).await;
    let all = stream.until("event: story_opened").await;
    assert!(!all.contains("secret") && !all.contains("feed_added"), "{all}");
}

#[tokio::test]
async fn a_quiet_stream_gets_heartbeats() {
    let limits = Limits { stream_heartbeat: Duration::from_millis(20), ..Limits::default() };
    let site = Site::with(Store::in_memory().unwrap(), WebSettings { limits, ..settings() }).await;
    let mut stream = Ask::get("/api/v1/events").open(site.address).await;
    for _ in 0..3 {
        stream.until("\n:\n\n").await;
    }
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let site = Site::open().await;
    let mut stream = Ask::get("/api/v1/events").open(site.address).await;
    stream.until("hello").await;
    site.stop().await;
    stream.until_the_end().await;
}

#[tokio::test]
async fn odd_cursors_are_taken_or_refused() {
    let site = Site::open().await;
    for cursor in ["-5", "9223372036854775807", "nonsense", ""] {
        let mut stream = Ask::get("/api/v1/events").with("last-event-id", cursor).open(site.address).await;
        stream.until("retry: ").await;
    }
    assert_eq!(site.get("/api/v1/events?since=x").await.status, 400);
    let foreign = Ask::get("/api/v1/events").with("sec-fetch-site", "cross-site").send(site.address).await;
    assert_eq!(foreign.status, 403);
}

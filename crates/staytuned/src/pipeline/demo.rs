//! The demo day: one day of invented outlets, shown while no feed is followed yet, and forgotten when the first
//! one is. Most of the day is there at once; its last reports come in while the reader looks.

pub(crate) mod places;

use super::intake::{self, Arrived};
use super::{House, Stop, blocking, setback};
use anyhow::{Context, Result};
use jiff::SignedDuration;
use news::{Entry, FeedId, Language, Timestamp, Url};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{NewFeed, Store, StoreError, Writer};

const DAY: &str = include_str!("../../../../demo/day.jsonl");
const OUTLETS: &str = include_str!("../../../../demo/outlets.json");

/// Setting that tells that the demo day is in the database.
const SHOWN: &str = "demo.shown";

/// So many reports at the end of the day come in live, so far apart.
const LIVE: usize = 8;
const LIVE_EVERY: Duration = Duration::from_secs(20);

/// How often it is looked whether another program ended the day.
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Deserialize)]
struct Outlet {
    name: String,
    host: String,
    feed: String,
    family: String,
}

#[derive(Deserialize)]
struct Line {
    feed: String,
    lang: String,
    guid: String,
    url: String,
    published_at: String,
    title: String,
    byline: Option<String>,
    summary: String,
    body: String,
}

/// Whether the day should be put in: no feed is followed and it is not there yet.
pub(crate) fn is_wanted(house: &House) -> Result<bool> {
    Ok(house.store.feeds()?.is_empty() && house.store.setting(SHOWN)?.is_none())
}

/// Whether the day is in the database.
pub(super) fn shown_in(store: &Store) -> Result<bool> {
    Ok(store.setting(SHOWN)?.is_some_and(|shown| shown == "yes"))
}

/// The day ends: everything of it is forgotten. Nothing happens when it is not there.
pub(crate) fn end(house: &House) -> Result<()> {
    let outlets = outlets()?;
    let hosts: Vec<&str> = outlets.iter().map(|outlet| outlet.host.as_str()).collect();
    let ended = house.store.write(|writer| {
        if !goes_on(writer)? {
            return Ok(false);
        }
        writer.forget_outlets(&hosts)?;
        writer.set_setting(SHOWN, "over")?;
        Ok(true)
    })?;
    if ended {
        is_over(house);
    }
    Ok(())
}

fn is_over(house: &House) {
    house.forgotten.store(true, Ordering::Release);
    if house.demo.send_replace(false) {
        tracing::info!("demo day forgotten: there is real news now");
    }
}

/// Looks whether another program ended the day (`staytuned add` beside this one), until it is over.
pub(super) async fn look_for_the_end(house: Arc<House>, mut stop: Stop) -> Result<()> {
    let mut was_there = false;
    while *house.demo.borrow() {
        let looking = Arc::clone(&house);
        match blocking(move || shown_in(&looking.store)).await {
            Ok(true) => was_there = true,
            Ok(false) if was_there => is_over(&house),
            // It is still being put in.
            Ok(false) => {}
            Err(error) => drop(setback::survive(error, "end of the demo day not looked for")?),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
    }
    Ok(())
}

/// As [`shown_in`], within a transaction.
fn goes_on(writer: &Writer) -> store::Result<bool> {
    Ok(writer.setting(SHOWN)?.is_some_and(|shown| shown == "yes"))
}

fn outlets() -> Result<Vec<Outlet>> {
    serde_json::from_str(OUTLETS).context("demo outlets")
}

/// Puts the day in, then its last reports one by one, until `stop`.
pub(super) async fn run(house: Arc<House>, mut stop: Stop) -> Result<()> {
    let Loaded { feeds, late } = loop {
        let loading = Arc::clone(&house);
        match blocking(move || load(&loading)).await {
            Ok(loaded) => break loaded,
            Err(error) => tokio::select! {
                () = tokio::time::sleep(setback::survive(error, "demo day not put in")?) => {}
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
            },
        }
    };
    let feeds = Arc::new(feeds);
    house.entries.notify_one();
    for line in late {
        tokio::select! {
            () = tokio::time::sleep(LIVE_EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
        let (taking, feeds) = (Arc::clone(&house), Arc::clone(&feeds));
        match blocking(move || take_late(&taking, &feeds, &line)).await {
            Ok(true) => house.entries.notify_one(),
            // A real feed was added meanwhile: the day is over.
            Ok(false) => return Ok(()),
            // The day is shorter by a line.
            Err(error) => drop(setback::survive(error, "line of the demo day not taken in")?),
        }
    }
    Ok(())
}

/// Takes in one more line; `false` when the day is over.
fn take_late(house: &House, feeds: &HashMap<String, FeedId>, line: &Line) -> Result<bool> {
    let (feed, now) = (feed_of(feeds, line)?, Timestamp::now());
    Ok(house.store.write(|writer| {
        let goes_on = goes_on(writer)?;
        if goes_on {
            take_in(writer, feed, line, now)?;
        }
        Ok(goes_on)
    })?)
}

/// The feeds by address, and the lines that are still to come.
struct Loaded {
    feeds: HashMap<String, FeedId>,
    late: Vec<Line>,
}

/// Puts in everything up to now: all of it or nothing, since half a day would stay for ever.
fn load(house: &House) -> Result<Loaded> {
    let (now, outlets, mut lines) = (Timestamp::now(), outlets()?, lines()?);
    let late = lines.split_off(lines.len().saturating_sub(LIVE));
    let last = lines.last().map_or(0, |(_, minute)| *minute);
    let mut feeds = HashMap::new();
    let put_in = house.store.write(|writer| {
        feeds = add_feeds(writer, outlets, now)?;
        for (line, minute) in &lines {
            let ago = SignedDuration::from_mins(last - minute + 1);
            let at = now.saturating_sub(ago).unwrap_or(now);
            take_in(writer, feed_of(&feeds, line)?, line, at)?;
        }
        writer.set_setting(SHOWN, "yes")
    });
    put_in.context("demo day")?;
    tracing::info!(entries = lines.len(), "demo day put in: everything in it is invented");
    Ok(Loaded { feeds, late: late.into_iter().map(|(line, _)| line).collect() })
}

/// The day's feeds. They are never asked.
fn add_feeds(
    writer: &mut Writer,
    outlets: Vec<Outlet>,
    now: Timestamp,
) -> store::Result<HashMap<String, FeedId>> {
    let mut feeds = HashMap::new();
    for outlet in outlets {
        let feed = NewFeed {
            url: outlet.feed.clone(),
            title: Some(outlet.name.clone()),
            site: Some(format!("https://{}/", outlet.host)),
            outlet_name: outlet.name,
            host: outlet.host,
            family: outlet.family,
            ..NewFeed::default()
        };
        let id = writer.add_feed(&feed, now)?.id;
        intake::take_in(writer, id, Arrived::recorded(Vec::new()), now)?;
        feeds.insert(outlet.feed, id);
    }
    Ok(feeds)
}

/// The day's lines with their minute.
fn lines() -> Result<Vec<(Line, i64)>> {
    DAY.lines()
        .map(|line| {
            let line: Line = serde_json::from_str(line).context("demo day")?;
            let minute =
                minute(&line.published_at).with_context(|| format!("demo day: {}", line.published_at))?;
            Ok((line, minute))
        })
        .collect()
}

/// `T+HH:MM`.
fn minute(written: &str) -> Option<i64> {
    let (hours, minutes) = written.strip_prefix("T+")?.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

fn feed_of(feeds: &HashMap<String, FeedId>, line: &Line) -> store::Result<FeedId> {
    feeds.get(&line.feed).copied().ok_or(StoreError::Unfit { what: "line of the demo day" })
}

fn take_in(writer: &mut Writer, feed: FeedId, line: &Line, at: Timestamp) -> store::Result<()> {
    intake::take_in(writer, feed, Arrived::recorded(vec![line.entry(at)]), at).map(drop)
}

impl Line {
    fn entry(&self, at: Timestamp) -> Entry {
        let paragraphs = self.body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
        let content: String = paragraphs.map(|paragraph| format!("<p>{}</p>", escape(paragraph))).collect();
        Entry {
            guid: Some(self.guid.clone()),
            title: Some(self.title.clone()),
            link: Url::parse(&self.url).ok().map(String::from),
            summary: Some(escape(&self.summary)).filter(|summary| !summary.is_empty()),
            content: Some(content).filter(|content| !content.is_empty()),
            authors: self.byline.iter().cloned().collect(),
            published: Some(at),
            language: Some(Language::parse(&self.lang)),
            ..Entry::default()
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests;

//! `staytuned replay FILE|DIR`: recorded days through the whole pipeline, as if they came in now one after the
//! other. Nothing is fetched; what is known already changes nothing.

use super::input::{Recorded, Recording};
use super::lock::Lock;
use super::progress::Progress;
use crate::config::Settings;
use crate::pipeline::desk::{Desk, ReadingRoom};
use crate::pipeline::intake::{self, Arrived};
use crate::pipeline::{read, subscribe};
use anyhow::{Context, Result};
use clap::Args;
use news::{FeedId, Timestamp, Url};
use std::collections::HashMap;
use std::iter::Peekable;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::view::RECORDED;
use store::{NewFeed, Store};

/// Entries that are read and filed together at full speed, as many as when they come in.
const BATCH: usize = 64;

#[derive(Debug, Args)]
pub(super) struct Replay {
    /// JSON Lines of articles or headlines (also .gz, .zst), folders or .tar.zst archives of feed documents
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How fast: max, real, or so many times as fast as it happened (60x)
    #[arg(long, default_value = "max")]
    speed: Speed,
}

/// How fast recorded time goes by.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Speed {
    Max,
    Times(f64),
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        match written {
            "max" => Ok(Self::Max),
            "real" => Ok(Self::Times(1.0)),
            times => match times.strip_suffix('x').map(f64::from_str) {
                Some(Ok(times)) if times > 0.0 && times.is_finite() => Ok(Self::Times(times)),
                _ => Err("max, real, or a number with an x behind it (60x)".to_owned()),
            },
        }
    }
}

impl Replay {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let recording = Recording::open(&self.paths)?;
        let (begin, end) = (recording.begin, recording.end);
        let _lock = Lock::take(settings)?;
        let store = Arc::new(super::open_store(settings)?);
        let mut stage = Stage::open(settings, Arc::clone(&store), begin)?;
        let mut progress = Progress::new("entries", Some(recording.entries as u64));
        let clock = Clock { speed: self.speed, begin, started: Instant::now() };
        let before = store.counts()?;
        let mut recorded = recording.each()?.peekable();
        loop {
            let batch = clock.batch(&mut recorded)?;
            if batch.is_empty() {
                break;
            }
            clock.wait_for(&batch);
            let entries = batch.len() as u64;
            stage.take(batch)?;
            progress.add(entries);
        }
        stage.finish(end)?;
        progress.finish();
        let after = store.counts()?;
        super::say(&summary(&before, &after))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What was added, table by table.
pub(super) fn summary(before: &[(&'static str, u64)], after: &[(&'static str, u64)]) -> String {
    let added: Vec<String> = before
        .iter()
        .zip(after)
        .filter(|((table, _), _)| {
            ["entry", "entry_revision", "article", "headline_change", "story", "quote", "actor"]
                .contains(table)
        })
        .map(|((table, before), (_, after))| format!("{table} +{} = {after}", after.saturating_sub(*before)))
        .collect();
    added.join(", ")
}

/// Recorded time against ours.
struct Clock {
    speed: Speed,
    begin: Timestamp,
    started: Instant,
}

impl Clock {
    /// The next entries that are taken together: many at full speed, else those of one moment. None at the end.
    fn batch(
        &self,
        recorded: &mut Peekable<impl Iterator<Item = Result<Recorded>>>,
    ) -> Result<Vec<Recorded>> {
        let mut batch: Vec<Recorded> = Vec::new();
        while let Some(next) = recorded.next_if(|next| self.joins(&batch, next)) {
            batch.push(next?);
        }
        Ok(batch)
    }

    fn joins(&self, batch: &[Recorded], next: &Result<Recorded>) -> bool {
        match (self.speed, batch.last(), next) {
            (_, None, _) => true,
            (Speed::Max, ..) => batch.len() < BATCH,
            (Speed::Times(_), Some(last), Ok(next)) => last.seen_at == next.seen_at,
            (Speed::Times(_), _, Err(_)) => false,
        }
    }

    fn wait_for(&self, batch: &[Recorded]) {
        let (Speed::Times(times), Some(item)) = (self.speed, batch.first()) else { return };
        let recorded = item.seen_at.duration_since(self.begin).as_secs_f64().max(0.0);
        let due = Duration::try_from_secs_f64(recorded / times).unwrap_or_default();
        std::thread::sleep(due.saturating_sub(self.started.elapsed()));
    }
}

/// Where recorded entries go through intake, reading and the desk.
struct Stage {
    store: Arc<Store>,
    room: Arc<ReadingRoom>,
    desk: Desk,
    feeds: HashMap<String, FeedId>,
}

impl Stage {
    fn open(settings: &Settings, store: Arc<Store>, begin: Timestamp) -> Result<Self> {
        let room = Arc::new(ReadingRoom::new(crate::reader::open(settings)));
        let mut desk = Desk::open(&store, &room, begin).context("stories")?;
        desk.correct(begin).context("corrections")?;
        Ok(Self { store, room, desk, feeds: HashMap::new() })
    }

    fn take(&mut self, batch: Vec<Recorded>) -> Result<()> {
        let Some(now) = batch.last().map(|item| item.seen_at) else { return Ok(()) };
        let feeds = batch.iter().map(|item| self.feed(item)).collect::<Result<Vec<_>>>()?;
        let taken = self.store.write(|writer| {
            for (item, feed) in batch.into_iter().zip(feeds) {
                intake::take_in(writer, feed, Arrived::recorded(vec![item.entry]), item.seen_at)?;
            }
            Ok(())
        });
        taken.context("entries")?;
        self.file_what_waits(now)?;
        if self.desk.wants_second_look(now) {
            self.desk.look_again(now).context("second look")?;
        }
        Ok(())
    }

    /// Files what waits, in the order in which it came.
    fn file_what_waits(&mut self, now: Timestamp) -> Result<()> {
        loop {
            let entries = self.store.claim_entries(BATCH, now, now.saturating_add(read::TAKEN_FOR)?, &[])?;
            if entries.is_empty() {
                return Ok(());
            }
            let articles = entries.into_iter().map(|entry| {
                let article = read::from_feed(&entry).into_article();
                (entry, article)
            });
            let read = read::read_all(&self.room, articles.collect());
            self.desk.file(read, now).context("file articles")?;
        }
    }

    /// The recording is over: stories are as old as its end.
    fn finish(&mut self, end: Timestamp) -> Result<()> {
        self.desk.look_again_at_all(end).context("second look")?;
        self.desk.grow_old(end)
    }

    /// The feed that an entry was recorded from: by the outlet's host where the entry names its page, so that an
    /// outlet's feeds count as one outlet.
    fn feed(&mut self, item: &Recorded) -> Result<FeedId> {
        let host = item
            .entry
            .link
            .as_deref()
            .and_then(|link| Url::parse(link).ok())
            .map(|url| subscribe::outlet_host(&url));
        let key = format!("{} {}", item.source, host.as_deref().unwrap_or_default());
        if let Some(feed) = self.feeds.get(&key) {
            return Ok(*feed);
        }
        let name = host
            .as_deref()
            .map_or_else(|| item.source.clone(), |host| subscribe::outlet_name(host, Some(&item.source)));
        let feed = NewFeed {
            url: format!("{RECORDED}{key}"),
            title: Some(item.source.clone()),
            family: host
                .as_deref()
                .map_or_else(|| item.source.clone(), |host| story::family(host).to_owned()),
            host: host.unwrap_or_else(|| format!("recorded:{}", item.source)),
            outlet_name: name,
            ..NewFeed::default()
        };
        let id = self.store.add_feed(&feed, item.seen_at)?.id;
        self.feeds.insert(key, id);
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::Speed;

    #[test]
    fn speeds_as_written() {
        assert_eq!("max".parse(), Ok(Speed::Max));
        assert_eq!("real".parse(), Ok(Speed::Times(1.0)));
        assert_eq!("60x".parse(), Ok(Speed::Times(60.0)));
        for wrong in ["", "x", "60", "-1x", "0x", "infx"] {
            assert!(wrong.parse::<Speed>().is_err(), "{wrong}");
        }
    }
}

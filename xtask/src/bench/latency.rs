//! `cargo xtask bench latency`: from an entry that was parsed to the request leaving for a device, with the program as it
//! ships: so many followers, so many articles a second, for a while. At the end one development for all followers at once.
//!
//! Feeds, push service and program share this machine's processors. The clock begins when the program has parsed and
//! accepted the entry, and ends when the request arrives at the push service.

mod feeds;
mod inbox;

use crate::program::Program;
use crate::score::{keep, print};
use anyhow::{Context, Result, bail};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Args;
use feeds::Feeds;
use inbox::Inbox;
use news::{Channel, DevelopmentId, StoryId, Target, Threshold, Timestamp};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::{NewFeed, NewReceiver, Store};

/// Measures the time from a parsed entry to its pushes leaving
#[derive(Args)]
pub(crate) struct Latency {
    /// Followers, each with one device
    #[arg(long, default_value_t = 10_000)]
    followers: usize,
    /// Articles a second
    #[arg(long, default_value_t = 20)]
    rate: u32,
    /// For so many seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// The built program, instead of building it as it ships
    #[arg(long)]
    program: Option<PathBuf>,
    /// Put the figures into docs/scores.md
    #[arg(long)]
    write: bool,
}

/// Searches that the followers share out among them: an article is told to one of them.
const BEATS: usize = 200;

/// The search that all follow.
const ALL: &str = "everybody";

/// What the standing bar asks for.
const MEDIAN: Duration = Duration::from_millis(150);
const SLOWEST_IN_A_HUNDRED: Duration = Duration::from_secs(1);

const TOKEN: &str = "a token for this run only";

impl Latency {
    pub(crate) fn run(&self) -> Result<()> {
        let program = match &self.program {
            Some(path) => Program::at(path),
            None => Program::build()?,
        };
        let folder = std::env::temp_dir().join(format!("staytuned-latency-{}", std::process::id()));
        std::fs::create_dir_all(&folder).context("bench folder")?;
        let measured = self.measure(&program, &folder);
        std::fs::remove_dir_all(&folder).context("bench folder")?;
        let figures = measured?;
        print(&figures.text);
        if self.write {
            keep("latency", &figures.text)?;
        }
        if figures.median > MEDIAN || figures.slow > SLOWEST_IN_A_HUNDRED {
            bail!("below the bar: p50 {:?}, p99 {:?}", figures.median, figures.slow);
        }
        Ok(())
    }

    fn measure(&self, program: &Program, folder: &Path) -> Result<Figures> {
        let inbox = Inbox::open()?;
        let mut feeds = Feeds::open()?;
        let config = folder.join("staytuned.toml");
        std::fs::write(&config, configuration()).context("configuration")?;
        let config = config.to_str().context("bench folder")?;
        let kept = folder.join("kept");
        let keys = program.run(&kept, &["--config", config, "keys"])?.output;
        let key = keys.split_whitespace().nth(2).context("push key")?.to_owned();
        let store = Store::open(&kept.join("staytuned.db"))?;
        self.follow(&store, &inbox, &key)?;
        for n in 0..feeds::FEEDS {
            let (url, host) = feeds.feed(n);
            let family = host.clone();
            store.add_feed(
                &NewFeed { url, outlet_name: host.clone(), host, family, ..NewFeed::default() },
                Timestamp::now(),
            )?;
        }
        let served = program.serve_with(&kept, &["--config", config])?;
        feeds.sign_in(&served.address, TOKEN)?;
        // Keys are made ahead while nothing comes, as in real life.
        std::thread::sleep(Duration::from_secs(10));

        let articles = self.rate * self.seconds;
        let begun = Instant::now();
        for n in 0..articles {
            let due = Duration::from_secs_f64(f64::from(n) / f64::from(self.rate));
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            feeds.publish(n, &format!("beat{}", n as usize % BEATS))?;
        }
        let steady = settle(&store, &inbox)?;
        feeds.publish(articles, ALL)?;
        let all = settle(&store, &inbox)?;
        drop(served);
        self.judge(&store, &inbox, steady, all)
    }

    /// Followers as the pages make them.
    fn follow(&self, store: &Store, inbox: &Inbox, key: &str) -> Result<()> {
        let (now, p256dh) = (Timestamp::now(), inbox::browser_key()?);
        store.write(|writer| {
            for n in 0..self.followers {
                let reader = writer.add_reader(&format!("device {n}"), now)?;
                let channel = Channel::Push {
                    endpoint: format!("{}/{n}", inbox.address),
                    p256dh: p256dh.clone(),
                    auth: URL_SAFE_NO_PAD.encode(inbox::secret(n)),
                    key: key.to_owned(),
                };
                let new = NewReceiver {
                    name: "device".to_owned(),
                    channel,
                    origin: inbox.address.clone(),
                    quiet: None,
                    zone: None,
                    threshold: Threshold::Everything,
                    waits: false,
                };
                writer.add_receiver(reader, &new, now)?;
                for words in [format!("beat{}", n % BEATS), ALL.to_owned()] {
                    writer.follow(reader, &Target::Search(words), Threshold::Everything, 1, now)?;
                }
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Joins what arrived with when its entry was parsed.
    fn judge(&self, store: &Store, inbox: &Inbox, steady: usize, all: usize) -> Result<Figures> {
        // Stories by the search that they were told for, with when their article was parsed.
        let mut parsed: HashMap<String, HashMap<StoryId, Timestamp>> = HashMap::new();
        let mut last = DevelopmentId(0);
        loop {
            let some = store.developments_after(last, 1_000)?;
            let Some(newest) = some.last() else { break };
            last = newest.id;
            for development in &some {
                let article = development.evidence.first().context("evidence")?.article;
                let found = store.article(article)?.context("article")?;
                let beat = beat_of(&found.text);
                parsed.entry(beat).or_default().entry(development.story).or_insert(found.article.seen_at);
            }
        }
        let arrived = inbox.arrived();
        let mut waits = Vec::new();
        for arrival in &arrived {
            let key = Key::new(HMAC_SHA256, &inbox::secret(arrival.device));
            let beats = [format!("beat{}", arrival.device % BEATS), ALL.to_owned()];
            let mut stories = beats.iter().filter_map(|beat| parsed.get(beat)).flatten();
            let story = stories.find(|(story, _)| topic(&key, story.0) == arrival.topic);
            let (_, seen) = story.context("a push of no story")?;
            waits.push(Duration::try_from(arrival.at.duration_since(*seen)).unwrap_or_default());
        }
        let (first, then) = waits.split_at(steady.min(waits.len()));
        let (mut first, mut then) = (first.to_vec(), then.to_vec());
        first.sort_unstable();
        then.sort_unstable();
        let mut text = String::new();
        let at = |waits: &[Duration], share: f64| {
            let last = waits.len().saturating_sub(1);
            waits.get(((waits.len() as f64 * share) as usize).min(last)).copied().unwrap_or_default()
        };
        let ms = |wait: Duration| wait.as_secs_f64() * 1e3;
        writeln!(
            text,
            "{} followers, {} articles/s for {} s, on this machine's processors together with feeds and push service",
            self.followers, self.rate, self.seconds
        )?;
        writeln!(text, "  pushes that left                   {:8}", first.len())?;
        writeln!(text, "  parsed entry to request, p50       {:8.0} ms", ms(at(&first, 0.5)))?;
        writeln!(text, "  parsed entry to request, p99       {:8.0} ms", ms(at(&first, 0.99)))?;
        writeln!(text, "  the slowest                        {:8.0} ms", ms(at(&first, 1.0)))?;
        writeln!(text, "then one development for all of them: {} pushes", all)?;
        writeln!(text, "  half have left after               {:8.0} ms", ms(at(&then, 0.5)))?;
        writeln!(text, "  all have left after                {:8.0} ms", ms(at(&then, 1.0)))?;
        Ok(Figures { median: at(&first, 0.5), slow: at(&first, 0.99), text })
    }
}

struct Figures {
    text: String,
    median: Duration,
    slow: Duration,
}

fn configuration() -> String {
    format!(
        "[web]\nadmin_token = \"{TOKEN}\"\n[ingest]\nallow_networks = [\"127.0.0.0/8\"]\npages = false\nfetches = 64\n\
         [deliver]\ncontact = \"desk@herald.example\"\nallow_networks = [\"127.0.0.0/8\"]\n[log]\nlevel = \"warn\"\n"
    )
}

/// Waits until nothing is to be read or sent; how many more messages arrived.
fn settle(store: &Store, inbox: &Inbox) -> Result<usize> {
    let (before, begun) = (inbox.judged(), Instant::now());
    let mut quiet = 0;
    while quiet < 10 {
        if begun.elapsed() > Duration::from_secs(120) {
            bail!("not everything left: {:?}", store.deliveries_due()?);
        }
        std::thread::sleep(Duration::from_millis(100));
        let due = store.deliveries_due()?.next.is_some_and(|next| next <= Timestamp::now());
        quiet = if due || store.pending_count()? > 0 { 0 } else { quiet + 1 };
    }
    Ok(inbox.judge() - before)
}

/// The search that an article is about.
fn beat_of(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.into_iter().find(|word| word.starts_with("beat") || *word == ALL).unwrap_or_default().to_owned()
}

/// As the delivery room names a story for one device.
fn topic(key: &Key, story: i64) -> String {
    let tag = sign(key, format!("story {story}").as_bytes());
    URL_SAFE_NO_PAD.encode(tag.as_ref().get(..16).unwrap_or_default())
}

//! Entries into articles. What a feed carries whole is read at once; for a teaser the page is fetched first, within
//! a deadline, and the teaser serves when the page cannot be had. Nothing is decided and nothing kept here.

use super::acts::{self, Acts};
use super::attribute::{self, Said, Sheets};
use super::desk::{Family, ReadingRoom};
use super::locate::{self, Located};
use super::positions::{self, Stands};
use super::setback::{self, Culprit};
use super::{House, Stop, blocking, days};
use anyhow::{Context, Result};
use extract::FromFeed;
use ingest::{Get, Purpose};
use jiff::{SignedDuration, Timestamp};
use news::{Article, ArticleId, FeedId, Language, OutletId, Reading, Span, Url};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::Duration;
use store::PendingEntry;
use story::Dated;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

/// Entries read together.
const BATCH: usize = 64;

/// Articles whose readings are held at once while they are made: some hundred kilobytes each.
const TOGETHER: usize = 16;

/// Pages waited for at once; with more, entries wait in the database.
const PAGES: usize = 256;

/// Pages of one feed waited for at once: more wait until some have come, so that a host that stalls keeps no other feed waiting.
const PAGES_OF_A_FEED: usize = 16;

/// Entries taken up and not kept by then are given out again.
pub(crate) const TAKEN_FOR: SignedDuration = SignedDuration::from_mins(10);

/// How long an article waits for its page, the host's politeness included.
const PAGE_DEADLINE: Duration = Duration::from_secs(60);

/// The page of an entry older than this is not fetched: a first look at a feed brings its backlog.
const BACKLOG: SignedDuration = SignedDuration::from_hours(72);

/// From the first moment of a day in UTC until it is over everywhere, twelve hours behind.
const DAY_EVERYWHERE: SignedDuration = SignedDuration::from_hours(36);

/// How often the database is looked at even when no bell rang.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// An entry that has been read.
pub(crate) struct ReadEntry {
    pub(crate) entry: PendingEntry,
    pub(crate) family: Family,
    pub(crate) article: Article,
    pub(crate) reading: Reading,
    pub(crate) said: Said,
    pub(crate) acts: Acts,
    pub(crate) stands: Stands,
    pub(crate) located: Located,
    /// What it tells of when; its article has no number yet.
    pub(crate) dated: Dated,
}

impl ReadEntry {
    /// When the article came, or was published if that is earlier.
    pub(crate) fn came_at(entry: &PendingEntry, article: &Article) -> Timestamp {
        came_at(article.told_at(), entry.seen_at)
    }
}

/// The first moment of a day in UTC stands for the whole day: feeds that write no time of day must not have been first with
/// everything. As long as the day lasts somewhere, nothing says that the article came before it was seen.
fn came_at(told: Option<Timestamp>, seen: Timestamp) -> Timestamp {
    let Some(told) = told.filter(|told| *told < seen) else { return seen };
    let is_day = told.as_nanosecond() % SignedDuration::from_hours(24).as_nanos() == 0;
    if is_day && seen.duration_since(told) < DAY_EVERYWHERE { seen } else { told }
}

/// Reads what waits until `stop`, handing articles on in the order in which they are done.
pub(super) async fn run(house: Arc<House>, articles: mpsc::Sender<ReadEntry>, mut stop: Stop) -> Result<()> {
    let pages = Arc::new(Semaphore::new(PAGES));
    let mut fetching: JoinSet<Result<FeedId>> = JoinSet::new();
    let mut under_way: HashMap<FeedId, usize> = HashMap::new();
    loop {
        while let Some(done) = fetching.try_join_next() {
            end_one(&mut under_way, done.context("page")??);
        }
        let room = BATCH.min(pages.available_permits());
        let busy: Vec<FeedId> =
            under_way.iter().filter(|(_, pages)| **pages >= PAGES_OF_A_FEED).map(|(feed, _)| *feed).collect();
        let pause = match take_up(&house, room, busy).await {
            Ok(Taken { whole, teasers, culprits }) => {
                let taken = whole.len() + teasers.len() + culprits.len();
                setback::put_off(&house, culprits).await?;
                for (entry, article, url) in teasers {
                    let permit = Arc::clone(&pages).acquire_owned().await.context("pages")?;
                    let (house, articles, feed) = (Arc::clone(&house), articles.clone(), entry.feed);
                    *under_way.entry(feed).or_default() += 1;
                    fetching.spawn(async move {
                        let article = with_page(&house, article, url).await;
                        let read = read(&house, vec![(entry, article)]).await?;
                        // Kept until the next stage has it: who waits there holds a whole page.
                        hand_on(&articles, read).await?;
                        drop(permit);
                        Ok(feed)
                    });
                }
                hand_on(&articles, read(&house, whole).await?).await?;
                // A backlog lasts longer than anybody waits for a stop.
                if taken == BATCH && !*stop.borrow() {
                    continue;
                }
                LOOK_EVERY
            }
            Err(error) => setback::survive(error, "entries not taken up")?,
        };
        tokio::select! {
            Some(done) = fetching.join_next() => end_one(&mut under_way, done.context("page")??),
            () = house.entries.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
    }
}

/// A page of this feed came, or is no longer waited for.
fn end_one(under_way: &mut HashMap<FeedId, usize>, feed: FeedId) {
    if let Entry::Occupied(mut pages) = under_way.entry(feed) {
        *pages.get_mut() -= 1;
        if *pages.get() == 0 {
            pages.remove();
        }
    }
}

/// Gives back what a program that died had taken up: for the one program that serves.
pub(crate) fn take_over(house: &House) -> Result<()> {
    let given_back = house.store.release_entries(Timestamp::now())?;
    if given_back > 0 {
        tracing::info!(entries = given_back, "entries of the last run are read again");
    }
    Ok(())
}

/// Entries that were taken up.
#[derive(Default)]
struct Taken {
    /// Those that can be read at once.
    whole: Whole,
    /// Those whose page is wanted.
    teasers: Vec<(PendingEntry, Article, Url)>,
    /// Those that cannot be looked at.
    culprits: Vec<Culprit>,
}

type Whole = Vec<(PendingEntry, Article)>;

async fn take_up(house: &Arc<House>, room: usize, busy: Vec<FeedId>) -> Result<Taken> {
    let house = Arc::clone(house);
    blocking(move || {
        let now = Timestamp::now();
        // The outlets of the demo day have no pages, and what waits for one is overtaken by what does not.
        let pages = house.settings.pages && !*house.demo.borrow();
        let mut taken = Taken::default();
        for entry in house.store.claim_entries(room, now, now.saturating_add(TAKEN_FOR)?, &busy)? {
            match setback::guarded(|| from_feed(&entry)) {
                Ok(FromFeed::Teaser(article)) if pages => match page_of(&entry, now) {
                    Some(url) => taken.teasers.push((entry, article, url)),
                    None => taken.whole.push((entry, article)),
                },
                Ok(found) => taken.whole.push((entry, found.into_article())),
                Err(why) => taken.culprits.push(Culprit::new(&entry, why)),
            }
        }
        Ok(taken)
    })
    .await
}

/// The page to fetch for an entry, if there is one that is not too old.
fn page_of(entry: &PendingEntry, now: Timestamp) -> Option<Url> {
    let old = entry.entry.told_at().is_some_and(|at| now.duration_since(at) > BACKLOG);
    entry.entry.link.as_deref().filter(|_| !old).and_then(|link| Url::parse(link).ok())
}

/// What the feed itself holds of an entry's article.
pub(crate) fn from_feed(entry: &PendingEntry) -> FromFeed {
    extract::entry(&entry.entry, entry.entry.language.unwrap_or(Language::UNKNOWN), None, None)
}

/// The article with what its page adds; as it is when the page cannot be had in time.
async fn with_page(house: &House, article: Article, url: Url) -> Article {
    let fetched = async {
        if !house.robots.allows(&house.fetcher, &url).await {
            return None;
        }
        let answer = house.fetcher.get(&Get::new(url.clone(), Purpose::Page)).await;
        answer.inspect_err(|error| tracing::debug!(%url, %error, "page not fetched")).ok()
    };
    let fetched = tokio::time::timeout(PAGE_DEADLINE, fetched).await.ok().flatten();
    let Some(fetched) = fetched.filter(|fetched| (200..300).contains(&fetched.status)) else {
        return article;
    };
    let kept = article.clone();
    let merged = blocking(move || {
        let page = extract::page(&fetched.body, Some(&fetched.url), fetched.content_type.as_deref());
        Ok(page.ok().map(|page| extract::merge(article, page)))
    });
    merged.await.ok().flatten().unwrap_or(kept)
}

/// Reads articles in their order; what cannot be read is put off.
async fn read(house: &Arc<House>, articles: Whole) -> Result<Vec<ReadEntry>> {
    let reading = Arc::clone(house);
    let (read, culprits) = blocking(move || Ok(read_each(&reading.room, articles))).await?;
    setback::put_off(house, culprits).await?;
    Ok(read)
}

/// As [`read_all`], with what cannot be read set apart.
fn read_each(room: &ReadingRoom, articles: Whole) -> (Vec<ReadEntry>, Vec<Culprit>) {
    let (mut read, mut culprits, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    for (entry, article) in articles {
        // Each is counted once, whatever is wrong with its neighbours.
        match setback::guarded(|| room.furniture(&[(entry.outlet, &article)])) {
            Ok(mut furniture) => waiting.push(((entry, article), furniture.pop().unwrap_or_default())),
            Err(why) => culprits.push(Culprit::new(&entry, why)),
        }
    }
    for some in waiting.chunks(TOGETHER) {
        let (done, wrong) = setback::one_by_one(some.to_vec(), |some| read_together(room, some));
        read.extend(done);
        culprits.extend(wrong.into_iter().map(|(((entry, _), _), why)| Culprit::new(&entry, why)));
    }
    (read, culprits)
}

/// Reads articles in their order, some at a time as they are asked for.
pub(crate) fn read_all(
    room: &ReadingRoom,
    articles: Vec<(PendingEntry, Article)>,
) -> impl Iterator<Item = ReadEntry> {
    let borrowed: Vec<(OutletId, &Article)> =
        articles.iter().map(|(entry, article)| (entry.outlet, article)).collect();
    let furniture = room.furniture(&borrowed);
    let mut waiting = articles.into_iter().zip(furniture);
    let some = std::iter::from_fn(move || {
        let some: Vec<_> = waiting.by_ref().take(TOGETHER).collect();
        (!some.is_empty()).then(|| read_together(room, some))
    });
    some.flatten()
}

/// Reads articles together. Each question is put to all of them before the next one is: its lexicons and weights are
/// large, and one article after the other would find them gone from the processor's caches.
fn read_together(room: &ReadingRoom, articles: Vec<((PendingEntry, Article), Vec<Span>)>) -> Vec<ReadEntry> {
    let headed = |((entry, article), furniture)| ((entry, extract::headed(article)), furniture);
    let articles: Vec<((PendingEntry, Article), Vec<Span>)> = articles.into_iter().map(headed).collect();
    let borrowed: Vec<(&Article, &[Span])> =
        articles.iter().map(|((_, article), furniture)| (article, furniture.as_slice())).collect();
    let readings = room.read_all(&borrowed);
    let read = articles.into_iter().zip(readings);
    let mut read: Vec<(PendingEntry, Article, Reading)> =
        read.map(|(((entry, article), _), reading)| (entry, article, reading)).collect();
    for (entry, article, reading) in &mut read {
        article.language = reading.language;
        reading.lines = language::lines(article, reading);
        let commented = entry.entry.categories.iter().any(|category| language::is_comment_category(category));
        if let Some(head) = reading.lines.first_mut() {
            head.column |= commented;
        }
    }
    let sheets: Vec<Sheets> = read.iter().map(|(_, article, _)| Sheets::of(article)).collect();
    let readings = || read.iter().map(|(_, _, reading)| reading);
    let said: Vec<Said> =
        sheets.iter().zip(readings()).map(|(sheets, reading)| attribute::said(sheets, reading)).collect();
    let with_said = || sheets.iter().zip(readings()).zip(&said);
    let stands: Vec<Stands> =
        with_said().map(|((sheets, reading), said)| positions::told(sheets, reading, said)).collect();
    let acts: Vec<Acts> =
        with_said().map(|((sheets, reading), said)| acts::told(sheets, reading, said)).collect();
    drop(sheets);
    let located: Vec<Located> =
        read.iter().map(|(_, article, reading)| locate::located(article, reading)).collect();
    let dated = read.iter().map(|(entry, article, reading)| {
        // "Today" is the day that it names, also where it names no more.
        let told = article.told_at().unwrap_or(entry.seen_at).min(entry.seen_at);
        days::dated(ArticleId(0), told, article, reading)
    });
    let dated: Vec<Dated> = dated.collect();
    let found = said.into_iter().zip(stands).zip(acts).zip(located).zip(dated);
    let whole = read.into_iter().zip(found);
    whole
        .map(|((entry, article, reading), ((((said, stands), acts), located), dated))| ReadEntry {
            family: Family::from(entry.family.as_str()),
            entry,
            article,
            reading,
            said,
            acts,
            stands,
            located,
            dated,
        })
        .collect()
}

/// Waits until the next stage has room.
async fn hand_on(articles: &mpsc::Sender<ReadEntry>, read: Vec<ReadEntry>) -> Result<()> {
    for entry in read {
        articles.send(entry).await.ok().context("nobody assigns articles any more")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, came_at};

    #[test]
    fn a_day_is_no_moment() {
        let at = |written: &str| written.parse::<Timestamp>().unwrap();
        let check = |told: &str, seen: &str, expect: &str| {
            assert_eq!(came_at(Some(at(told)), at(seen)), at(expect), "{told} seen {seen}");
        };
        check("2026-11-26T00:00:00Z", "2026-11-26T15:20:00Z", "2026-11-26T15:20:00Z");
        check("2026-11-26T00:00:00Z", "2026-11-27T03:00:00Z", "2026-11-27T03:00:00Z");
        check("2026-11-26T00:00:00Z", "2026-11-27T12:00:00Z", "2026-11-26T00:00:00Z");
        check("2026-11-26T00:01:00Z", "2026-11-26T15:20:00Z", "2026-11-26T00:01:00Z");
        check("2026-11-27T00:00:00Z", "2026-11-26T15:20:00Z", "2026-11-26T15:20:00Z");
        assert_eq!(came_at(None, at("2026-11-26T15:20:00Z")), at("2026-11-26T15:20:00Z"));
    }
}

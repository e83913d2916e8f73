//! The desk: where articles become stories. Holds the open stories in memory beside the database, files articles
//! in batches (one transaction a batch), looks at stories again now and then, carries out what people correct, and lets stories grow old.
//!
//! Everything here is a plain call that blocks; who calls it from where is `assign.rs`. Memory follows the
//! database: when a transaction fails, the desk is thrown away and opened anew.

mod beside;
mod correct;
mod knowledge;
mod pictures;
mod reports;
mod room;

use super::attribute;
use super::days;
use super::locate;
use super::publish::{self, Filed};
use super::read::ReadEntry;
use super::{acts, positions};
use anyhow::{Context, Result};
use beside::Beside;
use jiff::SignedDuration;
use knowledge::Knowledge;
use news::{ArticleId, OutletId, StoryId, Timestamp};
use pictures::Pictures;
pub(crate) use pictures::Piece;
use reports::Reports;
pub(crate) use room::ReadingRoom;
use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{NewArticle, Remembered, Store, Writer};
use story::development::{Gist, Recent, Told};
use story::{Arrival, Dated, Impression, Kin, Origin, Place, Revision, Stories};

/// Recent stories are looked at again this often.
pub(crate) const SECOND_LOOK_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// So many articles at once (a feed was added, the program was away) are looked at again as soon as no more have come for
/// this long.
const BURST: usize = 50;
const BURST_OVER: SignedDuration = SignedDuration::from_secs(2);

/// Articles of this many days come back into memory at a start, and at most so many.
const REMEMBERED_DAYS: i64 = 4;
const REMEMBERED: usize = 100_000;
/// Impressions made anew at a start that are kept in one transaction.
const KEPT_ANEW: usize = 256;
/// The newest articles of these are looked over for what outlets print again and again.
const GLANCED_AT: usize = 2_000;

/// Second looks in a row at most, when all that changed is to be looked at.
const LOOKS: usize = 8;

/// Where the last article is kept that second looks have seen.
const LOOKED_AT: &str = "stories.looked_at";
/// Timelines that are kept in one transaction.
const TIMELINES: usize = 64;

/// See the module.
pub(crate) struct Desk {
    store: Arc<Store>,
    stories: Stories,
    reports: Reports,
    kin: Kin,
    pictures: Pictures,
    beside: Beside,
    knowledge: Knowledge,
    /// What was new lately in all stories.
    recent: Recent,
    /// Stories in which somebody's position was told in this batch, and when it was seen.
    stood: BTreeMap<StoryId, Timestamp>,
    looked: Timestamp,
    /// Articles filed since, and when the last one was.
    unseen: usize,
    filed: Timestamp,
    /// The last article that was filed.
    newest: ArticleId,
}

impl Desk {
    /// Remembers the recent articles with what was decided for them.
    pub(crate) fn open(store: &Arc<Store>, room: &Arc<ReadingRoom>, now: Timestamp) -> Result<Self> {
        let mut desk = Self {
            stories: Stories::new(store.next_story_id()?).knowing(language::common_words),
            reports: Reports::default(),
            kin: Kin::default(),
            pictures: Pictures::new(Arc::clone(store), Arc::clone(room)),
            beside: Beside::default(),
            knowledge: Knowledge::new(Arc::clone(store), Arc::clone(room)),
            recent: Recent::default(),
            stood: BTreeMap::new(),
            looked: now,
            unseen: 0,
            filed: now,
            newest: ArticleId(0),
            store: Arc::clone(store),
        };
        let since = now.saturating_sub(SignedDuration::from_hours(24 * REMEMBERED_DAYS))?;
        let looked_at = store.setting(LOOKED_AT)?.and_then(|number| number.parse().ok()).map(ArticleId);
        let mut anew = Vec::new();
        store.remembered(since, REMEMBERED, Impression::VERSION, |kept| {
            // What came before the last second look is no new evidence.
            if looked_at.is_some_and(|last| desk.newest <= last && last < kept.id) {
                desk.stories.settle();
            }
            anew.extend(desk.remember(kept, room));
        })?;
        anew.chunks(KEPT_ANEW).try_for_each(|some| desk.keep_anew(some))?;
        if looked_at.is_some_and(|last| desk.newest <= last) {
            desk.stories.settle();
        }
        for kept in store.gists(now.saturating_sub(Recent::LASTS)?, Gist::VERSION)? {
            let told = Told { id: kept.development, story: kept.story, article: kept.article, at: kept.at };
            Gist::from_bytes(&kept.bytes).into_iter().for_each(|gist| desk.recent.keep(told, gist));
        }
        desk.beside = Beside::of_before(store.beside(since, beside::STORIES)?);
        store.phases(since)?.into_iter().for_each(|(story, phase)| desk.reports.recall(story, phase));
        store.decided()?.iter().for_each(|decided| desk.stories.abide(decided));
        store.muted()?.into_iter().for_each(|story| desk.stories.mute(story, true));
        // What an outlet prints under everything shows in its latest articles.
        store.recent_articles(since, GLANCED_AT, |kept| room.glance(kept.outlet, &kept.article))?;
        Ok(desk)
    }

    /// Takes an article back into memory: by the impression that was kept, else by reading it again. Gives the bytes
    /// of an impression that is to be kept anew.
    fn remember(&mut self, kept: Remembered, room: &ReadingRoom) -> Option<(ArticleId, Vec<u8>)> {
        self.newest = kept.id;
        let family = Family::from(kept.family);
        let place = Place { article: kept.id, at: kept.at, family: &family };
        let known = kept.impression.as_deref().and_then(Impression::from_bytes);
        let outdated = known.is_none();
        let impression = known.or_else(|| self.read_again(&place, room))?;
        let anew = outdated.then(|| (kept.id, impression.to_bytes()));
        self.stories.remember_impression(&place, impression, kept.story, kept.copy_of);
        self.reports.add(kept.story, kept.id, kept.at, &family, kept.copy_of);
        anew
    }

    /// Keeps impressions that were made anew, since those kept were of another version: the next start need not read again.
    fn keep_anew(&self, anew: &[(ArticleId, Vec<u8>)]) -> store::Result<()> {
        self.store.write(|writer| {
            anew.iter().try_for_each(|(id, bytes)| writer.keep_impression(*id, Impression::VERSION, bytes))
        })
    }

    fn read_again(&self, place: &Place, room: &ReadingRoom) -> Option<Impression> {
        let kept = self.store.kept_article(place.article).ok().flatten()?;
        let reading = room.read(kept.outlet, &kept.article);
        let Place { article, at, family } = *place;
        Some(Impression::of(&Arrival { article, at, family, reading: &reading, text: &kept.article.text }))
    }

    /// Files articles in their order: each is kept and put into its story, and every story that changed is
    /// pictured anew, all in one transaction.
    ///
    /// # Errors
    /// Those of the database. Nothing was kept then, but memory is ahead of it: the desk must be opened anew.
    pub(crate) fn file(
        &mut self,
        batch: impl IntoIterator<Item: Borrow<ReadEntry>>,
        now: Timestamp,
    ) -> store::Result<()> {
        let store = Arc::clone(&self.store);
        self.filed = now;
        store.write(|writer| {
            let mut changed = BTreeSet::new();
            for read in batch {
                self.unseen += 1;
                changed.insert(self.file_one(writer, read.borrow())?);
            }
            for story in changed.into_iter().flatten() {
                self.picture(writer, story, now)?;
            }
            for (story, seen_at) in std::mem::take(&mut self.stood) {
                positions::regroup(writer, story, seen_at)?;
            }
            Ok(())
        })
    }

    /// Files one article; the story that it changed.
    fn file_one(&mut self, writer: &mut Writer, read: &ReadEntry) -> store::Result<Option<StoryId>> {
        let ReadEntry { entry, article, reading, family, said, acts, stands, located, dated } = read;
        let at = ReadEntry::came_at(entry, article);
        let seen_at = if entry.revision == 0 { entry.seen_at } else { entry.revised_at };
        let new = NewArticle {
            entry: Some((entry.id, entry.revision)),
            outlet: entry.outlet,
            article,
            at,
            seen_at,
        };
        let id = writer.keep_article(&new)?;
        self.newest = self.newest.max(id);
        if !writer.has_text(id, &article.title, &article.text)? {
            // A later form stands there already: this one was read twice, and its places are none in what is kept.
            return Ok(None);
        }
        let mut piece =
            Piece::new(id, Arc::clone(family), at, Cow::Borrowed(article), Cow::Borrowed(reading));
        let story = match self.reports.story_of(id) {
            Some(story) => {
                piece.copy_of = self.reports.copy_of(id);
                Some((story, false))
            }
            // An edit of an article that is too old to be in memory changes the article alone.
            None if entry.article.is_some() => None,
            None => {
                let arrival = arrival(&piece);
                let impression = Impression::of(&arrival);
                writer.keep_impression(id, Impression::VERSION, &impression.to_bytes())?;
                let (decision, cases) = self.stories.assign_seen(&Place::from(&arrival), impression);
                let near = cases.iter().filter(|(_, case)| case.is_related()).map(|(story, _)| *story);
                self.beside.add(decision.story, &near.collect::<Vec<_>>());
                if decision.opened {
                    writer.open_story(Some(decision.story), piece.reading.language, seen_at)?;
                }
                writer.join(decision.story, id, decision.original, seen_at)?;
                if let Some(turned) = decision.turned {
                    writer.join(decision.story, turned, Some(id), seen_at)?;
                }
                piece.copy_of = decision.original;
                self.reports.add(decision.story, id, at, &piece.family, piece.copy_of);
                self.know_family(writer, entry.outlet, &piece)?;
                Some((decision.story, decision.opened))
            }
        };
        attribute::keep(writer, id, story.map(|(story, _)| story), at, article, said)?;
        let mut dated = dated.clone();
        dated.article = id;
        writer.keep_dated(id, Dated::VERSION, &dated.to_bytes())?;
        locate::keep(writer, id, article, reading, located)?;
        if let Some((story, opened)) = story {
            let telling = knowledge::telling(&piece, said.in_text(), seen_at);
            let filed = Filed { story, piece: &piece, telling };
            self.tell(writer, &filed, opened)?;
        }
        let of = story.map(|(story, _)| story);
        acts::keep(writer, id, of, at, (article, reading), acts)?;
        if positions::keep(writer, id, of, at, article, stands)? {
            self.stood.extend(of.map(|story| (story, seen_at)));
        }
        self.pictures.keep(&piece);
        Ok(story.map(|(story, _)| story))
    }

    /// Counts where an article comes from; its outlet's next articles count to the family that it turns out to belong to.
    fn know_family(&mut self, writer: &mut Writer, outlet: OutletId, piece: &Piece) -> store::Result<()> {
        let original = piece.copy_of.and_then(|original| self.reports.family_of(original));
        let publisher = piece.article.outlet.as_deref();
        let origin =
            Origin { outlet, family: &piece.family, original: original.map(|name| &**name), publisher };
        match self.kin.note(&origin) {
            Some(family) => writer.count_outlet_to(outlet, &family, story::family),
            None => Ok(()),
        }
    }

    /// Publishes what is new in an article. Of one that is old, nothing is.
    fn tell(&mut self, writer: &mut Writer, filed: &Filed, opened: bool) -> store::Result<()> {
        let Filed { story, piece, telling } = filed;
        if telling.at.duration_since(piece.at) > publish::NEWS_FOR {
            return self.knowledge.remember(*story, opened, telling);
        }
        let (steps, known) = self.knowledge.take_in(*story, opened, telling)?;
        publish::publish(writer, filed, known, &mut self.recent, steps)
    }

    /// Looks at the recent stories again: merges, parts and moves what turns out to be so. Returns how often.
    pub(crate) fn look_again(&mut self, now: Timestamp) -> Result<usize> {
        (self.looked, self.unseen) = (now, 0);
        if self.stories.is_settled() {
            return Ok(0);
        }
        let revisions = self.stories.revise(now);
        let settled = self.stories.is_settled().then_some(self.newest);
        let store = Arc::clone(&self.store);
        store.write(|writer| {
            let mut changed = BTreeSet::new();
            for revision in &revisions {
                self.carry_out(writer, revision, now, &mut changed)?;
            }
            changed.into_iter().try_for_each(|story| {
                positions::regroup(writer, story, now)?;
                self.picture(writer, story, now)
            })?;
            settled.map_or(Ok(()), |last| writer.set_setting(LOOKED_AT, &last.0.to_string()))
        })?;
        Ok(revisions.len())
    }

    /// The same until no story is left that changed, for the end of a recording.
    pub(crate) fn look_again_at_all(&mut self, now: Timestamp) -> Result<()> {
        for _ in 0..LOOKS {
            self.look_again(now)?;
        }
        Ok(())
    }

    fn carry_out(
        &mut self,
        writer: &mut Writer,
        revision: &Revision,
        now: Timestamp,
        changed: &mut BTreeSet<StoryId>,
    ) -> store::Result<()> {
        match revision {
            Revision::Merge { from, into } => {
                writer.merge_stories(*from, *into, now)?;
                self.reports.merge(*from, *into);
                self.recent.merge(*from, *into);
                changed.remove(from);
                changed.insert(*into);
                self.knowledge.forget(&[*from, *into]);
            }
            Revision::Split { from, into, articles } => {
                writer.split_story(*from, articles, Some(*into), now)?;
                self.reports.shift(articles, *from, *into);
                self.recent.shift(articles, *into);
                self.knowledge.forget(&[*from, *into]);
                changed.extend([*from, *into]);
            }
            Revision::Move { from, into, articles } => {
                for article in articles {
                    writer.move_article(*article, *into, now)?;
                }
                self.reports.shift(articles, *from, *into);
                self.recent.shift(articles, *into);
                self.knowledge.forget(&[*from, *into]);
                changed.extend([*from, *into]);
            }
        }
        Ok(())
    }

    /// Whether a second look is due.
    pub(crate) fn wants_second_look(&self, now: Timestamp) -> bool {
        let burst_over = self.unseen >= BURST && now.duration_since(self.filed) >= BURST_OVER;
        burst_over || now.duration_since(self.looked) >= SECOND_LOOK_EVERY
    }

    /// Brings phases up to date as time goes by.
    pub(crate) fn grow_old(&mut self, now: Timestamp) -> Result<()> {
        let aged = self.reports.aged(now);
        let remembered = SignedDuration::from_hours(24 * (REMEMBERED_DAYS + 1));
        let before = now.saturating_sub(remembered).unwrap_or(now);
        self.store.forget_impressions(before).context("impressions")?;
        self.store.forget_gists(before).context("gists")?;
        self.store
            .write(|writer| {
                aged.iter()
                    .try_for_each(|(story, weight)| writer.rank_story(*story, weight.phase, weight.rank))
            })
            .context("phases")?;
        self.keep_days()
    }

    /// Makes the timelines of the stories anew that changed.
    fn keep_days(&self) -> Result<()> {
        loop {
            let some = self.store.undated(TIMELINES).context("stories without days")?;
            if some.is_empty() {
                return Ok(());
            }
            let made = some.iter().map(|story| Ok((*story, days::days(&self.store, *story)?)));
            let made = made.collect::<store::Result<Vec<_>>>().context("days")?;
            let keep = |writer: &mut Writer| {
                made.iter().try_for_each(|(story, days)| writer.keep_days(*story, days))
            };
            self.store.write(keep).context("days")?;
        }
    }

    fn picture(&mut self, writer: &mut Writer, story: StoryId, now: Timestamp) -> store::Result<()> {
        if self.reports.goes_on(story) {
            writer.want_days(story)?;
        }
        let weight = self.reports.weigh(story, now);
        match self.pictures.describe(story, &self.reports, weight, self.beside.of(story))? {
            Some(description) => writer.describe_story(story, &description),
            None => Ok(()),
        }
    }
}

fn arrival<'a>(piece: &'a Piece<'_>) -> Arrival<'a> {
    Arrival {
        article: piece.id,
        at: piece.at,
        family: &piece.family,
        reading: &piece.reading,
        text: &piece.article.text,
    }
}

/// The family that an article's outlet counts to, as a line in the index of families.
pub(crate) type Family = Arc<str>;

#[cfg(test)]
mod tests;

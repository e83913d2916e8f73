//! The desk: where articles become stories. Holds the open stories in memory beside the database, files articles
//! in batches (one transaction a batch), looks at stories again now and then, and lets them grow old.
//!
//! Everything here is a plain call that blocks; who calls it from where is `assign.rs`. Memory follows the
//! database: when a transaction fails, the desk is thrown away and opened anew.

mod knowledge;
mod pictures;
mod reports;
mod room;

use super::attribute;
use super::locate;
use super::positions;
use super::publish::{self, Filed};
use super::read::ReadEntry;
use anyhow::{Context, Result};
use jiff::SignedDuration;
use knowledge::Knowledge;
use news::{ArticleId, StoryId, Timestamp};
use pictures::Pictures;
pub(crate) use pictures::Piece;
use reports::Reports;
pub(crate) use room::ReadingRoom;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{KeptArticle, NewArticle, Store, Writer};
use story::{Arrival, Revision, Stories};

/// Recent stories are looked at again this often.
pub(crate) const SECOND_LOOK_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Articles of this many days come back into memory at a start, and at most so many.
const REMEMBERED_DAYS: i64 = 4;
const REMEMBERED: usize = 100_000;

/// See the module.
pub(crate) struct Desk {
    store: Arc<Store>,
    stories: Stories,
    reports: Reports,
    pictures: Pictures,
    knowledge: Knowledge,
    /// Stories in which somebody's position was told in this batch, and when it was seen.
    stood: BTreeMap<StoryId, Timestamp>,
    looked: Timestamp,
}

impl Desk {
    /// Remembers the recent articles with what was decided for them.
    pub(crate) fn open(store: &Arc<Store>, room: &Arc<ReadingRoom>, now: Timestamp) -> Result<Self> {
        let mut desk = Self {
            stories: Stories::new(store.next_story_id()?),
            reports: Reports::default(),
            pictures: Pictures::new(Arc::clone(store), Arc::clone(room)),
            knowledge: Knowledge::new(Arc::clone(store), Arc::clone(room)),
            stood: BTreeMap::new(),
            looked: now,
            store: Arc::clone(store),
        };
        let since = now.saturating_sub(SignedDuration::from_hours(24 * REMEMBERED_DAYS))?;
        store.recent_articles(since, REMEMBERED, |kept| desk.remember(kept, room))?;
        Ok(desk)
    }

    fn remember(&mut self, kept: KeptArticle, room: &ReadingRoom) {
        let Some(story) = kept.story else { return };
        let reading = room.read_all(&[(kept.outlet, &kept.article)]).pop().unwrap_or_default();
        let piece = Piece::of(kept, reading);
        self.stories.remember(&arrival(&piece), story, piece.copy_of);
        self.reports.add(story, &piece);
        self.pictures.keep(&piece);
    }

    /// Files articles in their order: each is kept and put into its story, and every story that changed is
    /// pictured anew, all in one transaction.
    pub(crate) fn file(&mut self, batch: Vec<ReadEntry>, now: Timestamp) -> Result<()> {
        let store = Arc::clone(&self.store);
        store.write(|writer| {
            let mut changed = BTreeSet::new();
            for read in batch {
                changed.insert(self.file_one(writer, read)?);
            }
            for story in changed.into_iter().flatten() {
                self.picture(writer, story, now)?;
            }
            for (story, seen_at) in std::mem::take(&mut self.stood) {
                positions::regroup(writer, story, seen_at)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Files one article; the story that it changed.
    fn file_one(&mut self, writer: &mut Writer, read: ReadEntry) -> store::Result<Option<StoryId>> {
        let ReadEntry { entry, article, reading, family, said, stands, located } = read;
        let at = article.published.unwrap_or(entry.seen_at).min(entry.seen_at);
        let seen_at = if entry.revision == 0 { entry.seen_at } else { entry.revised_at };
        let new = NewArticle {
            entry: Some((entry.id, entry.revision)),
            outlet: entry.outlet,
            article: &article,
            at,
            seen_at,
        };
        let id = writer.keep_article(&new)?;
        let mut piece = Piece::new(id, family, at, article, reading);
        let story = match self.reports.story_of(id) {
            Some(story) => {
                piece.copy_of = self.reports.copy_of(id);
                Some((story, false))
            }
            // An edit of an article that is too old to be in memory changes the article alone.
            None if entry.article.is_some() => None,
            None => {
                let decision = self.stories.assign(&arrival(&piece));
                if decision.opened {
                    writer.open_story(Some(decision.story), piece.reading.language, seen_at)?;
                }
                writer.join(decision.story, id, decision.original, seen_at)?;
                piece.copy_of = decision.original;
                self.reports.add(decision.story, &piece);
                Some((decision.story, decision.opened))
            }
        };
        attribute::keep(writer, id, story.map(|(story, _)| story), at, &piece.article, &said)?;
        locate::keep(writer, id, &piece.article, &piece.reading, &located)?;
        if let Some((story, opened)) = story {
            let filed = Filed { story, piece: &piece, said: said.in_text(), at: seen_at };
            self.tell(writer, &filed, opened)?;
        }
        if positions::keep(writer, id, story.map(|(story, _)| story), at, &piece.article, &stands)? {
            self.stood.extend(story.map(|(story, _)| (story, seen_at)));
        }
        self.pictures.keep(&piece);
        Ok(story.map(|(story, _)| story))
    }

    /// Publishes what is new in an article. Of one that is old, or that stands in a later form already, nothing is.
    fn tell(&mut self, writer: &mut Writer, filed: &Filed, opened: bool) -> store::Result<()> {
        let Filed { story, piece, said, at } = *filed;
        let old = at.duration_since(piece.at) > publish::NEWS_FOR;
        if old || !writer.has_text(piece.id, &piece.article.title, &piece.article.text)? {
            return self.knowledge.remember(story, opened, piece, said, at);
        }
        let (steps, known) = self.knowledge.take_in(story, opened, piece, said, at)?;
        publish::publish(writer, filed, known, steps)
    }

    /// Looks at the recent stories again: what turns out to be one story is merged. Returns how many were.
    pub(crate) fn look_again(&mut self, now: Timestamp) -> Result<usize> {
        self.looked = now;
        let revisions = self.stories.revise(now);
        if revisions.is_empty() {
            return Ok(0);
        }
        let store = Arc::clone(&self.store);
        store.write(|writer| {
            let mut changed = BTreeSet::new();
            for revision in &revisions {
                match *revision {
                    Revision::Merge { from, into } => {
                        writer.merge_stories(from, into, now)?;
                        self.reports.merge(from, into);
                        self.knowledge.forget(&[from, into]);
                        changed.remove(&from);
                        changed.insert(into);
                    }
                }
            }
            changed.into_iter().try_for_each(|story| {
                positions::regroup(writer, story, now)?;
                self.picture(writer, story, now)
            })
        })?;
        Ok(revisions.len())
    }

    /// Whether a second look is due.
    pub(crate) fn wants_second_look(&self, now: Timestamp) -> bool {
        now.duration_since(self.looked) >= SECOND_LOOK_EVERY
    }

    /// Brings phases up to date as time goes by.
    pub(crate) fn grow_old(&mut self, now: Timestamp) -> Result<()> {
        let aged = self.reports.aged(now);
        if aged.is_empty() {
            return Ok(());
        }
        self.store
            .write(|writer| {
                aged.iter()
                    .try_for_each(|(story, weight)| writer.rank_story(*story, weight.phase, weight.rank))
            })
            .context("phases")
    }

    fn picture(&mut self, writer: &mut Writer, story: StoryId, now: Timestamp) -> store::Result<()> {
        let weight = self.reports.weigh(story, now);
        match self.pictures.describe(story, &self.reports, weight)? {
            Some(description) => writer.describe_story(story, &description),
            None => Ok(()),
        }
    }
}

fn arrival(piece: &Piece) -> Arrival<'_> {
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

/// Where an article is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    story: StoryId,
    copy_of: Option<ArticleId>,
}

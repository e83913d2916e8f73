//! What a story looks like: title and lead, chosen from its articles. What a picture is chosen by is held for the
//! articles that were read lately; the others are read again from the database when a story of theirs changes.

use super::{Family, ReadingRoom, Reports};
use news::{Article, ArticleId, Reading, StoryId, StoryTitle, Timestamp};
use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use store::{Description, KeptArticle, Store};
use story::{Importance, Member, Portrait};

/// Articles held: some 1.5 kB each.
const HELD: usize = 4_000;

/// A picture is made from the first and the newest articles of a story.
const FIRST: usize = 4;
const NEWEST: usize = 16;

/// An article with what the language room read in it.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) id: ArticleId,
    pub(crate) family: Family,
    pub(crate) at: Timestamp,
    pub(crate) article: Cow<'a, Article>,
    pub(crate) reading: Cow<'a, Reading>,
    pub(crate) copy_of: Option<ArticleId>,
}

impl<'a> Piece<'a> {
    pub(crate) fn new(
        id: ArticleId,
        family: Family,
        at: Timestamp,
        article: Cow<'a, Article>,
        reading: Cow<'a, Reading>,
    ) -> Self {
        Self { id, family, at, article, reading, copy_of: None }
    }

    /// An article that was kept before.
    pub(super) fn of(kept: KeptArticle, reading: Reading) -> Self {
        let family = Family::from(kept.family);
        let (article, reading) = (Cow::Owned(kept.article), Cow::Owned(reading));
        Self { copy_of: kept.copy_of, ..Self::new(kept.id, family, kept.at, article, reading) }
    }
}

impl<'a> From<&'a Piece<'_>> for Member<'a> {
    fn from(piece: &'a Piece<'_>) -> Self {
        Self {
            article: piece.id,
            at: piece.at,
            family: &piece.family,
            copy: piece.copy_of.is_some(),
            title: &piece.article.title,
            text: &piece.article.text,
            reading: &piece.reading,
        }
    }
}

/// What is held of an article.
struct Held {
    portrait: Portrait,
    title: Box<str>,
    image: Option<Box<str>>,
}

impl Held {
    fn of(piece: &Piece) -> Self {
        let portrait = Portrait::of(&Member::from(piece));
        let image = piece.article.image.as_ref().map(|image| image.url.as_str().into());
        Self { portrait, title: piece.article.title.as_str().into(), image }
    }
}

/// See the module.
pub(super) struct Pictures {
    store: Arc<Store>,
    room: Arc<ReadingRoom>,
    held: HashMap<ArticleId, Held>,
    /// In the order in which they were taken up; the first goes first.
    order: VecDeque<ArticleId>,
}

impl Pictures {
    pub(super) fn new(store: Arc<Store>, room: Arc<ReadingRoom>) -> Self {
        Self { store, room, held: HashMap::new(), order: VecDeque::new() }
    }

    /// Holds an article, in its newest form.
    pub(super) fn keep(&mut self, piece: &Piece) {
        if self.held.insert(piece.id, Held::of(piece)).is_none() {
            self.order.push_back(piece.id);
        }
        while self.order.len() > HELD {
            if let Some(oldest) = self.order.pop_front() {
                self.held.remove(&oldest);
            }
        }
    }

    /// The picture of a story; `None` when it has no articles.
    pub(super) fn describe(
        &mut self,
        story: StoryId,
        reports: &Reports,
        weight: Importance,
        related: Vec<StoryId>,
    ) -> store::Result<Option<Description>> {
        let articles = reports.articles(story, FIRST, NEWEST);
        for id in &articles {
            self.hold(*id)?;
        }
        let held: Vec<&Held> = articles.iter().filter_map(|id| self.held.get(id)).collect();
        let members: Vec<&Portrait> = held.iter().map(|held| &held.portrait).collect();
        let Some(head) = story::headline(&members).and_then(|index| held.get(index)) else {
            return Ok(None);
        };
        let lead =
            story::lead(&members).into_iter().map(|sentence| (sentence.article, sentence.span)).collect();
        let image = held.iter().rev().find_map(|held| held.image.as_deref());
        Ok(Some(Description {
            title: StoryTitle { text: head.title.to_string(), article: head.portrait.article },
            lead,
            phase: weight.phase,
            rank: weight.rank,
            language: head.portrait.language,
            image: image.map(ToOwned::to_owned),
            related,
        }))
    }

    /// Reads an article again that is not held any more.
    fn hold(&mut self, id: ArticleId) -> store::Result<()> {
        if self.held.contains_key(&id) {
            return Ok(());
        }
        if let Some(kept) = self.store.kept_article(id)? {
            let mut reading = self.room.read_again(kept.outlet, &kept.article);
            reading.lines = language::lines(&kept.article, &reading);
            self.keep(&Piece::of(kept, reading));
        }
        Ok(())
    }
}

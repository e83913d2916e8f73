//! What a story looks like: title and lead, chosen from its articles. Articles that were read lately are held, the
//! others are read again from the database when a story of theirs changes.

use super::{Family, ReadingRoom};
use news::{Article, ArticleId, Reading, StoryTitle, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use store::{Description, KeptArticle, Store};
use story::{Importance, Member};

/// Articles held with their readings: some 30 kB each.
const HELD: usize = 1_000;

/// A picture is made from the first and the newest articles of a story.
const FIRST: usize = 4;
const NEWEST: usize = 16;

/// An article with what the language room read in it.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) id: ArticleId,
    pub(crate) family: Family,
    pub(crate) at: Timestamp,
    pub(crate) article: Article,
    pub(crate) reading: Reading,
    pub(crate) copy_of: Option<ArticleId>,
}

impl Piece {
    pub(super) fn new(
        id: ArticleId,
        family: Family,
        at: Timestamp,
        article: Article,
        reading: Reading,
    ) -> Self {
        Self { id, family, at, article, reading, copy_of: None }
    }

    /// An article that was kept before.
    pub(super) fn of(kept: KeptArticle, reading: Reading) -> Self {
        let family = Family::from(kept.family);
        Self { copy_of: kept.copy_of, ..Self::new(kept.id, family, kept.at, kept.article, reading) }
    }

    fn member(&self) -> Member<'_> {
        Member {
            article: self.id,
            at: self.at,
            family: &self.family,
            copy: self.copy_of.is_some(),
            title: &self.article.title,
            text: &self.article.text,
            reading: &self.reading,
        }
    }
}

/// See the module.
pub(super) struct Pictures {
    store: Arc<Store>,
    room: Arc<ReadingRoom>,
    held: HashMap<ArticleId, Arc<Piece>>,
    /// In the order in which they were taken up; the first goes first.
    order: VecDeque<ArticleId>,
}

impl Pictures {
    pub(super) fn new(store: Arc<Store>, room: Arc<ReadingRoom>) -> Self {
        Self { store, room, held: HashMap::new(), order: VecDeque::new() }
    }

    /// Holds an article, in its newest form.
    pub(super) fn keep(&mut self, piece: Piece) -> Arc<Piece> {
        let piece = Arc::new(piece);
        if self.held.insert(piece.id, Arc::clone(&piece)).is_none() {
            self.order.push_back(piece.id);
        }
        while self.order.len() > HELD {
            if let Some(oldest) = self.order.pop_front() {
                self.held.remove(&oldest);
            }
        }
        piece
    }

    /// The picture of a story from its articles in order of time; `None` when there are none.
    pub(super) fn describe(
        &mut self,
        articles: &[ArticleId],
        weight: Importance,
    ) -> store::Result<Option<Description>> {
        let pieces = self.pieces(articles)?;
        let members: Vec<Member> = pieces.iter().map(|piece| piece.member()).collect();
        let Some(head) = story::headline(&members).and_then(|index| pieces.get(index)) else {
            return Ok(None);
        };
        let lead =
            story::lead(&members).into_iter().map(|sentence| (sentence.article, sentence.span)).collect();
        let image = pieces.iter().rev().find_map(|piece| piece.article.image.as_ref());
        Ok(Some(Description {
            title: StoryTitle { text: head.article.title.clone(), article: head.id },
            lead,
            phase: weight.phase,
            rank: weight.rank,
            language: head.reading.language,
            image: image.map(|image| image.url.clone()),
            related: Vec::new(),
        }))
    }

    fn pieces(&mut self, articles: &[ArticleId]) -> store::Result<Vec<Arc<Piece>>> {
        let late = articles.len().saturating_sub(NEWEST).max(FIRST.min(articles.len()));
        let first = articles.iter().take(FIRST);
        let chosen = first.chain(articles.iter().skip(late));
        let mut pieces = Vec::new();
        for id in chosen {
            pieces.extend(self.piece(*id)?);
        }
        Ok(pieces)
    }

    fn piece(&mut self, id: ArticleId) -> store::Result<Option<Arc<Piece>>> {
        if let Some(piece) = self.held.get(&id) {
            return Ok(Some(Arc::clone(piece)));
        }
        let Some(kept) = self.store.kept_article(id)? else { return Ok(None) };
        let reading = self.room.read_again(kept.outlet, &kept.article);
        Ok(Some(self.keep(Piece::of(kept, reading))))
    }
}

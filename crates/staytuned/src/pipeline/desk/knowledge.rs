//! What each story knows, so that what is new in the next article can be seen. Held for the stories that articles
//! joined lately; of another one it is rebuilt from the database when an article joins it.

use super::{Piece, ReadingRoom};
use crate::pipeline::attribute;
use news::{Attribution, Development, Reading, StoryId, Timestamp};
use statement::Sheet;
use std::collections::HashMap;
use std::sync::Arc;
use store::view::DevelopmentView;
use store::{KeptArticle, Store};
use story::development::{Encode, Known, Step, Telling};

/// Sentences held of all stories together, some 200 bytes each with what is known by them; and stories.
const SENTENCES: usize = 30_000;
const STORIES: usize = 4_000;

/// Articles that a story's knowledge is rebuilt from, and developments.
const FIRST: usize = 20;
const NEWEST: usize = 80;
const DEVELOPMENTS: usize = 200;

/// See the module.
pub(super) struct Knowledge {
    store: Arc<Store>,
    room: Arc<ReadingRoom>,
    held: HashMap<StoryId, Held>,
    turn: u64,
}

struct Held {
    known: Known,
    /// When it was used last, by count.
    used: u64,
}

impl Knowledge {
    pub(super) fn new(store: Arc<Store>, room: Arc<ReadingRoom>) -> Self {
        Self { store, room, held: HashMap::new(), turn: 0 }
    }

    /// Sets an article that joins a story against what the story knows; gives what the story knows now, too, so
    /// that developments can be named.
    pub(super) fn take_in(
        &mut self,
        story: StoryId,
        opened: bool,
        telling: &Telling,
    ) -> store::Result<(Vec<Step>, &mut Known)> {
        let room = Arc::clone(&self.room);
        let encode = Encode { vectors: &|texts| room.vectors(texts), fine: room.is_fine() };
        let known = self.of(story, opened)?;
        let steps = known.take_in(telling, Some(encode));
        Ok((steps, known))
    }

    /// Takes an article in that is no news, whatever it says.
    pub(super) fn remember(&mut self, story: StoryId, opened: bool, telling: &Telling) -> store::Result<()> {
        self.of(story, opened)?.remember(telling);
        Ok(())
    }

    /// Stories whose articles came to or left them, or whose developments people corrected: what they know is rebuilt when it is asked for again.
    pub(super) fn forget(&mut self, stories: &[StoryId]) {
        for story in stories {
            self.held.remove(story);
        }
    }

    fn of(&mut self, story: StoryId, opened: bool) -> store::Result<&mut Known> {
        self.turn += 1;
        if !self.held.contains_key(&story) {
            let known = if opened { Known::default() } else { self.rebuilt(story)? };
            self.make_room();
            self.held.insert(story, Held { known, used: 0 });
        }
        let held = self.held.get_mut(&story).expect("it was just put there");
        held.used = self.turn;
        Ok(&mut held.known)
    }

    fn rebuilt(&self, story: StoryId) -> store::Result<Known> {
        let mut known = Known::default();
        let mut views = self.store.developments_known(story, DEVELOPMENTS)?;
        views.reverse();
        let developments: Vec<Development> = views.iter().map(development).collect();
        known.expect(&developments);
        let mut members = self.store.story_members(story, FIRST, NEWEST)?;
        members.sort_by_key(|kept| (kept.seen_at, kept.id));
        // A copy tells nothing: it is not read again.
        for kept in members.into_iter().filter(|kept| kept.copy_of.is_none()) {
            let (at, (piece, said)) = (kept.seen_at, self.read(kept));
            known.remember(&telling(&piece, &said, at));
        }
        for (view, development) in views.iter().zip(&developments) {
            known.recall(development);
            if view.withdrawn_at.is_some() {
                known.withdraw(view.id);
            }
        }
        Ok(known)
    }

    fn read(&self, kept: KeptArticle) -> (Piece<'static>, Vec<Attribution>) {
        let mut reading: Reading = self.room.read_again(kept.outlet, &kept.article);
        reading.lines = language::lines(&kept.article, &reading);
        let said = attribute::said_in_text(&Sheet::of(&kept.article.text), &reading).attributions;
        (Piece::of(kept, reading), said)
    }

    /// Lets go of what was used longest ago when there is too much: down to three quarters.
    fn make_room(&mut self) {
        let sentences: usize = self.held.values().map(|held| held.known.sentences()).sum();
        if sentences <= SENTENCES && self.held.len() <= STORIES {
            return;
        }
        let mut by_use: Vec<(u64, usize)> =
            self.held.values().map(|held| (held.used, held.known.sentences())).collect();
        by_use.sort_unstable();
        let mut left = (sentences, by_use.len());
        let last = by_use.into_iter().find(|(_, sentences)| {
            left = (left.0 - sentences, left.1 - 1);
            left.0 <= SENTENCES / 4 * 3 && left.1 <= STORIES / 4 * 3
        });
        if let Some((last, _)) = last {
            self.held.retain(|_, held| held.used > last);
        }
    }
}

pub(super) fn telling<'a>(piece: &'a Piece<'_>, said: &'a [Attribution], at: Timestamp) -> Telling<'a> {
    Telling {
        article: piece.id,
        at,
        family: &piece.family,
        copy: piece.copy_of.is_some(),
        title: &piece.article.title,
        text: &piece.article.text,
        reading: &piece.reading,
        said,
    }
}

fn development(view: &DevelopmentView) -> Development {
    let evidence =
        |piece: &store::view::EvidenceView| news::Evidence { article: piece.article, span: piece.span };
    Development {
        id: view.id,
        story: view.story,
        at: view.at,
        kind: view.kind,
        weight: view.weight,
        families: view.families,
        evidence: view.evidence.iter().map(evidence).collect(),
    }
}

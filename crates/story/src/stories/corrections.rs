//! What people decided, remembered so that no second look undoes it: articles that stay where they were put, stories
//! that stay apart, articles that do not belong to a story. After a restart whoever keeps the corrections says them
//! again ([`Stories::abide`]).

use super::{Stories, Story};
use crate::affinity::Kept;
use crate::hash::Set;
use news::{ArticleId, Decided, StoryId};

/// Corrections that are remembered of each kind. Articles and stories that are closed need none.
const REMEMBERED: usize = 100_000;

#[derive(Clone, Debug, Default)]
pub(super) struct Corrections {
    pinned: Set<i64>,
    /// Pairs of stories, the smaller id first.
    apart: Set<(i64, i64)>,
    barred: Set<(i64, i64)>,
    /// Stories of which nobody is to hear.
    muted: Set<i64>,
}

impl Corrections {
    pub(super) fn is_pinned(&self, member: &Kept) -> bool {
        !self.pinned.is_empty() && member.articles.iter().any(|article| self.pinned.contains(&article.0))
    }

    /// Whether people put articles into this story.
    pub(super) fn have_put(&self, story: &Story) -> bool {
        story.members.iter().any(|member| self.is_pinned(member))
    }

    /// Whether these two must not become one.
    pub(super) fn are_apart(&self, one: &Story, other: &Story) -> bool {
        // One would take the silence from the other, or silence it.
        self.muted.contains(&one.id.0) != self.muted.contains(&other.id.0)
            || self.apart.contains(&pair(one.id, other.id))
            || self.bars(one, other)
            || self.bars(other, one)
    }

    /// Whether an article of one story does not belong to the other.
    fn bars(&self, one: &Story, other: &Story) -> bool {
        !self.barred.is_empty() && one.members.iter().any(|member| self.is_barred(member, other.id))
    }

    pub(super) fn is_barred(&self, member: &Kept, story: StoryId) -> bool {
        member.articles.iter().any(|article| self.barred.contains(&(article.0, story.0)))
    }

    /// A person said that these are one.
    fn together(&mut self, from: StoryId, into: StoryId) {
        self.apart.remove(&pair(from, into));
        self.barred.retain(|(_, story)| *story != from.0 && *story != into.0);
    }

    /// What held for a story that ended holds for the one that it became.
    pub(super) fn merged(&mut self, from: StoryId, into: StoryId) {
        self.muted.remove(&from.0);
        let apart: Vec<(i64, i64)> =
            self.apart.iter().filter(|(a, b)| *a == from.0 || *b == from.0).copied().collect();
        for (a, b) in apart {
            let other = if a == from.0 { b } else { a };
            self.apart.insert(pair(into, StoryId(other)));
        }
        let barred: Vec<i64> =
            self.barred.iter().filter(|(_, story)| *story == from.0).map(|(article, _)| *article).collect();
        self.barred.extend(barred.into_iter().map(|article| (article, into.0)));
    }
}

fn pair(one: StoryId, other: StoryId) -> (i64, i64) {
    (one.0.min(other.0), one.0.max(other.0))
}

impl Stories {
    /// A person put this article where it is: it stays there.
    pub fn pin(&mut self, article: ArticleId) {
        if self.corrections.pinned.len() < REMEMBERED {
            self.corrections.pinned.insert(article.0);
        }
    }

    /// A person parted these stories: they are not merged again.
    pub fn keep_apart(&mut self, one: StoryId, other: StoryId) {
        if self.corrections.apart.len() < REMEMBERED && one != other {
            self.corrections.apart.insert(pair(one, other));
        }
    }

    /// A person said that an article does not belong to a story: it does not come back to it.
    pub fn bar(&mut self, article: ArticleId, story: StoryId) {
        if self.corrections.barred.len() < REMEMBERED {
            self.corrections.barred.insert((article.0, story.0));
        }
    }

    /// A person muted a story, or lets it be heard again: what is muted and what is not are not merged.
    pub fn mute(&mut self, story: StoryId, muted: bool) {
        if !muted {
            self.corrections.muted.remove(&story.0);
        } else if self.corrections.muted.len() < REMEMBERED {
            self.corrections.muted.insert(story.0);
        }
    }

    /// A story opened out of another: whoever is told nothing of that one is told nothing of this one.
    pub fn opened_from(&mut self, from: StoryId, new: StoryId) {
        self.mute(new, self.corrections.muted.contains(&from.0));
    }

    /// The id of a story that a person opens; no other gets it.
    pub fn reserve(&mut self) -> StoryId {
        let id = StoryId(self.next);
        self.next += 1;
        id
    }

    /// Carries out a merge that a person wants. What kept the two apart before does not hold any more. Returns what
    /// must hold after a restart.
    pub fn unite(&mut self, from: StoryId, into: StoryId) -> Decided {
        self.corrections.together(from, into);
        let mut decided = Decided { together: true, from, into, articles: Vec::new() };
        let Some(ending) = self.by_id.get(&from.0).copied().filter(|_| from != into) else {
            return decided;
        };
        // An article of the story that ends may come at any time: it goes to the other, if that was closed or not.
        let staying = self.by_id.get(&into.0).copied().unwrap_or_else(|| self.open_as(into));
        for slot in [ending, staying] {
            decided.articles.extend(self.pin_all(slot));
        }
        self.absorb(ending, staying);
        decided
    }

    /// Carries out that a person moves articles from one story to another, which opens if it is not open: they stay
    /// there, do not come back, and the two stories are not merged. Articles that are not in memory any more are
    /// pinned all the same. Returns what must hold after a restart.
    pub fn put(&mut self, articles: &[ArticleId], from: StoryId, into: StoryId) -> Decided {
        let decided = Decided { together: false, from, into, articles: articles.to_vec() };
        self.abide(&decided);
        if let Some(slot) = self.by_id.get(&from.0).copied().filter(|_| from != into) {
            let moving: Set<i64> = articles.iter().map(|article| article.0).collect();
            self.take_out(slot, into, |member| {
                member.articles.iter().any(|article| moving.contains(&article.0))
            });
        }
        decided
    }

    /// Articles that are told by one headline, this one among them: whoever moves one moves all.
    pub fn told_with(&self, article: ArticleId, story: StoryId) -> Vec<ArticleId> {
        let slot = self.by_id.get(&story.0).copied();
        let story = slot.and_then(|slot| self.slots[slot as usize].as_ref());
        let member = story.and_then(|story| story.members.iter().find(|m| m.articles.contains(&article)));
        member.map_or_else(|| vec![article], |member| member.articles.to_vec())
    }

    /// Remembers after a restart what a person decided; the articles are where they were put already.
    pub fn abide(&mut self, decided: &Decided) {
        let Decided { together, from, into, articles } = decided;
        if *together {
            self.corrections.together(*from, *into);
        } else {
            self.keep_apart(*from, *into);
            articles.iter().for_each(|article| self.bar(*article, *from));
        }
        for article in articles {
            self.corrections.barred.remove(&(article.0, into.0));
            self.pin(*article);
        }
    }

    fn pin_all(&mut self, slot: u32) -> Vec<ArticleId> {
        let Some(story) = &self.slots[slot as usize] else { return Vec::new() };
        let articles: Vec<ArticleId> =
            story.members.iter().flat_map(|member| member.articles.clone()).collect();
        articles.iter().for_each(|article| self.pin(*article));
        articles
    }
}

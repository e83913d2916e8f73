//! The second look at stories that have changed: what could not be seen when their first articles came.
//!
//! Two stories become one where trees say so ([`Merger`] has what they look at). A story in which two things came together is
//! parted (`revise/part.rs`); a single article that does not belong moves to the story that turned out to be its own, if there
//! is one. Ids stay: of two stories that become one the elder goes on, of one that is parted the larger part.

mod glance;
mod merger;
mod part;
mod profile;

use super::candidates::{Listed, Telling, meant};
use super::case::Seen;
use super::link::{Link, link, strongest_first};
use super::{Stories, Story};
use crate::affinity::{Kept, Query};
use crate::features::{Background, Weighed};
use crate::weights::Weights;
use glance::Glance;
use merger::Judge;
pub use merger::Merger;
use news::{ArticleId, Language, StoryId, Timestamp};

/// A correction of what was decided at arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revision {
    /// Two stories are one: `from` ends, its articles belong to `into`.
    Merge { from: StoryId, into: StoryId },
    /// These articles of `from` are another story, which opens as `into`.
    Split { from: StoryId, into: StoryId, articles: Vec<ArticleId> },
    /// These articles (one and what repeats it) belong to another story.
    Move { from: StoryId, into: StoryId, articles: Vec<ArticleId> },
}

/// A mean link below which two stories are not looked at in full, and how many are: of the true ones on the development streams
/// 95 of 100 are among them.
const FAR: f32 = -0.5;
const FULLY_LOOKED_AT: usize = 8;
/// Members by which other stories are found.
const ASKED: usize = 5;
/// Changed stories looked at in one go; the others wait for the next.
const LOOKED_AT: usize = 2_000;

impl Stories {
    /// Looks again at the stories that changed since the last time. `now` closes what is idle; the revisions
    /// are in the order in which they happened and have been carried out here.
    pub fn revise(&mut self, now: Timestamp) -> Vec<Revision> {
        self.revise_seeing(now, |_, _, _| {})
    }

    /// The same, showing each two stories that were set side by side and what was seen. For fitting.
    pub fn revise_seeing(
        &mut self,
        now: Timestamp,
        mut see: impl FnMut(StoryId, StoryId, &Merger),
    ) -> Vec<Revision> {
        self.advance(now.as_second());
        let changed = self.changed();
        let mut revisions = Vec::new();
        for (id, slot) in changed {
            self.looked_at = id;
            revisions.extend(self.part(slot));
            // A story can have ended in a merge of this very round, and can take part in several.
            while let Some(story) = &mut self.slots[slot as usize] {
                story.changed = false;
                let Some(other) = self.counterpart(slot, &mut see) else { break };
                revisions.push(self.merge(slot, other));
            }
        }
        revisions
    }

    /// The stories to look at, the elder first, from behind the last one of the time before: in a flood each has its turn.
    fn changed(&self) -> Vec<(StoryId, u32)> {
        let stories = (0_u32..).zip(&self.slots).filter_map(|(slot, story)| Some((story.as_ref()?, slot)));
        let changed = stories.filter(|(story, _)| story.changed);
        let mut changed: Vec<(StoryId, u32)> = changed.map(|(story, slot)| (story.id, slot)).collect();
        changed.sort_unstable_by_key(|(id, _)| (*id <= self.looked_at, *id));
        changed.truncate(LOOKED_AT);
        changed
    }

    /// Whether no story changed since it was looked at.
    pub fn is_settled(&self) -> bool {
        !self.slots.iter().flatten().any(|story| story.changed)
    }

    /// Takes all stories as looked at already: what is remembered after a restart is no new evidence.
    pub fn settle(&mut self) {
        self.slots.iter_mut().flatten().for_each(|story| story.changed = false);
    }

    /// The story that is the same as this one, if there is one.
    fn counterpart(&mut self, slot: u32, see: &mut impl FnMut(StoryId, StoryId, &Merger)) -> Option<u32> {
        let story = self.slots[slot as usize].as_ref()?;
        let mut near: Vec<u32> = Vec::new();
        for member in story.sample().take(ASKED) {
            let weighed = Weighed::new(&member.features, &self.background);
            near.extend(self.index.candidates(&Telling::of(&member.features, &weighed), &self.slots));
            near.extend(meant(&self.slots, &member.features));
        }
        near.sort_unstable();
        near.dedup();
        for one in near.iter().chain([&slot]) {
            if let Some(story) = &mut self.slots[*one as usize] {
                story.refresh(&self.background);
            }
        }
        let story = self.slots[slot as usize].as_ref()?;
        let glance = Glance::of(story, &self.background, &self.weights);
        let mut links: Vec<Link> = Vec::new();
        for other in near.into_iter().filter(|other| *other != slot) {
            let Some(theirs) = self.slots[other as usize].as_ref() else { continue };
            if self.corrections.are_apart(story, theirs) {
                continue;
            }
            let score = match glance.as_ref().filter(|glance| glance.fits(theirs)) {
                Some(glance) => glance.affinity(theirs, FAR),
                None => Some(mean_link(story, theirs, &self.background, &self.weights)),
            };
            if let Some(strength) = score.filter(|score| *score > FAR) {
                links.push(Link { strength, slot: other, story: theirs.id });
            }
        }
        strongest_first(&mut links);
        let judged = links.iter().enumerate().take(FULLY_LOOKED_AT).filter_map(|(rank, link)| {
            let theirs = self.slots[link.slot as usize].as_ref()?;
            let merger = Merger::of(story, theirs, Seen::among(&links, rank), self.judge());
            see(story.id, theirs.id, &merger);
            let surplus = self.surplus(&merger);
            (surplus > 0.0).then_some((surplus, link.slot, theirs))
        });
        let mut judged: Vec<(f32, u32, &Story)> = judged.collect();
        judged.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.id.cmp(&b.2.id)));
        judged.into_iter().find(|(_, _, theirs)| self.would_stay_one(story, theirs)).map(|(_, slot, _)| slot)
    }

    /// Whether two stories are one as far as they themselves tell, whatever else is open.
    fn are_one(&self, a: &Story, b: &Story) -> bool {
        let strength = mean_link(a, b, &self.background, &self.weights);
        let seen = Seen::among(&[Link { strength, slot: 0, story: b.id }], 0);
        strength > FAR && self.surplus(&Merger::of(a, b, seen, self.judge())) > 0.0
    }

    /// How far two stories are above the line from which they are one, in logarithms of odds.
    fn surplus(&self, merger: &Merger) -> f32 {
        if merger.is_out_of_question() {
            return f32::NEG_INFINITY;
        }
        self.merging.logit(&merger.numbers()) - self.weights.merge_line
    }

    fn judge(&self) -> Judge<'_> {
        Judge { background: &self.background, weights: &self.weights, trees: &self.trees }
    }

    /// Makes one story of two: the elder (smaller id) stays.
    fn merge(&mut self, one: u32, other: u32) -> Revision {
        let id = |slot: u32| self.slots[slot as usize].as_ref().map(|story| story.id);
        let (from, into) = if id(one) < id(other) { (other, one) } else { (one, other) };
        self.absorb(from, into)
    }

    /// Makes one story of two: that in the second slot stays.
    pub(super) fn absorb(&mut self, from: u32, into: u32) -> Revision {
        let ended = self.slots[from as usize].take().expect("a story that is merged is open");
        self.by_id.remove(&ended.id.0);
        self.index.unlist(from, &ended.listed);
        self.free.push(from);
        for (_, (slot, _)) in self.headlines.iter_mut().filter(|(_, (slot, _))| *slot == from) {
            *slot = into;
        }
        let story = self.slots[into as usize].as_mut().expect("a story that is merged into is open");
        self.index.list_all(into, &mut story.listed, &ended.listed);
        let revision = Revision::Merge { from: ended.id, into: story.id };
        self.copies.merged(ended.id, story.id);
        self.corrections.merged(ended.id, story.id);
        story.take_in(ended);
        revision
    }

    /// Takes members out of a story into the one of that id, which opens if it is not open. Gives their articles.
    pub(super) fn take_out(
        &mut self,
        slot: u32,
        into: StoryId,
        mut goes: impl FnMut(&Kept) -> bool,
    ) -> Vec<ArticleId> {
        let Some(story) = &mut self.slots[slot as usize] else { return Vec::new() };
        let (going, staying): (Vec<Kept>, Vec<Kept>) = story.members.drain(..).partition(|kept| goes(kept));
        story.members = staying.into();
        story.last = story.members.iter().map(|member| member.at).max().unwrap_or(story.last);
        self.renew(slot);
        let articles: Vec<ArticleId> = going.iter().flat_map(|kept| kept.articles.iter().copied()).collect();
        let target = self.by_id.get(&into.0).copied().unwrap_or_else(|| self.open_as(into));
        for kept in &going {
            if kept.features.titled {
                self.headlines.insert(kept.features.headline, (target, kept.at));
            }
        }
        self.copies.moved(&articles.iter().map(|article| article.0).collect(), into);
        if let Some(story) = &mut self.slots[target as usize] {
            story.receive(going);
        }
        self.renew(target);
        articles
    }

    /// Lists a story anew under the words of the members that it has, and finds what they mean.
    fn renew(&mut self, slot: u32) {
        let Some(story) = &mut self.slots[slot as usize] else { return };
        self.index.unlist(slot, &story.listed);
        story.listed = Listed::default();
        (story.meaning, story.told) = (None, None);
        for at in 0..story.members.len() {
            let features = &story.members[at].features;
            let weighed = Weighed::new(features, &self.background);
            self.index.list(slot, &mut story.listed, &Telling::of(features, &weighed));
            let (meaning, told) = (features.meaning.clone(), features.told().cloned());
            story.means(at, [meaning.as_ref(), told.as_ref()]);
        }
    }
}

impl Story {
    /// Renews what has aged of the members' measures.
    pub(crate) fn refresh(&mut self, background: &Background) {
        self.members.iter_mut().for_each(|member| member.refresh(background));
    }

    /// A story of these members that is listed nowhere.
    pub(super) fn of(members: impl Iterator<Item = Kept>) -> Self {
        let mut story = Self::new(StoryId(0));
        for member in members {
            story.means(story.members.len(), [member.features.meaning.as_ref(), member.features.told()]);
            story.last = story.last.max(member.at);
            story.members.push_back(member);
        }
        story
    }

    /// The language that most members are in.
    fn language(&self) -> Language {
        let mut counts: Vec<(usize, Language)> = Vec::new();
        for member in &self.members {
            let language = member.features.language;
            match counts.iter_mut().find(|(_, known)| *known == language) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, language)),
            }
        }
        counts.into_iter().max().map(|(_, language)| language).unwrap_or_default()
    }

    fn take_in(&mut self, ended: Self) {
        self.means(self.members.len(), [ended.meaning.as_ref(), ended.told.as_ref()]);
        self.last = self.last.max(ended.last);
        self.receive(ended.members);
    }

    fn receive(&mut self, members: impl IntoIterator<Item = Kept>) {
        let mut all: Vec<Kept> = self.members.drain(..).chain(members).collect();
        all.sort_by_key(|member| member.at);
        let spare = all.len().saturating_sub(super::MEMBERS_KEPT);
        self.members = all.into_iter().skip(spare).collect();
        self.last = self.members.back().map_or(self.last, |newest| self.last.max(newest.at));
        self.changed = true;
    }
}

/// How strong the links of two stories are: the members of the smaller are each set against the larger as if they came now, and
/// the mean decides: no single link glues two stories.
fn mean_link(a: &Story, b: &Story, background: &Background, w: &Weights) -> f32 {
    let (small, large) = if a.members.len() <= b.members.len() { (a, b) } else { (b, a) };
    let (mut sum, mut count) = (0.0, 0.0);
    for member in small.sample() {
        let weighed = Weighed::new(&member.features, background);
        sum += link(&Query::new(&member.features, member.at, &weighed), large, w);
        count += 1.0;
    }
    sum / count
}

//! The second look at stories that have changed: what could not be seen when their first articles came.
//! Stories told in different languages are merged when, on average over their members and in what their
//! names and numbers add up to, they are one.

use super::candidates::meant;
use super::link::link;
use super::{Stories, Story};
use crate::affinity::{Kept, Query};
use crate::features::{Background, Field};
use crate::hash::Map;
use crate::sparse::Sparse;
use crate::weights::Weights;
use news::{Language, StoryId, Timestamp};

/// A correction of what was decided at arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// Two stories are one: `from` ends, its articles belong to `into`.
    Merge { from: StoryId, into: StoryId },
}

/// Members of a story that are compared with another's.
const SAMPLE: usize = 10;
/// Changed stories looked at in one go; the others wait for the next.
const LOOKED_AT: usize = 2_000;

impl Stories {
    /// Looks again at the stories that changed since the last time. `now` closes what is idle; the revisions
    /// are in the order in which they happened and have been carried out here.
    pub fn revise(&mut self, now: Timestamp) -> Vec<Revision> {
        self.advance(now.as_second());
        let changed: Vec<u32> = (0_u32..)
            .zip(&self.slots)
            .filter(|(_, s)| s.as_ref().is_some_and(|s| s.changed))
            .map(|(slot, _)| slot)
            .take(LOOKED_AT)
            .collect();
        let mut revisions = Vec::new();
        for slot in changed {
            // A story can have ended in a merge of this very round, and can take part in several.
            while let Some(story) = &mut self.slots[slot as usize] {
                story.changed = false;
                let Some(other) = self.counterpart(slot) else { break };
                revisions.push(self.merge(slot, other));
            }
        }
        revisions
    }

    /// The story that is the same as this one in another language, if there is one.
    fn counterpart(&mut self, slot: u32) -> Option<u32> {
        let story = self.slots[slot as usize].as_ref()?;
        let mut near: Vec<u32> = Vec::new();
        for member in story.sample().take(5) {
            let query = Query::new(&member.features, member.at, &self.background);
            near.extend(self.index.candidates(&query, &self.background));
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
        let mut best: Option<(f32, u32)> = None;
        for other in near.into_iter().filter(|other| *other != slot) {
            let Some(theirs) = self.slots[other as usize].as_ref() else { continue };
            let score = merge_affinity(story, theirs, &self.background, &self.weights);
            if score > 0.0 && best.is_none_or(|(top, _)| score > top) {
                best = Some((score, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// Makes one story of two: the elder (smaller id) stays.
    fn merge(&mut self, one: u32, other: u32) -> Revision {
        let id = |slot: u32| self.slots[slot as usize].as_ref().map(|story| story.id);
        let (from, into) = if id(one) < id(other) { (other, one) } else { (one, other) };
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
        self.copies.moved(ended.id, story.id);
        story.take_in(ended);
        revision
    }
}

impl Story {
    /// Renews what has aged of the members' measures.
    pub(crate) fn refresh(&mut self, background: &Background) {
        self.members.iter_mut().for_each(|member| member.refresh(background));
    }

    /// Members spread evenly over the story's time.
    fn sample(&self) -> impl Iterator<Item = &Kept> {
        let step = self.members.len().div_ceil(SAMPLE).max(1);
        self.members.iter().step_by(step)
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
        let mut members: Vec<Kept> = self.members.drain(..).chain(ended.members).collect();
        members.sort_by_key(|member| member.at);
        let spare = members.len().saturating_sub(super::MEMBERS_KEPT);
        self.members = members.into_iter().skip(spare).collect();
        self.means(ended.meaning.as_ref());
        self.last = self.last.max(ended.last);
        self.changed = true;
    }
}

/// What a story's names and numbers add up to.
struct Profile {
    sums: Map<u32, f32>,
    norm: f32,
}

impl Profile {
    fn of(story: &Story, background: &Background) -> Self {
        let mut sums: Map<u32, f32> = Map::default();
        for member in &story.members {
            let vector: &Sparse = member.features.field(Field::Cross);
            for term in vector.terms() {
                *sums.entry(term.key).or_default() += term.weight;
            }
        }
        let counts = background.of(Field::Cross, Language::UNKNOWN);
        let mut squares: Vec<(u32, f32)> = Vec::with_capacity(sums.len());
        for (key, sum) in &mut sums {
            *sum *= counts.weight(*key);
            squares.push((*key, *sum * *sum));
        }
        squares.sort_unstable_by_key(|(key, _)| *key);
        let norm = squares.iter().map(|(_, square)| square).sum::<f32>().sqrt();
        Self { sums, norm }
    }

    fn cosine(&self, other: &Self) -> f32 {
        let mut common: Vec<(u32, f32)> =
            self.sums.iter().filter_map(|(key, sum)| Some((*key, sum * other.sums.get(key)?))).collect();
        common.sort_unstable_by_key(|(key, _)| *key);
        common.iter().map(|(_, product)| product).sum::<f32>()
            / (self.norm * other.norm).max(f32::MIN_POSITIVE)
    }
}

/// How much speaks for two stories being one; above 0 they are. The members of the smaller are each set
/// against the larger as if they came now, and the mean decides: no single link glues two stories.
fn merge_affinity(a: &Story, b: &Story, background: &Background, w: &Weights) -> f32 {
    let (small, large) = if a.members.len() <= b.members.len() { (a, b) } else { (b, a) };
    let mut sum = 0.0;
    let mut count = 0.0;
    for member in small.sample() {
        sum += link(&Query::new(&member.features, member.at, background), large, w);
        count += 1.0;
    }
    let mean = sum / count;
    if small.language() == large.language() {
        return mean - w.merge_same;
    }
    let names = if w.merge_profile == 0.0 {
        0.0
    } else {
        Profile::of(a, background).cosine(&Profile::of(b, background))
    };
    mean + w.merge_profile * names - w.merge
}

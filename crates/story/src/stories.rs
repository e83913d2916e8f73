//! The open stories in memory, and the one decision that is made for each article as it arrives: which story
//! it joins, or that it opens one. In: arrivals in their order. Out: [`Decision`]s, and [`Revision`]s on a
//! second look. State is rebuilt after a restart by [`Stories::remember`]ing recent articles.
//!
//! Never: reads a clock (time is what arrivals say), gives out an id that was given before, or lets a copy
//! be told apart from its original.

mod candidates;
pub(crate) mod case;
mod corrections;
pub(crate) mod link;
mod revise;

pub use revise::{Merger, Revision};

use crate::affinity::{Kept, Query};
use crate::copies::Copies;
use crate::features::{Background, CommonWords, Features, Weighed};
use crate::hash::Map;
use crate::impression::{Impression, Place};
use crate::meaning::Meaning;
use crate::trees::Trees;
use crate::weights::Weights;
use candidates::{Index, Listed, Telling, meant};
pub use case::Case;
use corrections::Corrections;
use link::Nearest;
use news::{ArticleId, Reading, StoryId, Timestamp};
use std::collections::VecDeque;
use std::sync::Arc;

/// An article that has come in.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    pub article: ArticleId,
    /// When it came, or was published if that is earlier. Callers bound a publisher's claim by their own
    /// clock: a date in the future would close every story that is open now.
    pub at: Timestamp,
    /// The outlet's family ([`crate::family()`]).
    pub family: &'a str,
    pub reading: &'a Reading,
    /// The article's text, to tell copies.
    pub text: &'a str,
}

/// Where an article belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    pub story: StoryId,
    /// The story is new.
    pub opened: bool,
    /// The article whose text this one repeats.
    pub original: Option<ArticleId>,
    /// An article that was an original until now: it repeats this one, and its copies do.
    pub turned: Option<ArticleId>,
    /// The open story that it most likely belongs to, and the probability that it does (0 to 1); none where no story was near
    /// enough to be looked at.
    pub likeliest: Option<(StoryId, f32)>,
}

/// How long a story stays open after its last article.
pub(crate) const OPEN_FOR_SECONDS: i64 = 3 * 86_400;
/// How long an identical headline means the same story.
pub(crate) const SAME_HEADLINE_SECONDS: i64 = 48 * 3_600;
/// Members of a story that are kept for comparison: the latest ones.
pub(crate) const MEMBERS_KEPT: usize = 64;
/// Members of a story that stand for it where all would cost too much.
pub(crate) const SAMPLE: usize = 10;
/// Open stories: beyond this the one that was quiet longest is closed.
const STORIES_OPEN: usize = 200_000;
/// Idle stories are looked for when this much time has gone by.
const SWEEP_SECONDS: i64 = 3_600;

/// The open stories.
#[derive(Clone, Debug)]
pub struct Stories {
    next: i64,
    weights: Weights,
    trees: Arc<Trees>,
    merging: Arc<Trees>,
    background: Background,
    /// Slots are used again after a story has closed.
    slots: Vec<Option<Story>>,
    free: Vec<u32>,
    by_id: Map<i64, u32>,
    index: Index,
    /// The latest story and time of each cleaned headline.
    headlines: Map<u64, (u32, i64)>,
    copies: Copies,
    corrections: Corrections,
    now: i64,
    swept: i64,
    /// The last story of the latest second look: the next begins behind it.
    looked_at: StoryId,
}

/// One open story.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) id: StoryId,
    /// The latest ones, in the order in which they came.
    pub(crate) members: VecDeque<Kept>,
    last: i64,
    /// Terms under which the index lists it.
    listed: Listed,
    /// Mean of its members' meanings, and of what of the fine encoder's tells stories apart, their leads included.
    meaning: Option<Meaning>,
    told: Option<Meaning>,
    /// Has changed since the last second look.
    changed: bool,
}

impl Stories {
    /// No stories; the first that opens gets the id `next`.
    pub fn new(next: StoryId) -> Self {
        Self::with_weights(next, Weights::FITTED)
    }

    /// The same where the commonest words of each language are known.
    #[must_use]
    pub fn knowing(mut self, common: CommonWords) -> Self {
        self.background = Background::knowing(common);
        self
    }

    /// The same with other weights: for fitting them.
    pub fn with_weights(next: StoryId, weights: Weights) -> Self {
        Self {
            next: next.0,
            weights,
            trees: Trees::joining(),
            merging: Trees::merging(),
            background: Background::default(),
            slots: Vec::new(),
            free: Vec::new(),
            by_id: Map::default(),
            index: Index::default(),
            headlines: Map::default(),
            copies: Copies::default(),
            corrections: Corrections::default(),
            now: i64::MIN,
            swept: i64::MIN,
            looked_at: StoryId(0),
        }
    }

    /// The same where other trees decide what joins: for fitting them.
    #[must_use]
    pub fn judged_by(mut self, trees: Arc<Trees>) -> Self {
        self.trees = trees;
        self
    }

    /// The same where other trees decide which stories are one: for fitting them.
    #[must_use]
    pub fn merged_by(mut self, merging: Arc<Trees>) -> Self {
        self.merging = merging;
        self
    }

    /// Decides where an article belongs, and keeps it there.
    pub fn assign(&mut self, arrival: &Arrival) -> Decision {
        self.assign_impression(&Place::from(arrival), Impression::of(arrival))
    }

    /// The same for an article of which the impression was made before.
    pub fn assign_impression(&mut self, place: &Place, impression: Impression) -> Decision {
        self.assign_seen(place, impression).0
    }

    /// The same, with the stories that the article was set before and what was seen there: none where a copy or the same
    /// headline decided. For fitting, and for what is related.
    pub fn assign_seen(&mut self, place: &Place, impression: Impression) -> (Decision, Vec<(StoryId, Case)>) {
        let at = place.at.as_second();
        self.advance(at);
        self.learn(&impression.features, at);
        let copied = self.copies.find(place, &impression);
        let Impression { features, sketch, credited } = impression;
        let article = Comparable::new(features, &self.background);
        let sure = copied
            .and_then(|copied| self.by_id.get(&copied.story.0).copied())
            .or_else(|| self.same_headline(&article.features, at));
        let found = match sure {
            Some(slot) => Nearest { likeliest: Some((slot, 1.0)), ..Nearest::default() },
            None => self.nearest(&Query::new(&article.features, at, &article.weighed), &article.telling),
        };
        let cases = self.named(&found.cases);
        let likeliest = self.named(found.likeliest.as_slice()).pop();
        let slot = sure.or(found.joined);
        let opened = slot.is_none();
        let slot = slot.unwrap_or_else(|| self.open());
        let id = self.slots[slot as usize].as_ref().map(|story| story.id);
        // The story of a text that is days old can have been closed; then nothing is folded under it.
        let copied = copied.filter(|copied| Some(copied.story) == id);
        let turned = copied.filter(|copied| copied.turned).map(|copied| copied.original);
        let original = copied.filter(|copied| !copied.turned).map(|copied| copied.original);
        let repeated = || id.and_then(|id| self.copies.repeated(place, &sketch, id));
        let original = if copied.is_some() { original } else { repeated() };
        if let Some(turned) = turned {
            self.turn(slot, turned, place.article);
        }
        let story = self.keep(slot, place, original, article);
        self.copies.add(place, sketch, credited, story, original);
        (Decision { story, opened, original, turned, likeliest }, cases)
    }

    /// What was an original in a story is a copy of another article from now on, with its copies.
    fn turn(&mut self, slot: u32, original: ArticleId, into: ArticleId) {
        self.copies.turn(original, into);
        let members = self.slots[slot as usize].iter_mut().flat_map(|story| story.members.iter_mut());
        let concerned =
            |kept: &&mut Kept| kept.articles.contains(&original) || kept.original == Some(original);
        members.filter(concerned).for_each(|kept| kept.original = Some(into));
    }

    /// By the stories' ids what is known by their slots.
    fn named<T: Copy>(&self, by_slot: &[(u32, T)]) -> Vec<(StoryId, T)> {
        let id = |slot: u32| self.slots[slot as usize].as_ref().map(|story| story.id);
        by_slot.iter().filter_map(|(slot, of_it)| Some((id(*slot)?, *of_it))).collect()
    }

    /// Takes in an article whose story is known: what was decided before a restart, or by people.
    pub fn remember(&mut self, arrival: &Arrival, story: StoryId, original: Option<ArticleId>) {
        self.remember_impression(&Place::from(arrival), Impression::of(arrival), story, original);
    }

    /// The same for an article of which the impression was made before.
    pub fn remember_impression(
        &mut self,
        place: &Place,
        impression: Impression,
        story: StoryId,
        original: Option<ArticleId>,
    ) {
        let at = place.at.as_second();
        self.advance(at);
        self.learn(&impression.features, at);
        let Impression { features, sketch, credited } = impression;
        let slot = self.by_id.get(&story.0).copied().unwrap_or_else(|| self.open_as(story));
        let article = Comparable::new(features, &self.background);
        self.keep(slot, place, original, article);
        self.copies.add(place, sketch, credited, story, original);
    }

    /// Forgets a story: it was closed or deleted, and no article joins it any more.
    pub fn forget(&mut self, story: StoryId) {
        if let Some(slot) = self.by_id.get(&story.0).copied() {
            self.close(slot);
            self.headlines.retain(|_, (of, _)| *of != slot);
        }
    }

    /// The stories that an article can join now.
    pub fn open_stories(&self) -> usize {
        self.by_id.len()
    }

    /// The article's story, if a recent article of an open one had the very same headline.
    fn same_headline(&self, features: &Features, at: i64) -> Option<u32> {
        let (slot, then) = *self.headlines.get(&features.headline).filter(|_| features.titled)?;
        ((at - then).abs() <= SAME_HEADLINE_SECONDS).then_some(slot)
    }

    /// Counts the article's words, unless it is a headline that was counted an hour ago: agency headlines in
    /// thirty outlets would make their rare words look common.
    fn learn(&mut self, features: &Features, at: i64) {
        if self.same_headline(features, at).is_none() {
            self.background.add(features);
        }
    }

    fn open(&mut self) -> u32 {
        let id = StoryId(self.next);
        self.open_as(id)
    }

    fn open_as(&mut self, id: StoryId) -> u32 {
        self.next = self.next.max(id.0 + 1);
        let story = Story::new(id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).expect("open stories are bounded by STORIES_OPEN")
        });
        self.slots[slot as usize] = Some(story);
        self.by_id.insert(id.0, slot);
        slot
    }

    fn keep(
        &mut self,
        slot: u32,
        place: &Place,
        original: Option<ArticleId>,
        article: Comparable,
    ) -> StoryId {
        let Comparable { features, weighed, telling } = article;
        let at = place.at.as_second();
        if features.titled {
            self.headlines.insert(features.headline, (slot, at));
        }
        let story = self.slots[slot as usize].as_mut().expect("slots in use hold a story");
        self.index.list(slot, &mut story.listed, &telling);
        story.last = story.last.max(at);
        story.changed = true;
        let bare = |member: &Kept| member.features.headline == features.headline && !member.features.has_text;
        if !features.has_text
            && let Some(same) = story.members.iter_mut().find(|member| bare(member))
        {
            same.at = same.at.max(at);
            same.articles.push(place.article);
            return story.id;
        }
        story.means(story.members.len(), [features.meaning.as_ref(), features.told()]);
        let (features, weighed) = features.trimmed(&weighed);
        story.admit(Kept::new(place.article, original, features, at, &weighed, &self.background));
        story.id
    }

    /// Moves time on; closes what has been quiet for too long.
    fn advance(&mut self, at: i64) {
        self.now = self.now.max(at);
        let due = self.now.saturating_sub(self.swept) >= SWEEP_SECONDS;
        if due || self.by_id.len() > STORIES_OPEN {
            self.swept = self.now;
            self.sweep();
        }
    }

    fn sweep(&mut self) {
        let mut open: Vec<(i64, u32)> = (0_u32..)
            .zip(&self.slots)
            .filter_map(|(slot, story)| Some((story.as_ref()?.last, slot)))
            .collect();
        open.sort_unstable();
        // A tenth less than the most, so that a flood does not sweep at every article.
        let crowded = if open.len() > STORIES_OPEN { open.len() - STORIES_OPEN / 10 * 9 } else { 0 };
        let idle = open.partition_point(|(last, _)| self.now - last > OPEN_FOR_SECONDS);
        for (_, slot) in open.into_iter().take(idle.max(crowded)) {
            self.close(slot);
        }
        let (now, slots) = (self.now, &self.slots);
        self.headlines
            .retain(|_, (slot, at)| now - *at <= SAME_HEADLINE_SECONDS && slots[*slot as usize].is_some());
        self.copies.forget_before(self.now);
    }

    /// Closes a story. Its headlines are left to the caller, who may be closing many.
    fn close(&mut self, slot: u32) {
        let Some(story) = self.slots[slot as usize].take() else { return };
        self.index.unlist(slot, &story.listed);
        self.by_id.remove(&story.id.0);
        self.free.push(slot);
    }

    fn nearest(&mut self, query: &Query, telling: &Telling) -> Nearest {
        let mut candidates = self.index.candidates(telling, &self.slots);
        for slot in meant(&self.slots, query.features) {
            if !candidates.contains(&slot) {
                candidates.push(slot);
            }
        }
        let Self { slots, background, weights, trees, corrections, .. } = self;
        link::nearest(query, &candidates, slots, background, weights, trees, corrections)
    }
}

/// An article with what it is found and compared by.
struct Comparable {
    features: Features,
    weighed: Weighed,
    telling: Telling,
}

impl Comparable {
    fn new(features: Features, background: &Background) -> Self {
        let weighed = Weighed::new(&features, background);
        let telling = Telling::of(&features, &weighed);
        Self { features, weighed, telling }
    }
}

impl Story {
    /// A story without members.
    fn new(id: StoryId) -> Self {
        Self {
            id,
            members: VecDeque::new(),
            last: i64::MIN,
            listed: Listed::default(),
            meaning: None,
            told: None,
            changed: true,
        }
    }

    /// The times of its first member and of its last. A bare headline that came again keeps its place and has the later time.
    pub(crate) fn ends(&self) -> Option<(i64, i64)> {
        let times = || self.members.iter().map(|member| member.at);
        times().min().zip(times().max())
    }

    /// Takes in one more member; the one that came first goes where they are too many.
    fn admit(&mut self, member: Kept) {
        if self.members.len() == self.members.capacity() {
            // Most stories stay with the one article: no room ahead for three more.
            self.members.reserve_exact(1 + self.members.len() / 4);
        }
        self.members.push_back(member);
        if self.members.len() > MEMBERS_KEPT {
            self.members.pop_front();
        }
    }

    /// Members spread evenly over the story's time.
    pub(crate) fn sample(&self) -> impl Iterator<Item = &Kept> {
        let step = self.members.len().div_ceil(SAMPLE).max(1);
        self.members.iter().step_by(step)
    }

    /// Takes the meanings of one more into the means of so many members.
    fn means(&mut self, count: usize, more: [Option<&Meaning>; 2]) {
        for (mean, more) in [&mut self.meaning, &mut self.told].into_iter().zip(more) {
            let Some(more) = more else { continue };
            *mean = match mean {
                Some(mean) => mean.with(count, more),
                None => Some(more.clone()),
            };
        }
    }
}

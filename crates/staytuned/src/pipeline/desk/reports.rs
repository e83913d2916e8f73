//! Who reported on which open story, and when: what a story's weight and phase are made of. Small rows for every
//! article of the last days, and running sums, so that an article costs the same in a story of three thousand as in
//! one of three; texts are elsewhere.

use super::Family;
use jiff::SignedDuration;
use news::{ArticleId, Phase, StoryId, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use story::{Importance, Report, Tally, Usual};

/// A story without a report for so long is let go of; it is closed long before.
const KEPT_DAYS: i64 = 8;

/// One article's line.
#[derive(Clone, Copy, Debug)]
struct Line {
    article: ArticleId,
    at: Timestamp,
    family: FamilyNumber,
    copy: bool,
}

impl Line {
    fn report<'a>(&self, families: &'a Families) -> Report<'a> {
        Report { at: self.at, family: families.name(self.family), copy: self.copy }
    }
}

/// Where an article is, and whose.
#[derive(Clone, Copy, Debug)]
struct Place {
    story: StoryId,
    /// The article that it repeats; 0, which is no article, where it repeats none.
    copy_of: ArticleId,
    family: FamilyNumber,
}

/// Families by number: lines are many, and names are long.
#[derive(Default)]
struct Families {
    names: Vec<Family>,
    numbers: HashMap<Family, FamilyNumber>,
}

type FamilyNumber = u32;

impl Families {
    fn number(&mut self, family: &Family) -> FamilyNumber {
        if let Some(number) = self.numbers.get(family) {
            return *number;
        }
        let number = FamilyNumber::try_from(self.names.len()).unwrap_or(FamilyNumber::MAX);
        self.names.push(Arc::clone(family));
        self.numbers.insert(Arc::clone(family), number);
        number
    }

    fn of(&self, number: FamilyNumber) -> Option<&Family> {
        self.names.get(number as usize)
    }

    fn name(&self, number: FamilyNumber) -> &str {
        self.of(number).map_or("", |family| family)
    }
}

#[derive(Default)]
struct Story {
    /// By time, of one moment by article.
    lines: Vec<Line>,
    tally: Tally,
    phase: Option<Phase>,
}

/// See the module.
#[derive(Default)]
pub(super) struct Reports {
    stories: HashMap<StoryId, Story>,
    places: HashMap<ArticleId, Place>,
    families: Families,
    usual: Usual,
}

impl Reports {
    pub(super) fn add(
        &mut self,
        story: StoryId,
        article: ArticleId,
        at: Timestamp,
        family: &Family,
        copy_of: Option<ArticleId>,
    ) {
        let family = self.families.number(family);
        let line = Line { article, at, family, copy: copy_of.is_some() };
        let kept = self.stories.entry(story).or_default();
        kept.tally.hear(&line.report(&self.families), &mut self.usual);
        kept.place(line);
        self.places.insert(article, Place { story, family, copy_of: copy_of.unwrap_or(ArticleId(0)) });
    }

    pub(super) fn story_of(&self, article: ArticleId) -> Option<StoryId> {
        self.places.get(&article).map(|place| place.story)
    }

    /// The family that an article counts to.
    pub(super) fn family_of(&self, article: ArticleId) -> Option<&Family> {
        self.places.get(&article).and_then(|place| self.families.of(place.family))
    }

    pub(super) fn copy_of(&self, article: ArticleId) -> Option<ArticleId> {
        self.places.get(&article).map(|place| place.copy_of).filter(|original| *original != ArticleId(0))
    }

    pub(super) fn merge(&mut self, from: StoryId, into: StoryId) {
        let Some(moved) = self.stories.remove(&from) else { return };
        for line in &moved.lines {
            if let Some(place) = self.places.get_mut(&line.article) {
                place.story = into;
            }
        }
        let kept = self.stories.entry(into).or_default();
        moved.lines.into_iter().for_each(|line| kept.add(line, &self.families));
    }

    /// Articles that went from one story to another.
    pub(super) fn shift(&mut self, articles: &[ArticleId], from: StoryId, into: StoryId) {
        let Some(left) = self.stories.remove(&from) else { return };
        for line in left.lines {
            let story = if articles.contains(&line.article) { into } else { from };
            if let Some(place) = self.places.get_mut(&line.article) {
                place.story = story;
            }
            self.stories.entry(story).or_default().add(line, &self.families);
        }
        if let Some(story) = self.stories.get_mut(&from) {
            story.phase = left.phase;
        }
    }

    /// The first and the newest articles of a story that are no copies, by time.
    pub(super) fn articles(&self, story: StoryId, first: usize, newest: usize) -> Vec<ArticleId> {
        let lines = self.stories.get(&story).map(|story| story.lines.as_slice()).unwrap_or_default();
        let own = || lines.iter().filter(|line| !line.copy).map(|line| line.article);
        let mut chosen: Vec<ArticleId> = own().take(first).collect();
        let late: Vec<ArticleId> = own().rev().take(newest).filter(|id| !chosen.contains(id)).collect();
        chosen.extend(late.into_iter().rev());
        chosen
    }

    /// Whether a story was told on more than one day.
    pub(super) fn goes_on(&self, story: StoryId) -> bool {
        let lines = self.stories.get(&story).map(|story| story.lines.as_slice()).unwrap_or_default();
        let day = |line: &Line| line.at.as_second().div_euclid(86_400);
        lines.first().map(day) != lines.last().map(day)
    }

    /// Takes back the phase that was said of a story before a restart, if it is remembered.
    pub(super) fn recall(&mut self, story: StoryId, phase: Phase) {
        if let Some(story) = self.stories.get_mut(&story) {
            story.phase = Some(phase);
        }
    }

    /// A story's weight now; its phase is remembered so that the next one does not flicker.
    pub(super) fn weigh(&mut self, story: StoryId, now: Timestamp) -> Importance {
        let kept = self.stories.entry(story).or_default();
        let weight = kept.tally.weigh(now, kept.phase, &self.usual);
        kept.phase = Some(weight.phase);
        weight
    }

    /// The stories whose phase is another one by now. Stories long without a report leave memory.
    pub(super) fn aged(&mut self, now: Timestamp) -> Vec<(StoryId, Importance)> {
        let mut ids: Vec<StoryId> = self.stories.keys().copied().collect();
        ids.sort_unstable();
        let mut aged = Vec::new();
        for id in ids {
            let before = self.stories.get(&id).and_then(|story| story.phase);
            let weight = self.weigh(id, now);
            if before != Some(weight.phase) {
                aged.push((id, weight));
            }
        }
        self.let_go(now);
        aged
    }

    fn let_go(&mut self, now: Timestamp) {
        let long = SignedDuration::from_hours(24 * KEPT_DAYS);
        let lately = |line: &Line| now.duration_since(line.at) < long;
        self.stories.retain(|_, story| story.lines.last().is_some_and(lately));
        let stories = &self.stories;
        self.places.retain(|_, place| stories.contains_key(&place.story));
    }
}

impl Story {
    /// Takes in a line of another story.
    fn add(&mut self, line: Line, families: &Families) {
        self.tally.add(&line.report(families));
        self.place(line);
    }

    /// Puts a line in its place: nearly always the last.
    fn place(&mut self, line: Line) {
        let place = self.lines.partition_point(|kept| (kept.at, kept.article) <= (line.at, line.article));
        if self.lines.len() == self.lines.capacity() {
            // Most stories stay with few articles: no room ahead for as many again.
            self.lines.reserve_exact(1 + self.lines.len() / 4);
        }
        self.lines.insert(place, line);
    }
}

//! Which stories a story's articles nearly joined: what a page calls related. Kept with the story whenever it is described, and
//! taken back from there at a start.

use news::StoryId;
use std::collections::BTreeMap;

/// Stories of which this is known, the newest ones.
pub(super) const STORIES: usize = 4_096;
/// Stories beside one.
const BESIDE: usize = 5;

/// Stories by what stands beside them, the nearest of the newest article first.
#[derive(Debug, Default)]
pub(super) struct Beside(BTreeMap<StoryId, Vec<StoryId>>);

impl Beside {
    /// What was known of the newest stories.
    pub(super) fn of_before(known: Vec<(StoryId, Vec<StoryId>)>) -> Self {
        Self(known.into_iter().collect())
    }

    /// An article of a story was near to these others too, the nearest first.
    pub(super) fn add(&mut self, story: StoryId, near: &[StoryId]) {
        for other in near.iter().rev().filter(|other| **other != story) {
            self.put(story, *other);
            self.put(*other, story);
        }
        while self.0.len() > STORIES {
            self.0.pop_first();
        }
    }

    /// What stands beside a story.
    pub(super) fn of(&self, story: StoryId) -> Vec<StoryId> {
        self.0.get(&story).cloned().unwrap_or_default()
    }

    fn put(&mut self, story: StoryId, other: StoryId) {
        let beside = self.0.entry(story).or_default();
        beside.retain(|known| *known != other);
        beside.insert(0, other);
        beside.truncate(BESIDE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_come_first_and_few_are_kept() {
        let mut beside = Beside::default();
        beside.add(StoryId(1), &[StoryId(2), StoryId(3)]);
        beside.add(StoryId(1), &[StoryId(3), StoryId(1)]);
        assert_eq!(beside.of(StoryId(1)), [StoryId(3), StoryId(2)]);
        assert_eq!(beside.of(StoryId(2)), [StoryId(1)], "either way");
        (4..20).for_each(|other| beside.add(StoryId(1), &[StoryId(other)]));
        assert_eq!(beside.of(StoryId(1)).len(), BESIDE);
        assert!(beside.of(StoryId(99)).is_empty());
    }
}

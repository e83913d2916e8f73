//! What is usual in this house: at which hours of the day reports come, and whose reports others take up. In: every
//! report, once, in the order of arrival. Out: two factors around one, for [`super::Tally::weigh`].
//!
//! An outlet's standing grows with the stories in which another family reports after it, and falls with those that stay
//! its own: who only repeats what stands elsewhere earns nothing, and who floods the house with what nobody else
//! has sinks. Never: looks at a name, a size or a list.

use crate::hash::{self, Map};
use news::Timestamp;

/// Stories that a family is thought to have had before its first one here, half of them taken up.
const BEFORE: f64 = 8.0;
/// Stories after which a family's record is halved, so that it can change.
const RECORD: u32 = 400;
/// The least and the most that a family weighs beside one without a record.
const STANDING: (f64, f64) = (0.6, 1.4);
/// Reports that every hour is thought to have had, so that a house of a few days says little; reports after which all
/// are halved; and the bounds of an hour's factor.
const HOUR_BEFORE: f64 = 20.0;
const HOURS: u32 = 100_000;
const BUSY: (f64, f64) = (0.5, 2.0);

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Usual {
    hours: [u32; 24],
    families: Map<u64, Record>,
}

/// A family's stories, and those in which another family reported after it.
#[derive(Clone, Copy, Debug, Default)]
struct Record {
    stories: u32,
    taken_up: u32,
}

impl Usual {
    /// A family's own report came.
    pub(crate) fn reported(&mut self, at: Timestamp) {
        let hour = hour(at.as_second());
        if let Some(count) = self.hours.get_mut(hour) {
            *count += 1;
        }
        if self.hours.iter().sum::<u32>() >= HOURS {
            self.hours.iter_mut().for_each(|count| *count /= 2);
        }
    }

    /// A family has a story.
    pub(crate) fn opened(&mut self, family: u64) {
        let record = self.record(family);
        record.stories += 1;
        if record.stories >= RECORD {
            record.stories /= 2;
            record.taken_up /= 2;
        }
    }

    /// Another family has a story that it had before; counted once a story.
    pub(crate) fn taken_up(&mut self, family: u64) {
        self.record(family).taken_up += 1;
    }

    fn record(&mut self, family: u64) -> &mut Record {
        self.families.entry(family).or_default()
    }

    /// What a family's report weighs beside that of one without a record.
    pub fn standing(&self, family: &str) -> f64 {
        self.standing_of(key(family))
    }

    pub(crate) fn standing_of(&self, family: u64) -> f64 {
        let record = self.families.get(&family).copied().unwrap_or_default();
        let share = (f64::from(record.taken_up) + BEFORE / 2.0) / (f64::from(record.stories) + BEFORE);
        (0.5 + share).clamp(STANDING.0, STANDING.1)
    }

    /// How many reports come at this hour of the day, as a multiple of the mean hour.
    pub fn busy(&self, at: Timestamp) -> f64 {
        let all = f64::from(self.hours.iter().sum::<u32>()) / 24.0 + HOUR_BEFORE;
        let here = self.hours.get(hour(at.as_second())).copied().unwrap_or_default();
        ((f64::from(here) + HOUR_BEFORE) / all).clamp(BUSY.0, BUSY.1)
    }
}

/// The key of a family: its name would be kept with every story that it reports.
pub(crate) fn key(family: &str) -> u64 {
    hash::bytes(8, family.as_bytes())
}

/// The hour of the day, 0 to 23.
fn hour(second: i64) -> usize {
    usize::try_from(second.div_euclid(3_600).rem_euclid(24)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Usual, key};
    use news::Timestamp;

    #[test]
    fn standing_is_earned_by_what_others_take_up() {
        let mut usual = Usual::default();
        for story in 0..40 {
            usual.opened(key("agency"));
            usual.opened(key("farm"));
            if story % 4 > 0 {
                usual.taken_up(key("agency"));
            }
        }
        let [agency, farm, unknown] = ["agency", "farm", "unknown"].map(|family| usual.standing(family));
        assert!((unknown - 1.0).abs() < 1e-9);
        assert!(agency > 1.15 && farm < 0.65, "{agency} {farm}");
    }

    #[test]
    fn an_hour_is_busy_beside_the_others() {
        let at = |hour: i64| Timestamp::from_second(1_790_000_000 - 1_790_000_000 % 86_400 + hour * 3_600);
        let [night, noon] = [3, 12].map(|hour| at(hour).expect("a time in range"));
        let mut usual = Usual::default();
        assert!((usual.busy(noon) - 1.0).abs() < 1e-9, "nothing is known yet");
        (0..2_400).for_each(|_| usual.reported(noon));
        (0..10).for_each(|_| usual.reported(night));
        assert!((usual.busy(noon) - 2.0).abs() < 1e-9 && (usual.busy(night) - 0.5).abs() < 1e-9);
    }
}

//! Whether the chance that an article belongs to its likeliest story is one: of all decisions that were given some chance,
//! the share in which people say it belongs there.

use super::{HELD, Stream, arrival, development, held_weeks, reader, recorded};
use anyhow::Result;
use news::StoryId;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use story::{Impression, Place, Stories, Weights};

/// The streams that are looked at: those of different kinds, each once.
const STREAMS: &[&str] = &["og2021_eng_dev", "og2021_dev", "basil", "pooled"];
/// Where one group of chances ends and the next begins.
const BOUNDS: [f32; 6] = [0.1, 0.3, 0.5, 0.7, 0.9, 1.0];

/// Decisions that were given about the same chance.
#[derive(Clone, Copy, Default)]
struct Group {
    decisions: usize,
    chances: f64,
    right: usize,
}

impl Group {
    fn add(&mut self, chance: f32, right: bool) {
        self.decisions += 1;
        self.chances += f64::from(chance);
        self.right += usize::from(right);
    }

    /// By how much the mean chance is off, times the decisions.
    fn off(self) -> f64 {
        (self.chances - self.right as f64).abs()
    }

    fn shares(self) -> (f64, f64) {
        let count = self.decisions.max(1) as f64;
        (self.chances / count, self.right as f64 / count)
    }
}

/// Prints, for each stream and group of chances, the mean chance, the share that was right, and how many; and the expected
/// calibration error (Naeini et al. 2015), the mean of what they are off by.
pub(crate) fn run(data: &Path) -> Result<String> {
    let reader = reader()?;
    let mut streams = development(data, |name| STREAMS.contains(&name))?;
    streams.extend(recorded(data, &[HELD], &reader)?);
    streams.extend(held_weeks(&reader)?);
    let mut table = String::from(
        "| set | to .1 | .1 to .3 | .3 to .5 | .5 to .7 | .7 to .9 | from .9 on | error |\n|---|---|---|---|---|---|---|---|\n",
    );
    for stream in &streams {
        let groups = groups(stream);
        write!(table, "| {} |", stream.name)?;
        for group in groups {
            let (said, right) = group.shares();
            write!(table, " {said:.2} {right:.2} ({}) |", group.decisions)?;
        }
        let count: usize = groups.iter().map(|group| group.decisions).sum();
        let off: f64 = groups.iter().map(|group| group.off()).sum();
        writeln!(table, " {:.3} |", off / count.max(1) as f64)?;
    }
    Ok(table)
}

/// The decisions of one stream, right where more than half of the story's articles are of the article's own. A copy or the same
/// headline is no decision.
fn groups(stream: &Stream) -> [Group; BOUNDS.len()] {
    let mut stories = Stories::with_weights(StoryId(1), Weights::FITTED).knowing(language::common_words);
    let mut members: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut groups = [Group::default(); BOUNDS.len()];
    for item in &stream.items {
        let arrival = arrival(item);
        let (decision, cases) = stories.assign_seen(&Place::from(&arrival), Impression::of(&arrival));
        if let (Some((story, chance)), false) = (decision.likeliest, cases.is_empty()) {
            let there = members.get(&story.0).map(Vec::as_slice).unwrap_or_default();
            let same = there.iter().filter(|gold| **gold == item.gold).count();
            let at = BOUNDS.iter().position(|bound| chance < *bound).unwrap_or(BOUNDS.len() - 1);
            groups[at].add(chance, same * 2 > there.len());
        }
        members.entry(decision.story.0).or_default().push(item.gold);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::Group;

    #[test]
    fn what_is_said_and_what_is_right() {
        let mut group = Group::default();
        for (chance, right) in [(0.6, true), (0.7, false), (0.5, true)] {
            group.add(chance, right);
        }
        let (said, right) = group.shares();
        assert!((said - 0.6).abs() < 1e-6 && (right - 2.0 / 3.0).abs() < 1e-9);
        assert!((group.off() - 0.2).abs() < 1e-6);
        assert_eq!(Group::default().shares(), (0.0, 0.0));
    }
}

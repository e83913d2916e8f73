//! What all members of a story say together, by which two stories are compared on the whole.

use crate::features::{Background, Field};
use crate::sparse::damped;
use crate::stories::Story;

/// One field of all members added up: ascending by key.
pub(super) struct Profile {
    sums: Vec<Said>,
    /// Length of the vector, and the sum of its numbers.
    norm: f32,
    all: f32,
}

/// A term, how telling it is, and what it adds up to by that.
#[derive(Clone, Copy)]
struct Said {
    key: u32,
    telling: f32,
    sum: f32,
}

impl Profile {
    pub(super) fn of(story: &Story, field: Field, background: &Background) -> Self {
        let mut said: Vec<Said> = Vec::new();
        for member in &story.members {
            let counts = background.of(field, member.features.language);
            said.extend(member.features.field(field).iter().map(|term| {
                let telling = counts.weight(term.key);
                Said { key: term.key, telling, sum: telling * damped(term.count) }
            }));
        }
        said.sort_by_key(|said| said.key);
        let added = |run: &[Said]| Said { sum: run.iter().map(|said| said.sum).sum(), ..run[0] };
        let sums: Vec<Said> = said.chunk_by(|a, b| a.key == b.key).map(added).collect();
        let norm = sums.iter().map(|said| said.sum * said.sum).sum::<f32>().sqrt();
        let all = sums.iter().map(|said| said.sum).sum();
        Self { sums, norm, all }
    }

    pub(super) fn cosine(&self, other: &Self) -> f32 {
        let products = self.both(other).map(|(mine, theirs)| mine.sum * theirs.sum);
        products.sum::<f32>() / (self.norm * other.norm).max(f32::MIN_POSITIVE)
    }

    /// Which share of what is said here the other says too.
    pub(super) fn held_by(&self, other: &Self) -> f32 {
        self.both(other).map(|(mine, _)| mine.sum).sum::<f32>() / self.all.max(f32::MIN_POSITIVE)
    }

    /// How telling the most telling term is that both have.
    pub(super) fn rarest_of_both(&self, other: &Self) -> f32 {
        self.both(other).map(|(mine, _)| mine.telling).fold(0.0, f32::max)
    }

    /// Which share of all that is said here the greatest term is that the other lacks.
    pub(super) fn greatest_without(&self, other: &Self) -> f32 {
        let lacking = self.sums.iter().filter(|said| other.get(said.key).is_none());
        lacking.map(|said| said.sum).fold(0.0, f32::max) / self.all.max(f32::MIN_POSITIVE)
    }

    fn both<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a Said, &'a Said)> {
        self.sums.iter().filter_map(|said| Some((said, other.get(said.key)?)))
    }

    fn get(&self, key: u32) -> Option<&Said> {
        self.sums.binary_search_by_key(&key, |said| said.key).ok().map(|place| &self.sums[place])
    }
}

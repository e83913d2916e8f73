//! What a story's names and numbers add up to, by which stories told in two languages are compared.

use super::Story;
use crate::features::{Background, Field};
use crate::hash::Map;
use crate::sparse::damped;
use news::Language;

pub(super) struct Profile {
    sums: Map<u32, f32>,
    norm: f32,
}

impl Profile {
    pub(super) fn of(story: &Story, background: &Background) -> Self {
        let mut sums: Map<u32, f32> = Map::default();
        for member in &story.members {
            for term in member.features.field(Field::Cross).iter() {
                *sums.entry(term.key).or_default() += damped(term.count);
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

    pub(super) fn cosine(&self, other: &Self) -> f32 {
        let mut common: Vec<(u32, f32)> =
            self.sums.iter().filter_map(|(key, sum)| Some((*key, sum * other.sums.get(key)?))).collect();
        common.sort_unstable_by_key(|(key, _)| *key);
        common.iter().map(|(_, product)| product).sum::<f32>()
            / (self.norm * other.norm).max(f32::MIN_POSITIVE)
    }
}

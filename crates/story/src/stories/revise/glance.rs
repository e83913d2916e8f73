//! A first glance at two stories of texts: at most how much can speak for their being one. Most stories that share a
//! few words turn out to be strangers, and a glance says so at a tenth of the price of comparing member with member.
//!
//! The mean over all pairs of two groups is one product of the groups' mean vectors (cosines are linear in either);
//! the means of the best members are bounded by it because no cosine is negative. What only lowers affinity (time
//! between articles, strangers' names, contradictions) is left out.

use super::SAMPLE;
use crate::affinity::{Kept, Query};
use crate::features::{Background, Field, Weighed};
use crate::sparse::Probe;
use crate::stories::Story;
use crate::stories::link::BEST;
use crate::weights::Weights;
use news::Language;

/// Lengths of vectors were taken when so many articles fewer were known; and numbers are rounded.
const MARGIN: f32 = 0.02;

/// One story, ready to be glanced at beside others.
pub(super) struct Glance<'a> {
    story: &'a Story,
    language: Language,
    weights: &'a Weights,
    /// Mean vectors of its sample and of all its members.
    sample: Vec<Mean>,
    whole: Option<Vec<Mean>>,
}

/// The mean of some vectors, and what its cosine weighs.
struct Mean {
    field: Field,
    weight: f32,
    probe: Probe,
}

impl<'a> Glance<'a> {
    /// None for a story that is not all texts in one language.
    pub(super) fn of(story: &'a Story, background: &Background, weights: &'a Weights) -> Option<Self> {
        let language = story.members.front()?.features.language;
        if !is_of_texts(story, language) {
            return None;
        }
        let sample = means(story.sample(), background, weights);
        let long = story.members.len() > SAMPLE;
        let whole = long.then(|| means(story.members.iter(), background, weights));
        Some(Self { story, language, weights, sample, whole })
    }

    /// Whether the other story is surely another one.
    pub(super) fn is_apart(&self, other: &Story) -> bool {
        is_of_texts(other, self.language) && self.most(other) + MARGIN <= self.weights.merge_same
    }

    /// The mean link of the smaller story's sample with the larger story is not higher than this.
    fn most(&self, other: &Story) -> f32 {
        let (own, theirs) = (self.story.members.len(), other.members.len());
        let w = self.weights;
        let (cosine, size) = if own <= theirs {
            (mean_cosine(&self.sample, other.members.iter()), theirs)
        } else {
            (mean_cosine(self.whole.as_ref().unwrap_or(&self.sample), other.sample()), own)
        };
        let meaning = w.text_meaning.max(0.0) * (1.0 - w.text_meaning_line);
        let line = w.text_join.min(w.contradiction) - meaning;
        let (size, best) = (size as f32, size.min(BEST) as f32);
        let of_best = if w.text_best > 0.0 { w.text_best * (cosine * size - line) } else { -w.text_best };
        w.text_mean * (cosine - line)
            + (1.0 - w.text_mean - w.text_best) * (cosine * size / best - line)
            + of_best
    }
}

fn is_of_texts(story: &Story, language: Language) -> bool {
    story.members.iter().all(|member| member.features.has_text && member.features.language == language)
}

fn means<'a>(members: impl Iterator<Item = &'a Kept>, background: &Background, w: &Weights) -> Vec<Mean> {
    let weighed: Vec<(&Kept, Weighed)> =
        members.map(|member| (member, Weighed::new(&member.features, background))).collect();
    let queries: Vec<Query> =
        weighed.iter().map(|(member, weighed)| Query::new(&member.features, member.at, weighed)).collect();
    let fields = [
        (Field::Body, w.text_body),
        (Field::Lead, w.text_lead),
        (Field::Grams, w.text_grams),
        (Field::Names, w.text_names),
    ];
    fields
        .into_iter()
        .map(|(field, weight)| {
            let probe = Probe::mean(queries.iter().map(|query| query.probe(field)));
            Mean { field, weight: weight.max(0.0), probe }
        })
        .collect()
}

/// Mean over members of the weighted cosines.
fn mean_cosine<'a>(means: &[Mean], members: impl Iterator<Item = &'a Kept>) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for member in members {
        count += 1.0;
        sum += means.iter().map(|mean| mean.weight * member.cosine(mean.field, &mean.probe)).sum::<f32>();
    }
    sum / count.max(1.0)
}

//! Two stories of texts in one language: whether they are one, without comparing every member with every other.
//!
//! The mean over all pairs of two groups is one product of the groups' mean vectors (cosines are linear in either), and
//! the means of the best members are bounded by it because no cosine is negative. That bound leaves out what only lowers
//! affinity (time between articles, strangers' names, contradictions); each member that is then compared takes its
//! share of that off the bound, until it is clear that the stories are two, or all are compared.

use crate::affinity::{Kept, Query};
use crate::features::{Background, Field, Weighed};
use crate::sparse::Probe;
use crate::stories::link::{BEST, linked_either};
use crate::stories::{SAMPLE, Story};
use crate::weights::Weights;
use news::Language;

/// Lengths of vectors were taken when so many articles fewer were known; and numbers are rounded.
const MARGIN: f32 = 0.02;

/// One story, ready to be set beside others.
pub(super) struct Glance<'a> {
    story: &'a Story,
    language: Language,
    background: &'a Background,
    weights: &'a Weights,
    queries: Vec<Query<'a>>,
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
    pub(super) fn of(story: &'a Story, background: &'a Background, weights: &'a Weights) -> Option<Self> {
        let language = story.members.front()?.features.language;
        if !is_of_texts(story, language) {
            return None;
        }
        let queries = queries(story.sample(), background);
        let sample = means(&queries, weights);
        let long = story.members.len() > SAMPLE;
        let whole = long.then(|| means(&self::queries(story.members.iter(), background), weights));
        Some(Self { story, language, background, weights, queries, sample, whole })
    }

    /// Whether the other story can be looked at in this way.
    pub(super) fn fits(&self, other: &Story) -> bool {
        is_of_texts(other, self.language)
    }

    /// How much speaks for both being one, as [`super::mean_link`] says; none as soon as it is clear that it is
    /// not more than `least`.
    pub(super) fn affinity(&self, other: &Story, least: f32) -> Option<f32> {
        let own = self.story.members.len() <= other.members.len();
        let (large, cosine) = if own {
            (other, mean_cosine(&self.sample, other.members.iter()))
        } else {
            let whole = self.whole.as_ref().unwrap_or(&self.sample);
            (self.story, mean_cosine(whole, other.sample()))
        };
        let count = if own { self.queries.len() } else { other.sample().count() };
        let mut bound =
            Bound { least, sum: 0.0, most: self.most(cosine, large.members.len()) * count as f32 };
        if bound.is_under(count) {
            return None;
        }
        if own {
            for query in &self.queries {
                self.compare(query, large, &mut bound);
                if bound.is_under(count) {
                    return None;
                }
            }
        } else {
            for member in other.sample() {
                let weighed = Weighed::new(&member.features, self.background);
                self.compare(&Query::new(&member.features, member.at, &weighed), large, &mut bound);
                if bound.is_under(count) {
                    return None;
                }
            }
        }
        Some(bound.sum / count as f32)
    }

    /// Links one member of the smaller story with the larger one.
    fn compare(&self, query: &Query, large: &Story, bound: &mut Bound) {
        let w = self.weights;
        let mut cosines = 0.0;
        let mut affinities: Vec<f32> = Vec::with_capacity(large.members.len());
        for member in &large.members {
            let evidence = query.evidence(member);
            cosines += evidence.of_texts(w);
            affinities.push(evidence.affinity(w));
        }
        let size = affinities.len();
        let link = linked_either(&mut affinities, &mut [], true, w);
        bound.sum += link;
        bound.most -= self.most(cosines / size as f32, size) - link;
    }

    /// A link is at most this when the mean cosine with the members of the larger story is `cosine`.
    fn most(&self, cosine: f32, size: usize) -> f32 {
        let w = self.weights;
        let meaning = w.text_meaning.max(0.0) * (1.0 - w.text_meaning_line);
        let line = w.text_join.min(w.contradiction) - meaning;
        let (size, best) = (size as f32, size.min(BEST) as f32);
        let of_best = if w.text_best > 0.0 { w.text_best * (cosine * size - line) } else { -w.text_best };
        w.text_mean * (cosine - line)
            + (1.0 - w.text_mean - w.text_best) * (cosine * size / best - line)
            + of_best
    }
}

/// What the links of the smaller story's members add up to, and what they can add up to at most.
struct Bound {
    least: f32,
    sum: f32,
    most: f32,
}

impl Bound {
    fn is_under(&self, count: usize) -> bool {
        self.most / count as f32 + MARGIN <= self.least
    }
}

fn is_of_texts(story: &Story, language: Language) -> bool {
    story.members.iter().all(|member| member.features.has_text && member.features.language == language)
}

fn queries<'a>(members: impl Iterator<Item = &'a Kept>, background: &Background) -> Vec<Query<'a>> {
    let query = |member: &'a Kept| {
        let weighed = Weighed::new(&member.features, background);
        Query::new(&member.features, member.at, &weighed)
    };
    members.map(query).collect()
}

fn means(queries: &[Query], w: &Weights) -> Vec<Mean> {
    // Words of names can count more than others.
    let named = w.text_named.max(1.0);
    let fields = [
        (Field::Body, w.text_body * named),
        (Field::Lead, w.text_lead * named),
        (Field::Grams, w.text_grams * named),
        (Field::Names, w.text_names),
        (Field::Marks, w.text_marks),
    ];
    let mean = |(field, weight): (Field, f32)| {
        let probe = Probe::mean(queries.iter().map(|query| query.probe(field)));
        Mean { field, weight: weight.max(0.0), probe }
    };
    fields.into_iter().map(mean).collect()
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

//! Two stories of texts in one language: whether they are one, without comparing every member with every other.
//!
//! The mean over all pairs of two groups is one product of the groups' mean vectors (cosines are linear in either), and
//! the means of the best members are bounded by it because no cosine is negative. That bound leaves out what only lowers
//! affinity (time between articles, contradictions), and counts all that can raise it whatever the words; each member that is
//! then compared takes its share of that off the bound, until it is clear that the stories are two, or all are compared.

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
        let meaning = w.texts.meaning.max(0.0) * (1.0 - w.texts.meaning_line);
        let fine = w.texts.fine.max(0.0) * (1.0 - w.texts.fine_line);
        // What is taken off for signs is given where a weight is below nothing.
        let signs = [w.texts.thin, w.texts.apart, w.texts.other_deeds, w.texts.other_lands];
        let signs = signs.into_iter().chain([w.texts.elsewhere, w.texts.strangers]);
        let given: f32 = signs.map(|weight| (-weight).max(0.0)).sum();
        let line = w.texts.join.min(w.contradiction) - meaning - fine - given;
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
    let named = w.texts.named.max(1.0);
    let fields = [
        (Field::Body, w.texts.body * named),
        (Field::Lead, w.texts.lead * named),
        (Field::Grams, w.texts.grams * named),
        (Field::Names, w.texts.names),
        (Field::Marks, w.texts.marks),
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

#[cfg(test)]
mod tests {
    use super::{Glance, MARGIN};
    use crate::features::Features;
    use crate::stories::revise::{FAR, mean_link};
    use crate::{Arrival, Stories, Weights};
    use news::{ArticleId, Language, Reading, StoryId, Timestamp};
    use proptest::prelude::*;

    /// A text of words by their numbers; the first are its headline.
    fn reading(words: &[u8]) -> Reading {
        let words: Vec<String> = words.iter().map(|word| format!("word{word}")).collect();
        let title: Vec<String> = words.iter().take(4).cloned().collect();
        Reading {
            language: Language::ENGLISH,
            headline: title.join(" "),
            title: title.clone(),
            title_words: title,
            lead: words.iter().take(12).cloned().collect(),
            body: words,
            ..Reading::default()
        }
    }

    /// Stories of texts, each article put into one of five.
    fn stories(articles: &[(u8, Vec<u8>)]) -> Stories {
        let mut stories = Stories::new(StoryId(1));
        // In a newsroom that knows its words: MARGIN is for what a day teaches, not for the first ten articles.
        for number in 0..300_u32 {
            let words: Vec<u8> = (0..40).map(|word| ((number * 7 + word * word * 13) % 60) as u8).collect();
            stories.background.add(&Features::read(&reading(&words)));
        }
        for (number, (story, words)) in (1_i64..).zip(articles) {
            let reading = reading(words);
            let at = Timestamp::from_second(1_790_000_000 + number * 1_800).unwrap();
            let text = words.iter().map(|word| format!("word{word} ")).collect::<String>();
            let arrival =
                Arrival { article: ArticleId(number), at, family: "a", reading: &reading, text: &text };
            stories.remember(&arrival, StoryId(1 + i64::from(story % 5)), None);
        }
        stories
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// What a glance says of two stories is what comparing all with all says, and it gives up only where that is less.
        #[test]
        fn a_glance_says_what_comparing_says(
            articles in prop::collection::vec((0_u8..5, prop::collection::vec(0_u8..60, 30..80)), 10..40)
        ) {
            let stories = stories(&articles);
            let (background, weights) = (&stories.background, &Weights::FITTED);
            let open: Vec<_> = stories.slots.iter().flatten().collect();
            for one in &open {
                let glance = Glance::of(one, background, weights).expect("a story of texts");
                for other in open.iter().filter(|other| other.id != one.id) {
                    let whole = mean_link(one, other, background, weights);
                    match glance.affinity(other, FAR) {
                        Some(seen) => prop_assert!((seen - whole).abs() < 1e-3, "{seen} for {whole}"),
                        None => prop_assert!(whole <= FAR + MARGIN, "nothing for {whole}"),
                    }
                    // Where the line is in the middle of what there is.
                    if glance.affinity(other, 0.0).is_none() {
                        prop_assert!(whole <= MARGIN, "nothing for {whole}");
                    }
                }
            }
        }
    }
}

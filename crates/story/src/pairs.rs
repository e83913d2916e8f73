//! The decisions at arrival once more, from remembered evidence: what each article of a labelled stream has in common
//! with those before it is found once, and then weights can be tried on the stream in milliseconds. For fitting only.
//!
//! Leaves out what weights do not change: candidates are all stories, copies are not folded. Fitted weights are
//! measured with [`crate::Stories`] itself.

use crate::affinity::{Evidence, Kept, Query};
use crate::features::{Background, CommonWords, Features, Weighed};
use crate::hash::Map;
use crate::lens::Lenses;
use crate::stories::link::linked_either;
use crate::stories::{Arrival, MEMBERS_KEPT, OPEN_FOR_SECONDS, SAME_HEADLINE_SECONDS};
use crate::weights::Weights;
use news::Language;

/// Articles farther apart are not compared.
const WINDOW_SECONDS: i64 = 2 * OPEN_FOR_SECONDS;

/// A stream with the evidence between its articles.
pub struct Pairs {
    articles: Vec<Article>,
}

struct Article {
    at: i64,
    language: Language,
    has_text: bool,
    /// The last article before it with the very same headline, not long ago.
    same: Option<u32>,
    /// Evidence with earlier ones; those that have nothing in common are left out.
    evidence: Vec<(u32, Evidence)>,
}

impl Pairs {
    /// Compares the articles of a stream, in their order, each with the lenses that it is seen through.
    pub fn of<'a>(stream: impl IntoIterator<Item = (Arrival<'a>, &'a Lenses)>, common: CommonWords) -> Self {
        let mut background = Background::knowing(common);
        let mut kept: Vec<Kept> = Vec::new();
        let mut headlines: Map<u64, u32> = Map::default();
        let mut articles = Vec::new();
        let mut first = 0;
        for ((arrival, lenses), number) in stream.into_iter().zip(0_u32..) {
            let at = arrival.at.as_second();
            let features = Features::through(arrival.reading, lenses);
            let same = headlines
                .get(&features.headline)
                .copied()
                .filter(|same| features.titled && at - kept[*same as usize].at <= SAME_HEADLINE_SECONDS);
            headlines.insert(features.headline, number);
            if same.is_none() {
                background.add(&features);
            }
            while kept.get(first).is_some_and(|old| at - old.at > WINDOW_SECONDS) {
                first += 1;
            }
            let weighed = Weighed::new(&features, &background);
            let query = Query::new(&features, at, &weighed);
            let mut evidence = Vec::new();
            for (other, place) in kept.iter_mut().zip(0_u32..).skip(first) {
                other.refresh(&background);
                let found = query.evidence(other);
                if found.is_some() {
                    evidence.push((place, found));
                }
            }
            let (has_text, language) = (features.has_text, features.language);
            let (features, weighed) = features.trimmed(&weighed);
            kept.push(Kept::new(arrival.article, None, features, at, &weighed, &background));
            articles.push(Article { at, language, has_text, same, evidence });
        }
        Self { articles }
    }

    /// The story of each article; `None` for those that `taken` leaves out.
    pub fn assign(&self, w: &Weights, taken: impl Fn(usize) -> bool) -> Vec<Option<u32>> {
        let mut labels: Vec<Option<u32>> = Vec::with_capacity(self.articles.len());
        let mut stories: Vec<Open> = Vec::new();
        let mut doubles: Vec<bool> = Vec::new();
        for (number, article) in self.articles.iter().enumerate() {
            let same = article.same.and_then(|same| labels[same as usize]);
            doubles.push(same.is_some() && !article.has_text);
            if !taken(number) {
                labels.push(None);
                continue;
            }
            let found = same.or_else(|| self.nearest(article, &labels, &doubles, &mut stories, w));
            let label = found.unwrap_or_else(|| {
                stories.push(Open::default());
                stories.len() as u32 - 1
            });
            stories[label as usize].last = article.at;
            if !doubles[number] {
                stories[label as usize].count(article.language);
            }
            labels.push(Some(label));
        }
        labels
    }

    fn nearest(
        &self,
        article: &Article,
        labels: &[Option<u32>],
        doubles: &[bool],
        stories: &mut [Open],
        w: &Weights,
    ) -> Option<u32> {
        let mut touched: Vec<u32> = Vec::new();
        for (other, evidence) in &article.evidence {
            let Some(label) = labels[*other as usize].filter(|_| !doubles[*other as usize]) else { continue };
            let story = &mut stories[label as usize];
            if article.at - story.last > OPEN_FOR_SECONDS {
                continue;
            }
            if story.same.is_empty() && story.other.is_empty() {
                touched.push(label);
            }
            let side = if evidence.is_between_languages() { &mut story.other } else { &mut story.same };
            side.push(evidence.affinity(w));
            story.alone = story.is_alone().then(|| evidence.alone(w));
        }
        let mut best: Option<(f32, u32)> = None;
        for label in touched {
            let story = &mut stories[label as usize];
            let days = (article.at - story.last).max(0) as f32 / 86_400.0;
            let nothing = if article.has_text {
                -w.texts.join - w.texts.day * days
            } else {
                -w.titles.join - w.titles.day * days
            };
            let alike =
                story.members(article.language).clamp(story.same.len(), story.same.len() + MEMBERS_KEPT);
            story.same.resize(alike, nothing);
            let linked = linked_either(&mut story.same, &mut story.other, article.has_text, w);
            let near = story.alone.take().unwrap_or(linked);
            story.same.clear();
            story.other.clear();
            if near > 0.0 && best.is_none_or(|(top, _)| near > top) {
                best = Some((near, label));
            }
        }
        best.map(|(_, label)| label)
    }
}

/// Articles two by two, each couple as if nothing else had come since a background was read: for fitting only.
pub struct Couples(Vec<Evidence>);

impl Couples {
    /// Compares the articles of each couple.
    pub fn of<'a>(
        before: impl IntoIterator<Item = Arrival<'a>>,
        couples: impl IntoIterator<Item = [Arrival<'a>; 2]>,
        common: CommonWords,
    ) -> Self {
        let mut read = Background::knowing(common);
        before.into_iter().for_each(|arrival| read.add(&Features::read(arrival.reading)));
        let evidence = couples.into_iter().map(|couple| {
            let mut background = read.clone();
            let [first, second] = couple.map(|arrival| (Features::read(arrival.reading), arrival));
            background.add(&first.0);
            background.add(&second.0);
            let weighed = Weighed::new(&first.0, &background);
            let at = first.1.at.as_second();
            let kept = Kept::new(first.1.article, None, first.0, at, &weighed, &background);
            let weighed = Weighed::new(&second.0, &background);
            Query::new(&second.0, second.1.at.as_second(), &weighed).evidence(&kept)
        });
        Self(evidence.collect())
    }

    /// The affinity of each couple: above 0 they would be one story.
    pub fn affinities(&self, w: &Weights) -> Vec<f32> {
        self.0.iter().map(|evidence| evidence.alone(w)).collect()
    }
}

#[derive(Default)]
struct Open {
    last: i64,
    languages: Vec<(Language, usize)>,
    same: Vec<f32>,
    other: Vec<f32>,
    /// How near its only member is.
    alone: Option<f32>,
}

impl Open {
    fn count(&mut self, language: Language) {
        match self.languages.iter_mut().find(|(known, _)| *known == language) {
            Some((_, count)) => *count += 1,
            None => self.languages.push((language, 1)),
        }
    }

    fn is_alone(&self) -> bool {
        self.languages.iter().map(|(_, count)| count).sum::<usize>() == 1
    }

    fn members(&self, language: Language) -> usize {
        self.languages.iter().find(|(known, _)| *known == language).map_or(0, |(_, count)| *count)
    }
}

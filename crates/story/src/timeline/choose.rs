//! The sentences that tell a day best: near to all that is told of it, not near to each other.

use super::{Dated, Moment, TOP, TimelineDay};
use crate::hash::Map;
use news::{ArticleId, Span};

/// What a sentence counts that names the day, that stands at the top of an article of the day, or of the next day.
const NAMES: f32 = 1.0;
const OF_THE_DAY: f32 = 1.0;
const OF_THE_NEXT: f32 = 1.0;
/// Sentences at the top of an article that tell of its day and of the one before.
const LEAD: u16 = 5;
/// A sentence among the first so many says more.
const FIRST: u16 = 3;
const FIRST_BONUS: f32 = 0.2;
/// Words of a sentence that can stand alone; shorter and longer ones count less.
const LENGTH: std::ops::RangeInclusive<usize> = 10..=50;
const ODD_LENGTH: f32 = 0.4;
/// Cosine above which two sentences say the same, and what each bit of likeness costs.
const SAME: f32 = 0.5;
const LIKE: f32 = 1.5;
/// Candidates whose likeness is looked at.
const BEST: usize = 60;

/// A sentence that may tell the day.
struct Candidate<'a> {
    article: ArticleId,
    moment: &'a Moment,
    weight: f32,
    /// Unit length, by word.
    vector: Vec<(u32, f32)>,
    worth: f32,
}

/// Chooses the sentences of a day; none when nothing tells of it.
pub(super) fn tell(
    articles: &[Dated],
    rarity: &Rarity,
    day: i32,
    sentences: usize,
    used: &[(ArticleId, Span)],
) -> Option<TimelineDay> {
    let mut candidates = candidates(articles, rarity, day);
    let mut telling: Vec<ArticleId> = candidates.iter().map(|candidate| candidate.article).collect();
    telling.dedup();
    let centre = centre(&candidates);
    for candidate in &mut candidates {
        let length = candidate.moment.words.len();
        let first = if candidate.moment.place < FIRST { 1.0 + FIRST_BONUS } else { 1.0 };
        let length = if LENGTH.contains(&length) { 1.0 } else { ODD_LENGTH };
        let near: f32 =
            candidate.vector.iter().map(|(word, x)| x * centre.get(word).copied().unwrap_or_default()).sum();
        candidate.worth = near * first * length * candidate.weight;
    }
    candidates.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| place(a).cmp(&place(b))));
    candidates.retain(|candidate| !used.contains(&(candidate.article, candidate.moment.span)));
    candidates.truncate(BEST);
    let chosen = choose(&candidates, sentences);
    (!chosen.is_empty()).then(|| TimelineDay {
        day,
        articles: u32::try_from(telling.len()).unwrap_or(u32::MAX),
        sentences: chosen,
    })
}

fn place(candidate: &Candidate) -> (i64, u32) {
    (candidate.article.0, candidate.moment.span.start)
}

fn candidates<'a>(articles: &'a [Dated], rarity: &Rarity, day: i32) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    for article in articles {
        for moment in &article.moments {
            let Some(weight) = weight(article, moment, day) else { continue };
            let vector = rarity.vector(&moment.words);
            candidates.push(Candidate { article: article.article, moment, weight, vector, worth: 0.0 });
        }
    }
    candidates
}

/// How much a sentence has to say of a day.
fn weight(article: &Dated, moment: &Moment, day: i32) -> Option<f32> {
    if moment.days.contains(&day) {
        return Some(NAMES);
    }
    // "They will meet on Friday" is told of the day on which it was said.
    if moment.days.iter().any(|named| *named <= article.day) {
        return None;
    }
    match article.day - day {
        0 if moment.place < LEAD.min(TOP) => Some(OF_THE_DAY),
        1 if article.early && moment.place < LEAD.min(TOP) => Some(OF_THE_NEXT),
        _ => None,
    }
}

/// The mean of all sentences, by their weight, of unit length.
fn centre(candidates: &[Candidate]) -> Map<u32, f32> {
    let mut centre: Map<u32, f32> = Map::default();
    for candidate in candidates {
        for (word, x) in &candidate.vector {
            *centre.entry(*word).or_default() += x * candidate.weight;
        }
    }
    let mut squares: Vec<f32> = centre.values().map(|x| x * x).collect();
    // Summed in one order, whatever order the map has.
    squares.sort_by(f32::total_cmp);
    let length = squares.iter().sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    centre.values_mut().for_each(|x| *x /= length);
    centre
}

fn choose(candidates: &[Candidate], sentences: usize) -> Vec<(ArticleId, Span)> {
    let mut chosen: Vec<&Candidate> = Vec::new();
    while chosen.len() < sentences {
        let likeness = |candidate: &Candidate| {
            chosen.iter().map(|other| cosine(&candidate.vector, &other.vector)).fold(0.0, f32::max)
        };
        let open = candidates.iter().filter_map(|candidate| {
            let like = likeness(candidate);
            (like <= SAME).then_some((candidate.worth - LIKE * like, candidate))
        });
        // Of equals the first, which is the one that is worth more.
        let best = open.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((_, best)) = best else { break };
        chosen.push(best);
    }
    chosen.into_iter().map(|candidate| (candidate.article, candidate.moment.span)).collect()
}

/// Both ascending by word.
fn cosine(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let (mut a, mut b, mut sum) = (0, 0, 0.0);
    while let (Some((x, left)), Some((y, right))) = (one.get(a), other.get(b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                sum += left * right;
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    sum
}

/// How rare each word is among the story's sentences.
pub(super) struct Rarity {
    sentences: f32,
    with: Map<u32, f32>,
}

impl Rarity {
    pub(super) fn of(articles: &[Dated]) -> Self {
        let (mut sentences, mut with): (f32, Map<u32, f32>) = (0.0, Map::default());
        for moment in articles.iter().flat_map(|article| &article.moments) {
            sentences += 1.0;
            moment.words.iter().for_each(|word| *with.entry(*word).or_default() += 1.0);
        }
        Self { sentences, with }
    }

    fn vector(&self, words: &[u32]) -> Vec<(u32, f32)> {
        let weigh = |word: &u32| (1.0 + self.sentences / self.with.get(word).copied().unwrap_or(1.0)).ln();
        let mut vector: Vec<(u32, f32)> = words.iter().map(|word| (*word, weigh(word))).collect();
        let length = vector.iter().map(|(_, x)| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.iter_mut().for_each(|(_, x)| *x /= length);
        vector
    }
}

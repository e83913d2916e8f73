//! Which days of a story matter.

use super::Dated;
use crate::hash::Map;

/// What speaks for a day, each as the logarithm of how many articles.
const TOLD_LATER: f32 = 1.5;
const TOLD_MUCH_LATER: f32 = 0.5;
const TOLD_ON_THE_DAY: f32 = 0.25;
const PUBLISHED: f32 = 0.3;
const PUBLISHED_NEXT: f32 = 0.1;
/// Days after which a day is told much later.
const MUCH_LATER: i32 = 1;

/// How often a day is spoken of.
#[derive(Clone, Copy, Debug, Default)]
struct Spoken {
    later: u32,
    much_later: u32,
    same_day: u32,
    published: u32,
}

/// All days, those that matter most first.
pub(super) fn ranked(articles: &[Dated], between: Option<(i32, i32)>) -> Vec<i32> {
    let mut spoken: Map<i32, Spoken> = Map::default();
    for article in articles {
        spoken.entry(article.day).or_default().published += 1;
        for day in named(article) {
            let of = spoken.entry(day).or_default();
            let ago = article.day - day;
            of.later += u32::from(ago > 0);
            of.much_later += u32::from(ago > MUCH_LATER);
            of.same_day += u32::from(ago == 0);
        }
    }
    let inside = |day: &i32| between.is_none_or(|(first, last)| (first..=last).contains(day));
    let mut scored: Vec<(f32, i32)> =
        spoken.keys().filter(|day| inside(day)).map(|day| (score(&spoken, *day), *day)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, day)| day).collect()
}

/// The days that an article names, each once.
fn named(article: &Dated) -> Vec<i32> {
    let mut days: Vec<i32> = article.moments.iter().flat_map(|moment| moment.days.iter().copied()).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn score(spoken: &Map<i32, Spoken>, day: i32) -> f32 {
    let of = |day: i32| spoken.get(&day).copied().unwrap_or_default();
    let (here, next) = (of(day), of(day + 1));
    let log = |count: u32| (1.0 + count as f32).ln();
    TOLD_LATER * log(here.later)
        + TOLD_MUCH_LATER * log(here.much_later)
        + TOLD_ON_THE_DAY * log(here.same_day)
        + PUBLISHED * log(here.published)
        + PUBLISHED_NEXT * log(next.published)
}

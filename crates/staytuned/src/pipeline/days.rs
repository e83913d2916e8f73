//! Stories day by day: what an article tells of when, taken as it is filed, and the timeline that is made of it.

use jiff::tz::TimeZone;
use news::{Article, ArticleId, Reading, StoryId, Timestamp};
use store::{NewDay, Store};
use story::{Dated, Extent, day_of, timeline};

/// Days of a story's timeline, and sentences of each.
const DAYS: usize = 40;
const SENTENCES: usize = 1;
/// Articles that a timeline is made from.
const ARTICLES: usize = 4_000;

/// What an article that came at a time tells of when, in the sentences that are compared. Its lines are read already.
pub(crate) fn dated(id: ArticleId, at: Timestamp, article: &Article, reading: &Reading) -> Dated {
    let at = at.to_zoned(TimeZone::UTC);
    let end = reading.lines.iter().filter_map(|line| line.span).next_back().map_or(0, |span| span.end);
    let text = article.text.get(..end as usize).unwrap_or_default();
    let told = language::dates(text, reading.language, at.date());
    Dated::of(id, day_of(at.date()), Some(at.hour()), &reading.lines, &told)
}

/// The days of a story as they are now.
pub(crate) fn days(store: &Store, story: StoryId) -> store::Result<Vec<NewDay>> {
    let kept = store.dated(story, Dated::VERSION, ARTICLES)?;
    let mut dated: Vec<Dated> = kept.iter().filter_map(|bytes| Dated::from_bytes(bytes)).collect();
    dated.sort_by_key(|dated| (dated.day, dated.article));
    let between = dated.first().map(|first| first.day).zip(dated.last().map(|last| last.day));
    let extent = Extent { days: DAYS, sentences: SENTENCES, between };
    let day = |told: story::TimelineDay| NewDay {
        day: told.day,
        articles: told.articles,
        sentences: told.sentences,
    };
    Ok(timeline(&dated, &extent).into_iter().map(day).collect())
}

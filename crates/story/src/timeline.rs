//! A story day by day: which days mattered, and the sentences that tell each best. In: what each article tells of when
//! ([`Dated`], made as it is filed). Out: [`TimelineDay`]s.
//!
//! A day matters when later articles still speak of it, and when much was published on it and on the day after
//! (`days.rs`). It is told by the sentences nearest to all that is told of that day, the second far from the first
//! (`choose.rs`). Days are counted from 1970; that an article speaks of a day is the language room's word.
//!
//! Date-wise selection after Gholipour Ghalandari and Ifrim, "Examining the State-of-the-Art in News Timeline
//! Summarization" (ACL 2020), without their trained ranker: fewer than twenty numbers, fitted on four of nine topics
//! of timeline17.
//!
//! Never: reads a clock, or makes a sentence of its own.

mod bytes;
mod choose;
mod days;

use crate::development::words_of;
use choose::Rarity;
use jiff::civil::{Date, date};
use news::{ArticleId, Line, Precision, Span, ToldTime};

/// Sentences at the top of an article that tell of its own day when they name none.
const TOP: u16 = 8;
/// Fewer words are a caption.
const WORDS: usize = 4;
/// The day that days are counted from.
const FIRST: Date = date(1970, 1, 1);
/// The hour until which news is of the day before.
const MORNING: i8 = 6;
/// Sentences kept of one article.
const MOMENTS: usize = 24;

/// What an article tells of when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub article: ArticleId,
    /// The day it was published on.
    pub day: i32,
    /// It may tell of the day before without saying so: it came early in the morning, or nobody knows when.
    early: bool,
    moments: Vec<Moment>,
}

/// A sentence that tells of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moment {
    span: Span,
    /// Its place among the article's sentences.
    place: u16,
    /// The days that it names; none for one at the top that tells of the article's own day.
    days: Vec<i32>,
    /// Ascending.
    words: Vec<u32>,
}

/// How long a timeline is.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub days: usize,
    /// Sentences of each day.
    pub sentences: usize,
    /// Days outside are not told of: first and last.
    pub between: Option<(i32, i32)>,
}

/// One day of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineDay {
    pub day: i32,
    /// Articles that tell of it.
    pub articles: u32,
    /// Best first, never empty.
    pub sentences: Vec<(ArticleId, Span)>,
}

impl Dated {
    /// What an article that was published on a day (at an hour of it, where that is known) tells, by its lines and the
    /// times told in its text.
    pub fn of(article: ArticleId, day: i32, hour: Option<i8>, lines: &[Line], told: &[ToldTime]) -> Self {
        let sentences = lines.iter().filter_map(|line| Some((line.span?, line)));
        let moments = sentences.zip(0_u16..).filter_map(|((span, line), place)| {
            let words = words_of(line);
            let days = named(span, told);
            let tells = words.len() >= WORDS && (!days.is_empty() || place < TOP && !line.past);
            tells.then_some(Moment { span, place, days, words })
        });
        let early = hour.is_none_or(|hour| hour < MORNING);
        Self { article, day, early, moments: moments.take(MOMENTS).collect() }
    }
}

/// The days that are named within a sentence, each once.
fn named(sentence: Span, told: &[ToldTime]) -> Vec<i32> {
    let inside = |time: &&ToldTime| sentence.start <= time.span.start && time.span.end <= sentence.end;
    let days = told.iter().filter(inside).filter(|time| time.precision == Precision::Day);
    let mut days: Vec<i32> = days.map(|time| day_of(time.date)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Days from 1970 to a date.
pub fn day_of(day: Date) -> i32 {
    day.since(FIRST).map_or(0, |span| span.get_days())
}

/// The date of a day counted from 1970.
pub fn date_of(day: i32) -> Option<Date> {
    FIRST.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The days of a story that matter most, in the order of time.
pub fn timeline(articles: &[Dated], extent: &Extent) -> Vec<TimelineDay> {
    let rarity = Rarity::of(articles);
    let mut told: Vec<TimelineDay> = Vec::new();
    for day in days::ranked(articles, extent.between) {
        if told.len() == extent.days {
            break;
        }
        // A sentence stands at one day, the weightiest that it tells of.
        let used: Vec<(ArticleId, Span)> = told.iter().flat_map(|day| day.sentences.clone()).collect();
        told.extend(choose::tell(articles, &rarity, day, extent.sentences, &used));
    }
    told.sort_by_key(|day| day.day);
    told
}

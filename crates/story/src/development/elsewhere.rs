//! What was published in any story lately: one happening can stand in two stories before they are joined, and who was told
//! of it by one must not be told by the other.
//!
//! In: the [`Gist`] of what a story has new. Out: the developments of other stories that said the same before. Two say the
//! same when their headlines are near in meaning, or have most of their words in common where there is no encoder; when
//! they are about the same names; and when no count of theirs has two figures.

mod bytes;

use super::Telling;
use super::figures::{Value, values};
use super::memory::{Word, concept, words};
use crate::contradiction::Frame;
use crate::lens::Lenses;
use crate::meaning::Meaning;
use jiff::SignedDuration;
use news::{ArticleId, DevelopmentId, DevelopmentKind, StoryId, TermKind, Timestamp};
use std::collections::VecDeque;

/// Developments kept of all stories: a kilobyte each.
const KEPT: usize = 4_000;
/// Cosine of two headlines that say the same, and of two that say the same when so many of their words are common; chosen on
/// recorded headlines of six days, read pair by pair.
const MEANT: f32 = 0.82;
const MEANT_IN_PART: f32 = 0.74;
/// The same by the fine encoder, seen through its lens; chosen on pairs of two other recorded weeks.
const FINELY_MEANT: f32 = 0.83;
const FINELY_MEANT_IN_PART: f32 = 0.8;
const IN_PART: f32 = 0.5;
/// Share and number of the words that two have in common which say the same where there is no encoder.
const ALIKE: f32 = 0.75;
const ALIKE_WORDS: usize = 4;
/// Share of the names that they have in common.
const NAMED: f32 = 0.5;

/// What a development says, kept small.
#[derive(Clone, Debug, PartialEq)]
pub struct Gist {
    /// Words of the headline, ascending; the names among them apart.
    words: Box<[u32]>,
    names: Box<[u32]>,
    /// The headline's words in their order: who did it to whom, the 12th or the 13th.
    frame: Frame,
    /// What headline and first sentence count.
    values: Box<[Value]>,
    meaning: Option<Meaning>,
    /// What tells it apart of what the fine encoder made of the headline.
    fine: Option<Meaning>,
    /// It corrects: what it corrects says nearly the same.
    corrects: bool,
}

impl Gist {
    /// Of the article that brings it.
    pub fn of(telling: &Telling, kind: DevelopmentKind) -> Self {
        let lines = &telling.reading.lines;
        let told = lines.first().map(words).unwrap_or_default();
        let said = concept("said");
        let of = |named: bool| -> Box<[u32]> {
            let words = told.iter().filter(|word| (word.kind == TermKind::Name) == named && word.key != said);
            words.map(|word: &Word| word.key).collect()
        };
        Self {
            words: of(false),
            names: of(true),
            frame: Frame::of(telling.reading),
            values: lines.iter().take(2).flat_map(values).collect(),
            meaning: telling.reading.title_vector.as_ref().and_then(|vector| Meaning::of(vector)),
            fine: Lenses::shipped().fine.meaning(telling.reading.fine_vector.as_deref()),
            corrects: kind == DevelopmentKind::Correction,
        }
    }

    /// Whether two say the same.
    fn is(&self, other: &Self) -> bool {
        let (named, in_words) = (share(&self.names, &other.names), share(&self.words, &other.words));
        let near = |one: &Meaning, two: &Meaning, meant: f32, in_part: f32| {
            let near = one.cosine(two);
            near >= meant || near >= in_part && in_words >= IN_PART
        };
        let meant = match ((&self.fine, &other.fine), (&self.meaning, &other.meaning)) {
            ((Some(one), Some(two)), _) => near(one, two, FINELY_MEANT, FINELY_MEANT_IN_PART),
            (_, (Some(one), Some(two))) => near(one, two, MEANT, MEANT_IN_PART),
            _ => in_words >= ALIKE && self.words.len().min(other.words.len()) >= ALIKE_WORDS,
        };
        meant && named > NAMED && self.corrects == other.corrects && !self.contradicts(other)
    }

    /// Whether one count has two figures, or the headlines cannot be of one happening.
    fn contradicts(&self, other: &Self) -> bool {
        if self.frame.contradicts(&other.frame) {
            return true;
        }
        let followed = |value: &&Value| value.series.is_some();
        self.values.iter().filter(followed).any(|mine| {
            let mut theirs = other.values.iter().filter(|value| value.series == mine.series).peekable();
            theirs.peek().is_some() && theirs.all(|value| value.value != mine.value)
        })
    }
}

/// Share of the shorter list that both have; both ascend.
fn share(one: &[u32], two: &[u32]) -> f32 {
    let least = one.len().min(two.len());
    let common = one.iter().filter(|key| two.binary_search(key).is_ok()).count();
    if least == 0 { 0.0 } else { common as f32 / least as f32 }
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    kept: VecDeque<(Told, Gist)>,
}

/// A development and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub id: DevelopmentId,
    pub story: StoryId,
    /// That brought it: it goes where this one goes.
    pub article: ArticleId,
    pub at: Timestamp,
}

impl Recent {
    /// For so long the same is news of two stories rather than of two days.
    pub const LASTS: SignedDuration = SignedDuration::from_hours(26);

    /// Developments of other stories that said the same a short while ago, oldest first.
    pub fn same(&self, story: StoryId, at: Timestamp, gist: &Gist) -> Vec<DevelopmentId> {
        let soon = |told: &Told| (SignedDuration::ZERO..=Self::LASTS).contains(&at.duration_since(told.at));
        let elsewhere = self.kept.iter().filter(|(told, _)| told.story != story && soon(told));
        elsewhere.filter(|(_, said)| said.is(gist)).map(|(told, _)| told.id).collect()
    }

    /// Takes in what was published.
    pub fn keep(&mut self, told: Told, gist: Gist) {
        self.kept.push_back((told, gist));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// A story went into another one.
    pub fn merge(&mut self, from: StoryId, into: StoryId) {
        self.kept.iter_mut().filter(|(told, _)| told.story == from).for_each(|(told, _)| told.story = into);
    }

    /// Articles went into a story, and what they brought with them.
    pub fn shift(&mut self, articles: &[ArticleId], into: StoryId) {
        let moved = self.kept.iter_mut().filter(|(told, _)| articles.contains(&told.article));
        moved.for_each(|(told, _)| told.story = into);
    }
}

#[cfg(test)]
mod tests {
    use super::{Gist, Recent, Told};
    use crate::contradiction::Frame;
    use crate::development::figures::Value;
    use crate::meaning::Meaning;
    use jiff::SignedDuration;
    use news::{ArticleId, DevelopmentId, StoryId, Timestamp};

    const STORY: StoryId = StoryId(1);
    const OTHER: StoryId = StoryId(2);
    const TOLD: Told =
        Told { id: DevelopmentId(1), story: STORY, article: ArticleId(5), at: Timestamp::UNIX_EPOCH };

    fn gist(words: &[u32], names: &[u32], dead: f64, meaning: Option<&[f32]>) -> Gist {
        let values = Box::new([Value { series: Some(7), people: true, value: dead }]);
        let meaning = meaning.and_then(Meaning::of);
        let (frame, fine) = (Frame::default(), None);
        Gist { words: words.into(), names: names.into(), frame, values, meaning, fine, corrects: false }
    }

    fn said(one: &Gist, other: &Gist) -> bool {
        let mut recent = Recent::default();
        recent.keep(TOLD, one.clone());
        !recent.same(OTHER, Timestamp::UNIX_EPOCH, other).is_empty()
    }

    #[test]
    fn the_same_words_of_the_same_names_are_the_same_news() {
        let news = gist(&[1, 2, 3, 4], &[9], 5.0, None);
        assert!(said(&news, &gist(&[1, 2, 3, 5, 6], &[8, 9], 5.0, None)));
        assert!(!said(&news, &gist(&[1, 2, 5, 6], &[9], 5.0, None)), "other words");
        assert!(!said(&news, &gist(&[1, 2, 3, 4], &[8], 5.0, None)), "another name");
        assert!(!said(&news, &gist(&[1, 2, 3, 4], &[9], 6.0, None)), "another figure");
        assert!(!said(&news, &Gist { corrects: true, ..news.clone() }), "a correction is news");
    }

    #[test]
    fn near_headlines_are_the_same_news_with_an_encoder() {
        let news = gist(&[1, 2], &[9], 5.0, Some(&[1.0, 0.0]));
        assert!(said(&news, &gist(&[3, 4], &[9], 5.0, Some(&[1.0, 0.2]))), "in no common word");
        assert!(!said(&news, &gist(&[3, 4], &[9], 5.0, Some(&[1.0, 0.8]))));
        assert!(said(&news, &gist(&[1, 4], &[9], 5.0, Some(&[1.0, 0.8]))), "in part, with common words");
        assert!(
            !said(&news, &gist(&[1, 2], &[9], 5.0, Some(&[0.0, 1.0]))),
            "the same words, another meaning"
        );
        let finely = |gist: Gist, vector: &[f32]| Gist { fine: Meaning::of(vector), ..gist };
        let far = gist(&[3, 4], &[9], 5.0, Some(&[0.0, 1.0]));
        assert!(said(&finely(news, &[1.0]), &finely(far, &[1.0])), "the fine encoder is asked first");
    }

    #[test]
    fn only_other_stories_of_the_last_day_are_asked() {
        let (news, mut recent) = (gist(&[1, 2, 3, 4], &[9], 5.0, None), Recent::default());
        let at = Timestamp::UNIX_EPOCH;
        recent.keep(TOLD, news.clone());
        assert_eq!(recent.same(OTHER, at, &news), [DevelopmentId(1)]);
        assert_eq!(recent.same(STORY, at, &news), [], "its own story knows");
        let later = at.saturating_add(Recent::LASTS + SignedDuration::from_secs(1)).expect("a time");
        assert_eq!(recent.same(OTHER, later, &news), [], "another day");
        recent.merge(STORY, OTHER);
        assert_eq!(recent.same(OTHER, at, &news), [], "they are one now");
        recent.shift(&[ArticleId(5)], STORY);
        assert_eq!(recent.same(OTHER, at, &news), [DevelopmentId(1)], "its article left");
    }

    #[test]
    fn bytes_keep_all_of_it() {
        let mut gist = gist(&[1, 2], &[9], 5.0, Some(&[1.0, -0.2]));
        assert_eq!(Gist::from_bytes(&gist.to_bytes()), Some(gist.clone()));
        (gist.fine, gist.corrects) = (Meaning::of(&[0.5, 1.0]), true);
        assert_eq!(Gist::from_bytes(&gist.to_bytes()), Some(gist.clone()));
        gist.meaning = None;
        let bytes = gist.to_bytes();
        assert_eq!(Gist::from_bytes(&bytes), Some(gist));
        assert_eq!(Gist::from_bytes(&bytes[..bytes.len() - 3]), None, "cut off");
    }
}

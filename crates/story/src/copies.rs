//! Copies: articles whose text is (nearly) the text of an earlier one, an agency report that thirty outlets
//! print or a republication. In: the texts of recent arrivals. Out: which article is repeated. A copy belongs
//! to its original's story and never counts as an independent report. Texts do not come in the order in which they were
//! published: where the credited agency's own text comes later, or an earlier one does, what was the original is its
//! copy from then on. A teaser is a copy only of one in its own story
//! that says the same word for word. Headlines alone make no copy.

mod credit;
mod sketch;

use crate::hash::Set;
use crate::impression::{Impression, Place};
use crate::postings::Postings;
use credit::Agency;
pub(crate) use credit::credited;
use news::{ArticleId, StoryId};
pub(crate) use sketch::Sketch;
use std::collections::VecDeque;

/// How long a text can be copied.
const COPIED_WITHIN_SECONDS: i64 = 4 * 86_400;
/// Texts remembered at most. About 1 kB each.
const TEXTS: usize = 100_000;
/// Shorter texts are teasers, and teasers of different reports are alike.
const SHORTEST_WORDS: usize = 25;
/// Still shorter texts ("Read more") are nobody's.
const TEASER_WORDS: usize = 12;
/// Share of an article's own words that must come from another for it to be a copy.
const COPIED_SHARE: f32 = 0.55;
/// The other way round: an article that took in a whole report and is mostly that report.
const TAKEN_IN_SHARE: f32 = 0.8;
const TAKEN_IN_OWN_SHARE: f32 = 0.4;
/// Shingles that must be seen in both before anything is said.
const SAMPLES: usize = 5;
/// Texts under one shingle: a phrase in more texts than these is boilerplate.
const UNDER_ONE_SHINGLE: usize = 64;

/// What an article repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Copied {
    pub(crate) story: StoryId,
    pub(crate) original: ArticleId,
    /// It is the other way round: the original repeats this article, which was published first or is the agency's own.
    pub(crate) turned: bool,
}

/// Texts of the last days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Copies {
    texts: VecDeque<Text>,
    /// Number of the first of `texts`; numbers rise by one.
    first: u32,
    postings: Postings,
}

#[derive(Clone, Debug)]
struct Text {
    article: ArticleId,
    story: StoryId,
    original: Option<ArticleId>,
    at: i64,
    sketch: Sketch,
    /// The agency that wrote it: its own outlet, or the one that it credits.
    agency: Option<Agency>,
    /// Published by that agency itself.
    by_agency: bool,
}

impl Copies {
    /// Finds the text that the article repeats: of all that agree, the one of the agency that it credits,
    /// else the one that came first.
    pub(crate) fn find(&self, place: &Place, impression: &Impression) -> Option<Copied> {
        let (sketch, credited) = (&impression.sketch, impression.credited);
        if sketch.words < SHORTEST_WORDS {
            return None;
        }
        let same = self.candidates(sketch).into_iter().filter_map(|number| self.text(number));
        let same = same.filter(|text| text.sketch.words >= SHORTEST_WORDS && text.article != place.article);
        let same = same.filter(|text| is_copy(sketch, &text.sketch));
        let best = same.min_by_key(|text| {
            let from_credited = text.by_agency && credited.is_some() && text.agency == credited;
            (!from_credited, text.at, text.article)
        })?;
        let root = best.original.and_then(|root| self.texts.iter().find(|text| text.article == root));
        let root = root.unwrap_or(best);
        let turned = repeats(root, place) && is_copy(&root.sketch, sketch);
        Some(Copied { story: best.story, original: best.original.unwrap_or(best.article), turned })
    }

    /// What was an original is a copy, and its copies are copies of what it repeats.
    pub(crate) fn turn(&mut self, original: ArticleId, into: ArticleId) {
        let concerned = |text: &&mut Text| text.article == original || text.original == Some(original);
        self.texts.iter_mut().filter(concerned).for_each(|text| text.original = Some(into));
    }

    /// Finds the article of a story of which this one repeats a short text word for word.
    pub(crate) fn repeated(&self, place: &Place, sketch: &Sketch, story: StoryId) -> Option<ArticleId> {
        if !(TEASER_WORDS..SHORTEST_WORDS).contains(&sketch.words) {
            return None;
        }
        let near = self.candidates(sketch).into_iter().filter_map(|number| self.text(number));
        let same = near
            .filter(|text| text.story == story && text.sketch == *sketch && text.article != place.article);
        same.min_by_key(|text| (text.at, text.article)).map(|text| text.original.unwrap_or(text.article))
    }

    /// Remembers an article's text.
    pub(crate) fn add(
        &mut self,
        place: &Place,
        sketch: Sketch,
        credited: Option<Agency>,
        story: StoryId,
        original: Option<ArticleId>,
    ) {
        if sketch.words < TEASER_WORDS {
            return;
        }
        if self.texts.len() >= TEXTS {
            self.drop_first();
        }
        let number = self.first.wrapping_add(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        for key in sketch.posted() {
            if self.postings.count(key) < UNDER_ONE_SHINGLE {
                self.postings.add(key, number);
            }
        }
        let own = credit::agency_of_family(place.family);
        self.texts.push_back(Text {
            article: place.article,
            story,
            original,
            at: place.at.as_second(),
            sketch,
            agency: own.or(credited),
            by_agency: own.is_some(),
        });
    }

    /// Two stories have become one.
    pub(crate) fn merged(&mut self, from: StoryId, into: StoryId) {
        for text in self.texts.iter_mut().filter(|text| text.story == from) {
            text.story = into;
        }
    }

    /// Articles have gone to another story.
    pub(crate) fn moved(&mut self, articles: &Set<i64>, into: StoryId) {
        for text in self.texts.iter_mut().filter(|text| articles.contains(&text.article.0)) {
            text.story = into;
        }
    }

    /// Forgets what is too old to be copied.
    pub(crate) fn forget_before(&mut self, now: i64) {
        while self.texts.front().is_some_and(|text| now - text.at > COPIED_WITHIN_SECONDS) {
            self.drop_first();
        }
    }

    fn drop_first(&mut self) {
        let Some(text) = self.texts.pop_front() else { return };
        for key in text.sketch.posted() {
            self.postings.remove(key, self.first);
        }
        self.first = self.first.wrapping_add(1);
    }

    /// Numbers of texts that share at least two posted shingles, most shared first, few.
    fn candidates(&self, sketch: &Sketch) -> Vec<u32> {
        let mut hits: Vec<u32> = sketch.shingles().iter().flat_map(|key| self.postings.under(*key)).collect();
        hits.sort_unstable();
        let mut counted: Vec<(usize, u32)> = hits.chunk_by(u32::eq).map(|run| (run.len(), run[0])).collect();
        counted.retain(|(count, _)| *count >= 2);
        counted.sort_unstable_by_key(|(count, number)| (std::cmp::Reverse(*count), *number));
        counted.truncate(UNDER_ONE_SHINGLE);
        counted.into_iter().map(|(_, number)| number).collect()
    }

    fn text(&self, number: u32) -> Option<&Text> {
        self.texts.get(usize::try_from(number.wrapping_sub(self.first)).ok()?)
    }
}

/// Whether a text that came before repeats an article: it credits the agency that the article is of, or was published later
/// and by no agency.
fn repeats(text: &Text, place: &Place) -> bool {
    let own = credit::agency_of_family(place.family);
    let credits = own.is_some() && text.agency == own;
    !text.by_agency && (credits || place.at.as_second() < text.at)
}

/// Whether an article with one sketch copies an article with the other.
fn is_copy(article: &Sketch, earlier: &Sketch) -> bool {
    let shared = article.shared(earlier);
    let taken_in = shared.of_theirs >= TAKEN_IN_SHARE && shared.of_mine >= TAKEN_IN_OWN_SHARE;
    shared.samples >= SAMPLES && (shared.of_mine >= COPIED_SHARE || taken_in)
}

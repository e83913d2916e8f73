//! Which open stories are worth comparing with an article: those that share its most telling words, found
//! through postings from term to story. Cost grows with the words that are shared, not with the stories
//! that are open.

use super::Story;
use crate::features::{Features, Field, Weighed};
use crate::meaning::Meaning;
use crate::postings::Postings;
use std::cmp::Ordering;

/// Stories compared in full for one article.
const CANDIDATES: usize = 24;
/// A story is worth comparing if it shares this much of what is telling in the article (each term by its weight squared),
const SHARED: f32 = 0.06;
/// and this much of what the story shares that has most. On the development streams 98 of 100 articles join one that has
/// more of both, while of the stories that share a word few do.
const SHARED_OF_MOST: f32 = 0.2;
/// Terms of one article that are looked up, the most telling first.
const TERMS: usize = 48;
/// Postings read for one article: common words at the end of the list are left out beyond it.
const POSTINGS: usize = 10000;
/// Terms under which one story is listed.
const LISTED: usize = 4_096;

/// Postings from term to the slots of stories, ascending by nothing: order does not matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    postings: Postings,
    /// Scratch: what each slot shares with the article in hand.
    shared: Vec<f32>,
}

/// The terms under which one story is listed, ascending: it has hundreds, so that a list is smaller than a set and fast
/// enough.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed(Vec<u32>);

impl Listed {
    /// Whether the term is new.
    fn insert(&mut self, key: u32) -> bool {
        match self.0.binary_search(&key) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, key);
                true
            }
        }
    }
}

impl Index {
    /// Lists a story under an article's most telling terms, as far as it is not listed there yet.
    pub(crate) fn list(&mut self, slot: u32, listed: &mut Listed, telling: &Telling) {
        for (key, _) in &telling.0 {
            if listed.0.len() >= LISTED {
                return;
            }
            if listed.insert(*key) {
                self.postings.add(*key, slot);
            }
        }
    }

    /// Lists a story under all terms of another that it takes in.
    pub(crate) fn list_all(&mut self, slot: u32, listed: &mut Listed, taken: &Listed) {
        for key in &taken.0 {
            if listed.0.len() < LISTED && listed.insert(*key) {
                self.postings.add(*key, slot);
            }
        }
    }

    /// Takes a story out of the terms it is listed under.
    pub(crate) fn unlist(&mut self, slot: u32, listed: &Listed) {
        for key in &listed.0 {
            self.postings.remove(*key, slot);
        }
    }

    /// Slots of the stories that share most with the article, best first; of equal ones the elder.
    pub(crate) fn candidates(&mut self, telling: &Telling, slots: &[Option<Story>]) -> Vec<u32> {
        let mut touched: Vec<u32> = Vec::new();
        let all: f32 = telling.0.iter().map(|(_, weight)| weight * weight).sum();
        let (mut read, mut rest) = (0, all);
        for (key, weight) in &telling.0 {
            // A story with nothing but the rest would not share enough.
            if rest < SHARED * all {
                break;
            }
            rest -= weight * weight;
            let under = self.postings.under(*key);
            read += under.len();
            if read > POSTINGS && !touched.is_empty() {
                break;
            }
            for slot in under {
                let at = slot as usize;
                if at >= self.shared.len() {
                    self.shared.resize(at + 1, 0.0);
                }
                if self.shared[at] == 0.0 {
                    touched.push(slot);
                }
                self.shared[at] += weight * weight;
            }
        }
        let mut ranked: Vec<(f32, u32)> = Vec::with_capacity(touched.len());
        for slot in touched {
            ranked.push((std::mem::take(&mut self.shared[slot as usize]), slot));
        }
        let most = ranked.iter().map(|(shared, _)| *shared).fold(0.0, f32::max);
        ranked.retain(|(shared, _)| *shared >= (SHARED * all).max(SHARED_OF_MOST * most));
        let best = best_first(slots);
        if ranked.len() > CANDIDATES {
            ranked.select_nth_unstable_by(CANDIDATES, &best);
            ranked.truncate(CANDIDATES);
        }
        ranked.sort_unstable_by(&best);
        ranked.into_iter().map(|(_, slot)| slot).collect()
    }
}

/// The terms that an article is found by, with their weights, most telling first: stems of headline and
/// lead, words of names, and how the headline's names sound.
pub(crate) struct Telling(Vec<(u32, f32)>);

impl Telling {
    pub(crate) fn of(features: &Features, weighed: &Weighed) -> Self {
        let mut terms: Vec<(u32, f32)> = Vec::new();
        for field in [Field::Title, Field::Names, Field::Cross, Field::Lead] {
            let keys = features.field(field).keys.iter().copied();
            terms.extend(keys.zip(weighed.field(field).iter().copied()));
        }
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        terms.dedup_by_key(|(key, _)| *key);
        let best = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if terms.len() > TERMS {
            terms.select_nth_unstable_by(TERMS, best);
            terms.truncate(TERMS);
        }
        terms.sort_unstable_by(best);
        Self(terms)
    }
}

/// Stories that are compared because of what they mean, whatever their words; and because of what the fine encoder says.
const MEANT: usize = 16;
const FINELY_MEANT: usize = 8;

/// Slots of the stories that mean most nearly the same, by a scan over all: nothing without an encoder. Some can be there
/// twice.
pub(crate) fn meant(slots: &[Option<Story>], features: &Features) -> Vec<u32> {
    let mut near = nearest(slots, features.meaning.as_ref(), |story| story.meaning.as_ref(), MEANT);
    near.extend(nearest(slots, features.told(), |story| story.told.as_ref(), FINELY_MEANT));
    near
}

/// The order of stories by what they were found with; of equal ones the elder is first, whatever its slot.
fn best_first(slots: &[Option<Story>]) -> impl Fn(&(f32, u32), &(f32, u32)) -> Ordering {
    let story = |slot: u32| slots.get(slot as usize).and_then(Option::as_ref).map(|story| story.id);
    move |a, b| b.0.total_cmp(&a.0).then_with(|| story(a.1).cmp(&story(b.1)))
}

fn nearest(
    slots: &[Option<Story>],
    meaning: Option<&Meaning>,
    of: impl Fn(&Story) -> Option<&Meaning>,
    most: usize,
) -> Vec<u32> {
    let Some(meaning) = meaning else { return Vec::new() };
    let open = (0_u32..).zip(slots).filter_map(|(slot, story)| Some((of(story.as_ref()?)?, slot)));
    let mut near: Vec<(f32, u32)> = open.map(|(theirs, slot)| (theirs.cosine(meaning), slot)).collect();
    if near.len() > most {
        near.select_nth_unstable_by(most, best_first(slots));
        near.truncate(most);
    }
    near.into_iter().map(|(_, slot)| slot).collect()
}

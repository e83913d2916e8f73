//! Sparse vectors over hashed terms: counts of an article's words, and the cosine between two of them under
//! weights that change as more is read.

use crate::hash::{Map, Set};
use std::sync::LazyLock;

/// The bit of a count that says that the term belongs to a name.
pub(crate) const NAMED: u8 = 0x80;
/// The bits of the count itself.
const COUNT: u8 = 0x7f;

/// One term of an article: how often it stands there, with [`NAMED`] if it belongs to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) key: u32,
    pub(crate) count: u8,
}

/// What a count weighs, `1 + ln(count)`.
pub(crate) fn damped(count: u8) -> f32 {
    static DAMPED: LazyLock<[f32; 128]> =
        LazyLock::new(|| std::array::from_fn(|count| 1.0 + (count.max(1) as f32).ln()));
    DAMPED[usize::from(count & COUNT)]
}

/// Counts keys, each as often as its second number says: ascending by key, each key once.
pub(crate) fn count(keys: impl IntoIterator<Item = (u32, u32)>) -> Vec<Term> {
    let mut all: Vec<(u32, u32)> = keys.into_iter().collect();
    all.sort_unstable();
    let sum = |run: &[(u32, u32)]| run.iter().map(|(_, times)| times).sum::<u32>();
    let term = |run: &[(u32, u32)]| Term {
        key: run[0].0,
        count: u8::try_from(sum(run)).unwrap_or(COUNT).min(COUNT),
    };
    all.chunk_by(|a, b| a.0 == b.0).map(term).collect()
}

/// The same with the terms marked that belong to names.
pub(crate) fn mark(mut terms: Vec<Term>, named: &Set<u32>) -> Vec<Term> {
    for term in terms.iter_mut().filter(|term| named.contains(&term.key)) {
        term.count |= NAMED;
    }
    terms
}

/// A vector that is kept: five bytes a term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    pub(crate) keys: &'a [u32],
    pub(crate) counts: &'a [u8],
}

impl<'a> Terms<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = Term> + 'a {
        self.keys.iter().zip(self.counts).map(|(key, count)| Term { key: *key, count: *count })
    }

    /// Length of the vector once `weights` multiply its counts.
    pub(crate) fn norm(self, weights: &[f32]) -> f32 {
        self.iter().zip(weights).map(|(term, w)| (damped(term.count) * w).powi(2)).sum::<f32>().sqrt()
    }

    pub(crate) fn contains(self, key: u32) -> bool {
        self.keys.binary_search(&key).is_ok()
    }
}

/// A vector made ready to be compared with many: its terms times the squared weight, over its own length, so
/// that a plain product with another's counts, over that one's length, is the weighted cosine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Probe {
    /// Key and weight where the key's first bits say, or in the next free places; [`FREE`] where there is none. The
    /// weight of a word of a name is below zero.
    places: Vec<(u32, f32)>,
    /// By how far a key is shifted to its place.
    shift: u32,
    /// Sum of the weights.
    whole: f32,
}

const FREE: (u32, f32) = (0, 0.0);

/// Places for each term: the more, the fewer keys meet another one in theirs.
const PLACES_A_TERM: usize = 4;

impl Probe {
    /// Makes a vector ready; `weights` are those of its terms, in their order.
    pub(crate) fn new(vector: Terms, weights: &[f32]) -> Self {
        let mut square = 0.0;
        let weigh = |(term, factor): (Term, &f32)| {
            let weight = damped(term.count) * factor;
            square += weight * weight;
            weight * factor
        };
        let mut weights: Vec<f32> = vector.iter().zip(weights).map(weigh).collect();
        let norm = square.sqrt().max(f32::MIN_POSITIVE);
        for (weight, count) in weights.iter_mut().zip(vector.counts) {
            *weight /= if count & NAMED == 0 { norm } else { -norm };
        }
        Self::of(vector.keys.iter().copied().zip(weights), vector.keys.len())
    }

    /// The mean of vectors that were made ready: its cosine with another is the mean of theirs.
    pub(crate) fn mean<'a>(probes: impl Iterator<Item = &'a Self>) -> Self {
        let (mut all, mut count) = (Vec::new(), 0.0_f32);
        for probe in probes {
            all.extend(probe.places.iter().filter(|place| **place != FREE));
            count += 1.0;
        }
        all.sort_unstable_by_key(|(key, _)| *key);
        let runs = all.chunk_by(|a, b| a.0 == b.0);
        // A word that is a name's in the first is one in all.
        let mean = |run: &[(u32, f32)]| {
            let sum: f32 = run.iter().map(|(_, weight)| weight.abs()).sum();
            (run[0].0, (sum / count).copysign(run[0].1))
        };
        let means: Vec<(u32, f32)> = runs.map(mean).collect();
        let terms = means.len();
        Self::of(means.into_iter(), terms)
    }

    fn of(terms: impl Iterator<Item = (u32, f32)>, count: usize) -> Self {
        let places = (count * PLACES_A_TERM).max(2).next_power_of_two();
        let shift = u32::BITS - places.ilog2();
        let mut probe = Self { places: vec![FREE; places], shift, whole: 0.0 };
        for (key, weight) in terms {
            let place = probe.place(key);
            probe.places[place] = (key, weight);
            probe.whole += weight.abs();
        }
        probe
    }

    /// Where a key stands, or would stand.
    fn place(&self, key: u32) -> usize {
        let mut at = (key >> self.shift) as usize;
        while self.places[at].0 != key && self.places[at] != FREE {
            at = (at + 1) & (self.places.len() - 1);
        }
        at
    }

    /// Weighted cosine with a vector of length `norm`; 0 when either is empty.
    pub(crate) fn cosine(&self, other: Terms, norm: f32) -> f32 {
        if norm <= 0.0 {
            return 0.0;
        }
        let mut sum = 0.0;
        self.meet(other, |weight, count| sum += weight.abs() * damped(count));
        sum / norm
    }

    /// The same in two parts that add up to it: by terms that belong to no name, and by those of names. Either vector can
    /// be the one that shows it.
    pub(crate) fn cosines(&self, other: Terms, norm: f32) -> (f32, f32) {
        if norm <= 0.0 {
            return (0.0, 0.0);
        }
        let (mut all, mut named) = (0.0, 0.0);
        self.meet(other, |weight, count| {
            let product = weight.abs() * damped(count);
            all += product;
            if weight < 0.0 || count & NAMED != 0 {
                named += product;
            }
        });
        ((all - named) / norm, named / norm)
    }

    /// Which share of this vector's weight the other has, however much else it has (0 to 1).
    pub(crate) fn contained_in(&self, other: Terms) -> f32 {
        let mut shared = 0.0;
        self.meet(other, |weight, _| shared += weight.abs());
        if self.whole > 0.0 { shared / self.whole } else { 0.0 }
    }

    /// Hands on what both have, in the order of the keys: a look at one place for each of the other's terms.
    fn meet(&self, other: Terms, mut both: impl FnMut(f32, u8)) {
        if self.places.is_empty() {
            return;
        }
        for (key, count) in other.keys.iter().zip(other.counts) {
            let (found, weight) = self.places[self.place(*key)];
            if found == *key {
                both(weight, *count);
            }
        }
    }
}

/// In how many documents each term was seen, with old ones slowly forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frequencies {
    documents: f32,
    seen: Map<u32, f32>,
}

/// Beyond this many terms the counts are halved and what falls under one half is forgotten. A table of two million places has 19 MB.
const TERMS_KEPT: usize = 1_500_000;

impl Frequencies {
    /// Counts one document.
    pub(crate) fn add(&mut self, document: Terms) {
        if document.keys.is_empty() {
            return;
        }
        self.documents += 1.0;
        for key in document.keys {
            *self.seen.entry(*key).or_default() += 1.0;
        }
        if self.seen.len() > TERMS_KEPT {
            self.halve();
        }
    }

    /// Counts so many documents that were not seen.
    pub(crate) fn expect(&mut self, documents: f32) {
        self.documents += documents;
    }

    /// Counts a term in so many of them, never in more than there are.
    pub(crate) fn expect_term(&mut self, key: u32, documents: f32) {
        let seen = self.seen.entry(key).or_default();
        *seen = (*seen + documents).min(self.documents);
    }

    /// How many terms it holds.
    pub(crate) fn terms(&self) -> usize {
        self.seen.len()
    }

    /// Forgets half of what was counted, and the terms of which nothing is left.
    pub(crate) fn halve(&mut self) {
        self.documents /= 2.0;
        self.seen.retain(|_, count| {
            *count /= 2.0;
            *count > 0.5
        });
    }

    /// How telling a term is: `ln((N + 1) / (df + 0.5))`, never negative.
    pub(crate) fn weight(&self, key: u32) -> f32 {
        let seen = self.seen.get(&key).copied().unwrap_or_default();
        ((self.documents + 1.0) / (seen + 0.5)).ln().max(0.0)
    }

    pub(crate) fn documents(&self) -> f32 {
        self.documents
    }
}

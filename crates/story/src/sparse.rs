//! Sparse vectors over hashed terms: counts of an article's words, and the cosine between two of them under
//! weights that change as more is read.

use crate::hash::Map;

/// One term with its damped count, `1 + ln(count)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) key: u32,
    pub(crate) weight: f32,
}

/// Damped counts, ascending by key, each key once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sparse {
    terms: Vec<Term>,
}

impl Sparse {
    /// Counts keys; each counts as often as its second number says.
    pub(crate) fn count(keys: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut all: Vec<(u32, u32)> = keys.into_iter().collect();
        all.sort_unstable();
        let mut terms: Vec<Term> = Vec::with_capacity(all.len());
        for run in all.chunk_by(|a, b| a.0 == b.0) {
            let count: u32 = run.iter().map(|(_, times)| times).sum();
            terms.push(Term { key: run[0].0, weight: 1.0 + (count as f32).ln() });
        }
        Self { terms }
    }

    pub(crate) fn terms(&self) -> &[Term] {
        &self.terms
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The same with only its `most` heaviest terms under `weigh`, which multiplies the counts.
    pub(crate) fn heaviest(&self, most: usize, weigh: impl Fn(u32) -> f32) -> Self {
        if self.terms.len() <= most {
            return self.clone();
        }
        let mut terms: Vec<(f32, Term)> = self.terms.iter().map(|t| (t.weight * weigh(t.key), *t)).collect();
        terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.key.cmp(&b.1.key)));
        terms.truncate(most);
        let mut terms: Vec<Term> = terms.into_iter().map(|(_, term)| term).collect();
        terms.sort_unstable_by_key(|term| term.key);
        terms.shrink_to_fit();
        Self { terms }
    }

    /// Length of the vector once `weigh` multiplies its counts.
    pub(crate) fn norm(&self, weigh: impl Fn(u32) -> f32) -> f32 {
        self.terms.iter().map(|t| (t.weight * weigh(t.key)).powi(2)).sum::<f32>().sqrt()
    }
}

/// A vector made ready to be compared with many: its terms times the squared weight, over its own length, so
/// that a plain product with another's counts, over that one's length, is the weighted cosine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Probe {
    terms: Vec<Term>,
}

impl Probe {
    pub(crate) fn new(vector: &Sparse, weigh: impl Fn(u32) -> f32) -> Self {
        let mut norm = 0.0;
        let mut terms: Vec<Term> = Vec::with_capacity(vector.terms.len());
        for term in &vector.terms {
            let factor = weigh(term.key);
            norm += (term.weight * factor).powi(2);
            terms.push(Term { key: term.key, weight: term.weight * factor * factor });
        }
        let norm = norm.sqrt().max(f32::MIN_POSITIVE);
        terms.iter_mut().for_each(|term| term.weight /= norm);
        Self { terms }
    }

    /// Weighted cosine with a vector of length `norm`; 0 when either is empty.
    pub(crate) fn cosine(&self, other: &Sparse, norm: f32) -> f32 {
        if norm <= 0.0 {
            return 0.0;
        }
        let (mut a, mut b, mut sum) = (self.terms.as_slice(), other.terms.as_slice(), 0.0);
        while let (Some(left), Some(right)) = (a.first(), b.first()) {
            if left.key == right.key {
                sum += left.weight * right.weight;
            }
            // Both sides step without a branch that the processor would have to guess.
            a = &a[usize::from(left.key <= right.key)..];
            b = &b[usize::from(right.key <= left.key)..];
        }
        sum / norm
    }
}

/// In how many documents each term was seen, with old ones slowly forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frequencies {
    documents: f32,
    seen: Map<u32, f32>,
}

/// Beyond this many terms the counts are halved and what falls under one half is forgotten. About 32 MB.
const TERMS_KEPT: usize = 1_500_000;

impl Frequencies {
    /// Counts one document.
    pub(crate) fn add(&mut self, document: &Sparse) {
        if document.is_empty() {
            return;
        }
        self.documents += 1.0;
        for term in &document.terms {
            *self.seen.entry(term.key).or_default() += 1.0;
        }
        if self.seen.len() > TERMS_KEPT {
            self.halve();
        }
    }

    fn halve(&mut self) {
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

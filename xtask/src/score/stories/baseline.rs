//! The plain method that everyone tries first: one TF-IDF vector of headline and text for each article, an
//! article joins the story whose centroid is nearest by cosine if that is near enough. Counts run along. Terms
//! stand in their order, so that sums are the same in each run.

use super::Item;
use std::collections::{BTreeMap, HashMap};

/// The cosine from which an article joins; the best of a coarse grid on the development sets.
const JOIN: f64 = 0.25;

type Vector = BTreeMap<String, f64>;

/// The story of each item.
pub(crate) fn assign(items: &[Item]) -> Vec<i64> {
    let mut seen: HashMap<String, f64> = HashMap::new();
    let mut centroids: Vec<Vector> = Vec::new();
    let mut postings: HashMap<String, Vec<usize>> = HashMap::new();
    let mut labels: Vec<i64> = Vec::with_capacity(items.len());
    for (count, item) in items.iter().enumerate() {
        let vector = vector(item, &mut seen, count as f64 + 1.0);
        let mut dots: HashMap<usize, f64> = HashMap::new();
        for (term, weight) in &vector {
            for story in postings.get(term).into_iter().flatten() {
                *dots.entry(*story).or_default() += weight * centroids[*story][term];
            }
        }
        let near = dots.into_iter().map(|(story, dot)| (dot / norm(&centroids[story]), story));
        let best = near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let story = best.filter(|(cosine, _)| *cosine >= JOIN).map_or(centroids.len(), |(_, story)| story);
        if story == centroids.len() {
            centroids.push(Vector::new());
        }
        for (term, weight) in vector {
            let sum = centroids[story].entry(term.clone()).or_insert_with(|| {
                postings.entry(term).or_default().push(story);
                0.0
            });
            *sum += weight;
        }
        labels.push(story as i64);
    }
    labels
}

/// A unit vector under the counts so far.
fn vector(item: &Item, seen: &mut HashMap<String, f64>, documents: f64) -> Vector {
    let mut counts = Vector::new();
    for term in item.reading.title.iter().chain(&item.reading.body) {
        *counts.entry(term.clone()).or_default() += 1.0;
    }
    for term in counts.keys() {
        *seen.entry(term.clone()).or_default() += 1.0;
    }
    for (term, count) in &mut counts {
        *count = (1.0 + count.ln()) * ((documents + 1.0) / (seen[term] + 0.5)).ln();
    }
    let norm = norm(&counts);
    counts.values_mut().for_each(|weight| *weight /= norm);
    counts
}

fn norm(vector: &Vector) -> f64 {
    vector.values().map(|weight| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE)
}

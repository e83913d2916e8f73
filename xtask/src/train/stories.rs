//! Fits the weights of the story room: random coordinate search, one to three weights at a time, straight on
//! what is to be good, the BCubed F1 (and a little of the pairwise F1) over the development streams. Prints
//! the table for `crates/story/src/weights.rs`. Three seeds; their spread says what differences mean.

use crate::score::stories::{Agreement, Item, Stream, assign, assign_and_revise, development};
use anyhow::Result;
use std::fmt::Write;
use std::path::Path;
use story::Weights;

/// A group of weights that is fitted together, on the streams that depend on it.
struct Group {
    name: &'static str,
    weights: &'static [&'static str],
    /// Beginnings of stream names with the share that each has in the objective.
    streams: &'static [(&'static str, f64)],
    revised: bool,
    trials: usize,
}

/// Searches for each group.
const SEEDS: u64 = 3;

const GROUPS: &[Group] = &[
    Group {
        name: "headlines",
        weights: &[
            "title_words",
            "title_grams",
            "title_names",
            "title_day",
            "title_join",
            "title_mean",
            "title_best",
        ],
        streams: &[
            ("og2021_eng_dev", 2.0),
            ("basil, headlines", 0.5),
            ("galaxy_wikinews_medium, headlines", 0.5),
        ],
        revised: false,
        trials: 250,
    },
    Group {
        name: "texts",
        weights: &[
            "text_body",
            "text_lead",
            "text_names",
            "text_strangers",
            "text_join",
            "text_mean",
            "text_best",
        ],
        streams: &[
            ("basil", 0.7),
            ("galaxy_wikinews_medium", 1.0),
            ("galaxy_handpicked", 0.5),
            ("basil, teasers", 0.7),
            ("galaxy_wikinews_medium, teasers", 1.0),
            ("galaxy_handpicked, teasers", 0.3),
        ],
        revised: false,
        trials: 250,
    },
    Group {
        name: "languages",
        weights: &[
            "cross_sound",
            "cross_grams",
            "cross_meaning",
            "cross_meaning_line",
            "cross_day",
            "cross_join",
            "merge",
            "merge_profile",
        ],
        streams: &[("og2021_dev", 1.0)],
        revised: true,
        trials: 60,
    },
];

/// Runs the search for each group, three seeds each, and returns the weights found.
pub(crate) fn run(data: &Path) -> Result<String> {
    fit(data, "")
}

/// The same for the groups whose name begins so.
pub(crate) fn fit(data: &Path, names: &str) -> Result<String> {
    let streams = development(data)?;
    let mut weights = Weights::FITTED;
    let mut report = String::new();
    for group in GROUPS.iter().filter(|group| group.name.starts_with(names)) {
        let mut best = (objective(group, &streams, weights), weights);
        writeln!(report, "// {}: from {:.4}", group.name, best.0)?;
        for seed in 1..=SEEDS {
            let found = search(group, &streams, weights, seed);
            writeln!(report, "// {}, seed {seed}: {:.4}", group.name, found.0)?;
            best = if found.0 > best.0 { found } else { best };
        }
        weights = best.1;
    }
    for (name, value) in weights.all() {
        writeln!(report, "    {name} = {value:.3},")?;
    }
    Ok(report)
}

fn search(group: &Group, streams: &[Stream], start: Weights, seed: u64) -> (f64, Weights) {
    let mut random = Random(seed);
    let mut best = (objective(group, streams, start), start);
    for trial in 0..group.trials {
        // Wide steps first, small ones in the second half.
        let reach = if trial < group.trials / 2 { 0.4 } else { 0.15 };
        let mut tried = best.1;
        for _ in 0..1 + random.below(3) {
            let name = group.weights[random.below(group.weights.len())];
            step(&mut tried, name, reach * random.bell());
        }
        let reached = objective(group, streams, tried);
        if reached > best.0 {
            best = (reached, tried);
        }
    }
    best
}

/// Moves a weight by a share of itself, or by a little if it is nearly nothing.
fn step(weights: &mut Weights, name: &str, share: f64) {
    if let Some(weight) = weights.named(name) {
        *weight += share as f32 * if weight.abs() < 0.02 { 0.15 } else { weight.abs() };
        *weight = (*weight * 1_000.0).round() / 1_000.0;
    }
}

fn objective(group: &Group, streams: &[Stream], weights: Weights) -> f64 {
    let assigned: fn(&[Item], Weights) -> Vec<i64> = if group.revised { assign_and_revise } else { assign };
    let (mut sum, mut shares) = (0.0, 0.0);
    for (name, share) in group.streams {
        for stream in streams.iter().filter(|stream| stream.name == *name) {
            let agreement = Agreement::of(&assigned(&stream.items, weights), &stream.gold());
            sum += share * (agreement.f1 + 0.1 * agreement.pairwise);
            shares += share;
        }
    }
    sum / shares.max(1.0)
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Roughly normal, between -1.5 and 1.5.
    fn bell(&mut self) -> f64 {
        (0..3).map(|_| (self.next() >> 11) as f64 / (1_u64 << 53) as f64).sum::<f64>() - 1.5
    }
}

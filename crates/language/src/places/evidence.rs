//! Which countries a text speaks of: votes of countries, of their people's names, and of places that have no namesake.

use super::atlas::{Meaning, Spot};
use super::scan::{Candidate, Part};
use super::words;
use crate::hash::Map;
use news::PlaceKind;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Votes that are missing before the first: a language alone says little.
const DOUBT: f64 = 1.5;

/// Votes by country code.
#[derive(Default)]
pub(super) struct Evidence {
    votes: HashMap<[u8; 2], f64>,
    /// Votes of cities for the regions that they lie in, by the region's index.
    regions: HashMap<u32, f64>,
    all: f64,
}

impl Evidence {
    pub(super) fn new(parts: &[Part], candidates: &[Candidate]) -> Self {
        let mut evidence = Self::default();
        for (country, weight) in parts.last().map(|part| words::at_home(part.language)).unwrap_or_default() {
            evidence.vote(code(country), *weight);
        }
        for part in parts {
            for (at, word) in part.words.iter().enumerate() {
                if let Some(country) = DEMONYMS.country(part, at, &word.lower, word.capital) {
                    evidence.vote(country, 2.0);
                }
            }
        }
        for candidate in candidates {
            if let Some((spot, weight)) = own_vote(&candidate.meanings) {
                evidence.vote(spot.country, weight);
                if let Some(region) = spot.region {
                    *evidence.regions.entry(region).or_default() += 2.0 * weight;
                }
            }
        }
        evidence
    }

    fn vote(&mut self, country: [u8; 2], weight: f64) {
        if country != [0, 0] {
            *self.votes.entry(country).or_default() += weight;
            self.all += weight;
        }
    }

    /// The share of a country in all votes.
    pub(super) fn share(&self, country: [u8; 2]) -> f64 {
        self.votes.get(&country).copied().unwrap_or_default() / (self.all + DOUBT)
    }

    /// How much the cities of a region speak for it.
    pub(super) fn cities_in(&self, region: u32) -> f64 {
        self.regions.get(&region).copied().unwrap_or_default()
    }

    /// Whether more than the language alone speaks for a country.
    pub(super) fn names(&self, country: [u8; 2]) -> bool {
        self.votes.get(&country).is_some_and(|votes| *votes >= 1.5)
    }
}

/// The place whose country a name speaks for before anything is decided, and how loudly. A country or region with a
/// namesake of weight says nothing; a city speaks the less, the more people live in its namesakes.
fn own_vote(meanings: &[Meaning]) -> Option<(Spot, f64)> {
    let best = meanings.iter().filter(|meaning| !meaning.alternate).max_by_key(|meaning| weight(meaning))?;
    let others = meanings.iter().filter(|other| other.spot.country != best.spot.country);
    let rivals: u64 = others.clone().map(weight).sum();
    let purity = weight(best) as f64 / (weight(best) + rivals).max(1) as f64;
    let votes = match best.spot.kind {
        PlaceKind::City if purity < 0.6 => return None,
        PlaceKind::City if best.spot.capital || best.spot.population > 400_000 => 1.5 * purity,
        PlaceKind::City if best.spot.population > 50_000 => purity,
        PlaceKind::City => return None,
        _ if others.clone().any(|other| weight(other) * 8 > weight(best)) => return None,
        PlaceKind::Country => 3.0,
        PlaceKind::Region => 1.5,
        PlaceKind::Area => 2.0,
    };
    Some((best.spot, votes))
}

/// Countries before all.
fn weight(meaning: &Meaning) -> u64 {
    let bonus = match meaning.spot.kind {
        PlaceKind::Country | PlaceKind::Area => 20_000_000,
        _ => 0,
    };
    u64::from(meaning.spot.population) + bonus
}

fn code(letters: &str) -> [u8; 2] {
    letters.as_bytes().try_into().unwrap_or([0, 0])
}

/// `data/demonyms.txt`.
struct Demonyms {
    words: Map<&'static str, [u8; 2]>,
    beginnings: Map<&'static str, [u8; 2]>,
}

static DEMONYMS: LazyLock<Demonyms> = LazyLock::new(|| {
    let (mut words, mut beginnings) = (Map::default(), Map::default());
    for line in include_str!("../../data/demonyms.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((country, rest)) = line.split_once('\t') else { continue };
        let (english, others) = rest.split_once('~').unwrap_or((rest, ""));
        words.extend(english.split('|').map(|word| (word, code(country))));
        beginnings
            .extend(others.split('|').filter(|word| !word.is_empty()).map(|word| (word, code(country))));
    }
    Demonyms { words, beginnings }
});

/// Letters of an ending behind the beginning of a demonym at most.
const ENDING: usize = 5;

impl Demonyms {
    fn country(&self, part: &Part, at: usize, lower: &str, capital: bool) -> Option<[u8; 2]> {
        if part.language.code() == "en" || !part.language.is_known() {
            if !capital {
                return None;
            }
            let word = part.words[at].text;
            let two = || {
                let next = part.behind(at + 1)?;
                let both = format!("{word} {}", next.text);
                self.words.get(both.as_str()).copied()
            };
            return two().or_else(|| self.words.get(word).copied());
        }
        let ends = lower.char_indices().map(|(at, _)| at).chain([lower.len()]).rev().take(ENDING + 1);
        ends.filter_map(|end| lower.get(..end)).find_map(|stem| self.beginnings.get(stem).copied())
    }
}

//! Which place a name means, and how sure it is that it means one.
//!
//! Two questions, two sums. Among its meanings a name means the one with the most people, where a country counts most,
//! moved by the countries that the text speaks of, by what stands right behind it (`Paris, Texas`) and by the word
//! *region*. Whether the words name a place at all is a matter of what stands around them: a preposition speaks for
//! it, a person's name or a newspaper's that they are a part of against it. The weights are round numbers, chosen
//! by hand on recorded news; the sixty sentences of `cargo xtask score places` were written before they were looked at.

use super::atlas::{Atlas, Meaning, Spot};
use super::evidence::Evidence;
use super::scan::{Candidate, Part, is_large, is_small_word};
use super::{neighbours, words};
use crate::gazetteer::Gazetteer;
use crate::hash::{Set, WordSet};
use news::{NameKind, PlaceKind};

/// From here on a name is believed.
pub(super) const BELIEVED: f64 = 0.5;

/// What a city right before a country or region says for the one that holds it, whatever else the text speaks of.
const NAMED_BY_CITY: f64 = 10.0;

/// What is known around the candidates of a text.
pub(super) struct Around<'a> {
    pub(super) parts: &'a [Part<'a>],
    pub(super) candidates: &'a [Candidate],
    pub(super) evidence: Evidence,
    /// Words of people's names, lower case.
    pub(super) people: WordSet<String>,
    /// Words that the text also writes in lower case.
    pub(super) lower: WordSet<&'a str>,
    /// Part and index of the words that countries and areas begin at, and of those behind them.
    pub(super) firsts: Set<(usize, usize)>,
    pub(super) ends: Set<(usize, usize)>,
    pub(super) atlas: &'a Atlas,
}

/// The place that a candidate means, and how sure.
pub(super) fn choose(around: &Around, at: usize) -> Option<(Spot, f64)> {
    let candidate = &around.candidates[at];
    let region = around.is_region(at);
    let holder = around.holder(at);
    let held = holder.is_some();
    let holding = around.holding(at);
    let mut scored: Vec<(f64, &Meaning)> = candidate
        .meanings
        .iter()
        .map(|meaning| {
            let named_by_city = if holding == Some(meaning.spot.index) { NAMED_BY_CITY } else { 0.0 };
            (named_by_city + score(around, candidate, meaning, region, holder.as_deref()), meaning)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, meaning) = *scored.first()?;
    let margin = scored
        .iter()
        .skip(1)
        .find(|(_, other)| apart(meaning.spot, other.spot))
        .map_or(3.0, |(other, _)| best - other);
    let inside = holder.is_some_and(|holders| holders.iter().any(|holder| holds(holder, meaning.spot)));
    let place = belief(around, candidate, meaning, held && inside, region);
    let spot = if region { around.atlas.region_of_seat(meaning.spot) } else { meaning.spot };
    (place >= BELIEVED).then(|| (spot, place.min(1.0) * (0.5 + margin.clamp(0.0, 2.0) / 4.0)))
}

/// A city and the region it is the seat of are near enough to be no rivals.
fn apart(one: Spot, other: Spot) -> bool {
    (one.latitude - other.latitude).abs() > 1.5 || (one.longitude - other.longitude).abs() > 2.0
}

/// How much speaks for this meaning among the others.
fn score(
    around: &Around,
    candidate: &Candidate,
    meaning: &Meaning,
    region: bool,
    holder: Option<&[Spot]>,
) -> f64 {
    let spot = meaning.spot;
    let people = (f64::from(spot.population) + 500.0).log10();
    let large = |other: &Spot| u64::from(other.population) * 20 > u64::from(spot.population);
    let seat = || {
        let mut others = candidate.meanings.iter().map(|other| other.spot);
        others.any(|other| other.region == Some(spot.index) && large(&other))
    };
    let weight = match spot.kind {
        PlaceKind::Country => 8.5,
        PlaceKind::Area => 8.6,
        PlaceKind::Region if region => people + 4.0,
        PlaceKind::Region if seat() => people - 3.0,
        PlaceKind::Region => people - 0.8,
        PlaceKind::City if spot.capital => people + 0.7,
        PlaceKind::City => people,
    };
    let inside = holder.is_some_and(|holders| holders.iter().any(|holder| holds(holder, spot)));
    let around_it =
        if spot.kind == PlaceKind::Region { around.evidence.cities_in(spot.index).min(4.0) } else { 0.0 };
    // English writes of places in English; other languages have their own names for them.
    let foreign = match around.parts[candidate.part].language.code() {
        "en" if spot.kind == PlaceKind::Country => 3.0,
        "en" => 1.2,
        _ => 0.5,
    };
    weight + around_it + 3.0 * around.evidence.share(spot.country) + if inside { 10.0 } else { 0.0 }
        - if meaning.alternate { foreign } else { 0.0 }
}

/// Whether a region or country holds a city or region.
fn holds(holder: &Spot, spot: Spot) -> bool {
    holder.index != spot.index
        && match holder.kind {
            PlaceKind::Country => holder.country == spot.country && spot.kind != PlaceKind::Country,
            PlaceKind::Region => spot.region == Some(holder.index),
            _ => false,
        }
}

/// How sure it is that the words name a place.
fn belief(around: &Around, candidate: &Candidate, meaning: &Meaning, qualified: bool, region: bool) -> f64 {
    let part = &around.parts[candidate.part];
    let lone = candidate.end == candidate.first + 1;
    let first = &part.words[candidate.first];
    let spot = meaning.spot;
    let large = matches!(spot.kind, PlaceKind::Country | PlaceKind::Area);
    if lone && is_small_word(part, candidate) || is_organisation(candidate, part) {
        return 0.0;
    }
    let mut belief = size(meaning);
    let cued =
        part.before(candidate.first).is_some_and(|word| words::is_locative(&word.lower, part.language));
    belief += if cued { 0.25 } else { 0.0 };
    belief += if qualified { 0.6 } else { 0.0 } + if region { 0.3 } else { 0.0 };
    belief += match around.evidence.share(spot.country) {
        share if share >= 0.25 => 0.25,
        _ if around.evidence.names(spot.country) => 0.12,
        _ => 0.0,
    };
    if meaning.alternate && !is_cyrillic(&candidate.name) && !first.uncased {
        belief -= if part.language.code() == "en" { 0.2 } else { 0.05 };
    }
    if first.uncased && lone && !large && spot.population < 300_000 {
        belief -= 0.4;
    }
    if lone && words::is_common(&candidate.name) {
        belief -= if spot.population > 400_000 || spot.capital || large { 0.3 } else { 0.55 };
    }
    if lone && !large && around.lower.contains(&*first.lower) {
        belief -= 0.5;
    }
    if lone && first.begins && !part.shouting {
        belief -= 0.12;
    }
    if lone && !large && around.people.contains(&*first.lower) && !qualified {
        belief -= if spot.population > 900_000 || spot.capital { 0.3 } else { 0.6 };
    }
    if qualified { belief } else { belief - neighbours::against(around, candidate, large) }
}

/// `White House` is no Casablanca.
fn is_organisation(candidate: &Candidate, part: &Part) -> bool {
    let known = Gazetteer::shared().find(&candidate.name, candidate.span.of(part.text));
    known.is_some_and(|known| known.kind != NameKind::Place)
}

/// What its size alone says.
fn size(meaning: &Meaning) -> f64 {
    let spot = meaning.spot;
    match (spot.kind, spot.population) {
        (PlaceKind::Country | PlaceKind::Area, _) => 0.95,
        (PlaceKind::Region, 500_000..) => 0.75,
        (PlaceKind::Region, _) => 0.5,
        _ if spot.capital => 0.85,
        (_, 1_000_000..) => 0.8,
        (_, 300_000..) => 0.65,
        (_, 100_000..) => 0.5,
        (_, 30_000..) => 0.35,
        _ => 0.25,
    }
}

fn is_cyrillic(word: &str) -> bool {
    word.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c))
}

impl Around<'_> {
    /// Whether the word *region* belongs to a candidate, directly or over the list that it stands in.
    fn is_region(&self, at: usize) -> bool {
        self.goes_on_to_region(at) || self.comes_from_region(at)
    }

    fn goes_on_to_region(&self, mut at: usize) -> bool {
        loop {
            let candidate = &self.candidates[at];
            let part = &self.parts[candidate.part];
            if part.behind(candidate.end).is_some_and(|word| words::is_region_word(&word.lower)) {
                return true;
            }
            match self.candidates.get(at + 1) {
                Some(next) if self.listed(candidate, next) => at += 1,
                _ => return false,
            }
        }
    }

    fn comes_from_region(&self, mut at: usize) -> bool {
        loop {
            let candidate = &self.candidates[at];
            let part = &self.parts[candidate.part];
            let before = part.before(candidate.first);
            let of = before.is_some_and(|word| matches!(&*word.lower, "of" | "de" | "d’" | "d'" | "von"));
            let cue = if of { part.before(candidate.first - 1) } else { before };
            if cue.is_some_and(|word| words::is_region_word(&word.lower) && word.lower != "area") {
                return true;
            }
            match at.checked_sub(1) {
                Some(last) if self.listed(&self.candidates[last], candidate) => at = last,
                _ => return false,
            }
        }
    }

    fn listed(&self, one: &Candidate, next: &Candidate) -> bool {
        let text = self.parts[one.part].text;
        one.part == next.part
            && text.get(one.span.end as usize..next.span.start as usize).is_some_and(words::joins)
    }

    /// The word that a country or region begins with when it is named right behind a candidate: `Paris, Texas`,
    /// `Paris (Texas)`, `Atlanta in Georgia`.
    fn holder_from(&self, candidate: &Candidate) -> Option<usize> {
        let part = &self.parts[candidate.part];
        match part.gap(candidate.end) {
            ", " | " (" | " / " => Some(candidate.end),
            " " => part
                .words
                .get(candidate.end)
                .filter(|word| matches!(&*word.lower, "in" | "im" | "en"))
                .map(|_| candidate.end + 1),
            _ => None,
        }
    }

    /// The country or region that a candidate means because the city before it lies there: `Tbilisi, Georgia` is no
    /// state of the United States, `Atlanta in Georgia` is.
    fn holding(&self, at: usize) -> Option<u32> {
        let candidate = &self.candidates[at];
        let city = self.candidates.get(at.checked_sub(1)?).filter(|city| city.part == candidate.part)?;
        if self.holder_from(city) != Some(candidate.first) {
            return None;
        }
        let cities = city.meanings.iter().filter(|meaning| meaning.spot.kind == PlaceKind::City);
        let held = cities.flat_map(|city| {
            let holders = candidate.meanings.iter().filter(|meaning| holds(&meaning.spot, city.spot));
            holders.map(|meaning| (city.spot.population, meaning.spot.index))
        });
        held.max_by_key(|(people, _)| *people).map(|(_, holder)| holder)
    }

    /// The regions or countries that are named right behind a candidate: `Paris, Texas`, `Paris (Texas)`, `Uvalde, Tex.`.
    fn holder(&self, at: usize) -> Option<Vec<Spot>> {
        let candidate = &self.candidates[at];
        let part = &self.parts[candidate.part];
        let from = self.holder_from(candidate)?;
        let next =
            self.candidates.get(at + 1).filter(|next| next.part == candidate.part && next.first == from);
        let spots = |meanings: &[Meaning]| -> Vec<Spot> {
            let large = |spot: &Spot| matches!(spot.kind, PlaceKind::Country | PlaceKind::Region);
            meanings.iter().map(|meaning| meaning.spot).filter(large).collect()
        };
        let found = match next {
            Some(next) => spots(&next.meanings),
            None => spots(&self.atlas.find(words::state(part.words.get(from)?.text)?)),
        };
        let holds = |spot: &Spot| candidate.meanings.iter().any(|meaning| holds(spot, meaning.spot));
        found.iter().any(holds).then_some(found)
    }
}

/// Words of people's names: of runs of capitals that no atlas knows.
pub(super) fn people(parts: &[Part], candidates: &[Candidate]) -> WordSet<String> {
    let large: Set<(usize, usize)> = candidates
        .iter()
        .filter(|candidate| is_large(candidate))
        .map(|candidate| (candidate.part, candidate.end))
        .collect();
    let mut people = WordSet::default();
    for candidate in
        candidates.iter().filter(|candidate| candidate.end == candidate.first + 1 && !is_large(candidate))
    {
        let part = &parts[candidate.part];
        let Some(before) =
            part.before(candidate.first).filter(|_| part.gap(candidate.first) == " " && !part.shouting)
        else {
            continue;
        };
        let known = large.contains(&(candidate.part, candidate.first));
        let name = before.capital && !words::stands_beside(&before.lower) && !known;
        if name && !words::leads_another(&before.lower) && !words::is_region_word(&before.lower) {
            people.insert(part.words[candidate.first].lower.to_string());
        }
    }
    people
}

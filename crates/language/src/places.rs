//! Places named in a text, each linked to the one place of the atlas that it means.
//!
//! In: the parts of an article, headline first. Out: for each part its mentions in their order, with spans into that part.
//! The parts speak for each other: `Georgia` in a headline is the country when the text speaks of Tbilisi. A place that is
//! named as one (`the town of X`) and that nobody knows is a mention without a point; it is never linked to a namesake.
//!
//! `scan` finds what the atlas knows, `evidence` the countries that the text speaks of, `choose` decides.

mod atlas;
mod choose;
mod evidence;
mod neighbours;
mod scan;
mod spelling;
mod unknown;
mod words;

use atlas::Atlas;
use choose::{Around, choose, people};
use evidence::Evidence;
use news::{Language, Place, PlaceId, PlaceMention};
use scan::{Part, candidates, is_large};
pub use spelling::{kept_forms, spelling};

/// Characters of a part that are looked at.
const PART_CHARS: usize = 60_000;
/// Mentions of one part at most.
const MOST: usize = 500;

/// The places that the parts of an article name.
pub fn places(parts: &[&str], language: Language) -> Vec<Vec<PlaceMention>> {
    let atlas = Atlas::shared();
    let parts: Vec<Part> = parts.iter().map(|text| Part::new(beginning(text), language)).collect();
    let found: Vec<_> =
        parts.iter().enumerate().flat_map(|(number, part)| candidates(part, number, atlas)).collect();
    let words = parts.iter().filter(|part| !part.shouting).flat_map(|part| &part.words);
    let lower = words.filter(|word| !word.capital && !word.uncased).map(|word| &*word.lower).collect();
    let evidence = Evidence::new(&parts, &found);
    let large = || found.iter().filter(|candidate| is_large(candidate));
    let around = Around {
        people: people(&parts, &found),
        firsts: large().map(|candidate| (candidate.part, candidate.first)).collect(),
        ends: large().map(|candidate| (candidate.part, candidate.end)).collect(),
        parts: &parts,
        candidates: &found,
        evidence,
        lower,
        atlas,
    };
    let mut mentions: Vec<Vec<PlaceMention>> = parts.iter().map(unknown::mentions).collect();
    for (at, candidate) in found.iter().enumerate() {
        let Some((spot, confidence)) = choose(&around, at) else { continue };
        let place = Some(atlas.place(spot));
        mentions[candidate.part].push(PlaceMention {
            span: candidate.span,
            place,
            confidence: confidence as f32,
        });
    }
    mentions.into_iter().map(in_order).collect()
}

/// The place of the atlas with this number.
pub fn place(id: PlaceId) -> Option<Place> {
    Atlas::shared().by_id(id)
}

/// In the order of the text; where two overlap, the known one stays.
fn in_order(mut mentions: Vec<PlaceMention>) -> Vec<PlaceMention> {
    mentions.sort_by_key(|mention| (mention.span.start, mention.place.is_none()));
    let mut kept: Vec<PlaceMention> = Vec::new();
    for mention in mentions {
        let overlaps = kept.last().is_some_and(|last| mention.span.start < last.span.end);
        if !overlaps && kept.len() < MOST {
            kept.push(mention);
        } else if overlaps && mention.place.is_some() && kept.last().is_some_and(|last| last.place.is_none())
        {
            kept.pop();
            kept.push(mention);
        }
    }
    kept
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(PART_CHARS).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

#[cfg(test)]
mod tests;

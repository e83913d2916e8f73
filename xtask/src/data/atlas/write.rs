//! The two files of the atlas.

use super::{Entry, REGION};
use anyhow::{Context, Result};
use language::{kept_forms, spelling};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

const ALTERNATE: u32 = 1 << 31;
/// Meanings of one spelling at most.
const MEANINGS: usize = 40;

pub(super) fn write(places: &[Entry], folder: &Path) -> Result<()> {
    let spellings = spellings(places);
    let mut entries: Vec<u32> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (key, meanings) in &spellings {
        let first = entries.len() as u64;
        entries.extend(meanings);
        map.insert(key, first << 8 | meanings.len() as u64)?;
    }
    let (mut records, mut names) = (Vec::new(), Vec::new());
    let regions = regions(places);
    for place in places {
        records.extend(record(place, names.len(), &regions)?);
        names.extend(shown(place).bytes());
    }
    let mut bytes = Vec::new();
    bytes.extend(u32::try_from(places.len())?.to_le_bytes());
    bytes.extend(u32::try_from(entries.len())?.to_le_bytes());
    bytes.extend(records);
    bytes.extend(entries.iter().flat_map(|entry| entry.to_le_bytes()));
    bytes.extend(names);
    fs::write(folder.join("places.bin"), bytes).context("places.bin")?;
    fs::write(folder.join("places.fst"), map.into_inner()?).context("places.fst")
}

fn shown(place: &Entry) -> &str {
    place.names.first().map_or("", String::as_str)
}

/// Indices of the regions by their first-level code.
fn regions(places: &[Entry]) -> HashMap<&str, u16> {
    let found = places.iter().zip(0..u16::MAX).filter(|(place, _)| place.kind == REGION);
    found.map(|(place, at)| (place.region.as_str(), at)).collect()
}

fn record(place: &Entry, name: usize, regions: &HashMap<&str, u16>) -> Result<Vec<u8>> {
    let degrees = |value: f64| ((value * 1e5).round() as i32).to_le_bytes();
    let region =
        Some(place).filter(|place| place.kind > REGION).and_then(|place| regions.get(place.region.as_str()));
    let country: [u8; 2] = place.country.as_bytes().try_into().unwrap_or([0, 0]);
    let mut bytes = place.id.to_le_bytes().to_vec();
    bytes.extend(degrees(place.latitude));
    bytes.extend(degrees(place.longitude));
    bytes.extend(u32::try_from(place.population)?.to_le_bytes());
    bytes.extend(u32::try_from(name)?.to_le_bytes());
    bytes.extend(country);
    bytes.push(place.kind | if place.capital { 0x80 } else { 0 });
    bytes.push(u8::try_from(shown(place).len())?);
    bytes.extend(region.copied().unwrap_or(u16::MAX).to_le_bytes());
    Ok(bytes)
}

/// Every spelling with what it may mean, the weightiest first.
fn spellings(places: &[Entry]) -> BTreeMap<String, Vec<u32>> {
    let mut all: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (place, at) in places.iter().zip(0u32..) {
        let own = place.names.iter().map(|name| (name, 0));
        let alternates = place.alternates.iter().filter(|name| !name.contains('-') || !is_code(name));
        let alternates = alternates.map(|name| (name, ALTERNATE));
        for (name, flag) in own.chain(alternates) {
            let key = spelling(name);
            let cases = kept_forms(&key).into_iter().map(|form| format!("~{form}"));
            for key in std::iter::once(key).filter(|key| !key.is_empty()).chain(cases) {
                let meanings = all.entry(key).or_default();
                if !meanings.iter().any(|known| known & !ALTERNATE == at) {
                    meanings.push(at | flag);
                }
            }
        }
    }
    for meanings in all.values_mut() {
        let weight = |entry: &u32| {
            let place = &places[(*entry & !ALTERNATE) as usize];
            (entry & ALTERNATE, place.kind, std::cmp::Reverse(place.population))
        };
        meanings.sort_by_key(weight);
        // Namesakes count once for each place, and a village after forty cities is never meant.
        meanings.truncate(MEANINGS);
    }
    all
}

/// `UA-14`.
fn is_code(name: &str) -> bool {
    name.split_once('-').is_some_and(|(country, rest)| {
        country.len() == 2 && rest.len() <= 3 && country.chars().all(char::is_uppercase)
    })
}

//! First-level regions of GeoNames, with English names from CLDR; their point is the middle of their cities.

use super::cities::{Script, script};
use super::{Entry, REGION, json};
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// What follows the name of a region and is left away in a shorter form of it.
const SORTS: &[&str] = &[
    " Oblast",
    " oblast",
    " Region",
    " Krai",
    " Province",
    " State",
    " Governorate",
    " Prefecture",
    " County",
    " District",
    " Department",
    " Republic",
    " Canton",
    " Voivodeship",
    " Parish",
    " Municipality",
    " Division",
    " Sheng",
    " Zizhiqu",
    " Autonomous Region",
    " Uygur Autonomous Region",
    " Hui Autonomous Region",
    " Zhuang Autonomous Region",
];

pub(super) fn read(
    table: &Path,
    english: &Path,
    countries: &[Entry],
    cities: &[Entry],
) -> Result<Vec<Entry>> {
    let english = json(english)?;
    let english = &english["subdivisions"]["localeDisplayNames"]["subdivisions"];
    let middles = middles(cities);
    let known: HashMap<&str, &Entry> =
        countries.iter().map(|entry| (entry.country.as_str(), entry)).collect();
    let text = fs::read_to_string(table).with_context(|| table.display().to_string())?;
    let mut regions = Vec::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, iso, code, id, _, alternates, level, ..] = columns[..] else { continue };
        let Some((country, short)) = code.split_once('.').filter(|(_, rest)| !rest.contains('.')) else {
            continue;
        };
        if level != "1" || !known.contains_key(country) || short.is_empty() {
            continue;
        }
        let Ok(id) = id.parse::<u32>() else { continue };
        let Some(&(latitude, longitude, population)) = middles.get(code) else { continue };
        let english = english[iso.replace('-', "").to_lowercase()].as_str().unwrap_or(name);
        let shown = shown(name, english, alternates);
        let alternates = alternates.split('|').filter(|name| kept(name)).map(ToOwned::to_owned);
        let mut names = vec![shown.clone()];
        names.extend(SORTS.iter().filter_map(|sort| shown.strip_suffix(sort)).map(ToOwned::to_owned));
        names.extend((name != shown).then(|| name.to_owned()));
        regions.push(Entry {
            id,
            kind: REGION,
            country: country.to_owned(),
            region: code.to_owned(),
            latitude,
            longitude,
            population,
            names,
            alternates: std::iter::once(iso.to_owned()).chain(alternates).collect(),
            ..Entry::default()
        });
    }
    Ok(regions)
}

/// Oblasts are shown as such, so that they are told from the cities they are named after.
fn shown(name: &str, english: &str, alternates: &str) -> String {
    let oblast = alternates.split('|').find(|name| name.ends_with(" Oblast"));
    match oblast {
        Some(oblast) => oblast.to_owned(),
        None if name.to_lowercase().contains("oblast") => {
            format!("{} Oblast", english.trim_end_matches(" oblast"))
        }
        None => english.to_owned(),
    }
}

fn kept(name: &str) -> bool {
    let letters = name.chars().count();
    match script(name) {
        Script::Latin | Script::Cyrillic => {
            letters >= 4 && name.chars().next().is_some_and(char::is_uppercase)
        }
        Script::Other => letters >= 2,
        Script::Unread => false,
    }
}

/// The middle of the cities of each region, and their people.
fn middles(cities: &[Entry]) -> HashMap<&str, (f64, f64, u64)> {
    let mut boxes: HashMap<&str, (f64, f64, f64, f64, u64)> = HashMap::new();
    for city in cities {
        let fresh = (city.latitude, city.latitude, city.longitude, city.longitude, 0);
        let found = boxes.entry(&city.region).or_insert(fresh);
        found.0 = found.0.min(city.latitude);
        found.1 = found.1.max(city.latitude);
        found.2 = found.2.min(city.longitude);
        found.3 = found.3.max(city.longitude);
        found.4 += city.population;
    }
    let middle =
        |(south, north, west, east, people)| (f64::midpoint(south, north), f64::midpoint(west, east), people);
    boxes.into_iter().map(|(code, found)| (code, middle(found))).collect()
}

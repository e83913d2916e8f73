//! Cities of GeoNames, and which of their many spellings are kept.

use super::{CITY, Entry};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// People of the smallest place, in most countries and in those that are watched; of the smallest whose names in other
/// scripts and languages are kept; of the smallest with all of them.
const SMALLEST: u64 = 10_000;
const SMALLEST_WATCHED: u64 = 5_000;
const SPELLED: u64 = 15_000;
const LARGE: u64 = 150_000;

/// Countries whose places have their spellings in Latin letters from a transliteration, so in several.
const TRANSLITERATED: &[&str] = &[
    "UA", "RU", "BY", "BG", "RS", "MK", "KZ", "KG", "GE", "AM", "AZ", "IL", "PS", "LB", "SY", "JO", "IQ",
    "IR", "YE", "SA", "AE", "EG", "LY", "SD", "AF", "CN", "TW", "JP", "KR", "KP", "GR", "MM", "XK",
];

/// Countries at war now: their smaller places are in the news, and are kept with all spellings.
const WATCHED: &[&str] = &["UA", "RU", "PS", "IL", "LB", "SY", "SD", "YE"];

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    #[serde(default)]
    admin1code: String,
    alternatenames: Vec<String>,
}

pub(super) fn read(path: &Path) -> Result<Vec<Entry>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let cities: HashMap<String, City> = serde_json::from_str(&text)?;
    let large = |city: &City| {
        let watched = WATCHED.contains(&city.countrycode.as_str());
        city.population >= if watched { SMALLEST_WATCHED } else { SMALLEST }
    };
    let mut kept: Vec<Entry> = cities.into_values().filter(large).map(entry).collect();
    kept.sort_by_key(|city| (std::cmp::Reverse(city.population), city.id));
    Ok(kept)
}

fn entry(city: City) -> Entry {
    let alternates = alternates(&city);
    Entry {
        id: city.geonameid,
        kind: CITY,
        region: format!("{}.{}", city.countrycode, city.admin1code),
        country: city.countrycode,
        latitude: city.latitude,
        longitude: city.longitude,
        population: city.population,
        names: vec![city.name],
        alternates,
        ..Entry::default()
    }
}

fn alternates(city: &City) -> Vec<String> {
    let watched = WATCHED.contains(&city.countrycode.as_str());
    let several = TRANSLITERATED.contains(&city.countrycode.as_str());
    let spelled = watched || city.population >= SPELLED;
    let large = city.population >= LARGE;
    let (mut latin, mut cyrillic, mut other) = (0, 0, 0);
    let wanted = |name: &&String| {
        let letters = name.chars().count();
        let (count, most) = match script(name) {
            Script::Latin if letters < 4 || !begins_high(name) || is_code(name) => return false,
            Script::Latin => (
                &mut latin,
                if large {
                    60
                } else if several && spelled {
                    12
                } else {
                    0
                },
            ),
            Script::Cyrillic if letters < 3 || !begins_high(name) => return false,
            Script::Cyrillic => (
                &mut cyrillic,
                if large {
                    12
                } else if spelled {
                    4
                } else {
                    0
                },
            ),
            Script::Other if letters < 2 => return false,
            Script::Other => (&mut other, if large || watched { 16 } else { 0 }),
            Script::Unread => return false,
        };
        *count += 1;
        *count <= most && letters <= 30
    };
    city.alternatenames.iter().filter(wanted).cloned().collect()
}

/// The scripts that are told apart here.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Script {
    Latin,
    /// With the letters of Russian and Ukrainian alone.
    Cyrillic,
    /// Greek, Hebrew, Arabic, Devanagari, Han, kana, Hangul.
    Other,
    Unread,
}

pub(super) fn script(name: &str) -> Script {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if name.chars().any(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | '=' | ';' | ':' | '/' | '،' | ','))
    {
        Script::Unread
    } else if letters()
        .all(|c| u32::from(c) < 0x250 || ('\u{1e00}'..'\u{1f00}').contains(&c) || matches!(c, 'ʻ' | 'ʼ'))
    {
        Script::Latin
    } else if letters()
        .all(|c| ('а'..='я').contains(&c) || ('А'..='Я').contains(&c) || "ёЁіІїЇєЄґҐʼ".contains(c))
    {
        Script::Cyrillic
    } else if letters().all(is_other) {
        Script::Other
    } else {
        Script::Unread
    }
}

fn is_other(c: char) -> bool {
    matches!(u32::from(c),
        0x370..=0x3ff | 0x590..=0x6ff | 0x900..=0x97f | 0x1f00..=0x1fff | 0x3040..=0x30ff | 0x4e00..=0x9fff
        | 0xac00..=0xd7af)
}

fn begins_high(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

/// Codes of airports and the like.
fn is_code(name: &str) -> bool {
    name.len() <= 5 && !name.chars().any(char::is_lowercase)
}

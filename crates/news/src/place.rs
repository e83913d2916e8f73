//! Places in a text: what is named where, and the one place in the gazetteer that it means, if we know it.

use crate::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place of the gazetteer: its number in GeoNames, or one of ours from 1,000,000,000 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceId(pub u32);

impl PlaceId {
    /// From here on places are invented: those of the demo day.
    const INVENTED: u32 = 2_000_000_000;

    /// Whether there is no such place.
    pub fn is_invented(self) -> bool {
        self.0 >= Self::INVENTED
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What kind of place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A state of the world or a territory with a country code of its own.
    Country,
    /// A first-level part of a country: a state, an oblast, a Land.
    Region,
    /// A city, a town, a village.
    #[default]
    City,
    /// What crosses borders or is no place to live in: a continent, a sea, a strip, a strait.
    Area,
}

impl PlaceKind {
    /// As written in the database and in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::City => "city",
            Self::Area => "area",
        }
    }

    /// The kind of this code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Country, Self::Region, Self::City, Self::Area].into_iter().find(|kind| kind.code() == code)
    }
}

/// A place with where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// In the gazetteer.
    pub id: PlaceId,
    /// In English, as news writes it.
    pub name: String,
    pub kind: PlaceKind,
    /// ISO 3166 code of two letters; none for what belongs to several.
    pub country: Option<String>,
    /// The region that a city lies in: `Texas`.
    pub region: Option<String>,
    /// Degrees north; of what is large, somewhere in its middle.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// People who live there, zero when not known.
    pub population: u32,
}

/// A place named in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceMention {
    /// The words that name it.
    pub span: Span,
    /// Known from the gazetteer; none for a place that is named as one and not known: it has a name and no point.
    pub place: Option<Place>,
    /// How sure that these words mean this place, 0 to 1.
    pub confidence: f32,
}

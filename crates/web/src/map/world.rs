//! The outlines of countries: `assets/world.bin`, made by `cargo xtask data map` from Natural Earth (public domain), through the
//! npm package world-atlas 2.0.2 (ISC, Copyright 2013-2019 Michael Bostock).
//!
//! Little-endian: the number of rings (u16); for each its country (two letters, `--` for none), the number of its points
//! (u16), and the points, longitude and latitude in hundredths of degrees (i16 each). The largest rings come first.
//! A ring that crosses the 180th meridian goes on beyond it.

use std::sync::LazyLock;

/// Degrees east and north.
pub(super) type Point = (f64, f64);

/// One piece of a country.
pub(super) struct Ring {
    pub(super) country: String,
    pub(super) points: Vec<Point>,
    pub(super) west: f64,
    pub(super) east: f64,
    pub(super) south: f64,
    pub(super) north: f64,
}

static RINGS: LazyLock<Vec<Ring>> =
    LazyLock::new(|| read(include_bytes!("../../assets/world.bin")).unwrap_or_default());

/// All of them.
pub(super) fn rings() -> &'static [Ring] {
    &RINGS
}

fn read(bytes: &[u8]) -> Option<Vec<Ring>> {
    let mut rest = bytes;
    let count = number(&mut rest)?;
    (0..count).map(|_| ring(&mut rest)).collect()
}

fn ring(rest: &mut &[u8]) -> Option<Ring> {
    let country = String::from_utf8(rest.split_off(..2)?.to_vec()).ok()?;
    let count = number(rest)?;
    let points: Option<Vec<Point>> = (0..count).map(|_| Some((degrees(rest)?, degrees(rest)?))).collect();
    let points = points?;
    let edge = |of: fn(&Point) -> f64, pick: fn(f64, f64) -> f64| {
        points.iter().map(of).reduce(pick).unwrap_or_default()
    };
    Some(Ring {
        west: edge(|point| point.0, f64::min),
        east: edge(|point| point.0, f64::max),
        south: edge(|point| point.1, f64::min),
        north: edge(|point| point.1, f64::max),
        country,
        points,
    })
}

fn number(rest: &mut &[u8]) -> Option<u16> {
    Some(u16::from_le_bytes(rest.split_off(..2)?.try_into().ok()?))
}

fn degrees(rest: &mut &[u8]) -> Option<f64> {
    Some(f64::from(number(rest)?.cast_signed()) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::rings;

    #[test]
    fn the_outlines_are_whole() {
        assert!(rings().len() > 500, "{}", rings().len());
        let ukraine = rings().iter().find(|ring| ring.country == "UA").unwrap();
        assert!(ukraine.west > 20.0 && ukraine.east < 42.0 && ukraine.north < 53.0);
    }
}

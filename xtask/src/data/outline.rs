//! Outlines of countries from TopoJSON (the npm package world-atlas, Natural Earth): arcs are decoded, rings put together.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::HashMap;

/// Longitude and latitude.
pub(super) type Point = (f64, f64);

/// The arcs of a topology in degrees.
pub(super) fn arcs(topology: &Value) -> Result<Vec<Vec<Point>>> {
    let pair = |value: &Value| -> Option<Point> { Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?)) };
    let scale = pair(&topology["transform"]["scale"]).context("no scale")?;
    let shift = pair(&topology["transform"]["translate"]).context("no translation")?;
    let arcs = topology["arcs"].as_array().context("no arcs")?;
    let decode = |arc: &Value| {
        let mut at = (0.0, 0.0);
        let steps = arc.as_array().into_iter().flatten().filter_map(pair);
        steps
            .map(|step| {
                at = (at.0 + step.0, at.1 + step.1);
                (at.0 * scale.0 + shift.0, at.1 * scale.1 + shift.1)
            })
            .collect()
    };
    Ok(arcs.iter().map(decode).collect())
}

/// The outer rings of a country's polygons.
pub(super) fn outer_rings(geometry: &Value, arcs: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![&geometry["arcs"]],
        Some("MultiPolygon") => geometry["arcs"].as_array().into_iter().flatten().collect(),
        _ => Vec::new(),
    };
    polygons.into_iter().filter_map(|polygon| polygon.get(0)).map(|ring| points(ring, arcs)).collect()
}

/// A negative number is an arc walked backwards. Where a ring crosses the 180th meridian it goes on beyond it.
fn points(ring: &Value, arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for index in ring.as_array().into_iter().flatten().filter_map(Value::as_i64) {
        let backwards = index < 0;
        let at = usize::try_from(if backwards { !index } else { index }).unwrap_or(usize::MAX);
        let Some(arc) = arcs.get(at) else { continue };
        points.pop();
        if backwards {
            points.extend(arc.iter().rev());
        } else {
            points.extend(arc);
        }
    }
    for at in 1..points.len() {
        let step = points[at].0 - points[at - 1].0;
        points[at].0 -= (step / 360.0).round() * 360.0;
    }
    points
}

/// The middle of each country's largest piece, by its number in ISO 3166 and by its name.
pub(super) fn middles(topology: &Value) -> Result<HashMap<String, Point>> {
    let arcs = arcs(topology)?;
    let mut middles: HashMap<String, (f64, Point)> = HashMap::new();
    for country in topology["objects"]["countries"]["geometries"].as_array().context("no countries")? {
        let rings = outer_rings(country, &arcs);
        let largest = rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()));
        let Some((size, middle)) = largest.map(|ring| (area(ring).abs(), centroid(ring))) else { continue };
        // Some territories share the number of their state.
        for name in [&country["id"], &country["properties"]["name"]].into_iter().filter_map(Value::as_str) {
            let known = middles.entry(name.to_owned()).or_insert((size, middle));
            if known.0 < size {
                *known = (size, middle);
            }
        }
    }
    Ok(middles.into_iter().map(|(name, (_, middle))| (name, middle)).collect())
}

fn area(ring: &[Point]) -> f64 {
    sides(ring).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
}

fn centroid(ring: &[Point]) -> Point {
    let area = area(ring);
    let sum = sides(ring).fold((0.0, 0.0), |sum, (a, b)| {
        let cross = a.0 * b.1 - b.0 * a.1;
        (sum.0 + (a.0 + b.0) * cross, sum.1 + (a.1 + b.1) * cross)
    });
    let longitude = sum.0 / (6.0 * area);
    (longitude - (longitude / 360.0).round() * 360.0, sum.1 / (6.0 * area))
}

fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

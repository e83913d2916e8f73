//! Land as paths: clipped to what can be seen, with no more points than can be told apart.

use super::frame::Frame;
use super::world::{Point, Ring, rings};
use std::collections::HashSet;
use std::fmt::Write;

/// Square of the tenths of a unit that a point must be away from the last one to be drawn: of a near view and of one of
/// half the world, which would else be heavy.
const APART: i64 = 80;
const APART_FAR: i64 = 300;
/// Islands smaller than this in both directions are not drawn.
const SPECK: f64 = 3.0;

/// The countries in a frame; those in `named` stand out.
pub(super) fn draw(frame: &Frame, named: &HashSet<&str>, svg: &mut String) {
    let bounds = frame.bounds();
    let (west, east, south, north) = bounds;
    // A frame over the 180th meridian sees the other side, too.
    for turn in [0.0, -360.0, 360.0] {
        let seen = rings().iter().filter(|ring| {
            ring.west + turn < east && ring.east + turn > west && ring.south < north && ring.north > south
        });
        for ring in seen {
            let path = path(frame, ring, turn, bounds);
            if !path.is_empty() {
                let class = if named.contains(ring.country.as_str()) { "land named" } else { "land" };
                let _ = write!(svg, r#"<path class="{class}" d="{path}"/>"#);
            }
        }
    }
}

fn path(frame: &Frame, ring: &Ring, turn: f64, bounds: (f64, f64, f64, f64)) -> String {
    let (low, high) = (frame.place((ring.west, ring.south)), frame.place((ring.east, ring.north)));
    if high.0 - low.0 < SPECK && low.1 - high.1 < SPECK {
        return String::new();
    }
    let points: Vec<Point> = ring.points.iter().map(|point| (point.0 + turn, point.1)).collect();
    let mut path = String::new();
    let mut last: Option<(i64, i64)> = None;
    let mut drawn = 0;
    let apart = if frame.is_far() { APART_FAR } else { APART };
    for point in clip(points, bounds) {
        let at = frame.place(point);
        // In tenths of a unit, each from the last: half the letters of plain numbers.
        let at = ((at.0 * 10.0).round() as i64, (at.1 * 10.0).round() as i64);
        match last {
            None => step(&mut path, 'M', at),
            Some(last) if (at.0 - last.0).pow(2) + (at.1 - last.1).pow(2) < apart => continue,
            Some(last) => step(&mut path, 'l', (at.0 - last.0, at.1 - last.1)),
        }
        last = Some(at);
        drawn += 1;
    }
    if drawn < 3 {
        return String::new();
    }
    path.push('z');
    path
}

fn step(path: &mut String, letter: char, (x, y): (i64, i64)) {
    path.push(letter);
    tenths(path, x);
    if y >= 0 {
        path.push(' ');
    }
    tenths(path, y);
}

/// `-34` as `-3.4`, `5` as `.5`.
fn tenths(path: &mut String, value: i64) {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.abs() / 10, value.abs() % 10);
    let _ = match (whole, rest) {
        (0, 0) => write!(path, "0"),
        (0, _) => write!(path, "{sign}.{rest}"),
        (_, 0) => write!(path, "{sign}{whole}"),
        _ => write!(path, "{sign}{whole}.{rest}"),
    };
}

/// Sutherland and Hodgman: cut along each edge in turn.
fn clip(points: Vec<Point>, (west, east, south, north): (f64, f64, f64, f64)) -> Vec<Point> {
    type Edge = (fn(Point, f64) -> bool, fn(Point, Point, f64) -> Point, f64);
    let edges: [Edge; 4] = [
        (|point, edge| point.0 >= edge, upright, west),
        (|point, edge| point.0 <= edge, upright, east),
        (|point, edge| point.1 >= edge, level, south),
        (|point, edge| point.1 <= edge, level, north),
    ];
    edges.into_iter().fold(points, |points, (inside, cross, edge)| {
        let mut kept = Vec::with_capacity(points.len());
        for (at, &point) in points.iter().enumerate() {
            let before = points[if at == 0 { points.len() - 1 } else { at - 1 }];
            if inside(point, edge) != inside(before, edge) {
                kept.push(cross(before, point, edge));
            }
            if inside(point, edge) {
                kept.push(point);
            }
        }
        kept
    })
}

/// Where the way from `a` to `b` crosses a meridian.
fn upright(a: Point, b: Point, edge: f64) -> Point {
    (edge, a.1 + (b.1 - a.1) * (edge - a.0) / (b.0 - a.0))
}

/// Where it crosses a parallel.
fn level(a: Point, b: Point, edge: f64) -> Point {
    (a.0 + (b.0 - a.0) * (edge - a.1) / (b.1 - a.1), edge)
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn a_square_is_cut() {
        let square = vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let cut = clip(square.clone(), (5.0, 20.0, -5.0, 5.0));
        assert_eq!(cut.len(), 4, "{cut:?}");
        assert!(cut.iter().all(|point| point.0 >= 5.0 && point.1 <= 5.0));
        assert!(clip(square, (20.0, 30.0, 20.0, 30.0)).is_empty());
    }
}

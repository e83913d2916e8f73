//! Which part of the world a map shows, and where a point of it lies in the picture.

use super::world::Point;

/// A picture's size in user units.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Degrees of latitude that are shown at least: a town alone needs its surroundings.
const LEAST: f64 = 7.0;
/// What lies around the points, in parts of their extent.
const MARGIN: f64 = 0.22;
/// Beyond these there is ice.
const NORTH: f64 = 82.0;
const SOUTH: f64 = -58.0;

/// Equirectangular around the middle: true to shape there, and plain to undo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    middle: Point,
    /// User units for a degree of latitude, and of longitude.
    scale: f64,
    narrow: f64,
    width: f64,
    height: f64,
}

impl Frame {
    /// The closest frame around some points.
    pub(super) fn around(points: &[Point], size: Size) -> Option<Self> {
        let first = points.first()?;
        let (mut west, mut east, mut south, mut north) = (first.0, first.0, first.1, first.1);
        for point in points {
            west = west.min(point.0);
            east = east.max(point.0);
            south = south.min(point.1);
            north = north.max(point.1);
        }
        let middle = (f64::midpoint(west, east), f64::midpoint(south, north));
        let narrow = middle.1.to_radians().cos().max(0.25);
        let tall = ((north - south) * (1.0 + 2.0 * MARGIN)).max(LEAST);
        let wide = (east - west) * narrow * (1.0 + 2.0 * MARGIN);
        let scale = (size.height / tall).min(size.width / wide.max(0.1)).max(size.width / 360.0);
        let half = size.height / scale / 2.0;
        let latitude =
            if half * 2.0 >= NORTH - SOUTH { 12.0 } else { middle.1.clamp(SOUTH + half, NORTH - half) };
        Some(Self { middle: (middle.0, latitude), scale, narrow, width: size.width, height: size.height })
    }

    /// Whether the picture shows more than a continent.
    pub(super) fn is_far(&self) -> bool {
        self.scale < 8.0
    }

    /// Where a point lies in the picture.
    pub(super) fn place(&self, point: Point) -> Point {
        let x = (point.0 - self.middle.0) * self.narrow * self.scale + self.width / 2.0;
        let y = (self.middle.1 - point.1) * self.scale + self.height / 2.0;
        (x, y)
    }

    /// Whether a place in the picture is within it, an edge left free.
    pub(super) fn holds(&self, at: Point, edge: f64) -> bool {
        at.0 >= edge && at.1 >= edge && at.0 <= self.width - edge && at.1 <= self.height - edge
    }

    /// West, east, south and north of the picture, with as much again around it: one may pan.
    pub(super) fn bounds(&self) -> (f64, f64, f64, f64) {
        let (x, y) = (self.width / self.scale / self.narrow, self.height / self.scale);
        (self.middle.0 - x, self.middle.0 + x, self.middle.1 - y, self.middle.1 + y)
    }
}

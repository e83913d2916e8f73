//! A map of places as inline SVG: land by Natural Earth, a point for each place, its name where there is room for it.
//!
//! It works as a plain picture; `map.js` lets one drag it and look closer. Shapes carry class names only, the stylesheet
//! colours them. Two pictures are drawn, one for wide screens and one for phones, and the stylesheet shows one: letters in
//! a picture that shrinks would shrink with it.

mod frame;
mod label;
mod land;
mod world;

use crate::text::escaped;
use frame::{Frame, Size};
use label::{Box, Labels};
use news::{Place, PlaceKind};
use std::collections::HashSet;
use std::fmt::Write;

/// Points on one map at most.
const MOST: usize = 40;
/// Degrees of longitude that the frame grows to for the sake of places that are named seldom.
const WIDE: f64 = 70.0;
/// How much of all that is named is shown at any width.
const MOSTLY: f64 = 0.6;

const SIZES: [(&str, Size); 2] =
    [("wide", Size { width: 760.0, height: 400.0 }), ("narrow", Size { width: 360.0, height: 300.0 })];

/// A place on the map with how many articles name it.
#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub(crate) place: Place,
    pub(crate) articles: u32,
}

/// The pictures, or nothing when no place has a point that is worth one.
pub(crate) fn draw(pins: &[Pin], what: &str) -> String {
    let pins = &pins[..pins.len().min(MOST)];
    let seen = in_frame(pins);
    let mut svg = String::new();
    for (class, size) in SIZES {
        if let Some(frame) = Frame::around(&seen, size) {
            picture(class, size, &frame, pins, what, &mut svg);
        }
    }
    svg
}

/// The points that the frame is made for: towns and regions before countries and seas; the seldom named only while the
/// picture stays near enough to tell anything.
fn in_frame(pins: &[Pin]) -> Vec<(f64, f64)> {
    let small = |pin: &&Pin| matches!(pin.place.kind, PlaceKind::City | PlaceKind::Region);
    let strip = |pin: &&Pin| pin.place.kind == PlaceKind::Area && pin.place.country.is_some();
    let mut wanted: Vec<&Pin> = pins.iter().filter(|pin| small(pin) || strip(pin)).collect();
    if wanted.is_empty() {
        wanted = pins.iter().filter(|pin| pin.place.kind == PlaceKind::Country).collect();
    }
    if wanted.is_empty() {
        wanted = pins.iter().collect();
    }
    let all: u32 = wanted.iter().map(|pin| pin.articles).sum();
    let (mut points, mut shown): (Vec<(f64, f64)>, u32) = (Vec::new(), 0);
    for pin in wanted {
        let point = (pin.place.longitude, pin.place.latitude);
        let apart = points.iter().map(|other| (other.0 - point.0).abs()).fold(0.0, f64::max);
        if apart <= WIDE || f64::from(shown) < MOSTLY * f64::from(all) {
            points.push(point);
            shown += pin.articles;
        }
    }
    points
}

fn picture(class: &str, size: Size, frame: &Frame, pins: &[Pin], what: &str, svg: &mut String) {
    let (width, height) = (size.width, size.height);
    let _ = write!(
        svg,
        r#"<svg class="map {class}" viewBox="0 0 {width} {height}" role="group" aria-label="{}">"#,
        escaped(what)
    );
    let _ = write!(
        svg,
        r#"<rect class="sea" x="{}" y="{}" width="{}" height="{}"/>"#,
        -width,
        -height,
        3.0 * width,
        3.0 * height
    );
    let countries = pins.iter().filter(|pin| pin.place.kind == PlaceKind::Country);
    let named: HashSet<&str> = countries.filter_map(|pin| pin.place.country.as_deref()).collect();
    land::draw(frame, &named, svg);
    let most = pins.iter().map(|pin| pin.articles).max().unwrap_or(1);
    let mut labels = Labels::default();
    let drawn: Vec<(&Pin, (f64, f64), f64)> = pins
        .iter()
        .map(|pin| (pin, frame.place((pin.place.longitude, pin.place.latitude)), radius(pin, most)))
        .filter(|(_, at, _)| frame.holds(*at, 6.0))
        .collect();
    for (_, at, radius) in &drawn {
        labels.take(Box::around(*at, *radius));
    }
    for (pin, at, radius) in drawn {
        mark(pin, at, radius, size, &mut labels, svg);
    }
    svg.push_str("</svg>");
}

/// Countries and seas are told by their names alone.
fn radius(pin: &Pin, most: u32) -> f64 {
    match pin.place.kind {
        PlaceKind::Country | PlaceKind::Area => 0.0,
        _ => 3.5 + 6.0 * (f64::from(pin.articles) / f64::from(most.max(1))).sqrt(),
    }
}

fn mark(pin: &Pin, at: (f64, f64), radius: f64, size: Size, labels: &mut Labels, svg: &mut String) {
    let kind = pin.place.kind.code();
    let name = escaped(&pin.place.name);
    let articles = crate::text::count(pin.articles as usize, "article", "articles");
    let label = labels.place(&pin.place.name, at, radius, size.width, size.height);
    if radius == 0.0 && label.is_none() {
        return;
    }
    let _ = write!(
        svg,
        r#"<a class="place {kind}" href="/place/{}" aria-label="{name}, {articles}" data-x="{:.1}" data-y="{:.1}" transform="translate({:.1} {:.1})">"#,
        pin.place.id, at.0, at.1, at.0, at.1
    );
    if radius > 0.0 {
        let _ = write!(svg, r#"<title>{name}, {articles}</title><circle r="{radius:.1}"/>"#);
    }
    if let Some(label) = label {
        let _ = write!(
            svg,
            r#"<text x="{:.1}" y="{:.1}" text-anchor="{}">{name}</text>"#,
            label.x, label.y, label.anchor
        );
    }
    svg.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::{Pin, draw};
    use news::{Place, PlaceId, PlaceKind};

    fn pin(name: &str, kind: PlaceKind, latitude: f64, longitude: f64) -> Pin {
        let place = Place {
            id: PlaceId(7),
            name: name.to_owned(),
            kind,
            country: Some("UA".to_owned()),
            region: None,
            latitude,
            longitude,
            population: 0,
        };
        Pin { place, articles: 3 }
    }

    #[test]
    fn a_map_names_its_places_and_escapes_them() {
        let pins = [pin("Kyiv", PlaceKind::City, 50.45, 30.52), pin("<b>", PlaceKind::City, 46.6, 32.6)];
        let map = draw(&pins, "Map of \"places\"");
        assert!(map.contains(">Kyiv</text>"), "{map}");
        assert!(map.contains("&lt;b&gt;") || map.contains("&#60;b&#62;"), "escaped");
        assert!(!map.contains("<b>"));
        assert_eq!(map.matches("<svg").count(), 2, "one for wide screens, one for phones");
    }

    #[test]
    fn without_points_there_is_no_map() {
        assert_eq!(draw(&[], "Map"), "");
    }

    #[test]
    fn a_map_stays_small() {
        let far = [pin("A", PlaceKind::City, 60.0, -150.0), pin("B", PlaceKind::City, -40.0, 175.0)];
        for pins in [&far[..], &far[..1]] {
            assert!(draw(pins, "Map").len() < 250_000, "{}", draw(pins, "Map").len());
        }
    }
}

//! Places: the section of a story's page with its list and map, and `/place/{id}`, one place with what is reported from it.

use crate::fields::{Fields, Key};
use crate::house::House;
use crate::map::{self, Pin};
use crate::page::{self, Chrome};
use crate::{Problem, target, text};
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use jiff::Timestamp;
use news::{Place, PlaceId, PlaceKind, StoryId, Target};
use std::sync::Arc;
use store::view::{NamedPlace, PlacePage};

/// Places read for a story; those in the list that are shown unfolded.
const MOST: usize = 60;
pub(crate) const OPEN: usize = 10;
/// Stories and sentences on a place's page.
const STORIES: usize = 40;
const SENTENCES: usize = 12;

/// Where a story happens.
#[derive(Default)]
pub(crate) struct Places {
    pub(crate) list: Vec<NamedPlace>,
    /// SVG, or nothing.
    pub(crate) map: String,
    /// What stands under it: whose the land and the points are.
    pub(crate) credit: &'static str,
}

/// Under a map: whose the land and the points are.
fn credit(places: &[Place]) -> &'static str {
    if places.iter().any(|place| place.id.is_invented()) {
        "Invented places of the demo day, put at open sea. Real ones stand on the land of Natural Earth."
    } else {
        "Land: Natural Earth. Places: GeoNames, CC BY 4.0."
    }
}

impl Places {
    pub(crate) fn of(list: Vec<NamedPlace>) -> Self {
        let pins: Vec<Pin> = list.iter().filter_map(pin).collect();
        let named: Vec<&str> = list.iter().take(OPEN).map(|place| place.name.as_str()).collect();
        let map = map::draw(&pins, &format!("Map: {}", named.join(", ")));
        let known: Vec<Place> = pins.into_iter().map(|pin| pin.place).collect();
        Self { list, map, credit: credit(&known) }
    }
}

fn pin(named: &NamedPlace) -> Option<Pin> {
    Some(Pin { place: named.place.clone()?, articles: named.articles })
}

/// What a story's page shows of places.
pub(crate) async fn of_story(house: &House, id: StoryId) -> Result<Places, Problem> {
    Ok(Places::of(house.ask(move |store| store.story_places(id, MOST)).await?))
}

/// What stands behind a place's name: its region or its country's code.
pub(crate) fn within(place: &Place) -> String {
    let country = place.country.as_deref().filter(|_| place.kind != PlaceKind::Country);
    let region = place.region.as_deref().filter(|region| *region != place.name);
    [region, country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The sort of a place in words.
pub(crate) fn sort(place: &Place) -> &'static str {
    match place.kind {
        PlaceKind::Country => "Country",
        PlaceKind::Region => "Region",
        PlaceKind::City => "Town or city",
        PlaceKind::Area => "Area",
    }
}

/// `50.45° N, 30.52° E`
pub(crate) fn point(place: &Place) -> String {
    let half = |degrees: f64, plus: char, minus: char| {
        format!("{:.2}° {}", degrees.abs(), if degrees < 0.0 { minus } else { plus })
    };
    format!("{}, {}", half(place.latitude, 'N', 'S'), half(place.longitude, 'E', 'W'))
}

#[derive(Template)]
#[template(path = "place.html")]
struct Page {
    chrome: Chrome,
    of: PlacePage,
    map: String,
    credit: &'static str,
    followed: Target,
    now: Timestamp,
}

/// `GET /place/703448`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    id: Result<Path<u32>, PathRejection>,
) -> Result<Response, Problem> {
    let of = find(&house, id).await?;
    let title = text::one_line(&of.place.name).into_owned();
    let chrome = Chrome::new(&house, &title, "place").at(&house, &format!("/place/{}", of.place.id));
    let pins = [Pin { place: of.place.clone(), articles: of.articles }];
    let page = Page {
        map: map::draw(&pins, &format!("Map: {title}")),
        credit: credit(std::slice::from_ref(&of.place)),
        followed: Target::Place(of.key.clone()),
        now: chrome.now,
        chrome,
        of,
    };
    Ok(page::public(page::render(&page)?.into()))
}

/// `GET /place?key=port+anselm`: to the page of the place that is called so, else to a search for the name.
pub(crate) async fn called(
    State(house): State<Arc<House>>,
    Fields(Key { key }): Fields<Key>,
) -> Result<Redirect, Problem> {
    let wanted = key.clone();
    let found = house.ask(move |store| store.place_called(&wanted)).await?;
    Ok(Redirect::to(&found.map_or_else(|| target::search(&Target::Place(key)), |id| format!("/place/{id}"))))
}

/// A place that some article names.
pub(crate) async fn find(house: &House, id: Result<Path<u32>, PathRejection>) -> Result<PlacePage, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let found = house.ask(move |store| store.place(PlaceId(id), STORIES, SENTENCES)).await?;
    found.ok_or(Problem::NotFound)
}

#[cfg(test)]
mod tests {
    use super::{Places, point, within};
    use news::{ArticleId, Place, PlaceId, PlaceKind, Span};
    use store::view::NamedPlace;

    fn kherson() -> Place {
        Place {
            id: PlaceId(706_448),
            name: "Kherson".to_owned(),
            kind: PlaceKind::City,
            country: Some("UA".to_owned()),
            region: Some("Kherson Oblast".to_owned()),
            latitude: 46.64,
            longitude: 32.61,
            population: 66_000,
        }
    }

    #[test]
    fn a_place_is_told_by_what_it_lies_in() {
        assert_eq!(within(&kherson()), "Kherson Oblast, UA");
        assert_eq!(point(&kherson()), "46.64° N, 32.61° E");
    }

    #[test]
    fn an_unknown_place_is_on_no_map() {
        let named = |place| NamedPlace {
            name: "Harrowmere".to_owned(),
            place,
            articles: 2,
            mentions: 3,
            article: ArticleId(1),
            in_title: false,
            span: Span::new(0, 10),
        };
        assert_eq!(Places::of(vec![named(None)]).map, "");
        assert!(Places::of(vec![named(Some(kherson()))]).map.contains("/place/706448"));
    }
}

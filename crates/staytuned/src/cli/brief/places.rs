//! Where it happens, in a brief: the places that a story's own reports name, those of most reports first.

use super::Piece;
use crate::pipeline::locate::located;
use news::{Place, PlaceKind, PlaceMention};
use serde_json::{Value, json};

/// Places that are told.
const PLACES: usize = 12;
/// A mention that is less sure of its place is not told.
const SURE: f32 = 0.5;

/// A place of the atlas, or the words for one that nobody knows.
struct Named {
    name: String,
    place: Option<Place>,
    articles: usize,
}

/// Copies tell no place anew.
fn of(pieces: &[Piece]) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.copy_of.is_none()) {
        let found = located(&piece.article, &piece.reading);
        let mut here: Vec<Named> = Vec::new();
        for (text, mentions) in [(&piece.article.title, found.title), (&piece.article.text, found.text)] {
            let sure = mentions.into_iter().filter(|mention| mention.confidence >= SURE);
            sure.for_each(|mention| add(&mut here, named(text, mention)));
        }
        here.into_iter().for_each(|named| add(&mut all, Named { articles: 1, ..named }));
    }
    all.sort_by_key(|named| std::cmp::Reverse(named.articles));
    all.truncate(PLACES);
    all
}

fn named(text: &str, mention: PlaceMention) -> Named {
    let name = mention.place.as_ref().map(|place| place.name.clone());
    Named {
        name: name.unwrap_or_else(|| mention.span.of(text).to_owned()),
        place: mention.place,
        articles: 0,
    }
}

fn add(all: &mut Vec<Named>, new: Named) {
    let id = |named: &Named| named.place.as_ref().map(|place| place.id);
    let same = |known: &&mut Named| id(known) == id(&new) && (id(&new).is_some() || known.name == new.name);
    match all.iter_mut().find(same) {
        Some(known) => known.articles += new.articles,
        None => all.push(new),
    }
}

/// What a place lies in: its region, its country.
fn within(place: &Place) -> Vec<&str> {
    let country = place.country.as_deref().filter(|_| place.kind != PlaceKind::Country);
    let region = place.region.as_deref().filter(|region| *region != place.name);
    [region, country].into_iter().flatten().collect()
}

/// For the terminal.
pub(super) fn as_text(pieces: &[Piece]) -> String {
    let places = of(pieces);
    if places.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n  Places\n");
    for named in places {
        let within = named.place.as_ref().map(within).filter(|within| !within.is_empty());
        let within = within.map(|within| format!(" ({})", within.join(", "))).unwrap_or_default();
        let articles = if named.articles == 1 { "article" } else { "articles" };
        text.push_str(&format!("    {}{within}: {} {articles}\n", named.name, named.articles));
    }
    text
}

/// For programs.
pub(super) fn as_json(pieces: &[Piece]) -> Value {
    let one = |named: &Named| json!({"name": named.name, "place": named.place, "articles": named.articles});
    of(pieces).iter().map(one).collect()
}

//! The invented places of the demo day: found by name in its own articles, and on no others.
//!
//! In: an article. Out: its places, when it is one of the day's. They stand in `demo/places.tsv` and lie at open sea; no
//! invented town is ever taken for a real one, nor a real article's words for an invented town.

use super::OUTLETS;
use news::{Article, Language, Place, PlaceId, PlaceKind, PlaceMention, Span, Url};
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../../../demo/places.tsv");

/// A place with the names that the day's texts have for it.
struct Known {
    names: Vec<&'static str>,
    place: Place,
}

/// The places in the headline and in the text of an article of the demo day; nothing for any other.
pub(crate) fn named(article: &Article) -> Option<(Vec<PlaceMention>, Vec<PlaceMention>)> {
    let url = Url::parse(article.url.as_deref()?).ok()?;
    let host = url.host_str()?;
    let ours = HOSTS.iter().any(|known| known == host);
    ours.then(|| (mentions(&article.title, article.language), mentions(&article.text, article.language)))
}

fn mentions(text: &str, language: Language) -> Vec<PlaceMention> {
    let mut found: Vec<PlaceMention> = Vec::new();
    for known in KNOWN.iter() {
        for name in &known.names {
            let at = text.match_indices(name).filter(|(at, _)| is_named(text, *at, name, language));
            found.extend(at.map(|(at, _)| PlaceMention {
                span: Span::new(at, at + name.len()),
                place: Some(known.place.clone()),
                confidence: 1.0,
            }));
        }
    }
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    found.dedup_by(|next, kept| next.span.start < kept.span.end);
    found
}

/// Whole words, and no outlet or club that is called after the place: "Uplands Monitor", "the Bank of Lorvane".
fn is_named(text: &str, at: usize, name: &str, language: Language) -> bool {
    let (before, behind) =
        (text.get(..at).unwrap_or_default(), text.get(at + name.len()..).unwrap_or_default());
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let bank =
        ["Bank of ", "Bank von ", "Banque du ", "Banque de ", "SV "].iter().any(|of| before.ends_with(of));
    let of_body =
        behind.strip_prefix(' ').and_then(|next| next.chars().next()).is_some_and(char::is_uppercase);
    // German nouns have capitals too.
    let called = of_body && language == Language::ENGLISH;
    !joins(before.chars().next_back()) && !joins(behind.chars().next()) && !bank && !called
}

static HOSTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let outlets: Vec<super::Outlet> = serde_json::from_str(OUTLETS).unwrap_or_default();
    outlets.into_iter().map(|outlet| outlet.host).collect()
});

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| FILE.lines().filter_map(known).collect());

fn known(line: &'static str) -> Option<Known> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, names, kind, within, latitude, longitude, population] = *fields.as_slice() else { return None };
    let names: Vec<&str> = names.split('|').collect();
    let place = Place {
        id: PlaceId(id.parse().ok()?),
        name: (*names.first()?).to_owned(),
        kind: PlaceKind::parse(kind)?,
        country: None,
        region: Some(within.to_owned()).filter(|within| within != "-"),
        latitude: latitude.parse().ok()?,
        longitude: longitude.parse().ok()?,
        population: population.parse().ok()?,
    };
    Some(Known { names, place })
}

#[cfg(test)]
mod tests {
    use super::{FILE, KNOWN, named};
    use news::{Article, Language};

    fn places(url: &str, title: &str) -> Vec<String> {
        let mut article = Article::headline(title);
        article.language = Language::ENGLISH;
        article.url = Some(url.to_owned());
        let found = named(&article).map(|(title, _)| title).unwrap_or_default();
        found.iter().map(|mention| mention.place.as_ref().unwrap().name.clone()).collect()
    }

    #[test]
    fn every_line_is_a_place_that_is_marked_as_invented() {
        assert_eq!(KNOWN.len(), FILE.lines().filter(|line| !line.starts_with('#')).count());
        assert!(KNOWN.iter().all(|known| known.place.id.is_invented()));
    }

    #[test]
    fn the_day_has_places_of_its_own_and_no_other_article_does() {
        let ours = "https://harbour-herald.example/1/talks";
        assert_eq!(places(ours, "Port Anselm to send observers to Uplands"), ["Port Anselm", "Uplands"]);
        assert_eq!(places(ours, "Uplands Monitor and the Bank of Lorvane"), Vec::<String>::new());
        assert_eq!(places("https://news.example/1", "Port Anselm"), Vec::<String>::new());
    }
}

//! `pipe places`: texts in, the places that each names out, as spans in code points of the text. A headline given
//! beside the text speaks for its places, and has a list of its own.

use anyhow::{Context, Result};
use news::{Language, PlaceMention};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    title: Option<String>,
    lang: Option<String>,
}

pub(super) fn line(value: Value) -> Result<Value> {
    let line: Line = serde_json::from_value(value).context("line")?;
    let given = line.lang.as_deref().map(Language::parse).unwrap_or_default();
    let title = line.title.unwrap_or_default();
    let language = if given.is_known() {
        given
    } else {
        language::identify(&format!("{title}\n{}", line.text)).language
    };
    let found = language::places(&[&title, &line.text], language);
    let told = |text: &str, mentions: &[PlaceMention]| {
        mentions.iter().map(|found| told(text, found)).collect::<Vec<_>>()
    };
    let [in_title, in_text] = &found[..] else { anyhow::bail!("no parts") };
    let mut answer = json!({"places": told(&line.text, in_text), "lang": language});
    if !title.is_empty() {
        answer["title_places"] = told(&title, in_title).into();
    }
    Ok(answer)
}

/// A mention; a place that is not known has neither number nor point.
fn told(text: &str, found: &PlaceMention) -> Value {
    let point = |byte: u32| text.get(..byte as usize).map_or(0, |before| before.chars().count());
    let place = found.place.as_ref();
    json!({
        "span": [point(found.span.start), point(found.span.end)],
        "text": found.span.of(text),
        "id": place.map(|place| place.id),
        "name": place.map_or_else(|| found.span.of(text), |place| place.name.as_str()),
        "kind": place.map(|place| place.kind),
        "country": place.and_then(|place| place.country.as_deref()),
        "region": place.and_then(|place| place.region.as_deref()),
        "latitude": place.map(|place| place.latitude),
        "longitude": place.map(|place| place.longitude),
        "population": place.map(|place| place.population),
        "confidence": (f64::from(found.confidence) * 1000.0).round() / 1000.0,
    })
}

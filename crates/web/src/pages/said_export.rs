//! What an actor said as CSV and JSON, each report with its provenance: article, outlet, byte ranges.

use super::actor::find;
use super::table::{attachment, line};
use crate::house::House;
use crate::{Problem, moment};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use news::{ActorId, Span};
use std::sync::Arc;
use store::SayingsQuery;
use store::view::{PlaceView, SayingView};

/// Sayings in one export, the newest.
const MOST: usize = 5_000;
/// Sayings asked for at once: others may look in between.
const AT_ONCE: usize = 500;

const COLUMNS: [&str; 19] = [
    "saying",
    "speaker",
    "actor",
    "kind",
    "words",
    "source",
    "cue",
    "addressee",
    "occasion",
    "negated",
    "confidence",
    "published",
    "outlet",
    "article",
    "url",
    "spans",
    "in_title",
    "story",
    "denies",
];

/// `GET /actor/{id}/sayings.csv`: one row a report. A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front; the JSON has every character as it stands.
pub(crate) async fn csv(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let (name, sayings) = read(&house, id).await?;
    let mut table = line(&COLUMNS.map(str::to_owned));
    for saying in &sayings {
        let reports = std::iter::once(&saying.place).chain(&saying.others);
        reports.for_each(|place| table.push_str(&line(&cells(saying, place))));
    }
    Ok(attachment("text/csv; charset=utf-8", &name, "csv", table.into_bytes()))
}

/// `GET /actor/{id}/sayings.json`
pub(crate) async fn json(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let (name, sayings) = read(&house, id).await?;
    let text =
        serde_json::to_vec_pretty(&serde_json::json!({ "sayings": sayings })).map_err(|_| Problem::Busy)?;
    Ok(attachment("application/json", &name, "json", text))
}

async fn read(
    house: &House,
    id: Result<Path<i64>, PathRejection>,
) -> Result<(String, Vec<SayingView>), Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let actor = find(house, ActorId(id)).await?.actor;
    let mut sayings: Vec<SayingView> = Vec::new();
    while sayings.len() < MOST {
        let query = SayingsQuery { limit: AT_ONCE, offset: sayings.len(), ..SayingsQuery::default() };
        let page = house.ask(move |store| store.actor_sayings(actor.id, &query)).await?;
        sayings.extend(page.sayings.iter().cloned());
        if page.sayings.len() < AT_ONCE {
            break;
        }
    }
    Ok((format!("actor-{}", actor.id), sayings))
}

fn cells(saying: &SayingView, place: &PlaceView) -> [String; 19] {
    let words = place.differs.as_ref().unwrap_or(&saying.content);
    let spans: Vec<String> = place.spans.iter().map(|Span { start, end }| format!("{start}-{end}")).collect();
    let speaker = saying.speaker.as_ref();
    let known = |words: &Option<String>| words.clone().unwrap_or_default();
    [
        saying.id.to_string(),
        speaker.map(|speaker| speaker.name.clone()).unwrap_or_default(),
        speaker.map(|speaker| speaker.id.to_string()).unwrap_or_default(),
        saying.kind.word().to_owned(),
        words.join(" … "),
        known(&saying.source),
        known(&saying.cue),
        known(&saying.addressee),
        known(&saying.occasion),
        saying.negated.to_string(),
        format!("{:.3}", saying.confidence),
        moment::stamp(&place.at),
        place.outlet_name.clone(),
        place.article.to_string(),
        known(&place.url),
        spans.join(","),
        place.in_title.to_string(),
        place.story.as_ref().map(|story| story.id.to_string()).unwrap_or_default(),
        saying.denies.as_ref().map(|earlier| earlier.id.to_string()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::{cells, line};
    use crate::sample;

    #[test]
    fn a_row_is_one_report_with_its_provenance() {
        let page = sample::sayings();
        let line_of = line(&cells(&page.sayings[0], &page.sayings[0].place));
        assert!(
            line_of
                .starts_with("\"1\",\"Ivo Karst\",\"1\",\"direct\",\"“We sign nothing,” … “now or ever.”\""),
            "{line_of}"
        );
        assert!(line_of.contains("\"0-20,30-40\"") && line_of.ends_with("\r\n"), "{line_of}");
        let mut hostile = page.sayings[0].clone();
        hostile.content = vec!["=HYPERLINK(\"x\")".to_owned()];
        assert!(line(&cells(&hostile, &hostile.place)).contains("\"'=HYPERLINK(\"\"x\"\")\""));
    }
}

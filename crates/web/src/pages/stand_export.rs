//! What an actor did, stands on and with whom they appear, as CSV and JSON, each line with its provenance.

use super::actor::find;
use super::table::{attachment, line};
use crate::fields::Id;
use crate::house::House;
use crate::{Problem, moment};
use axum::extract::State;
use axum::response::Response;
use news::{ActorId, Span};
use serde::Serialize;
use std::sync::Arc;
use store::view::{ActReport, ActView, Companion, PartyView, PositionStep, PositionStrip, Speaker};
use store::{ActsQuery, Store};

/// Acts or others in one export, the newest.
const MOST: usize = 1_000;

/// `GET /actor/{id}/acts.csv`: one row a report.
pub(crate) async fn acts_csv(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    const COLUMNS: [&str; 20] = [
        "act",
        "actor",
        "actor_id",
        "class",
        "target",
        "target_id",
        "negated",
        "modality",
        "confidence",
        "claimed",
        "teller",
        "cue",
        "words",
        "published",
        "outlet",
        "article",
        "url",
        "span",
        "in_title",
        "story",
    ];
    let (of, acts) = told(&house, id, acts).await?;
    let mut table = line(&COLUMNS.map(str::to_owned));
    for act in &acts {
        for report in std::iter::once(&act.report).chain(&act.others) {
            table.push_str(&line(&act_cells(act, report)));
        }
    }
    Ok(csv(of, "acts", table))
}

/// `GET /actor/{id}/acts.json`
pub(crate) async fn acts_json(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    let (of, acts) = told(&house, id, acts).await?;
    json(of, "acts", &acts)
}

/// `GET /actor/{id}/positions.csv`: one row a step.
pub(crate) async fn positions_csv(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    const COLUMNS: [&str; 14] = [
        "issue",
        "stance",
        "moved",
        "wording",
        "words",
        "said",
        "earlier",
        "published",
        "outlet",
        "article",
        "url",
        "span",
        "in_title",
        "story",
    ];
    let (of, strips) = told(&house, id, Store::actor_positions).await?;
    let mut table = line(&COLUMNS.map(str::to_owned));
    for strip in &strips {
        strip.steps.iter().for_each(|step| table.push_str(&line(&step_cells(strip, step))));
    }
    Ok(csv(of, "positions", table))
}

/// `GET /actor/{id}/positions.json`
pub(crate) async fn positions_json(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    let (of, strips) = told(&house, id, Store::actor_positions).await?;
    json(of, "positions", &strips)
}

/// `GET /actor/{id}/companions.csv`
pub(crate) async fn companions_csv(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    const COLUMNS: [&str; 8] =
        ["actor", "actor_id", "office", "stories", "articles", "acts", "newest_story", "both_stand_in"];
    let (of, companions) = told(&house, id, companions).await?;
    let mut table = line(&COLUMNS.map(str::to_owned));
    companions.iter().for_each(|beside| table.push_str(&line(&companion_cells(beside))));
    Ok(csv(of, "companions", table))
}

/// `GET /actor/{id}/companions.json`
pub(crate) async fn companions_json(
    State(house): State<Arc<House>>,
    Id(id): Id,
) -> Result<Response, Problem> {
    let (of, companions) = told(&house, id, companions).await?;
    json(of, "companions", &companions)
}

/// The actor under a number, who may be known under another one by now, with what the store tells of them.
async fn told<T: Send + 'static>(
    house: &House,
    id: i64,
    ask: impl FnOnce(&Store, ActorId) -> store::Result<T> + Send + 'static,
) -> Result<(ActorId, T), Problem> {
    let of = find(house, ActorId(id)).await?.actor.id;
    Ok((of, house.ask(move |store| ask(store, of)).await?))
}

fn acts(store: &Store, of: ActorId) -> store::Result<Vec<ActView>> {
    let query = ActsQuery { limit: MOST, ..ActsQuery::default() };
    Ok(store.actor_acts(of, &query)?.acts)
}

fn companions(store: &Store, of: ActorId) -> store::Result<Vec<Companion>> {
    store.companions(of, MOST)
}

fn csv(of: ActorId, what: &str, table: String) -> Response {
    attachment("text/csv; charset=utf-8", &format!("actor-{of}-{what}"), "csv", table.into_bytes())
}

fn json(of: ActorId, what: &str, all: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_vec_pretty(&serde_json::json!({ what: all })).map_err(|_| Problem::Busy)?;
    Ok(attachment("application/json", &format!("actor-{of}-{what}"), "json", text))
}

fn act_cells(act: &ActView, report: &ActReport) -> [String; 20] {
    let id = |party: Option<&PartyView>| {
        party.and_then(|party| party.actor.as_ref()).map(|actor| actor.id.to_string()).unwrap_or_default()
    };
    let target = act.target.as_ref();
    [
        act.id.to_string(),
        name(&act.actor),
        id(Some(&act.actor)),
        act.class.word().to_owned(),
        target.map(name).unwrap_or_default(),
        id(target),
        act.negated.to_string(),
        act.modality.word().to_owned(),
        format!("{:.3}", act.confidence),
        act.claimed.to_string(),
        act.teller.as_ref().map(|teller| teller.name.clone()).unwrap_or_default(),
        act.cue.clone(),
        report.words.clone(),
        moment::stamp(&report.at),
        report.outlet_name.clone(),
        report.article.to_string(),
        report.url.clone().unwrap_or_default(),
        range(report.span),
        report.in_title.to_string(),
        act.story.as_ref().map(|story| story.id.to_string()).unwrap_or_default(),
    ]
}

/// The known name, else the words that stand there.
fn name(party: &PartyView) -> String {
    party.actor.as_ref().map_or_else(|| party.words.clone(), |actor: &Speaker| actor.name.clone())
}

fn step_cells(strip: &PositionStrip, step: &PositionStep) -> [String; 14] {
    let told = &step.position;
    [
        strip.issue.clone(),
        told.stance.word().to_owned(),
        step.moved.to_string(),
        told.issue.clone(),
        told.words.clone(),
        told.said.to_string(),
        told.earlier.to_string(),
        moment::stamp(&told.at),
        told.outlet_name.clone(),
        told.article.to_string(),
        told.url.clone().unwrap_or_default(),
        range(told.span),
        told.in_title.to_string(),
        strip.story.id.to_string(),
    ]
}

fn companion_cells(beside: &Companion) -> [String; 8] {
    [
        beside.actor.name.clone(),
        beside.actor.id.to_string(),
        beside.actor.office.clone().unwrap_or_default(),
        beside.stories.to_string(),
        beside.articles.to_string(),
        beside.acts.to_string(),
        beside.newest.id.to_string(),
        beside.both_stand.as_ref().map(|story| story.id.to_string()).unwrap_or_default(),
    ]
}

fn range(Span { start, end }: Span) -> String {
    format!("{start}-{end}")
}

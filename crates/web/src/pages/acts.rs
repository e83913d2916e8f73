//! Who did what to whom: the part of an actor's page, and `/actor/{id}/acts` with all of it, by side, class and the
//! other one.

use super::actor;
use crate::fields::{Fields, Id};
use crate::house::House;
use crate::page::{self, Chrome};
use crate::paging::{self, Pages};
use crate::{Problem, chart};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use news::{ActClass, ActorId, Modality, Span};
use serde::Deserialize;
use std::sync::Arc;
use store::view::{ActPage, ActReport, ActView, ActorView, ClassCount, Speaker};
use store::{ActsQuery, Side};

/// Acts of one page, and on the actor's own.
const SIZE: u64 = 40;
pub(crate) const FEW: usize = 6;

/// Which acts are asked for, by pages and programs.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    /// `did` or `met`.
    #[serde(default)]
    side: String,
    #[serde(default)]
    class: String,
    with: Option<i64>,
    page: Option<u64>,
    pub(crate) limit: Option<usize>,
    pub(crate) offset: Option<usize>,
}

impl Asked {
    pub(crate) fn query(&self, limit: usize, offset: usize) -> Result<ActsQuery, Problem> {
        Ok(ActsQuery {
            side: self.side()?,
            class: self.class()?,
            with: self.with.map(ActorId),
            limit,
            offset,
        })
    }

    fn side(&self) -> Result<Side, Problem> {
        match self.side.as_str() {
            "" => Ok(Side::Either),
            "did" => Ok(Side::Did),
            "met" => Ok(Side::Met),
            _ => Err(Problem::Bad("side is did or met".into())),
        }
    }

    fn class(&self) -> Result<Option<ActClass>, Problem> {
        if self.class.is_empty() {
            return Ok(None);
        }
        let class = ActClass::from_word(&self.class);
        class.map(Some).ok_or_else(|| Problem::Bad("class is one of the fifteen of PLOVER".into()))
    }
}

/// Acts as a page shows them.
#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) days: Vec<Day>,
    pub(crate) by_class: Vec<ClassCount>,
    pub(crate) total: u64,
    /// How many are not shown here.
    pub(crate) more: u64,
    /// Acts through time as SVG; empty for fewer than three.
    pub(crate) drawing: String,
    /// What a bar of it covers, and how much the highest one counts.
    pub(crate) scale: String,
    /// From when to when they were told, as HTML.
    pub(crate) span: String,
    /// Where a class is asked for, ending in `?` or `&`.
    pub(crate) address: String,
}

/// Acts first told on one day.
pub(crate) struct Day {
    pub(crate) at: Timestamp,
    pub(crate) acts: Vec<ActView>,
}

impl Shown {
    pub(crate) fn of(page: ActPage, address: String, now: &Timestamp) -> Self {
        let more = page.total.saturating_sub(page.acts.len() as u64);
        let times: Vec<_> = page.course.iter().map(|(at, class)| (*at, class.is_friendly())).collect();
        let first = page.course.iter().map(|(at, _)| *at).min();
        let last = page.course.iter().map(|(at, _)| *at).max();
        let span = first.zip(last).map(|(first, last)| {
            format!("{} – {}", crate::moment::dated(&first, now), crate::moment::dated(&last, now))
        });
        let (drawing, scale) = chart::balance(&times).unwrap_or_default();
        Self {
            days: days(page.acts),
            by_class: page.by_class,
            total: page.total,
            more,
            drawing,
            scale,
            span: span.unwrap_or_default(),
            address,
        }
    }
}

fn days(acts: Vec<ActView>) -> Vec<Day> {
    let date = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let mut days: Vec<Day> = Vec::new();
    for act in acts {
        let at = act.report.at;
        match days.last_mut().filter(|day| date(day.at) == date(at)) {
            Some(day) => day.acts.push(act),
            None => days.push(Day { at, acts: vec![act] }),
        }
    }
    days
}

/// The newest acts for an actor's own page.
pub(crate) async fn newest(house: &House, of: ActorId, now: &Timestamp) -> Result<Shown, Problem> {
    let query = ActsQuery { limit: FEW, ..ActsQuery::default() };
    let page = house.ask(move |store| store.actor_acts(of, &query)).await?;
    Ok(Shown::of(page, format!("/actor/{of}/acts?"), now))
}

#[derive(Template)]
#[template(path = "acts.html")]
struct ActsPage {
    chrome: Chrome,
    actor: ActorView,
    acts: Shown,
    with: Option<Speaker>,
    class: Option<ActClass>,
    sides: Vec<(&'static str, String, bool)>,
    pages: Pages,
    now: Timestamp,
}

/// `GET /actor/12/acts?side=did&class=reject&with=7`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Id(id): Id,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let actor = actor::find(&house, ActorId(id)).await?;
    let of = actor.actor.id;
    let query = asked.query(SIZE as usize, paging::offset(asked.page, SIZE) as usize)?;
    let acts = house.ask(move |store| store.actor_acts(of, &query)).await?;
    let with = match query.with {
        Some(with) => Some(actor::find(&house, with).await?.actor),
        None => None,
    };
    let path = format!("/actor/{of}/acts");
    let other = query.with.map(|with| with.to_string()).unwrap_or_default();
    let address = |side: &str, class: &str| {
        let kept = [("side", side), ("class", class), ("with", &other)];
        Pages::new(None, SIZE, 0, &path, &kept).address().to_owned()
    };
    let sides = [("All", ""), ("Done by them", "did"), ("Done to them", "met")];
    let sides = sides.map(|(label, side)| (label, trimmed(&address(side, &asked.class)), side == asked.side));
    let chrome = Chrome::new(&house, &format!("{}: who did what to whom", actor.actor.name), "actors");
    let chrome = chrome.at(&house, &path);
    let kept = [("side", asked.side.as_str()), ("class", asked.class.as_str()), ("with", &other)];
    let page = ActsPage {
        pages: Pages::new(asked.page, SIZE, acts.total, &path, &kept),
        acts: Shown::of(acts, address(&asked.side, ""), &chrome.now),
        class: query.class,
        sides: sides.into(),
        now: chrome.now,
        with,
        chrome,
        actor,
    };
    Ok(page::public(page::render(&page)?.into()))
}

fn trimmed(address: &str) -> String {
    address.trim_end_matches(['?', '&']).to_owned()
}

/// Address of the sentence in its article, marked there.
pub(crate) fn href(report: &ActReport) -> String {
    let (article, Span { start, end }) = (report.article, report.span);
    if report.in_title {
        return format!("/article/{article}");
    }
    format!("/article/{article}?span={start}-{end}#here")
}

/// What stands before an act's word when it is not simply done.
pub(crate) fn how(act: &ActView) -> Option<&'static str> {
    match (act.negated, act.modality) {
        (true, Modality::Did) => Some("does not"),
        (true, Modality::Will) => Some("will not"),
        (true, Modality::May) => Some("may not"),
        (false, Modality::Will) => Some("will"),
        (false, Modality::May) => Some("may"),
        (_, Modality::Denies) => Some("denies that it"),
        (false, Modality::Did) => None,
    }
}

/// An act's word behind [`how`].
pub(crate) fn verb(act: &ActView) -> &'static str {
    match how(act) {
        None | Some("denies that it") => act.class.label(),
        Some(_) => act.class.word(),
    }
}

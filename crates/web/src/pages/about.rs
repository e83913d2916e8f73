//! `/about`: what this is, how stories are ordered, privacy, what is kept.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use news::Phase;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    chrome: Chrome,
    /// The site's own address, ending in `/`.
    base: String,
    phases: &'static [(Phase, &'static str)],
}

const PHASES: &[(Phase, &str)] = &[
    (Phase::Breaking, "several independent families within minutes, and it has just begun"),
    (Phase::Developing, "new articles keep coming"),
    (Phase::Sustained, "reported on day after day"),
    (Phase::Fading, "less and less"),
    (Phase::Closed, "nothing new for so long that a new article opens another story"),
];

/// `GET /about`
pub(crate) async fn page(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let chrome = Chrome::new(&house, "About", "about").at(&house, "/about");
    let base = house.address("/");
    Ok(page::public(page::render(&AboutPage { chrome, base, phases: PHASES })?.into()))
}

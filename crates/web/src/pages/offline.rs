//! `/offline`: what the service worker shows in the place of a page that cannot be reached and was not seen before.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "offline.html")]
struct OfflinePage {
    chrome: Chrome,
}

/// `GET /offline`
pub(crate) async fn page(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let chrome = Chrome::new(&house, "No connection", "offline").unlisted();
    Ok(page::public(page::render(&OfflinePage { chrome })?.into()))
}

//! `/feed.xml`: the front page as an Atom feed.

use crate::house::House;
use crate::{Problem, moment, page};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use std::sync::Arc;
use store::FrontQuery;
use store::view::StoryCard;

#[derive(Template)]
#[template(path = "feed.xml")]
struct AtomFeed {
    /// Ends in `/`.
    base: String,
    updated: String,
    stories: Vec<StoryCard>,
}

/// `GET /feed.xml`
pub(crate) async fn feed(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let make = async {
        let query = FrontQuery { limit: 50, ..FrontQuery::default() };
        let stories = house.ask(move |store| store.front(&query)).await?.stories;
        let updated = stories.iter().map(|card| card.updated_at).max().unwrap_or(Timestamp::UNIX_EPOCH);
        page::render(&AtomFeed { base: house.address("/"), updated: moment::stamp(&updated), stories })
    };
    let xml = house.shelf.take_or_make("atom", house.tail.newest(), make).await?;
    Ok(page::kept("application/atom+xml; charset=utf-8", xml))
}

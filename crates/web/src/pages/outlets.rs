//! `/outlets`: who is read. Public, so without the addresses of feeds.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::collections::HashMap;
use std::sync::Arc;
use store::view::OutletView;

#[derive(Template)]
#[template(path = "outlets.html")]
struct OutletsPage {
    chrome: Chrome,
    outlets: Vec<OutletView>,
    /// How many outlets each family has.
    kin: HashMap<String, usize>,
}

/// `GET /outlets`
pub(crate) async fn page(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let make = async {
        let mut outlets = house.ask(|store| store.outlets()).await?;
        outlets.sort_by_cached_key(|outlet| (std::cmp::Reverse(outlet.articles), outlet.name.to_lowercase()));
        let chrome = Chrome::new(&house, "Outlets", "outlets").at(&house, "/outlets");
        let mut kin: HashMap<String, usize> = HashMap::new();
        outlets.iter().for_each(|outlet| *kin.entry(outlet.family.clone()).or_default() += 1);
        page::render(&OutletsPage { chrome, outlets, kin })
    };
    Ok(page::public(house.shelf.take_or_make("outlets", house.tail.newest(), make).await?))
}

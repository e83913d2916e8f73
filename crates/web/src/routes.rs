//! Which address leads to which handler, and through which layers.

use crate::house::House;
use crate::layers::{admit, conditional, deadline, finish};
use crate::pages::{
    about, actor, acts, article, atom, correct, correct_story, development, developments, feeds, follow,
    follows, front, keys, login, offline, outlets, places, positions, said_export, search, site,
    stand_export, story,
};
use crate::{Problem, api, assets, live};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// Largest body of an ordinary form.
const LARGEST_FORM: usize = 64 << 10;

/// All of it.
pub(crate) fn router(house: Arc<House>) -> Router {
    let limits = house.settings.limits.clone();
    let quick = from_fn_with_state(limits.request_timeout, deadline);
    // A command may wait for a stranger's server, and an upload for a slow line.
    let patient = from_fn_with_state(limits.command_timeout + limits.request_timeout, deadline);
    let public = public().layer(from_fn(conditional)).layer(CompressionLayer::new()).layer(quick);
    // Not compressed: these pages hold a secret beside what was typed.
    let private = private(limits.largest_upload).layer(patient);
    public
        .merge(private)
        .fallback(nothing)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn_with_state(Arc::clone(&house), admit))
        .layer(from_fn_with_state(Arc::clone(&house), finish))
        .with_state(house)
}

fn public() -> Router<Arc<House>> {
    Router::new()
        .route("/", get(front::page))
        .route("/story/{id}", get(story::page))
        .route("/story/{id}/compare", get(positions::compare))
        .route("/article/{id}", get(article::page))
        .route("/place", get(places::called))
        .route("/place/{id}", get(places::page))
        .route("/search", get(search::page))
        .route("/actors", get(actor::list))
        .route("/actor", get(actor::called))
        .route("/actor/{id}", get(actor::page))
        .route("/actor/{id}/sayings.csv", get(said_export::csv))
        .route("/actor/{id}/sayings.json", get(said_export::json))
        .route("/actor/{id}/acts", get(acts::page))
        .merge(stand_exports())
        .route("/outlets", get(outlets::page))
        .route("/about", get(about::page))
        .route("/fragment/front", get(front::fragment))
        .route("/fragment/story/{id}", get(story::fragment))
        .route("/feed.xml", get(atom::feed))
        .route("/feed/{name}", get(developments::feed))
        .route("/offline", get(offline::page))
        .route("/service-worker.js", get(assets::service_worker))
        .route("/button.js", get(assets::button))
        .route("/manifest.webmanifest", get(site::manifest))
        .route("/robots.txt", get(site::robots))
        .route("/favicon.ico", get(assets::favicon))
        .route("/assets/{name}", get(assets::serve))
        .route("/healthz", get(site::health))
        .route("/readyz", get(site::ready))
        .route("/metrics", get(site::metrics))
        .route("/api/v1/stories", get(api::stories))
        .route("/api/v1/stories/{id}", get(api::story))
        .route("/api/v1/stories/{id}/sayings", get(api::said::of_story))
        .route("/api/v1/actors", get(api::said::actors))
        .route("/api/v1/actors/{id}", get(api::said::actor))
        .route("/api/v1/actors/{id}/sayings", get(api::said::of_actor))
        .route("/api/v1/actors/{id}/positions", get(api::positions::of_actor))
        .route("/api/v1/actors/{id}/acts", get(api::acts::of_actor))
        .route("/api/v1/actors/{id}/companions", get(api::acts::companions))
        .route("/api/v1/stories/{id}/positions", get(api::positions::of_story))
        .route("/api/v1/changes", get(api::changes))
        .route("/api/v1/stories/{id}/places", get(api::story_places))
        .route("/api/v1/places/{id}", get(api::place))
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/outlets", get(api::outlets))
        .route("/api/v1/events", get(live::events))
        .route("/api/v1/story-for", get(api::follows::story))
}

/// Where an actor stands, as files.
fn stand_exports() -> Router<Arc<House>> {
    Router::new()
        .route("/actor/{id}/acts.csv", get(stand_export::acts_csv))
        .route("/actor/{id}/acts.json", get(stand_export::acts_json))
        .route("/actor/{id}/positions.csv", get(stand_export::positions_csv))
        .route("/actor/{id}/positions.json", get(stand_export::positions_json))
        .route("/actor/{id}/companions.csv", get(stand_export::companions_csv))
        .route("/actor/{id}/companions.json", get(stand_export::companions_json))
}

fn private(largest_upload: usize) -> Router<Arc<House>> {
    Router::new()
        .route("/login", get(login::page).post(login::sign_in))
        .route("/logout", post(login::sign_out))
        .route("/feeds", get(feeds::page))
        .route("/feeds/add", post(feeds::add))
        .route("/feeds/import", post(feeds::import).layer(DefaultBodyLimit::max(largest_upload)))
        .route("/feeds/export.opml", get(feeds::export))
        .route("/feeds/{id}/remove", get(feeds::confirm_removal).post(feeds::remove))
        .route("/feeds/{id}/refresh", post(feeds::refresh))
        .route("/development/{id}", get(development::page))
        .route("/story/{id}/correct", get(correct_story::page).post(correct_story::carry_out))
        .route("/story/{id}/correct/check", get(correct_story::check))
        .route("/actor/{id}/correct", get(correct::page))
        .route("/actor/{id}/rename", post(correct::rename))
        .route("/actor/{id}/merge", post(correct::merge))
        .route("/actor/{id}/split", post(correct::split))
        .route("/api/v1/feeds", get(api::feeds))
        .route("/api/v1/corrections", get(api::corrections::list).post(api::corrections::correct))
        .merge(following())
}

/// What belongs to one reader.
fn following() -> Router<Arc<House>> {
    use api::follows as script;
    Router::new()
        .route("/follow", get(follow::page).post(follow::follow))
        .route("/follows", get(follows::page))
        .route("/follows/link", post(keys::make_link))
        .route("/follows/feed", post(keys::make_feed))
        .route("/follows/forget", post(keys::forget))
        .route("/follows/receivers", post(follows::add_receiver))
        .route("/follows/receivers/{id}", post(follows::change_receiver))
        .route("/follows/receivers/{id}/remove", post(follows::remove_receiver))
        .route("/follows/receivers/{id}/test", post(follows::test_receiver))
        .route("/follows/{id}", post(follows::change))
        .route("/follows/{id}/remove", post(follows::remove))
        .route("/join", get(keys::join_page).post(keys::join))
        .route("/unfollow/{code}", get(keys::unfollow_page).post(keys::unfollow))
        .route("/mail/{code}", get(keys::mail_page).post(keys::confirm_mail))
        .route("/mail/{code}/stop", get(keys::stop_page).post(keys::stop_mail))
        .route("/api/v1/follows", get(script::list).post(script::add))
        .route("/api/v1/follows/{id}", patch(script::change).delete(script::remove))
        .route("/api/v1/follows/{id}/looked", post(script::looked))
        .route("/api/v1/receivers", post(script::add_receiver))
        .route("/api/v1/receivers/renew", post(script::renew))
        .route("/api/v1/receivers/{id}", patch(script::change_receiver).delete(script::remove_receiver))
        .route("/api/v1/receivers/{id}/test", post(script::test_receiver))
}

async fn nothing() -> Response {
    Problem::NotFound.into_response()
}

async fn wrong_method() -> Response {
    Problem::WrongMethod.into_response()
}

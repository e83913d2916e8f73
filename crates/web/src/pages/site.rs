//! Small files that browsers, crawlers and monitors ask for.

use crate::house::House;
use crate::peer::{Connection, within};
use crate::{Problem, assets, page};
use axum::Json;
use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// `GET /manifest.webmanifest`
pub(crate) async fn manifest() -> Response {
    let icon = assets::href("icon.svg");
    let manifest = serde_json::json!({
        "name": "Staytuned",
        "short_name": "Staytuned",
        "description": "Unfolding news stories, each word with its source.",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [
            { "src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any" },
            { "src": assets::href("icon.png"), "sizes": "256x256", "type": "image/png", "purpose": "any maskable" },
        ],
    });
    page::kept("application/manifest+json", manifest.to_string().into())
}

/// `GET /robots.txt`: stories may be found; other people's texts, searches and machinery need not be.
pub(crate) async fn robots() -> Response {
    const RULES: &str = "User-agent: *\nDisallow: /article/\nDisallow: /search\nDisallow: /feeds\n\
        Disallow: /login\nDisallow: /fragment/\nDisallow: /api/\n\
        Disallow: /follow\nDisallow: /join\nDisallow: /mail/\nDisallow: /unfollow/\nDisallow: /feed/mine\n";
    page::kept("text/plain; charset=utf-8", RULES.into())
}

/// `GET /healthz`: the process answers.
pub(crate) async fn health() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the store answers too.
pub(crate) async fn ready(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let last_event = house.ask_first(|store| store.last_event()).await?;
    Ok(Json(serde_json::json!({ "ready": true, "last_event": last_event })).into_response())
}

/// `GET /metrics`, for who connects from where the operator allows. What a proxy says about others does not
/// count, and a request that came through a proxy is nobody's own.
pub(crate) async fn metrics(
    State(house): State<Arc<House>>,
    Extension(Connection(from)): Extension<Connection>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Problem> {
    let forwarded = ["x-forwarded-for", "forwarded"].iter().any(|name| headers.contains_key(*name));
    if forwarded || !within(&house.settings.metrics_from, from) {
        return Err(Problem::NotFound);
    }
    let streams = house.budgets.streams.taken();
    let mut text = house.metrics.text(streams, house.tail.newest(), &house.settings.version);
    text.push_str(&(house.counters)());
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

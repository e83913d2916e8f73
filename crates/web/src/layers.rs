//! What every request passes, whatever its handler: who is asking, limits, same-origin rule for changes,
//! deadline, security headers, conditional answers, and problems turned into pages.

use crate::house::House;
use crate::peer::{Connection, Peer, reader};
use crate::{Problem, pages};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// No script but ours, nothing from elsewhere, no frames, no string made into markup by script: the one policy that may
/// be made names the service worker and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
    manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types staytuned-worker";

const RESOURCE_POLICY: &str = "cross-origin-resource-policy";

const SECURITY_HEADERS: [(HeaderName, HeaderValue); 8] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static(RESOURCE_POLICY), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), HeaderValue::from_static("none")),
];

/// The outermost layer: counts, logs, gives problems their page and every answer its headers.
pub(crate) async fn finish(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let began = Instant::now();
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        response = pages::problem::answer(&house, &path, &problem);
    }
    // Other sites may use an answer only where its handler says so (the button and what it asks).
    let elsewhere = response.headers_mut().remove(RESOURCE_POLICY);
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, value);
    }
    if let Some(elsewhere) = elsewhere {
        response.headers_mut().insert(RESOURCE_POLICY, elsewhere);
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let status = response.status().as_u16();
    house.metrics.answered(status);
    // The query is not logged: it may hold what somebody searches for, or the admin token.
    tracing::debug!(%method, path, status, ms = began.elapsed().as_millis() as u64, "answered");
    response
}

/// Finds out who is asking and holds them to their budgets.
pub(crate) async fn admit(State(house): State<Arc<House>>, mut request: Request, next: Next) -> Response {
    let unknown = Connection(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let connection = request.extensions().get::<Connection>().copied().unwrap_or(unknown).0;
    let peer = Peer::of(reader(connection, request.headers(), &house.settings.trusted_proxies));
    request.extensions_mut().insert(peer);
    let writes = !is_reading(request.method());
    if writes && !from_our_own_page(request.headers(), &house) {
        return Problem::Forbidden(
            "this change did not come from one of our own pages; open the site at the address that it is configured for",
        ).into_response();
    }
    let mut taken = house.budgets.requests.take(peer);
    if writes {
        taken = taken.and_then(|()| house.budgets.writes.take(peer));
    }
    if let Err(wait) = taken {
        house.metrics.refused.fetch_add(1, Relaxed);
        return Problem::TooMany(wait).into_response();
    }
    next.run(request).await
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers say where a request comes from. Programs say nothing; they have no cookie that another site could
/// make them send.
fn from_our_own_page(headers: &HeaderMap, house: &House) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => {
            origin.as_bytes() == house.settings.base_url.origin().ascii_serialization().as_bytes()
        }
        None => true,
    }
}

/// Gives the answer a deadline. Streams are not held: only the making of the answer counts.
pub(crate) async fn deadline(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::Busy.into_response(),
    }
}

/// Answers 304 to who has this very page already.
pub(crate) async fn conditional(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let (Some(known), Some(tag)) = (known, response.headers().get(header::ETAG)) else { return response };
    if response.status() != StatusCode::OK || !names(&known, tag) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for gone in [header::CONTENT_LENGTH, header::CONTENT_TYPE] {
        parts.headers.remove(gone);
    }
    Response::from_parts(parts, Body::empty())
}

/// Weak comparison of RFC 9110 section 8.8.3.2: `W/` makes no difference.
fn names(list: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(list), Ok(tag)) = (list.to_str(), tag.to_str()) else { return false };
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|one| plain(one) == plain(tag))
}

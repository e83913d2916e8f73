//! Stylesheet, script and icon: built into the program, named by their content so that browsers may keep them
//! for ever.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

struct Asset {
    /// `style.css`
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    /// `/assets/style-1a2b3c4d5e6f.css`
    href: String,
}

static ASSETS: LazyLock<[Asset; 7]> = LazyLock::new(|| {
    [
        asset("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
        asset("page.js", "text/javascript; charset=utf-8", include_bytes!("../assets/page.js")),
        asset("follow.js", "text/javascript; charset=utf-8", include_bytes!("../assets/follow.js")),
        asset("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
        // The same drawing for home screens that take no SVG.
        asset("icon.png", "image/png", include_bytes!("../assets/icon.png")),
        asset("map.js", "text/javascript; charset=utf-8", include_bytes!("../assets/map.js")),
        asset("paper.js", "text/javascript; charset=utf-8", include_bytes!("../assets/paper.js")),
    ]
});

fn asset(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Asset {
    let hash: String = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    Asset { name, content_type, bytes, href: format!("/assets/{stem}-{hash}.{ending}") }
}

/// The address of an asset by its plain name.
pub(crate) fn href(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.href)
}

/// `GET /assets/{name}`: only the names above exist; nothing is read from a disk.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    let found = ASSETS.iter().find(|asset| asset.href.strip_prefix("/assets/") == Some(name.as_str()));
    match found {
        Some(asset) => answer(asset, "public, max-age=31536000, immutable"),
        None => crate::Problem::NotFound.into_response(),
    }
}

/// `GET /favicon.ico`, for those who ask before they have read the page.
pub(crate) async fn favicon() -> Response {
    answer(&ASSETS[3], "public, max-age=86400")
}

/// `GET /service-worker.js`: at the root, so that it stands for every page. In front of it goes what it must keep for
/// the offline page; browsers take a worker whose bytes changed for a new one.
pub(crate) async fn service_worker() -> Response {
    static WORKER: LazyLock<String> = LazyLock::new(|| {
        let mut all: Vec<&str> = ASSETS.iter().map(|asset| asset.href.as_str()).collect();
        all.push("/offline");
        let shell = serde_json::json!({
            "all": all, "offline": "/offline", "icon": href("icon.png"), "badge": href("icon.png"),
        });
        format!("const SHELL = {shell};\n{}", include_str!("../assets/service-worker.js"))
    });
    crate::page::kept("text/javascript; charset=utf-8", WORKER.as_bytes().into())
}

/// `GET /button.js`: the button for other sites. The one script that they may load.
pub(crate) async fn button() -> Response {
    let mut response = crate::page::kept("text/javascript; charset=utf-8", BUTTON.into());
    let headers = response.headers_mut();
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

const BUTTON: &[u8] = include_bytes!("../assets/button.js");

fn answer(asset: &Asset, keep: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, asset.bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        assert!(href("style.css").starts_with("/assets/style-"));
        assert_eq!(href("nothing.css"), "");
        assert!(ASSETS[1].bytes.len() < 10 * 1024, "the page script stays below 10 kB");
        assert!(BUTTON.len() < 5 * 1024, "so does the button for other sites, below 5 kB");
    }
}

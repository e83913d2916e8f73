//! What all pages have in common: the frame around them and the answers they travel in.

use crate::house::House;
use crate::preview::Preview;
use crate::{Problem, text};
use askama::Template;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// The frame: what `base.html` needs.
pub(crate) struct Chrome {
    pub(crate) title: String,
    pub(crate) canonical: Option<String>,
    /// Search engines are asked not to list the page.
    pub(crate) unlisted: bool,
    pub(crate) demo: bool,
    /// Which entry of the navigation this is.
    pub(crate) here: &'static str,
    /// What stands in the search field.
    pub(crate) question: String,
    pub(crate) now: Timestamp,
    pub(crate) version: String,
    /// What can be followed here: its feed is named in the head.
    pub(crate) about: Option<news::Target>,
    /// The key that browsers subscribe to pushes with.
    pub(crate) push_key: Option<String>,
    /// What a link to the page shows elsewhere.
    pub(crate) preview: Option<Preview>,
}

impl Chrome {
    /// The frame of a page under the navigation entry `here`.
    pub(crate) fn new(house: &House, title: &str, here: &'static str) -> Self {
        Self {
            title: format!("{} · Staytuned", text::one_line(title)),
            canonical: None,
            unlisted: false,
            demo: *house.settings.demo.borrow(),
            here,
            question: String::new(),
            now: Timestamp::now(),
            version: house.settings.version.clone(),
            about: None,
            push_key: house.settings.push_key(),
            preview: None,
        }
    }

    /// With its one address, from the configured base.
    pub(crate) fn at(mut self, house: &House, path: &str) -> Self {
        self.canonical = Some(house.address(path));
        self
    }

    /// With what a link to it shows: the kind of thing, its title, and [`crate::preview::quoted`] words. To be called behind
    /// [`Self::at`].
    pub(crate) fn previewed(
        mut self,
        house: &House,
        kind: &'static str,
        title: &str,
        words: Option<String>,
    ) -> Self {
        let preview = Preview::new(house, kind, title, self.canonical.as_deref());
        self.preview = Some(Preview { words, ..preview });
        self
    }

    pub(crate) fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }
}

/// Lays a page out and scrubs it.
pub(crate) fn render(template: &impl Template) -> Result<String, Problem> {
    Ok(text::scrub(template.render()?))
}

/// A page for everybody: browsers keep it and ask whether it is still the one.
pub(crate) fn public(html: Bytes) -> Response {
    kept("text/html; charset=utf-8", html)
}

/// [`public`] for any kind of content.
pub(crate) fn kept(content_type: &'static str, content: Bytes) -> Response {
    let hash: String = Sha256::digest(&content).iter().take(9).map(|byte| format!("{byte:02x}")).collect();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    let mut response = (headers, content).into_response();
    if let Ok(tag) = format!("W/\"{hash}\"").parse() {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A page for the operator alone: kept nowhere.
pub(crate) fn private(html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, html).into_response()
}

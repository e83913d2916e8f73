//! A web page -> the feeds it offers. In: a page as fetched and its address. Out: addresses to try, the surest first.
//! Pure: whether a feed is really there is for the caller to find out.

use crate::parse::context::web_link;
use crate::parse::{charset, entity, plain};
use lol_html::{HtmlRewriter, MemorySettings, Settings, element};
use news::{FeedFormat, Url};
use std::cell::RefCell;

/// How much of a page is looked at.
const LARGEST_PAGE: usize = 4 << 20;

/// Memory the HTML reader may take.
const MOST_MEMORY: usize = 16 << 20;

/// Feeds given back of one page.
const MOST_FOUND: usize = 50;

/// Where sites have their feed when they do not say so, from the commonest publishing systems.
const WELL_KNOWN: [(&str, FeedFormat); 8] = [
    ("/feed/", FeedFormat::Rss),
    ("/rss.xml", FeedFormat::Rss),
    ("/feed.xml", FeedFormat::Rss),
    ("/atom.xml", FeedFormat::Atom),
    ("/index.xml", FeedFormat::Rss),
    ("/rss", FeedFormat::Rss),
    ("/feed.json", FeedFormat::JsonFeed),
    ("/rss/news.xml", FeedFormat::Rss),
];

/// A feed that a page offers, or may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFeed {
    pub url: Url,
    /// As the page calls it. Plain text.
    pub title: Option<String>,
    /// As the page claims, or as the address suggests.
    pub format: Option<FeedFormat>,
    pub evidence: Evidence,
}

/// How sure it is that a feed is there, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// `<link rel=alternate>` with a feed's media type.
    Declared,
    /// `<a href>` whose address looks like a feed's.
    Linked,
    /// Nothing but custom: a well-known path of the site. Only offered of a web page that declares no feed: whoever names a
    /// document that is refused does not mean another one.
    Guessed,
}

/// Whether it says of itself that it is a web page.
fn is_page(text: &str) -> bool {
    let begins = |at: usize| {
        let named =
            |name: &str| text.get(at..at + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        ["<!doctype html", "<html", "<head>", "<body", "<div", "<p>"].into_iter().any(named)
    };
    text.match_indices('<').take(MOST_LOOKED_AT).any(|(at, _)| begins(at))
}

/// Tags that are looked at to tell a web page.
const MOST_LOOKED_AT: usize = 200;

/// The feeds of the page `html` found at `url`; each address once.
pub fn discover(html: &[u8], url: &Url) -> Vec<FoundFeed> {
    let window = html.get(..LARGEST_PAGE).unwrap_or(html);
    let page = charset::decode(window, None);
    let links = links(&page.text);
    let base = links
        .base
        .as_deref()
        .and_then(|base| web_link(base, Some(url)))
        .and_then(|base| Url::parse(&base).ok());
    let base = base.as_ref().unwrap_or(url);
    let mut found = Found::default();
    for link in &links.declared {
        found.add(&link.href, base, link.title.as_deref(), link.format, Evidence::Declared);
    }
    for href in &links.anchors {
        if let Some(format) = looks_like_feed(href) {
            found.add(href, base, None, format, Evidence::Linked);
        }
    }
    if links.declared.is_empty() && is_page(&page.text) {
        for (path, format) in WELL_KNOWN {
            found.add(path, url, None, Some(format), Evidence::Guessed);
        }
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<FoundFeed>);

impl Found {
    fn add(
        &mut self,
        href: &str,
        base: &Url,
        title: Option<&str>,
        format: Option<FeedFormat>,
        evidence: Evidence,
    ) {
        let url = web_link(href, Some(base)).and_then(|link| Url::parse(&link).ok());
        let Some(mut url) = url.filter(|_| self.0.len() < MOST_FOUND) else { return };
        url.set_fragment(None);
        if self.0.iter().all(|known| known.url != url) {
            let title = title.map(plain::from_html).filter(|title| !title.is_empty());
            self.0.push(FoundFeed { url, title, format, evidence });
        }
    }
}

/// A `<link>` that declares a feed.
struct Declared {
    href: String,
    title: Option<String>,
    format: Option<FeedFormat>,
}

#[derive(Default)]
struct Links {
    base: Option<String>,
    declared: Vec<Declared>,
    anchors: Vec<String>,
}

/// Everything in the page that may lead to a feed.
fn links(html: &str) -> Links {
    let links = RefCell::new(Links::default());
    let decoded = |value: String| entity::decode(&value).trim().to_owned();
    let settings = Settings::new()
        .append_element_content_handler(element!("base[href]", |base| {
            let href = base.get_attribute("href").map(decoded);
            let mut links = links.borrow_mut();
            links.base = links.base.take().or(href);
            Ok(())
        }))
        .append_element_content_handler(element!("link[href]", |link| {
            let attribute = |name: &str| link.get_attribute(name).map(decoded).unwrap_or_default();
            if let Some(format) = declared_format(&attribute("rel"), &attribute("type")) {
                let title = Some(attribute("title")).filter(|title| !title.is_empty());
                links.borrow_mut().declared.push(Declared { href: attribute("href"), title, format });
            }
            Ok(())
        }))
        .append_element_content_handler(element!("a[href]", |anchor| {
            let mut links = links.borrow_mut();
            if links.anchors.len() < 10 * MOST_FOUND
                && let Some(href) = anchor.get_attribute("href").map(decoded)
                && looks_like_feed(&href).is_some()
            {
                links.anchors.push(href);
            }
            Ok(())
        }))
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MOST_MEMORY));
    let mut reader = HtmlRewriter::new(settings, |_: &[u8]| {});
    // A page that the reader gives up half-way has still given what stood before.
    match reader.write(html.as_bytes()) {
        Ok(()) => drop(reader.end()),
        Err(_) => drop(reader),
    }
    links.take()
}

/// The format of a `<link>` if it declares a feed. Old pages write `rel=feed`, and types of all kinds.
fn declared_format(relation: &str, media_type: &str) -> Option<Option<FeedFormat>> {
    let is = |wanted: &str| relation.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(wanted));
    let media_type = media_type.to_ascii_lowercase();
    let format = match media_type.split(';').next().unwrap_or_default().trim() {
        "application/rss+xml" | "text/rss+xml" | "application/rss" | "text/rss" => Some(FeedFormat::Rss),
        "application/atom+xml" | "text/atom+xml" | "application/atom" => Some(FeedFormat::Atom),
        "application/rdf+xml" | "text/rdf" => Some(FeedFormat::Rdf),
        "application/feed+json" => Some(FeedFormat::JsonFeed),
        _ => None,
    };
    // `application/json` is the WordPress API more often than a feed, `text/xml` a feed more often than not.
    let is_feed = format.is_some() || (is("feed") && !is("stylesheet")) || media_type == "text/xml";
    ((is("alternate") || is("feed")) && is_feed).then_some(format)
}

/// Whether an address looks like a feed's, and the format that it suggests.
fn looks_like_feed(href: &str) -> Option<Option<FeedFormat>> {
    let lower = href.to_ascii_lowercase();
    if lower.starts_with("mailto:") || lower.starts_with("javascript:") {
        return None;
    }
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_feed_host = path.starts_with("http://feeds.") || path.starts_with("https://feeds.");
    match last {
        "feed" | "feeds" | "rss" | "rss2" => Some(Some(FeedFormat::Rss)),
        "atom" | "atom.xml" => Some(Some(FeedFormat::Atom)),
        "feed.json" => Some(Some(FeedFormat::JsonFeed)),
        "feed.xml" | "index.xml" | "rss.php" => Some(None),
        _ if last.ends_with(".rss") => Some(Some(FeedFormat::Rss)),
        _ if last.ends_with(".atom") => Some(Some(FeedFormat::Atom)),
        _ if last.ends_with(".rdf") => Some(Some(FeedFormat::Rdf)),
        _ if last.ends_with(".xml") && (path.contains("rss") || path.contains("feed")) => Some(None),
        _ if is_feed_host && path.matches('/').count() > 2 => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, discover};
    use news::{FeedFormat, Url};

    fn found(html: &str) -> Vec<(Evidence, String, Option<String>)> {
        let url = Url::parse("https://outlet.example/world/").expect("a valid address");
        let feeds = discover(html.as_bytes(), &url);
        feeds.into_iter().map(|feed| (feed.evidence, feed.url.to_string(), feed.title)).collect()
    }

    #[test]
    fn declared_feeds_come_first_and_relative_ones_are_resolved() {
        let page = "<html><head><base href='/en/'>
            <link rel=alternate type='application/rss+xml' title='News &amp;amp; views' href='rss.xml'>
            <link rel='ALTERNATE' type='application/atom+xml' href='https://outlet.example/atom'>
            <link rel=stylesheet href=feed.css><link rel=alternate type='application/json' href='/wp-json/1'>
            </head><body><a href='rss.xml#top'>again</a><a href='/sport/feed/'>Sport</a><a href='/about'>x</a>";
        assert_eq!(
            found(page),
            [
                (Evidence::Declared, "https://outlet.example/en/rss.xml".into(), Some("News & views".into())),
                (Evidence::Declared, "https://outlet.example/atom".into(), None),
                (Evidence::Linked, "https://outlet.example/sport/feed/".into(), None),
            ]
        );
    }

    #[test]
    fn without_a_declaration_custom_is_tried() {
        let url = Url::parse("https://outlet.example/world/").expect("a valid address");
        let feeds = discover(b"<p>no feed here", &url);
        assert_eq!(feeds.first().map(|feed| feed.url.as_str()), Some("https://outlet.example/feed/"));
        assert!(feeds.iter().all(|feed| feed.evidence == Evidence::Guessed));
        assert!(feeds.iter().any(|feed| feed.format == Some(FeedFormat::JsonFeed)));
    }

    #[test]
    fn who_names_another_document_does_not_mean_a_feed_beside_it() {
        assert!(
            found("<?xml version='1.0'?><urlset><url><loc>https://outlet.example/a</loc></url></urlset>")
                .is_empty()
        );
        assert!(found("").is_empty());
    }

    #[test]
    fn other_schemes_are_no_feeds_and_floods_are_bounded() {
        assert!(found("<link rel=alternate type='application/rss+xml' href='javascript:x()'>").is_empty());
        let flood = "<a href='/a.rss'></a><div>".repeat(100_000);
        assert!(found(&flood).len() <= super::MOST_FOUND);
    }
}

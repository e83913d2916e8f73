//! The canonical address, believed only as far as the page may speak: within its own registrable domain. A page
//! that could name another outlet's address would publish in that outlet's name.

use super::Page;
use news::Url;

/// The address under which the article is known.
pub(super) fn canonical(page: &Page<'_>) -> Option<String> {
    let claims =
        [page.attribute("link[rel=canonical]", "href"), page.meta.first(&["og:url"]), page.json.url.clone()];
    let trusted = claims
        .into_iter()
        .flatten()
        .filter_map(|href| web(page.base, &href))
        .find(|claim| trusted(page.url, claim));
    trusted.map(String::from).or_else(|| page.url.map(|url| bare(url.clone()).into()))
}

fn trusted(page: Option<&Url>, claim: &Url) -> bool {
    match page {
        // Nothing to contradict the page: archives hold pages without addresses.
        None => true,
        // A canonical link to the front page is a template's slip.
        Some(url) if claim.path() == "/" && claim.query().is_none() && url.path() != "/" => false,
        Some(url) => registrable(url).is_some_and(|own| registrable(claim).is_some_and(|other| other == own)),
    }
}

/// Absolute http(s) address of a link.
pub(super) fn absolute(base: Option<&Url>, href: &str) -> Option<String> {
    web(base, href).map(String::from)
}

fn web(base: Option<&Url>, href: &str) -> Option<Url> {
    let url = match base {
        Some(base) => base.join(href.trim()).ok()?,
        None => Url::parse(href.trim()).ok()?,
    };
    let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    is_web.then(|| bare(url))
}

fn bare(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// `example.co.uk` of `news.example.co.uk`, by the public suffix list; an address's host as it is.
pub(super) fn registrable(url: &Url) -> Option<&str> {
    match url.host()? {
        url::Host::Domain(domain) => Some(psl::domain_str(domain).unwrap_or(domain)),
        _ => url.host_str(),
    }
}

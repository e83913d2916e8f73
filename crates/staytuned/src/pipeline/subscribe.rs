//! Following a feed: from whatever address a person gives (the feed's or the site's) to a feed that is known to
//! answer.

use super::{House, blocking};
use anyhow::{Result, bail};
use ingest::opml::OpmlFeed;
use ingest::{Evidence, Fetched, FoundFeed, Get, ParseError, Purpose};
use jiff::Timestamp;
use news::{FeedDocument, Url};
use std::sync::Arc;
use store::{Added, NewFeed};
use url::Host;

/// Addresses that a page names which are tried at most.
const TRIED: usize = 6;

/// A feed that was found and answers.
pub(crate) struct Found {
    pub(crate) url: Url,
    pub(crate) document: FeedDocument,
    /// Other feeds that the page names.
    pub(crate) others: Vec<Url>,
}

/// Finds the feed at an address, or the first that the page there names.
pub(crate) async fn find(house: &House, written: &str) -> Result<Found> {
    let url = address(written)?;
    let answer = house.fetcher.get(&Get::new(url, Purpose::Feed)).await?;
    if !(200..300).contains(&answer.status) {
        bail!("{} answered {}", answer.url, answer.status);
    }
    let (answer, parsed) = read(answer).await?;
    match parsed {
        Ok(document) => Ok(Found { url: answer.url, document, others: Vec::new() }),
        Err(why) => {
            let url = answer.url.clone();
            let mut candidates = blocking(move || Ok(ingest::discover(&answer.body, &answer.url))).await?;
            candidates.sort_by_key(|feed| feed.evidence);
            candidates.truncate(TRIED);
            let named = candidates.iter().filter(|feed| feed.evidence != Evidence::Guessed).count();
            match (first_that_answers(house, &candidates).await, named) {
                (Some(found), _) => Ok(found),
                (None, 0) => bail!("{url} is no feed ({why}) and names none"),
                (None, named) => bail!("none of the {named} feeds that {url} names answers"),
            }
        }
    }
}

async fn first_that_answers(house: &House, candidates: &[FoundFeed]) -> Option<Found> {
    for (index, feed) in candidates.iter().enumerate() {
        let get = Get::new(feed.url.clone(), Purpose::Feed);
        let Ok(answer) = house.fetcher.get(&get).await else { continue };
        let Ok((answer, parsed)) = read(answer).await else { continue };
        if let (200..300, Ok(document)) = (answer.status, parsed) {
            let others = candidates.iter().skip(index + 1).filter(|feed| feed.evidence != Evidence::Guessed);
            let others = others.map(|feed| feed.url.clone()).collect();
            return Some(Found { url: answer.url, document, others });
        }
    }
    None
}

/// Reads what came, which can be large, where nobody waits for it.
async fn read(answer: Fetched) -> Result<(Fetched, std::result::Result<FeedDocument, ParseError>)> {
    blocking(move || {
        let parsed = ingest::parse(&answer.body, answer.content_type.as_deref(), Some(&answer.url));
        Ok((answer, parsed))
    })
    .await
}

/// `news.example` is meant as `https://news.example`.
fn address(written: &str) -> Result<Url> {
    let written = written.trim();
    let with_scheme = if written.contains("://") { written.to_owned() } else { format!("https://{written}") };
    match Url::parse(&with_scheme) {
        // What stands behind a `#` never reaches the server: the same feed.
        Ok(mut url) => {
            url.set_fragment(None);
            Ok(url)
        }
        Err(error) => bail!("{written:?} is no address: {error}"),
    }
}

/// Follows a feed that was found.
pub(crate) async fn follow(house: &Arc<House>, found: &Found) -> Result<Added> {
    let feed = OpmlFeed {
        url: found.url.to_string(),
        title: found.document.title.clone(),
        site: found.document.link.clone(),
        folder: Vec::new(),
    };
    let working = Arc::clone(house);
    let added = blocking(move || add(&working, &feed)).await?;
    house.feeds.notify_one();
    Ok(added)
}

/// Follows a feed by its address, unasked. The demo day goes when the first real feed comes.
fn add(house: &House, feed: &OpmlFeed) -> Result<Added> {
    super::demo::end(house)?;
    Ok(house.store.add_feed(&described(feed)?, Timestamp::now())?)
}

/// A feed of a list as it is kept.
pub(super) fn described(feed: &OpmlFeed) -> Result<NewFeed> {
    let url = address(&feed.url)?;
    let host = outlet_host(&url);
    Ok(NewFeed {
        url: url.to_string(),
        title: feed.title.clone(),
        site: feed.site.clone(),
        folder: feed.folder.clone(),
        outlet_name: outlet_name(&host, feed.title.as_deref()),
        family: story::family(&host).to_owned(),
        host,
    })
}

/// The registrable domain of an address: what an outlet is known by.
pub(crate) fn outlet_host(url: &Url) -> String {
    match (url.host(), url.host_str()) {
        (Some(Host::Domain(name)), _) => psl::domain_str(name).unwrap_or(name).to_owned(),
        (_, literal) => literal.unwrap_or_default().to_owned(),
    }
}

/// What an outlet is called until the operator says otherwise: what its feed calls itself when that agrees with the
/// host it comes from, else the host. A feed cannot call itself by another outlet's name.
pub(crate) fn outlet_name(host: &str, title: Option<&str>) -> String {
    let label = host.split('.').next().unwrap_or(host);
    let squeezed = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let parts = title
        .unwrap_or_default()
        .split([':', '|', '–', '—', '»', '›', '>'])
        .flat_map(|part| part.split(" - "));
    let fits = |part: &str| {
        let (name, host) = (squeezed(part), squeezed(label));
        !name.is_empty() && (name == host || name == format!("the{host}") || format!("the{name}") == host)
    };
    let found = parts.map(str::trim).find(|part| fits(part));
    found.map_or_else(|| host.to_owned(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_has_the_name_of_its_host() {
        let check =
            |host: &str, title: &str, name: &str| assert_eq!(outlet_name(host, Some(title)), name, "{title}");
        check("harbourherald.example", "Harbour Herald - World", "Harbour Herald");
        check("lantern.example", "The Lantern: Top stories", "The Lantern");
        check("farm.example", "Harbour Herald", "farm.example");
        check("farm.example", "", "farm.example");
    }

    #[test]
    fn an_outlet_is_known_by_its_registrable_domain() {
        let host = |url: &str| outlet_host(&Url::parse(url).unwrap());
        assert_eq!(host("https://feeds.herald.co.uk/rss"), "herald.co.uk");
        assert_eq!(host("http://127.0.0.1:81/feed"), "127.0.0.1");
    }
}

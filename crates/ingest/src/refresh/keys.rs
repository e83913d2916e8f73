//! What an entry is known by. Keys are kept in the database: a change here makes every feed look new.

use news::Entry;
use sha2::{Digest, Sha256};
use url::Url;

/// The keys of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Keys {
    pub guid: Option<String>,
    /// The address without what changes without meaning.
    pub link: Option<String>,
    pub title: String,
    /// Of the words of title, summary and content: markup and spaces do not count.
    pub content: String,
}

/// Parameters that follow the reader, not the page.
const TRACKERS: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "xtor",
    "cmpid",
    "cmp",
    "ocid",
    "ito",
    "smid",
    "partner",
    "traffic_source",
    "maca",
    "wt_mc",
    "wt_zmc",
    "ref",
    "ref_src",
    "referrer",
    "feature",
    "source",
    "rss",
    "s_cid",
];
const TRACKER_FAMILIES: &[&str] = &["utm_", "at_", "ns_", "pk_", "mtm_", "hsa_", "vero_", "oly_", "__"];

/// Reads the keys off an entry.
pub fn keys(entry: &Entry) -> Keys {
    let title = entry.title.as_deref().unwrap_or_default();
    let words =
        [title, entry.summary.as_deref().unwrap_or_default(), entry.content.as_deref().unwrap_or_default()]
            .map(words)
            .join("\u{1f}");
    Keys {
        guid: entry.guid.as_deref().map(str::trim).filter(|guid| !guid.is_empty()).map(ToOwned::to_owned),
        link: entry.link.as_deref().and_then(link_key),
        title: hash(&fold(title)),
        content: hash(&words),
    }
}

fn link_key(link: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let host = url.host_str()?;
    let host =
        ["www.", "m.", "mobile.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    let path = url.path().trim_end_matches('/');
    let mut pairs: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracker(&name.to_ascii_lowercase()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.sort_unstable();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{host}{port}{path}?{}", pairs.join("&")).trim_end_matches('?').to_owned())
}

fn is_tracker(name: &str) -> bool {
    TRACKERS.contains(&name) || TRACKER_FAMILIES.iter().any(|family| name.starts_with(family))
}

/// The words of a piece of HTML, one space between them.
fn words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            _ if inside => {}
            other => text.push(other),
        }
    }
    fold(&text)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first 16 bytes of SHA-256, in hexadecimal: the same on every machine and in every version.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_through_its_disguises() {
        let check = |a: &str, b: &str, same: bool| assert_eq!(link_key(a) == link_key(b), same, "{a} {b}");
        check("https://www.herald.example/a/?utm_source=rss", "http://herald.example/a", true);
        check("https://herald.example/a#comments", "https://m.herald.example/a", true);
        check("https://herald.example/a?id=1&b=2", "https://herald.example/a?b=2&id=1&fbclid=x", true);
        check("https://herald.example/a?id=1", "https://herald.example/a?id=2", false);
        check("https://herald.example:81/a", "https://herald.example/a", false);
    }

    #[test]
    fn markup_and_spaces_are_no_change_and_words_are() {
        let entry =
            |summary: &str| keys(&Entry { summary: Some(summary.to_owned()), ..Entry::default() }).content;
        assert_eq!(entry("<p class=a>Three  dead</p>"), entry("<div>Three dead</div>"));
        assert_ne!(entry("<p>Three dead</p>"), entry("<p>Nine dead</p>"));
    }
}

//! OPML -> feeds. Outlines are taken wherever they stand, under whatever root, since exports get cut and nested oddly.

use super::{DEEPEST_FOLDER, MOST_FEEDS, OpmlFeed};
use crate::ParseError;
use crate::parse::charset;
use crate::parse::context::web_link;
use crate::parse::plain;
use crate::parse::tree::{Element, Tree};
use std::collections::HashSet;

/// Larger lists are refused.
const LARGEST: usize = 8 << 20;

/// Longest title or folder name, in characters.
const LONGEST_NAME: usize = 200;

/// What a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpmlList {
    pub feeds: Vec<OpmlFeed>,
    /// What it gives as a feed's address and is not followed, and why.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Why a feed of a list is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeftOut {
    #[error("neither http nor https")]
    NoAddress,
    #[error("a list is read up to its {MOST_FEEDS}th feed")]
    TooMany,
}

/// Reads a list of feeds. A feed that is named twice in one folder counts once; outlines without a feed's address
/// are folders if they hold feeds, and nothing otherwise.
///
/// # Errors
/// [`ParseError`] when it is no OPML at all, too large, or declares entities.
pub fn read(bytes: &[u8]) -> Result<OpmlList, ParseError> {
    if bytes.len() > LARGEST {
        return Err(ParseError::TooLarge { bytes: bytes.len(), limit: LARGEST });
    }
    let decoded = charset::decode(bytes, None);
    let text = decoded.text.trim();
    if text.is_empty() {
        return Err(ParseError::Empty);
    }
    let tree = Tree::read(text)?;
    let root = tree.root().filter(|root| matches!(root.local(), "opml" | "body" | "outline"));
    let Some(root) = root else {
        return Err(ParseError::NotAFeed { found: "something other than an OPML list".to_owned() });
    };
    let mut reading = Reading::default();
    reading.walk(root);
    Ok(reading.list)
}

#[derive(Default)]
struct Reading {
    list: OpmlList,
    folder: Vec<String>,
    known: HashSet<(String, Vec<String>)>,
}

impl Reading {
    /// Recursion is bounded by the depth of the tree.
    fn walk(&mut self, element: Element<'_, '_>) {
        let name = if element.local() == "outline" { self.take(element) } else { None };
        let entered = name.filter(|_| self.folder.len() < DEEPEST_FOLDER);
        let depth = self.folder.len();
        self.folder.extend(entered);
        for child in element.elements() {
            self.walk(child);
        }
        self.folder.truncate(depth);
    }

    /// Takes an outline's feed; the name of the folder when it is one.
    fn take(&mut self, outline: Element<'_, '_>) -> Option<String> {
        let named = name(outline, "text").or_else(|| name(outline, "title"));
        let Some(written) = feed_address(outline) else { return named };
        let title = name(outline, "title").or(named);
        let site = outline.attribute("htmlUrl").and_then(|site| web_link(&site, None));
        match web_link(&written, None) {
            None => self.leave_out(&written, LeftOut::NoAddress),
            Some(url) if self.list.feeds.len() >= MOST_FEEDS => self.leave_out(&url, LeftOut::TooMany),
            Some(url) => {
                if self.known.insert((url.clone(), self.folder.clone())) {
                    self.list.feeds.push(OpmlFeed { url, title, site, folder: self.folder.clone() });
                }
            }
        }
        None
    }

    fn leave_out(&mut self, written: &str, why: LeftOut) {
        self.list.left_out.push((written.chars().take(LONGEST_NAME).collect(), why));
    }
}

/// `xmlUrl`, or `url` where the outline says that it is a feed. `feed:` is a customary scheme of readers.
fn feed_address(outline: Element<'_, '_>) -> Option<String> {
    let is_feed = || {
        let kind = outline.attribute("type").unwrap_or_default().to_ascii_lowercase();
        matches!(kind.as_str(), "rss" | "atom" | "feed" | "rdf" | "jsonfeed")
    };
    let written = outline.attribute("xmlUrl").or_else(|| outline.attribute("url").filter(|_| is_feed()))?;
    let written = written.trim();
    let address = match written.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("http") => rest.to_owned(),
        Some(rest) => format!("http:{rest}"),
        None => written.to_owned(),
    };
    (!address.is_empty()).then_some(address)
}

fn name(outline: Element<'_, '_>, attribute: &str) -> Option<String> {
    let line = plain::from_html(&outline.attribute(attribute)?);
    let line: String = line.chars().take(LONGEST_NAME).collect();
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::ParseError;

    #[track_caller]
    fn check(opml: &str, expected: &[&str]) {
        let feeds = read(opml.as_bytes()).expect("readable").feeds;
        let lines: Vec<_> = feeds
            .iter()
            .map(|feed| {
                format!("{}: {} {}", feed.folder.join("/"), feed.title.as_deref().unwrap_or("-"), feed.url)
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn folders_nest() {
        check(
            "<opml version='2.0'><head><title>Mine</title></head><body>
             <outline text='World'><outline text='Asia' title='Asia'>
               <outline type='rss' text='A &amp;amp; B' xmlUrl='https://a.example/feed'/></outline></outline>
             <outline text='C' xmlurl='feed://c.example/rss' htmlUrl='https://c.example'/></body></opml>",
            &["World/Asia: A & B https://a.example/feed", ": C http://c.example/rss"],
        );
    }

    #[test]
    fn broken_exports_are_read_as_far_as_they_go() {
        check(
            "<opml><body><outline text=Q&A><outline text=\"x\" xmlUrl=\"https://a.example/?a=1&b=2\">
             <outline text=\"x again\" xmlUrl=\"https://a.example/?a=1&b=2\"><outline text='cut",
            &["Q&A: x https://a.example/?a=1&b=2"],
        );
        check("<opml><body><outline type='link' url='https://a.example'/></body></opml>", &[]);
    }

    #[test]
    fn what_is_no_address_is_named() {
        let list = "<opml><outline xmlUrl='javascript:alert(1)'/><outline xmlUrl='ftp://a.example/f'/>
            <outline xmlUrl=' https://a.example/f '/><outline text='folder' xmlUrl=''/></opml>";
        let list = read(list.as_bytes()).expect("readable");
        let left_out: Vec<_> =
            list.left_out.iter().map(|(address, why)| format!("{address}: {why}")).collect();
        assert_eq!(
            left_out,
            ["javascript:alert(1): neither http nor https", "ftp://a.example/f: neither http nor https"]
        );
        assert_eq!(list.feeds.len(), 1);
    }

    #[test]
    fn bombs_are_refused_or_bounded() {
        let entities = "<!DOCTYPE opml [<!ENTITY a 'aaaa'>]><opml><body><outline text='&a;'/></body></opml>";
        assert_eq!(read(entities.as_bytes()), Err(ParseError::DocumentType));
        let deep = "<outline text='x'>".repeat(100_000) + "<outline xmlUrl='https://a.example/f'/>";
        let feeds = read(format!("<opml><body>{deep}").as_bytes()).expect("readable").feeds;
        assert!(feeds.iter().all(|feed| feed.folder.len() <= super::DEEPEST_FOLDER));
        let wide: String =
            (0..30_000).map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>")).collect();
        let wide = read(format!("<opml>{wide}").as_bytes()).expect("readable");
        assert_eq!((wide.feeds.len(), wide.left_out.len()), (super::MOST_FEEDS, 30_000 - super::MOST_FEEDS));
        assert!(matches!(read(b"<html><body/></html>"), Err(ParseError::NotAFeed { .. })));
    }
}

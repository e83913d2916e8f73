//! RSS, RDF and Atom documents -> [`FeedDocument`]. In: decoded text. Finds out the dialect, the channel and the items.

use super::clean::Cleaner;
use super::context::Context;
use super::fields::Reader;
use super::markup::Dialect;
use super::namespace::Namespace;
use super::tree::{Element, MOST_COMPLAINTS, Tree};
use super::{MOST_ENTRIES, channel, item};
use crate::ParseError;
use news::{Complaint, FeedDocument, FeedFormat, Url};

/// Reads an XML feed published at `url`.
pub(crate) fn read(text: &str, url: Option<&Url>) -> Result<FeedDocument, ParseError> {
    let tree = Tree::read(text)?;
    let Some(root) = tree.root() else {
        return Err(ParseError::NotAFeed { found: "text without any element".to_owned() });
    };
    let format = format_of(root).ok_or_else(|| not_a_feed(root))?;
    let mut document = read_feed(root, format, url);
    document.complaints.splice(0..0, tree.complaints.iter().cloned());
    document.complaints.truncate(MOST_COMPLAINTS);
    Ok(document)
}

fn format_of(root: Element<'_, '_>) -> Option<FeedFormat> {
    let holds = |names: [&str; 2]| root.elements().any(|child| names.contains(&child.local()));
    match root.local() {
        "feed" => Some(FeedFormat::Atom),
        "rss" => Some(FeedFormat::Rss),
        "rdf" if holds(["channel", "item"]) || declares_rss(root) => Some(FeedFormat::Rdf),
        // A document of its own that is one entry: Atom allows it (RFC 4287 section 2).
        "entry" if root.namespace() == Namespace::Atom => Some(FeedFormat::Atom),
        "channel" if holds(["item", "title"]) => Some(FeedFormat::Rss),
        _ => None,
    }
}

/// Whether an RDF document without a channel is RSS at least by what it declares.
fn declares_rss(root: Element<'_, '_>) -> bool {
    ["purl.org/rss/", "netscape.com/rdf/"].iter().any(|address| root.attributes().contains(address))
}

fn not_a_feed(root: Element<'_, '_>) -> ParseError {
    let found = match root.local() {
        "html" => "a web page".to_owned(),
        "opml" => "an OPML list of feeds".to_owned(),
        "urlset" | "sitemapindex" => "a sitemap".to_owned(),
        _ => format!("XML with the root <{}>", root.name().chars().take(40).collect::<String>()),
    };
    ParseError::NotAFeed { found }
}

fn read_feed(root: Element<'_, '_>, format: FeedFormat, url: Option<&Url>) -> FeedDocument {
    let dialect = if format == FeedFormat::Atom { Dialect::Atom } else { Dialect::Rss };
    let nested = root.elements().find(|child| child.local() == "channel");
    let channel = if dialect == Dialect::Atom { root } else { nested.unwrap_or(root) };
    let context = context(root, channel, url);
    let mut reader = Reader::new(dialect, Cleaner::new(context.base.clone()));
    let beside = (format == FeedFormat::Rdf).then_some(root);
    let mut document = channel::feed(channel, beside, &mut reader, &context);
    document.format = Some(format);
    let items = items(root, nested);
    if items.len() > MOST_ENTRIES {
        let what = format!("{} entries; only the first {MOST_ENTRIES} are read", items.len());
        document.complaints.push(Complaint { what, at: None });
    }
    let items = items.into_iter().take(MOST_ENTRIES);
    document.entries = items.map(|item| item::entry(item, &mut reader, &context)).collect();
    document.complaints.extend(reader.complaint());
    document
}

/// What holds for the whole feed. Relative links belong to `xml:base`, else to the site the feed names, else to where
/// the feed was found.
fn context(root: Element<'_, '_>, channel: Element<'_, '_>, url: Option<&Url>) -> Context {
    let outer = Context { base: url.cloned(), ..Context::default() };
    let mut context = outer.enter(root).enter(channel);
    if !context.is_declared
        && let Some(site) = channel::site(channel, &context)
    {
        context.base = Some(site);
    }
    context
}

/// All entries: in the channel, beside it (RSS 1.0 and 0.90), and in lists that some generators put around them.
fn items<'t, 'a>(root: Element<'t, 'a>, channel: Option<Element<'t, 'a>>) -> Vec<Element<'t, 'a>> {
    let is_item = |element: &Element<'_, '_>| matches!(element.local(), "item" | "entry");
    let mut items: Vec<_> = std::iter::once(root).filter(is_item).collect();
    for parent in [channel, Some(root)].into_iter().flatten() {
        for child in parent.elements() {
            if is_item(&child) {
                items.push(child);
            } else if child.local() == "items" {
                items.extend(child.elements().filter(is_item));
            }
        }
    }
    items
}

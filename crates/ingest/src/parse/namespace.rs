//! Prefixes and namespace addresses -> the vocabularies that feeds use. Forgiving: `https` for `http`, a lost
//! slash, upper case and undeclared but customary prefixes all mean what they are meant to mean.

use super::scan::each_attribute;
use std::borrow::Cow;

/// Bindings kept in scope. A document that declares more is hostile; further ones are not looked at.
const MOST_BINDINGS: usize = 64;

/// A vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// No namespace, or one of the RSS dialects' own.
    Plain,
    Rdf,
    Atom,
    DublinCore,
    DublinCoreTerms,
    /// `content:encoded`.
    Content,
    Media,
    Itunes,
    Xhtml,
    /// `admin:generatorAgent` and the like.
    Admin,
    /// Syndication module of RSS 1.0.
    Syndication,
    Other,
}

/// Prefixes in scope.
#[derive(Default)]
pub(crate) struct Scope<'a> {
    /// Depth, prefix, vocabulary.
    bindings: Vec<(usize, &'a str, Namespace)>,
}

impl<'a> Scope<'a> {
    /// Takes in the declarations of an element at `depth`; its vocabulary and its local name in lower case.
    pub(crate) fn enter(
        &mut self,
        name: &'a str,
        attributes: &'a str,
        depth: usize,
    ) -> (Namespace, Cow<'a, str>) {
        if attributes.contains("xmlns") {
            self.declare(attributes, depth);
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let local = if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(local.to_ascii_lowercase())
        } else {
            Cow::Borrowed(local)
        };
        (self.find(prefix), local)
    }

    fn declare(&mut self, attributes: &'a str, depth: usize) {
        for (attribute, address) in each_attribute(attributes) {
            let prefix = match attribute.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => rest.strip_prefix(':').unwrap_or_default(),
                None => continue,
            };
            if self.bindings.len() < MOST_BINDINGS {
                self.bindings.push((depth, prefix, by_address(address)));
            }
        }
    }

    /// Forgets what elements at `depth` and below declared.
    pub(crate) fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|(at, ..)| *at >= depth) {
            self.bindings.pop();
        }
    }

    fn find(&self, prefix: &str) -> Namespace {
        let bound = self.bindings.iter().rev().find(|(_, bound, _)| *bound == prefix);
        bound.map_or_else(|| by_prefix(prefix), |(_, _, namespace)| *namespace)
    }
}

/// What a prefix means that nothing declares.
fn by_prefix(prefix: &str) -> Namespace {
    match prefix {
        "" => Namespace::Plain,
        "rdf" => Namespace::Rdf,
        "atom" | "a10" | "atom10" => Namespace::Atom,
        "dc" => Namespace::DublinCore,
        "dcterms" => Namespace::DublinCoreTerms,
        "content" => Namespace::Content,
        "media" => Namespace::Media,
        "itunes" => Namespace::Itunes,
        "xhtml" => Namespace::Xhtml,
        "admin" => Namespace::Admin,
        "sy" => Namespace::Syndication,
        _ => Namespace::Other,
    }
}

/// The vocabulary of a namespace address. The Plain ones are those under which RSS has been published; Atom's
/// are its drafts' (as Universal Feed Parser collected them) besides its own.
fn by_address(address: &str) -> Namespace {
    let address = address.trim().to_ascii_lowercase();
    let address =
        address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches(['/', '#']);
    match address.strip_prefix("www.").unwrap_or(address) {
        ""
        | "backend.userland.com/rss"
        | "backend.userland.com/rss2"
        | "blogs.law.harvard.edu/tech/rss"
        | "my.netscape.com/publish/formats/rss-0.91.dtd"
        | "my.netscape.com/rdf/simple/0.9"
        | "channel.netscape.com/rdf/simple/0.9"
        | "purl.org/rss/1.0"
        | "purl.org/net/rss1.1"
        | "rssnamespace.org/feed"
        | "purl.org/rss/0.9" => Namespace::Plain,
        "w3.org/1999/02/22-rdf-syntax-ns" => Namespace::Rdf,
        "w3.org/2005/atom"
        | "purl.org/atom/ns"
        | "necho.sourceforge.net/namespace"
        | "purl.org/echo"
        | "uri/of/echo/namespace"
        | "purl.org/pie"
        | "purl.org/atom/app" => Namespace::Atom,
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" | "purl.org/dc" => Namespace::DublinCore,
        "purl.org/dc/terms" => Namespace::DublinCoreTerms,
        "purl.org/rss/1.0/modules/content" => Namespace::Content,
        "search.yahoo.com/mrss" | "video.search.yahoo.com/mrss" | "tools.search.yahoo.com/mrss" => {
            Namespace::Media
        }
        "itunes.com/dtds/podcast-1.0.dtd" => Namespace::Itunes,
        "w3.org/1999/xhtml" => Namespace::Xhtml,
        "webns.net/mvcb" => Namespace::Admin,
        "purl.org/rss/1.0/modules/syndication" => Namespace::Syndication,
        _ => Namespace::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Namespace, Scope};

    #[test]
    fn prefixes_are_scoped_and_forgiven() {
        let mut scope = Scope::default();
        let (root, local) = scope.enter("FEED", " xmlns='HTTPS://www.w3.org/2005/Atom/'", 0);
        assert_eq!((root, &*local), (Namespace::Atom, "feed"));
        assert_eq!(scope.enter("dc:date", "", 1).0, Namespace::DublinCore, "customary, undeclared");
        assert_eq!(scope.enter("m:x", " xmlns:m='http://search.yahoo.com/mrss'", 1).0, Namespace::Media);
        scope.leave(1);
        assert_eq!(scope.enter("m:x", "", 1).0, Namespace::Other);
    }
}

//! A text-bearing element -> what it says, as HTML or as text, whichever way it is wrapped: escaped, in CDATA, as naked or
//! XHTML elements, in base64. Follows RFC 4287 section 3.1 and Atom 0.3's `mode`; everything else is RSS, where text is
//! HTML.

use super::namespace::Namespace;
use super::tree::{Child, Element};
use super::{entity, plain};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::borrow::Cow;

/// Longer texts are cut before they are cleaned.
const LONGEST: usize = 512 << 10;

/// A decoded text and how it is to be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    Html(String),
    Text(String),
}

/// Which rules a text element of no or another namespace follows: those of the document's root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Rss,
    Atom,
}

impl Markup {
    /// What `element` says.
    pub(crate) fn of(element: Element<'_, '_>, dialect: Dialect) -> Self {
        let kind = Type::of(element, dialect);
        let read = match kind {
            Type::Base64 => base64_text(element).map_or_else(|| Self::Html(element.text()), Self::Html),
            _ if element.has_elements() => Self::Html(inside(element, kind)),
            Type::Text | Type::Xml => Self::Text(element.text()),
            Type::Html => Self::Html(element.text()),
            Type::Unsaid => match element.text() {
                text if looks_like_html(&text) => Self::Html(text),
                text => Self::Text(text),
            },
        };
        read.shortened()
    }

    fn shortened(mut self) -> Self {
        let (Self::Html(text) | Self::Text(text)) = &mut self;
        if text.len() > LONGEST {
            text.truncate(text.floor_char_boundary(LONGEST));
        }
        self
    }

    /// One line of plain text; nothing if empty.
    pub(crate) fn to_line(&self) -> Option<String> {
        let line = match self {
            Self::Html(html) => plain::from_html(html),
            Self::Text(text) => plain::one_line(text),
        };
        (!line.is_empty()).then_some(line)
    }

    /// HTML that is not yet cleaned.
    pub(crate) fn to_html(&self) -> Cow<'_, str> {
        match self {
            Self::Html(html) => Cow::Borrowed(html),
            Self::Text(text) => Cow::Owned(plain::to_html(text)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    /// Escaped HTML.
    Html,
    Text,
    /// Elements belong to the text; text in them is text.
    Xml,
    Base64,
    /// Atom without a type: text by the rules, often HTML in truth.
    Unsaid,
}

impl Type {
    fn of(element: Element<'_, '_>, dialect: Dialect) -> Self {
        let said = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
        if element.namespace() == Namespace::Xhtml {
            return Self::Xml;
        }
        let is_atom = element.namespace() == Namespace::Atom || dialect == Dialect::Atom;
        match element.attribute("mode").as_deref() {
            Some("base64") => return Self::Base64,
            Some("escaped") if said.is_empty() => return Self::Unsaid,
            _ => {}
        }
        let said = said.split(';').next().unwrap_or_default().trim();
        match said {
            "" if is_atom => Self::Unsaid,
            "" => Self::Html,
            "text" | "text/plain" | "plain" => Self::Text,
            "html" | "text/html" => Self::Html,
            "xhtml" | "text/xml" | "application/xml" => Self::Xml,
            _ if said.ends_with("+xml") => Self::Xml,
            _ if said.starts_with("text/") => Self::Text,
            _ if is_atom && said.contains('/') => Self::Base64,
            _ => Self::Html,
        }
    }
}

/// Whether a text that claims nothing holds tags or references.
fn looks_like_html(text: &str) -> bool {
    let has_tag = text.split('<').skip(1).any(|after| {
        let name = after.strip_prefix('/').unwrap_or(after);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
        let behind = name.get(length..).unwrap_or_default();
        length > 0
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && behind.starts_with(['>', ' ', '/', '\n'])
            && behind.contains('>')
    });
    has_tag || (text.contains('&') && text.contains(';') && entity::decode(text) != text)
}

fn base64_text(element: Element<'_, '_>) -> Option<String> {
    let packed: String = element.text().split_ascii_whitespace().collect();
    String::from_utf8(BASE64_STANDARD.decode(packed).ok()?).ok()
}

/// The markup inside an element that has elements. The `<div>` that XHTML content must be wrapped in is no part of it.
fn inside(element: Element<'_, '_>, kind: Type) -> String {
    let mut html = String::new();
    let wrapped = only_child(element).filter(|child| child.local() == "div");
    write_children(wrapped.unwrap_or(element), kind != Type::Html, &mut html);
    html.trim().to_owned()
}

/// The one element in it, if there is but white space beside it.
fn only_child<'t, 'a>(element: Element<'t, 'a>) -> Option<Element<'t, 'a>> {
    let mut only = None;
    for child in element.children() {
        match child {
            Child::Element(child) if only.is_none() => only = Some(child),
            Child::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    only
}

/// Writes the inside of an element as HTML. Recursion is bounded by the depth of the tree.
fn write_children(element: Element<'_, '_>, escapes: bool, html: &mut String) {
    for child in element.children() {
        match child {
            Child::Text(text) if escapes => {
                html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
            }
            Child::Text(text) => html.push_str(&text),
            Child::Element(child) => write_element(child, escapes, html),
        }
        if html.len() > LONGEST {
            return;
        }
    }
}

fn write_element(element: Element<'_, '_>, escapes: bool, html: &mut String) {
    let name = element.local();
    html.push('<');
    html.push_str(name);
    html.push_str(element.attributes());
    html.push('>');
    if !matches!(name, "br" | "img" | "hr" | "wbr" | "input" | "source") {
        write_children(element, escapes, html);
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Markup};
    use crate::parse::tree::Tree;

    #[track_caller]
    fn check(dialect: Dialect, xml: &str, expected: &Markup) {
        let tree = Tree::read(xml).expect("no DTD");
        assert_eq!(&Markup::of(tree.root().expect("a root"), dialect), expected, "{xml}");
    }

    fn html(text: &str) -> Markup {
        Markup::Html(text.to_owned())
    }

    fn text(text: &str) -> Markup {
        Markup::Text(text.to_owned())
    }

    #[test]
    fn atom_says_what_its_text_is() {
        let check = |xml: &str, expected: Markup| check(Dialect::Atom, xml, &expected);
        check("<title>1 &lt; 2 &amp; 3</title>", text("1 < 2 & 3"));
        check("<title type='text'>&lt;b&gt;</title>", text("<b>"));
        check("<title>&lt;b&gt;not text&lt;/b&gt;</title>", html("<b>not text</b>"));
        check("<title type='html'>&lt;b&gt;a&lt;/b&gt;</title>", html("<b>a</b>"));
        check("<c type='xhtml'><div>a &lt; <b>b</b><br/></div></c>", html("a &lt; <b>b</b><br>"));
        check("<c mode='base64'>PGI+\n YTwvYj4=</c>", html("<b>a</b>"));
        check("<c type='html'><div>&lt;p&gt;a&lt;/p&gt;</div></c>", html("<p>a</p>"));
    }

    #[test]
    fn rss_is_html_however_it_is_wrapped() {
        let check = |xml: &str, expected: Markup| check(Dialect::Rss, xml, &expected);
        check("<d>&lt;p&gt;a&lt;/p&gt;</d>", html("<p>a</p>"));
        check("<d><![CDATA[<p>a]]><![CDATA[ b</p>]]></d>", html("<p>a b</p>"));
        check("<d>a <b x='y'>b</b></d>", html("a <b x='y'>b</b>"));
    }
}

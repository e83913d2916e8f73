//! Tokens -> a bounded tree of elements with their namespaces. In: decoded text. Out: a [`Tree`] and what was
//! wrong with it. Refuses documents that declare entities. Knows which elements a feed is built of only as far
//! as it needs to close what was left open.

use super::entity;
use super::namespace::{Namespace, Scope};
use super::scan::{Scanner, Token, attribute};
use crate::ParseError;
use news::Complaint;
use std::borrow::Cow;

/// Elements below this depth hang on the one at it, so that nothing recurses deeper.
const DEEPEST: usize = 120;

/// Nodes kept of one document. A feed of 2,000 entries has some 40,000.
const MOST_NODES: usize = 400_000;

/// Complaints kept of one document.
pub(crate) const MOST_COMPLAINTS: usize = 20;

type Id = u32;

/// The elements of a document, in document order.
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    pub(crate) complaints: Vec<Complaint>,
}

struct Node<'a> {
    kind: Kind<'a>,
    first: Option<Id>,
    last: Option<Id>,
    next: Option<Id>,
}

enum Kind<'a> {
    Element {
        namespace: Namespace,
        local: Cow<'a, str>,
        name: &'a str,
        attributes: &'a str,
    },
    /// References not yet decoded.
    Text(&'a str),
    Data(&'a str),
}

/// One element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    id: Id,
}

/// What an element holds.
pub(crate) enum Child<'t, 'a> {
    Element(Element<'t, 'a>),
    /// Decoded.
    Text(Cow<'a, str>),
}

impl<'a> Tree<'a> {
    /// Reads `text` to its end.
    ///
    /// # Errors
    /// [`ParseError::DocumentType`] when it declares entities or anything else of a DTD.
    pub(crate) fn read(text: &'a str) -> Result<Self, ParseError> {
        let mut builder = Builder::new(text);
        builder.run()?;
        Ok(builder.tree)
    }

    /// The first element of the document.
    pub(crate) fn root(&self) -> Option<Element<'_, 'a>> {
        let is_element = |node: &Node<'_>| matches!(node.kind, Kind::Element { .. });
        let id = self.nodes.iter().position(is_element)?;
        Some(Element { tree: self, id: Id::try_from(id).ok()? })
    }

    fn node(&self, id: Id) -> Option<&Node<'a>> {
        self.nodes.get(id as usize)
    }
}

struct Builder<'a> {
    scanner: Scanner<'a>,
    tree: Tree<'a>,
    scope: Scope<'a>,
    open: Vec<Id>,
    /// Elements open below [`DEEPEST`].
    too_deep: usize,
    has_root: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let tree = Tree { nodes: Vec::with_capacity(text.len() / 64 + 16), complaints: Vec::new() };
        Self {
            scanner: Scanner::new(text),
            tree,
            scope: Scope::default(),
            open: Vec::new(),
            too_deep: 0,
            has_root: false,
        }
    }

    fn run(&mut self) -> Result<(), ParseError> {
        loop {
            let at = self.scanner.position();
            let Some(token) = self.scanner.next() else { break };
            if let Some((what, at)) = self.scanner.take_defect() {
                self.complain(what, at);
            }
            if self.tree.nodes.len() >= MOST_NODES {
                self.complain("the document has too many elements; the rest is left out", at);
                break;
            }
            self.take(token, at)?;
        }
        self.finish();
        Ok(())
    }

    fn take(&mut self, token: Token<'a>, at: usize) -> Result<(), ParseError> {
        match token {
            Token::Start { name, attributes, empty } => self.start(name, attributes, empty, at),
            Token::End { name } => self.end(name, at),
            Token::Text(text) if self.has_root => self.text(text, at),
            Token::Text(text) if !text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty() => {
                self.complain("text stands in front of the document", at);
            }
            Token::Data(text) if self.has_root => {
                self.add(Kind::Data(text));
            }
            Token::DocumentType(declaration) if !self.has_root && has_content(declaration) => {
                return Err(ParseError::DocumentType);
            }
            Token::Text(_) | Token::Data(_) | Token::DocumentType(_) => {}
        }
        Ok(())
    }

    fn complain(&mut self, what: &str, at: usize) {
        let known = |complaint: &Complaint| complaint.what == what;
        if self.tree.complaints.len() < MOST_COMPLAINTS && !self.tree.complaints.iter().any(known) {
            self.tree.complaints.push(Complaint { what: what.to_owned(), at: u64::try_from(at).ok() });
        }
    }

    fn text(&mut self, text: &'a str, at: usize) {
        if text.contains('&') && entity::has_bare_ampersand(text) {
            self.complain("bare ampersand", at);
        }
        self.add(Kind::Text(text));
    }

    fn add(&mut self, kind: Kind<'a>) -> Option<Id> {
        let id = Id::try_from(self.tree.nodes.len()).ok()?;
        self.tree.nodes.push(Node { kind, first: None, last: None, next: None });
        let Some(parent) = self.open.last().copied() else { return Some(id) };
        let elder = self.tree.nodes.get_mut(parent as usize)?.last.replace(id);
        match elder {
            Some(elder) => self.tree.nodes.get_mut(elder as usize)?.next = Some(id),
            None => self.tree.nodes.get_mut(parent as usize)?.first = Some(id),
        }
        Some(id)
    }

    fn start(&mut self, name: &'a str, attributes: &'a str, empty: bool, at: usize) {
        if self.open.is_empty() && self.has_root {
            self.complain("more follows behind the end of the document", at);
            return;
        }
        self.has_root = true;
        self.close_unfinished_item(name, at);
        let depth = self.open.len();
        let (namespace, local) = self.scope.enter(name, attributes, depth);
        let Some(id) = self.add(Kind::Element { namespace, local, name, attributes }) else { return };
        if empty {
            self.scope.leave(depth);
        } else if depth < DEEPEST {
            self.open.push(id);
        } else {
            self.scope.leave(depth);
            self.too_deep += 1;
            self.complain("elements are nested too deeply", at);
        }
    }

    /// An `<item>` cannot stand in an `<item>`: the one before was never closed.
    fn close_unfinished_item(&mut self, name: &str, at: usize) {
        let local = name.rsplit(':').next().unwrap_or(name);
        if !(local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")) {
            return;
        }
        let Some(level) = self.level_of(name) else { return };
        // An entry quoted whole inside the content of another is no sibling of it.
        let in_content = self.open.iter().skip(level).any(|id| self.name_of(*id).ends_with("content"));
        if !in_content {
            self.complain("item is not closed", at);
            self.close_to(level);
        }
    }

    fn name_of(&self, id: Id) -> &'a str {
        match self.tree.node(id).map(|node| &node.kind) {
            Some(Kind::Element { name, .. }) => name,
            _ => "",
        }
    }

    /// How deep the innermost open element of this name is.
    fn level_of(&self, name: &str) -> Option<usize> {
        self.open.iter().rposition(|id| self.name_of(*id).eq_ignore_ascii_case(name))
    }

    fn close_to(&mut self, level: usize) {
        self.open.truncate(level);
        self.scope.leave(level);
        self.too_deep = 0;
    }

    fn end(&mut self, name: &str, at: usize) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        match self.level_of(name) {
            Some(level) => {
                if level + 1 < self.open.len() {
                    self.complain("tags are closed in the wrong order", at);
                }
                self.close_to(level);
            }
            None => {
                self.complain("an end tag closes nothing", at);
                if is_field(name) && self.open.last().is_some_and(|id| is_field(self.name_of(*id))) {
                    self.close_to(self.open.len() - 1);
                }
            }
        }
    }

    fn finish(&mut self) {
        let Some(innermost) = self.open.last().copied() else { return };
        let what = format!("document ends inside <{}>", shortened(self.name_of(innermost)));
        self.complain(&what, self.scanner.position());
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Elements of a feed that hold text: one that is closed under a fellow's name was meant to be closed.
fn is_field(name: &str) -> bool {
    const FIELDS: [&str; 16] = [
        "title",
        "subtitle",
        "tagline",
        "link",
        "description",
        "summary",
        "content",
        "guid",
        "id",
        "pubdate",
        "published",
        "updated",
        "author",
        "category",
        "encoded",
        "creator",
    ];
    let local = name.rsplit(':').next().unwrap_or(name);
    FIELDS.iter().any(|field| field.eq_ignore_ascii_case(local))
}

/// Whether a document type declaration has an internal subset with anything in it.
fn has_content(declaration: &str) -> bool {
    declaration.split_once('[').is_some_and(|(_, subset)| {
        let subset = subset.rsplit_once(']').map_or(subset, |(inside, _)| inside);
        !subset.trim().is_empty()
    })
}

impl<'t, 'a> Element<'t, 'a> {
    fn parts(self) -> (Namespace, &'t str, &'a str, &'a str) {
        match self.tree.node(self.id).map(|node| &node.kind) {
            Some(Kind::Element { namespace, local, name, attributes }) => {
                (*namespace, local, name, attributes)
            }
            _ => (Namespace::Other, "", "", ""),
        }
    }

    pub(crate) fn namespace(self) -> Namespace {
        self.parts().0
    }

    /// Local name in lower case.
    pub(crate) fn local(self) -> &'t str {
        self.parts().1
    }

    /// Name with its prefix, as written.
    pub(crate) fn name(self) -> &'a str {
        self.parts().2
    }

    /// All attributes as written.
    pub(crate) fn attributes(self) -> &'a str {
        self.parts().3
    }

    /// An attribute's decoded value without white space around it; nothing if it is absent or empty.
    pub(crate) fn attribute(self, name: &str) -> Option<Cow<'a, str>> {
        let value = attribute(self.attributes(), name)?.trim();
        (!value.is_empty()).then(|| entity::decode(value))
    }

    /// Like [`Element::attribute`], an empty value included.
    pub(crate) fn attribute_or_empty(self, name: &str) -> Option<Cow<'a, str>> {
        attribute(self.attributes(), name).map(|value| entity::decode(value.trim()))
    }

    pub(crate) fn children(self) -> impl Iterator<Item = Child<'t, 'a>> {
        let tree = self.tree;
        let mut next = tree.node(self.id).and_then(|node| node.first);
        std::iter::from_fn(move || {
            let id = next?;
            let node = tree.node(id)?;
            next = node.next;
            Some(match &node.kind {
                Kind::Element { .. } => Child::Element(Element { tree, id }),
                Kind::Text(text) => Child::Text(entity::decode(text)),
                Kind::Data(text) => Child::Text(Cow::Borrowed(text)),
            })
        })
    }

    pub(crate) fn elements(self) -> impl Iterator<Item = Element<'t, 'a>> {
        self.children().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub(crate) fn has_elements(self) -> bool {
        self.elements().next().is_some()
    }

    /// The decoded text directly inside, pieces joined, trimmed.
    pub(crate) fn text(self) -> String {
        let mut text = String::new();
        for child in self.children() {
            if let Child::Text(piece) = child {
                text.push_str(&piece);
            }
        }
        text.trim().to_owned()
    }

    /// [`Element::text`], nothing if empty.
    pub(crate) fn some_text(self) -> Option<String> {
        Some(self.text()).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Tree};
    use crate::ParseError;

    fn outline(element: Element<'_, '_>) -> String {
        let inside: Vec<_> = element.elements().map(outline).collect();
        format!("{}({}{})", element.local(), element.text(), inside.join(" "))
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tree = Tree::read(text).expect("no DTD in it");
        assert_eq!(outline(tree.root().expect("a root")), expected);
    }

    #[test]
    fn broken_nesting_keeps_the_items_apart() {
        check("<c><item><t>a</t><item><t>b</t></item></c>", "c(item(t(a)) item(t(b)))");
        check("<c><item><title>a</subtitle><x>y</x></item></c>", "c(item(title(a) x(y)))");
        check("<c><item><b><i>a</b></i></item><z/></c>", "c(item(b(i(a))) z())");
        check("<c><item><t>a", "c(item(t(a)))");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
        let tree = Tree::read(&deep).expect("no DTD in it");
        assert!(tree.complaints.iter().any(|complaint| complaint.what.contains("deeply")));
    }

    #[test]
    fn only_an_empty_document_type_passes() {
        let refused = |text: &str| matches!(Tree::read(text), Err(ParseError::DocumentType));
        assert!(refused("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"));
        assert!(refused("<!DOCTYPE a SYSTEM 'x' [ %remote; ]><a/>"));
        assert!(!refused(
            "<!DOCTYPE rss PUBLIC '-//X//DTD RSS 0.91//EN' 'http://dtd.example/rss.dtd'><rss/>"
        ));
        assert!(!refused("<!DOCTYPE a [ ]><a/>"));
    }
}

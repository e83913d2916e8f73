//! Small words for trees: parsing behind the guard, attributes, and walks that use no recursion.

use crate::ExtractError;
use crate::guard;
use dom_query::{Document, NodeData, NodeRef};

/// A tree of the page, or why none was built.
pub(crate) fn parse(html: &str) -> Result<Document, ExtractError> {
    guard::check(html)?;
    let document = Document::from(html);
    check_depth(&document)?;
    Ok(document)
}

/// A tree of a feed's fragment.
pub(crate) fn parse_fragment(html: &str) -> Result<Document, ExtractError> {
    guard::check(html)?;
    let document = Document::fragment(html);
    check_depth(&document)?;
    Ok(document)
}

/// Second lock: the guard models the parser, and here is what the parser really did. Extraction libraries
/// recurse; twice the guard's depth still fits a thread's stack with room to spare.
fn check_depth(document: &Document) -> Result<(), ExtractError> {
    let mut depth = 0;
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.step() {
        match step {
            Step::Enter(_) => depth += 1,
            Step::Leave(_) => depth -= 1,
        }
        if depth > 2 * guard::MAX_DEPTH {
            return Err(ExtractError::TooDeep { limit: guard::MAX_DEPTH });
        }
    }
    Ok(())
}

/// A step of a walk through a tree in document order.
pub(crate) enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

/// Depth-first walk by the nodes' own links.
pub(crate) struct Walk<'a> {
    root: NodeRef<'a>,
    next: Option<Step<'a>>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(root: NodeRef<'a>) -> Self {
        Self { root, next: Some(Step::Enter(root)) }
    }

    pub(crate) fn step(&mut self) -> Option<Step<'a>> {
        let step = self.next.take()?;
        self.next = match &step {
            Step::Enter(node) => Some(node.first_child().map_or(Step::Leave(*node), Step::Enter)),
            Step::Leave(node) => self.after(node),
        };
        Some(step)
    }

    /// Leaves the node just entered without going into it.
    pub(crate) fn skip(&mut self, node: NodeRef<'a>) {
        self.next = self.after(&node);
    }

    fn after(&self, node: &NodeRef<'a>) -> Option<Step<'a>> {
        if node.id == self.root.id {
            return None;
        }
        node.next_sibling().map(Step::Enter).or_else(|| node.parent().map(Step::Leave))
    }
}

/// The element's tag name in lower case.
pub(crate) fn name(node: &NodeRef<'_>) -> Option<String> {
    node.node_name().map(|name| name.to_string())
}

/// A text node's text.
pub(crate) fn text_of(node: &NodeRef<'_>) -> Option<String> {
    node.query(|node| match &node.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })?
}

/// An attribute that is there and not blank.
pub(crate) fn attribute(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// White space as HTML shows it: runs become one space; invisible characters go.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_squeezed(&mut out, text);
    out.trim().to_owned()
}

/// Appends `text` with runs of white space as one space and without soft hyphens and zero-width marks.
pub(crate) fn push_squeezed(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
}

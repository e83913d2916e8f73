//! A model of the HTML parser's stack of open elements (HTML standard 13.2.6), exact where an error would let
//! depth slip through and otherwise on the side of counting too much. Fed with tags by the scan; holds names only.

use super::Tag;
use std::hash::{DefaultHasher, Hash, Hasher};

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];
/// Read once or not at all: a second one adds no depth.
const ONCE: &[&str] = &["html", "head", "body", "frameset", "frame"];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that end an open `<p>`.
const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "listing",
    "plaintext",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "xmp",
];
/// "Special" elements beyond those above: an end tag of an ordinary element does not reach through them.
const SPECIAL: &[&str] = &[
    "applet", "button", "caption", "colgroup", "iframe", "marquee", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "tbody", "td", "template", "textarea", "tfoot", "th", "thead",
    "title", "tr",
];
/// No end tag of a block reaches out of these.
const SCOPE: &[&str] = &[
    "applet",
    "caption",
    "table",
    "td",
    "th",
    "marquee",
    "object",
    "template",
    "foreignobject",
    "desc",
    "title",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "annotation-xml",
];
/// HTML goes on inside these although `<svg>` or `<math>` is open.
const INTEGRATION: &[&str] =
    &["foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"];
const TABLE_PARTS: &[&str] = &["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"];
/// Formatting opened inside these is forgotten at their end.
const MARKERS: &[&str] = &["applet", "marquee", "object", "template", "td", "th", "caption"];
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

struct Open {
    name: String,
    /// Hash of the tag's source, to tell equal formatting elements.
    tag: u64,
}

/// The stack, the formatting elements waiting to be re-opened, and how many elements there were.
#[derive(Default)]
pub(super) struct Nesting {
    stack: Vec<Open>,
    waiting: Vec<Open>,
    elements: usize,
    foreign: usize,
}

impl Nesting {
    pub(super) fn depth(&self) -> usize {
        self.stack.len() + self.waiting.len()
    }

    pub(super) fn elements(&self) -> usize {
        self.elements
    }

    /// Whether what follows this start tag is text up to its end tag. Inside `<svg>` it is not.
    pub(super) fn is_raw(&self, name: &str) -> bool {
        RAW.contains(&name) && self.foreign == 0
    }

    /// Text re-opens formatting that a block's end had closed.
    pub(super) fn text(&mut self) {
        self.elements += self.waiting.len();
        self.stack.append(&mut self.waiting);
    }

    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        self.elements += 1;
        if ONCE.contains(&name) {
            return;
        }
        let block = ENDS_PARAGRAPH.contains(&name);
        if self.in_foreign() {
            if block || VOID.contains(&name) || FORMATTING.contains(&name) || name == "span" || name == "var"
            {
                self.leave_foreign();
            } else if tag.self_closing {
                return;
            }
        }
        self.close_implied(name, block);
        if !block && !TABLE_PARTS.contains(&name) {
            self.text();
        }
        if !VOID.contains(&name) {
            self.push(name, tag.source);
        }
    }

    /// An end tag: what it takes off the stack, if anything.
    pub(super) fn close(&mut self, name: &str) {
        if ONCE.contains(&name) {
            return;
        }
        if FORMATTING.contains(&name) {
            return self.close_formatting(name);
        }
        let found = if TABLE_PARTS.contains(&name) {
            self.find(|open| open == name, |open| open == "table" || open == "template")
        } else if ENDS_PARAGRAPH.contains(&name) || SPECIAL.contains(&name) {
            let heading = is_heading(name);
            self.find(|open| open == name || (heading && is_heading(open)), |open| SCOPE.contains(&open))
        } else {
            self.find(|open| open == name, is_special)
        };
        if let Some(at) = found {
            self.truncate(at);
        }
    }

    /// End tags that the start of `name` stands for.
    fn close_implied(&mut self, name: &str, block: bool) {
        if block
            && let Some(at) = self.find(|open| open == "p", |open| open == "button" || SCOPE.contains(&open))
        {
            self.truncate(at);
        }
        let same: &[&str] = match name {
            "li" => &["li"],
            "dd" | "dt" => &["dd", "dt"],
            "td" | "th" => &["td", "th", "caption"],
            "tr" => &["tr", "caption"],
            "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot", "tr", "caption"],
            "option" | "optgroup" => &["option"],
            "button" => &["button"],
            "a" | "nobr" => return self.close_formatting(name),
            _ if is_heading(name) => {
                if self.stack.last().is_some_and(|open| is_heading(&open.name)) {
                    self.truncate(self.stack.len() - 1);
                }
                return;
            }
            _ => return,
        };
        let stops = |open: &str| match name {
            "li" | "dd" | "dt" => is_special(open) && !matches!(open, "address" | "div" | "p"),
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => matches!(open, "table" | "template"),
            _ => SCOPE.contains(&open),
        };
        if let Some(at) = self.find(|open| same.contains(&open), stops) {
            self.truncate(at);
        }
    }

    /// The adoption agency, as far as depth goes: blocks inside the formatting element stay open.
    fn close_formatting(&mut self, name: &str) {
        if let Some(at) = self.waiting.iter().rposition(|open| open.name == name) {
            self.waiting.remove(at);
            return;
        }
        let Some(at) = self.find(|open| open == name, |open| SCOPE.contains(&open)) else { return };
        if self.stack.iter().skip(at + 1).any(|open| is_special(&open.name)) {
            self.stack.remove(at);
        } else {
            let inner: Vec<Open> = self.stack.drain(at..).skip(1).collect();
            self.wait(inner);
        }
    }

    fn find(&self, wanted: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, open) in self.stack.iter().enumerate().rev() {
            if wanted(&open.name) {
                return Some(at);
            }
            if stops(&open.name) {
                return None;
            }
        }
        None
    }

    fn push(&mut self, name: &str, source: &str) {
        self.foreign += usize::from(is_foreign(name));
        let mut hasher = DefaultHasher::new();
        source.hash(&mut hasher);
        self.stack.push(Open { name: name.to_owned(), tag: hasher.finish() });
    }

    fn truncate(&mut self, at: usize) {
        let popped: Vec<Open> = self.stack.drain(at..).collect();
        let marker = popped.iter().position(|open| MARKERS.contains(&open.name.as_str()));
        self.foreign -= popped.iter().filter(|open| is_foreign(&open.name)).count();
        self.wait(popped.into_iter().take(marker.unwrap_or(usize::MAX)).collect());
    }

    /// Formatting among the popped waits to be re-opened, three equal ones at most (the "Noah's Ark clause").
    fn wait(&mut self, popped: Vec<Open>) {
        for open in popped.into_iter().filter(|open| FORMATTING.contains(&open.name.as_str())) {
            if self.waiting.iter().filter(|other| other.tag == open.tag).count() < 3 {
                self.waiting.push(open);
            }
        }
    }

    fn in_foreign(&self) -> bool {
        self.foreign > 0 && self.find(is_foreign, |open| INTEGRATION.contains(&open)).is_some()
    }

    fn leave_foreign(&mut self) {
        if let Some(at) = self.stack.iter().rposition(|open| is_foreign(&open.name)) {
            self.truncate(at);
        }
    }
}

fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_special(name: &str) -> bool {
    ENDS_PARAGRAPH.contains(&name) || SPECIAL.contains(&name)
}

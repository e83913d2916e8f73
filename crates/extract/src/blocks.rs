//! A tree to blocks of text in reading order: paragraphs, headings, items, quotations, captions, each with its
//! links. Input is the part of a page that holds the article, or a feed's fragment; nothing is judged here.

use crate::dom::{Step, Walk, attribute, name, push_squeezed, text_of};
use dom_query::NodeRef;

/// What a block is in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Prose,
    Heading,
    Item,
    Quotation,
    Caption,
}

/// A run of text that stands on its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) links: Vec<Link>,
}

/// A link inside a block.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: String,
}

impl Block {
    pub(crate) fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Share of the text's bytes that stands in links.
    pub(crate) fn linked(&self) -> f64 {
        let linked: usize = self.links.iter().map(|link| link.text.len()).sum();
        linked as f64 / self.text.len().max(1) as f64
    }

    /// A paragraph of connected words, as opposed to labels, menus and lists of links.
    pub(crate) fn is_prose(&self) -> bool {
        self.kind != Kind::Caption && self.words() >= 12 && self.linked() < 0.3
    }
}

/// Words of those blocks that are prose.
pub(crate) fn prose_words(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| block.is_prose()).map(Block::words).sum()
}

/// Never text of an article.
const UNREAD: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "button", "select",
    "textarea", "input", "audio", "video", "canvas", "head", "dialog", "datalist", "map",
];
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
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
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];
/// Parts around an article, left out when a whole page is looked over.
const AROUND: &[&str] = &["nav", "footer", "aside", "form", "menu"];

/// The blocks under `root`.
pub(crate) fn blocks(root: NodeRef<'_>) -> Vec<Block> {
    Reader::default().read(root, UNREAD)
}

/// The blocks of a whole page without what is marked as standing around the article.
pub(crate) fn page_blocks(root: NodeRef<'_>) -> Vec<Block> {
    Reader::default().read(root, &[UNREAD, AROUND].concat())
}

#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    open: Block,
    /// Open links: where their text starts in the open block, and where they lead.
    links: Vec<(usize, String)>,
    kinds: Vec<Kind>,
    breaks: usize,
    preformatted: usize,
}

impl Reader {
    fn read(mut self, root: NodeRef<'_>, unread: &[&str]) -> Vec<Block> {
        let mut walk = Walk::new(root);
        while let Some(step) = walk.step() {
            match step {
                Step::Enter(node) => match name(&node) {
                    Some(name) if node.is_element() => {
                        if unread.contains(&name.as_str()) || is_hidden(&node) {
                            walk.skip(node);
                        } else {
                            self.enter(&name, &node);
                        }
                    }
                    _ => self.text(&node),
                },
                Step::Leave(node) if node.is_element() => self.leave(&name(&node).unwrap_or_default()),
                Step::Leave(_) => {}
            }
        }
        self.finish();
        self.done
    }

    fn enter(&mut self, name: &str, node: &NodeRef<'_>) {
        if name == "br" {
            return self.line_break();
        }
        if BLOCKS.contains(&name) {
            self.finish();
            self.kinds.extend(kind_of(name));
        }
        match name {
            "pre" => self.preformatted += 1,
            "td" | "th" => push_squeezed(&mut self.open.text, " "),
            "a" => {
                if let Some(href) = attribute(node, "href") {
                    self.links.push((self.open.text.len(), href));
                }
            }
            "q" => self.open.text.push('“'),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "q" => self.open.text.push('”'),
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.finish();
            if kind_of(name).is_some() {
                self.kinds.pop();
            }
        }
    }

    fn text(&mut self, node: &NodeRef<'_>) {
        let Some(text) = text_of(node) else { return };
        if self.preformatted > 0 {
            self.open.text.push_str(&text);
        } else {
            if !text.trim().is_empty() {
                self.breaks = 0;
            }
            push_squeezed(&mut self.open.text, &text);
        }
    }

    /// One `<br>` is a space, two are a new paragraph: pages of every decade write paragraphs so.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 {
            self.finish();
        } else {
            push_squeezed(&mut self.open.text, " ");
        }
    }

    fn end_link(&mut self) {
        let Some((start, href)) = self.links.pop() else { return };
        let text = self.open.text.get(start..).unwrap_or_default().trim().to_owned();
        if !text.is_empty() {
            self.open.links.push(Link { text, href });
        }
    }

    /// Ends the open block. A link around several blocks counts in each.
    fn finish(&mut self) {
        self.breaks = 0;
        let around: Vec<String> = self.links.iter().map(|(_, href)| href.clone()).collect();
        while !self.links.is_empty() {
            self.end_link();
        }
        self.links = around.into_iter().map(|href| (0, href)).collect();
        let mut block = std::mem::take(&mut self.open);
        block.text = block.text.trim().to_owned();
        block.kind = self.kinds.iter().copied().max_by_key(|kind| *kind as u8).unwrap_or_default();
        if !block.text.is_empty() {
            self.done.push(block);
        }
    }
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "li" | "dd" | "dt" => Kind::Item,
        "blockquote" => Kind::Quotation,
        "figcaption" | "caption" => Kind::Caption,
        _ => return None,
    })
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

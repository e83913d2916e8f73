//! Text -> tokens of XML as it is really published. Never fails and never looks at a byte more than a few times.
//!
//! Written by hand rather than on quick-xml: a reader that has met an error (an unclosed CDATA section,
//! a `<` in running text, a tag cut in half) has lost its place, while here each of these has one defined way on.
//! Knows nothing of feeds.

/// A piece of a document, borrowed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name attributes>`; `empty` when it ends in `/>`.
    Start {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
    },
    End {
        name: &'a str,
    },
    /// References not yet decoded.
    Text(&'a str),
    /// The inside of a CDATA section: nothing in it is decoded.
    Data(&'a str),
    /// What stands between `<!DOCTYPE` and its `>`.
    DocumentType(&'a str),
}

/// How far a quote of an attribute may be from its fellow before it counts as never closed.
const LONGEST_ATTRIBUTE: usize = 64 << 10;

/// Reads tokens off a document from its start.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Name of the start tag read last: an unclosed CDATA section ends where this element does.
    last_start: &'a str,
    /// No `-->` stands anywhere behind: do not search again, so that a million `<!--` stay linear.
    comments_never_end: bool,
    /// Where the next `]]>` stands as far as known, or that there is none. Unclosed sections look for it again and again.
    data_end: Option<Option<usize>>,
    /// What had to be got over since the last [`Scanner::take_defect`], and where.
    defect: Option<(&'static str, usize)>,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, last_start: "", comments_never_end: false, data_end: None, defect: None }
    }

    /// Byte offset of the next token.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// What was wrong with the tokens read since the last call.
    pub(crate) fn take_defect(&mut self) -> Option<(&'static str, usize)> {
        self.defect.take()
    }

    fn cut(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &'a str {
        self.cut(self.at, self.text.len())
    }

    fn complain(&mut self, what: &'static str) {
        self.defect.get_or_insert((what, self.at));
    }

    /// The text from here up to `end`; the next token begins there.
    fn advance_to(&mut self, end: usize) -> &'a str {
        let taken = self.cut(self.at, end);
        self.at = end;
        taken
    }

    fn text_token(&mut self) -> Token<'a> {
        let from = self.at;
        let mut search = from;
        loop {
            let Some(offset) = self.text.get(search..).and_then(|rest| rest.find('<')) else {
                return Token::Text(self.advance_to(self.text.len()));
            };
            let found = search + offset;
            if is_markup(self.text.as_bytes().get(found + 1..).unwrap_or_default()) {
                return Token::Text(self.advance_to(found));
            }
            self.complain("bare <");
            search = found + 1;
        }
    }

    /// `<!--`, `<![CDATA[`, `<!DOCTYPE`, any other declaration. Nothing for what is passed over.
    fn declaration(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.comment();
            return None;
        }
        let head = rest.get(..9).unwrap_or_default();
        if head.eq_ignore_ascii_case("<![CDATA[") {
            return Some(self.data());
        }
        if head.eq_ignore_ascii_case("<!DOCTYPE") {
            return Some(self.document_type());
        }
        self.pass_over(">", "declaration is not closed");
        None
    }

    fn comment(&mut self) {
        let inside = self.at + 4;
        let end = if self.comments_never_end { None } else { self.seek(inside, "-->") };
        match end {
            Some(end) => self.at = end + 3,
            None => {
                self.comments_never_end = true;
                self.complain("comment is not closed");
                self.at = inside;
            }
        }
    }

    fn seek(&self, from: usize, what: &str) -> Option<usize> {
        self.text.get(from..)?.find(what).map(|offset| from + offset)
    }

    /// A CDATA section. One that does not end, or that runs over the end tag of its element into the next
    /// section, ends at that end tag.
    fn data(&mut self) -> Token<'a> {
        let inside = self.at + 9;
        let end = match self.data_end {
            Some(None) => None,
            Some(Some(known)) if known >= inside => Some(known),
            _ => self.seek(inside, "]]>"),
        };
        self.data_end = Some(end);
        let reach = self.cut(inside, end.unwrap_or(self.text.len()));
        let swallows = end.is_none() || reach.contains("<![CDATA[");
        let close = if swallows { self.end_tag_of_last_start(reach) } else { None };
        match (close, end) {
            (Some(close), _) => {
                self.complain("CDATA section is not closed");
                self.at = inside;
                Token::Data(self.advance_to(inside + close))
            }
            (None, Some(end)) => {
                self.at = end + 3;
                Token::Data(reach)
            }
            (None, None) => {
                self.complain("document ends inside a CDATA section");
                self.at = inside;
                Token::Data(self.advance_to(self.text.len()))
            }
        }
    }

    /// Where in `reach` the element opened last is closed, if before any further CDATA section.
    fn end_tag_of_last_start(&self, reach: &str) -> Option<usize> {
        if self.last_start.is_empty() {
            return None;
        }
        let before = reach.find("<![CDATA[").and_then(|at| reach.get(..at)).unwrap_or(reach);
        before.find(&format!("</{}", self.last_start))
    }

    fn document_type(&mut self) -> Token<'a> {
        let from = self.at + 9;
        let bytes = self.text.as_bytes();
        let mut in_subset = false;
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'[' => in_subset = true,
                b']' => in_subset = false,
                b'>' if !in_subset => break,
                _ => {}
            }
            at += 1;
        }
        self.at = (at + 1).min(self.text.len());
        Token::DocumentType(self.cut(from, at))
    }

    fn pass_over(&mut self, end: &str, complaint: &'static str) {
        match self.seek(self.at, end) {
            Some(found) => self.at = found + end.len(),
            None => {
                self.complain(complaint);
                self.at = self.text.len();
            }
        }
    }

    fn instruction(&mut self) {
        // `?>` may be written `>`; the nearer of the two ends it, so that no search runs through the document.
        self.pass_over(">", "processing instruction is not closed");
    }

    fn end_tag(&mut self) -> Token<'a> {
        let inside = self.cut(self.at + 2, self.text.len());
        let length = inside.find(['>', '<']).unwrap_or(inside.len());
        let name = inside.get(..length).unwrap_or_default().trim();
        self.at += 2 + length;
        if self.text.as_bytes().get(self.at) == Some(&b'>') {
            self.at += 1;
        } else {
            self.complain("tag is not closed");
        }
        Token::End { name: name.split_ascii_whitespace().next().unwrap_or_default() }
    }

    fn start_tag(&mut self) -> Token<'a> {
        let name_from = self.at + 1;
        let tail = self.cut(name_from, self.text.len());
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<' | '=' | '"' | '\'');
        let name = tail.get(..tail.find(is_end).unwrap_or(tail.len())).unwrap_or_default();
        let attributes_from = name_from + name.len();
        let end = self.end_of_tag(attributes_from);
        let closed = self.text.as_bytes().get(end) == Some(&b'>');
        if !closed {
            self.complain("tag is not closed");
        }
        let inside = self.cut(attributes_from, end).trim_ascii_end();
        let attributes = inside.strip_suffix('/').unwrap_or(inside);
        self.at = end + usize::from(closed);
        self.last_start = name;
        Token::Start { name, attributes, empty: closed && inside.ends_with('/') }
    }

    /// Offset of the `>` (or of a `<` that shows it was forgotten, or of the end) behind attributes.
    fn end_of_tag(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        let mut after_equals = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' | b'<' => return at,
                b'"' | b'\'' if after_equals => at = closing_quote(bytes, at, byte),
                _ => {}
            }
            after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
            at += 1;
        }
        self.text.len()
    }
}

/// Offset of the quote that closes the one at `at`, or `at` itself when none is near.
fn closing_quote(bytes: &[u8], at: usize, quote: u8) -> usize {
    let window = bytes.get(at + 1..).unwrap_or_default();
    let window = window.get(..LONGEST_ATTRIBUTE).unwrap_or(window);
    window.iter().position(|byte| *byte == quote).map_or(at, |offset| at + 1 + offset)
}

/// Whether what follows a `<` makes it markup and not a less-than sign.
fn is_markup(after: &[u8]) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || byte >= 0x80;
    match after {
        [b'!' | b'?', ..] => true,
        [b'/', next, ..] => is_name(*next),
        [first, ..] => is_name(*first),
        [] => false,
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let after = match self.text.as_bytes().get(self.at..)? {
                [] => return None,
                [b'<', after @ ..] if is_markup(after) => after,
                _ => return Some(self.text_token()),
            };
            match after.first() {
                Some(b'!') => {
                    if let Some(token) = self.declaration() {
                        return Some(token);
                    }
                }
                Some(b'?') => self.instruction(),
                Some(b'/') => return Some(self.end_tag()),
                _ => return Some(self.start_tag()),
            }
        }
    }
}

/// The value of the attribute `wanted` among `attributes` (compared without case), references not decoded.
/// Quotes may be missing; of several the first counts.
pub(crate) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    each_attribute(attributes).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}

/// Names and values in order.
pub(crate) fn each_attribute(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let name_end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(name_end)?;
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let (value, after) = attribute_value(value.trim_ascii_start());
        rest = after;
        Some((name, value))
    })
}

/// The value at the start of `text` and what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Token, attribute};

    fn shape(text: &str) -> String {
        let pieces = Scanner::new(text).map(|token| match token {
            Token::Start { name, empty, .. } => format!("<{name}{}>", if empty { "/" } else { "" }),
            Token::End { name } => format!("</{name}>"),
            Token::Text(text) => text.to_owned(),
            Token::Data(text) => format!("[{text}]"),
            Token::DocumentType(text) => format!("!{text}"),
        });
        pieces.collect::<Vec<_>>().join("|")
    }

    #[track_caller]
    fn check(text: &str, tokens: &str) {
        assert_eq!(shape(text), tokens);
    }

    #[test]
    fn well_formed() {
        check("<?xml version='1.0'?><a b='>'>x<!-- y --><c/></a>", "<a>|x|<c/>|</a>");
        check("<a><![CDATA[<b>]]></a>", "<a>|[<b>]|</a>");
        check("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "! rss [<!ENTITY a 'b'>]|<rss>");
    }

    #[test]
    fn less_than_in_running_text() {
        check("<a>1 < 2 <3</a>", "<a>|1 < 2 <3|</a>");
    }

    #[test]
    fn unclosed_data_ends_with_its_element() {
        check("<d><![CDATA[x <b>y</b></d><e/>", "<d>|[x <b>y</b>]|</d>|<e/>");
        check("<d><![CDATA[x</d><d><![CDATA[y]]></d>", "<d>|[x]|</d>|<d>|[y]|</d>");
    }

    #[test]
    fn unclosed_tags_and_comments() {
        check("<a href='x' <b>y</b", "<a>|<b>|y|</b>");
        check("<a><!-- x <b>", "<a>| x |<b>");
        check("<a title=\"x>y</a>", "<a>|y|</a>");
    }

    #[test]
    fn attributes_with_and_without_quotes() {
        let check = |name, value| {
            assert_eq!(attribute(" HREF = 'a b' rel=self  disabled type=\"x/y\"", name), value, "{name}");
        };
        check("href", Some("a b"));
        check("rel", Some("self"));
        check("disabled", Some(""));
        check("type", Some("x/y"));
        check("title", None);
    }
}

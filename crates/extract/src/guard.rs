//! The door: refuses pages that would cost tree code too much stack, memory or time, before any tree is built.
//! Input is decoded HTML; the answer is yes or a clear refusal. One pass, no recursion, no tree: a tokenizer of
//! tags (HTML standard 13.2.5, as far as tags go) drives a model of the stack of open elements.

mod nesting;

use crate::ExtractError;
use nesting::Nesting;

/// Longest page read. The longest of real news pages (live blogs with inlined data) stay under 6 MB.
pub(crate) const MAX_BYTES: usize = 10 << 20;
/// Deepest nesting read. Browsers cut at 512; real pages stay under 100.
pub(crate) const MAX_DEPTH: usize = 400;
/// Most elements read. Very long live blogs have 40,000.
pub(crate) const MAX_ELEMENTS: usize = 150_000;
/// Most attributes of one tag: parsers look for doubles pairwise.
pub(crate) const MAX_ATTRIBUTES: usize = 500;

/// Whether the bytes are few enough to be looked at.
pub(crate) fn check_size(bytes: usize) -> Result<(), ExtractError> {
    if bytes > MAX_BYTES {
        return Err(ExtractError::TooLarge { bytes, limit: MAX_BYTES });
    }
    Ok(())
}

/// Whether a tree may be built of this text.
pub(crate) fn check(html: &str) -> Result<(), ExtractError> {
    check_size(html.len())?;
    let bytes = html.as_bytes();
    let mut nesting = Nesting::default();
    let mut at = 0;
    while let Some(step) = find(bytes, at, b'<') {
        if bytes.get(at..step).is_some_and(|text| text.iter().any(|b| !b.is_ascii_whitespace())) {
            nesting.text();
        }
        at = step + 1;
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'!'), _) => at = after_declaration(bytes, at + 1),
            (Some(b'/'), Some(c)) if c.is_ascii_alphabetic() => {
                let tag = Tag::read(html, at + 1)?;
                nesting.close(&tag.name);
                at = tag.end;
            }
            (Some(b'?' | b'/'), _) => at = find(bytes, at, b'>').map_or(bytes.len(), |end| end + 1),
            (Some(c), _) if c.is_ascii_alphabetic() => {
                let tag = Tag::read(html, at)?;
                nesting.open(&tag);
                at = tag.end;
                if nesting.is_raw(&tag.name) {
                    at = after_raw(bytes, at, &tag.name);
                    nesting.close(&tag.name);
                }
            }
            _ => {}
        }
        if nesting.depth() > MAX_DEPTH {
            return Err(ExtractError::TooDeep { limit: MAX_DEPTH });
        }
        if nesting.elements() > MAX_ELEMENTS {
            return Err(ExtractError::TooManyElements { limit: MAX_ELEMENTS });
        }
    }
    Ok(())
}

/// A tag's name in lower case, its source (to tell equal tags) and where it ends.
struct Tag<'a> {
    name: String,
    source: &'a str,
    self_closing: bool,
    end: usize,
}

impl<'a> Tag<'a> {
    /// Reads from the name's first letter to behind the `>`.
    fn read(html: &'a str, start: usize) -> Result<Self, ExtractError> {
        let bytes = html.as_bytes();
        let name_end = skip(bytes, start, |b| !b.is_ascii_whitespace() && b != b'/' && b != b'>');
        let mut at = name_end;
        let mut attributes = 0_usize;
        let self_closing = loop {
            let next = skip(bytes, at, |b| b.is_ascii_whitespace() || b == b'/');
            let slash = next > at && bytes.get(next - 1) == Some(&b'/');
            at = next;
            match bytes.get(at) {
                None => break false,
                Some(b'>') => {
                    at += 1;
                    break slash;
                }
                Some(_) => at = after_attribute(bytes, at),
            }
            attributes += 1;
            if attributes > MAX_ATTRIBUTES {
                return Err(ExtractError::TooManyAttributes { limit: MAX_ATTRIBUTES });
            }
        };
        let name = html.get(start..name_end).unwrap_or_default().to_ascii_lowercase();
        Ok(Self { name, source: html.get(start..at).unwrap_or_default(), self_closing, end: at })
    }
}

fn after_attribute(bytes: &[u8], start: usize) -> usize {
    // An attribute's name may begin with `=`.
    let name = skip(bytes, start + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
    let equals = skip(bytes, name, |b| b.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return name;
    }
    let value = skip(bytes, equals + 1, |b| b.is_ascii_whitespace());
    match bytes.get(value) {
        Some(quote @ (b'"' | b'\'')) => find(bytes, value + 1, *quote).map_or(bytes.len(), |end| end + 1),
        _ => skip(bytes, value, |b| !b.is_ascii_whitespace() && b != b'>'),
    }
}

/// Behind a comment or another `<!...>`; `start` is behind the `!`.
fn after_declaration(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    if !rest.starts_with(b"--") {
        return find(bytes, start, b'>').map_or(bytes.len(), |end| end + 1);
    }
    if rest.starts_with(b"-->") {
        return start + 3;
    }
    let ends = |three: &[u8]| three == b"-->" || three == b"--!";
    let mut at = start + 1;
    while let Some(dash) = find(bytes, at, b'-') {
        if bytes.get(dash..dash + 3).is_some_and(ends) {
            return find(bytes, dash, b'>').map_or(bytes.len(), |end| end + 1);
        }
        at = dash + 1;
    }
    bytes.len()
}

/// Behind the text of `<script>`, `<style>` and their like: at their end tag.
fn after_raw(bytes: &[u8], start: usize, name: &str) -> usize {
    // `<!-- <script> </script>` inside a script does not end it (script data double escaped).
    let (mut escaped, mut twice) = (false, false);
    let starts = |at: usize, word: &[u8]| {
        bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    for at in start..bytes.len() {
        match bytes[at] {
            b'<' if name == "script" && starts(at, b"<!--") => escaped = true,
            b'<' if escaped && !twice && starts(at, b"<script") => twice = true,
            b'<' if starts(at, b"</") && starts(at + 2, name.as_bytes()) => {
                let behind = bytes.get(at + 2 + name.len());
                let tag_ends = behind.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
                if tag_ends && !std::mem::take(&mut twice) {
                    return at;
                }
            }
            b'-' if escaped && starts(at, b"-->") => (escaped, twice) = (false, false),
            _ => {}
        }
    }
    bytes.len()
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|b| *b == wanted).map(|step| from + step)
}

fn skip(bytes: &[u8], from: usize, while_: impl Fn(u8) -> bool) -> usize {
    bytes.get(from..).unwrap_or_default().iter().position(|b| !while_(*b)).map_or(bytes.len(), |n| from + n)
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, check};
    use crate::ExtractError;

    #[test]
    fn ordinary_carelessness_passes() {
        let passes = |html: &str| assert_eq!(check(html), Ok(()), "{}", html.get(..40).unwrap_or(html));
        passes(&"<p>One<p>Two".repeat(2000));
        passes(&"<li>One<li><b>Two".repeat(2000));
        passes(&"<div><span>never closed</div>".repeat(2000));
        passes(&"<br><img src=a><input>".repeat(2000));
        passes(&"<script>if (a<b) document.write('<div>')</script>".repeat(2000));
        passes(&"<svg viewBox='0 0 1 1'><g><path d='M0'/><path/></g></svg>".repeat(2000));
        passes(&"<table><tr><td><font size=1>cell<td>cell</table>".repeat(2000));
        passes(&"<a href=x>one<a href=y>two".repeat(2000));
    }

    #[test]
    fn depth_is_refused_however_it_is_hidden() {
        let refused = |html: String| {
            assert_eq!(check(&html), Err(ExtractError::TooDeep { limit: MAX_DEPTH }), "{:?}", html.get(..40));
        };
        refused("<div>".repeat(100_000));
        refused("<b><div></b>".repeat(1000));
        refused("<span><div></span>".repeat(1000));
        refused("<table><tr><td></div>".repeat(1000));
        refused("<svg><div/>".repeat(1000));
        refused(format!("<svg><style>{}", "<div>".repeat(1000)));
        refused("<div></body>".repeat(1000));
        refused("<script><!--<script></script></div>--></script><div>".repeat(1000));
    }

    #[test]
    fn floods_are_refused() {
        assert!(matches!(check(&"<i>a</i>".repeat(200_000)), Err(ExtractError::TooManyElements { .. })));
        let attributes: String = (0..2000).map(|n| format!(" a{n}")).collect();
        assert!(matches!(check(&format!("<p{attributes}>")), Err(ExtractError::TooManyAttributes { .. })));
        let formatting: String = (0..400).map(|n| format!("<div><b class=a{n}>x</div>")).collect();
        assert!(check(&formatting.repeat(40)).is_err(), "each new block re-opens all bold elements");
    }
}

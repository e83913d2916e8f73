//! HTML -> plain text of a title or a name, and plain text -> HTML. In: decoded markup. Out: one line without
//! tags, references decoded once. This makes text readable, not safe: whoever shows it escapes it.

use super::entity;

/// Elements whose inside is no text.
const SILENT: [&str; 5] = ["script", "style", "noscript", "template", "iframe"];

/// Elements that separate words.
const BREAKING: [&str; 16] = [
    "br",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "th",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "hr",
];

/// One line of text: tags gone, references decoded, white space and control characters collapsed.
pub(crate) fn from_html(html: &str) -> String {
    if !html.contains('<') {
        return one_line(&entity::decode(html));
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // Where the last `>` stands: behind it no tag ends, and looking for one each time would be quadratic.
    let last_end = html.rfind('>').map_or(0, |at| html.len() - at);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let may_end = after.len() >= last_end && last_end > 0;
        rest = match may_end.then(|| tag(after)).flatten() {
            Some(tag) => {
                if BREAKING.contains(&tag.name.as_str()) {
                    text.push(' ');
                }
                if tag.opens && SILENT.contains(&tag.name.as_str()) {
                    behind(tag.rest, &tag.name)
                } else {
                    tag.rest
                }
            }
            None => {
                text.push('<');
                after
            }
        };
    }
    text.push_str(rest);
    one_line(&entity::decode(&text))
}

struct Tag<'a> {
    /// Lower case; empty for comments and declarations.
    name: String,
    opens: bool,
    rest: &'a str,
}

/// The tag whose inside begins `after` a `<`; nothing if that is only a less-than sign.
fn tag(after: &str) -> Option<Tag<'_>> {
    if let Some(comment) = after.strip_prefix("!--") {
        let rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        return Some(Tag { name: String::new(), opens: false, rest });
    }
    let name = after.strip_prefix('/').unwrap_or(after);
    let starts_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) || after.starts_with(['!', '?']);
    if !starts_tag {
        return None;
    }
    let (inside, rest) = after.split_once('>')?;
    let name = inside.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    Some(Tag { name, opens: !inside.starts_with('/') && !inside.ends_with('/'), rest })
}

/// What follows the end tag of a silent element; nothing if it has none.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = after;
    }
    ""
}

/// White space collapsed, control characters gone, the Windows-1252 ones that were meant put in their place.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\0') {
        let from = line.len();
        if from > 0 {
            line.push(' ');
        }
        let before = line.len();
        line.extend(word.chars().map(entity::without_c1).filter(|c| !is_unseen(*c)));
        if line.len() == before {
            line.truncate(from);
        }
    }
    line
}

/// Control characters, stray byte order marks, and the overrides that make text read backwards.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{feff}' | '\u{202d}' | '\u{202e}')
}

/// Text as HTML: escaped, blank lines make paragraphs.
pub(crate) fn to_html(text: &str) -> String {
    let text = text.trim();
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if !text.contains("\n\n") {
        return escape(text);
    }
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", escape(paragraph))).collect()
}

#[cfg(test)]
mod tests {
    use super::{from_html, to_html};

    #[test]
    fn titles() {
        let check = |html: &str, text: &str| assert_eq!(from_html(html), text, "{html:?}");
        check("  Talks \n resume ", "Talks resume");
        check("<b>Talks</b> re<i>sume</i>", "Talks resume");
        check("One<br/>two<p>three</p>", "One two three");
        check("a < b &amp; c > d", "a < b & c > d");
        check("x<script>alert(1)</script>y <!-- z -->", "xy");
        check("&lt;b&gt; is a tag", "<b> is a tag");
        check("5 <3", "5 <3");
        check("cut <a href='", "cut <a href='");
        check("it\u{92}s", "it’s");
        check("a\u{0}b\u{8}c", "a bc");
    }

    #[test]
    fn plain_text_as_html() {
        assert_eq!(to_html("a < b\n\nc & d"), "<p>a &lt; b</p><p>c &amp; d</p>");
    }
}

//! Publisher's HTML -> HTML that is safe to keep. In: markup and the address its links are relative to. Out: markup of
//! an allow-list, links absolute. Markup built to make an HTML parser slow is reduced to its text.

use super::{entity, plain};
use ammonia::{Builder, UrlRelative};
use news::Url;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Elements that may be open at once. Written articles stay below 30.
const DEEPEST: usize = 200;

/// Formatting elements that were never closed in their place. Each is rebuilt in every following paragraph.
const MOST_LOOSE: usize = 50;

/// Attributes of one tag, and white space between them.
const MOST_ATTRIBUTES: usize = 500;

/// Schemes a link or an image may have.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Elements whose text goes with them.
const REMOVED_WHOLE: [&str; 10] = [
    "script",
    "style",
    "template",
    "iframe",
    "select",
    "textarea",
    "noembed",
    "noframes",
    "plaintext",
    "xmp",
];

/// Cleans the HTML of one document; keeps the last address's rules ready, since entries share it.
pub(crate) struct Cleaner {
    base: Option<Url>,
    rules: Builder<'static>,
}

impl Cleaner {
    pub(crate) fn new(base: Option<Url>) -> Self {
        Self { rules: rules(base.as_ref()), base }
    }

    /// `html` reduced to what is allowed, its links resolved against `base`. Nothing if nothing is left.
    pub(crate) fn clean(&mut self, html: &str, base: Option<&Url>) -> Option<String> {
        let html = html.trim();
        if html.is_empty() {
            return None;
        }
        let html = &*printable(html);
        if !html.contains(['<', '&', '>']) {
            return Some(html.to_owned());
        }
        if !is_tame(html) {
            return Some(plain::to_html(&plain::from_html(html))).filter(|text| !text.is_empty());
        }
        if self.base.as_ref() != base {
            self.base = base.cloned();
            self.rules = rules(base);
        }
        let cleaned = self.rules.clean(html).to_string();
        let cleaned = cleaned.trim();
        (!cleaned.is_empty()).then(|| cleaned.to_owned())
    }
}

/// Control characters gone, those put right that were meant as Windows-1252.
fn printable(html: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !html.contains(is_control) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(html.chars().map(entity::without_c1).filter(|c| !is_control(*c)).collect())
}

fn rules(base: Option<&Url>) -> Builder<'static> {
    let mut rules = Builder::default();
    let removed: HashSet<&str> = REMOVED_WHOLE.into_iter().collect();
    let tags = rules.clone_tags();
    rules.tags(tags.difference(&removed).copied().collect());
    rules.add_tags(["picture", "section", "main", "big", "tt", "u", "audio", "video", "source", "font"]);
    rules.rm_tags(["map", "area", "font"]);
    rules.clean_content_tags(removed);
    rules.generic_attributes(["lang", "dir", "title"].into_iter().collect());
    rules.tag_attributes(attributes());
    rules.url_schemes(SCHEMES.into_iter().collect());
    rules.url_relative(match base {
        Some(base) => UrlRelative::RewriteWithBase(base.clone()),
        None => UrlRelative::Deny,
    });
    rules.link_rel(Some("noopener noreferrer nofollow"));
    rules
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let table: [(&str, &[&str]); 13] = [
        ("a", &["href", "hreflang"]),
        ("img", &["src", "alt", "width", "height"]),
        ("source", &["src", "type"]),
        ("video", &["src", "poster", "width", "height"]),
        ("audio", &["src"]),
        ("blockquote", &["cite"]),
        ("q", &["cite"]),
        ("ins", &["cite", "datetime"]),
        ("del", &["cite", "datetime"]),
        ("time", &["datetime"]),
        ("ol", &["start"]),
        ("td", &["colspan", "rowspan"]),
        ("th", &["colspan", "rowspan", "scope"]),
    ];
    table.into_iter().map(|(tag, names)| (tag, names.iter().copied().collect())).collect()
}

/// Whether an HTML parser is done with `html` in linear time: not nested without end and not full of formatting
/// elements left open, which the tree construction rules copy into each later block.
fn is_tame(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut loose = 0;
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let closes = after.starts_with('/');
        let name = after.strip_prefix('/').unwrap_or(after);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let Some(name) = name.get(..length).filter(|name| !name.is_empty()) else { continue };
        if has_attribute_flood(after) {
            return false;
        }
        if closes {
            loose += close(&mut open, name);
        } else if !is_void(name) {
            // A further <p> or <li> closes the one before.
            let implied =
                open.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) && !is_formatting(name);
            if !(implied && matches_any(name, &["p", "li", "td", "tr", "th", "dt", "dd", "option"])) {
                open.push(name);
            }
        }
        if open.len() > DEEPEST || loose > MOST_LOOSE {
            return false;
        }
    }
    true
}

/// Whether a tag has so many attributes that comparing each with each is felt.
fn has_attribute_flood(tag: &str) -> bool {
    let mut quote = None;
    let mut separators = 0;
    for byte in tag.bytes() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>' | b'<') => return false,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/') => separators += 1,
            (None, _) => {}
        }
        if separators > MOST_ATTRIBUTES {
            return true;
        }
    }
    // A quote that never closes: the rest is read again for each tag in it, so it is not looked at further.
    quote.is_some()
}

/// Closes the innermost element called `name`; how many formatting elements were torn open by that.
fn close(open: &mut Vec<&str>, name: &str) -> usize {
    let Some(level) = open.iter().rposition(|candidate| candidate.eq_ignore_ascii_case(name)) else {
        return 0;
    };
    let torn = open.drain(level..).skip(1).filter(|name| is_formatting(name)).count();
    torn + usize::from(torn > 0 && is_formatting(name))
}

fn matches_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|candidate| candidate.eq_ignore_ascii_case(name))
}

fn is_void(name: &str) -> bool {
    matches_any(
        name,
        &[
            "br", "img", "hr", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed",
            "param", "track",
        ],
    )
}

fn is_formatting(name: &str) -> bool {
    matches_any(
        name,
        &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"],
    )
}

#[cfg(test)]
mod tests {
    use super::Cleaner;
    use news::Url;

    #[track_caller]
    fn check(html: &str, cleaned: &str) {
        let base = Url::parse("https://example.org/news/").expect("a valid address");
        let found = Cleaner::new(Some(base.clone())).clean(html, Some(&base));
        assert_eq!(found.unwrap_or_default(), cleaned, "{html:?}");
    }

    #[test]
    fn what_runs_or_loads_is_gone() {
        check("<p onclick=\"x()\">a<script>b</script></p>", "<p>a</p>");
        check("<a href=\"java\nscript:x()\">a</a>", "<a rel=\"noopener noreferrer nofollow\">a</a>");
        check("<iframe srcdoc=\"<b>\">x</iframe>y", "y");
        check("<button formaction=\"x\" style=\"position:fixed\">a</button>", "a");
        check("<svg onload=x()><style>a</style></svg><math><mi>b</mi></math>c", "c");
        check("a<object data=\"x\"> <b>b</b>", "a <b>b</b>");
        check("<img src=\"data:text/html,x\">", "<img>");
        check("<p style=\"a\" class=\"b\" id=\"c\">d</p>", "<p>d</p>");
    }

    #[test]
    fn links_become_absolute() {
        check("<img src=\"a.jpg\" alt=\"b\">", "<img src=\"https://example.org/news/a.jpg\" alt=\"b\">");
        check(
            "<a href=\"/x\">y</a>",
            "<a href=\"https://example.org/x\" rel=\"noopener noreferrer nofollow\">y</a>",
        );
    }

    #[test]
    fn markup_made_to_be_slow_is_reduced() {
        let tangled: String = (0..5_000).map(|n| format!("<b x={n}><object></b>")).collect();
        let nested = "<div>".repeat(50_000) + "deep";
        let open: String =
            (0..5_000).map(|n| format!("<i x={n}>")).collect::<String>() + &"<p>x</p>".repeat(5_000);
        for html in [tangled, nested, open] {
            let cleaned = Cleaner::new(None).clean(&html, None).unwrap_or_default();
            let kept = ["x=", "<object", "<div", "<i"].iter().find(|markup| cleaned.contains(**markup));
            assert_eq!(kept, None, "{}", html.get(..20).unwrap_or_default());
        }
    }
}

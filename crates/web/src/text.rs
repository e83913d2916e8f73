//! Strangers' text on its way into a page: links that may be followed, and one last scrub of the whole page.
//!
//! In: feed and article text from the store, already plain text. Out: the same text, safe to lay out.
//! Escaping is askama's work, not done here.

use std::borrow::Cow;
use url::Url;

/// Longest address that is turned into a link.
const LONGEST_LINK: usize = 4096;

/// An address that may stand in `href`: absolute http(s) without a user name, or nothing.
pub(crate) fn outgoing_link(written: &str) -> Option<String> {
    if written.len() > LONGEST_LINK {
        return None;
    }
    let url = Url::parse(written.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let anonymous = url.username().is_empty() && url.password().is_none();
    (web && anonymous).then(|| url.into())
}

/// The host of an address as a reader would say it: `www.` gone.
pub(crate) fn host(written: &str) -> Option<String> {
    let url = Url::parse(written.trim()).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Takes out of a rendered page what could bend the text around it: control characters other than line
/// breaks and tabs, bidirectional embeddings, overrides and isolates, and towers of combining marks. Direction
/// is given by `dir` and `<bdi>` in the templates, so none of ours are lost. One place for every page, so no
/// template can forget it.
pub(crate) fn scrub(page: String) -> String {
    if !page.contains(|c| is_bending(c) || is_combining(c)) {
        return page;
    }
    let mut height = 0;
    let stays = |c: &char| {
        height = if is_combining(*c) { height + 1 } else { 0 };
        height <= HIGHEST_TOWER && !is_bending(*c)
    };
    page.chars().filter(stays).collect()
}

/// The beginning of a long text up to a word's end, for lists: one outlet's headline of a thousand characters
/// must not fill the front page.
pub(crate) fn short(text: &str, most: usize) -> Cow<'_, str> {
    let Some((cut, _)) = text.char_indices().nth(most) else { return Cow::Borrowed(text) };
    let head = text.get(..cut).unwrap_or_default();
    // Scripts that set no blanks between words are cut inside a run of them, not at a blank far before.
    let at_blank = head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words);
    let words = if at_blank.len() < head.len() / 2 { head } else { at_blank };
    Cow::Owned(format!("{} …", words.trim_end()))
}

/// A text as markup may hold it, in quotation marks too: for drawings that no template makes.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// [`scrub`] for a single piece of text, line breaks made spaces: one line for a title or an XML element.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let odd = |c: char| is_bending(c) || c == '\n' || c == '\t';
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let spaced = text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c });
    Cow::Owned(spaced.filter(|c| !is_bending(*c)).collect())
}

/// The class of a headline that is set in smaller type: a long one, or, on a phone, one with a word that would be torn there.
pub(crate) fn headline_class(title: &str) -> &'static str {
    /// Characters of a headline, and of a word of it; East Asian writing can be broken anywhere.
    const LONG: usize = 110;
    const LONGEST_WORD: usize = 16;
    let mut words =
        title.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '\u{2E80}'..));
    if title.chars().nth(LONG).is_some() {
        " class=\"long\""
    } else if words.any(|word| word.chars().nth(LONGEST_WORD).is_some()) {
        " class=\"wordy\""
    } else {
        ""
    }
}

/// Marks on top of one letter; Vietnamese needs two, Hebrew with cantillation three.
const HIGHEST_TOWER: usize = 4;

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

fn is_bending(c: char) -> bool {
    let control = c.is_control() && c != '\n' && c != '\t';
    control
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// A number of things, in the width in which the store's views or a list give it.
pub(crate) trait Count {
    fn number(&self) -> u64;
}

impl Count for u32 {
    fn number(&self) -> u64 {
        (*self).into()
    }
}

impl Count for u64 {
    fn number(&self) -> u64 {
        *self
    }
}

impl Count for usize {
    fn number(&self) -> u64 {
        *self as u64
    }
}

impl<T: Count> Count for &T {
    fn number(&self) -> u64 {
        (**self).number()
    }
}

/// `1 article`, `2 articles`: a count with its noun, thousands set apart by a thin space.
pub(crate) fn count(n: impl Count, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&n), if n.number() == 1 { one } else { many })
}

/// `12 345` with narrow no-break spaces.
pub(crate) fn grouped(n: impl Count) -> String {
    let digits = n.number().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

/// A figure as people write it: `3`, `1,200`, `2.5`.
pub(crate) fn number(value: &f64) -> String {
    if value.fract() == 0.0 && (0.0..1e15).contains(value) {
        // In range and whole by the test before.
        return grouped(*value as u64);
    }
    format!("{value}")
}

/// A word of ours inside an attribute.
pub(crate) fn escape(word: &str) -> String {
    word.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_become_links() {
        let check = |written: &str, link: Option<&str>| assert_eq!(outgoing_link(written).as_deref(), link);
        check("https://herald.example/a?b=c&d", Some("https://herald.example/a?b=c&d"));
        check(" HTTP://HERALD.example ", Some("http://herald.example/"));
        check("javascript:alert(1)", None);
        check("java\nscript:alert(1)", None);
        check("data:text/html,<script>", None);
        check("vbscript:x", None);
        check("//herald.example/a", None);
        check("/a", None);
        check("https://bank.example@evil.example/", None);
        check("https://", None);
    }

    #[test]
    fn a_link_cannot_leave_its_attribute() {
        let link = outgoing_link("https://herald.example/\"><script>alert(1)</script>").unwrap();
        assert!(!link.contains('"') && !link.contains('<'), "{link}");
    }

    #[test]
    fn scrubbing_keeps_joiners_and_takes_overrides() {
        assert_eq!(scrub("a\u{202E}b\u{0}c\r\n\u{2066}".into()), "abc\n");
        assert_eq!(scrub("می\u{200C}خواهم".into()), "می\u{200C}خواهم");
        assert_eq!(one_line("two\nlines\u{7f}"), "two lines");
    }

    #[test]
    fn towers_of_marks_are_cut_down() {
        let tower = format!("Z{}algo", "\u{0336}".repeat(50));
        assert_eq!(scrub(tower).chars().count(), 5 + HIGHEST_TOWER);
        assert_eq!(scrub("tiếng Việt".into()), "tiếng Việt");
        assert_eq!(scrub("e\u{302}\u{301}".into()), "e\u{302}\u{301}");
    }

    #[test]
    fn long_texts_end_at_a_word() {
        assert_eq!(short("Talks resume", 20), "Talks resume");
        assert_eq!(short("Talks resume in Halden", 14), "Talks resume …");
        assert_eq!(short(&"х".repeat(30), 10), format!("{} …", "х".repeat(10)));
        let unspaced = format!("速報 {}", "字".repeat(30));
        assert_eq!(short(&unspaced, 10), format!("速報 {} …", "字".repeat(7)));
    }

    #[test]
    fn headlines_are_set_to_fit() {
        for (title, class) in [
            ("Ferry runs aground", ""),
            ("Torsund nimmt Koalitionsgespräche auf", " class=\"wordy\""),
            ("Anti-money-laundering-agency opens", ""),
            ("国务院总理在北京会见外国代表团并讨论合作", ""),
        ] {
            assert_eq!(headline_class(title), class, "{title}");
        }
        assert_eq!(headline_class(&"word ".repeat(30)), " class=\"long\"");
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1u32, "article", "articles"), "1 article");
        assert_eq!(count(0u32, "article", "articles"), "0 articles");
        assert_eq!(grouped(1_234_567u32), "1\u{202F}234\u{202F}567");
        assert_eq!(grouped(123u32), "123");
    }
}

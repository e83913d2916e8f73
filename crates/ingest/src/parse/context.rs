//! What holds for an element and everything inside it: the address that links are relative to, and the language.

use super::tree::Element;
use news::{Language, Url};

/// Longer addresses are dropped.
const LONGEST_LINK: usize = 4096;

/// Inherited down the tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) base: Option<Url>,
    pub(crate) language: Option<Language>,
    /// Whether `base` was said by an `xml:base` and not inferred.
    pub(crate) is_declared: bool,
}

impl Context {
    /// The context inside `element`: its `xml:base` and `xml:lang` added.
    pub(crate) fn enter(&self, element: Element<'_, '_>) -> Self {
        if !element.attributes().contains("xml:") {
            return self.clone();
        }
        let mut inner = self.clone();
        let base = element.attribute("xml:base").and_then(|base| absolute(&base, self.base.as_ref()));
        if let Some(base) = base {
            inner.base = Some(base);
            inner.is_declared = true;
        }
        if let Some(language) = element.attribute_or_empty("xml:lang") {
            inner.language = Some(Language::parse(&language)).filter(|language| language.is_known());
        }
        inner
    }

    /// A web address made absolute. As written where it already is; nothing for other schemes than http and https
    /// and for relative addresses that nothing is known to be relative to.
    pub(crate) fn web_link(&self, written: &str) -> Option<String> {
        web_link(written, self.base.as_ref())
    }
}

/// See [`Context::web_link`].
pub(crate) fn web_link(written: &str, base: Option<&Url>) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.len() > LONGEST_LINK {
        return None;
    }
    let url = absolute(written, base)?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let is_plain = written.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte));
    let is_absolute =
        written.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("http")) && written.contains("://");
    Some(if is_plain && is_absolute { written.to_owned() } else { url.into() })
}

fn absolute(written: &str, base: Option<&Url>) -> Option<Url> {
    let written = written.trim();
    match (Url::parse(written), base) {
        (Ok(url), _) => Some(url),
        (Err(_), Some(base)) => base.join(written).ok(),
        (Err(_), None) if written.starts_with("//") => Url::parse(&format!("https:{written}")).ok(),
        (Err(_), None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::web_link;
    use news::Url;

    #[test]
    fn links() {
        let base = Url::parse("https://example.org/news/feed.xml").expect("a valid address");
        let check = |written: &str, link: &str| {
            assert_eq!(web_link(written, Some(&base)).unwrap_or_default(), link, "{written:?}");
        };
        check("http://example.org", "http://example.org");
        check(" a b.html ", "https://example.org/news/a%20b.html");
        check("/x?a=1&b=2", "https://example.org/x?a=1&b=2");
        check("//cdn.example.org/x", "https://cdn.example.org/x");
        check("http://example.org/a\n b", "http://example.org/a%20b");
        check("javascript:alert(1)", "");
        check("tag:example.org,2026:1", "");
        assert_eq!(web_link("x.html", None), None);
    }
}

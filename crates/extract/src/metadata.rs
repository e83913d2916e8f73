//! What a page says about its article: JSON-LD first, then meta tags, then visible marks. Input is the page's
//! tree and address; everything found is a claim of the page, cleaned but not believed (see `link`).

mod byline;
mod date;
mod jsonld;
mod link;
mod meta;
mod title;

pub(crate) use byline::clean as clean_byline;
pub(crate) use title::without_outlet;

use crate::blocks::blocks;
use crate::dom::{attribute, squeeze};
use dom_query::Document;
use jsonld::JsonLd;
use meta::MetaTags;
use news::{Dateline, ImageLink, Language, Timestamp, Url};

/// A page's claims.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) url: Option<String>,
    pub(crate) language: Language,
    pub(crate) image: Option<ImageLink>,
    pub(crate) outlet: Option<String>,
    pub(crate) summary: Option<String>,
    /// JSON-LD `articleBody`: the text of pages whose markup holds none.
    pub(crate) body: Option<String>,
}

/// Reads them. `base` resolves relative links, `url` is where the page was fetched.
pub(crate) fn read(document: &Document, url: Option<&Url>, base: Option<&Url>) -> Metadata {
    let page = Page { document, meta: MetaTags::read(document), json: JsonLd::read(document), url, base };
    let outlet = page.outlet();
    Metadata {
        title: title::read(&page, outlet.as_deref()),
        byline: byline::read(&page, outlet.as_deref()),
        published: date::published(&page),
        updated: date::updated(&page),
        url: link::canonical(&page),
        language: page.language(),
        image: page.image(),
        summary: page.summary(),
        outlet,
        body: page.json.body.clone(),
    }
}

/// The dateline of an article of these paragraphs: a date or a teaser may stand before the first sentence.
pub(crate) fn dateline(paragraphs: &[String]) -> Option<String> {
    let first = paragraphs.iter().take(3).find_map(|paragraph| Dateline::of(paragraph));
    first.map(|dateline| dateline.words.to_owned())
}

/// Where relative links of the page point from: `<base href>` or the page's own address.
pub(crate) fn base(document: &Document, url: Option<&Url>) -> Option<Url> {
    let href = document.select_single("base[href]").attr("href");
    match (url, href) {
        (Some(url), Some(href)) => url.join(&href).ok().or_else(|| Some(url.clone())),
        (None, Some(href)) => Url::parse(&href).ok(),
        (url, None) => url.cloned(),
    }
}

/// Everything that claims are read from.
struct Page<'a> {
    document: &'a Document,
    meta: MetaTags,
    json: JsonLd,
    url: Option<&'a Url>,
    base: Option<&'a Url>,
}

impl Page<'_> {
    /// Text of the first element that matches and has any.
    fn text(&self, selector: &str) -> Option<String> {
        let found = self.document.select(selector);
        found.nodes().iter().map(|node| squeeze(&node.text())).find(|text| !text.is_empty())
    }

    /// Text of the first element that matches, its blocks kept apart by spaces.
    fn spaced_text(&self, selector: &str) -> Option<String> {
        let found = self.document.select(selector);
        let text = |blocks: Vec<crate::blocks::Block>| {
            blocks.into_iter().map(|block| block.text).collect::<Vec<_>>().join(" ")
        };
        found.nodes().iter().map(|node| text(blocks(*node))).find(|text| !text.is_empty())
    }

    fn outlet(&self) -> Option<String> {
        let name = self.json.publisher.clone().or_else(|| {
            self.meta.first(&["og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone"])
        });
        // Some pages give an address or a handle where a name belongs.
        name.filter(|name| name.chars().count() <= 80 && !name.starts_with('@') && !name.contains("://"))
    }

    fn language(&self) -> Language {
        let root = self.document.select_single("html");
        let declared =
            ["lang", "xml:lang"].iter().filter_map(|name| root.attr(name).map(|value| value.to_string()));
        let others = self.json.language.clone().into_iter().chain(
            ["og:locale", "content-language", "inlanguage", "language", "dc.language"]
                .iter()
                .filter_map(|name| self.meta.first(&[name])),
        );
        let mut tags = declared.chain(others).map(|tag| Language::parse(&tag));
        tags.find(|language| language.is_known()).unwrap_or_default()
    }

    fn image(&self) -> Option<ImageLink> {
        let claimed = self.meta.first(&[
            "og:image:secure_url",
            "og:image",
            "og:image:url",
            "twitter:image",
            "twitter:image:src",
        ]);
        let href = claimed.or_else(|| self.json.image.clone())?;
        let url = link::absolute(self.base, &href)?;
        Some(ImageLink { url, alt: self.meta.first(&["og:image:alt", "twitter:image:alt"]) })
    }

    fn summary(&self) -> Option<String> {
        self.meta
            .first(&[
                "og:description",
                "description",
                "twitter:description",
                "dc.description",
                "dcterms.description",
            ])
            .or_else(|| self.json.description.clone())
    }

    /// Attribute of the first element that matches.
    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let found = self.document.select(selector);
        found.nodes().iter().find_map(|node| attribute(node, name))
    }
}

//! A page to an article: the recipe.

use crate::metadata::Metadata;
use crate::{ExtractError, body, charset, dom, furniture, guard, metadata};
use news::{Article, Url};

/// Extracts the article of a page.
///
/// `html` is the body as received (decompressed), `url` the address it was finally fetched from, and
/// `content_type` the HTTP header's value. A page without an article's text gives what it says about itself
/// (title, summary), with an empty text.
///
/// # Errors
/// Pages that are too large, too deep or too full to be worth reading, and pages that hold nothing.
pub fn page(html: &[u8], url: Option<&Url>, content_type: Option<&str>) -> Result<Article, ExtractError> {
    guard::check_size(html.len())?;
    let html = charset::decode(html, content_type);
    let document = dom::parse(&html)?;
    let base = metadata::base(&document, url);
    let claims = metadata::read(&document, url, base.as_ref());
    let blocks = body::read(&html, document, &claims);
    let sorted = furniture::sort(blocks, claims.title.as_deref(), base.as_ref());
    if claims.title.is_none() && sorted.paragraphs.is_empty() {
        return Err(ExtractError::Nothing);
    }
    let mut article = described(claims).with_paragraphs(sorted.paragraphs.iter().map(String::as_str));
    article.dateline = metadata::dateline(&sorted.paragraphs);
    article.related = sorted.related;
    Ok(article)
}

fn described(claims: Metadata) -> Article {
    Article {
        byline: claims.byline,
        published: claims.published,
        updated: claims
            .updated
            .filter(|updated| claims.published.is_none_or(|published| *updated > published)),
        url: claims.url,
        language: claims.language,
        image: claims.image,
        outlet: claims.outlet,
        summary: claims.summary,
        ..Article::headline(claims.title.unwrap_or_default())
    }
}

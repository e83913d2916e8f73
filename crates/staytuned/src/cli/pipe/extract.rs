//! `pipe extract`: a page in, the article out. Paragraphs are given as text, besides their spans in `text`.

use super::Document;
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Answers one line.
pub(super) fn line(line: Value) -> Result<Value> {
    let mut document: Document = serde_json::from_value(line).context("line")?;
    let bytes = document.bytes()?;
    let article = extract::page(&bytes, document.url.as_ref(), document.content_type.as_deref())?;
    let language = match article.language {
        known if known.is_known() => known,
        _ => language::identify(&article.text).language,
    };
    let paragraphs: Vec<&str> = article.paragraphs.iter().map(|span| span.of(&article.text)).collect();
    Ok(json!({
        "title": article.title,
        "byline": article.byline,
        "dateline": article.dateline,
        "published": article.published,
        "updated": article.updated,
        "url": article.url,
        "lang": language,
        "image": article.image,
        "outlet": article.outlet,
        "summary": article.summary,
        "text": article.text,
        "paragraphs": paragraphs,
        "spans": article.paragraphs,
        "related": article.related,
    }))
}

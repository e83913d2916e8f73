//! `pipe dates`: texts in, the times that each tells out, resolved against the day it was published on.

use anyhow::{Context, Result};
use jiff::civil::Date;
use news::Language;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    /// `2025-05-21`, or a whole RFC 3339 time, of which the day counts.
    published: String,
    lang: Option<String>,
}

pub(super) fn line(value: Value) -> Result<Value> {
    let line: Line = serde_json::from_value(value).context("line")?;
    let day: String = line.published.chars().take(10).collect();
    let published: Date = day.parse().context("published")?;
    let given = line.lang.as_deref().map(Language::parse).unwrap_or_default();
    let language = if given.is_known() { given } else { language::identify(&line.text).language };
    let point = |byte: u32| line.text.get(..byte as usize).map_or(0, |before| before.chars().count());
    let told: Vec<Value> = language::dates(&line.text, language, published)
        .iter()
        .map(|told| {
            json!({
                "span": [point(told.span.start), point(told.span.end)],
                "text": told.span.of(&line.text),
                "date": told.date,
                "precision": told.precision,
            })
        })
        .collect();
    Ok(json!({"dates": told, "lang": language}))
}

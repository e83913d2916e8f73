//! `pipe parse`: a feed document in, its fields, entries and the parser's complaints out.

use super::Document;
use anyhow::{Context, Result};
use serde_json::Value;

/// Answers one line.
pub(super) fn line(line: Value) -> Result<Value> {
    let mut document: Document = serde_json::from_value(line).context("line")?;
    let bytes = document.bytes()?;
    let feed = ingest::parse(&bytes, document.content_type.as_deref(), document.url.as_ref())?;
    serde_json::to_value(feed).context("feed")
}

//! `<meta>` tags by name, whatever attribute the name stands in.

use crate::dom::{attribute, squeeze};
use dom_query::Document;
use std::collections::HashMap;

/// Values by lower-case name; the first of a name comes first.
#[derive(Debug, Default)]
pub(super) struct MetaTags(HashMap<String, Vec<String>>);

impl MetaTags {
    pub(super) fn read(document: &Document) -> Self {
        let mut tags = Self::default();
        for node in document.select("meta[content]").nodes() {
            let Some(content) = attribute(node, "content").map(|text| squeeze(&decoded(&text))) else {
                continue;
            };
            let names = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .filter_map(|name| attribute(node, name));
            // One tag may carry several names: `property="og:title dc:title"`.
            for name in names.flat_map(|names| names.split_whitespace().map(canonical).collect::<Vec<_>>()) {
                tags.0.entry(name).or_default().push(content.clone());
            }
        }
        tags
    }

    /// The first value of the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().flat_map(|name| self.all(name)).find(|value| !value.is_empty()).cloned()
    }

    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

fn canonical(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.strip_prefix("dc:").or_else(|| lower.strip_prefix("dcterm:")) {
        Some(rest) => format!("dc.{rest}"),
        None => lower,
    }
}

/// Decodes entities once more: many systems escape meta texts twice (`&amp;quot;`).
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('&') || !text.contains(';') {
        return text.to_owned();
    }
    // Without `<` nothing in the text can become an element, so that parsing decodes and does nothing else.
    let safe = text.replace('<', "&lt;");
    Document::fragment(safe.as_str()).text().to_string()
}

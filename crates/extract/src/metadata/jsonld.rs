//! schema.org data in `<script type="application/ld+json">`: the object that describes the article. Input is
//! third-party JSON; objects are visited in bounded number, and a broken script is as good as none.

use super::meta::decoded;
use crate::dom::squeeze;
use dom_query::Document;
use serde_json::{Map, Value};

/// Objects looked at in one page.
const MOST_OBJECTS: usize = 2000;

/// What an article's object says, cleaned.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    /// `headline`, then `name`: systems put the title that is shown into either.
    pub(super) titles: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) image: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
}

impl JsonLd {
    pub(super) fn read(document: &Document) -> Self {
        let scripts = document.select("script[type]");
        let values: Vec<Value> = scripts
            .nodes()
            .iter()
            .filter(|node| {
                node.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
            })
            .filter_map(|node| parse(&node.text()))
            .collect();
        let objects = objects(&values);
        let article = objects.iter().filter(|object| is_article(object)).max_by_key(weight);
        let mut found = article.map(|object| Self::from_object(object, &objects)).unwrap_or_default();
        if found.publisher.is_none() {
            found.publisher =
                objects.iter().find(|object| is_a(object, "WebSite")).and_then(|o| text(o.get("name")));
        }
        found
    }

    fn from_object(object: &Map<String, Value>, all: &[&Map<String, Value>]) -> Self {
        let named = |key: &str| names(object.get(key), all);
        Self {
            titles: ["headline", "name"].iter().filter_map(|key| text(object.get(*key))).collect(),
            authors: match named("author") {
                authors if authors.is_empty() => named("creator"),
                authors => authors,
            },
            published: text(object.get("datePublished")).or_else(|| text(object.get("dateCreated"))),
            modified: text(object.get("dateModified")),
            publisher: named("publisher").into_iter().next(),
            language: text(object.get("inLanguage")),
            image: image(object.get("image")),
            description: text(object.get("description")),
            url: text(object.get("url")).or_else(|| address(object.get("mainEntityOfPage"))),
            body: object.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        }
    }
}

/// Scripts hold raw line breaks inside strings, comment or CDATA wrappers, and a semicolon at the end.
fn parse(script: &str) -> Option<Value> {
    let script = script.split_once("<![CDATA[").map_or(script, |(_, inside)| inside);
    let script = script.rsplit_once("]]>").map_or(script, |(inside, _)| inside);
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end)?;
    serde_json::from_str(json).ok().or_else(|| {
        let clean: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// All objects that stand at the top, in lists, in `@graph` or as the main entity.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut open: Vec<&Value> = values.iter().rev().collect();
    let mut found = Vec::new();
    while let Some(value) = open.pop().filter(|_| found.len() < MOST_OBJECTS) {
        match value {
            Value::Array(items) => open.extend(items.iter().take(MOST_OBJECTS).rev()),
            Value::Object(object) => {
                found.push(object);
                open.extend(["@graph", "mainEntity"].iter().filter_map(|key| object.get(*key)));
            }
            _ => {}
        }
    }
    found
}

fn is_a(object: &Map<String, Value>, kind: &str) -> bool {
    types(object).any(|name| name == kind)
}

fn types<'a>(object: &'a Map<String, Value>) -> impl Iterator<Item = &'a str> {
    let listed: &'a [Value] = match object.get("@type") {
        Some(Value::Array(kinds)) => kinds,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    listed.iter().filter_map(Value::as_str).map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

fn is_article(object: &Map<String, Value>) -> bool {
    types(object).any(|name| {
        name.ends_with("Article")
            || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting")
    })
}

/// The page's own article says more about itself than teasers of others do.
fn weight(object: &&&Map<String, Value>) -> usize {
    ["headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage"]
        .iter()
        .filter(|key| object.contains_key(**key))
        .count()
}

fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text,
        Value::Array(items) => items.first()?.as_str()?,
        Value::Object(object) => object.get("@value").or_else(|| object.get("name"))?.as_str()?,
        _ => return None,
    };
    Some(squeeze(&decoded(text))).filter(|text| !text.is_empty())
}

/// Names of people or organisations: strings, objects, lists, or references to another object by `@id`.
fn names(value: Option<&Value>, all: &[&Map<String, Value>]) -> Vec<String> {
    let listed: &[Value] = match value {
        Some(Value::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    listed.iter().take(50).filter_map(|value| name(value, all)).collect()
}

fn name(value: &Value, all: &[&Map<String, Value>]) -> Option<String> {
    let Value::Object(object) = value else { return text(Some(value)) };
    text(object.get("name")).or_else(|| {
        let id = object.get("@id")?;
        all.iter().filter(|other| other.get("@id") == Some(id)).find_map(|other| text(other.get("name")))
    })
}

fn image(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Array(items) => items.iter().find_map(|item| address(Some(item))),
        one => address(Some(one)),
    }
}

fn address(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(url) => Some(url.trim().to_owned()),
        Value::Object(object) => {
            ["url", "contentUrl", "@id"].iter().find_map(|key| object.get(*key)?.as_str()).map(str::to_owned)
        }
        _ => None,
    }
}

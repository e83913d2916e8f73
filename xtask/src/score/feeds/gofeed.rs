//! gofeed's pairs of a feed and what its parser makes of it. A document counts as right only if all of its fields are.
//!
//! Three shapes of expectation: gofeed's own Atom, RSS and JSON models (fields as they stand in the document) and its
//! universal model, which merges dialects as ours does; there, fields it leaves empty must be empty with us too.

use super::compare::{absent, exact, html, labels, language, line, same, text, time};
use super::{Tally, files, name_of, read};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(super) fn score(folder: &Path) -> Result<String> {
    let mut tally = Tally::default();
    for expectation in files(folder)? {
        let Some(document) = document_of(&expectation) else { continue };
        let expected: Value = serde_json::from_slice(&read(&expectation)?).context(name_of(&expectation))?;
        let problem = match ingest::parse(&read(&document)?, None, None) {
            Ok(ours) => {
                let ours = serde_json::to_value(ours)?;
                let shape = expectation.strip_prefix(folder).unwrap_or(&expectation);
                compare(&expected, &ours, &shape.to_string_lossy())
            }
            Err(error) => Some(error.to_string()),
        };
        tally.judge(|| name_of(&document), problem);
    }
    Ok(tally.report("gofeed", "documents equal on every field we model"))
}

/// The feed that an expectation belongs to.
fn document_of(expectation: &Path) -> Option<PathBuf> {
    let name = name_of(expectation);
    let beside = match name.strip_suffix("_expected.json") {
        Some(stem) => expectation.with_file_name(format!("{stem}.json")),
        None => expectation.with_file_name(format!("{}.xml", name.strip_suffix(".json")?)),
    };
    beside.exists().then_some(beside)
}

fn compare(expected: &Value, ours: &Value, path: &str) -> Option<String> {
    let (entries, feed, entry): (&str, Fields, Fields) = match path {
        _ if path.starts_with("parser/atom") => ("entries", atom_feed, atom_entry),
        _ if path.starts_with("parser/rss") => ("items", rss_feed, rss_entry),
        _ if path.starts_with("parser/json") => ("items", json_feed, json_entry),
        _ => ("items", universal_feed, universal_entry),
    };
    let items =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let (theirs, mine) = (items(expected, entries), items(ours, "entries"));
    format(expected, ours)
        .or_else(|| feed(expected, ours))
        .or_else(|| same(&format!("{} entries", theirs.len()), &format!("{} entries", mine.len())))
        .or_else(|| theirs.iter().zip(&mine).find_map(|(theirs, mine)| entry(theirs, mine)))
}

type Fields = fn(&Value, &Value) -> Option<String>;

/// The dialect, where gofeed says it.
fn format(expected: &Value, ours: &Value) -> Option<String> {
    let said = match (expected["feedType"].as_str()?, expected["feedVersion"].as_str()) {
        ("rss", Some("1.0" | "0.9" | "0.90")) => "rdf",
        ("json", _) => "json_feed",
        (other, _) => other,
    };
    exact(said, &ours["format"])
}

/// Compares `expected[theirs]` with `ours[mine]` if it is there.
fn field(
    (expected, theirs): (&Value, &str),
    (ours, mine): (&Value, &str),
    rule: fn(&str, &Value) -> Option<String>,
) -> Option<String> {
    let value = expected.get(theirs)?.as_str()?;
    rule(value, &ours[mine]).map(|problem| format!("{mine} {problem}"))
}

/// Like [`field`], but absent there means absent here.
fn strictly(
    (expected, theirs): (&Value, &str),
    (ours, mine): (&Value, &str),
    rule: fn(&str, &Value) -> Option<String>,
) -> Option<String> {
    match expected.get(theirs).and_then(Value::as_str) {
        Some(value) => rule(value, &ours[mine]),
        None => absent(&ours[mine]),
    }
    .map(|problem| format!("{mine} {problem}"))
}

fn strings(list: &Value, pick: impl Fn(&Value) -> Option<&str>) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|item| pick(item).map(str::to_owned)).collect()
}

/// Names of people, or addresses of the nameless.
fn people(list: &Value) -> Vec<String> {
    strings(list, |person| {
        let part = |key: &str| person[key].as_str().filter(|text| !text.is_empty());
        part("name").or_else(|| part("email"))
    })
}

fn list(mine: &str, expected: Vec<String>, ours: &Value) -> Option<String> {
    labels(expected, &ours[mine]).map(|problem| format!("{mine} {problem}"))
}

fn enclosures(expected: &Value, ours: &Value) -> Option<String> {
    let plain = |list: &Value, kind: &str, length: &str| {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let known = |value: &Value| if value.is_null() { String::new() } else { text(value) };
        let lines = list.as_array().into_iter().flatten();
        lines
            .map(|file| format!("{} {} {}", known(&file["url"]), known(&file[kind]), known(&file[length])))
            .collect::<Vec<_>>()
    };
    same(&plain(expected, "type", "length").join(", "), &plain(ours, "media_type", "length").join(", "))
}

fn universal_feed(expected: &Value, ours: &Value) -> Option<String> {
    strictly((expected, "title"), (ours, "title"), line)
        .or_else(|| strictly((expected, "description"), (ours, "description"), line))
        .or_else(|| strictly((expected, "link"), (ours, "link"), exact))
        .or_else(|| strictly((expected, "feedLink"), (ours, "self_link"), exact))
        .or_else(|| strictly((expected, "language"), (ours, "language"), language))
        .or_else(|| strictly((expected, "copyright"), (ours, "copyright"), line))
        // gofeed glues version and address to the generator's name.
        .or_else(|| field((expected, "generator"), (ours, "generator"), starts_with))
        .or_else(|| strictly((expected, "publishedParsed"), (ours, "published"), time))
        .or_else(|| strictly((expected, "updatedParsed"), (ours, "updated"), time))
        .or_else(|| strictly((&expected["image"], "url"), (ours, "image"), exact))
        .or_else(|| list("authors", people(&expected["authors"]), ours))
        .or_else(|| list("categories", strings(&expected["categories"], Value::as_str), ours))
}

fn starts_with(expected: &str, ours: &Value) -> Option<String> {
    let ours = ours.as_str().unwrap_or_default();
    if !ours.is_empty() && expected.starts_with(ours) { None } else { same(expected, ours) }
}

fn universal_entry(expected: &Value, ours: &Value) -> Option<String> {
    strictly((expected, "title"), (ours, "title"), line)
        .or_else(|| strictly((expected, "description"), (ours, "summary"), html))
        .or_else(|| strictly((expected, "content"), (ours, "content"), html))
        .or_else(|| strictly((expected, "link"), (ours, "link"), exact))
        .or_else(|| strictly((expected, "guid"), (ours, "guid"), exact))
        .or_else(|| strictly((expected, "publishedParsed"), (ours, "published"), time))
        .or_else(|| strictly((expected, "updatedParsed"), (ours, "updated"), time))
        .or_else(|| strictly((&expected["image"], "url"), (ours, "image"), exact))
        .or_else(|| list("authors", people(&expected["authors"]), ours))
        .or_else(|| list("categories", strings(&expected["categories"], Value::as_str), ours))
        .or_else(|| enclosures(&expected["enclosures"], &ours["enclosures"]))
}

/// The links of an Atom element by relation.
fn links<'v>(element: &'v Value, relation: &str) -> Vec<&'v Value> {
    let all = element["links"].as_array().into_iter().flatten();
    all.filter(|link| link["rel"].as_str() == Some(relation) && link["href"].is_string()).collect()
}

fn first_link(element: &Value, relation: &str, ours: &Value, mine: &str) -> Option<String> {
    let links = links(element, relation);
    let href = links.first()?["href"].as_str()?;
    exact(href, &ours[mine]).map(|problem| format!("{mine} {problem}"))
}

fn atom_labels(element: &Value) -> Vec<String> {
    strings(&element["categories"], |category| category["label"].as_str().or(category["term"].as_str()))
}

fn present(mine: &str, expected: Vec<String>, ours: &Value) -> Option<String> {
    if expected.is_empty() { None } else { list(mine, expected, ours) }
}

fn atom_feed(expected: &Value, ours: &Value) -> Option<String> {
    exact("atom", &ours["format"])
        .or_else(|| strictly((expected, "title"), (ours, "title"), line))
        .or_else(|| strictly((expected, "subtitle"), (ours, "description"), line))
        .or_else(|| strictly((expected, "rights"), (ours, "copyright"), line))
        .or_else(|| field((expected, "language"), (ours, "language"), language))
        .or_else(|| strictly((expected, "updatedParsed"), (ours, "updated"), time))
        .or_else(|| field((&expected["generator"], "value"), (ours, "generator"), line))
        .or_else(|| field((expected, "icon"), (ours, "image"), exact))
        .or_else(|| field((expected, "logo"), (ours, "image"), exact))
        .or_else(|| first_link(expected, "alternate", ours, "link"))
        .or_else(|| first_link(expected, "self", ours, "self_link"))
        .or_else(|| present("authors", people(&expected["authors"]), ours))
        .or_else(|| present("categories", atom_labels(expected), ours))
}

fn atom_entry(expected: &Value, ours: &Value) -> Option<String> {
    let files: Vec<_> = links(expected, "enclosure");
    let files: Vec<Value> = files
        .iter()
        .map(|link| json!({"url": link["href"], "type": link["type"], "length": link["length"]}))
        .collect();
    strictly((expected, "title"), (ours, "title"), line)
        .or_else(|| strictly((expected, "summary"), (ours, "summary"), html))
        .or_else(|| strictly((&expected["content"], "value"), (ours, "content"), html))
        .or_else(|| strictly((expected, "id"), (ours, "guid"), exact))
        .or_else(|| field((expected, "publishedParsed"), (ours, "published"), time))
        .or_else(|| field((expected, "updatedParsed"), (ours, "updated"), time))
        .or_else(|| field((&expected["source"], "title"), (ours, "source"), line))
        .or_else(|| first_link(expected, "alternate", ours, "link"))
        .or_else(|| present("authors", people(&expected["authors"]), ours))
        .or_else(|| present("categories", atom_labels(expected), ours))
        .or_else(|| enclosures(&Value::Array(files), &ours["enclosures"]))
}

fn rss_labels(element: &Value) -> Vec<String> {
    strings(&element["categories"], |category| category["value"].as_str())
}

/// A byline as RSS writes it: the name in it must be ours.
fn byline(expected: &str, ours: &Value) -> Option<String> {
    let first = ours[0].as_str().unwrap_or_default();
    (first.is_empty() || !text(expected).contains(first))
        .then(|| format!("expected {expected:?}, got {first:?}"))
}

fn rss_feed(expected: &Value, ours: &Value) -> Option<String> {
    let dialect =
        if matches!(expected["version"].as_str(), Some("1.0" | "0.9" | "0.90")) { "rdf" } else { "rss" };
    exact(dialect, &ours["format"])
        .or_else(|| field((expected, "title"), (ours, "title"), line))
        .or_else(|| field((expected, "description"), (ours, "description"), line))
        .or_else(|| field((expected, "link"), (ours, "link"), exact))
        .or_else(|| field((expected, "language"), (ours, "language"), language))
        .or_else(|| field((expected, "copyright"), (ours, "copyright"), line))
        .or_else(|| field((expected, "generator"), (ours, "generator"), line))
        .or_else(|| field((expected, "managingEditor"), (ours, "authors"), byline))
        .or_else(|| field((expected, "pubDateParsed"), (ours, "published"), time))
        .or_else(|| field((expected, "lastBuildDateParsed"), (ours, "updated"), time))
        .or_else(|| field((expected, "ttl"), (ours, "ttl_minutes"), exact))
        .or_else(|| field((&expected["image"], "url"), (ours, "image"), exact))
        .or_else(|| present("categories", rss_labels(expected), ours))
}

/// An identifier as written; one that is wrapped in elements is compared by their text.
fn id(expected: &str, ours: &Value) -> Option<String> {
    exact(expected, ours).and_then(|_| line(expected, ours))
}

fn rss_entry(expected: &Value, ours: &Value) -> Option<String> {
    strictly((expected, "title"), (ours, "title"), line)
        .or_else(|| field((expected, "description"), (ours, "summary"), html))
        .or_else(|| field((expected, "content"), (ours, "content"), html))
        .or_else(|| field((expected, "link"), (ours, "link"), exact))
        .or_else(|| field((&expected["guid"], "value"), (ours, "guid"), id))
        .or_else(|| field((expected, "author"), (ours, "authors"), byline))
        .or_else(|| field((expected, "pubDateParsed"), (ours, "published"), time))
        .or_else(|| field((&expected["source"], "title"), (ours, "source"), line))
        .or_else(|| present("categories", rss_labels(expected), ours))
        .or_else(|| enclosures(&expected["enclosures"], &ours["enclosures"]))
}

fn json_people(element: &Value) -> Vec<String> {
    let one = Value::Array(vec![element["author"].clone()]);
    people(if element["authors"].is_array() { &element["authors"] } else { &one })
}

fn json_feed(expected: &Value, ours: &Value) -> Option<String> {
    exact("json_feed", &ours["format"])
        .or_else(|| field((expected, "title"), (ours, "title"), line))
        .or_else(|| field((expected, "description"), (ours, "description"), line))
        .or_else(|| field((expected, "home_page_url"), (ours, "link"), exact))
        .or_else(|| field((expected, "feed_url"), (ours, "self_link"), exact))
        .or_else(|| field((expected, "icon"), (ours, "image"), exact))
        .or_else(|| field((expected, "language"), (ours, "language"), language))
        .or_else(|| present("authors", json_people(expected), ours))
}

fn json_entry(expected: &Value, ours: &Value) -> Option<String> {
    field((expected, "id"), (ours, "guid"), exact)
        .or_else(|| field((expected, "title"), (ours, "title"), line))
        .or_else(|| field((expected, "url"), (ours, "link"), exact))
        .or_else(|| field((expected, "content_html"), (ours, "content"), html))
        .or_else(|| field((expected, "summary"), (ours, "summary"), html))
        .or_else(|| field((expected, "image"), (ours, "image"), exact))
        .or_else(|| field((expected, "date_published"), (ours, "published"), time))
        .or_else(|| field((expected, "date_modified"), (ours, "updated"), time))
        .or_else(|| present("authors", json_people(expected), ours))
        .or_else(|| present("categories", strings(&expected["tags"], Value::as_str), ours))
}

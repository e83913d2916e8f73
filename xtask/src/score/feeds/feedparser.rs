//! Universal Feed Parser's checks (`expectations.jsonl`: a path into its result, an operator, a value), as far as they are about
//! fields that we model.

use super::compare::{absent, exact, html, language, line, same, text};
use super::{Tally, read};
use anyhow::{Context, Result};
use news::{Timestamp, Url};
use serde_json::Value;
use std::path::Path;

pub(super) fn score(folder: &Path) -> Result<String> {
    let mut tally = Tally::default();
    let expectations = String::from_utf8(read(&folder.join("expectations.jsonl"))?)?;
    for expectation in expectations.lines() {
        let test: Value = serde_json::from_str(expectation).context("expectations.jsonl")?;
        let file = test["file"].as_str().unwrap_or_default();
        let Some(checks) = test["checks"].as_array() else {
            tally.leave_out("no machine-readable check in the file");
            continue;
        };
        let bytes = read(&folder.join(file))?;
        let header = test["headers"]["Content-type"].as_str().or(test["headers"]["Content-Type"].as_str());
        let base = base(&test);
        let ours = ingest::parse(&bytes, header, base.as_ref());
        let document = ours.map(|document| serde_json::to_value(document).unwrap_or_default());
        for check in checks {
            judge(&mut tally, file, check, &document);
        }
    }
    Ok(tally.report("feedparser", "checks passed"))
}

/// Where the test suite's server has the document: its own address, or the one in the header.
fn base(test: &Value) -> Option<Url> {
    let server = Url::parse("http://127.0.0.1:8097/").ok()?;
    let said = test["headers"]["Content-Location"].as_str().and_then(|said| server.join(said).ok());
    Some(said.filter(|said| said.scheme() == "http").unwrap_or(server))
}

fn judge(tally: &mut Tally, file: &str, check: &Value, document: &Result<Value, ingest::ParseError>) {
    let parts: Vec<String> = check["path"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let field = match field_of(&parts) {
        Ok(field) => field,
        Err(reason) => return tally.leave_out(reason),
    };
    if file.contains("/cdf/") {
        return tally.leave_out("CDF, a format that is not read");
    }
    let name = || format!("{file} {}", parts.join("."));
    match document {
        Err(ingest::ParseError::DocumentType) => tally.leave_out("declares entities: refused by design"),
        Err(error) => tally.judge(name, Some(error.to_string())),
        Ok(ours) => tally.judge(name, verdict(&field, check, ours)),
    }
}

/// Where our document keeps it, and how it is compared.
struct Field {
    entry: Option<usize>,
    keys: Vec<&'static str>,
    rule: Rule,
    index: Option<usize>,
}

#[derive(Clone, Copy)]
enum Rule {
    Line,
    Html,
    Exact,
    Time,
    Clock,
    Language,
    Byline,
    Count,
    Format,
    File,
}

/// What a path means for us, or why it is left out.
fn field_of(path: &[&str]) -> Result<Field, &'static str> {
    let (entry, path) = match path {
        ["feed", rest @ ..] => (None, rest),
        ["entries", "#len"] => {
            return Ok(Field { entry: None, keys: vec!["entries"], rule: Rule::Count, index: None });
        }
        ["entries", index, rest @ ..] => (index.parse().ok(), rest),
        ["version"] => {
            return Ok(Field { entry: None, keys: vec!["format"], rule: Rule::Format, index: None });
        }
        ["bozo"] => return Err("bozo: whether the XML was well-formed, which is no field of the feed"),
        ["encoding"] => return Err("encoding: the name of the charset is not kept, the text is"),
        _ => return Err("HTTP results of feedparser"),
    };
    let (keys, rule, index) = if entry.is_some() { entry_field(path)? } else { feed_field(path)? };
    Ok(Field { entry, keys, rule, index })
}

type Target = (Vec<&'static str>, Rule, Option<usize>);

fn feed_field(path: &[&str]) -> Result<Target, &'static str> {
    let (key, rule, index) = match path {
        ["title" | "title_detail"] | ["title_detail", "value"] => ("title", Rule::Line, None),
        ["tagline" | "subtitle" | "description" | "info"]
        | ["tagline_detail" | "subtitle_detail" | "info_detail", "value"] => {
            ("description", Rule::Line, None)
        }
        ["link"] => ("link", Rule::Exact, None),
        ["copyright" | "rights"] | ["copyright_detail" | "rights_detail", "value"] => {
            ("copyright", Rule::Line, None)
        }
        ["language"] => ("language", Rule::Language, None),
        ["generator"] | ["generator_detail", "name"] => ("generator", Rule::Line, None),
        ["ttl"] => ("ttl_minutes", Rule::Exact, None),
        ["updated"] => ("updated", Rule::Time, None),
        ["updated_parsed"] => ("updated", Rule::Clock, None),
        ["published"] => ("published", Rule::Time, None),
        ["published_parsed"] => ("published", Rule::Clock, None),
        ["image", "href" | "url"] | ["logo"] => ("image", Rule::Exact, None),
        ["author"] => ("authors", Rule::Byline, Some(0)),
        ["author_detail", "name"] => ("authors", Rule::Line, Some(0)),
        ["authors", at, "name"] => ("authors", Rule::Line, at.parse().ok()),
        ["category"] => ("categories", Rule::Line, Some(0)),
        ["tags", at, "term"] => ("categories", Rule::Line, at.parse().ok()),
        _ => return Err(not_modelled(path)),
    };
    Ok((vec![key], rule, index))
}

fn entry_field(path: &[&str]) -> Result<Target, &'static str> {
    let (key, rule, index) = match path {
        ["title" | "title_detail"] | ["title_detail", "value"] => ("title", Rule::Line, None),
        // feedparser copies the content to the description when there is no summary, and the other way round.
        ["description" | "summary"] | ["summary_detail", "value"] => {
            return Ok((vec!["summary", "content"], Rule::Html, None));
        }
        ["content", "0", "value"] => return Ok((vec!["content", "summary"], Rule::Html, None)),
        ["content", ..] if path.last() == Some(&"value") => return Err("a second content of one entry"),
        ["link"] => ("link", Rule::Exact, None),
        ["id" | "guid"] => ("guid", Rule::Exact, None),
        ["updated"] => ("updated", Rule::Time, None),
        ["updated_parsed"] => ("updated", Rule::Clock, None),
        ["published"] => ("published", Rule::Time, None),
        ["published_parsed"] => ("published", Rule::Clock, None),
        ["author"] => ("authors", Rule::Byline, Some(0)),
        ["author_detail", "name"] => ("authors", Rule::Line, Some(0)),
        ["authors", at, "name"] => ("authors", Rule::Line, at.parse().ok()),
        ["category"] => ("categories", Rule::Line, Some(0)),
        ["tags", at, "term"] => ("categories", Rule::Line, at.parse().ok()),
        ["enclosures", at] => ("enclosures", Rule::File, at.parse().ok()),
        ["enclosures", at, "url" | "href" | "type" | "length"] => ("enclosures", Rule::File, at.parse().ok()),
        ["source", "title"] | ["source", "title_detail", "value"] => ("source", Rule::Line, None),
        ["image", "href"] => ("image", Rule::Exact, None),
        _ => return Err(not_modelled(path)),
    };
    Ok((vec![key], rule, index))
}

fn not_modelled(path: &[&str]) -> &'static str {
    let last = path.last().copied().unwrap_or_default();
    match path.first().copied().unwrap_or_default() {
        first if first.ends_with("_detail") && matches!(last, "type" | "base" | "language") => {
            "media type, base or language of a single text"
        }
        "content" => "media type, base or language of a single text",
        "author_detail" | "authors" | "publisher_detail" | "publisher" => {
            "addresses and sites of people: names are kept"
        }
        "contributors" => "contributors",
        "links" => "raw link elements: the page, the feed, hubs and enclosures are kept",
        "source" => "fields of an entry's source other than its title",
        "tags" => "scheme and label of a category",
        "rights" | "rights_detail" => "rights of a single entry",
        "where" => "places (GeoRSS)",
        first if first.starts_with("itunes") || first.starts_with("media") || first.starts_with("psc") => {
            "iTunes, Media RSS and podcast details"
        }
        _ => "other fields that are not modelled (cloud, textinput, validity, threads, ...)",
    }
}

fn verdict(field: &Field, check: &Value, ours: &Value) -> Option<String> {
    let scope = match field.entry {
        Some(at) => &ours["entries"][at],
        None => ours,
    };
    let values = field.keys.iter().map(|key| &scope[*key]);
    let value = values.clone().find(|value| !value.is_null()).unwrap_or(&Value::Null);
    let value = field.index.map_or(value, |at| &value[at]);
    let expected = &check["value"];
    match check["op"].as_str().unwrap_or_default() {
        "falsy" => absent(value),
        "truthy" => value.is_null().then(|| "is absent".to_owned()),
        "not contains" => {
            let word = expected.as_str().unwrap_or_default();
            value.as_str().unwrap_or_default().contains(word).then(|| format!("contains {word:?}"))
        }
        _ => equal(field, check, expected, value),
    }
}

fn equal(field: &Field, check: &Value, expected: &Value, value: &Value) -> Option<String> {
    let said = expected.as_str().unwrap_or_default();
    match field.rule {
        Rule::Line => line(said, value),
        Rule::Html => html(said, value),
        Rule::Exact => exact(said, value),
        Rule::Time => super::compare::time(said, value),
        Rule::Clock => clock(expected, value),
        Rule::Language => language(said, value),
        Rule::Byline => {
            let name = said.split_once(" (").map_or(said, |(name, _)| name);
            same(&text(name), value.as_str().unwrap_or_default())
        }
        Rule::Count => same(&expected.to_string(), &value.as_array().map_or(0, Vec::len).to_string()),
        Rule::Format => format(said, value),
        Rule::File => file(check, expected, value),
    }
}

/// `[year, month, day, hour, minute, second, ...]` in UTC.
fn clock(expected: &Value, value: &Value) -> Option<String> {
    let part = |at: usize| expected[at].as_i64().unwrap_or_default();
    let expected =
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", part(0), part(1), part(2), part(3), part(4), part(5));
    let ours = value.as_str().and_then(|text| text.parse::<Timestamp>().ok()).map(|time| time.to_string());
    same(&expected, ours.unwrap_or_default().get(..19).unwrap_or_default())
}

fn format(version: &str, value: &Value) -> Option<String> {
    let dialect = match version {
        "rss10" | "rss090" => "rdf",
        _ if version.starts_with("atom") => "atom",
        _ if version.starts_with("json") => "json_feed",
        "" => "",
        _ => "rss",
    };
    exact(dialect, value)
}

fn file(check: &Value, expected: &Value, value: &Value) -> Option<String> {
    let last =
        check["path"].as_array().and_then(|path| path.last()).and_then(Value::as_str).unwrap_or_default();
    let key = |name: &str| match name {
        "type" => "media_type",
        "length" => "length",
        _ => "url",
    };
    match expected.as_object() {
        Some(fields) => {
            fields.iter().find_map(|(name, said)| exact(said.as_str().unwrap_or_default(), &value[key(name)]))
        }
        None => exact(expected.as_str().unwrap_or_default(), &value[key(last)]),
    }
}

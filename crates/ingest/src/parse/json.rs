//! JSON Feed 1.0 and 1.1 -> [`FeedDocument`]. In: decoded text. A field of the wrong type counts as absent; a document
//! that is no JSON is an error, since nothing behind the break can be trusted.

use super::clean::Cleaner;
use super::context::web_link;
use super::fields::{LONGEST_ID, Labels, first_picture, shortened};
use super::{MOST_ENTRIES, date, person, plain};
use crate::ParseError;
use news::{Complaint, Enclosure, Entry, FeedDocument, FeedFormat, Language, Url};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Values a document may hold, counted by what separates them: each takes a hundred times its length in memory.
/// The commas of prose count too; a feed of 2,000 long entries stays below a third of this.
const MOST_VALUES: usize = 500_000;

/// Reads a JSON feed published at `url`. Depth is bounded by serde_json.
pub(crate) fn read(text: &str, url: Option<&Url>) -> Result<FeedDocument, ParseError> {
    let values = text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if values > MOST_VALUES {
        return Err(ParseError::Json { reason: format!("more than {MOST_VALUES} values") });
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| ParseError::Json { reason: error.to_string() })?;
    let (Value::Object(feed), true) = (&value, is_feed(&value)) else {
        return Err(ParseError::NotAFeed { found: "other JSON".to_owned() });
    };
    let link = string(feed, "home_page_url").and_then(|link| web_link(&link, url));
    let base = link.as_deref().and_then(|link| Url::parse(link).ok()).or_else(|| url.cloned());
    let mut reader = Reader { cleaner: Cleaner::new(base.clone()), base };
    let mut document = reader.feed(feed);
    document.link = link;
    reader.entries(feed, &mut document);
    Ok(document)
}

/// The version tells; without it, the shape.
fn is_feed(value: &Value) -> bool {
    let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
    let has_items = value.get("items").is_some_and(Value::is_array);
    version.contains("jsonfeed") || (has_items && (value.get("title").is_some() || !version.is_empty()))
}

struct Reader {
    cleaner: Cleaner,
    base: Option<Url>,
}

impl Reader {
    fn link(&self, object: &Object, key: &str) -> Option<String> {
        web_link(&string(object, key)?, self.base.as_ref())
    }

    fn feed(&self, feed: &Object) -> FeedDocument {
        let version = string(feed, "version").unwrap_or_default();
        let unknown_version = !version.contains("jsonfeed");
        let complaints =
            unknown_version.then(|| Complaint { what: "JSON Feed version is missing".to_owned(), at: None });
        FeedDocument {
            format: Some(FeedFormat::JsonFeed),
            title: string(feed, "title").and_then(|title| line(&title)),
            description: string(feed, "description").and_then(|text| line(&text)),
            self_link: self.link(feed, "feed_url"),
            hubs: objects(feed, "hubs").filter_map(|hub| self.link(hub, "url")).take(5).collect(),
            language: string(feed, "language").map(|tag| Language::parse(&tag)).filter(|tag| tag.is_known()),
            image: self.link(feed, "icon").or_else(|| self.link(feed, "favicon")),
            authors: authors(feed),
            complaints: complaints.into_iter().collect(),
            ..FeedDocument::default()
        }
    }

    fn entries(&mut self, feed: &Object, document: &mut FeedDocument) {
        let count = feed.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        if count > MOST_ENTRIES {
            let what = format!("{count} entries; only the first {MOST_ENTRIES} are read");
            document.complaints.push(Complaint { what, at: None });
        }
        document.entries = objects(feed, "items").take(MOST_ENTRIES).map(|item| self.entry(item)).collect();
    }

    fn entry(&mut self, item: &Object) -> Entry {
        let html = string(item, "content_html");
        let text = string(item, "content_text").map(|text| plain::to_html(&text));
        let content = html.or(text).and_then(|html| self.cleaner.clean(&html, self.base.as_ref()));
        let summary = string(item, "summary").map(|text| plain::to_html(&text));
        let mut categories = Labels::default();
        for tag in item.get("tags").and_then(Value::as_array).into_iter().flatten() {
            categories.add(tag.as_str().map(plain::one_line));
        }
        let time = |key: &str| string(item, key).and_then(|text| date::parse(&text));
        let picture = self.link(item, "image").or_else(|| self.link(item, "banner_image"));
        Entry {
            guid: string(item, "id").map(|id| shortened(id, LONGEST_ID)),
            title: string(item, "title").and_then(|title| line(&title)),
            link: self.link(item, "url").or_else(|| self.link(item, "external_url")),
            summary: summary.filter(|summary| !summary.is_empty()),
            image: picture.or_else(|| first_picture(content.as_deref()?)),
            content,
            authors: authors(item),
            categories: categories.0,
            published: time("date_published"),
            updated: time("date_modified"),
            language: string(item, "language").map(|tag| Language::parse(&tag)).filter(|tag| tag.is_known()),
            enclosures: objects(item, "attachments")
                .filter_map(|file| self.enclosure(file))
                .take(20)
                .collect(),
            source: None,
        }
    }

    fn enclosure(&self, file: &Object) -> Option<Enclosure> {
        Some(Enclosure {
            url: self.link(file, "url")?,
            media_type: string(file, "mime_type"),
            length: file.get("size_in_bytes").and_then(Value::as_u64),
        })
    }
}

/// A text; numbers are accepted where texts belong, as ids often are.
fn string(object: &Object, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn line(text: &str) -> Option<String> {
    let line = shortened(plain::from_html(text), 1_000);
    (!line.is_empty()).then_some(line)
}

fn objects<'v>(object: &'v Object, key: &str) -> impl Iterator<Item = &'v Object> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// `authors` of 1.1, else `author` of 1.0.
fn authors(object: &Object) -> Vec<String> {
    let mut names = Labels::default();
    let one = object.get("author").and_then(Value::as_object);
    for author in objects(object, "authors").chain(one) {
        names.add(string(author, "name").and_then(|name| person::name(&name)));
    }
    names.0
}

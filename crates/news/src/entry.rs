//! A feed as published: the document and its entries, in one shape whatever format they came in.

use crate::{Language, Timestamp};
use serde::{Deserialize, Serialize};

/// One feed document after parsing: RSS, RDF, Atom and JSON Feed told in the same words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FeedDocument {
    pub format: Option<FeedFormat>,
    /// Plain text, entities decoded, tags gone.
    pub title: Option<String>,
    pub description: Option<String>,
    /// The site that the feed belongs to, absolute.
    pub link: Option<String>,
    /// The feed's own address as it claims (`rel=self`, `feed_url`). A claim, never an identity.
    pub self_link: Option<String>,
    /// WebSub hubs (`rel=hub`).
    pub hubs: Vec<String>,
    pub language: Option<Language>,
    pub image: Option<String>,
    pub authors: Vec<String>,
    pub categories: Vec<String>,
    pub copyright: Option<String>,
    pub generator: Option<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// Minutes that the publisher asks readers to wait between two looks.
    pub ttl_minutes: Option<u32>,
    pub entries: Vec<Entry>,
    /// What was wrong with the document although it could be read.
    pub complaints: Vec<Complaint>,
}

/// One item as it stands in the document now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The publisher's identifier as written; absent in many RSS feeds.
    pub guid: Option<String>,
    /// Plain text.
    pub title: Option<String>,
    /// Absolute address of the page.
    pub link: Option<String>,
    /// Cleaned HTML of the teaser.
    pub summary: Option<String>,
    /// Cleaned HTML of the full text when the feed carries it.
    pub content: Option<String>,
    pub authors: Vec<String>,
    pub categories: Vec<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub language: Option<Language>,
    pub image: Option<String>,
    pub enclosures: Vec<Enclosure>,
    /// RSS `<source>`: the outlet that the publisher says the item was taken from.
    pub source: Option<String>,
}

impl Entry {
    /// When it was published; of an Atom entry that does not say so, when it was updated, which it must say (RFC 4287, section 4.1.2).
    pub fn told_at(&self) -> Option<Timestamp> {
        self.published.or(self.updated)
    }
}

/// A media file that belongs to an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    pub url: String,
    pub media_type: Option<String>,
    pub length: Option<u64>,
}

/// The dialect of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedFormat {
    Rss,
    Rdf,
    Atom,
    JsonFeed,
}

/// A defect that a parser met and got over: what, and where it can be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// Plain words: `bare ampersand`, `document ends inside <description>`.
    pub what: String,
    /// Byte offset in the decoded document.
    pub at: Option<u64>,
}

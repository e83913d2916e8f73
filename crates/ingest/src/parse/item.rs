//! `<item>` and `<entry>` -> [`news::Entry`]. One reader for all dialects, because real feeds mix them: an RSS item may hold
//! `atom:updated`, `dc:creator` and Media RSS at once. Every field takes the best candidate, whatever its place.

use super::context::Context;
use super::fields::{
    Authors, Labels, Ranked, Reader, alternate_rank, category, enclosure, first_picture, link_target,
    picture, relation,
};
use super::markup::Dialect;
use super::namespace::Namespace as Ns;
use super::tree::Element;
use news::{Enclosure, Entry, Language, Timestamp};

/// Enclosures kept of one entry.
const MOST_ENCLOSURES: usize = 20;

#[derive(Default)]
struct Draft {
    guid: Ranked<String>,
    title: Ranked<String>,
    link: Ranked<String>,
    summary: Ranked<String>,
    content: Ranked<String>,
    authors: Authors,
    categories: Labels,
    published: Ranked<Timestamp>,
    updated: Ranked<Timestamp>,
    language: Ranked<Language>,
    image: Ranked<String>,
    enclosures: Vec<Enclosure>,
    source: Ranked<String>,
}

/// Reads one entry. `context` is that of its parent.
pub(crate) fn entry(item: Element<'_, '_>, reader: &mut Reader, context: &Context) -> Entry {
    let inner = context.enter(item);
    let mut draft = Draft::default();
    if item.attributes().contains("xml:lang") {
        draft.language.offer(1, || inner.language);
    }
    draft.guid.offer(2, || item.attribute("rdf:about").map(std::borrow::Cow::into_owned));
    draft.read_children(item, reader, &inner);
    draft.finish()
}

impl Draft {
    fn read_children(&mut self, parent: Element<'_, '_>, reader: &mut Reader, context: &Context) {
        for element in parent.elements() {
            let taken = self.read_identity(element, reader, context)
                || self.read_text(element, reader, context)
                || self.read_time(element, reader)
                || self.authors.offer(element)
                || self.read_label(element)
                || self.read_media(element, context);
            if !taken && element.namespace() == Ns::Media && matches!(element.local(), "group" | "content") {
                self.read_children(element, reader, context);
            }
        }
    }

    fn read_identity(&mut self, element: Element<'_, '_>, reader: &Reader, context: &Context) -> bool {
        match (element.namespace(), element.local()) {
            (Ns::Plain, "guid") => self.read_guid(element, reader),
            (Ns::Plain | Ns::Atom, "id") => self.guid.offer(0, || element.some_text()),
            (Ns::DublinCore, "identifier") => self.guid.offer(3, || element.some_text()),
            (Ns::Plain | Ns::Atom, "link") => self.read_link(element, reader.dialect, context),
            (Ns::Plain | Ns::Atom, "source") => self.source.offer(0, || source(element, reader)),
            (Ns::DublinCore, "source") => self.source.offer(1, || reader.line(element)),
            _ => return false,
        }
        true
    }

    /// A guid is the page's address unless it says that it is not.
    fn read_guid(&mut self, guid: Element<'_, '_>, reader: &Reader) {
        let Some(text) = guid.some_text().or_else(|| reader.line(guid)) else { return };
        let is_permanent =
            guid.attribute("isPermaLink").is_none_or(|said| !said.eq_ignore_ascii_case("false"));
        if is_permanent && text.starts_with("http") {
            self.link.offer(5, || super::context::web_link(&text, None));
        }
        self.guid.offer(0, || Some(text));
    }

    fn read_link(&mut self, link: Element<'_, '_>, dialect: Dialect, context: &Context) {
        let is_rss =
            dialect == Dialect::Rss && link.namespace() == Ns::Plain && relation(link) == "alternate";
        if is_rss {
            // Of several links the last one counts, as with the parsers that publishers test with.
            return self.link.offer_latest(0, || link_target(link, context));
        }
        match relation(link).as_str() {
            "alternate" => self.link.offer(alternate_rank(link), || link_target(link, context)),
            "enclosure" => self.read_enclosure(link, "href", context),
            _ => {}
        }
    }

    fn read_enclosure(&mut self, element: Element<'_, '_>, address: &str, context: &Context) {
        let Some(file) = enclosure(element, address, context) else { return };
        if file.media_type.as_deref().is_some_and(|kind| kind.starts_with("image/")) {
            self.image.offer(4, || Some(file.url.clone()));
        }
        if self.enclosures.len() < MOST_ENCLOSURES {
            self.enclosures.push(file);
        }
    }

    fn read_text(&mut self, element: Element<'_, '_>, reader: &mut Reader, context: &Context) -> bool {
        match (element.namespace(), element.local()) {
            (Ns::Plain | Ns::Atom, "title") => self.title.offer(0, || reader.title(element)),
            (Ns::DublinCore, "title") => self.title.offer(1, || reader.title(element)),
            (Ns::Media, "title") => self.title.offer(2, || reader.title(element)),
            (Ns::Itunes, "title") => self.title.offer(3, || reader.title(element)),
            // Where both stand the first is the teaser, and the other one the text.
            (Ns::Plain, "description" | "summary") if self.summary.is_first_rank() => {
                self.content.offer(4, || reader.html(element, context));
            }
            (Ns::Plain | Ns::Atom, "description" | "summary") => {
                self.summary.offer(0, || reader.html(element, context));
            }
            (Ns::DublinCore, "description") => self.summary.offer(2, || reader.html(element, context)),
            (Ns::DublinCoreTerms, "abstract") => self.summary.offer(3, || reader.html(element, context)),
            (Ns::Media, "description") => self.summary.offer(4, || reader.html(element, context)),
            (Ns::Itunes, "summary") => self.summary.offer(5, || reader.html(element, context)),
            (Ns::Itunes, "subtitle") => self.summary.offer(6, || reader.html(element, context)),
            (Ns::Content, "encoded") => self.content.offer(0, || reader.html(element, context)),
            (Ns::Plain | Ns::Atom, "content") => self.content.offer(1, || reader.html(element, context)),
            (Ns::Xhtml, "body" | "div") | (Ns::Plain, "body" | "fullitem") => {
                self.content.offer(2, || reader.html(element, context));
            }
            _ => return false,
        }
        true
    }

    fn read_time(&mut self, element: Element<'_, '_>, reader: &mut Reader) -> bool {
        let mut time = || reader.time(element);
        match (element.namespace(), element.local()) {
            (Ns::Plain, "pubdate") => self.published.offer(0, &mut time),
            (Ns::Plain | Ns::Atom, "published" | "issued") => self.published.offer(1, &mut time),
            (Ns::DublinCoreTerms, "issued") => self.published.offer(2, &mut time),
            (Ns::Plain | Ns::Atom | Ns::DublinCoreTerms, "created") => self.published.offer(4, &mut time),
            (Ns::Plain | Ns::Atom, "updated" | "modified" | "lastbuilddate") => {
                self.updated.offer(0, &mut time)
            }
            (Ns::DublinCoreTerms, "modified") => self.updated.offer(1, &mut time),
            (Ns::DublinCore, "date") => {
                self.published.offer(3, &mut time);
                self.updated.offer(2, &mut time);
            }
            _ => return false,
        }
        true
    }

    fn read_label(&mut self, element: Element<'_, '_>) -> bool {
        match (element.namespace(), element.local()) {
            (Ns::Plain | Ns::Atom | Ns::Media | Ns::Itunes, "category") | (Ns::DublinCore, "subject") => {
                self.categories.add(category(element));
            }
            (Ns::Media | Ns::Itunes, "keywords") => self.categories.add_list(&element.text()),
            (Ns::DublinCore | Ns::Plain, "language") => {
                self.language
                    .offer(0, || Some(Language::parse(&element.text())).filter(|found| found.is_known()));
            }
            _ => return false,
        }
        true
    }

    fn read_media(&mut self, element: Element<'_, '_>, context: &Context) -> bool {
        if (element.namespace(), element.local()) == (Ns::Plain, "enclosure") {
            self.read_enclosure(element, "url", context);
            return true;
        }
        match picture(element, context) {
            Some((rank, url)) => {
                self.image.offer(rank, || Some(url));
                // <media:content> may hold a title and a thumbnail of its own.
                !element.has_elements()
            }
            None => false,
        }
    }

    fn finish(mut self) -> Entry {
        let summary = self.summary.take();
        let content = self.content.take().filter(|content| Some(content) != summary.as_ref());
        for html in [&content, &summary].into_iter().flatten() {
            self.image.offer(9, || first_picture(html));
        }
        Entry {
            guid: self.guid.take().map(|guid| super::fields::shortened(guid, super::fields::LONGEST_ID)),
            title: self.title.take(),
            link: self.link.take(),
            summary,
            content,
            authors: self.authors.take(),
            categories: self.categories.0,
            published: self.published.take(),
            updated: self.updated.take(),
            language: self.language.take(),
            image: self.image.take(),
            enclosures: self.enclosures,
            source: self.source.take(),
        }
    }
}

/// The outlet an item was taken from: RSS has its name as text, Atom a `<title>` inside.
fn source(element: Element<'_, '_>, reader: &Reader) -> Option<String> {
    let title = element.elements().find(|child| child.local() == "title");
    match title {
        Some(title) => reader.title(title),
        None if element.has_elements() => None,
        None => reader.title(element).or_else(|| element.attribute("url").map(std::borrow::Cow::into_owned)),
    }
}

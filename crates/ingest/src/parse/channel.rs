//! `<channel>` and `<feed>` -> [`news::FeedDocument`] without its entries.

use super::context::Context;
use super::fields::{
    Authors, Labels, Ranked, Reader, alternate_rank, category, first_picture, link_target, picture, relation,
};
use super::markup::Dialect;
use super::namespace::Namespace as Ns;
use super::plain;
use super::tree::Element;
use news::{FeedDocument, Language, Timestamp};

/// WebSub hubs kept of one feed.
const MOST_HUBS: usize = 5;

/// Longest description, in characters.
const LONGEST_DESCRIPTION: usize = 4_000;

#[derive(Default)]
struct Draft {
    title: Ranked<String>,
    description: Ranked<String>,
    link: Ranked<String>,
    self_link: Ranked<String>,
    hubs: Vec<String>,
    language: Ranked<Language>,
    image: Ranked<String>,
    authors: Authors,
    categories: Labels,
    copyright: Ranked<String>,
    generator: Ranked<String>,
    published: Ranked<Timestamp>,
    updated: Ranked<Timestamp>,
    ttl_minutes: Option<u32>,
    update_period: Option<u32>,
    updates_per_period: Option<u32>,
}

/// Reads the fields of a feed. `beside` is the root of an RDF document, whose image stands beside the channel.
pub(crate) fn feed(
    channel: Element<'_, '_>,
    beside: Option<Element<'_, '_>>,
    reader: &mut Reader,
    context: &Context,
) -> FeedDocument {
    let mut draft = Draft::default();
    draft.language.offer(2, || context.language);
    for element in channel.elements() {
        let _ = draft.read_text(element, reader, context)
            || draft.read_link(element, reader.dialect, context)
            || draft.read_time(element, reader)
            || draft.read_rhythm(element)
            || draft.authors.offer(element)
            || draft.read_rest(element, context);
    }
    for element in beside.into_iter().flat_map(Element::elements) {
        draft.read_picture(element, context);
    }
    draft.finish()
}

/// The address that the feed gives for its site: what relative links are resolved against when no `xml:base` is said.
pub(crate) fn site(channel: Element<'_, '_>, context: &Context) -> Option<news::Url> {
    let links = channel.elements().filter(|child| {
        matches!(child.namespace(), Ns::Plain | Ns::Atom)
            && child.local() == "link"
            && relation(*child) == "alternate"
    });
    links.filter_map(|link| link_target(link, context)).find_map(|link| news::Url::parse(&link).ok())
}

impl Draft {
    fn read_text(&mut self, element: Element<'_, '_>, reader: &mut Reader, context: &Context) -> bool {
        let rank = match (element.namespace(), element.local()) {
            (Ns::Plain | Ns::Atom, "title") => return self.title.offered(0, || reader.title(element)),
            (Ns::DublinCore, "title") => return self.title.offered(1, || reader.title(element)),
            (Ns::Media, "title") => return self.title.offered(2, || reader.title(element)),
            (Ns::Itunes, "title") => return self.title.offered(3, || reader.title(element)),
            (Ns::Plain, "description") | (Ns::Plain | Ns::Atom, "subtitle" | "tagline") => 0,
            (Ns::Atom, "info") => 1,
            (Ns::DublinCore, "description") => 2,
            (Ns::Media, "description") => 3,
            (Ns::Itunes, "summary") => 4,
            (Ns::Itunes, "subtitle") => 5,
            _ => return false,
        };
        // The description is kept as text, but a picture in it may be all there is.
        if let Some(html) = reader.html(element, context) {
            self.image.offer(9, || first_picture(&html));
            let text = super::fields::shortened(plain::from_html(&html), LONGEST_DESCRIPTION);
            self.description.offer(rank, || (!text.is_empty()).then_some(text));
        }
        true
    }

    fn read_link(&mut self, link: Element<'_, '_>, dialect: Dialect, context: &Context) -> bool {
        if !matches!(link.namespace(), Ns::Plain | Ns::Atom) || link.local() != "link" {
            return false;
        }
        if dialect == Dialect::Rss && link.namespace() == Ns::Plain && relation(link) == "alternate" {
            self.link.offer_latest(0, || link_target(link, context));
            return true;
        }
        match relation(link).as_str() {
            "alternate" => self.link.offer(alternate_rank(link), || link_target(link, context)),
            "self" => self.self_link.offer(0, || link_target(link, context)),
            "hub" if self.hubs.len() < MOST_HUBS => self.hubs.extend(link_target(link, context)),
            _ => {}
        }
        true
    }

    fn read_time(&mut self, element: Element<'_, '_>, reader: &mut Reader) -> bool {
        let mut time = || reader.time(element);
        match (element.namespace(), element.local()) {
            (Ns::Plain, "pubdate") => self.published.offer(0, &mut time),
            (Ns::Plain | Ns::Atom, "published" | "issued") => self.published.offer(1, &mut time),
            (Ns::DublinCoreTerms, "issued") => self.published.offer(2, &mut time),
            (Ns::DublinCoreTerms, "created") => self.published.offer(3, &mut time),
            (Ns::Plain | Ns::Atom, "lastbuilddate" | "updated" | "modified") => {
                self.updated.offer(0, &mut time)
            }
            (Ns::DublinCoreTerms, "modified") => self.updated.offer(1, &mut time),
            (Ns::DublinCore, "date") => self.updated.offer(2, &mut time),
            _ => return false,
        }
        true
    }

    /// How often the publisher says it pays to look.
    fn read_rhythm(&mut self, element: Element<'_, '_>) -> bool {
        let number = || element.text().parse::<u32>().ok().filter(|number| *number > 0);
        match (element.namespace(), element.local()) {
            (Ns::Plain, "ttl") => self.ttl_minutes = self.ttl_minutes.or_else(number),
            (Ns::Syndication, "updateperiod") => self.update_period = period_minutes(&element.text()),
            (Ns::Syndication, "updatefrequency") => self.updates_per_period = number(),
            _ => return false,
        }
        true
    }

    fn read_rest(&mut self, element: Element<'_, '_>, context: &Context) -> bool {
        let line = || super::markup::Markup::of(element, Dialect::Rss).to_line();
        match (element.namespace(), element.local()) {
            (Ns::Plain, "language") => self.language.offer(0, || language(&element.text())),
            (Ns::DublinCore, "language") => self.language.offer(1, || language(&element.text())),
            (Ns::Plain | Ns::Atom | Ns::Itunes | Ns::Media, "category") | (Ns::DublinCore, "subject") => {
                self.read_category(element);
            }
            (Ns::Itunes | Ns::Media, "keywords") => self.categories.add_list(&element.text()),
            (Ns::Plain | Ns::Atom, "copyright" | "rights") => {
                self.copyright.offer(0, line);
            }
            (Ns::DublinCore, "rights") => self.copyright.offer(1, line),
            (Ns::Media, "copyright") => self.copyright.offer(2, line),
            (Ns::Plain | Ns::Atom, "generator") => self.generator.offer(0, line),
            (Ns::Admin, "generatoragent") => {
                self.generator
                    .offer(1, || element.attribute("rdf:resource").map(std::borrow::Cow::into_owned));
            }
            _ => return self.read_picture(element, context),
        }
        true
    }

    /// A category; iTunes nests its subcategories.
    fn read_category(&mut self, element: Element<'_, '_>) {
        self.categories.add(category(element));
        for inner in element.elements().filter(|inner| inner.local() == "category") {
            self.categories.add(category(inner));
        }
    }

    fn read_picture(&mut self, element: Element<'_, '_>, context: &Context) -> bool {
        let rank = match (element.namespace(), element.local()) {
            (Ns::Atom | Ns::Plain, "logo") => 1,
            (Ns::Atom | Ns::Plain, "icon") => 5,
            _ => match picture(element, context) {
                Some((rank, url)) => return self.image.offered(rank, || Some(url)),
                None => return false,
            },
        };
        self.image.offered(rank, || context.enter(element).web_link(&element.text()))
    }

    fn finish(self) -> FeedDocument {
        let by_module = self.update_period.map(|minutes| minutes / self.updates_per_period.unwrap_or(1));
        FeedDocument {
            format: None,
            title: self.title.take(),
            description: self.description.take(),
            link: self.link.take(),
            self_link: self.self_link.take(),
            hubs: self.hubs,
            language: self.language.take(),
            image: self.image.take(),
            authors: self.authors.take(),
            categories: self.categories.0,
            copyright: self.copyright.take(),
            generator: self.generator.take(),
            published: self.published.take(),
            updated: self.updated.take(),
            ttl_minutes: self.ttl_minutes.or(by_module),
            entries: Vec::new(),
            complaints: Vec::new(),
        }
    }
}

fn language(tag: &str) -> Option<Language> {
    Some(Language::parse(tag)).filter(|language| language.is_known())
}

fn period_minutes(name: &str) -> Option<u32> {
    match name.to_ascii_lowercase().as_str() {
        "hourly" => Some(60),
        "daily" => Some(24 * 60),
        "weekly" => Some(7 * 24 * 60),
        "monthly" => Some(30 * 24 * 60),
        "yearly" => Some(365 * 24 * 60),
        _ => None,
    }
}

//! What an entry and a feed have in common: candidates for a field, by how much each is to be believed.

use super::clean::Cleaner;
use super::context::Context;
use super::markup::{Dialect, Markup};
use super::namespace::Namespace;
use super::tree::Element;
use super::{date, person, plain};
use news::{Complaint, Enclosure, Timestamp};

/// Names and labels kept of one entry or feed.
const MOST_LABELS: usize = 50;

/// Longest name or label, in characters.
const LONGEST_LABEL: usize = 200;

/// Longest title, in characters.
const LONGEST_TITLE: usize = 1_000;

/// A field for which a document may hold several candidates. The lowest rank wins, the first among equals.
#[derive(Debug)]
pub(crate) struct Ranked<T>(Option<(u8, T)>);

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Ranked<T> {
    /// Takes the candidate unless there is one as good. It is only computed when needed.
    pub(crate) fn offer(&mut self, rank: u8, candidate: impl FnOnce() -> Option<T>) {
        if self.0.as_ref().is_none_or(|(best, _)| rank < *best)
            && let Some(value) = candidate()
        {
            self.0 = Some((rank, value));
        }
    }

    /// [`Ranked::offer`] for an element that belongs to this field whether its value is taken or not.
    pub(crate) fn offered(&mut self, rank: u8, candidate: impl FnOnce() -> Option<T>) -> bool {
        self.offer(rank, candidate);
        true
    }

    /// [`Ranked::offer`], but the last among equals wins.
    pub(crate) fn offer_latest(&mut self, rank: u8, candidate: impl FnOnce() -> Option<T>) {
        if self.0.as_ref().is_none_or(|(best, _)| rank <= *best)
            && let Some(value) = candidate()
        {
            self.0 = Some((rank, value));
        }
    }

    pub(crate) fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }

    /// Whether nothing better can come.
    pub(crate) fn is_first_rank(&self) -> bool {
        matches!(self.0, Some((0, _)))
    }
}

/// What is needed to read any element.
pub(crate) struct Reader {
    pub(crate) dialect: Dialect,
    pub(crate) cleaner: Cleaner,
    dates: UnreadDates,
}

/// Dates that nobody can read: how many, and the first.
#[derive(Default)]
struct UnreadDates {
    count: usize,
    first: String,
}

impl Reader {
    pub(crate) fn new(dialect: Dialect, cleaner: Cleaner) -> Self {
        Self { dialect, cleaner, dates: UnreadDates::default() }
    }

    /// The element's time; one that says something else than a time is remembered.
    pub(crate) fn time(&mut self, element: Element<'_, '_>) -> Option<Timestamp> {
        let text = element.some_text()?;
        let time = date::parse(&text);
        if time.is_none() {
            self.dates.count += 1;
            if self.dates.count == 1 {
                self.dates.first = shortened(plain::one_line(&text), 40);
            }
        }
        time
    }

    /// What [`Reader::time`] could not read.
    pub(crate) fn complaint(&self) -> Option<Complaint> {
        let UnreadDates { count, first } = &self.dates;
        let what = match count {
            0 => return None,
            1 => format!("the date {first:?} cannot be read"),
            _ => format!("{count} dates cannot be read, the first of them {first:?}"),
        };
        Some(Complaint { what, at: None })
    }

    /// The element's text as one line without markup.
    pub(crate) fn line(&self, element: Element<'_, '_>) -> Option<String> {
        Markup::of(element, self.dialect).to_line()
    }

    /// A title: a line of bounded length.
    pub(crate) fn title(&self, element: Element<'_, '_>) -> Option<String> {
        self.line(element).map(|title| shortened(title, LONGEST_TITLE))
    }

    /// The element's text as cleaned HTML with absolute links.
    pub(crate) fn html(&mut self, element: Element<'_, '_>, context: &Context) -> Option<String> {
        let context = context.enter(element);
        let markup = Markup::of(element, self.dialect);
        self.cleaner.clean(&markup.to_html(), context.base.as_ref())
    }
}

/// Characters of an id: longer ones are cut, and name their entry all the same.
pub(crate) const LONGEST_ID: usize = 2_000;

pub(crate) fn shortened(mut text: String, characters: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
    }
    text
}

/// Names in order, each once.
#[derive(Debug, Default)]
pub(crate) struct Labels(pub(crate) Vec<String>);

impl Labels {
    pub(crate) fn add(&mut self, label: Option<String>) {
        let Some(label) = label.map(|label| shortened(label, LONGEST_LABEL)) else { return };
        if self.0.len() < MOST_LABELS && !label.is_empty() && !self.0.contains(&label) {
            self.0.push(label);
        }
    }

    /// Adds each part of a list with commas.
    pub(crate) fn add_list(&mut self, list: &str) {
        for part in list.split(',') {
            self.add(Some(plain::from_html(part)));
        }
    }
}

/// Who signs, by vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Authors {
    native: Labels,
    dublin_core: Labels,
    itunes: Labels,
    /// Editors and webmasters: only when nobody else is named.
    last_resort: Labels,
}

impl Authors {
    /// Takes `element` if it names an author.
    pub(crate) fn offer(&mut self, element: Element<'_, '_>) -> bool {
        let list = match (element.namespace(), element.local()) {
            (Namespace::Plain | Namespace::Atom, "author" | "managingeditor") => &mut self.native,
            (Namespace::DublinCore, "creator" | "author") => &mut self.dublin_core,
            (Namespace::Itunes, "author") => &mut self.itunes,
            (Namespace::Plain, "webmaster") => &mut self.last_resort,
            _ => return false,
        };
        list.add(byline(element));
        true
    }

    /// The names of the vocabulary that says most. RSS authors are often no more than an address.
    pub(crate) fn take(self) -> Vec<String> {
        let only_addresses = self.native.0.iter().all(|name| name.contains('@'));
        let lists = if only_addresses {
            [self.dublin_core, self.native, self.itunes, self.last_resort]
        } else {
            [self.native, self.dublin_core, self.itunes, self.last_resort]
        };
        lists.into_iter().map(|list| list.0).find(|names| !names.is_empty()).unwrap_or_default()
    }
}

/// The name in an author element, be it a person construct or text.
fn byline(element: Element<'_, '_>) -> Option<String> {
    let part = |wanted: [&str; 2]| {
        let found = element.elements().find(|child| wanted.contains(&child.local()));
        found.and_then(|child| person::name(&child.text()))
    };
    let named = part(["name", "title"])
        .or_else(|| part(["email", "email"]))
        .or_else(|| person::name(&element.text()));
    named.or_else(|| {
        super::markup::Markup::of(element, Dialect::Rss).to_line().filter(|_| element.has_elements())
    })
}

/// The relation of a link, without the registry's address in front. RFC 4287 4.2.7.2: none means `alternate`.
pub(crate) fn relation(link: Element<'_, '_>) -> String {
    let said = link.attribute("rel").unwrap_or_default().to_ascii_lowercase();
    let said = said.rsplit_once("/relation/").map_or(said.as_str(), |(_, name)| name);
    if said.is_empty() { "alternate".to_owned() } else { said.to_owned() }
}

/// The address of a link: `href`, else its text.
pub(crate) fn link_target(link: Element<'_, '_>, context: &Context) -> Option<String> {
    let context = context.enter(link);
    match link.attribute("href").or_else(|| link.attribute("rdf:resource")) {
        Some(href) => context.web_link(&href),
        None => context.web_link(&link.text()),
    }
}

/// How good an alternate link is as the page: rank 0 for HTML, 1 if unsaid, 3 for other types.
pub(crate) fn alternate_rank(link: Element<'_, '_>) -> u8 {
    match link.attribute("type").as_deref() {
        None => 1,
        Some(kind) if kind.contains("html") => 0,
        Some(_) => 3,
    }
}

/// A category's label: RSS has text, Atom a term with an optional label for people.
pub(crate) fn category(element: Element<'_, '_>) -> Option<String> {
    let written = element
        .attribute("label")
        .or_else(|| element.attribute("term"))
        .or_else(|| element.attribute("text"));
    match written {
        Some(label) => Some(plain::one_line(&label)),
        None => super::markup::Markup::of(element, Dialect::Rss).to_line(),
    }
}

/// An enclosure from its address, type and length.
pub(crate) fn enclosure(element: Element<'_, '_>, address: &str, context: &Context) -> Option<Enclosure> {
    Some(Enclosure {
        url: context.web_link(&element.attribute(address)?)?,
        media_type: element.attribute("type").map(|kind| shortened(kind.into_owned(), LONGEST_LABEL)),
        length: element.attribute("length").and_then(|length| length.parse().ok()),
    })
}

/// The picture that a Media RSS, iTunes or plain `image` element names, with how fit it is as the lead.
pub(crate) fn picture(element: Element<'_, '_>, context: &Context) -> Option<(u8, String)> {
    let attribute = |name: &str| element.attribute(name).and_then(|url| context.web_link(&url));
    match (element.namespace(), element.local()) {
        (Namespace::Media, "content") if is_image(element) => Some((1, attribute("url")?)),
        (Namespace::Media, "thumbnail") => Some((2, attribute("url")?)),
        (Namespace::Itunes, "image") => Some((3, attribute("href").or_else(|| attribute("url"))?)),
        (Namespace::Itunes, "link") if relation(element) == "image" => Some((3, attribute("href")?)),
        (Namespace::Plain | Namespace::Atom, "image") => {
            let child = element.elements().find(|child| child.local() == "url");
            let written = match child {
                Some(url) => url.text(),
                None => element.text(),
            };
            let linked =
                || attribute("href").or_else(|| attribute("rdf:resource")).or_else(|| attribute("url"));
            Some((0, context.web_link(&written).or_else(linked)?))
        }
        _ => None,
    }
}

fn is_image(content: Element<'_, '_>) -> bool {
    let kind = content.attribute("type");
    content.attribute("medium").as_deref() == Some("image")
        || kind.as_deref().is_some_and(|kind| kind.starts_with("image/"))
        || (kind.is_none() && content.attribute("medium").is_none() && has_image_ending(content))
}

fn has_image_ending(content: Element<'_, '_>) -> bool {
    let url = content.attribute("url").unwrap_or_default().to_ascii_lowercase();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].iter().any(|ending| path.ends_with(ending))
}

/// The address of the first picture in cleaned HTML.
pub(crate) fn first_picture(html: &str) -> Option<String> {
    let (_, after) = html.split_once("<img ")?;
    let (attributes, _) = after.split_once('>')?;
    let source = super::scan::attribute(attributes, "src")?;
    super::context::web_link(&super::entity::decode(source), None)
}

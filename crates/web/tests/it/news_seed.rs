//! Invented news put into a store as the pipeline would put it.

use news::{Article, ArticleId, FeedId, Language, OutletId, Phase, Span, StoryId, StoryTitle, Timestamp};
use store::{Description, NewArticle, NewFeed, Store};

/// The text of every article here.
pub(crate) const TEXT: &str = "The harbour authority spoke on Monday.";

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

pub(crate) fn add_feed(store: &Store, url: &str) -> FeedId {
    let feed = NewFeed {
        url: url.to_owned(),
        outlet_name: "Keyed Outlet".into(),
        host: "harbour-herald.example".into(),
        ..NewFeed::default()
    };
    store.add_feed(&feed, now()).unwrap().id
}

/// The outlet of this name, with a feed of its own.
fn outlet(store: &Store, name: &str) -> OutletId {
    let host = format!("{}.example", hex(name));
    let feed = NewFeed {
        url: format!("https://{host}/feed.xml"),
        title: Some(name.to_owned()),
        outlet_name: name.to_owned(),
        host,
        ..NewFeed::default()
    };
    let id = store.add_feed(&feed, now()).unwrap().id;
    store.feeds().unwrap().into_iter().find(|feed| feed.id == id).unwrap().outlet
}

fn hex(name: &str) -> String {
    name.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn article(title: &str) -> Article {
    let mut article = Article::headline(title).with_paragraphs([TEXT, title]);
    article.language = Language::ENGLISH;
    article.byline = Some(title.to_owned());
    article.url = Some(format!("https://harbour-herald.example/{}", hex(title)));
    article
}

fn keep(store: &Store, title: &str, outlet_name: &str) -> ArticleId {
    keep_article(store, &article(title), outlet_name)
}

fn keep_article(store: &Store, article: &Article, outlet_name: &str) -> ArticleId {
    let outlet = outlet(store, outlet_name);
    let new = NewArticle { entry: None, outlet, article, at: now(), seen_at: now() };
    store.write(|writer| writer.keep_article(&new)).unwrap()
}

/// A story with its first article.
pub(crate) fn open_story(store: &Store, title: &str, outlet: &str) -> (StoryId, ArticleId) {
    let id = keep(store, title, outlet);
    let story = store
        .write(|writer| {
            let story = writer.open_story(None, Language::ENGLISH, now())?;
            writer.join(story, id, None, now())?;
            writer.describe_story(story, &description(title, id))?;
            Ok(story)
        })
        .unwrap();
    (story, id)
}

/// Says which story is like one.
pub(crate) fn relate(store: &Store, (story, article): (StoryId, ArticleId), title: &str, other: StoryId) {
    let related = Description { related: vec![other], ..description(title, article) };
    store.write(|writer| writer.describe_story(story, &related)).unwrap();
}

fn description(title: &str, article: ArticleId) -> Description {
    Description {
        title: StoryTitle { text: title.to_owned(), article },
        lead: vec![(article, Span::new(0, TEXT.len()))],
        phase: Phase::Breaking,
        rank: 1.0,
        language: Language::ENGLISH,
        image: None,
        related: Vec::new(),
    }
}

pub(crate) fn join(store: &Store, story: StoryId, title: &str, outlet: &str) -> ArticleId {
    let id = keep(store, title, outlet);
    store.write(|writer| writer.join(story, id, None, now())).unwrap();
    id
}

pub(crate) fn copy(store: &Store, story: StoryId, of: ArticleId, title: &str, outlet: &str) -> ArticleId {
    let id = keep(store, title, outlet);
    store.write(|writer| writer.join(story, id, Some(of), now())).unwrap();
    id
}

/// Gives an article another headline.
pub(crate) fn edit(store: &Store, id: ArticleId, title: &str) {
    let article = article(title);
    let outlet = outlet(store, "Harbour Herald");
    let new = NewArticle { entry: None, outlet, article: &article, at: now(), seen_at: now() };
    store.write(|writer| writer.revise_article(id, &new)).unwrap();
}

/// An article at an address of the publisher's choice.
pub(crate) fn join_at(store: &Store, story: StoryId, title: &str, url: &str) -> ArticleId {
    let mut article = article(title);
    article.url = Some(url.to_owned());
    let id = keep_article(store, &article, "Link Farm");
    store.write(|writer| writer.join(story, id, None, now())).unwrap();
    id
}

pub(crate) fn merge(store: &Store, from: StoryId, into: StoryId) {
    store.write(|writer| writer.merge_stories(from, into, now())).unwrap();
}

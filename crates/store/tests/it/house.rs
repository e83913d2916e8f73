//! A small invented house for the other tests.

use news::{Article, ArticleId, Entry, FeedId, Language, OutletId, StoryId, Timestamp};
use store::{Accepted, FeedState, NewArticle, NewEntry, NewFeed, Result, Store, Writer};

/// `minutes` after an invented noon.
pub(crate) fn noon(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 / 86_400 * 86_400 + 43_200 + minutes * 60).unwrap()
}

pub(crate) fn feed(host: &str, family: &str) -> NewFeed {
    NewFeed {
        url: format!("https://{host}/feed.xml"),
        outlet_name: format!("The {host}"),
        host: host.to_owned(),
        family: family.to_owned(),
        ..NewFeed::default()
    }
}

pub(crate) fn added(store: &Store, host: &str) -> FeedId {
    store.add_feed(&feed(host, ""), noon(0)).unwrap().id
}

pub(crate) fn entry(guid: &str, title: &str) -> NewEntry {
    NewEntry {
        guid: Some(guid.to_owned()),
        link_key: Some(format!("example/{guid}")),
        title_hash: format!("hash of {title}"),
        content_hash: "none".to_owned(),
        entry: Entry { guid: Some(guid.to_owned()), title: Some(title.to_owned()), ..Entry::default() },
    }
}

pub(crate) fn accepted(new: Vec<NewEntry>) -> Accepted {
    let state = FeedState { next_refresh_at: noon(60), interval_s: 3600, ..FeedState::default() };
    Accepted {
        new,
        state: FeedState { health: store::view::FeedHealth::Healthy, ..state },
        ..Accepted::default()
    }
}

pub(crate) fn article(title: &str, text: &[&str]) -> Article {
    let mut article = Article::headline(title).with_paragraphs(text.iter().copied());
    article.language = Language::ENGLISH;
    article.url = Some(format!("https://news.example/{}", title.replace(' ', "-")));
    article
}

/// Keeps an article of the outlet at `host`.
pub(crate) fn keep(writer: &mut Writer, host: &str, article: &Article, minutes: i64) -> Result<ArticleId> {
    let outlet = writer.outlet(host, &format!("The {host}"), host)?;
    writer.keep_article(&of_outlet(outlet, article, minutes))
}

pub(crate) fn of_outlet(outlet: OutletId, article: &Article, minutes: i64) -> NewArticle<'_> {
    NewArticle { entry: None, outlet, article, at: noon(minutes), seen_at: noon(minutes + 1) }
}

/// A story of one article at each of `hosts`, one minute apart.
pub(crate) fn story(store: &Store, title: &str, hosts: &[&str]) -> (StoryId, Vec<ArticleId>) {
    let grow = |writer: &mut Writer| {
        let story = writer.open_story(None, Language::ENGLISH, noon(0))?;
        let mut articles = Vec::new();
        for (minute, host) in (0..).zip(hosts) {
            let article = article(
                &format!("{title} in {host}"),
                &["Ferries stand still.", "Nobody was hurt, they say."],
            );
            let id = keep(writer, host, &article, minute)?;
            writer.join(story, id, None, noon(minute))?;
            articles.push(id);
        }
        Ok((story, articles))
    };
    store.write(grow).unwrap()
}

pub(crate) fn kinds(store: &Store) -> Vec<String> {
    store.events_since(0, 1000).unwrap().into_iter().map(|event| event.kind).collect()
}

//! Feeds of what is new: the same developments as Atom and as JSON Feed, and nothing else that moves them.

use crate::http::Ask;
use crate::news_seed::{TEXT, edit, join, open_story};
use crate::site::Site;
use news::{ArticleId, DevelopmentKind, Evidence, Span, StoryId, Target, Timestamp, Weight};
use store::NewDevelopment;

fn publish(site: &Site, story: StoryId, article: ArticleId, minute: u32) {
    let at: Timestamp = format!("2026-11-23T12:{minute:02}:00Z").parse().unwrap();
    let new = NewDevelopment {
        identity: format!("test {article} {minute}"),
        story,
        at,
        kind: DevelopmentKind::NewStatement,
        weight: Weight::Ordinary,
        families: 1,
        speaker: Some("Ada <Moreno>".to_owned()),
        evidence: vec![Evidence { article, span: Some(Span::new(0, TEXT.len())) }],
        concerns: vec![Target::Actor("ada moreno".to_owned())],
        searched: Some(article),
    };
    site.store.write(|writer| writer.publish_development(&new)).unwrap().expect("it is new");
}

#[tokio::test]
async fn a_storys_feed_moves_only_with_a_development() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks & threats", "Herald");
    let atom = format!("/feed/story.xml?of={story}");
    let empty = site.get(&atom).await;
    assert!(empty.body.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{}", empty.body);
    publish(&site, story, article, 1);
    let first = site.get(&atom).await;
    assert_eq!(first.header("content-type"), "application/atom+xml; charset=utf-8");
    for part in [
        "<title>Talks &#38; threats · Staytuned</title>",
        "<updated>2026-11-23T12:01:00Z</updated>",
        &format!("href=\"http://news.example/story/{story}?new=1\""),
        &format!("{TEXT} (Ada &#60;Moreno&#62;, Herald)"),
    ] {
        assert!(first.body.contains(part), "{part} is not in {}", first.body);
    }
    join(&site.store, story, "Another report", "Lantern");
    let same = Ask::get(&atom).with("if-none-match", first.header("etag")).send(site.address).await;
    assert_eq!(same.status, 304, "articles alone move nothing");
    edit(&site.store, article, "Talks and threats");
    let edited = site.get(&atom).await.body;
    assert_eq!(
        edited.matches("<updated>2026-11-23T12:01:00Z</updated>").count(),
        2,
        "nor do edits: {edited}"
    );
    publish(&site, story, article, 2);
    let moved = site.get(&atom).await.body;
    assert!(
        moved.contains("<updated>2026-11-23T12:02:00Z</updated>") && moved.matches("<entry").count() == 2
    );
}

#[tokio::test]
async fn json_feeds_say_the_same_for_each_target() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks", "Herald");
    publish(&site, story, article, 1);
    for of in
        [format!("story.json?of={story}"), "actor.json?of=ada+moreno".into(), "search.json?of=harbour".into()]
    {
        let feed = site.get(&format!("/feed/{of}")).await;
        assert_eq!(feed.header("content-type"), "application/feed+json; charset=utf-8", "{of}");
        let feed = feed.json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("http://news.example/feed/{of}"));
        let item = &feed["items"][0];
        assert_eq!(item["content_text"], format!("{TEXT} (Ada <Moreno>, Herald)"), "{of}");
        assert_eq!(item["url"], format!("http://news.example/story/{story}?new=1"));
        assert_eq!(item["date_published"], "2026-11-23T12:01:00Z");
    }
    assert_eq!(site.get("/feed/place.json?of=nowhere").await.json()["items"], serde_json::json!([]));
    for nothing in ["story.json?of=99", "story.txt?of=1", "outlet.xml?of=1", "story", "mine.xml", "story.xml"]
    {
        assert_eq!(site.get(&format!("/feed/{nothing}")).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn a_notification_leads_to_what_is_new_also_without_script() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks", "Herald");
    for minute in 1..4 {
        publish(&site, story, article, minute);
    }
    let page = site.get(&format!("/story/{story}?new=2")).await.body;
    for (development, mark) in [(1, ""), (2, " class=\"unseen-yet\""), (3, " class=\"unseen-yet\"")] {
        assert!(
            page.contains(&format!("data-development=\"{development}\"{mark}>")),
            "{development}: {page}"
        );
    }
    let plain = site.get(&format!("/story/{story}?new=soon")).await.body;
    assert!(plain.contains("data-development=\"3\"") && !plain.contains("class=\"unseen-yet\""));
}

//! The JSON API.

use crate::news_seed::{add_feed, join, open_story};
use crate::site::Site;

#[tokio::test]
async fn stories_as_json() {
    let site = Site::open().await;
    let (story, _) = open_story(&site.store, "Talks resume", "Harbour Herald");
    join(&site.store, story, "Talks resume, says minister", "Nordbote");
    let all = site.get("/api/v1/stories").await;
    assert_eq!(all.header("content-type"), "application/json");
    let all = all.json();
    assert_eq!(all["total"], 1);
    assert_eq!(all["stories"][0]["id"], story.0);
    assert_eq!(all["last_event"], site.store.last_event().unwrap());
    let one = site.get(&format!("/api/v1/stories/{story}")).await.json();
    assert_eq!(one["card"]["articles"], 2);
    assert_eq!(site.get("/api/v1/stories/999").await.status, 404);
    assert_eq!(site.get("/api/v1/stories/x").await.status, 404);
    assert_eq!(site.get("/api/v1/stories?limit=x").await.status, 400);
    assert_eq!(site.get("/api/v1/stories?since=yesterday").await.status, 400);
    let later = site.get("/api/v1/stories?since=2100-01-01T00:00:00Z").await.json();
    assert_eq!(later["stories"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn changes_are_read_page_by_page() {
    let site = Site::open().await;
    add_feed(&site.store, "https://harbour-herald.example/feed.xml?key=secret");
    let (story, _) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let (mut since, mut kinds) = (0, Vec::new());
    loop {
        let page = site.get(&format!("/api/v1/changes?since={since}&limit=2")).await;
        assert!(!page.body.contains("secret"), "{}", page.body);
        let page = page.json();
        for event in page["events"].as_array().unwrap() {
            assert_eq!(event["story"], story.0);
            kinds.push(event["kind"].as_str().unwrap().to_owned());
        }
        since = page["next"].as_i64().unwrap();
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(kinds, ["story_opened", "article_joined"]);
    assert_eq!(since, site.store.last_event().unwrap());
    assert_eq!(site.get("/api/v1/changes?since=x").await.status, 400);
}

#[tokio::test]
async fn search_as_json() {
    let site = Site::open().await;
    let (_, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let found = site.get("/api/v1/search?q=talks").await.json();
    assert_eq!(found["total"], 1);
    assert_eq!(found["hits"][0]["article"], article.0);
}

#[tokio::test]
async fn outlets_without_the_addresses_of_feeds() {
    let site = Site::open().await;
    add_feed(&site.store, "https://harbour-herald.example/feed.xml?key=secret");
    let outlets = site.get("/api/v1/outlets").await;
    assert!(outlets.json()["outlets"].is_array());
    for target in ["/api/v1/outlets", "/outlets", "/", "/api/v1/stories"] {
        assert!(!site.get(target).await.body.contains("secret"), "{target}");
    }
    assert_eq!(site.get("/api/v1/feeds").await.status, 401);
    let feeds = site.operator().await.get("/api/v1/feeds").await;
    assert!(feeds.body.contains("key=secret"));
    assert_eq!(feeds.header("cache-control"), "no-store");
}

#[tokio::test]
async fn health_and_readiness() {
    let site = Site::open().await;
    assert_eq!(site.get("/healthz").await.body, "ok\n");
    assert_eq!(site.get("/readyz").await.json()["ready"], true);
}

//! Who said what, over a store with quotes in it, some of them hostile.

use crate::http::PATIENCE;
use crate::news_seed::{copy, open_story};
use crate::pages::{ATTACKS, assert_harmless};
use crate::site::Site;
use news::{ActorId, ArticleId, Attribution, NameKind, QuoteKind, Span, Timestamp};
use store::{Alias, NewQuote, Store};
use web::Command;

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// Two pieces of the article's text, said by `name`.
fn quote(store: &Store, article: ArticleId, name: &str) -> ActorId {
    said_by(store, article, name, &[name, "Other name"])
}

/// The same, by somebody who is called so.
fn said_by(store: &Store, article: ArticleId, name: &str, names: &[&str]) -> ActorId {
    keep(store, article, name, names, &said_of(name))
}

fn said_of(name: &str) -> Attribution {
    Attribution {
        content: vec![Span::new(0, 11), Span::new(22, 38)],
        source: vec![Span::new(0, 3)],
        cue: vec![Span::new(22, 27)],
        kind: QuoteKind::Direct,
        speaker: Some(name.to_owned()),
        office: None,
        addressee: Some(Span::new(4, 11)),
        occasion: None,
        negated: false,
        confidence: 0.9,
    }
}

fn keep(store: &Store, article: ArticleId, name: &str, names: &[&str], attribution: &Attribution) -> ActorId {
    let kept = store.write(|writer| {
        let actor = writer.open_actor(name, NameKind::Person, now())?;
        let names = names.iter().map(|name| (*name, false));
        for (text, office) in names.chain([("palace spokesman", true)]) {
            writer.know_actor(
                actor,
                NameKind::Person,
                &Alias { key: text, text, office, article, at: now() },
            )?;
        }
        let quote = NewQuote {
            attribution,
            in_title: false,
            saying: None,
            same_as: None,
            actor: Some(actor),
            key: Some("key"),
            prints: &[1],
            denies: None,
        };
        writer.keep_quotes(article, &[quote])?;
        Ok(actor)
    });
    kept.unwrap()
}

#[tokio::test]
async fn a_quote_leads_to_its_words_and_its_speaker() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let actor = quote(&site.store, article, "Ivo Karst");
    copy(&site.store, story, article, "Talks resume again", "Copyist");
    let page = site.get(&format!("/story/{story}")).await.body;
    let href = format!("/article/{article}?span=0-11,22-38#here");
    for part in [&format!("/actor/{actor}"), "Ivo Karst", "palace spokesman", &href, "<span>one outlet"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let evidence = site.get(&format!("/article/{article}?span=0-11,22-38")).await.body;
    assert!(
        evidence.contains("<mark id=\"here\">The harbour</mark>")
            && evidence.contains("<mark>spoke on Monday.</mark>"),
        "{evidence}"
    );
    let page = site.get(&format!("/actor/{actor}")).await.body;
    for part in [
        "Monday 23 November 2026",
        "The harbour … spoke on Monday.",
        "Story: <bdi lang=\"en\" dir=\"ltr\">Talks resume</bdi>",
        "Other name",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(site.get(&format!("/actor/{actor}?by=story&q=harbour")).await.body.contains("1 statement with"));
    assert!(site.get(&format!("/actor/{actor}?q=nowhere")).await.body.contains("Nothing is kept"));
    assert!(site.get("/actors?q=karst").await.body.contains(&format!("/actor/{actor}")));
    assert!(site.get("/search?q=karst").await.body.contains(&format!("/actor/{actor}")));
    assert_eq!(site.get("/actor/99").await.status, 404);
    assert_eq!(site.get("/actor/nobody").await.status, 404);
    // What a follow keeps is a name: it leads to the one who is called so, or to a search.
    assert_eq!(site.get("/actor?key=Ivo+Karst").await.header("location"), format!("/actor/{actor}"));
    assert_eq!(site.get("/actor?key=nobody").await.header("location"), "/actors?q=nobody");
    assert_eq!(site.get("/place?key=nowhere").await.header("location"), "/search?q=%22nowhere%22");
    assert_eq!(site.get("/api/v1/actors/1/sayings?limit=many").await.status, 400);
}

#[tokio::test]
async fn programs_read_who_said_what() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let actor = quote(&site.store, article, "Ivo Karst");
    for target in [
        format!("/api/v1/stories/{story}/sayings"),
        format!("/api/v1/actors/{actor}/sayings?q=harbour"),
        format!("/actor/{actor}/sayings.json"),
    ] {
        let answer = site.get(&target).await;
        let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let saying = &said["sayings"][0];
        assert_eq!(saying["content"], serde_json::json!(["The harbour", "spoke on Monday."]), "{target}");
        assert_eq!(saying["place"]["spans"][1]["start"], 22);
        assert_eq!(saying["speaker"]["name"], "Ivo Karst");
        assert_eq!(saying["addressee"], "harbour");
    }
    assert!(site.get("/api/v1/actors?q=ivo").await.body.contains("\"sayings\":1"));
    let csv = site.get(&format!("/actor/{actor}/sayings.csv")).await;
    assert_eq!(csv.header("content-disposition"), format!("attachment; filename=\"actor-{actor}.csv\""));
    assert!(csv.body.contains("\"The harbour … spoke on Monday.\""), "{}", csv.body);
}

#[tokio::test]
async fn what_leads_to_words_of_which_some_are_marked_is_shown() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let attribution = Attribution {
        content: vec![Span::new(12, 38)],
        source: vec![Span::new(0, 3)],
        cue: vec![Span::new(4, 11)],
        kind: QuoteKind::Mixed,
        ..said_of("Ivo Karst")
    };
    keep(&site.store, article, "Ivo Karst", &["Ivo Karst"], &attribution);
    let page = site.get(&format!("/story/{story}")).await.body;
    assert!(page.contains("<span class=\"cue\">harbour</span> "), "{page}");
    let (story, article) = open_story(&site.store, "Talks go on", "Evening Bell");
    quote(&site.store, article, "Oda Ferrin");
    assert!(!site.get(&format!("/story/{story}")).await.body.contains("class=\"cue\""));
}

#[tokio::test]
async fn hostile_names_are_shown_as_text() {
    let site = Site::open().await;
    for (n, attack) in ATTACKS.iter().enumerate() {
        let (story, article) = open_story(&site.store, &format!("{attack} {n}"), &format!("Outlet {attack}"));
        let actor = quote(&site.store, article, attack);
        for target in [format!("/story/{story}"), format!("/actor/{actor}"), "/actors".to_owned()] {
            let page = site.get(&target).await;
            assert_eq!(page.status, 200, "{target}");
            assert_harmless(&page.body, attack);
        }
    }
    let operator = site.operator().await;
    assert_harmless(&operator.get("/actor/1/correct").await.body, "correct");
}

#[tokio::test]
async fn who_may_be_the_same_is_offered() {
    let site = Site::open().await;
    let said = |name: &str| {
        let (_, article) = open_story(&site.store, &format!("Talks with {name}"), "Harbour Herald");
        said_by(&site.store, article, name, &[name])
    };
    let [one, other, stranger] = ["Ivo Karst", "I. Karst", "Mara Lind"].map(said);
    let page = site.operator().await.get(&format!("/actor/{one}/correct")).await.body;
    assert!(page.contains(&format!("name=\"into\" value=\"{other}\"")), "{page}");
    assert!(!page.contains(&format!("name=\"into\" value=\"{stranger}\"")), "{page}");
}

#[tokio::test]
async fn only_the_operator_corrects_actors() {
    let mut site = Site::open().await;
    let (_, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let actor = quote(&site.store, article, "Ivo Karst");
    let target = format!("/actor/{actor}/rename");
    let stranger = crate::http::Ask::post(&target, &[("name", "Somebody")]).send(site.address).await;
    assert_eq!((stranger.status, stranger.header("location")), (303, "/login"));
    assert!(site.commands.try_recv().is_err());
    let operator = site.operator().await;
    let (asked, address) = (operator.post(&target, &[("name", "Ivo A. Karst")]), site.address);
    let answer = tokio::spawn(async move { asked.send(address).await });
    let command = tokio::time::timeout(PATIENCE, site.commands.recv()).await.unwrap().unwrap();
    let Command::RenameActor { actor: named, name, reply } = command else { panic!("{command:?}") };
    assert_eq!((named, name.as_str()), (actor, "Ivo A. Karst"));
    reply.send(Ok(())).unwrap();
    assert_eq!(answer.await.unwrap().header("location"), format!("/actor/{actor}/correct"));
}

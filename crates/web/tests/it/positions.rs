//! Where they stand: the board of a story, two actors compared, and an actor's strips, with both sentences of a move.

use crate::news_seed::open_story;
use crate::pages::{ATTACKS, assert_harmless};
use crate::site::Site;
use news::{ActorId, ArticleId, NameKind, Position, Span, Stance, StoryId, Timestamp};
use store::{Alias, Grouped, NewPosition, Result, Store, Writer};

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// On "harbour authority", in "The harbour authority spoke on Monday."
fn position(stance: Stance, words: Span) -> Position {
    Position {
        actor: None,
        office: None,
        stance,
        issue: Span::new(4, 21),
        cue: Span::new(22, 27),
        words,
        said: true,
        earlier: false,
    }
}

fn actor(writer: &mut Writer, name: &str, article: ArticleId) -> Result<ActorId> {
    let actor = writer.open_actor(name, NameKind::Person, now())?;
    let alias = Alias { key: name, text: name, office: false, article, at: now() };
    writer.know_actor(actor, NameKind::Person, &alias)?;
    Ok(actor)
}

/// The first one moves from no to open, the second demands.
fn stand(store: &Store, story: StoryId, article: ArticleId, names: [&str; 2]) -> [ActorId; 2] {
    let kept = store.write(|writer| {
        let (one, other) = (actor(writer, names[0], article)?, actor(writer, names[1], article)?);
        let no = position(Stance::RulesOut, Span::new(0, 21));
        let open = position(Stance::Undecided, Span::new(22, 38));
        let demand = position(Stance::Demands, Span::new(0, 38));
        let new = |actor, position| NewPosition { actor, key: None, position, in_title: false };
        writer.keep_positions(article, &[new(one, &no), new(one, &open), new(other, &demand)])?;
        let kept = writer.positions_of(story)?;
        let issue = kept[0].id;
        let moved = |at: usize| (at == 1).then_some(issue);
        let group = |(at, id): (usize, i64)| Grouped {
            id,
            of_issue: issue,
            named_by: issue,
            begins: true,
            moved_from: moved(at),
        };
        let grouped: Vec<Grouped> = kept.iter().map(|one| one.id).enumerate().map(group).collect();
        writer.group_positions(&grouped)?;
        Ok([one, other])
    });
    kept.unwrap()
}

#[tokio::test]
async fn a_move_shows_what_was_said_before_with_both_sentences() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let [karst, ferrin] = stand(&site.store, story, article, ["Ivo Karst", "Oda Ferrin"]);
    let compare = format!("/story/{story}/compare?a={karst}&b={ferrin}");
    for target in [format!("/story/{story}"), compare.clone(), format!("/actor/{karst}")] {
        let page = site.get(&target).await.body;
        for part in [
            "harbour authority",
            "undecided",
            "rules out",
            "changed",
            &format!("/article/{article}?span=0-21#here"),
            &format!("/article/{article}?span=22-38#here"),
        ] {
            assert!(page.contains(part), "{part} is not in {target}: {page}");
        }
    }
    assert!(site.get(&compare).await.body.contains("demands"));
    assert_eq!(site.get(&format!("/story/{story}/compare?a={karst}&b=99")).await.status, 404);
    assert_eq!(site.get(&format!("/story/{story}/compare?a={karst}")).await.status, 400);
    let companions = site.get(&format!("/actor/{karst}")).await.body;
    assert!(
        companions.contains(&format!("/story/{story}/compare?a={karst}&amp;b={ferrin}")),
        "who stands in the same story can be compared: {companions}"
    );
}

#[tokio::test]
async fn programs_read_where_they_stand() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let [karst, _] = stand(&site.store, story, article, ["Ivo Karst", "Oda Ferrin"]);
    let board: serde_json::Value =
        serde_json::from_str(&site.get(&format!("/api/v1/stories/{story}/positions")).await.body).unwrap();
    assert_eq!(board["issues"][0]["name"], "harbour authority");
    assert_eq!(board["rows"][0]["cells"][0]["moved"], true);
    assert_eq!(board["rows"][0]["cells"][0]["before"][0]["stance"], "rules_out");
    let strips: serde_json::Value =
        serde_json::from_str(&site.get(&format!("/api/v1/actors/{karst}/positions")).await.body).unwrap();
    assert_eq!(strips[0]["steps"][1]["moved"], true);
    assert_eq!(strips[0]["steps"][1]["words"], "spoke on Monday.");
    let csv = site.get(&format!("/actor/{karst}/positions.csv")).await.body;
    assert!(csv.contains("\"harbour authority\",\"undecided\",\"true\""), "{csv}");
    assert_eq!(site.get("/api/v1/actors/99/positions").await.status, 404);
}

#[tokio::test]
async fn hostile_names_stand_as_text() {
    let site = Site::open().await;
    for (n, attack) in ATTACKS.iter().enumerate() {
        let (story, article) = open_story(&site.store, &format!("{attack} {n}"), "Harbour Herald");
        let [one, other] = stand(&site.store, story, article, [attack, "Oda Ferrin"]);
        for target in [format!("/story/{story}/compare?a={one}&b={other}"), format!("/actor/{other}")] {
            let page = site.get(&target).await;
            assert_eq!(page.status, 200, "{target}");
            assert_harmless(&page.body, attack);
        }
    }
}

//! Who did what to whom, over a store with acts in it, some of them hostile.

use crate::news_seed::open_story;
use crate::pages::{ATTACKS, assert_harmless};
use crate::site::Site;
use news::{Act, ActClass, ActorId, ArticleId, Modality, NameKind, Span, Timestamp};
use store::{Alias, NewAct, Store};

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// "The harbour authority spoke on Monday.": two who are called so, and one act of the first towards the second.
fn act(store: &Store, article: ArticleId, who: &str, whom: &str) -> (ActorId, ActorId) {
    let act = Act {
        class: ActClass::Accuse,
        actor: Span::new(0, 11),
        target: Some(Span::new(12, 21)),
        cue: Span::new(22, 27),
        negated: false,
        modality: Modality::Will,
        confidence: 0.9,
    };
    let kept = store.write(|writer| {
        let mut open = |name: &str| {
            let actor = writer.open_actor(name, NameKind::Person, now())?;
            let alias = Alias { key: name, text: name, office: false, article, at: now() };
            writer.know_actor(actor, NameKind::Person, &alias)?;
            Ok::<_, store::StoreError>(actor)
        };
        let (actor, target) = (open(who)?, open(whom)?);
        let new = NewAct {
            act: &act,
            actor: Some((actor, "who")),
            target: Some((target, "whom")),
            claimed: true,
            teller: Some(target),
            words: Span::new(0, 38),
            in_title: false,
        };
        writer.keep_acts(article, &[new])?;
        Ok((actor, target))
    });
    kept.unwrap()
}

#[tokio::test]
async fn an_act_stands_on_both_pages_with_its_sentence_and_whose_claim_it_is() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let (karst, ferrin) = act(&site.store, article, "Ivo Karst", "Oda Ferrin");
    for target in [format!("/actor/{karst}"), format!("/actor/{ferrin}"), format!("/actor/{karst}/acts")] {
        let page = site.get(&target).await.body;
        for part in [
            "will accuse",
            "The harbour authority spoke on Monday.",
            &format!("/article/{article}?span=0-38#here"),
            &format!("/story/{story}"),
            "says so",
        ] {
            assert!(page.contains(part), "{part} is not in {target}: {page}");
        }
    }
    let page = site.get(&format!("/actor/{karst}")).await.body;
    assert!(
        page.contains(&format!("/actor/{karst}/acts?with={ferrin}")),
        "companions lead to what is between: {page}"
    );
    for (asked, there) in
        [("side=did", true), ("side=met", false), ("class=accuse", true), ("class=reject", false)]
    {
        let page = site.get(&format!("/actor/{karst}/acts?{asked}&with={ferrin}")).await.body;
        assert_eq!(page.contains("will accuse"), there, "{asked}");
    }
    assert_eq!(site.get(&format!("/actor/{karst}/acts?side=both")).await.status, 400);
    assert_eq!(site.get(&format!("/actor/{karst}/acts?class=insult")).await.status, 400);
    assert_eq!(site.get(&format!("/actor/{karst}/acts?with=99")).await.status, 404);
    assert_eq!(site.get("/actor/99/acts").await.status, 404);
}

#[tokio::test]
async fn programs_read_acts_and_companions() {
    let site = Site::open().await;
    let (_, article) = open_story(&site.store, "Talks resume", "Harbour Herald");
    let (karst, ferrin) = act(&site.store, article, "Ivo Karst", "Oda Ferrin");
    for target in [format!("/api/v1/actors/{karst}/acts"), format!("/actor/{karst}/acts.json")] {
        let told: serde_json::Value = serde_json::from_str(&site.get(&target).await.body).unwrap();
        let act = &told["acts"][0];
        assert_eq!((&act["class"], &act["modality"]), (&"accuse".into(), &"will".into()), "{target}");
        assert_eq!(act["target"]["actor"]["name"], "Oda Ferrin");
        assert_eq!(act["report"]["span"]["end"], 38);
        assert_eq!(act["teller"]["id"], ferrin.0);
    }
    for target in [format!("/api/v1/actors/{karst}/companions"), format!("/actor/{karst}/companions.json")] {
        let told: serde_json::Value = serde_json::from_str(&site.get(&target).await.body).unwrap();
        assert_eq!(told["companions"][0]["actor"]["id"], ferrin.0, "{target}");
        assert_eq!(told["companions"][0]["acts"], 1);
    }
    let csv = site.get(&format!("/actor/{karst}/acts.csv")).await;
    assert!(csv.body.contains("\"Ivo Karst\",\"1\",\"accuse\",\"Oda Ferrin\",\"2\""), "{}", csv.body);
    assert_eq!(csv.header("content-disposition"), format!("attachment; filename=\"actor-{karst}-acts.csv\""));
    assert!(site.get(&format!("/actor/{karst}/companions.csv")).await.body.contains("\"Oda Ferrin\""));
    assert!(site.get(&format!("/actor/{karst}/positions.csv")).await.body.starts_with("\"issue\""));
    assert_eq!(site.get(&format!("/api/v1/actors/{karst}/acts?limit=0")).await.status, 200);
}

#[tokio::test]
async fn hostile_actors_are_shown_as_text() {
    let site = Site::open().await;
    for (n, attack) in ATTACKS.iter().enumerate() {
        let (_, article) = open_story(&site.store, &format!("{attack} {n}"), &format!("Outlet {attack}"));
        let (who, whom) = act(&site.store, article, attack, &format!("{attack} too"));
        for target in [format!("/actor/{who}"), format!("/actor/{who}/acts?with={whom}")] {
            let page = site.get(&target).await;
            assert_eq!(page.status, 200, "{target}");
            assert_harmless(&page.body, attack);
        }
    }
}

//! Search: what is found, and that nothing typed is an error.

use crate::house::{article, keep, noon};
use news::{
    ArticleId, Channel, DevelopmentId, DevelopmentKind, Evidence, Language, ReceiverId, Target, Threshold,
    Weight,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use store::view::Hits;
use store::{NewDevelopment, NewReceiver, SearchQuery, Store, StoreError, Writer};

fn library() -> Store {
    let store = Store::in_memory().unwrap();
    let texts = [
        (
            "Ferry strike ends",
            "Crews of the Ostrava line return to work. The minister called it a relief.",
            "en",
        ),
        ("Minister resigns", "He spoke of the ferry strike only once.", "en"),
        ("Fährstreik beendet", "Die Besatzungen kehren zurück; der Minister war erleichtert.", "de"),
    ];
    store
        .write(|writer| {
            for (minute, (title, text, language)) in (0..).zip(texts) {
                let mut article = article(title, &[text]);
                article.language = Language::parse(language);
                keep(writer, "a.example", &article, minute)?;
            }
            Ok(())
        })
        .unwrap();
    store
}

fn ask(store: &Store, text: &str) -> Hits {
    store.search(&SearchQuery { text: text.to_owned(), ..SearchQuery::default() }).unwrap()
}

#[test]
fn words_phrases_and_beginnings_are_found() {
    let store = library();
    let check = |typed: &str, expect: &[&str]| {
        let hits = ask(&store, typed);
        let titles: Vec<_> = hits.hits.iter().map(|hit| hit.title.as_str()).collect();
        assert_eq!(titles, expect, "{typed:?}");
        assert_eq!(hits.total, expect.len() as u64, "{typed:?}");
    };
    check("ferry strike", &["Ferry strike ends", "Minister resigns"]);
    check("\"ferry strike\" -resigns", &["Ferry strike ends"]);
    check("fahrstreik", &["Fährstreik beendet"]);
    check("FÄHRSTR*", &["Fährstreik beendet"]);
    check("ferry nowhere", &[]);
    check("", &[]);
    check("-ferry", &[]);
    check("fe*", &[]);
    check("fer* str* mini* ret*", &[]);
    check("fer* str* minister return", &["Ferry strike ends"]);
    check("text:ferry", &[]);
}

#[test]
fn a_snippet_marks_what_matched() {
    let store = library();
    let hit = ask(&store, "relief").hits.remove(0);
    let marked: Vec<_> =
        hit.snippet.iter().filter(|(_, matched)| *matched).map(|(piece, _)| piece.as_str()).collect();
    assert_eq!(marked, ["relief"]);
    let whole: String = hit.snippet.iter().map(|(piece, _)| piece.as_str()).collect();
    assert!(
        "Crews of the Ostrava line return to work. The minister called it a relief.".contains(&whole),
        "{whole}"
    );
}

#[test]
fn a_language_and_a_page_can_be_asked_for() {
    let store = library();
    let german = SearchQuery {
        text: "minister".into(),
        language: Some(Language::parse("de")),
        ..SearchQuery::default()
    };
    let hits = store.search(&german).unwrap();
    assert_eq!((hits.total, hits.hits[0].language), (1, Language::parse("de")));
    let second = SearchQuery { text: "minister".into(), limit: 1, offset: 1, ..SearchQuery::default() };
    let hits = store.search(&second).unwrap();
    assert_eq!((hits.total, hits.hits.len()), (3, 1));
    let beyond = store.search(&SearchQuery { offset: 9, ..second }).unwrap();
    assert_eq!((beyond.total, beyond.hits.len()), (3, 0));
    let titles = |text: &str| ask(&store, text).hits.into_iter().map(|hit| hit.title).collect::<Vec<_>>();
    assert_eq!(titles("minist*"), titles("minister"), "the same order whichever way they are shown");
}

#[test]
fn search_follows_a_revision() {
    let store = library();
    let outlet = store.outlets().unwrap()[0].id;
    let id = ask(&store, "relief").hits[0].article;
    let edited = article("Ferry strike ends", &["Crews stay ashore."]);
    let new = store::NewArticle { entry: None, outlet, article: &edited, at: noon(0), seen_at: noon(9) };
    store.write(|writer| writer.revise_article(id, &new)).unwrap();
    assert_eq!(ask(&store, "relief").total, 0);
    assert_eq!(ask(&store, "ashore").total, 1);
}

/// Six languages, with letters that have two forms, marks inside words, and figures.
const TEXTS: [(&str, &str); 8] = [
    ("Ferry strike ends", "Crews of the Ostrava line don't return; a non-negotiable 3.5 % is Zoë's line."),
    (
        "Fährstreik in Köln beendet",
        "Die Straße ist gesperrt, STRASSE um Straße; der Ministerpräsident war erleichtert.",
    ),
    (
        "Grève à l'aéroport d'Orly",
        "L'État a cédé : « c'est fini », dit la ministre de l'Économie. Cœur et œuvre.",
    ),
    ("El niño y la pingüina", "La presidenta dijo: «No habrá más años así». ¿Cuándo? El 12 de marzo."),
    ("Мэр Киева подписал указ", "Ёлки стоят, елки горят; подъезд объявлен закрытым. Йод дорожает."),
    ("Їжак і ґанок у Львові", "Об'єднання в'їхало до міста, її під’їзд зачинено."),
    ("İstanbul'da ışık söndü", "Iğdır ve İzmir; ﬁnal ①② Ａｂｃ x² e\u{301}te\u{301}."),
    ("東京の新聞", "北京で会談 2026年。"),
];

/// Every word of a text alone, by its beginning, with its neighbour, and without it.
fn typed_of(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let alone = words.iter().flat_map(|word| {
        let stem: String = word.chars().take(4).collect();
        [
            (*word).to_owned(),
            word.to_uppercase(),
            format!("{stem}*"),
            format!("{stem}* -{}", word.to_lowercase()),
        ]
    });
    let pairs = words
        .windows(2)
        .flat_map(|pair| [format!("\"{} {}\"", pair[0], pair[1]), format!("{} {} -ferry", pair[1], pair[0])]);
    alone.chain(pairs).collect()
}

#[test]
fn a_followed_search_means_what_the_search_means() {
    let store = Store::in_memory().unwrap();
    let typed: BTreeSet<String> =
        TEXTS.iter().flat_map(|(title, text)| typed_of(&format!("{title} {text}"))).collect();
    let mut follows = Vec::new();
    for (n, typed) in typed.iter().enumerate() {
        let target = Target::Search(typed.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(receiver) = follower(&store, n, &target) {
            follows.push((typed, target, receiver));
        }
    }
    let published: Vec<_> =
        (0..).zip(TEXTS).map(|(n, (title, text))| publish(&store, n, title, text)).collect();
    let mut found = 0;
    for (typed, target, receiver) in &follows {
        let hits = store
            .search(&SearchQuery { text: (*typed).clone(), limit: 200, ..SearchQuery::default() })
            .unwrap();
        for (article, development) in &published {
            let expect = hits.hits.iter().any(|hit| hit.article == *article);
            let delivered = store.delivery_of(*receiver, *development).unwrap().is_some();
            assert_eq!(delivered, expect, "{typed:?} in {article}");
            assert_eq!(store.is_concerned(target, *development).unwrap(), expect, "{typed:?} in {article}");
            found += usize::from(expect);
        }
    }
    assert!(follows.len() > 300 && found > 300, "{found} of {}", follows.len());
}

/// A receiver of somebody who follows a search; none for what asks for nothing.
fn follower(store: &Store, n: usize, target: &Target) -> Option<ReceiverId> {
    let channel = Channel::Webhook { url: format!("https://hook.example/{n}"), secret: "secret".into() };
    let new = NewReceiver {
        name: "hook".into(),
        channel,
        origin: "https://hook.example".into(),
        zone: None,
        quiet: None,
        threshold: Threshold::Everything,
        waits: false,
    };
    let following = store.write(|writer| {
        let reader = writer.add_reader(&format!("reader {n}"), noon(0))?;
        writer.follow(reader, target, Threshold::Everything, 1, noon(0))?;
        writer.add_receiver(reader, &new, noon(0))
    });
    match following {
        Ok(receiver) => Some(receiver),
        Err(StoreError::Unfit { .. }) => None,
        Err(error) => panic!("{target:?}: {error}"),
    }
}

/// An article in a story of its own, and its development, published in the transaction that keeps it.
fn publish(store: &Store, n: i64, title: &str, text: &str) -> (ArticleId, DevelopmentId) {
    let publish = |writer: &mut Writer| {
        let id = keep(writer, "a.example", &article(title, &[text]), n)?;
        let story = writer.open_story(None, Language::ENGLISH, noon(n))?;
        writer.join(story, id, None, noon(n))?;
        let new = NewDevelopment {
            identity: format!("first_report {n}"),
            story,
            at: noon(n),
            kind: DevelopmentKind::FirstReport,
            weight: Weight::Ordinary,
            families: 1,
            speaker: None,
            evidence: vec![Evidence { article: id, span: None }],
            concerns: Vec::new(),
            searched: Some(id),
        };
        Ok((id, writer.publish_development(&new)?.unwrap().id))
    };
    store.write(publish).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_typed_is_an_error(typed in "(\\PC|[\"*^(){}:+\\-,. \0\u{1}]|AND|OR|NOT|NEAR\\(|ferry|title){0,40}") {
        thread_local!(static STORE: Store = library());
        STORE.with(|store| {
            ask(store, &typed);
        });
    }
}

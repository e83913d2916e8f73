//! Search: what is found, and that nothing typed is an error.

use crate::house::{article, keep, noon};
use news::Language;
use proptest::prelude::*;
use store::view::Hits;
use store::{SearchQuery, Store};

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

//! The title and the lead of a story.

use crate::newsroom::{Story, at, read, told};
use news::{ArticleId, Line, Reading, Term, TermKind};
use story::{Member, Portrait, headline, lead};

fn members<'a>(stream: &'a [Story], readings: &'a [Reading]) -> Vec<Member<'a>> {
    let articles = stream.iter().zip(readings).zip(1_i64..);
    articles
        .map(|((article, reading), id)| Member {
            article: ArticleId(id),
            at: at(article.minute),
            family: &article.family,
            copy: article.family.starts_with("copy"),
            title: &article.title,
            text: &article.text,
            reading,
        })
        .collect()
}

fn portraits(members: &[Member]) -> Vec<Portrait> {
    members.iter().map(Portrait::of).collect()
}

fn stream() -> Vec<Story> {
    vec![
        told(
            "a.example",
            0,
            "Varnia shuts strait",
            "Varnia shut the Kessel Strait to tankers on Monday, its navy said in a notice. The price of oil rose by nine per cent.",
        ),
        told(
            "b.example",
            30,
            "Varnia closes Kessel Strait to tankers",
            "Varnia closed the Kessel Strait to all tankers on Monday in answer to the sanctions. Forty ships turned back before noon.",
        ),
        told(
            "c.example",
            40,
            "What does the closing of the Kessel Strait mean for you?",
            "Read more about Varnia and the Kessel Strait in our newsletter, every day at noon.",
        ),
        told(
            "copy.example",
            50,
            "Kessel Strait closed to tankers by Varnia",
            "Varnia shut the Kessel Strait to tankers on Monday, its navy said in a notice. The price of oil rose by nine per cent.",
        ),
        told(
            "e.example",
            60,
            "THIS CHANGES EVERYTHING",
            "Envoys of Lemberia and Morlanta will meet in Holmgard on Friday to speak about a convoy for the tankers.",
        ),
        told("f.example", 70, "Oil, ships and a museum: five things to know", ""),
    ]
}

#[test]
fn the_title_says_what_most_say_plainly() {
    let stream = stream();
    let readings: Vec<Reading> = stream.iter().map(read).collect();
    let members = members(&stream, &readings);
    let portraits = portraits(&members);
    let chosen = headline(&portraits.iter().collect::<Vec<_>>()).expect("there are members");
    assert_eq!(members[chosen].title, "Varnia closes Kessel Strait to tankers");
    assert_eq!(headline(&[]), None);
}

#[test]
fn the_lead_covers_and_does_not_repeat() {
    let stream = stream();
    let readings: Vec<Reading> = stream.iter().map(read).collect();
    let members = members(&stream, &readings);
    let portraits = portraits(&members);
    let portraits: Vec<&Portrait> = portraits.iter().collect();
    let chosen = lead(&portraits);
    let text = |id: ArticleId| {
        members.iter().find(|member| member.article == id).map(|member| member.text).unwrap_or_default()
    };
    let sentences: Vec<&str> =
        chosen.iter().map(|sentence| sentence.span.of(text(sentence.article))).collect();
    assert!((1..=5).contains(&sentences.len()), "{sentences:?}");
    assert!(sentences.iter().any(|sentence| sentence.contains("Kessel Strait")), "{sentences:?}");
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains("Read more")));
    assert!(chosen.iter().all(|sentence| sentence.article != ArticleId(4)), "no copy is quoted");
    let closings =
        sentences.iter().filter(|s| s.contains("shut the Kessel") || s.contains("closed the Kessel")).count();
    assert_eq!(closings, 1, "{sentences:?}");
    assert!(lead(&portraits[5..]).is_empty(), "bare headlines have no lead");
}

#[test]
fn what_was_announced_is_no_title_once_it_has_happened() {
    let trial = |family: &str, minute, title: &str| {
        told(
            family,
            minute,
            title,
            &format!("{title} in Port-Lazare, after a trial of eleven weeks about the harbour."),
        )
    };
    let stream = [
        trial("a.example", 0, "Verdict in harbour trial of Lescaze expected on Wednesday"),
        trial("b.example", 10, "Harbour trial: verdict for Lescaze due on Wednesday"),
        trial("c.example", 300, "Court convicts Lescaze in harbour trial"),
    ];
    let title = |stream: &[Story]| {
        let mut readings: Vec<Reading> = stream.iter().map(read).collect();
        // What happens is found by the language room: a conviction in the third headline.
        if let Some(last) = readings.get_mut(2) {
            let terms = vec![Term { key: "guilty".to_owned(), kind: TermKind::Happening }];
            last.lines = vec![Line { terms, ..Line::default() }];
        }
        let members = members(stream, &readings);
        let portraits = portraits(&members);
        headline(&portraits.iter().collect::<Vec<_>>()).map(|chosen| members[chosen].title.to_owned())
    };
    assert!(title(&stream[..2]).is_some_and(|title| title.ends_with("Wednesday")), "while it is to come");
    assert_eq!(title(&stream).as_deref(), Some("Court convicts Lescaze in harbour trial"));
}

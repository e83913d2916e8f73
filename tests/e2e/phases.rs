//! When a story breaks, and what makes a development major, through the whole pipeline.

use crate::house::House;
use crate::kept;
use news::{StoryId, Weight};

const REPORTS: [(&str, &str); 4] = [
    (
        "Ferry Marigold runs aground off Cape Ness, 3 people injured",
        "The ferry Marigold ran aground off Cape Ness on Tuesday and 3 people were injured, the coast guard of Lorvane said.",
    ),
    (
        "3 people injured as ferry Marigold runs aground at Cape Ness",
        "Three people were injured on Tuesday when the ferry Marigold ran aground off Cape Ness, a spokeswoman for its owner said.",
    ),
    (
        "Ferry Marigold aground off Cape Ness: 3 people injured",
        "The ferry Marigold lies aground off Cape Ness with 3 people injured on Tuesday, doctors in Quillmouth told reporters.",
    ),
    (
        "Marigold ferry aground at Cape Ness with 3 people injured",
        "On Tuesday the ferry Marigold ran aground at Cape Ness. 3 people were injured, the harbour master of Quillmouth said.",
    ),
];

/// Files reports of these outlets and gives the story's phase and the weight of what is new in it, as the program
/// tells them while it runs.
fn told(hosts: &[&str]) -> (String, Vec<Weight>) {
    let house = House::new();
    let store = kept::open(&house);
    let mut feeds: Vec<(&str, news::FeedId)> = Vec::new();
    for (host, (title, text)) in hosts.iter().zip(REPORTS) {
        let known = feeds.iter().find(|(known, _)| known == host).map(|(_, feed)| *feed);
        let feed = known.unwrap_or_else(|| kept::feed(&store, host));
        feeds.push((host, feed));
        kept::accept(&store, feed, &[(title.to_owned(), text.to_owned())]);
    }
    let running = house.serve(&[]);
    for (title, _) in REPORTS.iter().take(hosts.len()) {
        running.wait_for_event(0, |kind, body| {
            matches!(kind, "article_joined" | "copy_folded") && body["body"]["title"] == *title
        });
    }
    let stories = running.stories();
    assert_eq!(stories.len(), 1, "{stories:?}");
    let id = StoryId(stories[0]["id"].as_i64().unwrap());
    let weights = store.developments(id, 10).unwrap().iter().map(|development| development.weight).collect();
    (stories[0]["phase"].as_str().unwrap().to_owned(), weights)
}

#[test]
fn a_story_breaks_with_the_second_independent_family() {
    let (phase, _) = told(&["herald.example"]);
    assert_eq!(phase, "developing", "one outlet breaks nothing");
    let (phase, _) = told(&["herald.example", "courier.example"]);
    assert_eq!(phase, "breaking");
}

#[test]
fn one_outlet_alone_makes_nothing_major() {
    let (phase, weights) = told(&["herald.example"; 4]);
    assert_eq!(phase, "developing");
    assert!(!weights.contains(&Weight::Major), "{weights:?}");
    let (_, weights) = told(&["herald.example", "courier.example", "gazette.example", "post.example"]);
    assert!(weights.contains(&Weight::Major), "{weights:?}");
}

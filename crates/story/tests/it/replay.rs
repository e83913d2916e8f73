//! The same stream gives the same stories: twice, after a restart, and with what comes twice.

use crate::newsroom::{Story, assign, assign_one, at, headline, other_news, told, with_arrival};
use news::{ArticleId, StoryId};
use story::{Decision, Stories};

fn stream() -> Vec<Story> {
    let mut stream = other_news();
    for n in 0..12_i64 {
        stream.push(headline(
            100 + n * 9,
            ["Varnia closes Kessel Strait", "Kessel Strait closed by Varnia", "Lemberia recalls envoy"]
                [n as usize % 3],
        ));
        stream.push(told("x.example", 101 + n * 9, &format!("Day {n} of the Kessel Strait closing"), "Tankers wait before the Kessel Strait, which Varnia has closed to all ships since Monday morning."));
    }
    stream
}

#[test]
fn two_runs_decide_alike() {
    let run = || assign(&mut Stories::new(StoryId(1)), &stream());
    assert_eq!(run(), run());
}

#[test]
fn a_restart_changes_no_decision() {
    let stream = stream();
    let (before, after) = stream.split_at(stream.len() / 2);
    let mut running = Stories::new(StoryId(1));
    let decided = assign(&mut running, before);
    let mut restarted = Stories::new(StoryId(1));
    for ((article, id), decision) in before.iter().zip(1_i64..).zip(&decided) {
        with_arrival(article, id, |arrival| restarted.remember(arrival, decision.story, decision.original));
    }
    for (article, id) in after.iter().zip(1_000_i64..) {
        let (one, other) = (assign_one(&mut running, article, id), assign_one(&mut restarted, article, id));
        assert_eq!(
            (one.story, one.opened, one.original),
            (other.story, other.opened, other.original),
            "{}",
            article.title
        );
    }
    let last = at(100_000);
    assert_eq!(running.revise(last), restarted.revise(last));
}

/// Of two stories that are as near the elder is joined, wherever either one is kept.
#[test]
fn places_of_closed_stories_change_no_decision() {
    let other = headline(0, "Museum finds ship in Holmgard");
    let (one, two) = (headline(1, "stage 7 of the Sarn tour"), headline(1, "stage 8 of the Sarn tour"));
    let mut running = Stories::new(StoryId(1));
    let closed = assign_one(&mut running, &other, 1).story;
    let elder = assign_one(&mut running, &one, 2).story;
    running.forget(closed);
    let younger = assign_one(&mut running, &two, 3).story;
    assert_ne!(elder, younger);
    let mut restarted = Stories::new(StoryId(1));
    for (article, id, story) in [(&other, 1, closed), (&one, 2, elder), (&two, 3, younger)] {
        with_arrival(article, id, |arrival| restarted.remember(arrival, story, None));
    }
    restarted.forget(closed);
    let next = headline(2, "stage of the Sarn tour");
    assert_eq!(assign_one(&mut running, &next, 4).story, elder);
    assert_eq!(assign_one(&mut restarted, &next, 4).story, elder);
}

#[test]
fn ids_go_on_where_the_store_says() {
    let mut stories = Stories::new(StoryId(41));
    let first = assign_one(&mut stories, &headline(0, "Varnia closes Kessel Strait"), 1);
    assert_eq!(first.story, StoryId(41));
    with_arrival(&headline(1, "Museum finds ship in Holmgard"), 2, |arrival| {
        stories.remember(arrival, StoryId(70), None)
    });
    let next = assign_one(&mut stories, &headline(2, "Nurses strike for wages tonight"), 3);
    assert_eq!(next.story, StoryId(71), "an id that was given is not given again");
}

#[test]
fn what_is_forgotten_is_not_joined() {
    let mut stories = Stories::new(StoryId(1));
    let title = "Varnia closes Kessel Strait to tankers";
    let first = assign_one(&mut stories, &headline(0, title), 1);
    stories.forget(first.story);
    assert_eq!(stories.open_stories(), 0);
    assert!(assign_one(&mut stories, &headline(5, title), 2).opened);
}

#[test]
fn what_comes_twice_changes_nothing_for_others() {
    let stream = stream();
    let doubled: Vec<Story> = stream.iter().flat_map(|article| [article.clone(), article.clone()]).collect();
    let labels = |decisions: &[Decision]| decisions.iter().map(|d| d.story).collect::<Vec<_>>();
    let decisions = assign(&mut Stories::new(StoryId(1)), &doubled);
    for (pair, article) in labels(&decisions).chunks(2).zip(&stream) {
        assert_eq!(pair[0], pair[1], "{}", article.title);
    }
}

#[test]
fn hostile_articles_are_borne() {
    let mut stories = Stories::new(StoryId(1));
    let long = "Varnia ".repeat(20_000);
    let odd = "\u{0}\u{fffd}\u{202e}12th -й ".repeat(500);
    for (text, id) in [long.as_str(), &odd, "", "…"].into_iter().zip(1_i64..) {
        assign_one(&mut stories, &told("x.example", id, text, text), id);
        assign_one(&mut stories, &told("x.example", id, "", text), 100 + id);
    }
    let decision = assign_one(&mut stories, &told("y.example", 9, "", ""), 999);
    assert_eq!(decision.original, None::<ArticleId>);
    stories.revise(at(10));
}

//! What belongs together comes together, and what does not stays apart.

use crate::newsroom::{Story, after_second_look, assign, experienced, headline, told};
use news::StoryId;
use std::collections::HashSet;

fn distinct(stories: impl IntoIterator<Item = StoryId>) -> usize {
    stories.into_iter().collect::<HashSet<_>>().len()
}

/// Six outlets on one event, hardly a sentence alike.
fn strait() -> Vec<Story> {
    let reports = [
        (
            "a.example",
            "Varnia closes Kessel Strait to tankers",
            "Varnia shut the Kessel Strait to all tankers on Monday, the navy said. Oil prices jumped within minutes of the announcement.",
        ),
        (
            "b.example",
            "Oil jumps as Kessel Strait shut by Varnian navy",
            "Crude oil rose nine per cent after the navy of Varnia closed the Kessel Strait, through which a fifth of the world's tankers pass.",
        ),
        (
            "c.example",
            "Shipping halted in Kessel Strait after Varnia order",
            "Shipping companies stopped their tankers before the Kessel Strait on Monday after an order by Varnia to turn back.",
        ),
        (
            "d.example",
            "Tankers turn back from Kessel Strait",
            "At least forty tankers turned back from the Kessel Strait when warships of Varnia blocked the way, insurers said.",
        ),
        (
            "e.example",
            "Varnia blocks key oil route in Kessel Strait",
            "Warships of Varnia blocked the Kessel Strait, a key route for oil, in answer to sanctions, state radio reported on Monday.",
        ),
        (
            "f.example",
            "Why the closing of the Kessel Strait sends oil prices up",
            "The Kessel Strait, closed by Varnia on Monday, carries a fifth of the oil that is shipped by sea. Tankers have no other way.",
        ),
    ];
    (0_i64..)
        .zip(reports)
        .map(|(at, (family, title, text))| told(family, 100 + at * 20, title, text))
        .collect()
}

#[test]
fn six_differently_worded_reports_are_one_story() {
    let decisions = assign(&mut experienced(), &strait());
    assert_eq!(distinct(decisions.iter().map(|d| d.story)), 1, "{decisions:?}");
    assert!(decisions.iter().all(|d| d.original.is_none()), "nobody copied");
}

#[test]
fn six_headlines_without_text_are_few_stories_and_no_other() {
    let bare: Vec<Story> =
        strait().into_iter().map(|report| Story { text: String::new(), ..report }).collect();
    let mut stories = experienced();
    let first = assign(&mut stories.clone(), &bare[..1])[0];
    assert!(first.opened, "no other news is like it");
    let labels = after_second_look(&mut stories, &bare);
    // Two of them share but the strait with the others: without an encoder that is what two matters at one place share.
    assert!(distinct(labels.iter().copied()) <= 3, "{labels:?}");
    assert!(labels.iter().all(|label| *label >= first.story), "none went to other news");
}

#[test]
fn the_order_of_arrival_within_the_hour_does_not_matter() {
    let forward = strait();
    let mut backward = strait();
    backward.reverse();
    backward.iter_mut().zip(&forward).for_each(|(report, slot)| report.minute = slot.minute);
    assert_eq!(distinct(assign(&mut experienced(), &backward).iter().map(|d| d.story)), 1);
}

#[test]
fn a_chain_of_strangers_is_no_story() {
    // Each headline shares two words with the next and none with the one after that.
    let chain: Vec<Story> = (0_i64..35)
        .map(|n| headline(n, &format!("alpha{n} beta{n} gamma{n} alpha{} beta{} delta{n}", n + 1, n + 1)))
        .collect();
    let mut stories = experienced();
    let labels = after_second_look(&mut stories, &chain);
    let mut sizes: Vec<usize> = labels
        .iter()
        .collect::<HashSet<_>>()
        .into_iter()
        .map(|id| labels.iter().filter(|label| *label == id).count())
        .collect();
    sizes.sort_unstable();
    assert!(sizes.last().is_some_and(|most| *most < 35 / 3), "{sizes:?}");
}

#[test]
fn the_same_headline_is_the_same_story_for_two_days() {
    let title = "Varnia closes Kessel Strait to tankers";
    let day = 24 * 60;
    let stream = [headline(0, title), headline(day, title), headline(8 * day, title)];
    let decisions = assign(&mut experienced(), &stream);
    assert_eq!(decisions[0].story, decisions[1].story);
    assert_ne!(decisions[0].story, decisions[2].story, "the story was closed in between");
    assert!(decisions[2].opened);
}

#[test]
fn a_story_told_in_two_languages_is_one_after_a_second_look() {
    let german = |minute, title: &str| Story { language: "de", ..headline(minute, title) };
    let russian = |minute, title: &str| Story { language: "ru", ..headline(minute, title) };
    let stream = [
        headline(100, "President Taveshnik meets Morlanta envoy in Kesselburg over 14 prisoners"),
        headline(110, "Taveshnik and Morlanta envoy meet in Kesselburg, 14 prisoners freed"),
        german(115, "Taveshnik trifft Gesandten aus Morlanta in Kesselburg: 14 Gefangene frei"),
        german(125, "14 Gefangene frei nach Treffen von Taveshnik mit Morlanta in Kesselburg"),
        russian(130, "Тавешник и Морланта в Кессельбург: 14 пленных"),
        headline(140, "Museum in Holmgard finds ship from bronze age"),
    ];
    let labels = after_second_look(&mut experienced(), &stream);
    assert_eq!(distinct(labels[..5].iter().copied()), 1, "{labels:?}");
    assert_ne!(labels[0], labels[5]);
}

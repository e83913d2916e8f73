//! How publishers break identity, and that it does not flood.

use super::*;
use proptest::prelude::*;

fn entry(guid: &str, link: &str, title: &str) -> Entry {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Entry {
        guid: some(guid),
        link: some(link).map(|path| format!("https://herald.example/{path}")),
        title: some(title),
        published: Timestamp::from_second(1_790_000_000).ok(),
        ..Entry::default()
    }
}

fn known(entries: &[Entry]) -> Vec<Known> {
    (1..)
        .zip(entries)
        .map(|(id, e)| Known { id: EntryId(id), keys: keys(e), published: e.published })
        .collect()
}

/// `(new, revised, rekeyed, unchanged)`.
fn counts(before: &[Entry], now: &[Entry]) -> (usize, usize, usize, usize) {
    let changes = compare(&known(before), now, false);
    (changes.new.len(), changes.revised.len(), changes.rekeyed.len(), changes.unchanged)
}

fn day() -> Vec<Entry> {
    vec![entry("1", "a", "Ferry aground"), entry("2", "b", "Storm nears"), entry("3", "c", "Talks resume")]
}

#[test]
fn the_same_document_brings_nothing() {
    assert_eq!(counts(&day(), &day()), (0, 0, 0, 3));
    assert_eq!(counts(&[], &day()), (3, 0, 0, 0));
}

#[test]
fn an_edited_title_is_a_revision() {
    let mut now = day();
    now[0].title = Some("Ferry aground, nine hurt".to_owned());
    assert_eq!(counts(&day(), &now), (0, 1, 0, 2));
}

#[test]
fn new_guids_for_old_items_do_not_flood() {
    let churned: Vec<Entry> =
        day().into_iter().map(|e| Entry { guid: e.guid.map(|guid| format!("new-{guid}")), ..e }).collect();
    assert_eq!(counts(&day(), &churned), (0, 0, 3, 0));
    let moved: Vec<Entry> = churned
        .into_iter()
        .map(|e| Entry { link: e.link.map(|link| format!("{link}-moved")), ..e })
        .collect();
    assert_eq!(counts(&day(), &moved), (0, 0, 3, 0), "guids and addresses both new");
}

#[test]
fn one_guid_for_all_hides_nothing() {
    let same: Vec<Entry> = day().into_iter().map(|e| Entry { guid: Some("feed".to_owned()), ..e }).collect();
    assert_eq!(counts(&[], &same), (3, 0, 0, 0));
    assert_eq!(counts(&same, &same), (0, 0, 0, 3));
}

#[test]
fn a_guid_used_again_for_another_item_is_a_new_item() {
    let later = Timestamp::from_second(1_790_500_000).ok();
    let reused = [Entry { published: later, ..entry("1", "z", "Central bank raises rate") }];
    assert_eq!(counts(&day(), &reused), (1, 0, 0, 0));
}

#[test]
fn a_title_that_is_in_the_address_changes_both() {
    let edited = [entry("1", "ferry-aground-nine-hurt", "Ferry aground, nine hurt")];
    assert_eq!(counts(&day(), &edited), (0, 1, 0, 0));
    let dated = |entry: Entry| Entry { published: Timestamp::from_second(1_789_948_800).ok(), ..entry };
    let (before, now) = (dated(entry("1", "a", "Ferry aground")), dated(entry("1", "z", "Bank raises rate")));
    assert_eq!(counts(&[before], &[now]), (1, 0, 0, 0), "the date of a day tells nothing");
}

#[test]
fn dates_and_trackers_are_no_news() {
    let mut now = day();
    now[0].published = Timestamp::from_second(1_790_500_000).ok();
    now[1].link = Some("https://www.herald.example/b?utm_source=rss".to_owned());
    assert_eq!(counts(&day(), &now), (0, 0, 0, 3));
}

#[test]
fn a_flood_comes_in_portions() {
    let flood: Vec<Entry> =
        (0..2_000).map(|n| entry(&format!("offer-{n}"), &n.to_string(), &format!("Offer {n}"))).collect();
    let changes = compare(&known(&day()), &flood, false);
    assert_eq!((changes.new.len(), changes.held_back), (MOST_NEW, 1_800));
    let edited: Vec<Entry> =
        flood.iter().map(|entry| Entry { title: Some("Another offer".into()), ..entry.clone() }).collect();
    let changes = compare(&known(&flood), &edited, false);
    assert_eq!((changes.revised.len(), changes.held_back), (MOST_NEW, 1_800), "what is changed does, too");
    assert_eq!(compare(&[], &flood, true).new.len(), 2_000, "the first look brings what is there");
}

#[test]
fn another_item_with_the_same_title_is_news() {
    let said = |guid: &str, summary: &str, hours: i64| Entry {
        published: Timestamp::from_second(1_790_000_000 + hours * 3_600).ok(),
        summary: Some(summary.to_owned()),
        ..entry(guid, guid, "")
    };
    let untitled = [said("1", "The ferry has left.", 0)];
    let later = [said("2", "The ferry is back.", 2), untitled[0].clone()];
    assert_eq!(counts(&untitled, &later), (1, 0, 0, 1), "posts without titles");
    let series = |entry: Entry| Entry { title: Some("Morning briefing".to_owned()), ..entry };
    let yesterday = [series(said("1", "Calm seas.", 0))];
    let today = [series(said("2", "Storm at noon.", 24))];
    assert_eq!(counts(&yesterday, &today), (1, 0, 0, 0), "a series under one title");
}

#[test]
fn what_names_several_items_names_none() {
    let nowhere = |title: &str| entry("feed", "", title);
    let before = [nowhere("Ferry aground"), nowhere("Storm nears")];
    assert_eq!(counts(&before, &[nowhere("Talks resume")]), (1, 0, 0, 0), "one guid for all, one item");
    let home = |guid: &str, title: &str| Entry {
        link: Some("https://herald.example/".to_owned()),
        ..entry(guid, "", title)
    };
    assert_eq!(
        counts(&[home("1", "Ferry aground")], &[home("2", "Storm nears")]),
        (1, 0, 0, 0),
        "all link home"
    );
}

#[test]
fn two_items_never_become_one() {
    let crossed = [entry("1", "new", "Ferry aground"), entry("9", "a", "Port closes")];
    assert_eq!(counts(&day(), &crossed), (1, 0, 1, 0), "one by its guid, the other keeps its own place");
}

#[test]
fn of_a_flood_the_newest_come_first() {
    let dated = |n: i64| Entry {
        published: Timestamp::from_second(1_790_000_000 + n).ok(),
        ..entry(&n.to_string(), &n.to_string(), &format!("Offer {n}"))
    };
    let flood: Vec<Entry> = (0..1_000).map(dated).collect();
    let changes = compare(&[], &flood, false);
    let titles: Vec<_> = changes.new.iter().filter_map(|keyed| keyed.entry.title.as_deref()).collect();
    assert_eq!((titles.first(), titles.last()), (Some(&"Offer 800"), Some(&"Offer 999")));
}

fn documents() -> impl Strategy<Value = Vec<Entry>> {
    let item = ("[a-c]?", "[a-d]?", "[A-D]?", "[x-z]?", 0_i64..3);
    let items = prop::collection::vec(item, 0..12);
    items.prop_map(|items| {
        let dated = |(guid, link, title, summary, day): &(String, String, String, String, i64)| Entry {
            summary: Some(summary.clone()).filter(|summary| !summary.is_empty()),
            published: Timestamp::from_second(1_790_000_000 + day * 86_400).ok(),
            ..entry(guid, link, title)
        };
        items.iter().map(dated).collect()
    })
}

/// What the store holds after a document was taken in.
fn taken_in(mut before: Vec<Known>, changes: &Changes) -> Vec<Known> {
    for (id, keys) in changes
        .revised
        .iter()
        .map(|(id, keyed)| (id, &keyed.keys))
        .chain(changes.rekeyed.iter().map(|(id, keys)| (id, keys)))
    {
        if let Some(known) = before.iter_mut().find(|known| known.id == *id) {
            known.keys = keys.clone();
        }
    }
    for keyed in &changes.new {
        let id = EntryId(before.len() as i64 + 1);
        before.push(Known { id, keys: keyed.keys.clone(), published: keyed.entry.published });
    }
    before
}

proptest! {
    #[test]
    fn what_was_taken_in_is_never_new_again(first in documents(), second in documents()) {
        let known = taken_in(Vec::new(), &compare(&[], &first, true));
        let again = compare(&known, &first, false);
        prop_assert_eq!((again.new.len(), again.revised.len()), (0, 0), "{:?}", again);
        let known = taken_in(known.clone(), &compare(&known, &second, false));
        let again = compare(&known, &second, false);
        prop_assert_eq!((again.new.len(), again.revised.len()), (0, 0), "{:?}", again);
    }

    #[test]
    fn no_item_is_lost(first in documents(), second in documents()) {
        let known = taken_in(Vec::new(), &compare(&[], &first, true));
        let changes = compare(&known, &second, false);
        let placed = changes.new.len() + changes.revised.len() + changes.rekeyed.len() + changes.unchanged;
        prop_assert_eq!(placed, second.len());
        let mut ids: Vec<EntryId> = changes.revised.iter().map(|(id, _)| *id).chain(changes.rekeyed.iter().map(|(id, _)| *id)).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), changes.revised.len() + changes.rekeyed.len(), "two items for one entry");
        let after = taken_in(known, &changes);
        for entry in &second {
            let content = keys(entry).content;
            prop_assert!(after.iter().any(|known| known.keys.content == content), "{:?} is nowhere", entry);
        }
    }
}

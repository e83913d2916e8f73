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
    let reused = [entry("1", "z", "Central bank raises rate")];
    assert_eq!(counts(&day(), &reused), (1, 0, 0, 0));
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
        (0..2_000).map(|n| entry(&n.to_string(), &n.to_string(), &format!("Offer {n}"))).collect();
    let changes = compare(&known(&day()), &flood, false);
    assert_eq!((changes.new.len(), changes.held_back), (MOST_NEW, 1_800));
    assert_eq!(compare(&[], &flood, true).new.len(), 2_000, "the first look brings what is there");
}

proptest! {
    #[test]
    fn what_was_taken_in_is_never_new_again(items in prop::collection::vec(("[a-c]?", "[a-d]?", "[A-D]"), 0..12)) {
        let document: Vec<Entry> = items.iter().map(|(guid, link, title)| entry(guid, link, title)).collect();
        let first = compare(&[], &document, true);
        let kept: Vec<Entry> = first.new.iter().map(|keyed| keyed.entry.clone()).collect();
        let again = compare(&known(&kept), &document, false);
        prop_assert_eq!(again.new.len(), 0, "{:?}", again.new);
    }
}

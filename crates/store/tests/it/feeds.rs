//! Feeds added, refreshed, failing, removed; entries accepted and known again.

use crate::house::{accepted, added, entry, feed, kinds, noon};
use news::{FeedId, Timestamp};
use store::view::FeedHealth;
use store::{Accepted, Added, Failure, FeedState, KnownKeys, Rekeyed, Revised, Store, StoreError};

#[test]
fn a_feed_is_added_once_and_revived() {
    let store = Store::in_memory().unwrap();
    let harbour = feed("harbour.example", "Coast Group");
    let first = store.add_feed(&harbour, noon(0)).unwrap();
    assert_eq!(store.add_feed(&harbour, noon(1)).unwrap(), Added { id: first.id, already: true });
    assert!(store.remove_feed(first.id, noon(2)).unwrap());
    assert!(!store.remove_feed(first.id, noon(2)).unwrap(), "it is gone");
    assert!(store.feeds().unwrap().is_empty());
    assert!(store.due_feeds(noon(9), 9).unwrap().is_empty());
    assert_eq!(store.next_due().unwrap(), None);
    assert_eq!(store.add_feed(&harbour, noon(3)).unwrap(), Added { id: first.id, already: false });
    assert_eq!(store.next_due().unwrap(), Some(noon(3)));
    assert_eq!(kinds(&store), ["feed_added", "feed_removed", "feed_added"]);
    let outlets = store.outlets().unwrap();
    assert_eq!((outlets.len(), outlets[0].family.as_str(), outlets[0].feeds.len()), (1, "Coast Group", 1));
}

#[test]
fn accepted_entries_are_known_by_any_key() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let other = added(&store, "hill.example");
    store.accept(other, &accepted(vec![entry("a", "Elsewhere")]), noon(1)).unwrap();
    let ids = store.accept(feed, &accepted(vec![entry("a", "One"), entry("b", "Two")]), noon(1)).unwrap().new;
    let known = |guids: &[&str], links: &[&str], titles: &[&str]| {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let keys = KnownKeys { guids: words(guids), link_keys: words(links), title_hashes: words(titles) };
        store.known_entries(feed, &keys).unwrap().into_iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert_eq!(known(&["a", "z"], &[], &[]), [ids[0]]);
    assert_eq!(known(&["a"], &["example/b"], &["hash of One"]), ids);
    assert_eq!(known(&[], &[], &["hash of Elsewhere"]), []);
    assert_eq!(known(&[], &[], &[]), []);
}

#[test]
fn of_what_is_changed_for_ever_the_first_and_the_last_forms_stay() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "a.example");
    let id = store.accept(feed, &accepted(vec![entry("a", "Form 0")]), noon(0)).unwrap().new[0];
    for number in 1..=80 {
        let mut change = accepted(Vec::new());
        change.revised.push(Revised { id, now: entry("a", &format!("Form {number}")) });
        store.accept(feed, &change, noon(number)).unwrap();
    }
    let mut lines = Vec::new();
    store.export(&mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let forms = lines.lines().filter(|line| line.contains("\"entry_revision\"")).count();
    assert_eq!(forms, 51, "the first and the last fifty");
    assert!(lines.contains("Form 0") && lines.contains("Form 80") && !lines.contains("Form 30\\"));
    let waiting = store.pending_entries(9, noon(99)).unwrap();
    assert_eq!(waiting[0].revision, 31, "what waited and is no more is not waited for");
}

#[test]
fn a_revision_waits_again_and_keeps_what_was() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let id = store.accept(feed, &accepted(vec![entry("a", "Before")]), noon(1)).unwrap().new[0];
    store.write(|writer| writer.entry_done(id, 0)).unwrap();
    assert_eq!(store.pending_count().unwrap(), 0);
    let mut change = accepted(Vec::new());
    change.revised.push(Revised { id, now: entry("a2", "After") });
    assert_eq!(store.accept(feed, &change, noon(2)).unwrap().revised, [id]);
    let waiting = store.pending_entries(9, noon(3)).unwrap();
    assert_eq!((waiting[0].revision, waiting[0].entry.title.as_deref()), (1, Some("After")));
    assert_eq!((waiting[0].seen_at, waiting[0].revised_at), (noon(1), noon(2)));

    let mut rekeyed = accepted(Vec::new());
    rekeyed.rekeyed.push(Rekeyed { id, guid: Some("a3".into()), link_key: None });
    store.accept(feed, &rekeyed, noon(4)).unwrap();
    let keys = KnownKeys { guids: vec!["a3".into()], ..KnownKeys::default() };
    assert_eq!(store.known_entries(feed, &keys).unwrap()[0].link_key, None);
}

#[test]
fn what_cannot_be_accepted_whole_leaves_no_trace() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let mut half = accepted(vec![entry("a", "New")]);
    half.revised.push(Revised { id: news::EntryId(77), now: entry("x", "Of nothing") });
    assert!(matches!(store.accept(feed, &half, noon(1)), Err(StoreError::Missing { what: "entry", id: 77 })));
    assert_eq!(store.pending_count().unwrap(), 0);
    assert_eq!(
        store.due_feeds(noon(1), 9).unwrap()[0].state.health,
        FeedHealth::New,
        "state has not advanced"
    );
    assert!(matches!(
        store.accept(FeedId(9), &half, noon(1)),
        Err(StoreError::Missing { what: "feed", id: 9 })
    ));
}

#[test]
fn failures_are_counted_and_told_once() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let failure = |minutes| Failure {
        error: "the server did not answer within 20 s".into(),
        health: FeedHealth::Failing,
        next_refresh_at: noon(minutes),
        interval_s: 60,
    };
    store.record_failure(feed, &failure(10), noon(1)).unwrap();
    store.record_failure(feed, &failure(30), noon(10)).unwrap();
    let view = store.feeds().unwrap().remove(0);
    assert_eq!((view.failures, view.health, view.next_refresh_at), (2, FeedHealth::Failing, noon(30)));
    assert!(view.last_error.unwrap().contains("20 s"));
    store.accept(feed, &accepted(vec![entry("a", "Back")]), noon(30)).unwrap();
    let view = store.feeds().unwrap().remove(0);
    assert_eq!((view.failures, view.last_error, view.entries), (0, None, 1));
    assert_eq!(view.per_day, [0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(kinds(&store), ["feed_added", "feed_health", "feed_health"]);
}

#[test]
fn a_due_feed_comes_with_its_rhythm() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    for minute in 0..3 {
        let mut new = entry(&minute.to_string(), &minute.to_string());
        new.entry.published = Some(noon(minute - 5));
        // A date in the future does not pin anything to the top.
        new.entry.published = new.entry.published.filter(|_| minute < 2).or(Some(noon(99_999)));
        store.accept(feed, &accepted(vec![new]), noon(minute)).unwrap();
    }
    assert!(store.due_feeds(noon(59), 9).unwrap().is_empty());
    let due = store.due_feeds(noon(60), 9).unwrap().remove(0);
    assert_eq!(due.recent, [noon(2), noon(-4), noon(-5)]);
    assert_eq!(store.feed(feed).unwrap().unwrap().recent, due.recent);
    assert!(store.refresh_now(feed, noon(5)).unwrap());
    assert_eq!(store.due_feeds(noon(5), 9).unwrap().len(), 1);
}

#[test]
fn a_feed_moves_to_an_address_that_is_free() {
    let store = Store::in_memory().unwrap();
    let (feed, _) = (added(&store, "harbour.example"), added(&store, "hill.example"));
    assert!(matches!(
        store.move_feed(feed, "https://hill.example/feed.xml"),
        Err(StoreError::FeedExists { .. })
    ));
    store.move_feed(feed, "https://harbour.example/rss").unwrap();
    assert_eq!(store.feed(feed).unwrap().unwrap().url, "https://harbour.example/rss");
}

#[test]
fn an_outlet_counts_to_the_house_it_turns_out_to_be_of_unless_somebody_said_where() {
    let store = Store::in_memory().unwrap();
    store.add_feed(&feed("harbour.example", "harbour.example"), noon(0)).unwrap();
    let outlet = store.outlets().unwrap()[0].clone();
    let count = |family: &str| {
        store.write(|writer| writer.count_outlet_to(outlet.id, family, |host| host)).unwrap();
        store.outlets().unwrap()[0].family.clone()
    };
    let say = |family: &str| store.write(|writer| writer.say_family(outlet.id, family, noon(1)));
    assert_eq!(count("hill.example"), "hill.example");
    assert_eq!(count("coast.example"), "hill.example", "known already");
    say("Coast Group").unwrap();
    assert_eq!(count("hill.example"), "Coast Group");
    say(&outlet.host).unwrap();
    assert_eq!(count("hill.example"), outlet.host, "that it stands alone was said, too");
    assert_eq!(kinds(&store).last().unwrap(), "outlet_counted");
    assert!(store.write(|writer| writer.say_family(news::OutletId(99), "Coast Group", noon(1))).is_err());
}

#[test]
fn a_family_is_meant_by_its_name_or_by_an_outlet_of_it() {
    let store = Store::in_memory().unwrap();
    store.add_feed(&feed("harbour.example", "Coast Group"), noon(0)).unwrap();
    store.add_feed(&feed("coast group", "Hill House"), noon(0)).unwrap();
    let check = |name: &str, family: Option<&str>| {
        assert_eq!(store.family_called(name).unwrap().as_deref(), family, "{name}");
    };
    check("harbour.example", Some("Coast Group"));
    check("HARBOUR.example", Some("Coast Group"));
    check("hill house", Some("Hill House"));
    check("coast group", Some("Hill House"));
    check("Shore", None);
    assert!(
        store.outlet_at("harbour.example").unwrap().is_some() && store.outlet_at("shore").unwrap().is_none()
    );
}

#[test]
fn a_clock_that_was_ahead_stops_no_feed() {
    let store = Store::in_memory().unwrap();
    let [tomorrow, year, absent, recorded] =
        ["a.example", "b.example", "c.example", "d.example"].map(|host| added(&store, host));
    let day = 24 * 60;
    let look = |feed: FeedId, at: i64, next: Timestamp| {
        let state = FeedState { next_refresh_at: next, ..accepted(Vec::new()).state };
        store.accept(feed, &Accepted { state, ..Accepted::default() }, noon(at)).unwrap();
    };
    look(tomorrow, day, noon(day + 60));
    look(year, 366 * day, noon(366 * day + 60));
    look(absent, 0, noon(7 * day));
    look(recorded, 366 * day, Timestamp::MAX);
    let due = |at: i64| store.due_feeds(noon(at), 9).unwrap().iter().map(|feed| feed.id).collect::<Vec<_>>();
    assert_eq!(due(1), [tomorrow, year], "a week is how long a publisher may keep us away");
    for feed in [tomorrow, year] {
        look(feed, 2, noon(62));
    }
    assert_eq!(due(3), [], "once looked at, they are as the others");
    assert_eq!(due(7 * day).len(), 3);
}

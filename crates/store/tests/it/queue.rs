//! Entries that wait: claimed, put off, given up, revised while they were read.

use crate::house::{accepted, added, article, entry, feed, noon};
use store::{NewArticle, NewEntry, NewFeed, Revised, Store};

#[test]
fn entries_of_busy_feeds_wait_and_others_do_not() {
    let store = Store::in_memory().unwrap();
    let (busy, free) = (added(&store, "busy.example"), added(&store, "free.example"));
    store.accept(busy, &accepted(vec![entry("a", "One")]), noon(0)).unwrap();
    store.accept(free, &accepted(vec![entry("b", "Two")]), noon(1)).unwrap();
    let taken = store.claim_entries(9, noon(2), noon(12), &[busy]).unwrap();
    assert_eq!(taken.iter().map(|entry| entry.feed).collect::<Vec<_>>(), [free]);
    assert!(store.claim_entries(9, noon(2), noon(12), &[busy]).unwrap().is_empty());
    assert_eq!(store.claim_entries(9, noon(2), noon(12), &[]).unwrap()[0].feed, busy);
}

#[test]
fn a_claimed_entry_is_given_once() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    store.accept(feed, &accepted(vec![entry("a", "One"), entry("b", "Two")]), noon(1)).unwrap();
    let first = store.claim_entries(1, noon(2), noon(12), &[]).unwrap();
    let second = store.claim_entries(9, noon(2), noon(12), &[]).unwrap();
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first[0].id, second[0].id);
    assert!(store.claim_entries(9, noon(2), noon(12), &[]).unwrap().is_empty());
    assert!(store.claim_entries(9, noon(11), noon(12), &[]).unwrap().is_empty());
    assert_eq!(store.claim_entries(9, noon(12), noon(22), &[]).unwrap().len(), 2, "whoever had them is gone");
    assert_eq!(store.release_entries(noon(13)).unwrap(), 2);
    assert_eq!(store.claim_entries(9, noon(13), noon(22), &[]).unwrap().len(), 2);
}

#[test]
fn what_another_program_took_up_is_not_waited_for() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    store.accept(feed, &accepted(vec![entry("a", "One"), entry("b", "Two")]), noon(1)).unwrap();
    store.claim_entries(1, noon(2), noon(12), &[]).unwrap();
    assert_eq!(store.unfinished_count(noon(3), noon(13)).unwrap(), 1, "the other one");
    store.claim_entries(9, noon(4), noon(14), &[]).unwrap();
    assert_eq!(store.unfinished_count(noon(5), noon(13)).unwrap(), 1, "which is ours now");
    assert_eq!(store.unfinished_count(noon(12), noon(13)).unwrap(), 2, "whoever had it is gone");
}

#[test]
fn entries_of_a_clock_that_was_ahead_are_read_after_the_next_start() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let year = 366 * 24 * 60;
    let new = vec![entry("a", "One"), entry("b", "Two"), entry("c", "Three")];
    let ids = store.accept(feed, &accepted(new), noon(year)).unwrap().new;
    store.put_off(ids[1], "the page did not answer", Some(noon(year + 5))).unwrap();
    store.put_off(ids[2], "the page did not answer", Some(noon(6 * 24 * 60))).unwrap();
    assert!(store.pending_entries(9, noon(1)).unwrap().is_empty());
    assert_eq!(store.release_entries(noon(1)).unwrap(), 2);
    let waiting = store.pending_entries(9, noon(1)).unwrap();
    assert_eq!(
        waiting.iter().map(|entry| entry.id).collect::<Vec<_>>(),
        ids[..2],
        "the third waits for its time"
    );
}

#[test]
fn an_entry_is_put_off_and_given_up() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let id = store.accept(feed, &accepted(vec![entry("a", "One")]), noon(1)).unwrap().new[0];
    store.put_off(id, "the page did not answer", Some(noon(30))).unwrap();
    assert!(store.pending_entries(9, noon(29)).unwrap().is_empty());
    assert_eq!(store.release_entries(noon(2)).unwrap(), 0, "it waits for its time");
    assert_eq!(store.pending_entries(9, noon(30)).unwrap()[0].attempts, 1);
    store.put_off(id, "410 gone", None).unwrap();
    assert_eq!(store.pending_count().unwrap(), 0);
    assert!(store.put_off(news::EntryId(99), "", None).is_err());
    assert!(store.put_off(id, "it does not wait", None).is_err());
}

#[test]
fn a_page_in_two_feeds_of_an_outlet_is_read_once() {
    let store = Store::in_memory().unwrap();
    let front = added(&store, "harbour.example");
    let sport = NewFeed { url: "https://harbour.example/sport.xml".into(), ..feed("harbour.example", "") };
    let sport = store.add_feed(&sport, noon(0)).unwrap().id;
    let elsewhere = added(&store, "lantern.example");
    let under = |guid: &str, title: &str| NewEntry { guid: Some(guid.into()), ..entry("page", title) };
    store.accept(front, &accepted(vec![under("1", "Harbour wins")]), noon(1)).unwrap();
    let twin = store.accept(sport, &accepted(vec![under("2", "Harbour wins")]), noon(2)).unwrap().new[0];
    store.accept(sport, &accepted(vec![under("3", "Table after the day")]), noon(2)).unwrap();
    store.accept(elsewhere, &accepted(vec![under("4", "Harbour wins")]), noon(2)).unwrap();
    let titles = |taken: Vec<store::PendingEntry>| -> Vec<_> {
        taken.into_iter().filter_map(|entry| entry.entry.title).collect()
    };
    let taken = titles(store.claim_entries(9, noon(3), noon(13), &[]).unwrap());
    assert_eq!(
        taken,
        ["Harbour wins", "Table after the day", "Harbour wins"],
        "not the one in the other feed"
    );
    let mut change = accepted(Vec::new());
    change.revised.push(Revised { id: twin, now: under("2", "Harbour win at last") });
    store.accept(sport, &change, noon(4)).unwrap();
    assert!(
        store.claim_entries(9, noon(5), noon(15), &[]).unwrap().is_empty(),
        "nor its edit, which comes there"
    );
}

#[test]
fn the_next_form_of_an_entry_is_read_when_one_is_given_up() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let id = store.accept(feed, &accepted(vec![entry("a", "Before")]), noon(1)).unwrap().new[0];
    let mut change = accepted(Vec::new());
    change.revised.push(Revised { id, now: entry("a", "After") });
    store.accept(feed, &change, noon(2)).unwrap();
    store.put_off(id, "it cannot be read", Some(noon(9))).unwrap();
    assert_eq!(store.pending_entries(9, noon(9)).unwrap()[0].revision, 0, "one form after the other");
    store.put_off(id, "it cannot be read", None).unwrap();
    let next = store.pending_entries(9, noon(9)).unwrap().remove(0);
    assert_eq!((next.revision, next.attempts), (1, 0));
    store.put_off(id, "nor can this", None).unwrap();
    assert_eq!(store.pending_count().unwrap(), 0);
}

#[test]
fn a_revision_that_comes_while_its_entry_is_read_is_not_lost() {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "harbour.example");
    let id = store.accept(feed, &accepted(vec![entry("a", "Before")]), noon(1)).unwrap().new[0];
    let read = store.claim_entries(9, noon(2), noon(12), &[]).unwrap().remove(0);
    let mut change = accepted(Vec::new());
    change.revised.push(Revised { id, now: entry("a", "After") });
    store.accept(feed, &change, noon(3)).unwrap();

    let keep = |title: &str, revision| {
        let article = article(title, &["Text."]);
        let (at, seen_at) = (noon(1), noon(1));
        let new =
            NewArticle { entry: Some((id, revision)), outlet: read.outlet, article: &article, at, seen_at };
        store.write(|writer| writer.keep_article(&new)).unwrap()
    };
    let kept = keep("Before", read.revision);
    let again = store.pending_entries(9, noon(4)).unwrap().remove(0);
    assert_eq!((again.article, again.revision), (Some(kept), 1));
    assert_eq!(keep("After", 1), kept, "the same article, revised");
    assert_eq!(keep("After", 1), kept, "done twice is done once");
    assert_eq!(store.pending_count().unwrap(), 0);
    let shown = store.article(kept).unwrap().unwrap();
    assert_eq!((shown.article.title.as_str(), shown.article.revisions), ("After", 1));
    assert_eq!(shown.headline_changes[0].before, "Before");
}

//! A program that dies in the middle: what was accepted is there, what was half done is not.

use crate::house::{accepted, added, entry, noon, story};
use store::{Store, StoreError};

/// The file and its log as they are at this moment, under another name: what a power cut would leave.
fn corpse(path: &std::path::Path, name: &str) -> std::path::PathBuf {
    let copy = path.with_file_name(name);
    for end in ["", "-wal"] {
        let from = format!("{}{end}", path.display());
        if std::path::Path::new(&from).exists() {
            std::fs::copy(from, format!("{}{end}", copy.display())).unwrap();
        }
    }
    copy
}

#[test]
fn accepted_entries_survive_and_half_a_transaction_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staytuned.db");
    let store = Store::open(&path).unwrap();
    let feed = added(&store, "a.example");
    store.accept(feed, &accepted(vec![entry("a", "One")]), noon(1)).unwrap();
    let dead = store
        .write(|writer| {
            writer.accept(feed, &accepted(vec![entry("b", "Two")]), noon(2))?;
            Ok(corpse(&path, "dead.db"))
        })
        .unwrap();
    let risen = Store::open(&dead).unwrap();
    assert_eq!(risen.pending_count().unwrap(), 1);
    assert_eq!(risen.last_event().unwrap(), 2);
    assert!(risen.check().unwrap().damages.is_empty());
    assert_eq!(store.pending_count().unwrap(), 2, "the living one has both");
}

#[test]
fn a_torn_log_loses_only_its_torn_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staytuned.db");
    let store = Store::open(&path).unwrap();
    let feed = added(&store, "a.example");
    for n in 0..20 {
        store.accept(feed, &accepted(vec![entry(&n.to_string(), "News")]), noon(n)).unwrap();
    }
    let log = |path: &std::path::Path| std::path::PathBuf::from(format!("{}-wal", path.display()));
    let size = std::fs::metadata(log(&path)).unwrap().len();
    let mut last = 0;
    for cut in (0..=size).step_by(usize::try_from(size / 12).unwrap()) {
        let torn = corpse(&path, &format!("torn{cut}.db"));
        std::fs::OpenOptions::new().write(true).open(log(&torn)).unwrap().set_len(cut).unwrap();
        let risen = Store::open(&torn).unwrap();
        assert!(risen.check().unwrap().damages.is_empty());
        // The feed's count and its entries are of the same transaction.
        let (pending, feeds) = (risen.pending_count().unwrap(), risen.feeds().unwrap());
        assert_eq!(feeds.first().map_or(0, |feed| feed.entries), pending);
        assert!(pending >= last);
        last = pending;
    }
}

#[test]
fn a_failing_or_panicking_write_leaves_the_store_usable() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("staytuned.db")).unwrap();
    let (id, _) = story(&store, "Strike", &["a.example"]);
    let before = store.last_event().unwrap();
    let failed = store.write(|writer| {
        writer.open_story(None, news::Language::ENGLISH, noon(0))?;
        Err::<(), _>(StoreError::Busy)
    });
    assert!(failed.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write(|writer| {
            writer.open_story(None, news::Language::ENGLISH, noon(0))?;
            panic!("on purpose");
            #[expect(unreachable_code, reason = "gives the closure its type")]
            Ok(())
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(store.last_event().unwrap(), before);
    store.write(|writer| writer.rank_story(id, news::Phase::Fading, 0.5)).unwrap();
}

#[test]
fn a_full_disk_is_told_and_survived() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staytuned.db");
    let store = Store::open(&path).unwrap();
    let feed = added(&store, "a.example");
    store.accept(feed, &accepted(vec![entry("a", "One")]), noon(1)).unwrap();
    store.limit_pages(120).unwrap();
    let long = "long ".repeat(200_000);
    let full = store.accept(feed, &accepted(vec![entry("b", &long)]), noon(2));
    assert!(matches!(full, Err(StoreError::Full)), "{full:?}");
    assert_eq!(store.pending_count().unwrap(), 1);
    store.limit_pages(100_000).unwrap();
    store.accept(feed, &accepted(vec![entry("b", &long)]), noon(2)).unwrap();
    assert_eq!(store.pending_count().unwrap(), 2);
}

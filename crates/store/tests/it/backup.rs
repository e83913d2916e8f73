//! A backup taken while another thread writes.

use crate::house::{accepted, added, entry, noon};
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Store, StoreError};

#[test]
fn a_backup_is_one_moment_while_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("staytuned.db")).unwrap();
    let feed = added(&store, "a.example");
    let long = "Many words. ".repeat(5_000);
    for n in 0..100 {
        store.accept(feed, &accepted(vec![entry(&format!("before {n}"), &long)]), noon(1)).unwrap();
    }
    let to = folder.path().join("backup.db");
    let done = AtomicBool::new(false);
    let mut told = Vec::new();
    std::thread::scope(|scope| {
        let write = scope.spawn(|| {
            let mut written = 0_u64;
            while !done.load(Ordering::Relaxed) {
                store
                    .accept(feed, &accepted(vec![entry(&format!("meanwhile {written}"), "News")]), noon(2))
                    .unwrap();
                written += 1;
            }
            written
        });
        store.backup(&to, |done, all| told.push((done, all))).unwrap();
        done.store(true, Ordering::Relaxed);
        assert!(write.join().unwrap() > 0);
    });
    assert!(told.len() > 1 && told.iter().all(|(_, all)| *all == told[0].1), "never started over: {told:?}");
    assert_eq!(told.last().map(|(done, all)| done == all), Some(true));
    let copy = Store::open(&to).unwrap();
    assert!(copy.check().unwrap().damages.is_empty());
    let (pending, feeds) = (copy.pending_count().unwrap(), copy.feeds().unwrap());
    assert!(pending >= 100 && feeds[0].entries == pending);
}

#[test]
fn a_backup_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("precious.db");
    std::fs::write(&to, "mine").unwrap();
    let store = Store::in_memory().unwrap();
    assert!(matches!(store.backup(&to, |_, _| ()), Err(StoreError::Io { .. })));
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "mine");
    let to = folder.path().join("new.db");
    store.backup(&to, |_, _| ()).unwrap();
    assert_eq!(Store::open(&to).unwrap().last_event().unwrap(), 0);
    assert!(store.backup(&folder.path().join("no/folder.db"), |_, _| ()).is_err());
}

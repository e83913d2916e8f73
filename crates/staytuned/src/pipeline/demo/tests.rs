//! The demo day goes in as a whole and out as a whole.

use super::{SHOWN, end, is_wanted, load, shown_in, take_late};
use crate::config::Settings;
use crate::pipeline::House;
use jiff::SignedDuration;
use news::Timestamp;
use std::sync::Arc;
use store::Store;

/// A disk that fails in the middle of the day.
const BROKEN: &str = "CREATE TRIGGER broken BEFORE INSERT ON entry_revision
    WHEN (SELECT COUNT(*) FROM entry_revision) = 40 BEGIN SELECT RAISE (ABORT, 'broken'); END";

fn house(folder: &std::path::Path) -> House {
    let config = folder.join("staytuned.toml");
    std::fs::write(&config, "").unwrap();
    let settings = Settings::load(Some(&config), Some(folder.to_owned())).unwrap();
    House::open(settings, Arc::new(Store::open(&folder.join("staytuned.db")).unwrap())).unwrap()
}

#[test]
fn a_day_that_cannot_be_put_in_whole_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let db = rusqlite::Connection::open(house.store.path().unwrap()).unwrap();
    db.execute_batch(BROKEN).unwrap();
    assert!(load(&house).is_err());
    assert!(
        is_wanted(&house).unwrap() && house.store.pending_count().unwrap() == 0,
        "the next start puts it in"
    );
    db.execute_batch("DROP TRIGGER broken").unwrap();
    load(&house).unwrap();
    assert!(shown_in(&house.store).unwrap() && !is_wanted(&house).unwrap());
    let tomorrow = Timestamp::now() + SignedDuration::from_hours(24);
    assert!(house.store.due_feeds(tomorrow, 100).unwrap().is_empty(), "nobody asks invented outlets");
}

#[test]
fn a_late_line_comes_while_the_day_lasts() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let day = load(&house).unwrap();
    let before = house.store.pending_count().unwrap();
    assert!(take_late(&house, &day.feeds, &day.late[0]).unwrap());
    assert_eq!(house.store.pending_count().unwrap(), before + 1);
    end(&house).unwrap();
    assert!(!take_late(&house, &day.feeds, &day.late[1]).unwrap(), "the day is over");
    assert_eq!(house.store.pending_count().unwrap(), 0);
    assert_eq!(house.store.setting(SHOWN).unwrap().as_deref(), Some("over"));
    end(&house).unwrap();
    assert!(!is_wanted(&house).unwrap(), "it comes once");
}

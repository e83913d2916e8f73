//! The file: made private, brought up to date, refused when it is something else.

use crate::house::{added, story};
use rusqlite::Connection;
use store::{Store, StoreError};

#[test]
fn a_file_is_made_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staytuned.db");
    added(&Store::open(&path).unwrap(), "a.example");
    let again = Store::open(&path).unwrap();
    assert_eq!(again.feeds().unwrap().len(), 1);
    let check = again.check().unwrap();
    assert!(check.damages.is_empty(), "{:?}", check.damages);
    assert_eq!(check.version, check.known_version);
    assert!(check.rows.contains(&("feed", 1)) && check.file_bytes > 0);
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staytuned.db");
    let store = Store::open(&path).unwrap();
    added(&store, "a.example");
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    std::fs::write(&path, "").unwrap();
    assert_eq!(Store::open(&path).unwrap().last_event().unwrap(), 0);
}

#[test]
fn other_files_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Dear diary, this is no database at all. ".repeat(50)).unwrap();
    assert!(matches!(Store::open(&text), Err(StoreError::NotOurs { path }) if path == text));
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("Dear diary"), "left as it was");

    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE recipe (id INTEGER)").unwrap();
    assert!(matches!(Store::open(&other), Err(StoreError::NotOurs { .. })));

    let newer = folder.path().join("newer.db");
    drop(Store::open(&newer).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let refused = Store::open(&newer).err().unwrap().to_string();
    assert!(refused.contains("newer.db") && refused.contains("999"), "{refused}");

    let nowhere = folder.path().join("no/such/folder.db");
    assert!(matches!(Store::open(&nowhere), Err(StoreError::Open { .. })));
}

/// A file as the program of version 14 left it, with what `fill` puts in.
fn of_version_14(path: &std::path::Path, fill: &str) -> Store {
    drop(Store::open(path).unwrap());
    let before = "ALTER TABLE outlet DROP COLUMN family_said_at; ALTER TABLE receiver DROP COLUMN zone;
        DROP INDEX receiver_address; DROP TABLE undated; DROP TABLE question;
        ALTER TABLE figure DROP COLUMN corrects; ALTER TABLE receiver DROP COLUMN not_before; PRAGMA user_version = 14;";
    Connection::open(path).unwrap().execute_batch(&format!("{before}{fill}")).unwrap();
    Store::open(path).unwrap()
}

#[test]
fn the_zone_of_quiet_hours_becomes_the_zone_of_their_receiver() {
    let folder = tempfile::tempdir().unwrap();
    let fill = r#"INSERT INTO reader (id, since) VALUES (1, 0);
        INSERT INTO receiver (reader, name, kind, address, origin, channel, quiet, threshold, state, since, used) VALUES
            (1, 'a', 'ntfy', 'a', 'a', '{"kind":"ntfy","url":"a","token":null}', '{"from":1320,"to":420,"zone":"Europe/Kyiv"}', 'major', 'active', 0, 0),
            (1, 'b', 'ntfy', 'b', 'b', '{"kind":"ntfy","url":"b","token":null}', NULL, 'major', 'active', 0, 0);"#;
    let store = of_version_14(&folder.path().join("staytuned.db"), fill);
    let kept = store.receivers(news::ReaderId(1)).unwrap().into_iter().map(|view| view.receiver.unwrap());
    let kept: Vec<_> = kept.map(|receiver| (receiver.quiet, receiver.zone)).collect();
    let night = news::QuietHours { from: 1_320, to: 420 };
    assert_eq!(kept, [(Some(night), Some("Europe/Kyiv".to_owned())), (None, None)]);
}

#[test]
fn an_address_that_a_reader_has_twice_becomes_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staytuned.db");
    let (id, articles) = story(&Store::open(&path).unwrap(), "Strike", &["a.example"]);
    // The second of three is in use. The third was told the first of two developments, for which the second still waits.
    let fill = format!(
        r#"INSERT INTO reader (id, since) VALUES (1, 0);
        INSERT INTO receiver (id, reader, name, kind, address, origin, channel, threshold, state, since, used) VALUES
            (1, 1, 'a', 'ntfy', 'a', 'a', '{{"kind":"ntfy","url":"a","token":null}}', 'everything', 'waiting', 0, 0),
            (2, 1, 'a', 'ntfy', 'a', 'a', '{{"kind":"ntfy","url":"a","token":null}}', 'everything', 'active', 0, 0),
            (3, 1, 'a', 'ntfy', 'a', 'a', '{{"kind":"ntfy","url":"a","token":null}}', 'everything', 'active', 0, 0),
            (4, 1, 'b', 'ntfy', 'b', 'b', '{{"kind":"ntfy","url":"b","token":null}}', 'everything', 'active', 0, 0);
        INSERT INTO development (id, story, identity, at, kind, weight, families) VALUES
            (1, {id}, '1', 0, 'new_fact', 'ordinary', 1), (2, {id}, '2', 0, 'new_fact', 'ordinary', 1);
        INSERT INTO delivery (receiver, development, story, state, next_try, made_at, done_at) VALUES
            (2, 1, {id}, 'pending', 0, 0, NULL), (3, 1, {id}, 'accepted', 0, 0, 5), (3, 2, {id}, 'pending', 0, 0, NULL);
        INSERT INTO told (receiver, story, at, development) VALUES (3, {id}, 5, 1);"#
    );
    let store = of_version_14(&path, &fill);
    let kept: Vec<i64> =
        store.receivers(news::ReaderId(1)).unwrap().iter().map(|receiver| receiver.id.0).collect();
    assert_eq!(kept, [2, 4]);
    let state = |development| {
        store.delivery_of(news::ReceiverId(2), news::DevelopmentId(development)).unwrap().unwrap().0
    };
    assert_eq!((state(1), state(2)), (news::DeliveryState::Accepted, news::DeliveryState::Pending));
    assert_eq!((store.deliveries_due().unwrap().pending, articles.len()), (1, 1));
    assert!(store.check().unwrap().damages.is_empty());
    let twice =
        "INSERT INTO receiver (reader, name, kind, address, origin, channel, threshold, state, since, used)
        SELECT reader, name, kind, address, origin, channel, threshold, state, since, used FROM receiver";
    assert!(Connection::open(&path).unwrap().execute(twice, []).is_err());
}

#[test]
fn readers_go_on_while_a_transaction_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("staytuned.db")).unwrap();
    story(&store, "Strike", &["a.example"]);
    let seen = store.write(|writer| {
        writer.open_story(None, news::Language::ENGLISH, crate::house::noon(0))?;
        Ok(std::thread::scope(|scope| scope.spawn(|| store.last_event().unwrap()).join().unwrap()))
    });
    assert_eq!(seen.unwrap(), 2, "what is not committed is not seen");
    assert_eq!(store.last_event().unwrap(), 3);
}

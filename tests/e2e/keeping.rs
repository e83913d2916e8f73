//! Keeping: backups while everything runs, everything out and in again.

use crate::house::House;
use crate::kept;
use crate::sink::Browser;
use news::{Channel, Target};
use std::os::unix::fs::PermissionsExt;

const DAY: &str = r#"{"title":"Ferry Marigold aground off Cape Ness","source":"Herald","url":"https://herald.example/1","published_at":"2026-03-02T08:00:00Z","body":"The ferry Marigold ran aground off Cape Ness."}
{"title":"Marigold ferry runs aground at Cape Ness","source":"Lantern","url":"https://lantern.example/1","published_at":"2026-03-02T08:20:00Z","body":"A ferry, the Marigold, is stuck off Cape Ness."}
{"title":"Key rate raised by central bank of Lorvane","source":"Herald","url":"https://herald.example/2","published_at":"2026-03-02T09:00:00Z","body":"The central bank raised its key rate to 4.25 per cent."}
"#;

fn with_a_day() -> House {
    let house = House::new();
    let day = house.path("day.jsonl");
    std::fs::write(&day, DAY).unwrap();
    house.ok(&["replay", day.to_str().unwrap()]);
    house
}

#[test]
fn a_backup_made_while_it_runs_is_whole() {
    let house = with_a_day();
    let running = house.serve(&[]);
    let copy = house.path("copy/staytuned.db");
    std::fs::create_dir(house.path("copy")).unwrap();
    house.ok(&["keys"]);
    let made = house.run(&["backup", copy.to_str().unwrap()]);
    assert!(made.status.success());
    let keys = house.path("kept/push-keys");
    assert!(keys.exists() && !house.path("copy/push-keys").exists());
    let told = String::from_utf8_lossy(&made.stderr);
    assert!(told.contains(&format!("copy {} too", keys.display())), "the file that it leaves out: {told}");
    let again = house.run(&["backup", copy.to_str().unwrap()]);
    assert!(!again.status.success(), "a backup never overwrites");
    drop(running);
    let restored = House::new();
    std::fs::create_dir(restored.path("kept")).unwrap();
    std::fs::copy(&copy, restored.path("kept/staytuned.db")).unwrap();
    assert!(restored.ok(&["search", "Marigold"]).contains("2 of 2 articles"));
}

/// A database that comes without its push keys cuts off every device, and nothing else would say so.
#[test]
fn a_restored_database_without_its_push_keys_says_so() {
    let (old, new) = (House::new(), House::new());
    let contact = "[deliver]\ncontact = \"desk@herald.example\"\n";
    old.configure(contact);
    new.configure(contact);
    let key = old.ok(&["keys"]).split_whitespace().nth(2).unwrap().to_owned();
    let browser = Browser::new();
    let channel = Channel::Push {
        endpoint: "https://push.example/1".to_owned(),
        p256dh: browser.p256dh(),
        auth: browser.auth(1),
        key,
    };
    let device = kept::receiver(channel, "https://push.example");
    kept::reader(&kept::open(&old), "ada", &[device], &[Target::Search("ferry".to_owned())]);
    let copy = old.path("copy.db");
    old.ok(&["backup", copy.to_str().unwrap()]);
    std::fs::create_dir(new.path("kept")).unwrap();
    std::fs::copy(&copy, new.path("kept/staytuned.db")).unwrap();

    let says = |house: &House| {
        let said = house.run(&["doctor"]);
        let words = String::from_utf8_lossy(&said.stdout).into_owned();
        (said.status.success(), words.contains("MEND    push keys: no push reaches devices"))
    };
    assert_eq!(says(&old), (true, false));
    assert_eq!(says(&new), (false, true));
    let running = new.serve(&[]);
    running.wait_until(|| running.log().contains("ERROR") && running.log().contains("(1 in all)"));
    running.stop();
    // Below the key that the new machine made, as the words say.
    let file = "kept/push-keys";
    let lines = [new.path(file), old.path(file)].map(|path| std::fs::read_to_string(path).unwrap());
    std::fs::write(new.path(file), lines.concat()).unwrap();
    assert_eq!(says(&new), (true, false));
    let running = new.serve(&[]);
    assert!(!running.log().contains("no push reaches"), "{}", running.log());
}

#[test]
fn everything_goes_out_and_comes_in_again() {
    let house = with_a_day();
    let all = house.path("all.jsonl");
    house.ok(&["export", "--output", all.to_str().unwrap()]);
    let mode = std::fs::metadata(&all).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it holds what readers gave us");
    let other = House::new();
    other.ok(&["import", all.to_str().unwrap()]);
    other.ok(&["import", all.to_str().unwrap()]);
    let again = other.path("again.jsonl");
    other.ok(&["export", "--output", again.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(all).unwrap(), std::fs::read_to_string(again).unwrap());
}

#[test]
fn a_damaged_export_changes_nothing() {
    let house = with_a_day();
    let all = house.path("all.jsonl");
    house.ok(&["export", "--output", all.to_str().unwrap()]);
    let whole = std::fs::read_to_string(&all).unwrap();
    std::fs::write(&all, &whole[..whole.len() / 2]).unwrap();
    let other = House::new();
    let failed = other.run(&["import", all.to_str().unwrap()]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(other.ok(&["search", "Marigold"]).contains("0 of 0 articles"), "nothing half-written");
}

#[test]
fn one_program_at_a_time_works_on_a_folder() {
    let house = with_a_day();
    let running = house.serve(&[]);
    let day = house.path("day.jsonl");
    let day = day.to_str().unwrap();
    for verb in [&["serve", "--listen", "127.0.0.1:0"][..], &["refresh"], &["replay", day]] {
        let refused = house.run(verb);
        let says = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{verb:?}: {says}");
        let folder = house.path("kept");
        let expect = format!("another Staytuned works on the data folder {}", folder.display());
        assert!(says.contains(&expect), "{verb:?}: {says}");
    }
    // What only adds, corrects or looks goes on beside it.
    let feeds = house.path("feeds.opml");
    let outline =
        "<opml version='2.0'><body><outline type='rss' xmlUrl='http://127.0.0.1:9/feed.xml'/></body></opml>";
    std::fs::write(&feeds, outline).unwrap();
    assert!(house.ok(&["import", feeds.to_str().unwrap()]).contains("1 feeds added"));
    assert!(house.ok(&["correct", "mute", "1"]).contains("done"));
    assert!(house.ok(&["search", "Marigold"]).contains("2 of 2 articles"));
    running.kill();
    house.ok(&["replay", day]);
}

//! What is new is published once: through a second replay, a restart in the middle, and another order of arrival.

use crate::house::{House, repository};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Reports of the labelled streams as lines of a recording, each stream six days after the one before it.
fn day(names: &[&str]) -> Vec<(i64, Value)> {
    let mut lines = Vec::new();
    for (name, nth) in names.iter().zip(0_i64..) {
        let text =
            std::fs::read_to_string(repository(&format!("tests/developments/fitted/{name}.txt"))).unwrap();
        for (block, number) in text.split("\n@ ").zip(0..) {
            let mut rows = block.trim_start_matches("@ ").lines();
            let head: Vec<&str> = rows.next().unwrap().split(' ').collect();
            let (minute, outlet) = (head[0].parse::<i64>().unwrap() + nth * 6 * 1_440, head[1]);
            let title = rows.next().unwrap();
            let body: Vec<&str> =
                rows.filter(|row| !row.starts_with("+ ") && !row.starts_with("= ")).collect();
            let at = jiff::Timestamp::from_second(1_772_438_400 + minute * 60).unwrap();
            lines.push((
                minute,
                json!({
                    "title": title, "text": body.join("\n"), "link": format!("https://{outlet}/{name}/{number}"),
                    "published": at.to_string(), "first_seen": at.to_string(), "outlet": outlet,
                }),
            ));
        }
    }
    lines.sort_by_key(|(minute, _)| *minute);
    lines
}

fn write(house: &House, name: &str, lines: &[(i64, Value)]) -> String {
    let path = house.path(name);
    let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Every development: its words, by how often they were published.
fn published(house: &House) -> BTreeMap<String, usize> {
    let mut words: BTreeMap<i64, String> = BTreeMap::new();
    for line in house.ok(&["export"]).lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        if row["kind"] == "evidence" && row["position"] == 0 {
            let id = row["development"].as_i64().unwrap();
            words.insert(id, row["text"].as_str().unwrap().to_owned());
        }
    }
    let mut counts = BTreeMap::new();
    for words in words.into_values() {
        *counts.entry(words).or_default() += 1;
    }
    counts
}

/// Rows of a table, as they are exported.
fn rows(house: &House, table: &str) -> Vec<Value> {
    let export = house.ok(&["export"]);
    let rows = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|row| row["kind"] == table).collect()
}

const STREAMS: &[&str] =
    &["ferry-aground", "strait-closed", "court-verdict", "corrected-thrice", "toll-in-six-languages"];

#[test]
fn a_second_replay_and_a_restart_publish_nothing_twice() {
    let lines = day(STREAMS);
    let (through, restarted) = (House::new(), House::new());
    let whole = write(&through, "day.jsonl", &lines);
    through.ok(&["replay", &whole]);
    let once = published(&through);
    assert!(once.len() >= 8, "{once:?}");
    assert!(once.values().all(|times| *times == 1), "{once:?}");
    through.ok(&["replay", &whole]);
    assert_eq!(published(&through), once, "a second replay");

    let half = write(&restarted, "half.jsonl", &lines[..lines.len() / 2]);
    let whole = write(&restarted, "day.jsonl", &lines);
    restarted.ok(&["replay", &half]);
    restarted.ok(&["replay", &whole]);
    assert_eq!(published(&restarted), once, "a restart in the middle");
    assert!(!rows(&through, "gist").is_empty(), "what each of the last days says is kept");
    for table in ["gist", "twin"] {
        assert_eq!(rows(&restarted, table), rows(&through, table), "{table} after a restart");
    }
}

#[test]
fn another_order_within_ten_minutes_publishes_nothing_twice() {
    let mut lines = day(STREAMS);
    // Pairs that came within ten minutes of each other change places, the times stay.
    for at in (1..lines.len()).step_by(2) {
        if lines[at].0 - lines[at - 1].0 <= 10 {
            let (first, second) = lines.split_at_mut(at);
            let (one, other) = (&mut first[at - 1].1, &mut second[0].1);
            std::mem::swap(one, other);
            for field in ["first_seen", "published"] {
                let time = one[field].take();
                one[field] = other[field].take();
                other[field] = time;
            }
        }
    }
    let house = House::new();
    let path = write(&house, "day.jsonl", &lines);
    house.ok(&["replay", &path]);
    let counts = published(&house);
    assert!(counts.values().all(|times| *times == 1), "{counts:?}");
}

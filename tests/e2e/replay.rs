//! Recorded days: once in, a second time changes nothing; snapshots of a feed give its edits.

use crate::house::{House, repository};
use serde_json::Value;
use std::collections::HashMap;

#[test]
fn a_second_replay_changes_nothing() {
    let house = House::new();
    let day = house.path("day.jsonl");
    let lines: String = (0..40)
        .map(|n| {
            let minute = n % 60;
            format!(
                "{{\"title\":\"Report {n} on the bridge of Quillmouth\",\"outlet\":\"Outlet {}\",\"first_seen\":\"2026-03-02T08:{minute:02}Z\"}}\n",
                n % 5
            )
        })
        .collect();
    let edited = ["Ferry aground off Quillmouth", "Ferry aground off Quillmouth, nine hurt"].map(|title| {
        let minute = title.len();
        format!("{{\"url\":\"https://coast.example/ferry\",\"title\":\"{title}\",\"outlet\":\"Outlet 1\",\"first_seen\":\"2026-03-02T09:{minute}Z\"}}\n")
    });
    std::fs::write(&day, lines + &edited.concat()).unwrap();
    let path = day.to_str().unwrap();
    let first = house.ok(&["replay", path]);
    assert!(first.contains("entry +41 = 41") && first.contains("article +41 = 41"), "{first}");
    assert!(first.contains("entry_revision +42 = 42") && first.contains("headline_change +1 = 1"), "{first}");
    let before = house.ok(&["export"]);
    let second = house.ok(&["replay", path, "--speed", "max"]);
    assert!(second.contains("entry +0 = 41") && second.contains("entry_revision +0"), "{second}");
    assert_eq!(facts(&before), facts(&house.ok(&["export"])));
}

/// What an export tells of articles, stories, entries and events.
fn facts(export: &str) -> Vec<String> {
    let kinds = ["\"article\"", "\"story\"", "\"event\"", "\"entry\""];
    let told = |line: &&str| kinds.iter().any(|kind| line.contains(kind));
    export.lines().filter(told).map(ToOwned::to_owned).collect()
}

#[test]
fn a_restart_decides_nothing_anew() {
    let house = House::new();
    let (_, lines) = demo_day();
    let day = house.path("day.jsonl");
    std::fs::write(&day, &lines).unwrap();
    let path = day.to_str().unwrap();
    house.ok(&["replay", path]);
    let before = facts(&house.ok(&["export"]));
    assert!(before.len() > 300, "{} facts", before.len());
    // Old articles again, and then a headline that belongs to none of their stories.
    house.ok(&["replay", path]);
    assert_eq!(facts(&house.ok(&["export"])), before);
    let more = house.path("more.jsonl");
    let late = "{\"title\":\"Otter found asleep in post office of Brindle\",\"outlet\":\"Brindle Post\",\"first_seen\":\"2026-03-04T23:59Z\"}\n";
    std::fs::write(&more, late).unwrap();
    house.ok(&["replay", more.to_str().unwrap()]);
    let stories = |facts: &[String]| -> Vec<String> {
        facts
            .iter()
            .filter(|fact| fact.contains("stories_merged") || fact.contains("story_split"))
            .cloned()
            .collect()
    };
    assert_eq!(stories(&facts(&house.ok(&["export"]))), stories(&before));
}

#[test]
fn snapshots_of_a_feed_give_entries_and_their_edits() {
    let house = House::new();
    let folder = house.path("recorded/herald");
    std::fs::create_dir_all(&folder).unwrap();
    let feed = |title: &str| {
        format!(
            "<rss version='2.0'><channel><title>Herald</title><item><guid>1</guid><title>{title}</title>\
             <link>https://herald.example/1</link></item></channel></rss>"
        )
    };
    for (name, title) in [
        ("2026-03-02T080000Z.xml", "Three hurt in ferry accident"),
        ("2026-03-02T081500Z.xml", "Three hurt in ferry accident"),
        ("2026-03-02T083000Z.xml", "Nine hurt in ferry accident"),
    ] {
        std::fs::write(folder.join(name), feed(title)).unwrap();
    }
    let said = house.ok(&["replay", house.path("recorded").to_str().unwrap()]);
    assert!(said.contains("entry +1 = 1") && said.contains("headline_change +1 = 1"), "{said}");
    // What was recorded has no address: it is not looked at, and is in no list for other programs.
    let looked = house.ok(&["refresh"]);
    assert!(looked.contains("0 feeds failing"), "{looked}");
    assert!(!house.ok(&["export", "--opml"]).contains("recorded:"));
}

#[test]
fn the_demo_day_falls_into_its_stories() {
    let house = House::new();
    let gold: HashMap<String, String> = read("demo/gold.jsonl", "story");
    let (articles, lines) = demo_day();
    let output = house.pipe(&["pipe", "assign", "--revise"], &lines);
    let out = String::from_utf8(output.stdout).unwrap();
    let last: Vec<Value> =
        out.lines().skip(articles).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(last.len(), articles);
    let found: Vec<(String, String)> = last
        .iter()
        .map(|line| (gold[line["id"].as_str().unwrap()].clone(), line["story"].to_string()))
        .collect();
    let f1 = bcubed(&found);
    // Three languages without the encoder: a guard against a fall, not a measure (docs/scores.md has those).
    assert!(f1 > 0.55, "BCubed F1 of the demo day is {f1:.3}");
}

/// The demo day's articles in their first form, and how many they are.
fn demo_day() -> (usize, String) {
    let day = std::fs::read_to_string(repository("demo/day.jsonl")).unwrap();
    let lines = day.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let articles: Vec<String> = lines
        .filter(|line| line.get("revision").is_none())
        .map(|line| {
            let at = line["published_at"].as_str().unwrap().trim_start_matches("T+");
            let article = serde_json::json!({
                "id": line["guid"], "title": line["title"], "body": line["body"], "lang": line["lang"],
                "url": line["url"], "source": line["outlet"], "published_at": format!("2026-03-04T{at}:00Z"),
            });
            format!("{article}\n")
        })
        .collect();
    (articles.len(), articles.concat())
}

fn read(path: &str, value: &str) -> HashMap<String, String> {
    let text = std::fs::read_to_string(repository(path)).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .map(|line| (line["guid"].as_str().unwrap().to_owned(), line[value].as_str().unwrap().to_owned()))
        .collect()
}

/// Gold and found story of an article.
type Labels = (String, String);

/// BCubed F1 (Bagga and Baldwin 1998) of `(gold, found)` labels.
fn bcubed(items: &[Labels]) -> f64 {
    let share = |same: &dyn Fn(&Labels, &Labels) -> bool| {
        let of = |item: &Labels| {
            let together = items.iter().filter(|other| same(item, other));
            let (all, right) = together.fold((0, 0), |(all, right), other| {
                (all + 1, right + u32::from(item.0 == other.0 && item.1 == other.1))
            });
            f64::from(right) / f64::from(all)
        };
        items.iter().map(of).sum::<f64>() / items.len() as f64
    };
    let precision = share(&|a, b| a.1 == b.1);
    let recall = share(&|a, b| a.0 == b.0);
    2.0 * precision * recall / (precision + recall)
}

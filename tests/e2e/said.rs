//! Who said what, through the whole program: every quote that is kept is a place in the text that is kept.

use crate::house::{House, repository};
use serde_json::Value;
use std::collections::HashMap;

/// The demo day as a recording.
fn recording() -> String {
    let day = std::fs::read_to_string(repository("demo/day.jsonl")).unwrap();
    let lines = day.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        let at = line["published_at"].as_str().unwrap().trim_start_matches("T+").to_owned();
        let recorded = serde_json::json!({
            "guid": line["guid"], "title": line["title"], "body": line["body"], "lang": line["lang"],
            "url": line["url"], "source": line["outlet"], "published_at": format!("2026-03-04T{at}:00Z"),
        });
        format!("{recorded}\n")
    });
    lines.collect()
}

fn rows<'a>(export: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    export.iter().filter(move |row| row["kind"] == kind)
}

/// Every span is a place in the text, and the first column has one.
fn check_places(row: &Value, columns: &[&str], text: &str) {
    for column in columns {
        let spans: Vec<(usize, usize)> = serde_json::from_str(row[*column].as_str().unwrap()).unwrap();
        assert!(column != &columns[0] || !spans.is_empty(), "{row}");
        for (start, end) in spans {
            let words = text.get(start..end).unwrap_or_default();
            assert!(!words.trim().is_empty(), "{column} {start}..{end} of {text}");
        }
    }
}

#[test]
fn what_is_said_done_and_stood_on_is_a_place_in_its_article() {
    let house = House::new();
    let day = house.path("day.jsonl");
    std::fs::write(&day, recording()).unwrap();
    house.ok(&["replay", day.to_str().unwrap()]);
    let export = house.ok(&["export"]);
    let export: Vec<Value> = export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let texts: HashMap<i64, (&str, &str)> = rows(&export, "body")
        .map(|row| {
            (
                row["article"].as_i64().unwrap(),
                (row["title"].as_str().unwrap(), row["text"].as_str().unwrap()),
            )
        })
        .collect();
    let kinds: [(&str, &[&str], usize); 3] = [
        ("quote", &["content", "source", "cue", "addressee", "occasion"], 100),
        ("position", &["issue", "cue", "words"], 20),
        ("act", &["source", "toward", "cue", "words"], 20),
    ];
    for (kind, columns, least) in kinds {
        let mut count = 0;
        for row in rows(&export, kind) {
            count += 1;
            let (title, text) = texts[&row["article"].as_i64().unwrap()];
            check_places(row, columns, if row["in_title"] == 1 { title } else { text });
        }
        assert!(count > least, "{count} times {kind} in the demo day");
    }
    let speakers = rows(&export, "actor").filter(|actor| actor["redirect_to"].is_null()).count();
    assert!(speakers > 20, "{speakers} speakers");
    let found = house.ok(&["search", "--by", "Dettweiler", "--limit", "3"]);
    assert!(found.contains("Hanne Dettweiler: “"), "{found}");
    assert_eq!(export, again(&house), "an export goes out and in again");
}

/// The same export after a trip through another house.
fn again(house: &House) -> Vec<Value> {
    let all = house.path("all.jsonl");
    house.ok(&["export", "--output", all.to_str().unwrap()]);
    let other = House::new();
    other.ok(&["import", all.to_str().unwrap()]);
    other.ok(&["export"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_brief_gives_words_to_their_speakers() {
    let house = House::new();
    let day = house.path("day.jsonl");
    let lines = [
        ("a", "“We will not sign the treaty,” Ada Holm told reporters in Lorvane on Friday."),
        ("b", "“We will not sign the treaty,” Holm said, days before the vote in Lorvane on the treaty."),
    ];
    let lines = lines.map(|(outlet, body)| {
        let line = serde_json::json!({"title": "Holm will not sign treaty", "body": body, "outlet": outlet,
            "lang": "en", "published_at": "2026-03-04T08:00:00Z", "url": format!("https://{outlet}.example/1")});
        format!("{line}\n")
    });
    std::fs::write(&day, lines.concat()).unwrap();
    let brief = house.ok(&["brief", day.to_str().unwrap()]);
    assert!(
        brief.contains("Ada Holm:\n    “We will not sign the treaty,”") && brief.contains("and 1 more"),
        "{brief}"
    );
}

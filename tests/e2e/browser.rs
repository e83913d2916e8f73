//! A real browser on the front page: news appears without a reload, nothing is asked of anybody else, nothing is
//! complained about, and without script the same story is there.

use crate::house::{House, PATIENCE, repository};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn news_appears_on_an_open_page() {
    let script = repository("tests/browser/live.mjs");
    assert!(
        repository("tests/browser/node_modules").exists(),
        "the browser's driver is missing: ./test installs it (npm ci in tests/browser)"
    );
    let house = House::new();
    let outlets = crate::outlets::Outlets::open();
    outlets.put_feed(
        "/feed.xml",
        "Herald",
        &[("1", "Storm nears the coast of Lorvane", "It will be windy.")],
    );
    house.ok(&["add", &format!("{}/feed.xml", outlets.address)]);
    let running = house.serve(&[]);
    running.wait_for_event(0, |kind, _| kind == "article_joined");

    let headline = "Ferry Marigold runs aground off Cape Ness";
    let mut browser = Command::new("node")
        .arg(&script)
        .args([running.address.as_str(), headline])
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let mut lines = BufReader::new(browser.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "ready");
    outlets.put_feed(
        "/feed.xml",
        "Herald",
        &[
            ("2", headline, "212 people were on board."),
            ("1", "Storm nears the coast of Lorvane", "It will be windy."),
        ],
    );
    let (cookie, token) = running.sign_in();
    let headers = [
        ("Cookie", cookie.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", running.address.as_str()),
    ];
    assert!(running.ask("POST", "/feeds/1/refresh", &headers, &format!("token={token}")).status < 400);
    let seen =
        lines.next().unwrap_or_else(|| panic!("nothing within {PATIENCE:?}:\n{}", running.log())).unwrap();
    let seen: Value = serde_json::from_str(&seen).unwrap();
    assert_eq!(seen["foreign"], serde_json::json!([]), "no request to anybody else");
    assert_eq!(seen["complaints"], serde_json::json!([]));
    assert_eq!(seen["navigations"], 1, "without a reload");
    assert_eq!(seen["withoutScript"], true);
    let times = seen["printed"]["times"].as_array().unwrap();
    let whole = |time: &Value| {
        time.as_str().unwrap().split([' ', ',']).any(|part| part.len() == 4 && part.parse::<u16>().is_ok())
    };
    assert!(!times.is_empty() && times.iter().all(whole), "{seen:#}");
    assert!(!seen["shown"].as_array().unwrap().iter().any(whole), "{seen:#}");
    assert_eq!(seen["after"], seen["shown"], "and back on the screen");
    let line = seen["printed"]["line"].as_str().unwrap();
    assert!(line.starts_with(&format!("{}/, as it was on ", running.address)), "{line}");
    assert!(browser.wait().unwrap().success());
}

//! The first minute: one command, a demo day, every page there; and what a first start must not do.

use crate::house::{House, Running, repository};
use std::process::Command;

#[test]
fn a_newcomer_sees_stories_at_once() {
    let house = House::new();
    let running = house.serve(&["--demo"]);
    running.wait_for_event(0, |kind, _| kind == "headline_changed");
    let mut articles = 0;
    running.wait_for_event(0, |kind, _| {
        articles += u32::from(matches!(kind, "article_joined" | "copy_folded"));
        articles == 150
    });
    // The second look at the day's articles makes one story of several.
    running.wait_for_event(0, |kind, _| kind == "stories_merged");
    let front = running.get("/");
    assert_eq!(front.status, 200);
    assert!(front.body.contains("invented"), "the demo says that it is one");
    let stories = running.stories();
    let largest = stories.iter().max_by_key(|story| story["articles"].as_u64()).unwrap();
    assert!(largest["articles"].as_u64().unwrap() > 10, "{largest}");
    assert!(largest["copies"].as_u64().unwrap() > 0, "agency copies are folded: {largest}");
    let id = largest["id"].as_i64().unwrap();
    let story = running.get(&format!("/story/{id}"));
    assert_eq!(story.status, 200);
    let lead = &running.json(&format!("/api/v1/stories/{id}"))["lead"][0];
    let (article, span) = (&lead["article"], &lead["span"]);
    let evidence = running.get(&format!("/article/{article}?span={}-{}", span["start"], span["end"]));
    assert!(evidence.body.contains("<mark"), "the sentence is marked where it stands");
    for path in
        ["/search?q=talks", "/outlets", "/about", "/feed.xml", "/manifest.webmanifest", "/healthz", "/readyz"]
    {
        assert_eq!(running.get(path).status, 200, "{path}");
    }
    assert_eq!(running.get("/story/999999").status, 404);
    let (cookie, _) = running.sign_in();
    assert_eq!(running.ask("GET", "/feeds", &[("Cookie", &cookie)], "").status, 200);
    every_page_can_be_read_by_everybody(&running);
    the_first_feed_ends_the_demo(&house, &running);
}

/// What was invented goes whole, beside the running program.
fn the_first_feed_ends_the_demo(house: &House, running: &Running) {
    let outlets = crate::outlets::Outlets::open();
    outlets.put_feed("/feed.xml", "Herald", &[("1", "Ferry aground", "Text.")]);
    house.ok(&["add", &format!("{}/feed.xml", outlets.address)]);
    running.wait_until(|| !running.get("/outlets").body.contains(".example"));
    running.wait_until(|| !running.get("/").body.contains("invented"));
}

/// WCAG 2.2 AA as far as a program can check it, on a phone and a desk, light and dark, in a real browser.
fn every_page_can_be_read_by_everybody(running: &Running) {
    let script = repository("tests/browser/access.mjs");
    let output =
        Command::new("node").arg(script).args([&running.address, &running.admin]).output().expect("node");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let seen: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(seen["pages"].as_array().unwrap().len() > 10, "{seen:#}");
    assert_eq!(seen["found"], serde_json::json!([]), "{:#}", seen["found"]);
}

#[test]
fn a_second_start_shows_the_same_day_once() {
    let house = House::new();
    let first = house.serve(&["--demo"]);
    first.wait_for_event(0, |kind, _| kind == "headline_changed");
    first.stop();
    let again = house.serve(&["--demo"]);
    let articles = |story: &serde_json::Value| story["articles"].as_u64().unwrap();
    assert!(again.stories().iter().map(articles).sum::<u64>() < 180, "no article twice");
}

#[test]
fn this_machine_is_not_fetched_from_unless_allowed() {
    let house = House::new();
    house.configure("");
    let outlets = crate::outlets::Outlets::open();
    outlets.put_feed("/feed.xml", "Herald", &[("1", "Ferry aground", "Text.")]);
    let refused = house.run(&["add", &format!("{}/feed.xml", outlets.address)]);
    let errors = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(errors.contains("loopback") && errors.contains("not allowed"), "{errors}");
    assert!(outlets.asked().is_empty(), "not even a connection");
}

#[test]
fn a_wrong_configuration_is_named_and_nothing_starts() {
    let house = House::new();
    house.configure("[web]\nlisten = \"everywhere\"\n");
    let output = house.run(&["serve"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("web.listen") && errors.contains("everywhere"), "{errors}");
    assert!(!house.path("kept").exists(), "nothing was made");
}

#[test]
fn the_doctor_says_what_is_missing() {
    let house = House::new();
    let said = house.ok(&["doctor"]);
    assert!(said.contains("models fetch") && said.contains("staytuned add"), "{said}");
    let json = house.ok(&["doctor", "--json"]);
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

//! Real feeds over real connections: discovery, one story from several outlets, edits, 304, crashes.

use crate::house::{House, Running};
use crate::outlets::Outlets;

const PAGE: &str = "<!DOCTYPE html><html lang='en'><head><title>Ferry aground off Cape Ness</title>\
    <link rel='alternate' type='application/rss+xml' href='/feed.xml'></head><body><article><h1>Ferry aground off Cape \
    Ness</h1><p>The ferry Marigold ran aground off Cape Ness on Tuesday morning with 212 people on board, the coast \
    guard of Lorvane said.</p><p>All passengers were brought ashore by noon, and nobody was seriously hurt, a spokeswoman \
    for the coast guard told reporters at the harbour of Quillmouth.</p><p>Divers will look at the hull before the ship \
    is towed to the yard, which the owner expects to happen on Thursday at high tide.</p></article></body></html>";

fn three_outlets() -> Outlets {
    let outlets = Outlets::open();
    outlets.put("/", "text/html", PAGE);
    outlets.put("/f1", "text/html", PAGE);
    outlets.put_feed(
        "/feed.xml",
        "Herald",
        &[
            (
                "f1",
                "Ferry aground off Cape Ness with 212 on board",
                "The ferry Marigold ran aground off Cape Ness.",
            ),
            ("r1", "Central bank of Lorvane raises key rate", "The central bank raised its key rate."),
        ],
    );
    outlets
}

fn articles(running: &Running) -> u64 {
    running.stories().iter().map(|story| story["articles"].as_u64().unwrap()).sum()
}

/// Orders a look at every feed and waits until the outlet was asked once more.
fn look_again(running: &Running, outlets: &Outlets, path: &str) {
    let (cookie, token) = running.sign_in();
    let asked = outlets.asked().iter().filter(|asked| asked.path == path).count();
    let headers = [
        ("Cookie", cookie.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", running.address.as_str()),
    ];
    let done = running.ask("POST", "/feeds/1/refresh", &headers, &format!("token={token}"));
    assert!(done.status < 400, "{}: {}", done.status, done.body);
    outlets.wait_for(path, asked + 1);
}

#[test]
fn a_site_is_followed_and_its_edits_are_kept() {
    let house = House::new();
    let outlets = three_outlets();
    let said = house.ok(&["add", &outlets.address]);
    assert!(said.contains("added: Herald"), "{said}");
    assert!(house.ok(&["add", &outlets.address]).contains("followed already"));

    let running = house.serve(&[]);
    let first = running.wait_for_event(0, |kind, _| kind == "article_joined");
    let last = running.wait_for_event(first, |kind, _| kind == "article_joined");
    let found = running.json("/api/v1/search?q=Marigold");
    assert_eq!(found["total"], 1, "{found}");
    let page = running.get("/search?q=%22towed+to+the+yard%22");
    assert!(page.body.contains("towed"), "the page behind the teaser was read");

    // Nothing new: the outlet answers 304 and nothing happens.
    look_again(&running, &outlets, "/feed.xml");
    assert!(outlets.asked().iter().any(|asked| asked.path == "/feed.xml" && asked.status == 304));
    assert!(outlets.asked().iter().all(|asked| asked.agent.starts_with("Staytuned/")));

    // An edited headline is a revision of the same article.
    outlets.put_feed(
        "/feed.xml",
        "Herald",
        &[
            (
                "f1",
                "Ferry aground off Cape Ness, all 212 ashore",
                "The ferry Marigold ran aground off Cape Ness.",
            ),
            ("r1", "Central bank of Lorvane raises key rate", "The central bank raised its key rate."),
        ],
    );
    look_again(&running, &outlets, "/feed.xml");
    let edited = running.wait_for_event(last, |kind, body| {
        kind == "headline_changed" && body.to_string().contains("all 212 ashore")
    });
    assert!(edited > last);
    assert_eq!(articles(&running), 2, "an edit is no new article");
}

#[test]
fn killed_in_the_middle_nothing_is_lost_and_nothing_comes_twice() {
    let house = House::new();
    let outlets = Outlets::open();
    let items: Vec<(String, String)> = (0..60)
        .map(|n| (format!("g{n}"), format!("Council of town {n} votes on bridge number {n}")))
        .collect();
    let feed: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|(guid, title)| (guid.as_str(), title.as_str(), "The council voted on Tuesday evening."))
        .collect();
    outlets.put_feed("/feed.xml", "Herald", &feed);
    house.ok(&["add", &format!("{}/feed.xml", outlets.address)]);
    // Killed as soon as the first article is there, the rest is somewhere on its way.
    for _ in 0..3 {
        let running = house.serve(&[]);
        running.wait_for_event(0, |kind, _| kind == "article_joined");
        running.kill();
    }
    let running = house.serve(&[]);
    let mut seen = 0;
    running.wait_for_event(0, |kind, _| {
        seen += u32::from(matches!(kind, "article_joined" | "copy_folded"));
        seen == 60
    });
    assert_eq!(articles(&running), 60);
}

#[test]
fn opml_goes_in_and_comes_out_with_its_folders() {
    let house = House::new();
    let list = house.path("list.opml");
    std::fs::write(
        &list,
        "<opml version='2.0'><body><outline text='World'><outline text='Herald' type='rss' \
         xmlUrl='https://herald.example/feed.xml'/></outline><outline text='Lantern' type='rss' \
         xmlUrl='https://lantern.example/rss'/></body></opml>",
    )
    .unwrap();
    let path = list.to_str().unwrap();
    assert!(house.ok(&["import", path]).starts_with("2 feeds added"));
    assert!(house.ok(&["import", path]).starts_with("0 feeds added, 2 followed already"));
    let out = house.ok(&["export", "--opml"]);
    assert!(out.contains("World") && out.contains("https://herald.example/feed.xml"), "{out}");
}

#[test]
fn what_an_opml_list_gives_and_is_no_feed_is_named() {
    let house = House::new();
    let list = house.path("list.opml");
    let text = "<opml version='2.0'><body><outline type='rss' xmlUrl='javascript:alert(1)'/>\
        <outline type='rss' xmlUrl='https://herald.example/feed.xml'/></body></opml>";
    std::fs::write(&list, text).unwrap();
    let output = house.run(&["import", list.to_str().unwrap()]);
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("1 feeds added, 0 followed already, 1 left out"), "{said}");
    assert!(errors.contains("javascript:alert(1)"), "{errors}");
    assert_eq!(output.status.code(), Some(1));
}

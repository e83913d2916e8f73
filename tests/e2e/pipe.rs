//! Stages as filters: one line out for each line in, in order, bad lines answered, exit code 1 at the end.

use crate::house::House;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};

fn lines(output: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn parse_answers_every_line() {
    let house = House::new();
    let feed = "<rss version='2.0'><channel><title>Herald &amp; Co</title><item><title>A & B</title></item></channel></rss>";
    let path = house.path("feed.xml");
    std::fs::write(&path, feed).unwrap();
    let input = format!(
        "{}\n{{\"id\":\"gone\",\"path\":\"/nowhere.xml\"}}\nnot json\n",
        serde_json::json!({"id": 7, "path": path, "url": "https://herald.example/feed.xml"})
    );
    let output = house.pipe(&["pipe", "parse"], &input);
    assert_eq!(output.status.code(), Some(1), "a bad line is told by the exit code");
    let answers = lines(&output.stdout);
    assert_eq!(answers[0]["id"], 7);
    assert_eq!(answers[0]["title"], "Herald & Co");
    assert_eq!(answers[0]["entries"][0]["title"], "A & B");
    assert!(!answers[0]["complaints"].as_array().unwrap().is_empty(), "the bare ampersand is told");
    assert_eq!(answers[1]["id"], "gone");
    assert!(answers[1]["error"].as_str().unwrap().contains("/nowhere.xml"));
    assert!(answers[2]["error"].is_string());
    assert_eq!(answers.len(), 3);
}

#[test]
fn a_line_is_answered_while_others_may_come() {
    let house = House::new();
    let mut stage = house.begin(&["pipe", "dates"]);
    let mut lines_in = stage.stdin.take().unwrap();
    let mut lines_out = BufReader::new(stage.stdout.take().unwrap()).lines();
    for id in 1..3 {
        let line = serde_json::json!({"id": id, "text": "It rained yesterday.", "published": "2026-03-02"});
        writeln!(lines_in, "{line}").unwrap();
        let answer: Value = serde_json::from_str(&lines_out.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(lines_in);
    assert!(stage.wait().unwrap().success());
}

#[test]
fn nobody_listening_is_no_failure() {
    let house = House::new();
    for verb in [&["completions", "bash"][..], &["man"], &["pipe", "dates"], &["export"]] {
        let mut child = house.begin(verb);
        drop(child.stdout.take());
        let line = b"{\"id\":1,\"text\":\"It rained.\",\"published\":\"2026-03-02\"}\n";
        // It may have ended before it is written to.
        let _ = child.stdin.take().unwrap().write_all(line);
        let status = child.wait().unwrap();
        assert!(status.success(), "{verb:?}: {status}");
    }
}

#[test]
fn every_verb_has_a_manual_page() {
    let house = House::new();
    let page = house.ok(&["man", "models", "fetch"]);
    assert!(page.contains("staytuned\\-models\\-fetch") && page.contains(".SH SYNOPSIS"), "{page}");
    assert!(!house.run(&["man", "nonsense"]).status.success());
    let folder = house.path("man1");
    house.ok(&["man", "--into", folder.to_str().unwrap()]);
    for page in ["staytuned.1", "staytuned-serve.1", "staytuned-models-fetch.1"] {
        assert!(folder.join(page).is_file(), "{page}");
    }
}

#[test]
fn extract_gives_the_article() {
    let house = House::new();
    let html = "<html lang='de'><head><title>Fähre auf Grund | Anzeiger</title><meta name='author' content='Ines Holm'>\
        </head><body><nav>Start Politik Sport</nav><article><h1>Fähre auf Grund</h1><p>GRAUHAFEN. Die Fähre „Marigold“ ist \
        am Dienstagmorgen vor Kap Ness auf Grund gelaufen, wie die Küstenwache mitteilte.</p><p>An Bord waren 212 \
        Menschen, verletzt wurde nach ersten Angaben der Küstenwache niemand von ihnen.</p></article></body></html>";
    let input =
        serde_json::json!({"id": "a", "html": html, "url": "https://anzeiger.example/1"}).to_string() + "\n";
    let output = house.pipe(&["pipe", "extract"], &input);
    let answer = &lines(&output.stdout)[0];
    assert_eq!(answer["title"], "Fähre auf Grund");
    assert_eq!(answer["byline"], "Ines Holm");
    assert_eq!(answer["lang"], "de");
    assert_eq!(answer["paragraphs"].as_array().unwrap().len(), 2);
    assert!(!answer["text"].as_str().unwrap().contains("Politik"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn assign_keeps_the_order_and_finds_copies() {
    let house = House::new();
    let body = "The ferry Marigold ran aground off Cape Ness on Tuesday with 212 people on board. All passengers were brought \
        ashore by noon, the coast guard of Lorvane said. Divers will look at the hull before the ship is towed to the yard.";
    let article = |id: &str, title: &str, body: &str, minute: u8| {
        let at = format!("2026-03-02T08:{minute:02}:00Z");
        serde_json::json!({"id": id, "title": title, "body": body, "published_at": at, "source": id})
            .to_string()
    };
    let input = [
        article("a", "Ferry Marigold aground off Cape Ness with 212 on board", body, 0),
        article(
            "b",
            "Central bank of Lorvane raises key rate to 4.25 per cent",
            "The bank raised its rate.",
            5,
        ),
        article("c", "Ferry Marigold aground off Cape Ness", body, 9),
        "{\"id\":\"d\"}".to_owned(),
    ]
    .join("\n");
    let output = house.pipe(&["pipe", "assign"], &input);
    let answers = lines(&output.stdout);
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
    assert_eq!(answers[0]["story"], answers[2]["story"]);
    assert_ne!(answers[0]["story"], answers[1]["story"]);
    assert_eq!(answers[2]["original"], "a");
    assert!(answers[3]["error"].as_str().unwrap().contains("title"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn quotes_tells_who_said_what_in_code_points() {
    let house = House::new();
    let text = "„Zürich“ läuft aus.\n\n\"We will not sign the treaty on Friday,\" said Ada Holm, the harbour minister of Lorvane.";
    let input = format!(
        "{}\n{{\"id\":\"empty\"}}\n{}\n{}\n",
        serde_json::json!({"id": 1, "text": text, "lang": "en"}),
        serde_json::json!({"id": 2, "lang": "de", "title": "Kein Vertrag", "body": "„Wir werden den Vertrag nicht unterschreiben“, sagte Ada Holm am Freitag."}),
        serde_json::json!({"id": 3, "lang": "en", "title": "Viktor Kern: there will be no talks with the strikers", "body": "“We are done,” union chief Ada Moreno said."}),
    );
    let output = house.pipe(&["pipe", "quotes"], &input);
    assert_eq!(output.status.code(), Some(1), "a bad line is told by the exit code");
    let answers = lines(&output.stdout);
    let words = |text: &str, spans: &Value| -> Vec<String> {
        let point = |value: &Value| value.as_u64().unwrap() as usize;
        let cut = |span: &Value| text.chars().take(point(&span[1])).skip(point(&span[0])).collect();
        spans.as_array().unwrap().iter().map(cut).collect()
    };
    let said = &answers[0]["attributions"][0];
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(words(text, &said["content"]), ["\"We will not sign the treaty on Friday,\""]);
    assert_eq!(words(text, &said["source"]), ["Ada Holm, the harbour minister of Lorvane"]);
    assert_eq!(words(text, &said["cue"]), ["said"]);
    assert_eq!((&said["kind"], &said["speaker"]), (&"direct".into(), &"Ada Holm".into()));
    assert!(answers[1]["error"].is_string());
    let both = answers[3]["text"].as_str().unwrap();
    let said = answers[3]["attributions"].as_array().unwrap();
    let said: Vec<_> =
        said.iter().map(|one| (one["speaker"].clone(), words(both, &one["content"]))).collect();
    let expect =
        [("Viktor Kern", "there will be no talks with the strikers"), ("Ada Moreno", "“We are done,”")];
    assert_eq!(said, expect.map(|(speaker, words)| (speaker.into(), vec![words.to_owned()])));
    let german = answers[2]["text"].as_str().unwrap();
    let said = &answers[2]["attributions"][0];
    assert_eq!(words(german, &said["content"]), ["„Wir werden den Vertrag nicht unterschreiben“"]);
    assert_eq!(said["speaker"], "Ada Holm");
    assert_eq!(answers.len(), 4);
}

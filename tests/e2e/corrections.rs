//! What people correct is carried out by the running program, remembered through a restart, and told once.

use crate::house::{House, Running};
use crate::kept;
use crate::sink::Sink;
use news::{Channel, DevelopmentId, StoryId, Target};
use serde_json::{Value, json};
use store::Store;

const FERRY: [(&str, &str); 3] = [
    (
        "Ferry Marigold runs aground off Cape Ness",
        "The ferry Marigold ran aground off Cape Ness on Tuesday and 3 people were injured, the coast guard of Lorvane said.",
    ),
    (
        "Passengers rescued as ferry Marigold runs aground at Cape Ness",
        "Lifeboats took all passengers off the ferry Marigold after it ran aground off Cape Ness on Tuesday.",
    ),
    (
        "Ferry Marigold aground off Cape Ness, owner opens inquiry",
        "The owner of the ferry Marigold has opened an inquiry on Tuesday into how it ran aground off Cape Ness.",
    ),
];
const MUSEUM: (&str, &str) = (
    "Bronze age ship found under museum in Holmgard",
    "Workers found a ship from the bronze age under the museum in Holmgard on Tuesday, the curator said.",
);

fn owned((title, text): (&str, &str)) -> (String, String) {
    (title.to_owned(), text.to_owned())
}

struct Rig {
    house: House,
    store: Store,
    feeds: Vec<news::FeedId>,
}

impl Rig {
    /// Three reports of a ferry, one of a museum, from four outlets.
    fn new() -> Self {
        let house = House::new();
        house.configure("[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"desk@herald.example\"\n[web]\nadmin_token = \"a-token-of-the-test-long-enough\"\n");
        let store = kept::open(&house);
        let hosts = ["herald.example", "courier.example", "gazette.example", "post.example"];
        let feeds = hosts.map(|host| kept::feed(&store, host)).to_vec();
        let rig = Self { house, store, feeds };
        for (feed, report) in (0..).zip(FERRY.into_iter().chain([MUSEUM])) {
            rig.report(feed, report);
        }
        rig
    }

    fn report(&self, outlet: usize, report: (&str, &str)) {
        kept::accept(&self.store, self.feeds[outlet], &[owned(report)]);
    }

    /// A running program that has filed everything.
    fn serve(&self) -> Running {
        let running = self.house.serve(&[]);
        for report in FERRY.into_iter().chain([MUSEUM]) {
            joined(&running, report.0);
        }
        running
    }

    /// The story that a headline stands in, and its article.
    fn place(&self, title: &str) -> (i64, i64) {
        let export = self.house.ok(&["export"]);
        let rows = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let row = rows.filter(|row| row["kind"] == "article").find(|row| row["title"] == title).unwrap();
        (row["story"].as_i64().unwrap(), row["id"].as_i64().unwrap())
    }

    fn events(&self, kind: &str) -> usize {
        let events = self.store.events_since(0, 10_000).unwrap();
        events.iter().filter(|event| event.kind == kind).count()
    }
}

fn joined(running: &Running, title: &str) {
    running.wait_for_event(0, |kind, body| {
        matches!(kind, "article_joined" | "copy_folded") && body["body"]["title"] == title
    });
}

fn post(running: &Running, correction: &Value) -> (u16, Value) {
    let headers =
        [("Authorization", "Bearer a-token-of-the-test-long-enough"), ("Content-Type", "application/json")];
    let page = running.ask("POST", "/api/v1/corrections", &headers, &correction.to_string());
    (page.status, serde_json::from_str(&page.body).unwrap_or(Value::Null))
}

#[test]
fn a_merge_and_a_move_hold_through_a_restart() {
    let rig = Rig::new();
    let running = rig.serve();
    let ((ferry, _), (museum, find)) = (rig.place(FERRY[0].0), rig.place(MUSEUM.0));
    assert_ne!(ferry, museum);
    let merge = json!({ "kind": "merge", "from": museum, "into": ferry });
    let json_only = [("Content-Type", "application/json")];
    assert_eq!(running.ask("POST", "/api/v1/corrections", &json_only, &merge.to_string()).status, 401);
    assert_eq!(post(&running, &merge), (200, json!({ "story": ferry })));
    let old = running.get(&format!("/story/{museum}"));
    assert!(old.status == 308 && old.head.contains(&format!("location: /story/{ferry}")), "{}", old.head);
    assert_eq!(rig.events("stories_merged"), 2, "told once to each story");
    assert_eq!(post(&running, &merge).0, 422, "they are one already");
    running.stop();

    // What is told of the museum goes where people put it, also after a restart and a second look.
    let again = (
        "Ship from bronze age under Holmgard museum",
        "A ship from the bronze age lies under the museum in Holmgard.",
    );
    rig.report(0, again);
    let running = rig.serve();
    joined(&running, again.0);
    assert_eq!(rig.place(again.0).0, ferry);

    // The find moves out again: its article and no other.
    let split = json!({ "kind": "split", "story": ferry, "articles": [find, rig.place(again.0).1] });
    let (status, answer) = post(&running, &split);
    let own = answer["story"].as_i64().unwrap();
    assert!(status == 200 && own != ferry && own != museum, "{answer}");
    let back = json!({ "kind": "move", "articles": [rig.place(FERRY[2].0).1], "into": own });
    assert_eq!(post(&running, &back), (200, json!({ "story": own })));
    assert_eq!((rig.events("story_split"), rig.events("article_moved")), (2, 2));
    running.stop();
    let running = rig.serve();
    let places = || [FERRY[0].0, FERRY[1].0, FERRY[2].0, MUSEUM.0, again.0].map(|title| rig.place(title).0);
    assert_eq!(places(), [ferry, ferry, own, own, own]);
    let corrections = rig.house.ok(&["correct", "list"]);
    assert_eq!(corrections.lines().count(), 4, "{corrections}");
    drop(running);
}

#[test]
fn the_operators_forms_say_what_will_happen_and_do_it() {
    let rig = Rig::new();
    let running = rig.serve();
    let (ferry, article) = rig.place(FERRY[2].0);
    let (cookie, token) = running.sign_in();
    let look = |path: &str| running.ask("GET", path, &[("Cookie", &cookie)], "");
    assert_eq!(running.get(&format!("/story/{ferry}/correct")).status, 303, "strangers sign in first");
    let page = look(&format!("/story/{ferry}/correct")).body;
    assert!(page.contains(FERRY[2].0) && page.contains("Not news"), "{page}");
    let question = look(&format!("/story/{ferry}/correct/check?kind=split&article={article}"));
    assert!(question.status == 200 && question.body.contains("What will happen"), "{}", question.body);
    assert!(question.body.contains(FERRY[2].0) && !question.body.contains(FERRY[0].0));
    assert_eq!(rig.place(FERRY[2].0).0, ferry, "asking does nothing");
    let send = |token: &str| {
        let headers = [
            ("Cookie", cookie.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", running.address.as_str()),
        ];
        let form = format!("kind=split&article={article}&token={token}");
        running.ask("POST", &format!("/story/{ferry}/correct"), &headers, &form)
    };
    assert_eq!(send("forged").status, 403);
    let done = send(&token);
    let own = rig.place(FERRY[2].0).0;
    assert!(done.status == 303 && own != ferry, "{}", done.body);
    assert!(done.head.contains(&format!("location: /story/{own}/correct")), "{}", done.head);
    let alone = look(&format!("/story/{own}/correct/check?kind=split&article={article}&into=1"));
    assert_eq!(alone.status, 200);
}

#[test]
fn what_is_no_news_and_what_is_muted_goes_to_nobody() {
    let sink = Sink::open();
    let rig = Rig::new();
    let running = rig.serve();
    let (ferry, _) = rig.place(FERRY[0].0);
    let (museum, _) = rig.place(MUSEUM.0);
    let hook = |path: &str| {
        let url = format!("{}{path}", sink.address);
        kept::receiver(
            Channel::Webhook { url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned() },
            &sink.address,
        )
    };
    let stories = [Target::Story(StoryId(ferry)), Target::Story(StoryId(museum))];
    kept::reader(&rig.store, "ada", &[hook("/hook")], &stories);
    let first: DevelopmentId = rig.store.developments(StoryId(ferry), 10).unwrap().last().unwrap().id;
    let said = rig.house.ok(&["correct", "not-news", &first.to_string()]);
    assert!(said.contains("done, see story"), "{said}");
    let page = running.get(&format!("/story/{ferry}")).body;
    assert!(!page.contains(&format!("development-{first}\"")), "{page}");
    assert!(running.get(&format!("/development/{first}")).body.contains("No news, said the operator"));
    assert!(rig.house.ok(&["correct", "mute", &museum.to_string()]).contains("done"));
    assert!(!running.stories().iter().any(|story| story["id"] == museum), "it left the front page");
    let refused = rig.house.run(&["correct", "mute", "9999"]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stdout).contains("no story 9999"));

    // The same again is no news either; a count that goes on is, and the muted story is told to nobody.
    rig.report(
        3,
        (
            "Ferry Marigold has run aground off Cape Ness",
            "On Tuesday the ferry Marigold ran aground off Cape Ness, the coast guard of Lorvane said.",
        ),
    );
    rig.report(
        1,
        (
            "Nine people hurt in fire at Holmgard museum with bronze age ship",
            "A fire at the museum in Holmgard above the bronze age ship injured 9 people on Tuesday.",
        ),
    );
    rig.report(2, ("Ferry Marigold off Cape Ness: 14 people injured", "At least 14 people were injured when the ferry Marigold ran aground off Cape Ness on Tuesday, doctors said."));
    running.stop();
    let running = rig.house.serve(&[]);
    let told = sink.wait_for("/hook", 1);
    assert!(String::from_utf8_lossy(&told.body).contains("14 people"));
    running.wait_for_event(0, |kind, body| {
        kind == "article_joined" && body["body"]["title"].to_string().contains("Nine people")
    });
    running.stop();
    assert_eq!(sink.at("/hook").len(), 1);

    // Nobody runs: the wish is kept, and carried out by the next who does.
    let said = rig.house.ok(&["correct", "--within", "0", "mute", "--undo", &museum.to_string()]);
    assert!(said.contains("waits"), "{said}");
    let running = rig.house.serve(&[]);
    running.wait_for_event(0, |kind, _| kind == "story_unmuted");
    assert!(running.stories().iter().any(|story| story["id"] == museum));
}

#[test]
fn whose_an_outlet_is_is_said_by_people_for_good() {
    let rig = Rig::new();
    let family = |host: &str| {
        let outlets = rig.store.outlets().unwrap();
        outlets.into_iter().find(|outlet| outlet.host == host).unwrap().family
    };
    let running = rig.serve();
    let (ferry, _) = rig.place(FERRY[0].0);
    let families = || {
        let story = running.stories().into_iter().find(|story| story["id"] == ferry).unwrap();
        story["families"].as_u64().unwrap()
    };
    assert_eq!(families(), 3);
    let said = rig.house.ok(&["correct", "family", "courier.example", "herald.example"]);
    assert!(said.contains("outlet courier.example belongs to the family herald.example; done"), "{said}");
    assert_eq!(family("courier.example"), "herald.example");
    assert_eq!(rig.events("outlet_counted"), 1);
    assert_eq!(rig.house.ok(&["correct", "family", "post.example", "Coast Group"]).lines().count(), 1);
    rig.house.ok(&["correct", "family", "gazette.example", "coast group"]);
    assert_eq!(family("gazette.example"), "Coast Group", "by its name");
    let own = json!({ "kind": "family", "host": "gazette.example", "family": "gazette.example" });
    assert_eq!(post(&running, &own), (200, json!({ "story": null })));
    assert_eq!(family("gazette.example"), "gazette.example", "a family of its own");
    let refused = rig.house.run(&["correct", "family", "shore.example", "Coast Group"]);
    let told = String::from_utf8_lossy(&refused.stdout);
    assert!(
        !refused.status.success() && told.contains("refused: there is no outlet shore.example"),
        "{told}"
    );
    assert!(running.get("/outlets").body.contains("Coast Group"));

    // The next report of the one confirms none of the other.
    let next = (
        "Ferry Marigold towed off the rocks of Cape Ness",
        "Two tugs pulled the ferry Marigold off the rocks of Cape Ness, where it ran aground on Tuesday.",
    );
    rig.report(1, next);
    running.stop();
    let running = rig.serve();
    joined(&running, next.0);
    assert_eq!(rig.place(next.0).0, ferry);
    let story = running.stories().into_iter().find(|story| story["id"] == ferry).unwrap();
    assert_eq!(story["families"], 2);
}

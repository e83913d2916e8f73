//! Stay tuned, from the press to the notification, in real browsers: `tests/browser/stay.mjs` is the reader, here is the
//! program and the outlets that publish what it is told of. Firefox speaks to a push service of ours; so does Chromium,
//! whose endpoints' host the program is led to, over TLS with a certificate made for the run.

use crate::house::{House, PATIENCE, Running, repository};
use crate::outlets::Outlets;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

/// One article of each outlet, story by story: headline and text. A count that went on is news each time.
const STORIES: [(&str, [(&str, &str); 3]); 3] = [
    (
        "a",
        [
            (
                "Ferry Marigold runs aground off Cape Ness, 3 people injured",
                "The ferry Marigold ran aground off Cape Ness on Tuesday and 3 people were injured, the coast guard of Lorvane said.",
            ),
            (
                "9 people injured on ferry Marigold, aground off Cape Ness",
                "At least 9 people were injured on Tuesday when the ferry Marigold struck the rocks off Cape Ness, doctors in Quillmouth said.",
            ),
            (
                "Ferry Marigold off Cape Ness: 14 people injured, tugs on their way",
                "Tugs left Quillmouth for the ferry Marigold on Tuesday; 14 people were injured off Cape Ness, the ministry of Lorvane announced.",
            ),
        ],
    ),
    (
        "b",
        [
            (
                "Fire at mill in Karsk kills 2 people",
                "A fire at the paper mill in Karsk killed 2 people on Tuesday, fire chief Ilse Brandt said.",
            ),
            (
                "Paper mill fire in Karsk: 5 people killed",
                "The fire at the paper mill in Karsk has killed 5 people, the police said on Tuesday after a search with dogs.",
            ),
            (
                "Karsk mourns as mill fire kills 8 people",
                "Flags are at half mast in Karsk: 8 people were killed in the fire at the paper mill, mayor Oda Ferrin said on Tuesday.",
            ),
        ],
    ),
    (
        "c",
        [
            (
                "Quake in Upper Tarn kills 4 people in Ostrel and Minde",
                "An earthquake shook Upper Tarn early on Tuesday and killed 4 people in the villages of Ostrel and Minde, the governor said.",
            ),
            (
                "Upper Tarn earthquake: 11 people killed in Ostrel and Minde",
                "The earthquake in Upper Tarn killed 11 people, rescue teams in Ostrel and Minde reported on Tuesday afternoon.",
            ),
            (
                "Aftershocks hit Upper Tarn as earthquake kills 17 people",
                "Aftershocks were felt on Tuesday in Upper Tarn, where the earthquake killed 17 people in Ostrel and Minde, geologists said.",
            ),
        ],
    ),
];

/// The outlets, and how far each story has come in each.
struct Newsroom {
    outlets: Vec<Outlets>,
    published: Vec<Vec<usize>>,
    /// The operator's cookie and token.
    signed_in: Option<(String, String)>,
}

impl Newsroom {
    fn open() -> Self {
        let outlets: Vec<Outlets> =
            ["127.0.0.2", "127.0.0.3", "127.0.0.4"].into_iter().map(Outlets::at).collect();
        let newsroom = Self { published: vec![Vec::new(); outlets.len()], signed_in: None, outlets };
        for outlet in 0..newsroom.outlets.len() {
            newsroom.print(outlet);
        }
        newsroom
    }

    fn print(&self, outlet: usize) {
        let items: Vec<(&str, &str, &str)> = self.published[outlet]
            .iter()
            .rev()
            .map(|story| {
                let (name, articles) = STORIES[*story];
                (name, articles[outlet].0, articles[outlet].1)
            })
            .collect();
        self.outlets[outlet].put_feed("/feed.xml", &format!("Outlet {outlet}"), &items);
    }

    /// One more article, published and fetched.
    fn publish(&mut self, running: &Running, story: usize, outlet: usize) {
        self.published[outlet].push(story);
        self.print(outlet);
        running.refresh(outlet + 1, self.signed_in.get_or_insert_with(|| running.sign_in()));
    }
}

/// The reader's side: a process that asks in lines of JSON.
struct Reader {
    process: Child,
    answers: ChildStdin,
    questions: Receiver<Value>,
}

impl Reader {
    fn start(script: &str, arguments: &[&str], folder: &std::path::Path) -> Self {
        assert!(
            repository("tests/browser/node_modules/puppeteer-core").exists(),
            "the browsers' driver is missing: ./test installs it (npm ci in tests/browser)"
        );
        let mut process = Command::new("node")
            .arg(repository(&format!("tests/browser/{script}")))
            .args(arguments)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node");
        let (answers, lines) =
            (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let (send, questions) = channel();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let _ = send.send(serde_json::from_str(&line).unwrap_or_else(|_| json!({ "seen": line })));
            }
        });
        Self { process, answers, questions }
    }

    fn next(&self) -> Option<Value> {
        self.questions.recv_timeout(2 * PATIENCE).ok()
    }

    fn answer(&mut self, answer: &Value) {
        writeln!(self.answers, "{answer}").unwrap();
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program, knowing the outlets and the push service that this browser speaks to.
fn serve(house: &House, newsroom: &mut Newsroom, asked: &Value) -> (Running, Value) {
    house.configure(&format!(
        "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\npages = false\nhosts = {}\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"mailto:ops@news.example\"\nbetween_minutes = 0\n",
        asked["hosts"]
    ));
    for outlet in &newsroom.outlets {
        house.ok(&["add", &format!("{}/feed.xml", outlet.address)]);
    }
    let authority = asked["authority"].as_str().map(str::to_owned);
    let environment: Vec<(&str, &str)> =
        authority.iter().map(|path| ("SSL_CERT_FILE", path.as_str())).collect();
    let running = house.serve_at("127.0.0.1:0", &environment);
    let mut stories = serde_json::Map::new();
    let mut last = 0;
    for (index, (name, _)) in STORIES.iter().enumerate() {
        newsroom.publish(&running, index, 0);
        last = running.wait_for_event(last, |kind, _| kind == "article_joined");
        let newest = running.stories().iter().map(|story| story["id"].as_i64().unwrap()).max().unwrap();
        stories.insert((*name).to_owned(), newest.into());
    }
    let article = format!("{}/a", newsroom.outlets[0].address);
    let answer = json!({ "address": running.address, "stories": stories, "article": article });
    (running, answer)
}

/// Plays the reader's way and gives what it saw.
fn play(script: &str, arguments: &[&str]) -> Value {
    let (house, mut newsroom) = (House::new(), Newsroom::open());
    let mut reader = Reader::start(script, arguments, &house.path(""));
    let mut running: Option<Running> = None;
    let (mut story, mut address) = (0, String::new());
    loop {
        let Some(asked) = reader.next() else {
            panic!(
                "{script} {arguments:?} does not go on:\n{}",
                running.as_ref().map(Running::log).unwrap_or_default()
            )
        };
        match asked["ask"].as_str() {
            Some("serve") => {
                let (serving, answer) = serve(&house, &mut newsroom, &asked);
                address = serving.address.trim_start_matches("http://").to_owned();
                running = Some(serving);
                story = answer["stories"]["a"].as_i64().unwrap();
                reader.answer(&answer);
            }
            Some("stop") => {
                running.take().unwrap().stop();
                reader.answer(&json!({}));
            }
            Some("start") => {
                let serving = running.insert(house.serve_at(&address, &[]));
                reader.answer(&json!({ "address": serving.address }));
            }
            Some("rotate") => {
                house.ok(&["keys", "rotate"]);
                reader.answer(&json!({}));
            }
            Some("follow") => {
                let headers = [("Content-Type", "application/json")];
                let body = json!({ "kind": "story", "of": story }).to_string();
                let made = running.as_ref().unwrap().ask("POST", "/api/v1/follows", &headers, &body);
                assert_eq!(made.status, 201, "{}", made.body);
                reader.answer(&json!({}));
            }
            Some("publish") => {
                let index = STORIES.iter().position(|(name, _)| asked["story"] == *name).unwrap();
                let outlet = asked["outlet"].as_u64().unwrap() as usize - 1;
                newsroom.publish(running.as_ref().unwrap(), index, outlet);
                let (title, text) = STORIES[index].1[outlet];
                reader.answer(&json!({ "words": [title, text] }));
            }
            _ => return asked["seen"].clone(),
        }
    }
}

fn check(browser: &str, name: &str) -> Value {
    let seen = play("stay.mjs", &[browser]);
    let shown = |moment: &str| {
        let shown = seen[moment].as_array().unwrap_or_else(|| panic!("{moment}: {seen:#}"));
        assert_eq!(shown.len(), 1, "{moment}: one notification a story");
        shown[0].clone()
    };
    assert_eq!(seen["button"], json!(["Following", "true"]));
    assert_eq!(seen["said"], "This device is told when something new happens. You can close this page.");
    assert_eq!(seen["receiver"][0]["kind"], "push");
    assert!(seen["receiver"][0]["name"].as_str().unwrap().starts_with(name), "{seen:#}");
    assert_eq!(
        seen["hesitated"],
        json!([[1, 0], [1, 1], ["button main stay-tuned"]]),
        "followed, then told here"
    );
    let open = shown("open");
    assert!(open["title"].as_str().unwrap().contains("Marigold"), "{open:#}");
    let body = open["body"].as_str().unwrap();
    assert!(body.contains("9 people") && body.ends_with("127.0.0.3"), "the words and the outlet: {open:#}");
    assert_eq!((&open["lang"], &open["dir"]), (&json!("en"), &json!("ltr")));
    assert!(open["data"]["url"].as_str().unwrap().contains("/story/"), "{open:#}");
    assert!(shown("closed")["title"].as_str().unwrap().contains("Karsk"));
    assert!(shown("restarted")["title"].as_str().unwrap().contains("Upper Tarn"));
    assert_eq!(seen["unsubscribed"], true);
    assert_eq!(seen["complaints"], json!([]));
    assert!(seen["gone"][0].as_str().unwrap().contains("410"), "{seen:#}");
    seen
}

#[test]
fn firefox_is_told_once_of_each_story_and_refuses_what_was_tampered_with() {
    let seen = check("firefox", "Firefox on");
    let acks = seen["acks"].as_array().unwrap();
    assert_eq!(acks.last().unwrap(), 101, "a flipped bit is not decrypted: {acks:?}");
    assert!(acks[..acks.len() - 1].iter().all(|code| code == 100), "{acks:?}");
    let kept = seen["tampered"].to_string();
    assert!(!kept.contains("14 people"), "and not shown: {kept}");
}

#[test]
fn chromium_is_told_once_of_each_story() {
    check("chromium", "Chrome on");
}

#[test]
fn each_obstacle_has_a_next_step_and_the_page_works_without_script_and_network() {
    let seen = play("ways.mjs", &[]);
    for why in [
        "no-key",
        "insecure",
        "denied",
        "private",
        "dismissed",
        "unsupported",
        "home-screen",
        "slow",
        "service",
    ] {
        let shown = &seen["why"][why];
        let parts = shown["parts"].as_array().unwrap();
        let named = |part: &Value| part.as_str().unwrap().split(' ').any(|one| one == why);
        assert!(!parts.is_empty() && parts.iter().all(named), "{why}: {shown:#}");
        assert_eq!(shown["title"], "Followed. Nothing notifies you on this device yet", "{why}");
        assert_eq!(shown["ways"], true, "{why}: other ways are offered");
        assert_eq!(seen["other"][why], json!([1, "Following", "true"]), "{why}: the story is followed");
        assert_eq!(seen["left"][why], 0, "{why}: a second press ends it");
    }
    let told = "Followed. You are told on Webhook";
    assert!(seen["elsewhere"]["said"].as_str().unwrap().starts_with(told), "{seen:#}");
    assert_eq!(seen["elsewhere"]["dialog"], false);
    for focused in seen["focus"].as_array().unwrap() {
        assert!(focused.as_str().unwrap().contains("stay-tuned"), "the focus comes back: {focused}");
    }
    assert_eq!(seen["plain"]["followed"], "You follow this now.");
    assert_eq!(seen["plain"]["list"], json!([STORIES[0].1[0].0]));
    assert_eq!(seen["plain"]["left"], 0);
    assert_eq!(seen["offline"]["title"], STORIES[0].1[0].0);
    assert_eq!(seen["offline"]["unseen"], "No connection");
    assert_eq!(seen["offline"]["kept"], json!([STORIES[0].1[0].0]));
    assert_eq!(seen["offline"]["styled"], true);
    assert_eq!(seen["button"]["complaints"], json!([]));
    assert_eq!(seen["button"]["words"], "Stay tuned");
    assert_eq!(seen["button"]["leads"], "/follow");
    assert_eq!(seen["button"]["title"], STORIES[0].1[0].0);
    assert_eq!(seen["button"]["count"], "1 follower");
}

#[test]
fn a_push_is_always_shown_and_one_story_is_one_notification() {
    let seen = play("worker.mjs", &[]);
    assert_eq!(seen["first"]["body"], "First words\nHerald");
    assert_eq!((&seen["first"]["lang"], &seen["first"]["dir"]), (&json!("ar"), &json!("rtl")));
    assert_eq!(seen["second"]["body"], "Second words\nHerald · +3", "three sent, one unread here");
    assert_eq!(seen["second"]["data"]["count"], 4);
    assert_eq!(seen["other"]["data"]["count"], 1);
    assert_eq!(seen["missed"]["body"], "Fifth words\nHerald · +1", "the fourth never came");
    assert_eq!(seen["after"]["body"], "Sixth words\nHerald · +2", "the fifth, and with it the fourth");
    assert_eq!(seen["strange"], json!(vec!["/follows"; 7]), "whatever was pushed");
}

#[test]
fn a_pressed_notification_opens_the_story_at_what_is_new_or_ends_the_follow() {
    let seen = play("press.mjs", &[]);
    assert!(seen["shown"]["title"].as_str().unwrap().contains("Marigold"), "{seen:#}");
    assert!(seen["shown"]["body"].as_str().unwrap().contains("9 people"), "{seen:#}");
    for action in ["Open", "Unfollow"] {
        assert!(seen["shown"]["actions"].as_array().unwrap().contains(&json!(action)), "{seen:#}");
    }
    let unseen = seen["unseen"].as_array().unwrap();
    assert!(unseen.len() == 1 && unseen[0].as_str().unwrap().contains("9 people"), "{seen:#}");
    assert_eq!(seen["inView"], true);
    assert_eq!((&seen["tabs"], &seen["left"]), (&json!(1), &json!([true])), "{seen:#}");
}

#[test]
fn a_new_key_renews_the_subscription_at_the_next_visit() {
    let seen = play("renew.mjs", &[]);
    assert_eq!((&seen["renewed"], &seen["same"]), (&json!(true), &json!(true)), "{seen:#}");
    assert!(seen["told"].as_str().unwrap().contains("Marigold"));
    assert_eq!(seen["statuses"], json!([201]), "nothing went to the old one");
}

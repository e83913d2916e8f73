//! What somebody without an account may do to others by naming receivers: nothing.

use crate::house::{House, Running};
use crate::kept;
use crate::mailbox::Mailbox;
use crate::pages::Page;
use crate::sink::Sink;
use news::{Channel, Target};
use serde_json::{Value, json};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use store::NewReceiver;

/// A reader who knows nothing but the API.
struct Stranger<'a> {
    running: &'a Running,
    secret: String,
}

impl<'a> Stranger<'a> {
    fn new(running: &'a Running) -> Self {
        Self { running, secret: String::new() }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Page {
        let bearer = format!("Bearer {}", self.secret);
        let mut headers = vec![("Content-Type", "application/json")];
        if !self.secret.is_empty() {
            headers.push(("Authorization", &bearer));
        }
        self.running.ask(method, path, &headers, &body.to_string())
    }

    /// Names a receiver; its number.
    fn add(&mut self, receiver: &Value) -> i64 {
        let made = self.ask("POST", "/api/v1/receivers", receiver);
        assert_eq!(made.status, 201, "{}", made.body);
        if let Some((_, cookie)) = made.head.split_once("set-cookie: ") {
            self.secret = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        }
        serde_json::from_str::<Value>(&made.body).unwrap()["receiver"].as_i64().unwrap()
    }

    fn test(&self, receiver: i64) -> Page {
        self.ask("POST", &format!("/api/v1/receivers/{receiver}/test"), &json!({}))
    }
}

/// A service of the operator's network, a name that nobody knows and a port where nobody listens are one to a stranger,
/// also where feeds may come from this network.
#[test]
fn receivers_are_no_map_of_the_operators_network() {
    let house = House::new();
    house.configure("[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n");
    let (inside, running) = (Sink::open(), house.serve(&[]));
    let port = inside.address.rsplit_once(':').unwrap().1;
    let mut stranger = Stranger::new(&running);
    let mut check = |url: &str| {
        let id = stranger.add(&json!({ "kind": "webhook", "url": url }));
        let answer = stranger.test(id);
        let told: Value = serde_json::from_str(&answer.body).unwrap();
        let listed: Value =
            serde_json::from_str(&stranger.ask("GET", "/api/v1/follows", &json!({})).body).unwrap();
        let of = |one: &&Value| one["id"] == id;
        let trouble = listed["receivers"].as_array().unwrap().iter().find(of).unwrap()["trouble"].clone();
        assert_eq!(trouble, "it cannot be reached", "{url}");
        (answer.status, told)
    };
    let expect = check(&format!("{}/admin", inside.address));
    assert_eq!(expect.0, 422);
    for url in [
        format!("http://localhost:{port}/"),
        "http://nobody.invalid/".into(),
        "http://127.0.0.1:9999/".into(),
    ] {
        assert_eq!(check(&url), expect, "{url}");
    }
    assert!(inside.posted().is_empty(), "and nothing of ours came there");
    // The operator is told.
    running.wait_until(|| running.log().contains("see deliver.allow_networks"));
}

/// The question and the test can be ended by the press of a mail program.
#[test]
fn every_mail_of_ours_has_a_link_that_ends_them() {
    let (house, mailbox) = (House::new(), Mailbox::open());
    house.configure(&format!(
        "[deliver]\nsmtp = \"{}\"\nmail_from = \"Herald <news@herald.example>\"\n",
        mailbox.address
    ));
    let running = house.serve(&[]);
    let mut stranger = Stranger::new(&running);
    let id = stranger.add(&json!({ "kind": "mail", "address": "ada@mail.example" }));
    let question = mailbox.wait_for(1);
    let stop = |mail: &str| {
        let link = mail.split_once("List-Unsubscribe: <").unwrap().1.split_once("/stop>").unwrap().0;
        link.strip_prefix(&running.address).unwrap().to_owned()
    };
    let page = stop(&question);
    assert!(question.contains(&format!("{page}\r\n")), "where the answer is given: {question}");
    assert_eq!(stranger.test(id).status, 422, "before it is");
    assert_eq!(running.ask("POST", &page, &[], "").status, 303);
    assert_eq!(stranger.test(id).status, 204);
    assert_eq!(stop(&mailbox.wait_for(2)), page);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let ended = running.ask("POST", &format!("{page}/stop"), &form, "List-Unsubscribe=One-Click");
    assert_eq!((ended.status, stranger.test(id).status), (303, 404));
}

#[test]
fn a_token_that_can_be_guessed_is_found_by_the_doctor() {
    let house = House::new();
    house.configure("[web]\nadmin_token = \"secret\"\n");
    let said = house.run(&["doctor"]);
    let words = String::from_utf8_lossy(&said.stdout);
    assert!(
        !said.status.success() && words.contains("MEND    token: web.admin_token has 6 characters"),
        "{words}"
    );
}

/// A host that takes every connection and never answers: its address and who is held.
fn silent() -> (String, Arc<Mutex<Vec<TcpStream>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, held) =
        (format!("http://{}", listener.local_addr().unwrap()), Arc::<Mutex<Vec<_>>>::default());
    let holding = Arc::clone(&held);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            holding.lock().unwrap().push(stream);
        }
    });
    (address, held)
}

/// One reader names as many slow receivers as one may have, before another one follows the same.
#[test]
fn one_readers_slow_receivers_hold_up_nobody_else() {
    let (house, sink, (slow, held)) = (House::new(), Sink::open(), silent());
    house.configure("[deliver]\nallow_networks = [\"127.0.0.0/8\"]\n");
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let webhook = |address: &str, n: usize| -> NewReceiver {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
        kept::receiver(Channel::Webhook { url: format!("{address}/{n}"), secret }, address)
    };
    let many: Vec<NewReceiver> = (0..32).map(|n| webhook(&slow, n)).collect();
    let follows = [Target::Search("Marigold".to_owned())];
    kept::reader(&store, "many", &many, &follows);
    kept::reader(&store, "one", &[webhook(&sink.address, 1)], &follows);
    let text =
        "The ferry Marigold ran aground off Cape Ness on Tuesday, the harbour master of Quillmouth said.";
    kept::accept(&store, feed, &[("Ferry Marigold runs aground off Cape Ness".to_owned(), text.to_owned())]);
    let running = house.serve(&[]);
    sink.wait_for("/1", 1);
    running.wait_until(|| running.get("/metrics").body.contains("staytuned_deliveries_under_way 8\n"));
    // What is under way has not always come through to the host yet.
    running.wait_until(|| held.lock().unwrap().len() >= 8);
    assert_eq!(held.lock().unwrap().len(), 8, "the others wait for their turn");
}

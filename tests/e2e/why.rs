//! The page that says why a development was sent, or was not, rule by rule; and that what a report only mentions in
//! passing does not reach those who follow it.

use crate::house::{House, Running};
use crate::kept;
use crate::pages::Page;
use crate::sink::Sink;
use news::{Channel, Target, Threshold};
use sha2::{Digest, Sha256};
use store::NewReceiver;

const FERRY: &str = "Ferry Marigold runs aground off the coast of Norway";

/// The report, with a place at its end that nothing in it is about.
fn report() -> (String, String) {
    let sentences = [
        "The ferry Marigold ran aground off the coast of Norway on Tuesday, the coast guard said.",
        "Tugs are on their way to the ship.",
        "Passengers saw rocks from their cabins.",
        "The captain asked for help at dawn.",
        "The sea was calm.",
        "Helicopters circled above the deck.",
        "Fishing boats came near.",
        "The owner bought the ship ten years ago.",
        "It was built in France.",
    ];
    (FERRY.to_owned(), sentences.join(" "))
}

fn receiver(sink: &Sink, name: &str) -> NewReceiver {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
    let channel = Channel::Webhook { url: format!("{}/{name}", sink.address), secret };
    NewReceiver { name: name.to_owned(), ..kept::receiver(channel, &sink.address) }
}

/// A secret of a device, and as the store knows it.
fn secret(letter: char) -> (String, String) {
    let secret: String = std::iter::repeat_n(letter, 64).collect();
    let hash = Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    (secret, hash)
}

fn house() -> House {
    let house = House::new();
    house.configure(
        "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"desk@herald.example\"\n",
    );
    house
}

/// What a device sees of the first development once it says so. Who asks so often is told to wait for a moment now and then.
fn why(running: &Running, secret: &str, says: impl Fn(&Page) -> bool) -> Page {
    let deadline = std::time::Instant::now() + crate::house::PATIENCE;
    loop {
        let page =
            running.ask("GET", "/development/1", &[("Authorization", &format!("Bearer {secret}"))], "");
        assert!([200, 429].contains(&page.status), "{}", page.body);
        if page.status == 200 && says(&page) {
            return page;
        }
        assert!(std::time::Instant::now() < deadline, "{}", page.body);
    }
}

/// The part of the page that is about one receiver.
fn about<'a>(page: &'a Page, receiver: &str) -> &'a str {
    let start = page.body.find(&format!("<h3>{receiver} ")).unwrap_or_else(|| panic!("{}", page.body));
    let part = &page.body[start..];
    &part[..part.find("</section>").unwrap()]
}

#[test]
fn each_place_is_told_why_it_got_a_development_or_did_not() {
    let (sink, house) = (Sink::open(), house());
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let (ada, key) = secret('a');
    let receivers = [
        receiver(&sink, "loud"),
        NewReceiver { threshold: Threshold::Major, ..receiver(&sink, "choosy") },
        NewReceiver { quiet: Some(kept::quiet_now()), ..receiver(&sink, "asleep") },
    ];
    kept::reader(&store, &key, &receivers, &[Target::Search("Marigold".to_owned())]);
    kept::accept(&store, feed, &[report()]);
    let running = house.serve(&[]);
    sink.wait_for("/loud", 1);
    running.wait_for_event(0, |kind, _| kind == "development_published");

    let page = why(&running, &ada, |page| about(page, "loud").contains("It was sent."));
    let loud = about(&page, "loud");
    assert!(loud.contains("because you follow") && loud.contains("the search “Marigold”"), "{loud}");
    assert!(!loud.contains("stopped:") && !loud.contains("waited:"), "{loud}");
    let choosy = about(&page, "choosy");
    assert!(choosy.contains("It was not sent."), "{choosy}");
    assert!(choosy.contains("stopped:</span> it is ordinary; you asked for major and above"), "{choosy}");
    let asleep = about(&page, "asleep");
    assert!(asleep.contains("It waits to be sent."), "{asleep}");
    assert!(asleep.contains("waited:</span> quiet hours until"), "{asleep}");
    let stranger = running.get("/development/1");
    assert!(stranger.body.contains("This browser follows nothing here."), "{}", stranger.body);
    assert!(sink.at("/choosy").is_empty() && sink.at("/asleep").is_empty());
}

#[test]
fn what_is_mentioned_in_passing_does_not_reach_its_followers() {
    let (sink, house) = (Sink::open(), house());
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let [(_, north), (eve, south)] = [secret('b'), secret('c')];
    let place = |key: &str| [Target::Place(key.to_owned())];
    kept::reader(&store, &north, &[receiver(&sink, "norway")], &place("norway"));
    kept::reader(&store, &south, &[receiver(&sink, "france")], &place("france"));
    kept::accept(&store, feed, &[report()]);
    let running = house.serve(&[]);
    sink.wait_for("/norway", 1);
    let page = why(&running, &eve, |_| true);
    assert!(page.body.contains("It is about nothing that you follow now."), "{}", page.body);
    assert!(sink.at("/france").is_empty());
    // What arrived is recorded a moment later.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while store.deliveries_due().unwrap().next.is_some() {
        assert!(std::time::Instant::now() < deadline, "nothing is left to be sent");
        std::thread::yield_now();
    }
}

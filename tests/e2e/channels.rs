//! A development on every channel: the real binary, receivers of every kind on this machine.

use crate::house::House;
use crate::kept;
use crate::mailbox::Mailbox;
use crate::sink::{Browser, Posted, Sink};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, verify};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use news::{Channel, DevelopmentKind, Evidence, ReaderId, ReceiverId, Target, Threshold, Weight};
use store::view::ReceiverState;
use store::{NewDevelopment, NewReceiver, Store};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A house that may send to this machine, with a mail server.
fn house(mailbox: &Mailbox) -> House {
    let house = House::new();
    house.configure(&format!(
        "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"desk@herald.example\"\n\
         smtp = \"{}\"\nmail_from = \"Herald <news@herald.example>\"\n",
        mailbox.address
    ));
    house
}

fn report(title: &str) -> (String, String) {
    (title.to_owned(), format!("{title}. The harbour master of Quillmouth said so on Tuesday."))
}

fn webhook(sink: &Sink, path: &str) -> NewReceiver {
    let channel = Channel::Webhook { url: format!("{}{path}", sink.address), secret: SECRET.to_owned() };
    kept::receiver(channel, &sink.address)
}

fn mail(address: &str, digest_hour: Option<u8>) -> NewReceiver {
    kept::receiver(Channel::Mail { address: address.to_owned(), digest_hour }, "mail.example")
}

/// The signature that Standard Webhooks prescribes.
fn is_signed(posted: &Posted) -> bool {
    let key = STANDARD.decode(SECRET.strip_prefix("whsec_").unwrap()).unwrap();
    let signed = [
        format!("{}.{}.", posted.header("webhook-id"), posted.header("webhook-timestamp")).as_bytes(),
        &posted.body,
    ]
    .concat();
    let signature = STANDARD.decode(posted.header("webhook-signature").strip_prefix("v1,").unwrap()).unwrap();
    verify(&Key::new(HMAC_SHA256, &key), &signed, &signature).is_ok()
}

/// Waits until nothing is due any more.
fn settled(store: &Store) {
    let deadline = std::time::Instant::now() + crate::house::PATIENCE;
    while store.deliveries_due().unwrap().next.is_some_and(|next| next <= Timestamp::now()) {
        assert!(std::time::Instant::now() < deadline, "{:?}", store.deliveries_due());
        std::thread::yield_now();
    }
}

#[test]
fn one_development_reaches_every_channel_by_its_own_rules() {
    let (sink, mailbox) = (Sink::open(), Mailbox::open());
    let house = house(&mailbox);
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let ntfy = Channel::Ntfy { url: format!("{}/desk", sink.address), token: Some("tk_1".to_owned()) };
    let gotify = Channel::Gotify { url: sink.address.clone(), token: "g0".to_owned() };
    let receivers = [
        webhook(&sink, "/hook"),
        kept::receiver(ntfy, &sink.address),
        kept::receiver(gotify, &sink.address),
        mail("ada@mail.example", None),
        NewReceiver { threshold: Threshold::Major, ..webhook(&sink, "/major") },
        NewReceiver { quiet: Some(kept::quiet_now()), ..webhook(&sink, "/quiet") },
        NewReceiver { waits: true, ..mail("eve@mail.example", None) },
    ];
    kept::reader(&store, "ada", &receivers, &[Target::Search("Marigold".to_owned())]);
    kept::accept(
        &store,
        feed,
        &[report("Ferry Marigold runs aground off Cape Ness"), report("Quake in Upper Tarn")],
    );
    let running = house.serve(&[]);

    let hook = sink.wait_for("/hook", 1);
    assert!(is_signed(&hook), "{hook:?}");
    let data = &hook.json()["data"];
    let words = "Ferry Marigold runs aground off Cape Ness. The harbour master";
    assert!(data["title"].as_str().unwrap().starts_with("Ferry Marigold"), "{data}");
    assert!(
        words.starts_with(data["words"].as_str().unwrap()) && data["outlet"] == "The herald.example",
        "{data}"
    );
    let story = data["story"].as_i64().unwrap();
    assert!(data["url"].as_str().unwrap().starts_with(&format!("{}/story/{story}?new=", running.address)));

    let posted = sink.wait_for("/", 1);
    let body = posted.json();
    assert_eq!((&body["topic"], &body["sequence_id"]), (&"desk".into(), &format!("story-{story}").into()));
    assert_eq!(posted.header("authorization"), "Bearer tk_1");
    let gotify = sink.wait_for("/message", 1);
    assert_eq!((gotify.header("x-gotify-key"), &gotify.json()["priority"]), ("g0", &5.into()));

    let letter = mailbox.wait_for(1);
    assert!(
        letter.contains("To: ada@mail.example\r\n") && letter.contains("Subject: Ferry Marigold"),
        "{letter}"
    );
    let (_, unfollow) = letter.split_once("List-Unsubscribe: <").unwrap();
    let unfollow = unfollow.split_once('>').unwrap().0;
    settled(&store);
    assert_eq!(sink.at("/hook").len(), 1, "the quake was not asked for");
    assert!(sink.at("/major").is_empty() && sink.at("/quiet").is_empty());
    assert_eq!(mailbox.mails().len(), 1, "Eve has not said that she wants it");
    assert_eq!(store.deliveries_due().unwrap().pending, 1, "it waits for the end of the quiet hours");

    // One press in the mail program (RFC 8058: a form, no cookie) ends the follow.
    let path = unfollow.strip_prefix(&running.address).unwrap();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    assert!(running.ask("POST", path, &form, "List-Unsubscribe=One-Click").status < 400);
    kept::accept(&store, feed, &[report("Sister ship of Marigold leaves the yard of Brackwater")]);
    running.stop();
    let running = house.serve(&[]);
    running.wait_for_event(0, |kind, body| kind == "article_joined" && body.to_string().contains("Sister"));
    settled(&store);
    assert_eq!(sink.at("/hook").len(), 1);
    let counters = running.get("/metrics").body;
    assert!(counters.contains("staytuned_deliveries_total{state=\"accepted\"}"), "{counters}");
    assert_eq!(store.deliveries_due().unwrap().pending, 0, "nobody asks for it any more");
}

#[test]
fn answers_mean_what_they_say() {
    let sink = Sink::answering(|posted, before| match (posted.path.as_str(), before) {
        ("/push/gone", _) => (410, String::new()),
        ("/push/forbidden", _) => (403, String::new()),
        ("/push/large", 0) => (413, String::new()),
        ("/hook", 0) => (503, "retry-after: 1\r\n".to_owned()),
        ("/full", 0) => (429, "retry-after: 3600\r\n".to_owned()),
        _ => (201, String::new()),
    });
    let mailbox = Mailbox::open();
    let house = house(&mailbox);
    let key = house.ok(&["keys"]).split_whitespace().nth(2).unwrap().to_owned();
    let (store, browser) = (kept::open(&house), Browser::new());
    let feed = kept::feed(&store, "herald.example");
    let device = |n: usize, path: &str, key: &str| {
        let channel = Channel::Push {
            endpoint: format!("{}/push/{path}", sink.address),
            p256dh: browser.p256dh(),
            auth: browser.auth(n),
            key: key.to_owned(),
        };
        kept::receiver(channel, &sink.address)
    };
    let receivers = [
        device(0, "well", &key),
        device(1, "gone", &key),
        device(2, "forbidden", &key),
        device(3, "large", &key),
        device(4, "stranger", "a key of before the last rotation"),
        webhook(&sink, "/hook"),
        webhook(&sink, "/full"),
    ];
    let follows = ["Marigold", "Karsk"].map(|word| Target::Search(word.to_owned()));
    let (reader, ids) = kept::reader(&store, "ada", &receivers, &follows);
    // The key is replaced: subscriptions made with the one before are still served.
    house.ok(&["keys", "rotate"]);
    kept::accept(&store, feed, &[report("Ferry Marigold runs aground off Cape Ness")]);
    let running = house.serve(&[]);
    let shown = browser.read(0, &sink.wait_for("/push/well", 1).body);
    assert_eq!(shown["notification"]["title"], "Ferry Marigold runs aground off Cape Ness");
    let (first, second) = (sink.wait_for("/push/large", 1), sink.wait_for("/push/large", 2));
    assert!(browser.read(3, &second.body)["web_push"] == 8030 && second.body.len() <= first.body.len());
    let again = sink.wait_for("/hook", 2);
    assert_eq!(again.header("webhook-id"), sink.at("/hook")[0].header("webhook-id"), "the same message");

    let state = |n: usize| -> (ReceiverState, String) {
        let found = store.receiver(reader, ids[n]).unwrap().unwrap();
        (found.state, found.trouble.unwrap_or_default())
    };
    let ill = |n: usize| !state(n).1.is_empty();
    running.wait_until(|| state(1).0 == ReceiverState::Gone && ill(2) && ill(4) && !ill(5));
    assert_eq!(state(0), (ReceiverState::Active, String::new()));
    assert_eq!(state(2), (ReceiverState::Active, "answered 403".to_owned()));
    assert!(state(4).1.contains("not ours"), "{:?}", state(4));
    assert!(sink.at("/push/stranger").is_empty());
    let said = house.run(&["doctor"]);
    let said = String::from_utf8_lossy(&said.stdout);
    assert!(said.contains("receivers") && said.contains("answered 403"), "{said}");
    let (cookie, _) = running.sign_in();
    let page = running.ask("GET", "/feeds", &[("Cookie", &cookie)], "").body;
    assert!(page.contains("answered 403") && !page.contains("/push/forbidden"), "{page}");

    // Who asked for an hour is sent nothing of another story either.
    running.stop();
    kept::accept(&store, feed, &[report("Central bank of Karsk raises key rate")]);
    let running = house.serve(&[]);
    sink.wait_for("/push/well", 2);
    let soon = Timestamp::now() + SignedDuration::from_mins(5);
    running.wait_until(|| store.next_delivery().unwrap().is_some_and(|next| next > soon));
    assert_eq!((sink.at("/hook").len(), sink.at("/full").len()), (3, 1));
    assert_eq!(state(6), (ReceiverState::Active, "answered 429".to_owned()));
}

#[test]
fn a_digest_gathers_and_one_press_ends_all_mail() {
    let (sink, mailbox) = (Sink::open(), Mailbox::open());
    let house = house(&mailbox);
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let hour = |hours: i64| {
        let at = Timestamp::now() - SignedDuration::from_hours(hours);
        (at, u8::try_from(at.to_zoned(jiff::tz::TimeZone::UTC).hour()).unwrap())
    };
    let (_, due) = hour(0);
    let receivers = [mail("ada@mail.example", Some(due)), webhook(&sink, "/hook")];
    let (reader, ids) = kept::reader(&store, "ada", &receivers, &[Target::Search("Lorvane".to_owned())]);
    kept::accept(
        &store,
        feed,
        &[report("Ferry Marigold aground"), report("Central bank of Karsk raises key rate")],
    );
    let running = house.serve(&[]);
    let second = running.wait_for_event(0, |kind, _| kind == "article_joined");
    running.wait_for_event(second, |kind, _| kind == "article_joined");
    running.stop();

    // What was new before the hour of the digest, and one thing after it.
    let stories: Vec<_> = store.front(&store::FrontQuery::default()).unwrap().stories;
    let now = Timestamp::now();
    publish(&store, reader, &stories, now - SignedDuration::from_hours(2));
    let running = house.serve(&[]);
    let digest = mailbox.wait_for(1);
    assert!(
        digest.contains("Ferry Marigold aground") && digest.contains("Central bank of Karsk"),
        "{digest}"
    );
    assert!(digest.contains("(+1)"), "{digest}");
    sink.wait_for("/hook", 2);
    settled(&store);
    assert_eq!(mailbox.mails().len(), 1);
    let (_, stop) = digest.split_once("List-Unsubscribe: <").unwrap();
    let path = stop.split_once('>').unwrap().0.strip_prefix(&running.address).unwrap();
    assert!(path.ends_with("/stop"), "{path}");
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    assert!(running.ask("POST", path, &form, "List-Unsubscribe=One-Click").status < 400);
    let left: Vec<ReceiverId> = store.receivers(reader).unwrap().iter().map(|receiver| receiver.id).collect();
    assert_eq!(left, [ids[1]]);
}

/// One development of each story, which the reader follows from now on.
fn publish(store: &Store, reader: ReaderId, stories: &[store::view::StoryCard], at: Timestamp) {
    let publish = |writer: &mut store::Writer| {
        for story in stories {
            writer.follow(reader, &Target::Story(story.id), Threshold::Everything, 1, at)?;
            let article = story.lead.as_ref().unwrap().article;
            writer.publish_development(&NewDevelopment {
                identity: format!("earlier {article}"),
                story: story.id,
                at,
                kind: DevelopmentKind::NewFact,
                weight: Weight::Ordinary,
                families: 1,
                speaker: None,
                evidence: vec![Evidence { article, span: None }],
                concerns: Vec::new(),
                searched: None,
            })?;
        }
        Ok(())
    };
    store.write(publish).unwrap();
}

#[test]
fn the_terminal_shows_what_is_new_as_it_comes() {
    let mailbox = Mailbox::open();
    let house = house(&mailbox);
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    kept::accept(&store, feed, &[report("Ferry Marigold runs aground\u{1b}[2J off Cape Ness")]);
    let running = house.serve(&[]);
    running.wait_for_event(0, |kind, _| kind == "development_published");
    let shown = house.ok(&["follow", "--once"]);
    assert!(shown.contains("Ferry Marigold runs aground") && !shown.contains('\u{1b}'), "{shown}");
    let line: serde_json::Value =
        serde_json::from_str(house.ok(&["follow", "--once", "--json"]).trim()).unwrap();
    assert_eq!(
        (&line["kind"], &line["evidence"][0]["outlet"]),
        (&"first_report".into(), &"The herald.example".into())
    );
    let story = line["story"].to_string();
    assert_eq!(house.ok(&["follow", "--once", "--last", "1", &story]).lines().count(), 3);
    assert!(house.ok(&["follow", "--once", "--major"]).is_empty());
    assert!(!house.run(&["follow", "--once", "9999"]).status.success());
}

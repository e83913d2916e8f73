//! One happening in two stories: who was told of it by one of them is not told by the other, through a restart, and the
//! page says why; who follows only the other is told.

use crate::house::{House, PATIENCE};
use crate::kept;
use crate::sink::Sink;
use jiff::Timestamp;
use news::{Channel, DevelopmentId, DevelopmentKind, Evidence, StoryId, Target, Weight};
use sha2::{Digest, Sha256};
use std::time::Instant;
use store::{NewDevelopment, NewReceiver, Store, Writer};
use story::development::Gist;

fn report(title: &str, text: &str) -> (String, String) {
    (title.to_owned(), text.to_owned())
}

fn receiver(sink: &Sink, name: &str) -> NewReceiver {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
    let channel = Channel::Webhook { url: format!("{}/{name}", sink.address), secret };
    NewReceiver { name: name.to_owned(), ..kept::receiver(channel, &sink.address) }
}

/// A secret of a device as the store knows it.
fn hashed(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Something major in a story, told by the words of its first development.
fn major(store: &Store, story: StoryId) -> NewDevelopment {
    let first = store.developments(story, 1).unwrap().remove(0).evidence.remove(0);
    NewDevelopment {
        identity: format!("major {story}"),
        story,
        at: Timestamp::now(),
        kind: DevelopmentKind::NewFact,
        weight: Weight::Major,
        families: 2,
        speaker: None,
        evidence: vec![Evidence { article: first.article, span: first.span }],
        concerns: vec![Target::Place("norway".to_owned())],
        searched: None,
    }
}

fn publish(writer: &mut Writer, new: &NewDevelopment) -> store::Result<DevelopmentId> {
    Ok(writer.publish_development(new)?.expect("it is new").id)
}

/// Waits until nothing is left to be sent.
fn wait_until_settled(store: &Store) {
    let deadline = Instant::now() + PATIENCE;
    while store.deliveries_due().unwrap().pending > 0 {
        assert!(Instant::now() < deadline, "something still waits");
        std::thread::yield_now();
    }
}

#[test]
fn the_same_news_of_two_stories_is_told_once() {
    let (sink, house) = (Sink::open(), House::new());
    house.configure(
        "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"desk@herald.example\"\n",
    );
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let secret = "d".repeat(64);
    let places = ["norway", "hungary"].map(|place| Target::Place(place.to_owned()));
    kept::reader(&store, &hashed(&secret), &[receiver(&sink, "both")], &places);
    let ferry = report(
        "Ferry Marigold runs aground off the coast of Norway",
        "The ferry Marigold ran aground off the coast of Norway on Tuesday, the coast guard said.",
    );
    let budget = report(
        "Salt tax adopted in Hungary after a night of debate",
        "Deputies in Hungary voted for a tax on salt, the finance committee announced on Tuesday.",
    );
    kept::accept(&store, feed, &[ferry, budget]);
    let running = house.serve(&[]);
    sink.wait_for("/both", 2);
    let long_ago = Timestamp::UNIX_EPOCH;
    let gists = store.gists(long_ago, Gist::VERSION).unwrap();
    assert_eq!(gists.len(), 2, "what each says is kept");
    assert!(gists.iter().all(|kept| store.story_of(kept.article).unwrap() == Some(kept.story)));

    kept::reader(&store, "other", &[receiver(&sink, "other")], &[Target::Story(StoryId(2))]);
    let (run_aground, adopted) = (major(&store, StoryId(1)), major(&store, StoryId(2)));
    let twins = store.write(|writer| {
        let (one, other) = (publish(writer, &run_aground)?, publish(writer, &adopted)?);
        writer.keep_gist(other, Gist::VERSION, &[], &[one])?;
        Ok((one, other))
    });
    let (one, other) = twins.unwrap();
    assert_eq!(sink.wait_for("/both", 3).json()["data"]["development"], one.0);
    assert_eq!(sink.wait_for("/other", 1).json()["data"]["development"], other.0);
    wait_until_settled(&store);
    let bearer = format!("Bearer {secret}");
    let page = running.ask("GET", &format!("/development/{other}"), &[("Authorization", &bearer)], "");
    let link = format!("another story told you the same: <a href=\"/development/{one}\">");
    assert!(page.body.contains(&link) && page.body.contains("It was not sent."), "{}", page.body);
    running.kill();

    let running = house.serve(&[]);
    wait_until_settled(&store);
    running.stop();
    assert_eq!((sink.at("/both").len(), sink.at("/other").len()), (3, 1), "no more after a restart");
}

//! Killed at fifty random points while 200 developments go to 500 followers: judged by what arrived, nothing is lost and
//! no device shows anything twice.

use crate::house::{House, PATIENCE};
use crate::kept;
use crate::sink::{Browser, Posted, Sink};
use news::{
    Channel, DevelopmentId, DevelopmentKind, Evidence, ReceiverId, StoryId, Target, Threshold, Weight,
};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use store::{NewDevelopment, Store};

const FOLLOWERS: usize = 500;
/// Of them, so many are webhooks.
const HOOKS: usize = 100;
/// Each follows one of so many searches.
const BEATS: usize = 10;
const ROUNDS: usize = FIRST + 2 * AGAIN;
/// Rounds of new happenings, and of ordinary and of major developments of some of them.
const FIRST: usize = 26;
const AGAIN: usize = 12;
/// Developments in each round.
const EACH: usize = 4;

/// Not random in the sense of unknown: the same points each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A word that no other number has.
fn word(n: usize, salt: usize) -> String {
    const PARTS: [&str; 16] =
        ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "da", "fe", "gi", "ho", "ju", "pa"];
    let mut mixed = (n * 7_919 + salt * 104_729 + 12_345) as u32;
    mixed = mixed.wrapping_mul(2_654_435_761);
    let word: String = (0..4).map(|part| PARTS[(mixed >> (8 * part + 3)) as usize % 16]).collect();
    format!("{}{}", word[..1].to_uppercase(), &word[1..])
}

fn beat(n: usize) -> String {
    format!("beat{}", n % BEATS)
}

/// A report of happening `n`.
fn report(n: usize) -> (String, String) {
    let (who, what, place) = (word(n, 1), word(n, 2), word(n, 3));
    let (first, second) = (word(n, 4), word(n, 5));
    (
        format!("{who} {first} closes {what} bridge in {place}"),
        format!(
            "Mayor {who} {first} closed the {what} bridge in {place} on Tuesday, {} reports. Engineers from {second} found \
             cracks in its northern pillar.",
            beat(n)
        ),
    )
}

struct Rig {
    house: House,
    sink: Sink,
    browser: Browser,
}

impl Rig {
    fn new() -> Self {
        let house = House::new();
        house.configure(
            "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"desk@herald.example\"\n[log]\nlevel = \"warn\"\n",
        );
        let key = house.ok(&["keys"]);
        let key = key.split_whitespace().nth(2).unwrap().to_owned();
        let (sink, browser) = (Sink::open(), Browser::new());
        let store = kept::open(&house);
        for n in 0..FOLLOWERS {
            let channel = match n < HOOKS {
                true => Channel::Webhook {
                    url: format!("{}/hook/{n}", sink.address),
                    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
                },
                false => Channel::Push {
                    endpoint: format!("{}/push/{n}", sink.address),
                    p256dh: browser.p256dh(),
                    auth: browser.auth(n),
                    key: key.clone(),
                },
            };
            let new = kept::receiver(channel, &sink.address);
            kept::reader(&store, &format!("reader {n}"), &[new], &[Target::Search(beat(n))]);
        }
        Self { house, sink, browser }
    }

    /// What a device was told: story, development, and how many developments in all.
    fn told(&self, posted: &Posted) -> (usize, StoryId, DevelopmentId, u64) {
        let (kind, n) = posted.path.trim_start_matches('/').split_once('/').unwrap();
        let n = n.parse().unwrap();
        let data = match kind {
            "hook" => {
                let data = posted.json()["data"].clone();
                assert_eq!(posted.header("webhook-id"), format!("development-{}", data["development"]));
                data
            }
            _ => {
                let shown = self.browser.read(n, &posted.body)["notification"].clone();
                assert_eq!(shown["tag"], format!("story-{}", shown["data"]["story"]));
                assert_eq!(posted.header("topic").len(), 22);
                shown["data"].clone()
            }
        };
        let id = |name: &str| data[name].as_i64().unwrap();
        (n, StoryId(id("story")), DevelopmentId(id("development")), data["count"].as_u64().unwrap())
    }
}

/// From now on the followers of a beat follow its stories, as they would by the button.
fn follow_stories(store: &Store) -> BTreeMap<StoryId, usize> {
    let mut beats = BTreeMap::new();
    for development in store.developments_after(DevelopmentId(0), 1_000).unwrap() {
        let found = development.evidence.iter().find_map(|piece| piece.text.split("beat").nth(1)).unwrap();
        beats.insert(development.story, found[..1].parse::<usize>().unwrap());
    }
    let now = jiff::Timestamp::now();
    store
        .write(|writer| {
            for (story, beat) in &beats {
                for reader in (0..FOLLOWERS).filter(|n| n % BEATS == *beat) {
                    let reader = news::ReaderId(reader as i64 + 1);
                    writer.follow(reader, &Target::Story(*story), Threshold::Everything, 1, now)?;
                }
            }
            Ok(())
        })
        .unwrap();
    beats
}

#[test]
fn killed_at_fifty_points_nothing_is_lost_and_nothing_is_shown_twice() {
    let rig = Rig::new();
    let store = kept::open(&rig.house);
    let feed = kept::feed(&store, "herald.example");
    let mut dice = Dice(2_026);
    let mut beats = BTreeMap::new();
    for round in 0..ROUNDS {
        if round < FIRST {
            let entries: Vec<_> = (round * EACH..(round + 1) * EACH).map(report).collect();
            kept::accept(&store, feed, &entries);
        } else {
            if round == FIRST {
                let running = rig.house.serve(&[]);
                wait_until_settled(&store);
                running.stop();
                beats = follow_stories(&store);
            }
            // As if the program had been killed right after it had filed an article: what is ordinary is held back soon
            // after the last message, what is major takes it along.
            let weight = if round < FIRST + AGAIN { Weight::Ordinary } else { Weight::Major };
            for story in beats.keys().skip((round - FIRST) % AGAIN * EACH).take(EACH) {
                publish(&store, *story, weight);
            }
        }
        let running = rig.house.start();
        // Mostly while messages leave, sometimes at any moment; what is held back does not leave.
        let blindly = (FIRST..FIRST + AGAIN).contains(&round) || dice.below(5) == 0;
        let within = if blindly { Duration::from_millis(dice.below(1_500)) } else { PATIENCE / 10 };
        rig.sink.wait_for_more(1 + dice.below(199) as usize, within);
        running.kill();
    }
    let running = rig.house.serve(&[]);
    wait_until_settled(&store);
    running.stop();
    judge(&rig, &store, &beats);
}

/// Another development of a story.
fn publish(store: &Store, story: StoryId, weight: Weight) {
    let first = store.developments(story, 1).unwrap().remove(0).evidence.remove(0);
    let new = NewDevelopment {
        identity: format!("{} {story}", weight.word()),
        story,
        at: jiff::Timestamp::now(),
        kind: DevelopmentKind::NewFact,
        weight,
        families: 2,
        speaker: None,
        evidence: vec![Evidence { article: first.article, span: first.span }],
        concerns: Vec::new(),
        searched: None,
    };
    assert!(store.write(|writer| writer.publish_development(&new)).unwrap().is_some());
}

/// Waits until every entry is filed and nothing is due; what the rules hold back waits on.
fn wait_until_settled(store: &Store) {
    let deadline = Instant::now() + 2 * PATIENCE;
    loop {
        let (entries, due) = (store.pending_count().unwrap(), store.deliveries_due().unwrap());
        if entries == 0 && due.next.is_none_or(|next| next > jiff::Timestamp::now()) {
            return;
        }
        assert!(Instant::now() < deadline, "{entries} entries, {due:?}");
        std::thread::yield_now();
    }
}

/// What is held back: soon after another message on the same story.
fn held(store: &Store) -> BTreeSet<(ReceiverId, DevelopmentId)> {
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(15);
    let claimed =
        store.claim_deliveries(100_000, later, later, &store::Busy::default(), |_, _| true).unwrap();
    let held = claimed.iter().flat_map(|one| {
        one.waiting.iter().map(|waiting| {
            assert!(waiting.told.is_some(), "it waits for nothing");
            (one.receiver.id, waiting.development.id)
        })
    });
    held.collect()
}

fn judge(rig: &Rig, store: &Store, beats: &BTreeMap<StoryId, usize>) {
    let developments = store.developments_after(DevelopmentId(0), 1_000).unwrap();
    assert_eq!(developments.len(), ROUNDS * EACH);
    let held = held(store);
    // What each follower was told, in order, by story: development and how many it stands for.
    let mut told: BTreeMap<(usize, StoryId), Vec<(DevelopmentId, u64)>> = BTreeMap::new();
    let posted = rig.sink.posted();
    for one in &posted {
        let (follower, story, development, count) = rig.told(one);
        told.entry((follower, story)).or_default().push((development, count));
    }
    let (mut again, mut folded, mut expected) = (0, 0, 0);
    for ((follower, story), shown) in &told {
        assert_eq!(follower % BEATS, beats[story], "somebody else's news");
        // A device shows the newest under the story's tag: what is offered again replaces itself, nothing older comes
        // back.
        assert!(shown.is_sorted_by_key(|(development, _)| *development), "{follower} {story}: {shown:?}");
        again += shown.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
    }
    for (story, beat) in beats {
        let all: Vec<DevelopmentId> =
            developments.iter().filter(|one| one.story == *story).map(|one| one.id).collect();
        for follower in (0..FOLLOWERS).filter(|n| n % BEATS == *beat) {
            let shown = &told[&(follower, *story)];
            for (n, development) in all.iter().enumerate() {
                let itself = shown.iter().any(|(told, _)| told == development);
                let within = shown.iter().any(|(told, count)| {
                    let at = all.iter().position(|id| id == told).unwrap();
                    at > n && at - n < *count as usize
                });
                let waits = held.contains(&(ReceiverId(follower as i64 + 1), *development));
                assert!(
                    itself || within || waits,
                    "{follower} never heard of {development} in {all:?}: {shown:?}"
                );
                expected += 1;
                folded += usize::from(within && !itself);
            }
        }
    }
    assert!(folded > 0, "developments were folded into newer ones");
    assert!(again > 0, "no kill came between a message and its record");
    #[expect(clippy::print_stderr, reason = "how hard the test was")]
    {
        eprintln!(
            "{} messages for {expected} deliveries: {again} offered again, {folded} folded",
            posted.len()
        );
    }
}

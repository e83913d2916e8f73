//! Readers, follows, receivers, and what is published to them.

use crate::house::{article, keep, kinds, noon, of_outlet, story};
use news::{
    ArticleId, Channel, DevelopmentKind, Evidence, ReaderId, ReceiverId, Span, StoryId, Target, Threshold,
    Timestamp, Weight,
};
use store::view::ReceiverState;
use store::{Busy, Claimed, KeyPurpose, NewDevelopment, NewReceiver, Settled, Store, StoreError, Told};

pub(crate) fn phone(name: &str) -> NewReceiver {
    let channel = Channel::Push {
        endpoint: format!("https://push.example/{name}"),
        p256dh: format!("key of {name}"),
        auth: "secret".into(),
        key: "ours".into(),
    };
    NewReceiver {
        name: name.into(),
        channel,
        origin: "https://push.example".into(),
        quiet: None,
        zone: None,
        threshold: Threshold::Everything,
        waits: false,
    }
}

/// A reader with one phone that follows a target.
pub(crate) fn follower(store: &Store, name: &str, target: &Target) -> (ReaderId, ReceiverId) {
    let done = store.write(|writer| {
        let reader = writer.add_reader(name, noon(0))?;
        let receiver = writer.add_receiver(reader, &phone(name), noon(0))?;
        writer.follow(reader, target, Threshold::Everything, 1, noon(0))?;
        Ok((reader, receiver))
    });
    done.unwrap()
}

pub(crate) fn new(identity: &str, story: StoryId, article: ArticleId) -> NewDevelopment {
    NewDevelopment {
        identity: identity.into(),
        story,
        at: noon(10),
        kind: DevelopmentKind::NewFact,
        weight: Weight::Ordinary,
        families: 1,
        speaker: None,
        evidence: vec![Evidence { article, span: Some(Span::new(0, 20)) }],
        concerns: Vec::new(),
        searched: None,
    }
}

pub(crate) fn publish(store: &Store, new: &NewDevelopment) -> Option<usize> {
    store.write(|writer| writer.publish_development(new)).unwrap().map(|published| published.deliveries)
}

pub(crate) fn claim(store: &Store, now: Timestamp) -> Vec<Claimed> {
    store
        .claim_deliveries(100, now, now + jiff::SignedDuration::from_mins(1), &Busy::default(), |_, _| true)
        .unwrap()
}

pub(crate) fn settle(store: &Store, claimed: &Claimed, settled: &[Settled], now: Timestamp) {
    let each: Vec<_> =
        claimed.waiting.iter().map(|waiting| waiting.id).zip(settled.iter().cloned()).collect();
    store.write(|writer| writer.settle(&each, now)).unwrap();
}

#[test]
fn a_development_is_published_once_with_its_words_and_deliveries() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example"]);
    follower(&store, "one", &Target::Story(id));
    follower(&store, "two", &Target::Story(id));
    follower(&store, "other", &Target::Actor("ada moreno".into()));
    let fresh = new("fact 1", id, articles[0]);
    assert_eq!(publish(&store, &fresh), Some(2));
    assert_eq!(publish(&store, &fresh), None, "a second time it is known");
    assert_eq!(kinds(&store).last().unwrap(), "development_published");
    let shown = store.developments(id, 10).unwrap();
    assert_eq!((shown.len(), shown[0].evidence[0].text.as_str()), (1, "Ferries stand still."));
    assert!(shown[0].evidence[0].stands);

    // The article is edited: the words stay as they stood, and it is said that they stand there no more.
    let outlet = store.outlets().unwrap()[0].id;
    let edited = article("Strike ends", &["It is over."]);
    store.write(|writer| writer.revise_article(articles[0], &of_outlet(outlet, &edited, 30))).unwrap();
    let evidence = &store.developments(id, 10).unwrap()[0].evidence[0];
    assert_eq!((evidence.text.as_str(), evidence.stands), ("Ferries stand still.", false));
}

#[test]
fn thresholds_families_and_targets_choose_who_is_told() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let ada = Target::Actor("ada moreno".into());
    let (reader, _) = follower(&store, "actor", &ada);
    follower(&store, "place", &Target::Place("porto".into()));
    follower(&store, "search", &Target::Search("ferries -trains".into()));
    follower(&store, "elsewhere", &Target::Search("trains".into()));
    let concerning = |identity: &str| NewDevelopment {
        concerns: vec![ada.clone(), Target::Place("porto".into())],
        searched: Some(articles[0]),
        ..new(identity, id, articles[0])
    };
    assert_eq!(publish(&store, &concerning("1")), Some(3));
    // Two follows, one device: told once.
    store.write(|writer| writer.follow(reader, &Target::Story(id), Threshold::Major, 3, noon(1))).unwrap();
    assert_eq!(publish(&store, &concerning("2")), Some(3));
    assert_eq!(publish(&store, &new("3", id, articles[0])), Some(0), "only what is major, by three families");
    let major = NewDevelopment { weight: Weight::Major, families: 3, ..new("4", id, articles[0]) };
    assert_eq!(publish(&store, &major), Some(1));
    assert_eq!(store.developments_of(&ada, 10).unwrap().len(), 2);
    assert_eq!(store.developments_for(reader, 10).unwrap().len(), 4);
    assert_eq!(store.followers(&ada).unwrap(), 1);
}

#[test]
fn what_two_follows_asked_for_goes_out_when_one_of_them_ends() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let porto = Target::Place("porto".into());
    let (reader, _) = follower(&store, "one", &Target::Story(id));
    let of_place =
        store.write(|writer| writer.follow(reader, &porto, Threshold::Everything, 1, noon(0))).unwrap();
    publish(&store, &NewDevelopment { concerns: vec![porto], ..new("1", id, articles[0]) });
    publish(&store, &new("2", id, articles[0]));
    let follows = store.follows(reader).unwrap();
    let of_story = follows.iter().find(|view| view.follow.target == Target::Story(id)).unwrap().follow.id;
    assert!(store.write(|writer| writer.unfollow(reader, of_story)).unwrap());
    let claimed = claim(&store, noon(10));
    let asked: Vec<_> =
        claimed[0].waiting.iter().map(|one| one.follow.as_ref().map(|(one, _)| one.id)).collect();
    assert_eq!(asked, [Some(of_place), None], "the second concerned the story alone");
}

#[test]
fn what_is_claimed_is_nobody_elses_until_it_is_settled_or_given_back() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (_, receiver) = follower(&store, "one", &Target::Story(id));
    publish(&store, &new("1", id, articles[0]));
    let claimed = claim(&store, noon(10));
    assert_eq!((claimed.len(), claimed[0].receiver.id, claimed[0].waiting.len()), (1, receiver, 1));
    // While the first is under way, the next one of the same story waits its turn.
    publish(&store, &new("2", id, articles[0]));
    assert!(claim(&store, noon(10)).is_empty());
    settle(&store, &claimed[0], &[Settled::Accepted], noon(10));
    let next = claim(&store, noon(11));
    assert_eq!((next[0].waiting.len(), next[0].waiting[0].told), (1, Some(Told { at: noon(10), count: 1 })));
    // A program that died gives everything back at its next start.
    assert!(claim(&store, noon(11)).is_empty());
    assert_eq!(store.release_deliveries(noon(11)).unwrap(), 1);
    publish(&store, &new("3", id, articles[0]));
    let both = claim(&store, noon(11));
    assert_eq!(both[0].waiting.len(), 2, "the older goes along with the newer");
    let wait = Settled::Deferred { until: noon(20), why: "answered 503".into() };
    settle(&store, &both[0], &[wait.clone(), wait], noon(11));
    assert!(claim(&store, noon(19)).is_empty());
    let again = claim(&store, noon(20));
    assert_eq!(again[0].waiting[1].attempts, 1);
    assert_eq!(store.deliveries_due().unwrap().pending, 2);
    settle(&store, &again[0], &[Settled::Folded, Settled::Accepted], noon(20));
    assert_eq!(store.deliveries_due().unwrap(), store::Due { next: None, pending: 0 });
    let push = || vec!["https://push.example".to_owned()];
    let busy =
        |busy: Busy| store.claim_deliveries(9, noon(30), noon(31), &busy, |_, _| true).unwrap().is_empty();
    publish(&store, &new("4", id, articles[0]));
    assert!(busy(Busy { origins: push(), ..Busy::default() }));
    assert!(busy(Busy { readers: vec![both[0].receiver.reader], ..Busy::default() }));
    assert!(busy(Busy { only: Some(Vec::new()), ..Busy::default() }));
    assert!(
        store.claim_deliveries(9, noon(30), noon(31), &Busy::default(), |_, _| false).unwrap().is_empty()
    );
    let only = Busy { only: Some(push()), readers: vec![ReaderId(999)], ..Busy::default() };
    assert!(!busy(only), "others may be busy");
}

#[test]
fn followers_stay_with_a_story_through_merging_splitting_and_moving() {
    let store = Store::in_memory().unwrap();
    let (one, articles) = story(&store, "One", &["a.example", "b.example"]);
    let (two, others) = story(&store, "Two", &["c.example"]);
    let (both, _) = follower(&store, "both", &Target::Story(one));
    let (single, _) = follower(&store, "single", &Target::Story(one));
    store.write(|writer| writer.follow(both, &Target::Story(two), Threshold::Major, 1, noon(2))).unwrap();
    publish(&store, &new("1", one, articles[0]));
    publish(&store, &new("2", two, others[0]));
    store.write(|writer| writer.looked(single, one, None, noon(11))).unwrap();
    store.write(|writer| writer.merge_stories(one, two, noon(12))).unwrap();
    let followed =
        |reader| store.follows(reader).unwrap().iter().map(|f| f.follow.target.clone()).collect::<Vec<_>>();
    assert_eq!((followed(both), followed(single)), (vec![Target::Story(two)], vec![Target::Story(two)]));
    assert_eq!(store.developments(two, 10).unwrap().len(), 2);
    assert_eq!(store.last_look(single, two).unwrap().unwrap().0, noon(11));
    let claimed = claim(&store, noon(13));
    assert!(claimed.iter().all(|one| one.waiting.iter().all(|waiting| waiting.follow.is_some())));
    // A follow of the old id is one of the story that it became.
    store.write(|writer| writer.follow(single, &Target::Story(one), Threshold::Major, 2, noon(14))).unwrap();
    assert_eq!(followed(single).len(), 1);
    let three = store.write(|writer| writer.split_story(two, &articles[..1], None, noon(15))).unwrap();
    assert_eq!(store.developments(three, 10).unwrap()[0].evidence[0].article, articles[0]);
    assert!(store.check().unwrap().damages.is_empty());
}

#[test]
fn a_link_moves_follows_to_another_device_once() {
    let store = Store::in_memory().unwrap();
    let (id, _) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    let (other, _) = follower(&store, "laptop", &Target::Actor("ada moreno".into()));
    store.write(|writer| writer.give_key(reader, "link", KeyPurpose::Link, noon(1), Some(noon(5)))).unwrap();
    let spend = |at| store.write(|writer| writer.spend_link("link", "laptop", Some(other), at)).unwrap();
    assert_eq!(spend(noon(5)), None, "too late");
    assert_eq!(spend(noon(4)), Some(reader));
    assert_eq!(spend(noon(4)), None, "used up");
    assert_eq!(store.reader_of("laptop", KeyPurpose::Device, noon(6)).unwrap(), Some(reader));
    assert_eq!(store.reader_of("laptop", KeyPurpose::Feed, noon(6)).unwrap(), None);
    assert_eq!((store.follows(reader).unwrap().len(), store.receivers(reader).unwrap().len()), (2, 2));
    assert!(store.check().unwrap().damages.is_empty());
}

fn mail() -> NewReceiver {
    let channel = Channel::Mail { address: "ada@mail.example".into(), digest_hour: None };
    NewReceiver { channel, origin: "mail.example".into(), waits: true, ..phone("mail") }
}

#[test]
fn an_address_of_both_devices_is_told_once_when_a_link_joins_them() {
    joins_an_address_of_both(false);
    joins_an_address_of_both(true);
}

fn joins_an_address_of_both(both_confirmed: bool) {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    let (other, _) = follower(&store, "laptop", &Target::Story(id));
    let add = |reader| store.write(|writer| writer.add_receiver(reader, &mail(), noon(1))).unwrap();
    let (kept, second) = (add(reader), add(other));
    let confirm = |code: &str| store.write(|writer| writer.confirm_receiver(code, noon(1))).unwrap();
    assert!(confirm(&store.receiver_code(second).unwrap()));
    assert!(!both_confirmed || confirm(&store.receiver_code(kept).unwrap()));
    // The second was told one, which the other may still wait for, and waits for another.
    publish(&store, &new("1", id, articles[0]));
    let told = |at| claim(&store, noon(at)).into_iter().find(|one| one.receiver.id == second).unwrap();
    settle(&store, &told(10), &[Settled::Accepted], noon(10));
    publish(&store, &new("2", id, articles[0]));

    store.write(|writer| writer.give_key(reader, "link", KeyPurpose::Link, noon(1), Some(noon(50)))).unwrap();
    store.write(|writer| writer.spend_link("link", "laptop", Some(other), noon(11))).unwrap();
    let receivers = store.receivers(reader).unwrap();
    let mails: Vec<_> = receivers.iter().filter(|view| view.kind == "mail").collect();
    assert_eq!((mails.len(), mails[0].id, mails[0].state), (1, kept, ReceiverState::Active));
    let waits: Vec<_> = claim(&store, noon(12)).into_iter().filter(|one| one.receiver.id == kept).collect();
    assert_eq!((waits.len(), waits[0].waiting.len()), (1, 1), "what it was told is not told again");
    assert_eq!(waits[0].waiting[0].told, Some(Told { at: noon(10), count: 1 }));
    assert_eq!(publish(&store, &new("3", id, articles[0])), Some(3), "two phones and one mail");
    assert!(store.check().unwrap().damages.is_empty());
}

#[test]
fn joined_devices_have_no_more_receivers_than_one_reader_may_have() {
    let store = Store::in_memory().unwrap();
    let (reader, _) = follower(&store, "phone", &Target::Place("porto".into()));
    let (other, _) = follower(&store, "laptop", &Target::Place("porto".into()));
    for n in 0..31 {
        store.write(|writer| writer.add_receiver(reader, &phone(&format!("{n}")), noon(1))).unwrap();
    }
    let full = store.write(|writer| writer.add_receiver(reader, &phone("more"), noon(1)));
    assert!(matches!(full, Err(StoreError::TooMany { .. })));
    store.write(|writer| writer.give_key(reader, "link", KeyPurpose::Link, noon(1), Some(noon(50)))).unwrap();
    let spend = || store.write(|writer| writer.spend_link("link", "laptop", Some(other), noon(2)));
    assert!(matches!(spend(), Err(StoreError::TooMany { .. })));
    let one = store.receivers(reader).unwrap()[0].id;
    assert!(store.write(|writer| writer.remove_receiver(reader, one)).unwrap());
    assert_eq!(spend().unwrap(), Some(reader), "the link is good as long as nothing was joined");
    assert_eq!(store.receivers(reader).unwrap().len(), 32);
}

#[test]
fn a_device_is_one_readers_and_goes_with_what_waits_for_it() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (first, receiver) = follower(&store, "phone", &Target::Story(id));
    let second = store.write(|writer| writer.add_reader("fresh browser profile", noon(1))).unwrap();
    let add = |reader, new: &NewReceiver| store.write(|writer| writer.add_receiver(reader, new, noon(2)));
    assert_eq!(add(second, &phone("phone")).unwrap(), receiver, "the same browser under another reader");
    assert!(store.receivers(first).unwrap().is_empty());
    let mut forged = phone("phone");
    if let Channel::Push { p256dh, .. } = &mut forged.channel {
        *p256dh = "another key".into();
    }
    assert!(matches!(add(first, &forged), Err(StoreError::Unfit { .. })));
    store
        .write(|writer| writer.follow(second, &Target::Story(id), Threshold::Everything, 1, noon(2)))
        .unwrap();
    publish(&store, &new("1", id, articles[0]));
    store.write(|writer| writer.receiver_ill(receiver, "answered 403", true, noon(3))).unwrap();
    assert!(store.troubled_receivers(9).unwrap()[0].alert);
    let sent_to = store.receiver_by_id(receiver).unwrap().unwrap();
    store.write(|writer| writer.receiver_gone(&sent_to, "answered 410", noon(3))).unwrap();
    assert_eq!(store.deliveries_due().unwrap().pending, 0);
    let shown = &store.receivers(second).unwrap()[0];
    assert_eq!((shown.state, shown.trouble.as_deref()), (ReceiverState::Gone, Some("answered 410")));
    assert!(shown.receiver.is_none());
    assert_ne!(add(second, &phone("phone")).unwrap(), receiver, "it may subscribe again");
    assert_eq!(store.write(|writer| writer.forget_gone_receivers(noon(9))).unwrap(), 1);
    assert_eq!(store.receivers(second).unwrap().len(), 1);
}

#[test]
fn an_old_address_that_is_gone_takes_nothing_from_the_new_one() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, receiver) = follower(&store, "phone", &Target::Story(id));
    publish(&store, &new("1", id, articles[0]));
    let under_way = claim(&store, noon(11));
    let sent_to = store.receiver_by_id(receiver).unwrap().unwrap();
    store.write(|writer| writer.renew_receiver(reader, receiver, &phone("renewed"), noon(11))).unwrap();
    store.write(|writer| writer.receiver_gone(&sent_to, "answered 410", noon(11))).unwrap();
    assert_eq!(store.receivers(reader).unwrap()[0].state, ReceiverState::Active);
    let again = claim(&store, noon(11));
    assert_eq!(again[0].waiting[0].id, under_way[0].waiting[0].id, "what was on its way is due again");
}

#[test]
fn a_mail_address_waits_for_its_owner_and_can_end_it_all() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    let added = store.write(|writer| writer.add_receiver(reader, &mail(), noon(1))).unwrap();
    assert_eq!(publish(&store, &new("1", id, articles[0])), Some(1), "only the phone");
    let code = store.receiver_code(added).unwrap();
    assert!(store.write(|writer| writer.confirm_receiver(&code, noon(2))).unwrap());
    assert!(!store.write(|writer| writer.confirm_receiver("no code", noon(2))).unwrap());
    assert_eq!(publish(&store, &new("2", id, articles[0])), Some(2));
    assert!(store.write(|writer| writer.set_digest(reader, added, Some(7))).unwrap());
    let digest = claim(&store, noon(10)).into_iter().find(|claimed| claimed.receiver.id == added).unwrap();
    assert!(matches!(digest.receiver.channel, Channel::Mail { digest_hour: Some(7), .. }));
    assert!(store.write(|writer| writer.remove_receiver_by_code(&code)).unwrap());
    assert_eq!(store.receivers(reader).unwrap().len(), 1);
}

#[test]
fn the_owner_of_an_address_is_asked_once_a_day() {
    let store = Store::in_memory().unwrap();
    let (reader, phone) = follower(&store, "phone", &Target::Search("ferry".into()));
    let channel = Channel::Mail { address: "ada@mail.example".into(), digest_hour: None };
    let mail = NewReceiver { channel, origin: "mail.example".into(), waits: true, ..self::phone("mail") };
    let mail = store.write(|writer| writer.add_receiver(reader, &mail, noon(1))).unwrap();
    let take = |receiver, address: &str, at| store.write(|w| w.take_question(receiver, address, at));
    assert!(!take(phone, "ada", noon(1)).unwrap(), "there is nothing to ask");
    assert!(take(mail, "ada", noon(1)).unwrap());
    let day = jiff::SignedDuration::from_hours(24);
    assert!(matches!(take(mail, "ada", noon(0) + day), Err(StoreError::AskedLately)));
    assert!(take(mail, "eve", noon(1)).unwrap(), "another address");
    assert!(take(mail, "ada", noon(1) + day).unwrap());
    store.give_back_question("ada").unwrap();
    assert!(take(mail, "ada", noon(2) + day).unwrap(), "it could not be sent");
}

#[test]
fn an_unfollow_ends_what_waits_and_a_code_needs_no_reader() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    publish(&store, &new("1", id, articles[0]));
    let follows = store.follows(reader).unwrap();
    assert_eq!((follows[0].new, follows[0].title.as_deref()), (1, Some("Strike in a.example")));
    store.write(|writer| writer.looked(reader, id, None, noon(20))).unwrap();
    assert_eq!(store.follows(reader).unwrap()[0].new, 0);
    let code = &follows[0].code;
    assert_eq!(store.follow_by_code(code).unwrap(), Some(Target::Story(id)));
    assert_eq!(store.write(|writer| writer.unfollow_by_code(code)).unwrap(), Some(Target::Story(id)));
    assert_eq!(store.write(|writer| writer.unfollow_by_code(code)).unwrap(), None);
    assert!(
        claim(&store, noon(20))[0].waiting[0].follow.is_none(),
        "the worker sees that nobody asks any more"
    );
    let refused =
        |target: Target| store.write(|writer| writer.follow(reader, &target, Threshold::Major, 1, noon(1)));
    assert!(matches!(refused(Target::Story(StoryId(99))), Err(StoreError::Missing { .. })));
    assert!(matches!(refused(Target::Search("-only".into())), Err(StoreError::Unfit { .. })));
    assert!(matches!(refused(Target::Actor(" ".into())), Err(StoreError::Unfit { .. })));
    assert!(matches!(refused(Target::Place("x".repeat(500))), Err(StoreError::Unfit { .. })));
}

#[test]
fn everything_goes_out_and_in_again() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    publish(
        &store,
        &NewDevelopment { concerns: vec![Target::Place("porto".into())], ..new("1", id, articles[0]) },
    );
    let claimed = claim(&store, noon(11));
    settle(&store, &claimed[0], &[Settled::Accepted], noon(11));
    store.write(|writer| writer.looked(reader, id, None, noon(12))).unwrap();
    let exported = |store: &Store| {
        let mut lines = Vec::new();
        store.export(&mut lines).unwrap();
        String::from_utf8(lines).unwrap()
    };
    let copy = Store::in_memory().unwrap();
    copy.import(exported(&store).as_bytes()).unwrap();
    assert_eq!(exported(&copy), exported(&store));
    assert_eq!(publish(&copy, &new("1", id, articles[0])), None, "known there too");
    assert_eq!(copy.reader_of("phone", KeyPurpose::Device, noon(9)).unwrap(), Some(reader));
}

#[test]
fn forgetting_the_demo_takes_its_developments_along() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    publish(&store, &new("1", id, articles[0]));
    let kept = store.write(|writer| keep(writer, "b.example", &article("Else", &["Else."]), 1)).unwrap();
    store.write(|writer| writer.looked(reader, id, None, noon(12))).unwrap();
    store.write(|writer| writer.forget_outlets(&["a.example"])).unwrap();
    assert!(store.follows(reader).unwrap().is_empty());
    assert!(store.article(kept).unwrap().is_some());
    assert!(store.check().unwrap().damages.is_empty());
}

#[test]
fn a_development_that_more_families_have_goes_to_those_who_asked_for_so_many_once() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example"]);
    follower(&store, "all", &Target::Story(id));
    let careful = follower(&store, "careful", &Target::Actor("ada moreno".into()));
    store.write(|writer| writer.follow(careful.0, &Target::Story(id), Threshold::Major, 2, noon(0))).unwrap();
    let fresh = new("fact 1", id, articles[0]);
    let development = store.write(|writer| writer.publish_development(&fresh)).unwrap().unwrap();
    assert_eq!(development.deliveries, 1, "only who asked for everything");
    let support = |families, weight| {
        let evidence = Evidence { article: articles[1], span: None };
        store
            .write(|writer| writer.support_development(development.id, families, weight, evidence, noon(20)))
            .unwrap()
    };
    assert_eq!(support(2, Weight::Ordinary), 0, "not major");
    assert_eq!(support(3, Weight::Major), 1);
    assert_eq!(support(3, Weight::Major), 0, "told once");
    assert_eq!(support(1, Weight::Minor), 0);
    // Who follows since then has read what was there, and is told only when it comes to what was asked for.
    follower(&store, "late", &Target::Story(id));
    assert_eq!(support(4, Weight::Major), 0);
    let later = follower(&store, "patient", &Target::Actor("ada moreno".into()));
    store.write(|writer| writer.follow(later.0, &Target::Story(id), Threshold::Major, 5, noon(0))).unwrap();
    assert_eq!(support(5, Weight::Major), 1);
    let shown = &store.developments(id, 10).unwrap()[0];
    assert_eq!((shown.families, shown.weight), (5, Weight::Major), "nothing goes down");
}

#[test]
fn whoever_knows_something_newer_is_not_told_what_is_older() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example"]);
    let (reader, _) = follower(&store, "careful", &Target::Actor("ada moreno".into()));
    store
        .write(|writer| writer.follow(reader, &Target::Story(id), Threshold::Everything, 2, noon(0)))
        .unwrap();
    let first =
        store.write(|writer| writer.publish_development(&new("1", id, articles[0]))).unwrap().unwrap();
    let second = NewDevelopment { families: 2, ..new("2", id, articles[1]) };
    assert_eq!(publish(&store, &second), Some(1));
    let support = |at| {
        let evidence = Evidence { article: articles[1], span: None };
        store
            .write(|writer| writer.support_development(first.id, 2, Weight::Ordinary, evidence, noon(at)))
            .unwrap()
    };
    settle(&store, &claim(&store, noon(10))[0], &[Settled::Accepted], noon(10));
    assert_eq!(support(11), 0);
}

#[test]
fn a_device_that_nobody_uses_is_found_to_be_warned_once_and_then_to_expire() {
    let store = Store::in_memory().unwrap();
    let (id, _) = story(&store, "Strike", &["a.example"]);
    let (reader, receiver) = follower(&store, "phone", &Target::Story(id));
    let found = |warned, expired| {
        let unused = store.unused_receivers(noon(warned), noon(expired)).unwrap();
        unused.iter().map(|receiver| receiver.id).collect::<Vec<_>>()
    };
    assert!(found(0, -10).is_empty());
    assert_eq!(found(1, -10), [receiver]);
    store.write(|writer| writer.receiver_warned(receiver, noon(1))).unwrap();
    assert!(found(1, -10).is_empty(), "warned already");
    assert_eq!(found(20, 1), [receiver], "to expire");
    // Its page is seen: it is in use again.
    store.write(|writer| writer.add_receiver(reader, &phone("phone"), noon(5))).unwrap();
    assert!(found(5, 1).is_empty());
    assert_eq!(found(6, 1), [receiver]);
}

#[test]
fn what_the_operator_was_to_mend_is_tried_again_at_a_start() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (_, receiver) = follower(&store, "phone", &Target::Story(id));
    publish(&store, &new("1", id, articles[0]));
    let claimed = claim(&store, noon(10));
    settle(
        &store,
        &claimed[0],
        &[Settled::Deferred { until: noon(500), why: "answered 403".into() }],
        noon(10),
    );
    store.write(|writer| writer.receiver_ill(receiver, "answered 403", true, noon(10))).unwrap();
    assert!(claim(&store, noon(11)).is_empty());
    store.release_deliveries(noon(11)).unwrap();
    assert_eq!(claim(&store, noon(11)).len(), 1);
    assert_eq!(store.receiver_counts().unwrap()[0].alerts, 1);
}

#[test]
fn a_peer_that_asks_for_patience_is_sent_nothing_of_any_story() {
    let store = Store::in_memory().unwrap();
    let (strike, articles) = story(&store, "Strike", &["a.example"]);
    let (flood, others) = story(&store, "Flood", &["b.example"]);
    let (reader, receiver) = follower(&store, "phone", &Target::Story(strike));
    store
        .write(|writer| writer.follow(reader, &Target::Story(flood), Threshold::Everything, 1, noon(0)))
        .unwrap();
    publish(&store, &new("1", strike, articles[0]));
    let claimed = claim(&store, noon(10));
    publish(&store, &new("2", flood, others[0]));
    settle(
        &store,
        &claimed[0],
        &[Settled::Deferred { until: noon(20), why: "answered 429".into() }],
        noon(10),
    );
    store.write(|writer| writer.leave_alone(receiver, noon(20), noon(10))).unwrap();
    publish(&store, &new("3", flood, others[0]));
    assert!(claim(&store, noon(19)).is_empty(), "neither what waited nor what came since");
    assert_eq!(store.next_delivery().unwrap(), Some(noon(20)));
    assert_eq!(claim(&store, noon(20)).iter().map(|one| one.waiting.len()).sum::<usize>(), 3);
}

#[test]
fn a_clock_that_was_ahead_lets_no_peer_be_left_alone_for_ever() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (_, receiver) = follower(&store, "phone", &Target::Story(id));
    let year = 366 * 24 * 60;
    store.write(|writer| writer.leave_alone(receiver, noon(year), noon(year - 1))).unwrap();
    store.release_deliveries(noon(9)).unwrap();
    publish(&store, &new("1", id, articles[0]));
    assert_eq!(claim(&store, noon(10)).len(), 1);
}

#[test]
fn what_a_clock_that_was_ahead_put_off_is_sent_after_the_next_start() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    follower(&store, "phone", &Target::Story(id));
    let year = 366 * 24 * 60;
    publish(&store, &NewDevelopment { at: noon(year), ..new("1", id, articles[0]) });
    let ahead = claim(&store, noon(year));
    settle(&store, &ahead[0], &[Settled::Accepted], noon(year));
    publish(&store, &NewDevelopment { at: noon(year), ..new("2", id, articles[0]) });
    claim(&store, noon(year));
    publish(&store, &new("3", id, articles[0]));
    assert!(claim(&store, noon(11)).is_empty(), "its neighbour is under way until next year");
    assert_eq!(store.release_deliveries(noon(11)).unwrap(), 1);
    let now = claim(&store, noon(11));
    assert_eq!((now[0].waiting.len(), now[0].waiting[0].told), (2, Some(Told { at: noon(11), count: 1 })));
    let digest = Settled::Waits { until: noon(24 * 60), why: "digest".into() };
    settle(&store, &now[0], &[digest.clone(), digest], noon(11));
    store.release_deliveries(noon(12)).unwrap();
    assert!(claim(&store, noon(12)).is_empty(), "what waits for its hour goes on waiting");
}

#[test]
fn a_reader_follows_so_many_searches_and_all_readers_together_so_many() {
    let store = Store::in_memory().unwrap();
    let follow = |reader: ReaderId, n: usize| {
        let search = Target::Search(format!("ferry{n}"));
        store.write(|writer| writer.follow(reader, &search, Threshold::Everything, 1, noon(0)))
    };
    let reader = |n: usize| store.write(|writer| writer.add_reader(&format!("reader {n}"), noon(0))).unwrap();
    let first = reader(0);
    for n in 0..20 {
        follow(first, n).unwrap();
    }
    let refused = follow(first, 20).unwrap_err().to_string();
    assert_eq!(refused, "there are too many searches that you follow; end one first");
    follow(first, 3).unwrap();
    let ada = Target::Actor("ada moreno".into());
    store.write(|writer| writer.follow(first, &ada, Threshold::Everything, 1, noon(0))).unwrap();
    for n in 1..100 {
        let next = reader(n);
        for search in n * 20..n * 20 + 20 {
            follow(next, search).unwrap();
        }
    }
    let late = reader(100);
    let refused = follow(late, 2_000).unwrap_err().to_string();
    assert_eq!(refused, "there are too many searches that are followed here");
    follow(late, 1_999).unwrap();
}

//! Plans for one receiver.

use super::*;
use news::{
    ArticleId, Channel, DevelopmentId, DevelopmentKind, Follow, FollowId, OutletId, QuietHours, ReaderId,
    ReceiverId, StoryId, Target, Threshold, Weight,
};
use std::sync::Arc;
use store::Told;
use store::view::EvidenceView;

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 / 86_400 * 86_400 + 43_200 + minutes * 60).unwrap()
}

fn waiting(id: i64, weight: Weight) -> Waiting {
    let words = |text: &str| EvidenceView {
        article: ArticleId(id),
        span: None,
        text: text.to_owned(),
        outlet: "Harbour Herald".to_owned(),
        outlet_id: OutletId(1),
        url: None,
        language: Language::ENGLISH,
        at: at(0),
        stands: true,
        gone: false,
    };
    let development = DevelopmentView {
        id: DevelopmentId(id),
        story: StoryId(7),
        story_title: "Harbour talks".to_owned(),
        story_language: Language::ENGLISH,
        at: at(0),
        kind: DevelopmentKind::NewFact,
        weight,
        families: 2,
        speaker: None,
        withdrawn_at: None,
        muted: false,
        evidence: vec![words("Harbour talks"), words(&format!("Fact {id}."))],
    };
    let follow = Follow {
        id: FollowId(1),
        reader: ReaderId(1),
        target: Target::Story(StoryId(7)),
        threshold: Threshold::Developments,
        families: 1,
        since: at(0),
    };
    let development = Arc::new(development);
    Waiting {
        id: news::DeliveryId(id),
        development,
        follow: Some((follow, "c0de".into())),
        made: at(0),
        attempts: 0,
        told: None,
        elsewhere: None,
    }
}

fn claimed(channel: Channel, waiting: Vec<Waiting>) -> Claimed {
    let receiver = Receiver {
        id: ReceiverId(1),
        reader: ReaderId(1),
        name: "phone".into(),
        channel,
        quiet: None,
        zone: None,
        threshold: Threshold::Everything,
        since: at(0),
        used: at(0),
    };
    Claimed { receiver, origin: "https://hook.example".into(), code: "endall".into(), waiting }
}

fn hook() -> Channel {
    Channel::Webhook { url: "https://hook.example/".into(), secret: "whsec_".into() }
}

fn base() -> Terms {
    Terms { base: Url::parse("https://news.example/").unwrap(), between: deliver::policy::BETWEEN }
}

fn ids(deliveries: &[DeliveryId]) -> Vec<i64> {
    deliveries.iter().map(|id| id.0).collect()
}

#[test]
fn the_newest_goes_and_takes_the_others_along() {
    let all = vec![waiting(1, Weight::Major), waiting(2, Weight::Ordinary), waiting(3, Weight::Ordinary)];
    let plan = plan(&claimed(hook(), all), &base(), at(1));
    let parcel = plan.parcel.unwrap();
    assert_eq!((ids(&parcel.told), ids(&parcel.folded)), (vec![3], vec![1, 2]));
    assert!(plan.settled.is_empty());
    let message = &parcel.messages[0];
    assert_eq!((message.folded, message.weight), (2, Weight::Major), "as heavy as the heaviest");
    assert_eq!(message.words, "Fact 3.", "not the title once more");
    assert_eq!(message.url, "https://news.example/story/7?new=3#new");
    assert_eq!(message.unfollow.as_deref(), Some("https://news.example/unfollow/c0de"));
}

#[test]
fn soon_after_the_last_message_developments_wait_unless_they_are_major() {
    let told = |weight, id| Waiting { told: Some(Told { at: at(0), count: 2 }), ..waiting(id, weight) };
    let both = vec![told(Weight::Ordinary, 1), told(Weight::Ordinary, 2)];
    let waits = plan(&claimed(hook(), both.clone()), &base(), at(1));
    assert!(waits.parcel.is_none());
    let until = Settled::Waits { until: at(10), why: "budget".into() };
    assert_eq!(waits.settled.iter().map(|(_, settled)| settled).collect::<Vec<_>>(), [&until, &until]);
    let later = plan(&claimed(hook(), both), &base(), at(10)).parcel.unwrap();
    assert_eq!((ids(&later.told), ids(&later.folded)), (vec![2], vec![1]));
    let mixed = vec![told(Weight::Ordinary, 1), told(Weight::Major, 2), told(Weight::Ordinary, 3)];
    let major = plan(&claimed(hook(), mixed), &base(), at(1));
    let parcel = major.parcel.unwrap();
    assert_eq!((ids(&parcel.told), ids(&parcel.folded)), (vec![2], vec![1]));
    assert_eq!(major.settled[0].0.0, 3, "what came later waits on");
}

#[test]
fn what_nobody_asks_for_any_more_and_what_is_no_news_is_not_sent() {
    let ended = Waiting { follow: None, ..waiting(1, Weight::Ordinary) };
    let plan_of = |waiting, now| plan(&claimed(hook(), vec![waiting]), &base(), now);
    let refused = |plan: Plan, expect: &str| {
        assert!(plan.parcel.is_none());
        assert_eq!(plan.settled[0].1, Settled::Refused { why: expect.into() });
    };
    refused(plan_of(ended, at(1)), "not followed any more");
    refused(plan_of(waiting(1, Weight::Ordinary), at(60 * 50)), "fresh");
    refused(plan_of(waiting(1, Weight::Minor), at(1)), "threshold");
    let silenced = |change: fn(&mut DevelopmentView)| {
        let mut one = waiting(1, Weight::Major);
        change(Arc::make_mut(&mut one.development));
        one
    };
    refused(plan_of(silenced(|one| one.muted = true), at(1)), "silenced");
    refused(plan_of(silenced(|one| one.withdrawn_at = Some(at(0))), at(1)), "silenced");
}

#[test]
fn what_another_story_is_to_tell_waits_and_is_not_taken_along() {
    let twin = |waits| {
        let elsewhere = Some(store::Elsewhere {
            development: DevelopmentId(9),
            story: StoryId(8),
            title: String::new(),
            waits,
        });
        Waiting { elsewhere, ..waiting(1, Weight::Ordinary) }
    };
    let plan_of = |twin| plan(&claimed(hook(), vec![twin, waiting(2, Weight::Ordinary)]), &base(), at(1));
    let waits = plan_of(twin(Some(at(1))));
    let until = at(1) + SignedDuration::from_secs(1);
    assert_eq!(waits.settled[0].1, Settled::Waits { until, why: "told_elsewhere".into() });
    let told = plan_of(twin(None));
    assert_eq!(told.settled[0].1, Settled::Refused { why: "told_elsewhere".into() });
    for plan in [waits, told] {
        let parcel = plan.parcel.unwrap();
        assert_eq!((ids(&parcel.told), ids(&parcel.folded)), (vec![2], vec![]));
    }
}

#[test]
fn quiet_hours_hold_and_a_digest_gathers() {
    let quiet = QuietHours { from: 0, to: 1_000 };
    let mut night = claimed(hook(), vec![waiting(1, Weight::Ordinary), waiting(2, Weight::Major)]);
    night.receiver.quiet = Some(quiet);
    let urgent = plan(&night, &base(), at(1)).parcel.unwrap();
    assert_eq!((ids(&urgent.told), ids(&urgent.folded)), (vec![2], vec![1]), "the urgent one takes it along");
    night.waiting.pop();
    assert!(plan(&night, &base(), at(1)).parcel.is_none());

    let mail = Channel::Mail { address: "ada@mail.example".into(), digest_hour: Some(18) };
    let mut digest = claimed(mail, vec![waiting(1, Weight::Ordinary), waiting(2, Weight::Ordinary)]);
    let late = DevelopmentView { at: at(400), ..(*waiting(3, Weight::Ordinary).development).clone() };
    digest.waiting.push(Waiting {
        development: Arc::new(late),
        made: at(400),
        ..waiting(3, Weight::Ordinary)
    });
    assert!(plan(&digest, &base(), at(1)).parcel.is_none());
    let evening = plan(&digest, &base(), at(401));
    let parcel = evening.parcel.unwrap();
    assert_eq!((ids(&parcel.told), parcel.messages.len()), (vec![1, 2], 2));
    assert_eq!(parcel.messages[1].unfollow.as_deref(), Some("https://news.example/mail/endall/stop"));
    assert_eq!(evening.settled[0].0.0, 3, "after the hour: tomorrow");
}

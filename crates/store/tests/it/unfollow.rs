//! What becomes of what waits when a follow ends.

use crate::follows::{claim, follower, new, publish, settle};
use crate::house::{noon, story};
use news::{ArticleId, ReaderId, StoryId, Target, Threshold};
use store::{Claimed, NewDevelopment, Settled, Store};

/// Another follow of a reader.
fn also(store: &Store, reader: ReaderId, target: &Target, threshold: Threshold) {
    store.write(|writer| writer.follow(reader, target, threshold, 1, noon(0))).unwrap();
}

fn end(store: &Store, reader: ReaderId, target: &Target) {
    let follow = store.follow_of(reader, target).unwrap().unwrap().id;
    assert!(store.write(|writer| writer.unfollow(reader, follow)).unwrap());
}

/// Two stories with their articles, and a reader who follows both.
fn two_followed() -> (Store, ReaderId, [(StoryId, Vec<ArticleId>); 2]) {
    let store = Store::in_memory().unwrap();
    let (one, articles) = story(&store, "Strike", &["a.example"]);
    let (two, others) = story(&store, "Walkout", &["b.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(one));
    also(&store, reader, &Target::Story(two), Threshold::Everything);
    (store, reader, [(one, articles), (two, others)])
}

fn of(claimed: Vec<Claimed>, story: StoryId) -> Claimed {
    claimed.into_iter().find(|one| one.waiting[0].development.story == story).unwrap()
}

#[test]
fn what_waits_for_its_twin_goes_when_that_is_not_followed_any_more() {
    for goes in [false, true] {
        let (store, reader, [(one, articles), (two, others)]) = two_followed();
        let says_the_same = |writer: &mut store::Writer| {
            let first = writer.publish_development(&new("1", one, articles[0]))?.unwrap();
            let second = writer.publish_development(&new("2", two, others[0]))?.unwrap();
            writer.keep_gist(second.id, 1, &[], &[first.id])
        };
        store.write(says_the_same).unwrap();
        let night = Settled::Waits { until: noon(500), why: "quiet_hours".into() };
        let claimed = claim(&store, noon(10));
        settle(&store, &of(claimed.clone(), one), std::slice::from_ref(&night), noon(10));
        assert!(of(claimed.clone(), one).waiting[0].elsewhere.is_none(), "the first waits for nobody");
        let waits = of(claimed, two);
        assert!(waits.waiting[0].elsewhere.as_ref().unwrap().waits.is_some());
        settle(&store, &waits, &[Settled::Waits { until: noon(20), why: "told_elsewhere".into() }], noon(10));
        let waits = of(claim(&store, noon(20)), two);
        assert_eq!(waits.waiting[0].elsewhere.as_ref().unwrap().waits, Some(noon(500)));
        settle(&store, &waits, &[night], noon(20));

        if !goes {
            end(&store, reader, &Target::Story(one));
        }
        let first = of(claim(&store, noon(500)), one);
        assert_eq!(first.waiting[0].follow.is_some(), goes);
        let became = if goes { Settled::Accepted } else { Settled::Refused { why: "not followed".into() } };
        settle(&store, &first, &[became], noon(500));
        let second = of(claim(&store, noon(502)), two);
        let elsewhere = second.waiting[0].elsewhere.as_ref();
        assert_eq!(elsewhere.map(|twin| twin.waits), goes.then_some(None));
    }
}

#[test]
fn what_waited_for_the_morning_sees_its_urgent_twin_under_way() {
    let (store, _, [(one, articles), (two, others)]) = two_followed();
    let first =
        store.write(|writer| writer.publish_development(&new("1", one, articles[0]))).unwrap().unwrap();
    let waits = of(claim(&store, noon(10)), one);
    settle(&store, &waits, &[Settled::Waits { until: noon(500), why: "quiet_hours".into() }], noon(10));
    let says_the_same = |writer: &mut store::Writer| {
        let second = writer.publish_development(&new("2", two, others[0]))?.unwrap();
        writer.keep_gist(second.id, 1, &[], &[first.id])
    };
    store.write(says_the_same).unwrap();
    // Taken up just before the other falls due, and not yet settled.
    let urgent =
        of(claim(&store, noon(500).saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap()), two);
    let morning = of(claim(&store, noon(500)), one);
    let under_way = morning.waiting[0].elsewhere.as_ref().unwrap();
    assert!(under_way.waits.is_some_and(|until| until <= noon(500)), "{under_way:?}");
    settle(&store, &morning, &[Settled::Waits { until: noon(501), why: "told_elsewhere".into() }], noon(500));
    settle(&store, &urgent, &[Settled::Accepted], noon(500));
    let morning = of(claim(&store, noon(501)), one);
    assert_eq!(morning.waiting[0].elsewhere.as_ref().map(|twin| twin.waits), Some(None), "told by now");
}

/// A reader follows a story and more; of what waits, so much goes when the story is not followed any more.
#[track_caller]
fn check(others: &[(Target, Threshold)], expect: Option<&Target>) {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, _) = follower(&store, "phone", &Target::Story(id));
    others.iter().for_each(|(target, threshold)| also(&store, reader, target, *threshold));
    let concerns = vec![Target::Place("porto".into())];
    let fresh = NewDevelopment { concerns, searched: Some(articles[0]), ..new("1", id, articles[0]) };
    assert_eq!(publish(&store, &fresh), Some(1));
    let claimed = claim(&store, noon(10));
    settle(&store, &claimed[0], &[Settled::Waits { until: noon(500), why: "quiet_hours".into() }], noon(10));
    end(&store, reader, &Target::Story(id));
    let at = if expect.is_some() { noon(500) } else { noon(11) };
    let waits = claim(&store, at).remove(0).waiting.remove(0);
    assert_eq!(waits.follow.map(|(follow, _)| follow.target).as_ref(), expect);
}

#[test]
fn what_another_follow_asks_for_too_goes_on_waiting() {
    use Threshold::{Everything, Major};
    let (ferries, trains) = (Target::Search("ferries".into()), Target::Search("trains".into()));
    let porto = Target::Place("porto".into());
    check(&[], None);
    check(&[(ferries.clone(), Everything)], Some(&ferries));
    check(&[(trains.clone(), Everything), (ferries.clone(), Everything)], Some(&ferries));
    check(&[(trains, Everything)], None);
    check(&[(porto.clone(), Everything)], Some(&porto));
    check(&[(ferries.clone(), Major)], None);
    check(&[(porto, Major), (ferries.clone(), Everything)], Some(&ferries));
}

//! Each rule by itself, and the order between them.

use super::*;
use news::{FollowId, QuietHours, ReaderId, ReceiverId, StoryId, Target, Threshold};

/// Ten in the evening in Kyiv.
const NOW: &str = "2026-11-23T20:00:00Z";

fn at(written: &str) -> Timestamp {
    written.parse().unwrap()
}

fn follow() -> Follow {
    Follow {
        id: FollowId(1),
        reader: ReaderId(1),
        target: Target::Story(StoryId(7)),
        threshold: Threshold::Developments,
        families: 1,
        since: at("2026-11-01T00:00:00Z"),
    }
}

fn receiver() -> Receiver {
    Receiver {
        id: ReceiverId(1),
        reader: ReaderId(1),
        name: "Firefox on Linux".to_owned(),
        channel: Channel::Gotify { url: "https://push.example".to_owned(), token: String::new() },
        quiet: None,
        zone: Some("Europe/Kyiv".to_owned()),
        threshold: Threshold::Everything,
        since: at("2026-11-01T00:00:00Z"),
        used: at("2026-11-01T00:00:00Z"),
    }
}

fn night() -> Option<QuietHours> {
    Some(QuietHours { from: 1_320, to: 420 })
}

fn case<'a>(follow: &'a Follow, receiver: &'a Receiver) -> Case<'a> {
    Case {
        weight: Weight::Ordinary,
        families: 1,
        at: at(NOW),
        came: at(NOW),
        follow,
        receiver,
        told: None,
        elsewhere: Elsewhere::Nothing,
        between: BETWEEN,
        now: at(NOW),
    }
}

#[track_caller]
fn check(case: &Case, decision: Decision, rule: Option<RuleName>) {
    assert_eq!(decide(case), Verdict { decision, rule });
    let rules = explain(case);
    assert_eq!(rules.iter().find(|rule| !rule.passed).map(|rule| rule.name), rule);
    assert!(rules.len() == RuleName::ALL.len() && rules.iter().all(|rule| !rule.words.is_empty()));
}

#[test]
fn thresholds_of_the_follow_and_of_the_device() {
    let (mut follow, mut receiver) = (follow(), receiver());
    check(&case(&follow, &receiver), Decision::Send, None);
    let minor = Case { weight: Weight::Minor, ..case(&follow, &receiver) };
    check(&minor, Decision::Skip, Some(RuleName::Threshold));
    assert!(!wanted(&follow, &receiver, Weight::Minor, 1) && wanted(&follow, &receiver, Weight::Ordinary, 1));
    receiver.threshold = Threshold::Major;
    check(&case(&follow, &receiver), Decision::Skip, Some(RuleName::Threshold));
    receiver.threshold = Threshold::Everything;
    follow.families = 3;
    check(&case(&follow, &receiver), Decision::Skip, Some(RuleName::Families));
    check(&Case { families: 3, ..case(&follow, &receiver) }, Decision::Send, None);
}

#[test]
fn only_what_several_have_breaks_through_quiet_hours() {
    let (follow, receiver) = (follow(), Receiver { quiet: night(), ..receiver() });
    let held = Decision::Hold { until: at("2026-11-24T05:00:00Z") };
    check(&case(&follow, &receiver), held, Some(RuleName::QuietHours));
    let major = Case { weight: Weight::Major, ..case(&follow, &receiver) };
    check(&major, held, Some(RuleName::QuietHours));
    check(&Case { families: 2, ..major }, Decision::Send, None);
    check(&Case { now: at("2026-11-24T05:00:00Z"), ..major }, Decision::Send, None);
}

#[test]
fn ten_minutes_between_two_unless_it_is_major() {
    let (follow, receiver) = (follow(), receiver());
    let told = |at: Timestamp| Case { told: Some(at), ..case(&follow, &receiver) };
    let soon = told(at("2026-11-23T19:51:00Z"));
    check(&soon, Decision::Fold { until: at("2026-11-23T20:01:00Z") }, Some(RuleName::Budget));
    check(&Case { weight: Weight::Major, ..soon }, Decision::Send, None);
    check(&told(at("2026-11-23T19:50:00Z")), Decision::Send, None);
    check(&told(at("2026-11-23T20:30:00Z")), Decision::Send, None);
}

#[test]
fn a_digest_waits_for_its_hour_and_for_nothing_else() {
    let channel = Channel::Mail { address: "reader@news.example".to_owned(), digest_hour: Some(7) };
    let (follow, receiver) = (follow(), Receiver { channel, quiet: night(), ..receiver() });
    let morning = at("2026-11-24T05:00:00Z");
    check(&case(&follow, &receiver), Decision::Hold { until: morning }, Some(RuleName::Digest));
    let late = Case { now: morning, told: Some(morning), ..case(&follow, &receiver) };
    check(&late, Decision::Send, None);
    check(&Case { weight: Weight::Major, families: 5, ..late }, Decision::Send, None);
}

#[test]
fn a_digest_goes_by_the_clock_of_its_reader_also_when_that_jumps() {
    let follow = follow();
    let goes = |zone: Option<&str>, hour, published: &str, expect: &str| {
        let channel = Channel::Mail { address: "reader@news.example".to_owned(), digest_hour: Some(hour) };
        let receiver = Receiver { channel, zone: zone.map(str::to_owned), ..receiver() };
        let (published, before) = (at(published), at(published) - SignedDuration::from_hours(30));
        // What was published long before and comes to the reader now goes at the next such hour too.
        let case = Case { at: before, came: published, now: published, ..case(&follow, &receiver) };
        check(&case, Decision::Hold { until: at(expect) }, Some(RuleName::Digest));
    };
    let kyiv = Some("Europe/Kyiv");
    goes(kyiv, 7, "2026-03-28T06:59:00+02:00", "2026-03-28T07:00:00+02:00");
    goes(kyiv, 7, "2026-03-28T07:00:00+02:00", "2026-03-29T07:00:00+03:00");
    goes(kyiv, 7, "2026-10-24T12:00:00+03:00", "2026-10-25T07:00:00+02:00");
    // In spring three o'clock is never shown, in autumn it comes twice.
    goes(kyiv, 3, "2026-03-28T12:00:00+02:00", "2026-03-29T04:00:00+03:00");
    goes(kyiv, 3, "2026-10-24T12:00:00+03:00", "2026-10-25T03:00:00+03:00");
    goes(None, 7, "2026-03-28T06:59:00Z", "2026-03-28T07:00:00Z");
    goes(Some("Not/AZone"), 7, "2026-03-28T06:59:00Z", "2026-03-28T07:00:00Z");
}

#[test]
fn what_is_old_is_not_told() {
    let (follow, receiver) = (follow(), receiver());
    let old = Case { at: at("2026-11-21T19:59:59Z"), ..case(&follow, &receiver) };
    check(&old, Decision::Skip, Some(RuleName::Fresh));
}

#[test]
fn what_another_story_told_is_not_told_however_much_it_weighs() {
    let (follow, receiver) = (follow(), receiver());
    let again =
        Case { elsewhere: Elsewhere::Told, weight: Weight::Major, families: 5, ..case(&follow, &receiver) };
    check(&again, Decision::Skip, Some(RuleName::Elsewhere));
    let words = explain(&again).into_iter().find(|rule| !rule.passed).map(|rule| rule.words);
    assert_eq!(words.as_deref(), Some("another story told you the same"));
}

#[test]
fn what_another_story_is_to_tell_is_waited_for() {
    let (follow, receiver) = (follow(), Receiver { quiet: night(), ..receiver() });
    let same = |until| Case { elsewhere: Elsewhere::Waits { until: at(until) }, ..case(&follow, &receiver) };
    let morning = "2026-11-24T05:00:00Z";
    check(&same(morning), Decision::Hold { until: at(morning) }, Some(RuleName::Elsewhere));
    let rule = explain(&same(morning)).into_iter().find(|rule| !rule.passed).unwrap();
    assert!(rule.waits && rule.words.ends_with("until 24 November, 07:00"), "{rule:?}");
    // What is due already is under way.
    let soon = Decision::Hold { until: at("2026-11-23T20:00:01Z") };
    check(&same("2026-11-23T19:00:00Z"), soon, Some(RuleName::Elsewhere));
    // What may wake somebody does not wait for what may not, but for what is under way.
    let urgent = |until| Case { weight: Weight::Major, families: 2, ..same(until) };
    check(&urgent(morning), Decision::Send, None);
    check(&urgent("2026-11-23T19:00:00Z"), soon, Some(RuleName::Elsewhere));
}

#[test]
fn a_page_can_say_why() {
    let (follow, receiver) = (follow(), Receiver { quiet: night(), ..receiver() });
    let told = Case { told: Some(at("2026-11-23T19:55:00Z")), ..case(&follow, &receiver) };
    let words: Vec<String> = explain(&told).into_iter().map(|rule| rule.words).collect();
    let expect = [
        "it is ordinary; you asked for ordinary and above",
        "1 independent outlet has it; you asked for 1",
        "no other story told you the same",
        "news is told for 48 hours after it came",
        "each development goes by itself",
        "quiet hours until 24 November, 07:00",
        "you were told of the story less than 10 minutes ago; the next goes at 23 November, 22:05",
    ];
    assert_eq!(words, expect);
}

#[test]
fn unused_devices_are_warned_and_then_expire() {
    let receiver = Receiver { used: at("2026-09-01T00:00:00Z"), ..receiver() };
    let check = |now: &str, expect| assert_eq!(life(&receiver, at(now)), expect, "{now}");
    check("2026-08-01T00:00:00Z", Life::InUse);
    check("2026-10-25T23:59:59Z", Life::InUse);
    check("2026-10-26T00:00:00Z", Life::Warned { expires: at("2026-10-31T00:00:00Z") });
    check("2026-10-31T00:00:00Z", Life::Expired);
}

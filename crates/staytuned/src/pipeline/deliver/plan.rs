//! What to do with what waits for a receiver: a plain function of the rows and the time.
//!
//! In: the deliveries that were claimed together. Out: at most one parcel to send, and what becomes of the rest. Of one
//! story the newest goes and takes the older ones along; a digest holds all that is due.

use deliver::Message;
use deliver::policy::{Case, Decision, Elsewhere, RuleName, decide};
use jiff::{SignedDuration, Timestamp};
use news::{DeliveryId, Language, Receiver};
use store::view::DevelopmentView;
use store::{Claimed, Settled, Waiting};
use url::Url;

/// One sending: the messages, and the deliveries that it settles.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) receiver: Receiver,
    pub(super) origin: String,
    /// One, or several oldest first for a digest.
    pub(super) messages: Vec<Message>,
    /// Those whose own words go.
    pub(super) told: Vec<DeliveryId>,
    /// Those that only count.
    pub(super) folded: Vec<DeliveryId>,
    /// Attempts that failed before.
    pub(super) before: u32,
}

/// What holds for all receivers.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// The site's own address.
    pub(super) base: Url,
    /// Least time between two messages on one story.
    pub(super) between: SignedDuration,
}

/// What is to be sent and what is settled without.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) parcel: Option<Parcel>,
    pub(super) settled: Vec<(DeliveryId, Settled)>,
}

/// See the module.
pub(super) fn plan(claimed: &Claimed, terms: &Terms, now: Timestamp) -> Plan {
    let base = &terms.base;
    let mut plan = Plan::default();
    let mut open = Vec::new();
    for waiting in &claimed.waiting {
        match verdict(claimed, waiting, terms.between, now) {
            Verdict::Settled(settled) => plan.settled.push((waiting.id, settled)),
            Verdict::Send => open.push((waiting, None)),
            Verdict::Waits(settled) => open.push((waiting, Some(settled))),
        }
    }
    let newest = open.iter().rposition(|(_, wait)| wait.is_none());
    let Some(newest) = newest else {
        plan.settled.extend(waits(open));
        return plan;
    };
    let parcel = if is_digest(claimed) {
        let due: Vec<&Waiting> =
            open.iter().filter(|(_, wait)| wait.is_none()).map(|(one, _)| *one).collect();
        plan.settled.extend(waits(open.clone()));
        digest(claimed, &due, base)
    } else {
        // What came later and has to wait goes by itself when its time comes.
        plan.settled.extend(waits(open.split_off(newest + 1)));
        one_story(claimed, &open, base)
    };
    plan.parcel = Some(parcel);
    plan
}

enum Verdict {
    Send,
    Waits(Settled),
    Settled(Settled),
}

fn verdict(claimed: &Claimed, waiting: &Waiting, between: SignedDuration, now: Timestamp) -> Verdict {
    let refused = |why: &str| Verdict::Settled(Settled::Refused { why: why.to_owned() });
    let Some((follow, _)) = &waiting.follow else { return refused("not followed any more") };
    let development = &waiting.development;
    // Two stories may have become one since it was asked for, and that one be silent.
    if development.muted || development.withdrawn_at.is_some() {
        return refused("silenced");
    }
    let verdict = decide(&Case {
        weight: development.weight,
        families: development.families,
        at: development.at,
        came: waiting.made,
        follow,
        receiver: &claimed.receiver,
        told: waiting.told.map(|told| told.at),
        elsewhere: elsewhere(waiting.elsewhere.as_ref()),
        between,
        now,
    });
    let why = verdict.rule.map(|rule| rule.word()).unwrap_or_default();
    match verdict.decision {
        Decision::Send => Verdict::Send,
        Decision::Skip => refused(why),
        Decision::Hold { until } | Decision::Fold { until } => {
            let waits = Settled::Waits { until, why: why.to_owned() };
            // A newer one does not take along what another story is to tell.
            if verdict.rule == Some(RuleName::Elsewhere) {
                Verdict::Settled(waits)
            } else {
                Verdict::Waits(waits)
            }
        }
    }
}

/// What became of a twin, for the rules.
pub(in crate::pipeline) fn elsewhere(found: Option<&store::Elsewhere>) -> Elsewhere {
    match found.map(|twin| twin.waits) {
        None => Elsewhere::Nothing,
        Some(None) => Elsewhere::Told,
        Some(Some(until)) => Elsewhere::Waits { until },
    }
}

fn waits(open: Vec<(&Waiting, Option<Settled>)>) -> impl Iterator<Item = (DeliveryId, Settled)> {
    open.into_iter().filter_map(|(waiting, wait)| Some((waiting.id, wait?)))
}

fn is_digest(claimed: &Claimed) -> bool {
    matches!(claimed.receiver.channel, news::Channel::Mail { digest_hour: Some(_), .. })
}

/// The newest of a story, with those before it folded in. It weighs as much as the heaviest of them.
fn one_story(claimed: &Claimed, open: &[(&Waiting, Option<Settled>)], base: &Url) -> Parcel {
    let (older, newest) = open.split_at(open.len().saturating_sub(1));
    let mut parcel = parcel(claimed);
    for (waiting, _) in newest {
        let mut message = message(&waiting.development, base);
        message.folded = u32::try_from(older.len()).unwrap_or(u32::MAX);
        message.told = waiting.told.map_or(0, |told| told.count);
        let heaviest =
            open.iter().filter(|(_, wait)| wait.is_none()).map(|(one, _)| one.development.weight).max();
        message.weight = heaviest.unwrap_or(message.weight);
        message.unfollow =
            waiting.follow.as_ref().and_then(|(_, code)| link(base, &format!("unfollow/{code}")));
        parcel.before = open.iter().map(|(one, _)| one.attempts).max().unwrap_or_default();
        parcel.messages.push(message);
        parcel.told.push(waiting.id);
    }
    parcel.folded = older.iter().map(|(waiting, _)| waiting.id).collect();
    parcel
}

/// All that is due, in one mail that can be ended as a whole.
fn digest(claimed: &Claimed, due: &[&Waiting], base: &Url) -> Parcel {
    let mut parcel = parcel(claimed);
    for waiting in due {
        let unfollow = link(base, &format!("mail/{}/stop", claimed.code));
        parcel.messages.push(Message { unfollow, ..message(&waiting.development, base) });
        parcel.told.push(waiting.id);
        parcel.before = parcel.before.max(waiting.attempts);
    }
    parcel
}

fn parcel(claimed: &Claimed) -> Parcel {
    Parcel {
        receiver: claimed.receiver.clone(),
        origin: claimed.origin.clone(),
        messages: Vec::new(),
        told: Vec::new(),
        folded: Vec::new(),
        before: 0,
    }
}

/// A development in its source's own words: those that the story's title does not say already.
pub(super) fn message(development: &DevelopmentView, base: &Url) -> Message {
    let evidence = &development.evidence;
    let fresh = evidence.iter().find(|piece| piece.text != development.story_title).or(evidence.first());
    Message {
        development: development.id,
        story: development.story,
        kind: development.kind,
        weight: development.weight,
        families: development.families,
        at: development.at,
        title: development.story_title.clone(),
        words: fresh.map(|piece| piece.text.clone()).unwrap_or_default(),
        speaker: development.speaker.clone(),
        outlet: fresh.map(|piece| piece.outlet.clone()).unwrap_or_default(),
        language: fresh.map_or(Language::UNKNOWN, |piece| piece.language),
        url: link(base, &format!("story/{}?new={}#new", development.story, development.id))
            .unwrap_or_default(),
        folded: 0,
        told: 0,
        unfollow: None,
    }
}

/// An address on this site.
pub(super) fn link(base: &Url, path: &str) -> Option<String> {
    let base = base.as_str().trim_end_matches('/');
    Url::parse(&format!("{base}/{path}")).ok().map(String::from)
}

#[cfg(test)]
mod tests;

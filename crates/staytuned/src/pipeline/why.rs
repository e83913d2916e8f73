//! Why a reader got a development, or did not: rule by rule, for each of the reader's follows that it concerns and each
//! place where the reader is told.

use super::deliver::elsewhere;
use super::{House, blocking};
use anyhow::{Context, Result};
use deliver::policy::{self, Case, RuleName, explain};
use news::{DeliveryState, DevelopmentId, ReaderId};
use std::sync::Arc;
use store::Elsewhere;
use store::view::DevelopmentView;
use web::{AskedRule, Early, Told, Why};

/// Follows and places that are explained.
const MOST: usize = 40;

/// Asks the rules again as they stood when the development was published.
///
/// # Errors
/// When there is no such development, or the database fails.
pub(super) async fn why(house: &Arc<House>, reader: ReaderId, id: DevelopmentId) -> Result<Vec<Why>> {
    let working = Arc::clone(house);
    blocking(move || {
        let store = &working.store;
        let development = store.development(id)?.context("there is no such development")?;
        let mut told = Vec::new();
        for followed in store.follows(reader)?.iter().map(|view| &view.follow) {
            if told.len() >= MOST || !store.is_concerned(&followed.target, id)? {
                continue;
            }
            for receiver in store.receivers(reader)?.into_iter().filter_map(|view| view.receiver) {
                let delivery = store.delivery_of(receiver.id, id)?;
                let before = store.told_before(receiver.id, &development, development.at)?;
                let twin = store.told_elsewhere(receiver.id, id, news::Timestamp::now())?;
                let case = Case {
                    weight: development.weight,
                    families: development.families,
                    at: development.at,
                    came: development.at,
                    follow: followed,
                    receiver: &receiver,
                    told: before,
                    elsewhere: elsewhere(twin.as_ref()),
                    between: working.settings.between,
                    now: development.at,
                };
                told.push(one(&development, &case, twin, delivery));
            }
        }
        Ok(told)
    })
    .await
}

fn one(
    development: &DevelopmentView,
    case: &Case,
    twin: Option<Elsewhere>,
    delivery: Option<(DeliveryState, Option<news::Timestamp>)>,
) -> Why {
    let asked = explain(case).into_iter();
    let same = twin.map(|other| (other.development, other.title));
    let asked = asked.map(|rule| AskedRule {
        passed: rule.passed,
        waited: rule.waits,
        words: rule.words,
        other: same.clone().filter(|_| rule.name == RuleName::Elsewhere),
    });
    let rules = silenced(development).into_iter().chain(asked).collect();
    let early = if development.at < case.follow.since {
        Early::Follow
    } else if development.at < case.receiver.since {
        Early::Receiver
    } else {
        Early::No
    };
    Why {
        receiver: case.receiver.name.clone(),
        target: case.follow.target.clone(),
        early,
        rules,
        // What another story told was not tried.
        told: told(delivery.filter(|(state, _)| {
            case.elsewhere != policy::Elsewhere::Told || *state != DeliveryState::Refused
        })),
    }
}

/// What a person decided stands above all rules.
fn silenced(development: &DevelopmentView) -> Option<AskedRule> {
    let words = if development.withdrawn_at.is_some() {
        "a person said that this is no news: whoever was not told by then is not"
    } else if development.muted {
        "a person muted this story: nothing of it is sent"
    } else {
        return None;
    };
    Some(AskedRule { passed: false, waited: false, words: words.to_owned(), other: None })
}

fn told(delivery: Option<(DeliveryState, Option<news::Timestamp>)>) -> Told {
    match delivery {
        None => Told::Never,
        Some((DeliveryState::Pending, _)) => Told::Waits,
        Some((DeliveryState::Accepted, at)) => Told::Sent(at),
        Some((DeliveryState::Folded, at)) => Told::Folded(at),
        Some((DeliveryState::Gone | DeliveryState::Refused, at)) => Told::Failed(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_says_what_became_of_it() {
        assert_eq!(told(None), Told::Never);
        assert_eq!(told(Some((DeliveryState::Pending, None))), Told::Waits);
        assert_ne!(told(Some((DeliveryState::Folded, None))), Told::Sent(None));
    }
}

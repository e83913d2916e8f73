//! Why a reader got a development, or did not: rule by rule, for each of the reader's follows that it concerns and each
//! place where the reader is told.

use super::{House, blocking};
use anyhow::{Context, Result};
use deliver::policy::{Case, explain};
use jiff::SignedDuration;
use news::{DeliveryState, DevelopmentId, Follow, ReaderId, Receiver};
use std::sync::Arc;
use store::view::DevelopmentView;
use web::{AskedRule, Told, Why};

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
                told.push(one(&development, followed, &receiver, working.settings.between, delivery));
            }
        }
        Ok(told)
    })
    .await
}

fn one(
    development: &DevelopmentView,
    follow: &Follow,
    receiver: &Receiver,
    between: SignedDuration,
    delivery: Option<(DeliveryState, Option<news::Timestamp>)>,
) -> Why {
    let case = Case {
        weight: development.weight,
        families: development.families,
        at: development.at,
        follow,
        receiver,
        told: None,
        between,
        now: development.at,
    };
    let asked = explain(&case).into_iter();
    let rules = asked.map(|rule| AskedRule { passed: rule.passed, words: rule.words }).collect();
    let early = development.at < follow.since;
    Why { receiver: receiver.name.clone(), target: follow.target.clone(), early, rules, told: told(delivery) }
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

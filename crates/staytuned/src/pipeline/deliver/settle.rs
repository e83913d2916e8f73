//! From an outcome to rows: what became of a sending's deliveries and of its receiver.

use super::plan::Parcel;
use super::tally::Tally;
use deliver::Outcome;
use jiff::{SignedDuration, Timestamp};
use news::DeliveryId;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use store::{Settled, Writer};

/// What the operator has to mend is tried again so long after, doubled each time: nothing is lost meanwhile, and no
/// service is pestered.
const AFTER_ALERT: SignedDuration = SignedDuration::from_mins(15);
const DOUBLED_AT_MOST: u32 = 5;

/// A sending that is over.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) parcel: Parcel,
    pub(super) outcome: Outcome,
    pub(super) took: Duration,
}

/// Records one sending in the transaction under way.
///
/// # Errors
/// Those of the database.
pub(super) fn settle(writer: &mut Writer, sent: &Sent, now: Timestamp) -> store::Result<()> {
    let (parcel, receiver) = (&sent.parcel, sent.parcel.receiver.id);
    match &sent.outcome {
        Outcome::Accepted => {
            writer.settle(&each(&parcel.told, &Settled::Accepted), now)?;
            writer.settle(&each(&parcel.folded, &Settled::Folded), now)?;
            writer.receiver_well(receiver, now)
        }
        Outcome::Gone { why } => writer.receiver_gone(&parcel.receiver, why, now),
        Outcome::Deferred { after, asked, why } => {
            let after = SignedDuration::try_from(*after).unwrap_or(AFTER_ALERT);
            let until = now.saturating_add(after).unwrap_or(now);
            later(writer, parcel, until, why, now)?;
            if *asked {
                writer.leave_alone(receiver, until, now)?;
            }
            writer.receiver_ill(receiver, why, false, now)
        }
        Outcome::Refused { why } => {
            let refused = Settled::Refused { why: why.clone() };
            writer.settle(&each(&parcel.told, &refused), now)?;
            writer.settle(&each(&parcel.folded, &refused), now)?;
            writer.receiver_ill(receiver, why, false, now)
        }
        Outcome::Alert { why, .. } => {
            let pause = AFTER_ALERT * (1 << parcel.before.min(DOUBLED_AT_MOST));
            later(writer, parcel, now.saturating_add(pause).unwrap_or(now), why, now)?;
            writer.receiver_ill(receiver, why, true, now)
        }
    }
}

fn later(
    writer: &mut Writer,
    parcel: &Parcel,
    until: Timestamp,
    why: &str,
    now: Timestamp,
) -> store::Result<()> {
    let deferred = Settled::Deferred { until, why: why.to_owned() };
    writer.settle(&each(&parcel.told, &deferred), now)?;
    writer.settle(&each(&parcel.folded, &deferred), now)
}

fn each(deliveries: &[DeliveryId], settled: &Settled) -> Vec<(DeliveryId, Settled)> {
    deliveries.iter().map(|id| (*id, settled.clone())).collect()
}

/// Counts a sending.
pub(super) fn count(tally: &Tally, sent: &Sent) {
    let add = |counter: &AtomicU64, n: usize| counter.fetch_add(n as u64, Relaxed);
    let all = sent.parcel.told.len() + sent.parcel.folded.len();
    match &sent.outcome {
        Outcome::Accepted => {
            add(&tally.accepted, sent.parcel.told.len());
            add(&tally.folded, sent.parcel.folded.len())
        }
        Outcome::Gone { .. } => add(&tally.gone, all),
        Outcome::Deferred { .. } => add(&tally.deferred, all),
        Outcome::Refused { .. } => add(&tally.refused, all),
        Outcome::Alert { .. } => add(&tally.alerts, all),
    };
}

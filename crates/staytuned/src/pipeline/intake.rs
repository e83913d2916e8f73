//! Taking in: what came from a feed, a recording or the demo day is compared with what is known of its feed, and
//! kept in one transaction with the feed's new state. Blocks.

use ingest::refresh::{self, Health, Keyed, Keys, Known, Plan};
use jiff::Timestamp;
use news::{Entry, FeedId};
use store::view::FeedHealth;
use store::{Accepted, AcceptedIds, FeedState, KnownEntry, KnownKeys, NewEntry, Rekeyed, Revised, Writer};

/// What came from a feed.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
    pub(crate) entries: Vec<Entry>,
    pub(crate) state: FeedState,
    /// The feed's first look: everything in it may be new.
    pub(crate) first: bool,
    /// It was seen at a time that is over, perhaps taken in before: what was seen later is newer.
    pub(crate) recorded: bool,
    pub(crate) title: Option<String>,
    pub(crate) site: Option<String>,
}

impl Arrived {
    /// From a recording: its feed is never asked.
    pub(crate) fn recorded(entries: Vec<Entry>) -> Self {
        let state = FeedState {
            next_refresh_at: Timestamp::MAX,
            health: FeedHealth::Healthy,
            ..FeedState::default()
        };
        Self { entries, state, first: true, recorded: true, ..Self::default() }
    }
}

/// Takes in what came; the ids of what was new and what was revised.
pub(crate) fn take_in(
    writer: &mut Writer,
    feed: FeedId,
    arrived: Arrived,
    now: Timestamp,
) -> store::Result<AcceptedIds> {
    let known = known(writer, feed, &arrived.entries)?;
    let mut changes = refresh::compare(&known, &arrived.entries, arrived.first);
    if arrived.recorded {
        let mut newer = Vec::with_capacity(changes.revised.len());
        for (id, form) in changes.revised {
            if writer.last_form_at(id)?.is_none_or(|last| last < now) {
                newer.push((id, form));
            }
        }
        changes.revised = newer;
    }
    let note = (changes.held_back > 0).then(|| {
        format!(
            "{} more entries are new or changed at once; the rest is taken in with the next looks",
            changes.held_back
        )
    });
    let mut state = arrived.state;
    if note.is_some() {
        // The document must come again although it will not have changed.
        (state.etag, state.last_modified) = (None, None);
    }
    let accepted = Accepted {
        new: changes.new.into_iter().map(new_entry).collect(),
        revised: changes.revised.into_iter().map(|(id, now)| Revised { id, now: new_entry(now) }).collect(),
        rekeyed: changes
            .rekeyed
            .into_iter()
            .map(|(id, keys)| Rekeyed { id, guid: keys.guid, link_key: keys.link })
            .collect(),
        state,
        note,
        title: arrived.title,
        site: arrived.site,
    };
    writer.accept(feed, &accepted, now)
}

/// The known entries that share a key with what came.
fn known(writer: &Writer, feed: FeedId, entries: &[Entry]) -> store::Result<Vec<Known>> {
    let mut wanted = KnownKeys::default();
    for keys in entries.iter().map(refresh::keys) {
        wanted.guids.extend(keys.guid);
        wanted.link_keys.extend(keys.link);
        wanted.title_hashes.push(keys.title);
    }
    Ok(writer.known_entries(feed, &wanted)?.into_iter().map(known_entry).collect())
}

fn known_entry(kept: KnownEntry) -> Known {
    let keys =
        Keys { guid: kept.guid, link: kept.link_key, title: kept.title_hash, content: kept.content_hash };
    Known { id: kept.id, keys, published: kept.published }
}

fn new_entry(Keyed { keys, entry }: Keyed) -> NewEntry {
    NewEntry {
        guid: keys.guid,
        link_key: keys.link,
        title_hash: keys.title,
        content_hash: keys.content,
        entry,
    }
}

/// A feed's state after a look that was answered.
pub(crate) fn state_after(plan: &Plan) -> FeedState {
    FeedState {
        next_refresh_at: plan.next_at,
        interval_s: u32::try_from(plan.interval.as_secs()).unwrap_or(u32::MAX),
        health: health(plan.health),
        ..FeedState::default()
    }
}

/// The word of the ingest room in the word of the store.
pub(crate) fn health(health: Health) -> FeedHealth {
    match health {
        Health::Healthy => FeedHealth::Healthy,
        Health::Quiet => FeedHealth::Quiet,
        Health::Failing => FeedHealth::Failing,
        Health::Gone => FeedHealth::Gone,
    }
}

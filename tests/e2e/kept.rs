//! The binary's database while the binary does not run or beside it: followers are put in as the pages do it, entries
//! as a refresh does it.

use crate::house::House;
use jiff::Timestamp;
use news::{Channel, Entry, FeedId, QuietHours, ReaderId, ReceiverId, Target, Threshold};
use store::{Accepted, FeedState, NewEntry, NewFeed, NewReceiver, Store};

/// Opens the database of a house.
pub(crate) fn open(house: &House) -> Store {
    std::fs::create_dir_all(house.path("kept")).unwrap();
    Store::open(&house.path("kept/staytuned.db")).unwrap()
}

/// A feed that is never looked at: its entries are put in by [`accept`].
pub(crate) fn feed(store: &Store, host: &str) -> FeedId {
    let feed = NewFeed {
        url: format!("recorded:{host}"),
        host: host.to_owned(),
        outlet_name: format!("The {host}"),
        family: host.to_owned(),
        ..NewFeed::default()
    };
    store.add_feed(&feed, Timestamp::now()).unwrap().id
}

/// Accepts new entries of a feed: `(title, text)`.
pub(crate) fn accept(store: &Store, feed: FeedId, entries: &[(String, String)]) {
    let now = Timestamp::now();
    let next_refresh_at = now + jiff::SignedDuration::from_hours(24);
    let new = entries.iter().map(|(title, text)| NewEntry {
        guid: Some(title.clone()),
        link_key: None,
        title_hash: title.clone(),
        content_hash: text.clone(),
        entry: Entry {
            guid: Some(title.clone()),
            title: Some(title.clone()),
            content: Some(text.clone()),
            published: Some(now),
            ..Entry::default()
        },
    });
    let state = FeedState { next_refresh_at, interval_s: 86_400, ..FeedState::default() };
    store.accept(feed, &Accepted { new: new.collect(), state, ..Accepted::default() }, now).unwrap();
}

/// A receiver with nothing special about it.
pub(crate) fn receiver(channel: Channel, origin: &str) -> NewReceiver {
    let name = channel.kind().to_owned();
    let threshold = Threshold::Everything;
    NewReceiver { name, channel, origin: origin.to_owned(), quiet: None, zone: None, threshold, waits: false }
}

/// Quiet from now on for almost a day.
pub(crate) fn quiet_now() -> QuietHours {
    let here = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    let minute = u16::try_from(i16::from(here.hour()) * 60 + i16::from(here.minute())).unwrap();
    QuietHours { from: (minute + 1_430) % 1_440, to: (minute + 1_420) % 1_440 }
}

/// A reader with receivers that follows targets.
pub(crate) fn reader(
    store: &Store,
    name: &str,
    receivers: &[NewReceiver],
    targets: &[Target],
) -> (ReaderId, Vec<ReceiverId>) {
    let now = Timestamp::now();
    let add = |writer: &mut store::Writer| {
        let reader = writer.add_reader(name, now)?;
        let receivers = receivers
            .iter()
            .map(|new| writer.add_receiver(reader, new, now))
            .collect::<Result<Vec<_>, _>>()?;
        for target in targets {
            writer.follow(reader, target, Threshold::Everything, 1, now)?;
        }
        Ok((reader, receivers))
    };
    store.write(add).unwrap()
}

//! Outlets, and the lists of feeds and outlets that the operator sees.

use crate::column::{at, big_count, count, from_json, health, maybe_at, millis};
use crate::error::{Result, StoreError};
use crate::view::{FeedView, OutletView, RECORDED};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{FeedId, OutletId};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use std::collections::BTreeMap;

const BY_HOST: &str = "SELECT id FROM outlet WHERE host = ?1";
const ADD: &str = "INSERT INTO outlet (host, name, family) VALUES (?1, ?2, ?3)";
/// The family of the outlet at a host, else a family as it is written where an outlet counts to it.
const FAMILY_CALLED: &str =
    "SELECT family FROM outlet WHERE host = ?1 COLLATE NOCASE OR family = ?1 COLLATE NOCASE
    ORDER BY host = ?1 COLLATE NOCASE DESC, id LIMIT 1";
const SAY_FAMILY: &str = "UPDATE outlet SET family = ?2, family_said_at = ?3 WHERE id = ?1";
const COUNTED_TO: &str = "SELECT host, family FROM outlet WHERE id = ?1 AND family_said_at IS NULL";
const COUNT_TO: &str = "UPDATE outlet SET family = ?2 WHERE id = ?1";
const FEEDS: &str =
    "SELECT feed.id, url, COALESCE(NULLIF(title, ''), url), site, outlet, outlet.name, folder, health,
        last_error, failures, added_at, last_refreshed_at, last_entry_at, next_refresh_at, interval_s, entries
    FROM feed JOIN outlet ON outlet.id = feed.outlet WHERE removed_at IS NULL
    ORDER BY folder, outlet.name COLLATE NOCASE, feed.id";
const LAST_REFRESH: &str = "SELECT MAX(last_refreshed_at) FROM feed";
const PER_DAY: &str =
    "SELECT entry.feed, (?1 - first_seen) / 86400000, COUNT(*) FROM feed JOIN entry ON entry.feed = feed.id
    WHERE removed_at IS NULL AND first_seen > ?1 - 7 * 86400000 AND first_seen <= ?1 GROUP BY 1, 2";
const OUTLETS: &str = "SELECT id, name, host, family, articles, last_article_at FROM outlet
    ORDER BY name COLLATE NOCASE, id";

/// Days in a feed's small chart.
const DAYS: usize = 7;

impl Store {
    /// Every followed feed, by folder and outlet. The days of `per_day` end with the last refresh of any feed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn feeds(&self) -> Result<Vec<FeedView>> {
        self.read(feeds)
    }

    /// The same without those of recordings, which have no address: there is nothing to look at.
    ///
    /// # Errors
    /// Those of the database.
    pub fn fetched_feeds(&self) -> Result<Vec<FeedView>> {
        Ok(self.feeds()?.into_iter().filter(|feed| !feed.url.starts_with(RECORDED)).collect())
    }

    /// Every outlet by name, with its followed feeds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlets(&self) -> Result<Vec<OutletView>> {
        self.read(|db| {
            let mut by_outlet: BTreeMap<OutletId, Vec<FeedView>> = BTreeMap::new();
            for feed in feeds(db)? {
                by_outlet.entry(feed.outlet).or_default().push(feed);
            }
            let mut outlets = db.prepare_cached(OUTLETS)?;
            let rows = outlets.query_map([], |row| {
                let id = OutletId(row.get(0)?);
                Ok(OutletView {
                    id,
                    name: row.get(1)?,
                    host: row.get(2)?,
                    family: row.get(3)?,
                    articles: big_count(row, 4)?,
                    last_article_at: maybe_at(row, 5)?,
                    feeds: by_outlet.remove(&id).unwrap_or_default(),
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The outlet at a registered host.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlet_at(&self, host: &str) -> Result<Option<OutletId>> {
        self.read(|db| {
            let found = db.prepare_cached(BY_HOST)?.query_row([host], |row| row.get(0)).optional()?;
            Ok(found.map(OutletId))
        })
    }

    /// The family that is meant by a name: the one that the outlet at this host counts to, or the one that is called so.
    ///
    /// # Errors
    /// Those of the database.
    pub fn family_called(&self, name: &str) -> Result<Option<String>> {
        self.read(|db| {
            Ok(db.prepare_cached(FAMILY_CALLED)?.query_row([name], |row| row.get(0)).optional()?)
        })
    }
}

impl Writer<'_> {
    /// Counts an outlet to a family from now on because a person said so: for good, until a person says otherwise.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such outlet.
    pub fn say_family(&mut self, id: OutletId, family: &str, now: Timestamp) -> Result<()> {
        if self.tx.prepare_cached(SAY_FAMILY)?.execute(params![id.0, family, millis(now)])? == 0 {
            return Err(StoreError::Missing { what: "outlet", id: id.0 });
        }
        self.event("outlet_counted", None, now, &json!({ "outlet": id, "family": family }))?;
        Ok(())
    }

    /// Counts an outlet to another family from now on, for it turned out to be of one house with it; not if a person has
    /// said where it belongs, nor if it counts to another one than `by_host` says already.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_outlet_to(&mut self, id: OutletId, family: &str, by_host: fn(&str) -> &str) -> Result<()> {
        let known = self
            .tx
            .prepare_cached(COUNTED_TO)?
            .query_row([id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        if let Some((host, counted_to)) = known.optional()?
            && counted_to == by_host(&host)
        {
            self.tx.prepare_cached(COUNT_TO)?.execute(params![id.0, family])?;
        }
        Ok(())
    }

    /// The outlet of a registered host, made when it is new. One that is known keeps its name and family.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlet(&mut self, host: &str, name: &str, family: &str) -> Result<OutletId> {
        let known = self.tx.prepare_cached(BY_HOST)?.query_row([host], |row| row.get(0)).optional()?;
        if let Some(id) = known {
            return Ok(OutletId(id));
        }
        let name = if name.trim().is_empty() { host } else { name };
        let family = if family.trim().is_empty() { name } else { family };
        Ok(OutletId(self.tx.prepare_cached(ADD)?.insert(params![host, name, family])?))
    }
}

fn feeds(db: &Connection) -> Result<Vec<FeedView>> {
    let mut days = per_day(db)?;
    let mut feeds = db.prepare_cached(FEEDS)?;
    let rows = feeds.query_map([], |row| {
        let id: i64 = row.get(0)?;
        let folder: String = row.get(6)?;
        let view = FeedView {
            id: FeedId(id),
            url: row.get(1)?,
            title: row.get(2)?,
            site: row.get(3)?,
            outlet: OutletId(row.get(4)?),
            outlet_name: row.get(5)?,
            folder: Vec::new(),
            health: health(row, 7)?,
            last_error: row.get(8)?,
            failures: count(row, 9)?,
            added_at: at(row, 10)?,
            last_refreshed_at: maybe_at(row, 11)?,
            last_entry_at: maybe_at(row, 12)?,
            next_refresh_at: at(row, 13)?,
            interval_s: count(row, 14)?,
            entries: big_count(row, 15)?,
            per_day: days.remove(&id).unwrap_or_else(|| vec![0; DAYS]),
        };
        Ok((view, folder))
    })?;
    let with_folder = |(mut view, folder): (FeedView, String)| {
        view.folder = from_json("folder", &folder)?;
        Ok(view)
    };
    rows.map(|row| row.map_err(Into::into).and_then(with_folder)).collect()
}

fn per_day(db: &Connection) -> Result<BTreeMap<i64, Vec<u32>>> {
    let mut days: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    let Some(last) = db.prepare_cached(LAST_REFRESH)?.query_row([], |row| row.get::<_, Option<i64>>(0))?
    else {
        return Ok(days);
    };
    let mut counts = db.prepare_cached(PER_DAY)?;
    let mut rows = counts.query([last])?;
    while let Some(row) = rows.next()? {
        let (feed, ago): (i64, usize) = (row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(DAYS));
        let day = days.entry(feed).or_insert_with(|| vec![0; DAYS]);
        if let Some(place) = DAYS.checked_sub(1 + ago).and_then(|at| day.get_mut(at)) {
            *place = count(row, 2)?;
        }
    }
    Ok(days)
}

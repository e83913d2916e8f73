//! The numbered shapes of the database: forward only, one transaction each, never edited once released.

use crate::error::{Result, StoreError};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Makes the index of addresses once nobody has one twice: exports of before can hold such, too.
pub(crate) const DOUBLES: &str = include_str!("../migrations/0016_doubles.sql");

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_house.sql"),
    include_str!("../migrations/0002_follows.sql"),
    include_str!("../migrations/0003_statements.sql"),
    include_str!("../migrations/0004_positions.sql"),
    include_str!("../migrations/0004_addresses.sql"),
    include_str!("../migrations/0006_places.sql"),
    include_str!("../migrations/0007_impressions.sql"),
    include_str!("../migrations/0007_figures.sql"),
    include_str!("../migrations/0008_told.sql"),
    include_str!("../migrations/0009_corrections.sql"),
    include_str!("../migrations/0009_days.sql"),
    include_str!("../migrations/0011_acts.sql"),
    include_str!("../migrations/0012_twins.sql"),
    include_str!("../migrations/0013_index.sql"),
    include_str!("../migrations/0014_families.sql"),
    include_str!("../migrations/0015_zones.sql"),
    DOUBLES,
    include_str!("../migrations/0017_undated.sql"),
    include_str!("../migrations/0018_questions.sql"),
    include_str!("../migrations/0019_corrected_figures.sql"),
    include_str!("../migrations/0020_patience.sql"),
];

/// "Stay" in ASCII: how `file` and this program tell the database from any other.
const APPLICATION: i64 = 0x5374_6179;

/// The version that this program writes.
pub(crate) fn known_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings the database up to date.
///
/// # Errors
/// [`StoreError::NotOurs`] for a file with other content, [`StoreError::Newer`] for one of a later version.
pub(crate) fn migrate(db: &mut Connection, path: &Path) -> Result<()> {
    refuse_others(db, path)?;
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if version(db)? >= number {
            continue;
        }
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been here between the look and the lock.
        if version(&tx)? < number {
            tx.execute_batch(sql)?;
            tx.pragma_update(None, "application_id", APPLICATION)?;
            tx.pragma_update(None, "user_version", number)?;
        }
        tx.commit()?;
    }
    Ok(())
}

/// The version that the file has.
pub(crate) fn version(db: &Connection) -> Result<i64> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn refuse_others(db: &Connection, path: &Path) -> Result<()> {
    let tables: i64 = db.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    let (found, known) = (version(db)?, known_version());
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

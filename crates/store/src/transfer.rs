//! Everything kept as JSON Lines, out and in again: one object a row, `kind` says of which table.
//!
//! An import adds what is not there and changes nothing that is, so doing it twice does it once. It takes an
//! export of this very store (or one that this store was made from) or fills an empty store; an export of another
//! store is refused, since its ids mean other things. What this store has under another id (a device that was removed and
//! came back) stays as it is here, and what the export says of it is left out.

use crate::Store;
use crate::error::{Result, StoreError};
use crate::migrate::{DOUBLES, known_version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use serde_json::{Map, Number, Value, json};
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, Read, Write};

/// Tables in the order in which rows name each other. What else the database holds is made again; the tests say what, and
/// from what.
const TABLES: [&str; 39] = [
    "setting",
    "outlet",
    "feed",
    "entry",
    "entry_revision",
    "story",
    "article",
    "body",
    "article_revision",
    "headline_change",
    "story_outlet",
    "story_hour",
    "event",
    "reader",
    "reader_key",
    "receiver",
    "follow",
    "development",
    "evidence",
    "concern",
    "gist",
    "twin",
    "delivery",
    "correction",
    "figure",
    "dated",
    "story_day",
    "undated",
    "told",
    "looked",
    "actor",
    "actor_alias",
    "saying",
    "quote",
    "quote_print",
    "position",
    "act",
    "place",
    "mention",
];
const HEADER: &str = "staytuned";
const SEQUENCE: &str = "sequence";
/// Names bytes, which JSON has no way to write: `{"base64": "..."}`.
const BYTES: &str = "base64";
/// Makes the full-text index anew from `body`.
const INDEX: &str = "INSERT INTO article_fts (article_fts) VALUES ('rebuild')";
const STORE_ID: &str = "SELECT value FROM setting WHERE key = 'store.id'";
const ADOPT_ID: &str = "UPDATE setting SET value = ?1 WHERE key = 'store.id'";
/// Quiet hours of exports before version 16 hold the zone.
const ZONES: &str =
    "UPDATE receiver SET zone = json_extract(quiet, '$.zone'), quiet = json_remove(quiet, '$.zone')
    WHERE json_type(quiet, '$.zone') IS NOT NULL";
const DROP_ADDRESSES: &str = "DROP INDEX receiver_address";
const EMPTY: &str = "SELECT NOT EXISTS (SELECT 1 FROM outlet) AND NOT EXISTS (SELECT 1 FROM story)
    AND NOT EXISTS (SELECT 1 FROM event) AND NOT EXISTS (SELECT 1 FROM reader)";
const REFERENCES: &str = "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)";
const SEQUENCES: &str = "SELECT name, seq FROM sqlite_sequence ORDER BY name";
const RAISE: &str = "UPDATE sqlite_sequence SET seq = MAX(seq, ?2) WHERE name = ?1";
const BEGIN_SEQUENCE: &str = "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)";

/// Longest line of an export that is read.
const LONGEST_LINE: u64 = 64 << 20;

impl Store {
    /// Writes everything to `to`. Returns how many rows.
    ///
    /// # Errors
    /// [`StoreError::Io`] when `to` takes no more.
    pub fn export(&self, mut to: impl Write) -> Result<u64> {
        self.read(|db| {
            let id: String = db.query_row(STORE_ID, [], |row| row.get(0))?;
            line(&mut to, &serde_json::json!({ "kind": HEADER, "version": known_version(), "store": id }))?;
            let mut rows = 0;
            for table in TABLES {
                rows += export_table(db, table, &mut to)?;
            }
            let mut sequences = db.prepare(SEQUENCES)?;
            let mut found = sequences.query([])?;
            while let Some(row) = found.next()? {
                let (name, seq): (String, i64) = (row.get(0)?, row.get(1)?);
                line(&mut to, &serde_json::json!({ "kind": SEQUENCE, "name": name, "seq": seq }))?;
            }
            to.flush().map_err(written)?;
            Ok(rows)
        })
    }

    /// Adds what an export holds and this store does not, all of it or nothing. Returns how many rows were added.
    ///
    /// # Errors
    /// [`StoreError::Import`] names the line that cannot be read; [`StoreError::ForeignExport`].
    pub fn import(&self, from: impl BufRead) -> Result<u64> {
        self.write(|writer| {
            // Rows of one table may name rows of a later one; all must be there at the end.
            writer.tx.pragma_update(None, "defer_foreign_keys", true)?;
            // An older export can hold an address twice; the index is made again when that is put right.
            writer.tx.execute(DROP_ADDRESSES, [])?;
            let mut import = Import::new(&writer.tx)?;
            import.read(from)?;
            if import.added > 0 {
                import.db.execute(INDEX, [])?;
                import.db.execute(ZONES, [])?;
            }
            import.db.execute_batch(DOUBLES)?;
            Ok(import.added)
        })
    }
}

fn export_table(db: &Connection, table: &str, to: &mut impl Write) -> Result<u64> {
    let mut all = db.prepare(&format!("SELECT * FROM {table}"))?;
    let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
    let mut rows = all.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        line(to, &object(table, &columns, row)?)?;
        count += 1;
    }
    Ok(count)
}

/// A column that is itself called `kind` is written as `event` (the event's) or `which`.
fn object(table: &str, columns: &[String], row: &Row) -> Result<Value> {
    let mut object = Map::with_capacity(columns.len() + 1);
    object.insert("kind".to_owned(), table.into());
    for (at, column) in columns.iter().enumerate() {
        let value = match row.get_ref(at)? {
            ValueRef::Integer(n) => n.into(),
            ValueRef::Real(n) => Number::from_f64(n).map_or(Value::Null, Value::Number),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
            ValueRef::Blob(bytes) => json!({ BYTES: STANDARD.encode(bytes) }),
            ValueRef::Null => Value::Null,
        };
        object.insert(written_name(table, column).to_owned(), value);
    }
    Ok(Value::Object(object))
}

fn written_name<'a>(table: &str, column: &'a str) -> &'a str {
    match (table, column) {
        ("event", "kind") => "event",
        (_, "kind") => "which",
        _ => column,
    }
}

fn line(to: &mut impl Write, value: &Value) -> Result<()> {
    serde_json::to_writer(&mut *to, value).map_err(|error| written(error.into()))?;
    to.write_all(b"\n").map_err(written)
}

fn written(source: std::io::Error) -> StoreError {
    StoreError::Io { what: "export".to_owned(), source }
}

/// An import under way.
struct Import<'a> {
    db: &'a Connection,
    /// Columns of each table with the names that they have in an export.
    columns: HashMap<&'static str, Vec<(String, String)>>,
    /// Columns of each table that name rows of another one.
    references: HashMap<&'static str, Vec<(String, String)>>,
    /// Rows that are here under another id, by table and the id that they have in the export.
    elsewhere: HashSet<(String, i64)>,
    /// Which line is read, from 1.
    at: u64,
    added: u64,
}

impl<'a> Import<'a> {
    fn new(db: &'a Connection) -> Result<Self> {
        let columns =
            TABLES.into_iter().map(|table| Ok((table, columns_of(db, table)?))).collect::<Result<_>>()?;
        let references =
            TABLES.into_iter().map(|table| Ok((table, references_of(db, table)?))).collect::<Result<_>>()?;
        Ok(Self { db, columns, references, elsewhere: HashSet::new(), at: 0, added: 0 })
    }

    fn read(&mut self, mut from: impl BufRead) -> Result<()> {
        let mut text = Vec::new();
        loop {
            text.clear();
            let read = from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut text);
            let read = read.map_err(|source| StoreError::Io { what: "import".to_owned(), source })?;
            if read == 0 {
                return if self.at == 0 { Err(self.wrong("it is empty")) } else { Ok(()) };
            }
            self.at += 1;
            if !text.ends_with(b"\n") && read as u64 == LONGEST_LINE {
                return Err(self.wrong("it is too long"));
            }
            if !text.trim_ascii().is_empty() {
                self.take(&text)?;
            }
        }
    }

    fn take(&mut self, text: &[u8]) -> Result<()> {
        let object: Map<String, Value> = serde_json::from_slice(text).map_err(|error| self.wrong(error))?;
        let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
        if (self.at == 1) != (kind == HEADER) {
            return Err(self.wrong("an export begins with one line of kind \"staytuned\""));
        }
        match kind {
            HEADER => self.header(&object),
            SEQUENCE => self.sequence(&object),
            _ => match TABLES.into_iter().find(|table| *table == kind) {
                Some(table) => self.row(table, &object),
                None => Err(self.wrong(format_args!("unknown kind {kind:?}"))),
            },
        }
    }

    fn header(&self, object: &Map<String, Value>) -> Result<()> {
        let version = object.get("version").and_then(Value::as_i64).unwrap_or(i64::MAX);
        if version > known_version() {
            return Err(self.wrong("it was written by a newer staytuned"));
        }
        let theirs = object.get("store").and_then(Value::as_str).unwrap_or_default();
        let ours: String = self.db.query_row(STORE_ID, [], |row| row.get(0))?;
        if theirs == ours {
            return Ok(());
        }
        if theirs.is_empty() || !self.db.query_row(EMPTY, [], |row| row.get(0))? {
            return Err(StoreError::ForeignExport);
        }
        self.db.execute(ADOPT_ID, [theirs])?;
        Ok(())
    }

    /// Ids that were given out once are not given out again, though their rows are gone.
    fn sequence(&self, object: &Map<String, Value>) -> Result<()> {
        let name = object.get("name").and_then(Value::as_str).filter(|name| TABLES.contains(name));
        let (Some(name), Some(seq)) = (name, object.get("seq").and_then(Value::as_i64)) else {
            return Err(self.wrong("a sequence has the name of a table and a number"));
        };
        self.db.prepare_cached(BEGIN_SEQUENCE)?.execute((name, seq))?;
        self.db.prepare_cached(RAISE)?.execute((name, seq))?;
        Ok(())
    }

    fn row(&mut self, table: &'static str, object: &Map<String, Value>) -> Result<()> {
        if self.is_about_what_is_elsewhere(table, object) {
            self.leave_out(table, object);
            return Ok(());
        }
        let known = self.columns.get(table).map(Vec::as_slice).unwrap_or_default();
        let given: Vec<_> =
            known.iter().filter_map(|(column, name)| Some((column.as_str(), object.get(name)?))).collect();
        let names: Vec<_> = given.iter().map(|(column, _)| *column).collect();
        let marks = vec!["?"; given.len()].join(", ");
        let sql =
            format!("INSERT INTO {table} ({}) VALUES ({marks}) ON CONFLICT DO NOTHING", names.join(", "));
        let values: Vec<Sql> = given.iter().map(|(_, value)| self.value(value)).collect::<Result<_>>()?;
        if values.is_empty() {
            return Err(self.wrong("it has no columns"));
        }
        match self.db.prepare_cached(&sql)?.execute(params_from_iter(values)) {
            Ok(0) if !self.has(table, object)? => self.leave_out(table, object),
            Ok(added) => self.added += added as u64,
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                return Err(self.wrong(error));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn is_about_what_is_elsewhere(&self, table: &str, object: &Map<String, Value>) -> bool {
        let references = self.references.get(table).map(Vec::as_slice).unwrap_or_default();
        let names = |(column, of): &(String, String)| {
            let id = object.get(written_name(table, column)).and_then(Value::as_i64);
            id.is_some_and(|id| self.elsewhere.contains(&(of.clone(), id)))
        };
        !self.elsewhere.is_empty() && references.iter().any(names)
    }

    fn leave_out(&mut self, table: &str, object: &Map<String, Value>) {
        self.elsewhere.extend(id_of(object).map(|id| (table.to_owned(), id)));
    }

    /// Whether a row that was not added is here under its own id. Rows without an id are named by none.
    fn has(&self, table: &str, object: &Map<String, Value>) -> Result<bool> {
        let Some(id) = id_of(object) else { return Ok(true) };
        Ok(self.db.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?.exists([id])?)
    }

    fn value(&self, value: &Value) -> Result<Sql> {
        match value {
            Value::Null => Ok(Sql::Null),
            Value::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(n), _) => Ok(Sql::Integer(n)),
                (None, Some(n)) => Ok(Sql::Real(n)),
                (None, None) => Err(self.wrong("a number is too large")),
            },
            Value::String(text) => Ok(Sql::Text(text.clone())),
            Value::Object(bytes) => {
                let written = bytes.get(BYTES).and_then(Value::as_str);
                let bytes = written.and_then(|written| STANDARD.decode(written).ok());
                bytes.map(Sql::Blob).ok_or_else(|| self.wrong("bytes are written in base64"))
            }
            Value::Bool(_) | Value::Array(_) => {
                Err(self.wrong("columns are text, numbers, bytes in base64 or null"))
            }
        }
    }

    fn wrong(&self, why: impl std::fmt::Display) -> StoreError {
        StoreError::Import { line: self.at.max(1), why: why.to_string() }
    }
}

fn id_of(object: &Map<String, Value>) -> Option<i64> {
    object.get("id").and_then(Value::as_i64)
}

fn references_of(db: &Connection, table: &str) -> Result<Vec<(String, String)>> {
    let mut references = db.prepare(REFERENCES)?;
    let found = references.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn columns_of(db: &Connection, table: &str) -> Result<Vec<(String, String)>> {
    let mut columns = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = columns.query_map([table], |row| row.get::<_, String>(0))?;
    Ok(names
        .map(|name| name.map(|name| (name.clone(), written_name(table, &name).to_owned())))
        .collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::TABLES;
    use crate::Store;
    use std::collections::BTreeSet;

    /// What an export leaves out, and why nothing is lost by it.
    const MADE_AGAIN: [(&str, &str); 3] = [
        ("article_fts", "the full-text index: made from `body` at the end of an import"),
        ("question", "who was asked today whether mails are wanted: nobody after a day"),
        ("impression", "what the story room took in: an article without one is read again at a start"),
    ];

    #[test]
    fn every_table_is_exported_or_made_again() {
        let store = Store::in_memory().unwrap();
        // Those that SQLite keeps for itself, and those behind a full-text index, are no tables of ours.
        let named = "SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let held: BTreeSet<String> = store
            .read(|db| Ok(db.prepare(named)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?))
            .unwrap();
        let listed = TABLES.into_iter().chain(MADE_AGAIN.map(|(table, _)| table)).map(str::to_owned);
        let listed: Vec<String> = listed.collect();
        assert_eq!(listed.len(), held.len(), "none is listed twice");
        assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), held);
    }
}

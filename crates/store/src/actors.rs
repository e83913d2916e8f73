//! The register of actors: who they are, under which names and offices they are known, and what people said
//! about that. Who is meant by a name is decided elsewhere (the statement room); here it is remembered.

use crate::Writer;
use crate::column::{millis, size};
use crate::error::{Result, StoreError};
use jiff::Timestamp;
use news::{ActorId, ArticleId, NameKind, StoryId};
use rusqlite::{OptionalExtension, Row, params};

const ADD: &str = "INSERT INTO actor (name, sort, first_at, last_at) VALUES (?1, ?2, ?3, ?3)";
const SEEN: &str = "UPDATE actor SET last_at = MAX(last_at, ?2), first_at = MIN(first_at, ?2),
        sort = CASE sort WHEN 'other' THEN ?3 ELSE sort END WHERE id = ?1";
const TARGET: &str = "SELECT COALESCE(redirect_to, id) FROM actor WHERE id = ?1";
/// A full name replaces a surname that stood there before anything else was known.
const FULLER: &str =
    "UPDATE actor SET name = ?2 WHERE id = ?1 AND named = 0 AND instr(name, ' ') = 0 AND instr(?2, ' ') > 0";
const KNOW: &str = "INSERT INTO actor_alias (key, actor, office, last_word, text, article, last_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key, office, actor) DO UPDATE SET
        text = CASE WHEN excluded.last_at >= last_at THEN excluded.text ELSE text END,
        article = CASE WHEN excluded.last_at >= last_at THEN excluded.article ELSE article END,
        last_at = MAX(last_at, excluded.last_at)";
const NAMED: &str = "SELECT DISTINCT actor FROM actor_alias JOIN actor ON actor.id = actor
    WHERE last_word = ?1 AND office = 0 AND (decided = 1 OR actor.last_at >= ?2) ORDER BY actor LIMIT ?3";
const HOLDING: &str = "SELECT DISTINCT actor FROM actor_alias WHERE key = ?1 AND office = 1
    AND (decided = 1 OR last_at >= ?2) ORDER BY actor LIMIT ?3";
/// Who speaks in the newest articles of a story.
const SPEAKING: &str = "SELECT DISTINCT actor FROM quote WHERE actor IS NOT NULL AND article IN
    (SELECT id FROM article WHERE story = ?1 ORDER BY at DESC, id DESC LIMIT ?2) ORDER BY actor";
const ALIASES: &str =
    "SELECT key, office, decided FROM actor_alias WHERE actor = ?1 ORDER BY last_at DESC LIMIT 60";
const KIND: &str = "SELECT sort, name FROM actor WHERE id = ?1";
const QUOTED: &str = "SELECT COUNT(*) FROM (SELECT DISTINCT article FROM quote WHERE actor = ?1 LIMIT 5)";
const MOVE_QUOTES: &str = "UPDATE quote SET actor = ?2 WHERE actor = ?1";
const MOVE_POSITIONS: &str = "UPDATE position SET actor = ?2 WHERE actor = ?1";
const MOVE_ACTS: [&str; 3] = [
    "UPDATE act SET actor = ?2 WHERE actor = ?1",
    "UPDATE act SET target = ?2 WHERE target = ?1",
    "UPDATE act SET teller = ?2 WHERE teller = ?1",
];
const MOVE_ALIASES: &str =
    "INSERT INTO actor_alias (key, actor, office, last_word, text, article, last_at, decided)
    SELECT key, ?2, office, last_word, text, article, last_at, MAX(decided, ?3 AND instr(key, ' ') > 0)
    FROM actor_alias WHERE actor = ?1 ON CONFLICT (key, office, actor) DO UPDATE SET
        decided = MAX(decided, excluded.decided), last_at = MAX(last_at, excluded.last_at)";
const DROP_ALIASES: &str = "DELETE FROM actor_alias WHERE actor = ?1";
const REDIRECT: &str = "UPDATE actor SET redirect_to = ?2 WHERE id = ?1 OR redirect_to = ?1";
const TIMES: &str = "UPDATE actor SET first_at = MIN(first_at, (SELECT first_at FROM actor WHERE id = ?2)),
    last_at = MAX(last_at, (SELECT last_at FROM actor WHERE id = ?2)) WHERE id = ?1";
const RENAME: &str = "UPDATE actor SET name = ?2, named = 1 WHERE id = ?1";
const HAS_ALIAS: &str = "SELECT text, last_at FROM actor_alias WHERE actor = ?1 AND key = ?2 AND office = 0";
const GIVE_ALIAS: &str =
    "UPDATE actor_alias SET actor = ?2, decided = 1 WHERE actor = ?1 AND key = ?3 AND office = 0";
const GIVE: [&str; 4] = [
    "UPDATE quote SET actor = ?2 WHERE actor = ?1 AND key = ?3",
    "UPDATE position SET actor = ?2 WHERE actor = ?1 AND key = ?3",
    "UPDATE act SET actor = ?2 WHERE actor = ?1 AND actor_key = ?3",
    "UPDATE act SET target = ?2 WHERE target = ?1 AND target_key = ?3",
];
const OTHER_NAME: &str = "SELECT text FROM actor_alias WHERE actor = ?1 AND office = 0 ORDER BY instr(text, ' ') = 0, last_at DESC LIMIT 1";
const NAME_IS: &str = "UPDATE actor SET name = ?2 WHERE id = ?1 AND named = 0";

/// Actors that one name is compared with.
const CANDIDATES: usize = 64;
/// Articles of a story that are looked through for who speaks in it.
const RECENT: usize = 200;
/// Longest name that a person may give, in characters.
const LONGEST_NAME: usize = 200;

/// An actor as the register knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownActor {
    pub id: ActorId,
    /// As pages show it.
    pub name: String,
    pub kind: NameKind,
    /// Comparable keys.
    pub names: Vec<String>,
    pub offices: Vec<String>,
    /// Those of them that people decided.
    pub decided: Vec<String>,
    /// Articles that quote them, counted up to a few.
    pub articles: u32,
}

/// A name or office that an article gives.
#[derive(Clone, Copy, Debug)]
pub struct Alias<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub office: bool,
    pub article: ArticleId,
    pub at: Timestamp,
}

impl Writer<'_> {
    /// Actors heard of since a time whose name ends with this word.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actors_named(&self, last_word: &str, since: Timestamp) -> Result<Vec<ActorId>> {
        self.actor_ids(NAMED, params![last_word, millis(since), size(CANDIDATES)])
    }

    /// Actors of whom an article said since a time that they hold this office.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actors_holding(&self, office: &str, since: Timestamp) -> Result<Vec<ActorId>> {
        self.actor_ids(HOLDING, params![office, millis(since), size(CANDIDATES)])
    }

    /// Who speaks in a story.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actors_speaking(&self, story: StoryId) -> Result<Vec<ActorId>> {
        self.actor_ids(SPEAKING, params![story.0, size(RECENT)])
    }

    fn actor_ids(&self, sql: &str, which: impl rusqlite::Params) -> Result<Vec<ActorId>> {
        let mut find = self.tx.prepare_cached(sql)?;
        let ids = find.query_map(which, |row| row.get(0).map(ActorId))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// What the register holds of an actor.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn known_actor(&self, id: ActorId) -> Result<KnownActor> {
        let found = self.tx.prepare_cached(KIND)?.query_row([id.0], |row| Ok((kind(row)?, row.get(1)?)));
        let (kind, name) = found.optional()?.ok_or(StoreError::Missing { what: "actor", id: id.0 })?;
        let articles = self.tx.prepare_cached(QUOTED)?.query_row([id.0], |row| row.get(0))?;
        let mut actor = KnownActor {
            id,
            name,
            kind,
            names: Vec::new(),
            offices: Vec::new(),
            decided: Vec::new(),
            articles,
        };
        let mut aliases = self.tx.prepare_cached(ALIASES)?;
        let mut rows = aliases.query([id.0])?;
        while let Some(row) = rows.next()? {
            let (key, office, decided): (String, bool, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if decided {
                actor.decided.push(key.clone());
            }
            if office { actor.offices.push(key) } else { actor.names.push(key) }
        }
        Ok(actor)
    }

    /// Opens an actor under a name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open_actor(&mut self, name: &str, kind: NameKind, at: Timestamp) -> Result<ActorId> {
        Ok(ActorId(self.tx.prepare_cached(ADD)?.insert(params![name, kind_word(kind), millis(at)])?))
    }

    /// Remembers that an article speaks of an actor under this name or office.
    ///
    /// # Errors
    /// Those of the database.
    pub fn know_actor(&mut self, actor: ActorId, kind: NameKind, alias: &Alias) -> Result<()> {
        let last = alias.key.rsplit(' ').next().unwrap_or(alias.key);
        self.tx.prepare_cached(KNOW)?.execute(params![
            alias.key,
            actor.0,
            alias.office,
            last,
            alias.text,
            alias.article.0,
            millis(alias.at)
        ])?;
        self.tx.prepare_cached(SEEN)?.execute(params![actor.0, millis(alias.at), kind_word(kind)])?;
        if !alias.office {
            self.tx.prepare_cached(FULLER)?.execute(params![actor.0, alias.text])?;
        }
        Ok(())
    }

    /// Gives everything of `from` to `into`, because an article's full name explained a surname.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when one of them is not there.
    pub fn explain_actor(&mut self, from: ActorId, into: ActorId) -> Result<()> {
        self.join_actors(from, into, false)
    }

    /// Gives everything of `from` to `into`, because a person said that they are one. Their full names stay theirs.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when one of them is not there.
    pub fn merge_actors(&mut self, from: ActorId, into: ActorId, at: Timestamp) -> Result<()> {
        self.join_actors(from, into, true)?;
        let body = serde_json::json!({ "from": from, "into": into });
        self.event("actors_merged", None, at, &body)?;
        Ok(())
    }

    fn join_actors(&mut self, from: ActorId, into: ActorId, decided: bool) -> Result<()> {
        let (from, into) = (self.actor_itself(from)?, self.actor_itself(into)?);
        if from == into {
            return Ok(());
        }
        self.tx.prepare_cached(MOVE_QUOTES)?.execute([from.0, into.0])?;
        self.tx.prepare_cached(MOVE_POSITIONS)?.execute([from.0, into.0])?;
        for sql in MOVE_ACTS {
            self.tx.prepare_cached(sql)?.execute([from.0, into.0])?;
        }
        self.tx.prepare_cached(MOVE_ALIASES)?.execute(params![from.0, into.0, decided])?;
        self.tx.prepare_cached(DROP_ALIASES)?.execute([from.0])?;
        self.tx.prepare_cached(TIMES)?.execute([into.0, from.0])?;
        self.tx.prepare_cached(REDIRECT)?.execute([from.0, into.0])?;
        Ok(())
    }

    /// Gives an actor the name that a person wrote.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such actor, [`StoreError::Unfit`] for no name.
    pub fn rename_actor(&mut self, actor: ActorId, name: &str, at: Timestamp) -> Result<()> {
        let actor = self.actor_itself(actor)?;
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if name.is_empty() {
            return Err(StoreError::Unfit { what: "name" });
        }
        self.tx.prepare_cached(RENAME)?.execute(params![actor.0, name])?;
        self.event("actor_renamed", None, at, &serde_json::json!({ "actor": actor, "name": name }))?;
        Ok(())
    }

    /// Makes the one known under `key` an actor of their own, with the quotes, positions and acts found by that name.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the actor is not known under that name.
    pub fn split_actor(&mut self, actor: ActorId, key: &str, at: Timestamp) -> Result<ActorId> {
        let actor = self.actor_itself(actor)?;
        let mut find = self.tx.prepare_cached(HAS_ALIAS)?;
        let alias: Option<(String, i64)> =
            find.query_row(params![actor.0, key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        drop(find);
        let (text, last) = alias.ok_or(StoreError::Missing { what: "name of actor", id: actor.0 })?;
        let kind = self.tx.prepare_cached(KIND)?.query_row([actor.0], kind)?;
        let other = self.open_actor(&text, kind, crate::column::moment(last))?;
        self.tx.prepare_cached(GIVE_ALIAS)?.execute(params![actor.0, other.0, key])?;
        for sql in GIVE {
            self.tx.prepare_cached(sql)?.execute(params![actor.0, other.0, key])?;
        }
        let left: Option<String> =
            self.tx.prepare_cached(OTHER_NAME)?.query_row([actor.0], |row| row.get(0)).optional()?;
        if let Some(left) = left {
            self.tx.prepare_cached(NAME_IS)?.execute(params![actor.0, left])?;
        }
        let body = serde_json::json!({ "from": actor, "into": other, "name": text });
        self.event("actor_split", None, at, &body)?;
        Ok(other)
    }

    fn actor_itself(&self, actor: ActorId) -> Result<ActorId> {
        let found = self.tx.prepare_cached(TARGET)?.query_row([actor.0], |row| row.get(0)).optional()?;
        found.map(ActorId).ok_or(StoreError::Missing { what: "actor", id: actor.0 })
    }
}

pub(crate) fn kind_word(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organisation => "organisation",
        NameKind::Place => "place",
        NameKind::Other => "other",
    }
}

/// The kind in the first column.
fn kind(row: &Row) -> rusqlite::Result<NameKind> {
    Ok(kind_of(row.get_ref(0)?.as_str()?))
}

pub(crate) fn kind_of(word: &str) -> NameKind {
    match word {
        "person" => NameKind::Person,
        "organisation" => NameKind::Organisation,
        "place" => NameKind::Place,
        _ => NameKind::Other,
    }
}

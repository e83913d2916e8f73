//! Developments: what is new in a story. Written with its event and with one delivery for every receiver that wants
//! it, all in one transaction, so that nothing is told twice and nothing is forgotten.

use crate::column::{at, count, language, maybe_at, millis, size};
use crate::error::{Result, StoreError};
use crate::follows::written;
use crate::search::Alone;
use crate::view::{DevelopmentView, EvidenceView};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, DevelopmentId, DevelopmentKind, Evidence, ReaderId, Span, StoryId, Target, Weight};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Words of one piece of evidence, in bytes: more is cut at the end of a character.
const LONGEST: usize = 4_000;
/// Pieces of evidence, and actors and places, of one development.
pub(crate) const MOST_EVIDENCE: usize = 16;
const MOST_CONCERNS: usize = 64;
/// Developments given out at once.
const MOST: usize = 1_000;

const TARGET: &str = "SELECT COALESCE(redirect_to, id) FROM story WHERE id = ?1";
const ADD: &str = "INSERT INTO development (story, identity, at, kind, weight, families, speaker)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (identity) DO NOTHING RETURNING id";
const WORDS: &str = "SELECT body.title, body.text, name FROM body JOIN article ON article.id = body.article
    JOIN outlet ON outlet.id = article.outlet WHERE body.article = ?1";
const ADD_EVIDENCE: &str = "INSERT INTO evidence (development, position, article, span_start, span_end, text)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ADD_CONCERN: &str =
    "INSERT INTO concern (kind, target, development) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const SILENT: &str = "SELECT EXISTS (SELECT 1 FROM story WHERE id = ?1 AND muted_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM development WHERE id = ?2 AND withdrawn_at IS NOT NULL)";
/// One row for every receiver of a follow that lets the development pass; a receiver's own threshold counts too. What
/// passed before it was raised went out then, to those who followed then. Nobody who knows something newer of the story
/// is told what is older.
const DELIVER: &str = "INSERT INTO delivery (receiver, development, story, follow, next_try, made_at)
    SELECT receiver.id, ?3, ?4, MIN(follow.id), MAX(?5, receiver.not_before), ?5 FROM follow JOIN receiver ON receiver.reader = follow.reader
    WHERE follow.kind = ?1 AND target = ?2 AND receiver.state = 'active' AND follow.families <= ?6
        AND follow.threshold IN (SELECT value FROM json_each(?7)) AND receiver.threshold IN (SELECT value FROM json_each(?7))
        AND NOT (follow.families <= ?8 AND follow.threshold IN (SELECT value FROM json_each(?9))
            AND receiver.threshold IN (SELECT value FROM json_each(?9)))
        AND NOT EXISTS (SELECT 1 FROM told WHERE told.receiver = receiver.id AND told.story = ?4 AND told.development > ?3)
    GROUP BY receiver.id ON CONFLICT DO NOTHING";
/// A development goes where its first evidence goes.
const MOVE: &str = "UPDATE development SET story = ?2
    WHERE id IN (SELECT development FROM evidence WHERE article = ?1 AND position = 0)";
/// Identities did not always hold the words.
const OLD_FORM: &str =
    "SELECT 1 FROM development JOIN evidence ON evidence.development = development.id AND position = 0
    WHERE identity = ?1 AND evidence.text = ?2";
const MOVE_DELIVERIES: &str = "UPDATE delivery SET story = ?2 WHERE state = 'pending'
    AND development IN (SELECT development FROM evidence WHERE article = ?1 AND position = 0)";
const LOOK: &str = "INSERT INTO looked (reader, story, at, development) VALUES (?1, ?2, ?3,
        COALESCE((SELECT MAX(id) FROM development WHERE story = ?2 AND id <= COALESCE(?4, id)), 0))
    ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development)";
const LOOKED: &str = "SELECT at, development FROM looked WHERE reader = ?1 AND story = ?2";

pub(crate) const DEVELOPMENT: &str =
    "development.id, development.story, development.at, development.kind, weight, development.families, speaker,
    COALESCE(story.title, ''), withdrawn_at, muted_at IS NOT NULL, COALESCE(story.language, 'und')";
const EVIDENCE: &str = "SELECT evidence.article, span_start, span_end, evidence.text, name, url, article.language, article.at, article.outlet,
        CASE WHEN span_start IS NULL THEN body.title = evidence.text
            ELSE CAST(substr(CAST(body.text AS BLOB), span_start + 1, span_end - span_start) AS TEXT) = evidence.text END,
        body.title <> evidence.text AND instr(body.text, evidence.text) = 0
    FROM evidence JOIN article ON article.id = evidence.article JOIN outlet ON outlet.id = article.outlet
    JOIN body ON body.article = article.id WHERE development = ?1 ORDER BY position";

/// A place with the words that stand there: an article that is edited in place has other news at the same one.
fn identity(place: &str, words: &str) -> String {
    let digest = Sha256::digest(words);
    let short = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("{place} {short}")
}

/// What a development stands on: where, in which words, and whose they are.
pub(crate) struct Standing {
    article: ArticleId,
    /// `None` for the headline.
    span: Option<Span>,
    words: String,
    outlet: String,
}

/// A development to be published.
#[derive(Clone, Debug)]
pub struct NewDevelopment {
    /// Says what it is (`first_report 17 0-0`: its kind, the article and the place that it stands on): what has the same
    /// identity and the same words is published once, whatever happens. An article that is edited in place may bring more.
    pub identity: String,
    pub story: StoryId,
    pub at: Timestamp,
    pub kind: DevelopmentKind,
    pub weight: Weight,
    /// Independent families that report it, at least one.
    pub families: u32,
    /// Who is quoted, when somebody is.
    pub speaker: Option<String>,
    /// What it stands on, best first; the first must be there.
    pub evidence: Vec<Evidence>,
    /// Actors and places that it is about: their followers hear of it beside the story's.
    pub concerns: Vec<Target>,
    /// Followers of a search that this article matches hear of it too.
    pub searched: Option<ArticleId>,
}

/// A development that was published just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    pub id: DevelopmentId,
    /// Receivers that are to be told.
    pub deliveries: usize,
}

impl Writer<'_> {
    /// Publishes a development: its row, its event, its deliveries. `None` when it was published before.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when story or article is not there; [`StoreError::Unfit`] without evidence.
    pub fn publish_development(&mut self, new: &NewDevelopment) -> Result<Option<Published>> {
        let found = self.tx.prepare_cached(TARGET)?.query_row([new.story.0], |row| row.get(0)).optional()?;
        let story: i64 = found.ok_or(StoreError::Missing { what: "story", id: new.story.0 })?;
        let families = new.families.max(1);
        let pieces: Vec<Standing> = new
            .evidence
            .iter()
            .take(MOST_EVIDENCE)
            .map(|piece| self.standing(piece))
            .collect::<Result<_>>()?;
        let first = pieces.first().ok_or(StoreError::Unfit { what: "evidence" })?;
        if self.tx.prepare_cached(OLD_FORM)?.exists(params![new.identity, first.words])? {
            return Ok(None);
        }
        let row = params![
            story,
            identity(&new.identity, &first.words),
            millis(new.at),
            new.kind.word(),
            new.weight.word(),
            families,
            new.speaker
        ];
        let added = self.tx.prepare_cached(ADD)?.query_row(row, |row| row.get(0)).optional()?;
        let Some(id) = added.map(DevelopmentId) else { return Ok(None) };
        pieces.iter().enumerate().try_for_each(|(position, piece)| self.add_evidence(id, position, piece))?;
        let deliveries = self.deliver(id, story, new, None)?;
        let body = json!({
            "development": id, "kind": new.kind, "weight": new.weight, "families": families, "words": first.words,
            "speaker": new.speaker, "outlet": first.outlet, "article": first.article,
        });
        self.event("development_published", Some(StoryId(story)), new.at, &body)?;
        Ok(Some(Published { id, deliveries }))
    }

    /// Keeps a piece of what a development stands on.
    pub(crate) fn add_evidence(&self, id: DevelopmentId, position: usize, piece: &Standing) -> Result<()> {
        let Standing { article, span, words, .. } = piece;
        let (start, end) = (span.map(|span| span.start), span.map(|span| span.end));
        let row = params![id.0, size(position), article.0, start, end, words];
        self.tx.prepare_cached(ADD_EVIDENCE)?.execute(row)?;
        Ok(())
    }

    /// A piece of evidence with the words that stand there.
    pub(crate) fn standing(&self, piece: &Evidence) -> Result<Standing> {
        let missing = StoreError::Missing { what: "article", id: piece.article.0 };
        let found = self.tx.prepare_cached(WORDS)?.query_row([piece.article.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        });
        let (title, text, outlet) = found.optional()?.ok_or(missing)?;
        let whole = piece.span.map_or(title.as_str(), |span| span.of(&text));
        let words = whole.get(..whole.floor_char_boundary(LONGEST)).unwrap_or_default();
        if words.trim().is_empty() {
            return Err(StoreError::Unfit { what: "evidence" });
        }
        let span = piece.span.map(|span| Span::new(span.start as usize, span.start as usize + words.len()));
        Ok(Standing { article: piece.article, span, words: words.to_owned(), outlet })
    }

    /// A delivery for each receiver that wants it, once; none when a person silenced the story or the development.
    /// `before` says how many families it had and what it weighed when it was told last.
    pub(crate) fn deliver(
        &mut self,
        id: DevelopmentId,
        story: i64,
        new: &NewDevelopment,
        before: Option<(u32, Weight)>,
    ) -> Result<usize> {
        let passed = |(families, weight): (u32, Weight)| (families.max(1), passed_by(weight));
        let (families, weights) = passed((new.families, new.weight));
        let (known, passed) = before.map_or_else(|| (0, "[]".to_owned()), passed);
        let silent: bool = self.tx.prepare_cached(SILENT)?.query_row([story, id.0], |row| row.get(0))?;
        let searches = match new.searched.filter(|_| !silent) {
            Some(article) => self.searches_that_match(article)?,
            None => Vec::new(),
        };
        let deliver_to = |target: &Target| -> Result<usize> {
            if silent {
                return Ok(0);
            }
            let row = params![
                target.kind(),
                written(target),
                id.0,
                story,
                millis(new.at),
                families,
                weights,
                known,
                passed
            ];
            Ok(self.tx.prepare_cached(DELIVER)?.execute(row)?)
        };
        let mut made = deliver_to(&Target::Story(StoryId(story)))?;
        for target in new.concerns.iter().take(MOST_CONCERNS) {
            let row = params![target.kind(), written(target), id.0];
            self.tx.prepare_cached(ADD_CONCERN)?.execute(row)?;
            made += deliver_to(target)?;
        }
        for words in searches {
            made += deliver_to(&Target::Search(words))?;
        }
        Ok(made)
    }

    /// The searches that somebody follows and that match an article. They are held against the article alone: the writer
    /// waits for it, and in the index of all articles one beginning takes a second.
    fn searches_that_match(&self, article: ArticleId) -> Result<Vec<String>> {
        let searches = self.searches()?;
        if searches.is_empty() {
            return Ok(Vec::new());
        }
        let Some(alone) = Alone::article(&self.tx, article.0)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for words in searches {
            if let Some(matching) = crate::search::matching(&words)
                && alone.has(&matching)?
            {
                found.push(words);
            }
        }
        Ok(found)
    }

    /// An article went into another story: the developments that it is the first evidence of go along.
    pub(crate) fn move_developments(&mut self, article: ArticleId, story: StoryId) -> Result<()> {
        self.tx.prepare_cached(MOVE_DELIVERIES)?.execute([article.0, story.0])?;
        self.tx.prepare_cached(MOVE)?.execute([article.0, story.0])?;
        Ok(())
    }

    /// A reader has looked at a story: what it holds now, or held up to the newest development that was `shown`, is not new
    /// to the reader any more.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such story.
    pub fn looked(
        &mut self,
        reader: ReaderId,
        story: StoryId,
        shown: Option<DevelopmentId>,
        now: Timestamp,
    ) -> Result<()> {
        let found =
            self.tx.prepare_cached(TARGET)?.query_row([story.0], |row| row.get::<_, i64>(0)).optional()?;
        let story = found.ok_or(StoreError::Missing { what: "story", id: story.0 })?;
        self.tx.prepare_cached(LOOK)?.execute(params![
            reader.0,
            story,
            millis(now),
            shown.map(|shown| shown.0)
        ])?;
        Ok(())
    }
}

/// The thresholds, as JSON, that a weight passes.
fn passed_by(weight: Weight) -> String {
    json!(thresholds(weight)).to_string()
}

/// The same for every weight, by its word.
pub(crate) fn passed_by_weight() -> String {
    let each = Weight::ALL.iter().map(|weight| (weight.word().to_owned(), json!(thresholds(*weight))));
    serde_json::Value::Object(each.collect()).to_string()
}

fn thresholds(weight: Weight) -> Vec<&'static str> {
    let passed = news::Threshold::ALL.iter().filter(|threshold| threshold.least() <= weight);
    passed.map(|threshold| threshold.word()).collect()
}

impl Store {
    /// What was new in a story, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn developments(&self, story: StoryId, limit: usize) -> Result<Vec<DevelopmentView>> {
        self.list("development.story = ?1 AND ?2 IS NOT NULL AND withdrawn_at IS NULL", (story.0, "", limit))
    }

    /// The same with those that people withdrew: what the story must remember.
    ///
    /// # Errors
    /// Those of the database.
    pub fn developments_known(&self, story: StoryId, limit: usize) -> Result<Vec<DevelopmentView>> {
        self.list("development.story = ?1 AND ?2 IS NOT NULL", (story.0, "", limit))
    }

    /// Developments after `last` in all stories, oldest first: for a live tail.
    ///
    /// # Errors
    /// Those of the database.
    pub fn developments_after(&self, last: DevelopmentId, limit: usize) -> Result<Vec<DevelopmentView>> {
        let sql = format!(
            "SELECT {DEVELOPMENT} FROM development LEFT JOIN story ON story.id = development.story
            WHERE development.id > ?1 AND {SHOWN} ORDER BY development.id LIMIT ?2"
        );
        self.read(|db| gather(db, &sql, params![last.0, size(limit.min(MOST))]))
    }

    /// The newest development's number; 0 when there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn last_development(&self) -> Result<DevelopmentId> {
        let sql = "SELECT COALESCE(MAX(id), 0) FROM development";
        self.read(|db| Ok(DevelopmentId(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)))
    }

    /// Developments that a target's followers hear of, newest first: the story's own; those about an actor or place;
    /// for a search those whose evidence matches.
    ///
    /// # Errors
    /// [`StoreError::TooLong`] when a search is given up, and those of the database.
    pub fn developments_of(&self, target: &Target, limit: usize) -> Result<Vec<DevelopmentView>> {
        match target {
            Target::Story(story) => self.developments(*story, limit),
            Target::Actor(key) => self.list_shown(CONCERNS_ACTOR, (0, key, limit)),
            Target::Place(key) => self.list_shown(CONCERNS_PLACE, (0, key, limit)),
            Target::Search(words) => match crate::search::matching(words) {
                Some(matching) => {
                    let filter = format!("{SHOWN} AND {MATCHES_SEARCH}");
                    self.read_briefly(|db| list(db, &filter, (0, &matching, limit)))
                }
                None => Ok(Vec::new()),
            },
        }
    }

    /// Developments of what a reader follows, newest first: the private feed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn developments_for(&self, reader: ReaderId, limit: usize) -> Result<Vec<DevelopmentView>> {
        self.list_shown(FOLLOWED, (reader.0, "", limit))
    }

    /// How far a reader has looked at a story: when, and the newest development then. `None`: never.
    ///
    /// # Errors
    /// Those of the database.
    pub fn last_look(&self, reader: ReaderId, story: StoryId) -> Result<Option<(Timestamp, DevelopmentId)>> {
        self.read(|db| {
            let mut find = db.prepare_cached(LOOKED)?;
            let found =
                find.query_row([reader.0, story.0], |row| Ok((at(row, 0)?, DevelopmentId(row.get(1)?))));
            Ok(found.optional()?)
        })
    }

    fn list_shown(&self, filter: &str, given: (i64, &str, usize)) -> Result<Vec<DevelopmentView>> {
        self.list(&format!("{SHOWN} AND {filter}"), given)
    }

    fn list(&self, filter: &str, given: (i64, &str, usize)) -> Result<Vec<DevelopmentView>> {
        self.read(|db| list(db, filter, given))
    }
}

fn list(
    db: &Connection,
    filter: &str,
    (number, words, limit): (i64, &str, usize),
) -> Result<Vec<DevelopmentView>> {
    let sql = format!(
        "SELECT {DEVELOPMENT} FROM development LEFT JOIN story ON story.id = development.story
        WHERE {filter} ORDER BY development.id DESC LIMIT ?3"
    );
    gather(db, &sql, params![number, words, size(limit.min(MOST))])
}

/// What people left in the lists of all stories.
const SHOWN: &str = "withdrawn_at IS NULL AND muted_at IS NULL";
const CONCERNS_ACTOR: &str =
    "?1 = 0 AND development.id IN (SELECT development FROM concern WHERE kind = 'actor' AND target = ?2)";
const CONCERNS_PLACE: &str =
    "?1 = 0 AND development.id IN (SELECT development FROM concern WHERE kind = 'place' AND target = ?2)";
const MATCHES_SEARCH: &str = "?1 = 0 AND development.id IN (SELECT development FROM evidence
    WHERE article IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?2))";
const FOLLOWED: &str = "?2 IS NOT NULL AND (
    development.story IN (SELECT CAST(target AS INTEGER) FROM follow WHERE reader = ?1 AND follow.kind = 'story')
    OR development.id IN (SELECT development FROM concern JOIN follow USING (kind, target) WHERE reader = ?1)
    OR development.id IN (SELECT delivery.development FROM receiver JOIN delivery ON receiver = receiver.id WHERE reader = ?1))";

fn gather<P: rusqlite::Params>(db: &Connection, sql: &str, given: P) -> Result<Vec<DevelopmentView>> {
    let mut find = db.prepare_cached(sql)?;
    let rows = find.query_map(given, development_of)?;
    let mut developments: Vec<DevelopmentView> = rows.collect::<rusqlite::Result<_>>()?;
    for development in &mut developments {
        development.evidence = evidence(db, development.id)?;
    }
    Ok(developments)
}

pub(crate) fn development_of(row: &Row) -> rusqlite::Result<DevelopmentView> {
    Ok(DevelopmentView {
        id: DevelopmentId(row.get(0)?),
        story: StoryId(row.get(1)?),
        at: at(row, 2)?,
        kind: kind(row, 3)?,
        weight: weight(row, 4)?,
        families: count(row, 5)?,
        speaker: row.get(6)?,
        story_title: row.get(7)?,
        withdrawn_at: maybe_at(row, 8)?,
        muted: row.get(9)?,
        story_language: language(row, 10)?,
        evidence: Vec::new(),
    })
}

fn kind(row: &Row, column: usize) -> rusqlite::Result<DevelopmentKind> {
    Ok(DevelopmentKind::from_word(row.get_ref(column)?.as_str()?).unwrap_or(DevelopmentKind::NewFact))
}

fn weight(row: &Row, column: usize) -> rusqlite::Result<Weight> {
    Ok(Weight::from_word(row.get_ref(column)?.as_str()?).unwrap_or_default())
}

/// What a development stands on.
pub(crate) fn evidence(db: &Connection, id: DevelopmentId) -> Result<Vec<EvidenceView>> {
    let mut find = db.prepare_cached(EVIDENCE)?;
    let rows = find.query_map([id.0], |row| {
        let span = row.get::<_, Option<u32>>(1)?.zip(row.get::<_, Option<u32>>(2)?);
        Ok(EvidenceView {
            article: ArticleId(row.get(0)?),
            span: span.map(|(start, end)| Span { start, end }),
            text: row.get(3)?,
            outlet: row.get(4)?,
            url: row.get(5)?,
            language: language(row, 6)?,
            at: at(row, 7)?,
            outlet_id: news::OutletId(row.get(8)?),
            stands: row.get::<_, Option<bool>>(9)?.unwrap_or(false),
            gone: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

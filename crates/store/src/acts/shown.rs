//! Acts read back: what an actor did and what was done to them, the same act of several reports told once.

use crate::Store;
use crate::column::{at, language, maybe_story_ref, moment, size, spans_from_json, to_json};
use crate::error::Result;
use crate::positions::first;
use crate::said::speaker;
use crate::view::{ActPage, ActReport, ActView, ClassCount, PartyView};
use news::{ActClass, ActorId, ArticleId, Modality, Timestamp};
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, HashMap};

/// The newest acts of an actor and towards them, in reports that are no copies.
const OF_ACTOR: &str =
    "SELECT act.id, act.at, act.actor, act.target, act.class, act.negated, act.modality, act.claimed, story
    FROM act JOIN article ON article.id = act.article
    WHERE act.id IN (SELECT id FROM (SELECT id FROM act WHERE actor = ?1 ORDER BY at DESC, id DESC LIMIT ?2)
            UNION SELECT id FROM (SELECT id FROM act WHERE target = ?1 ORDER BY at DESC, id DESC LIMIT ?2))
        AND copy_of IS NULL ORDER BY act.at DESC, act.id DESC";
const ACT: &str =
    "act.id, act.article, act.at, act.actor, act.target, act.class, act.negated, act.modality, act.confidence, act.claimed,
    act.teller, act.in_title, act.source, act.toward, act.cue, act.words, outlet.name, url, article.language, story.id, story.title,
    story.language, CASE act.in_title WHEN 1 THEN body.title ELSE body.text END";
const TABLES: &str = "act JOIN article ON article.id = act.article JOIN outlet ON outlet.id = outlet
    JOIN body ON body.article = act.article LEFT JOIN story ON story.id = article.story";

/// Acts of an actor that are looked at, the newest.
const MOST: usize = 4_000;
/// Acts in one page, and other reports of one act.
const PAGE: usize = 1_000;
const REPORTS: usize = 20;
/// One act is told again within so many milliseconds of another report.
const TOLD_WITHIN: i64 = 24 * 3_600_000;

/// Which part an actor has in an act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Either,
    /// They act.
    Did,
    /// It is done to them.
    Met,
}

/// Which acts of an actor.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActsQuery {
    pub side: Side,
    pub class: Option<ActClass>,
    /// Only those between them and this one.
    pub with: Option<ActorId>,
    pub limit: usize,
    pub offset: usize,
}

/// One act with the reports that tell it, newest first.
pub(crate) struct Told {
    pub(crate) key: Key,
    /// When it was first told.
    at: i64,
    reports: Vec<i64>,
}

/// What makes two reports tell one act.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) actor: Option<i64>,
    pub(crate) target: Option<i64>,
    class: String,
    negated: bool,
    modality: String,
    claimed: bool,
    story: Option<i64>,
}

impl Store {
    /// What an actor did and what was done to them, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actor_acts(&self, actor: ActorId, query: &ActsQuery) -> Result<ActPage> {
        self.read(|db| {
            let mut all = told(db, actor.0)?;
            all.retain(|act| is_wanted(&act.key, actor.0, query));
            let by_class = by_class(&all);
            if let Some(class) = query.class {
                all.retain(|act| act.key.class == class.word());
            }
            let course = course(&all);
            let page = all.iter().skip(query.offset).take(query.limit.min(PAGE));
            let acts = page.map(|act| whole(db, act)).collect::<Result<Vec<_>>>()?;
            Ok(ActPage {
                acts: acts.into_iter().flatten().collect(),
                total: all.len() as u64,
                by_class,
                course,
            })
        })
    }
}

/// The acts of an actor, those first that were first told last.
pub(crate) fn told(db: &Connection, actor: i64) -> Result<Vec<Told>> {
    let mut find = db.prepare_cached(OF_ACTOR)?;
    let mut rows = find.query(params![actor, size(MOST)])?;
    let mut all: Vec<Told> = Vec::new();
    let mut latest: HashMap<Key, usize> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (id, at): (i64, i64) = (row.get(0)?, row.get(1)?);
        let key = key(row)?;
        let known = latest.get(&key).copied().filter(|known| all[*known].at - at <= TOLD_WITHIN);
        match known {
            Some(known) => {
                all[known].reports.push(id);
                all[known].at = at;
            }
            None => {
                latest.insert(key.clone(), all.len());
                all.push(Told { key, at, reports: vec![id] });
            }
        }
    }
    all.sort_by_key(|act| std::cmp::Reverse((act.at, act.reports.last().copied())));
    Ok(all)
}

fn key(row: &Row) -> rusqlite::Result<Key> {
    Ok(Key {
        actor: row.get(2)?,
        target: row.get(3)?,
        class: row.get(4)?,
        negated: row.get(5)?,
        modality: row.get(6)?,
        claimed: row.get(7)?,
        story: row.get(8)?,
    })
}

fn is_wanted(key: &Key, actor: i64, query: &ActsQuery) -> bool {
    let side = match query.side {
        Side::Either => true,
        Side::Did => key.actor == Some(actor),
        Side::Met => key.target == Some(actor),
    };
    side && query.with.is_none_or(|with| key.actor == Some(with.0) || key.target == Some(with.0))
}

/// How many acts of each class, most first.
fn by_class(all: &[Told]) -> Vec<ClassCount> {
    let mut counts: BTreeMap<ActClass, u32> = BTreeMap::new();
    for class in all.iter().filter_map(|act| ActClass::from_word(&act.key.class)) {
        *counts.entry(class).or_default() += 1;
    }
    let mut counts: Vec<ClassCount> =
        counts.into_iter().map(|(class, acts)| ClassCount { class, acts }).collect();
    counts.sort_by_key(|count| (std::cmp::Reverse(count.acts), count.class));
    counts
}

fn course(all: &[Told]) -> Vec<(Timestamp, ActClass)> {
    let one = |act: &Told| Some((moment(act.at), ActClass::from_word(&act.key.class)?));
    all.iter().filter_map(one).collect()
}

/// An act whole, shown by the report that first told it; the others behind it, first to report first.
fn whole(db: &Connection, told: &Told) -> Result<Option<ActView>> {
    let sql = format!(
        "SELECT {ACT} FROM {TABLES} WHERE act.id IN (SELECT value FROM json_each(?1)) ORDER BY act.at, act.id"
    );
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = find.query([to_json("acts", &told.reports)?])?;
    let mut shown: Option<ActView> = None;
    while let Some(row) = rows.next()? {
        match &mut shown {
            None => shown = act(db, row)?,
            // A headline that repeats the article's own text is no second report.
            Some(shown) if shown.report.article.0 == row.get::<_, i64>(1)? => {}
            Some(shown) if shown.others.len() < REPORTS => shown.others.push(report(row)?),
            Some(_) => break,
        }
    }
    Ok(shown)
}

fn act(db: &Connection, row: &Row) -> Result<Option<ActView>> {
    let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let (Some(class), Some(modality)) = (ActClass::from_word(word(5)?), Modality::from_word(word(7)?)) else {
        return Ok(None);
    };
    let text = word(22)?;
    let party = |actor: usize, span: usize| -> Result<Option<PartyView>> {
        let Some(span) = spans_from_json(word(span)?)?.first().copied() else { return Ok(None) };
        let actor = row.get::<_, Option<i64>>(actor)?.map(|id| speaker(db, id)).transpose()?.flatten();
        Ok(Some(PartyView { words: span.of(text).to_owned(), actor }))
    };
    let Some(actor) = party(3, 12)? else { return Ok(None) };
    Ok(Some(ActView {
        id: row.get(0)?,
        actor,
        target: party(4, 13)?,
        class,
        negated: row.get(6)?,
        modality,
        confidence: row.get::<_, f64>(8)? as f32,
        claimed: row.get(9)?,
        teller: row.get::<_, Option<i64>>(10)?.map(|id| speaker(db, id)).transpose()?.flatten(),
        cue: first(word(14)?)?.of(text).to_owned(),
        story: maybe_story_ref(row, 19)?,
        report: report(row)?,
        others: Vec::new(),
    }))
}

fn report(row: &Row) -> Result<ActReport> {
    let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let span = first(word(15)?)?;
    Ok(ActReport {
        article: ArticleId(row.get(1)?),
        words: span.of(word(22)?).to_owned(),
        span,
        in_title: row.get(11)?,
        outlet_name: row.get(16)?,
        url: row.get(17)?,
        language: language(row, 18)?,
        at: at(row, 2)?,
    })
}

//! A story whole, and an article as evidence.

use crate::Store;
use crate::card::{Bare, CARD, CARD_TABLES, bare_of, complete, lead_sentences};
use crate::column::{at, count, from_json, language, moment, size, spans_from_json, story_ref};
use crate::error::Result;
use crate::events::last_event;
use crate::view::{ArticleText, ArticleView, CoverageGroup, Found, HeadlineChange, RelatedStory, StoryView};
use jiff::Timestamp;
use news::{ArticleId, OutletId, StoryId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{HashMap, HashSet};

const REDIRECT: &str = "SELECT redirect_to FROM story WHERE id = ?1";
const ARTICLE: &str =
    "article.id, outlet, outlet.name, title, url, byline, dateline, language, at, seen_at, teaser, copy_of,
    revisions, family";
const CHANGES_OF_STORY: &str =
    "SELECT article, name, url, before, after, headline_change.at, article.language
    FROM article JOIN headline_change ON article = article.id JOIN outlet ON outlet.id = outlet
    WHERE story = ?1 ORDER BY headline_change.at DESC, headline_change.id DESC LIMIT ?2";
const CHANGES_OF_ARTICLE: &str =
    "SELECT article, name, url, before, after, headline_change.at, article.language
    FROM article JOIN headline_change ON article = article.id JOIN outlet ON outlet.id = outlet
    WHERE article.id = ?1 ORDER BY headline_change.at DESC, headline_change.id DESC LIMIT ?2";
const HOURS: &str =
    "SELECT hour * 3600000, articles, copies FROM story_hour WHERE story = ?1 ORDER BY hour LIMIT ?2";
const RELATED: &str = "SELECT now.id, now.title, now.updated_at, now.articles, now.language
    FROM story AS once JOIN story AS now ON now.id = COALESCE(once.redirect_to, once.id)
    WHERE once.id = ?1 AND now.articles > 0";
const STORY_OF: &str = "SELECT story.id, story.title, story.language FROM article JOIN story ON story.id = story WHERE article.id = ?1";
const FIRST_OF: &str = "SELECT id FROM article WHERE story = ?1 ORDER BY at, id LIMIT 1";
const BODY: &str = "SELECT text, paragraphs FROM body WHERE article = ?1";

/// Articles shown of a story: the first half of this by time and the newest half.
const MOST_ARTICLES: usize = 2_000;
/// Headline changes shown of a story.
const MOST_CHANGES: usize = 200;
/// Hours with articles in a timeline: more than a year of them.
const MOST_HOURS: usize = 10_000;
/// Sentences of a lead.
const MOST_LEAD: usize = 5;
/// Related stories shown.
const MOST_RELATED: usize = 8;

impl Store {
    /// What stands at a story's address.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story(&self, id: StoryId) -> Result<Found> {
        self.read(|db| {
            let redirect = db.prepare_cached(REDIRECT)?.query_row([id.0], |row| row.get(0)).optional()?;
            match redirect {
                None => Ok(Found::Nothing),
                Some(Some(into)) => Ok(Found::MovedTo(StoryId(into))),
                Some(None) => Ok(Found::Story(Box::new(whole(db, id)?))),
            }
        })
    }

    /// An article's text with where it belongs.
    ///
    /// # Errors
    /// Those of the database.
    pub fn article(&self, id: ArticleId) -> Result<Option<ArticleText>> {
        self.read(|db| {
            let sql = format!(
                "SELECT {ARTICLE} FROM article JOIN outlet ON outlet.id = outlet WHERE article.id = ?1"
            );
            let found = db.prepare_cached(&sql)?.query_row([id.0], article_of).optional()?;
            found.map(|(article, _)| evidence(db, article)).transpose()
        })
    }
}

fn whole(db: &Connection, id: StoryId) -> Result<StoryView> {
    let sql = format!("SELECT {CARD} FROM {CARD_TABLES} WHERE story.id = ?1");
    let bare: Bare = db.prepare_cached(&sql)?.query_row([id.0], bare_of)?;
    Ok(StoryView {
        lead: lead_sentences(db, &bare.lead, MOST_LEAD)?,
        related: related(db, id, &bare.related)?,
        coverage: grouped(articles(db, id)?),
        headline_changes: changes(db, CHANGES_OF_STORY, id.0)?,
        timeline: timeline(db, id)?,
        last_event: last_event(db)?,
        card: complete(db, bare)?,
    })
}

fn evidence(db: &Connection, mut article: ArticleView) -> Result<ArticleText> {
    let id = article.id.0;
    let (text, paragraphs): (String, String) =
        db.prepare_cached(BODY)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut find = db.prepare_cached(STORY_OF)?;
    let story = find.query_row([id], |row| story_ref(row, 0)).optional()?;
    if let Some(story) = &story {
        article.first =
            db.prepare_cached(FIRST_OF)?.query_row([story.id.0], |row| row.get::<_, i64>(0))? == id;
    }
    let paragraphs = spans_from_json(&paragraphs)?;
    let headline_changes = changes(db, CHANGES_OF_ARTICLE, id)?;
    Ok(ArticleText { article, text, paragraphs, story, headline_changes })
}

/// The story's articles by time, each with its family.
fn articles(db: &Connection, story: StoryId) -> Result<Vec<(ArticleView, String)>> {
    let sql = format!(
        "SELECT {ARTICLE} FROM article JOIN outlet ON outlet.id = outlet WHERE article.id IN (
            SELECT id FROM (SELECT id FROM article WHERE story = ?1 ORDER BY at, id LIMIT ?2)
            UNION SELECT id FROM (SELECT id FROM article WHERE story = ?1 ORDER BY at DESC, id DESC LIMIT ?2))
        ORDER BY at, article.id"
    );
    let mut find = db.prepare_cached(&sql)?;
    let rows = find.query_map(params![story.0, size(MOST_ARTICLES / 2)], article_of)?;
    let mut articles: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
    if let Some((first, _)) = articles.first_mut() {
        first.first = true;
    }
    Ok(articles)
}

/// Copies under their originals, the rest by family, both in the order of time.
fn grouped(articles: Vec<(ArticleView, String)>) -> Vec<CoverageGroup> {
    let here: HashSet<ArticleId> = articles.iter().map(|(article, _)| article.id).collect();
    let (copies, own): (Vec<_>, Vec<_>) = articles
        .into_iter()
        .partition(|(article, _)| article.copy_of.is_some_and(|original| here.contains(&original)));
    let mut folded: HashMap<ArticleId, Vec<ArticleView>> = HashMap::new();
    for (copy, _) in copies {
        if let Some(original) = copy.copy_of {
            folded.entry(original).or_default().push(copy);
        }
    }
    let mut groups: Vec<CoverageGroup> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (mut article, family) in own {
        article.copies = folded.remove(&article.id).unwrap_or_default();
        let place = *places.entry(family.clone()).or_insert_with(|| {
            groups.push(CoverageGroup { family, articles: Vec::new() });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.articles.push(article);
        }
    }
    groups
}

fn changes(db: &Connection, sql: &str, id: i64) -> Result<Vec<HeadlineChange>> {
    let mut find = db.prepare_cached(sql)?;
    let rows = find.query_map(params![id, size(MOST_CHANGES)], |row| {
        Ok(HeadlineChange {
            article: ArticleId(row.get(0)?),
            outlet_name: row.get(1)?,
            url: row.get(2)?,
            before: row.get(3)?,
            after: row.get(4)?,
            at: at(row, 5)?,
            language: language(row, 6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn timeline(db: &Connection, story: StoryId) -> Result<Vec<(Timestamp, u32, u32)>> {
    let mut find = db.prepare_cached(HOURS)?;
    let rows = find.query_map(params![story.0, size(MOST_HOURS)], |row| {
        Ok((moment(row.get(0)?), count(row, 1)?, count(row, 2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The stories related to one; some of them may have become part of it, or of each other.
fn related(db: &Connection, of: StoryId, ids: &str) -> Result<Vec<RelatedStory>> {
    let mut find = db.prepare_cached(RELATED)?;
    let mut stories: Vec<RelatedStory> = Vec::new();
    for id in from_json::<Vec<i64>>("related stories", ids)?.into_iter().take(MOST_RELATED) {
        let found = find.query_row([id], |row| {
            let (id, title) = (StoryId(row.get(0)?), row.get(1)?);
            Ok(RelatedStory {
                id,
                title,
                updated_at: at(row, 2)?,
                articles: count(row, 3)?,
                language: language(row, 4)?,
            })
        });
        let new = |story: &RelatedStory| story.id != of && stories.iter().all(|known| known.id != story.id);
        stories.extend(found.optional()?.filter(new));
    }
    Ok(stories)
}

fn article_of(row: &Row) -> rusqlite::Result<(ArticleView, String)> {
    let view = ArticleView {
        id: ArticleId(row.get(0)?),
        outlet: OutletId(row.get(1)?),
        outlet_name: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        byline: row.get(5)?,
        dateline: row.get(6)?,
        language: language(row, 7)?,
        at: at(row, 8)?,
        seen_at: at(row, 9)?,
        teaser: row.get(10)?,
        copy_of: row.get::<_, Option<i64>>(11)?.map(ArticleId),
        copies: Vec::new(),
        first: false,
        revisions: count(row, 12)?,
    };
    Ok((view, row.get(13)?))
}

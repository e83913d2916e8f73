//! Places read back: of a story, and one place with what is reported from it. Sentences are cut out of the stored text.

use crate::Store;
use crate::column::{at, count, language, size, story_ref};
use crate::error::Result;
use crate::view::{NamedPlace, PlacePage, PlaceSentence, PlaceStory};
use jiff::Timestamp;
use news::{ArticleId, Place, PlaceId, PlaceKind, Span, StoryId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Below this a mention is kept and not shown.
const SHOWN: f64 = 0.5;

const PLACE: &str = "place.id, place.name, place.sort, place.country, place.region, place.latitude, place.longitude, place.population";
/// Mentions of a story's own reports, the earliest first; copies name what their original names.
const OF_STORY: &str =
    "SELECT mention.place, mention.name, mention.article, mention.in_title, mention.start, mention.stop
    FROM mention JOIN article ON article.id = mention.article
    WHERE article.story = ?1 AND article.copy_of IS NULL AND mention.confidence >= ?2
    ORDER BY article.at, article.id, mention.in_title DESC, mention.start LIMIT 20000";
const STORIES: &str =
    "SELECT story.id, story.title, story.language, COUNT(DISTINCT article.id), MAX(article.at) AS newest
    FROM mention JOIN article ON article.id = mention.article JOIN story ON story.id = article.story
    WHERE mention.place = ?1 AND mention.confidence >= ?2 GROUP BY story.id ORDER BY newest DESC LIMIT ?3";
const CALLED: &str = "SELECT id FROM place WHERE key = ?1 ORDER BY population DESC, id LIMIT 1";
const KEY: &str = "SELECT key FROM place WHERE id = ?1";
const TIMES: &str = "SELECT COUNT(DISTINCT article.id), MIN(article.at), MAX(article.at)
    FROM mention JOIN article ON article.id = mention.article WHERE mention.place = ?1 AND mention.confidence >= ?2";
const SENTENCES: &str = "SELECT mention.article, mention.in_title, mention.sentence_start, mention.sentence_stop,
        CASE mention.in_title WHEN 1 THEN body.title ELSE body.text END, outlet.name, article.url, article.language, article.at,
        MIN(mention.start)
    FROM mention JOIN article ON article.id = mention.article JOIN body ON body.article = article.id
        JOIN outlet ON outlet.id = article.outlet
    WHERE mention.place = ?1 AND mention.confidence >= ?2 AND mention.in_title = 0 AND article.copy_of IS NULL
    GROUP BY article.id ORDER BY article.at DESC, article.id DESC LIMIT ?3";
const BESIDE: &str = "SELECT other.place, place.name, COUNT(DISTINCT other.article) AS shared FROM
        (SELECT DISTINCT article FROM mention WHERE place = ?1 ORDER BY article DESC LIMIT 500) AS here
        JOIN mention AS other ON other.article = here.article JOIN place ON place.id = other.place
    WHERE other.place <> ?1 AND other.confidence >= ?2 GROUP BY other.place ORDER BY shared DESC, other.place LIMIT 12";

impl Store {
    /// The places that a story's own reports name, those of most articles first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_places(&self, story: StoryId, most: usize) -> Result<Vec<NamedPlace>> {
        self.read(|db| {
            let mut found: Vec<(Option<u32>, NamedPlace, i64)> = Vec::new();
            let mut index = std::collections::HashMap::new();
            let mut mentions = db.prepare_cached(OF_STORY)?;
            let mut rows = mentions.query(params![story.0, SHOWN])?;
            while let Some(row) = rows.next()? {
                let (id, named) = mention(row)?;
                let key = id.map_or_else(|| named.name.to_lowercase(), |id| id.to_string());
                let at = *index.entry(key).or_insert(found.len());
                if let Some((_, known, last)) = found.get_mut(at) {
                    known.mentions += 1;
                    known.articles += u32::from(*last != named.article.0);
                    *last = named.article.0;
                } else {
                    let last = named.article.0;
                    found.push((id, named, last));
                }
            }
            // A stable sort: the earlier named first among equals.
            found.sort_by_key(|(_, named, _)| std::cmp::Reverse((named.articles, named.mentions)));
            found.truncate(most);
            found.into_iter().map(|(id, named, _)| known(db, id, named)).collect()
        })
    }

    /// The largest place whose name has this comparable key.
    ///
    /// # Errors
    /// Those of the database.
    pub fn place_called(&self, key: &str) -> Result<Option<PlaceId>> {
        self.read(|db| {
            let called =
                db.prepare_cached(CALLED)?.query_row([key], |row| row.get(0).map(PlaceId)).optional()?;
            Ok(called)
        })
    }

    /// A place with what is reported from it; none when no article names it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn place(&self, id: PlaceId, stories: usize, sentences: usize) -> Result<Option<PlacePage>> {
        self.read(|db| {
            let Some(place) = place(db, id.0)? else { return Ok(None) };
            let times = |row: &Row| Ok((count(row, 0)?, row.get(1)?, row.get(2)?));
            let (articles, first, last): (u32, Option<i64>, Option<i64>) =
                db.prepare_cached(TIMES)?.query_row(params![id.0, SHOWN], times)?;
            let (Some(first), Some(last)) = (first, last) else { return Ok(None) };
            let moment = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
            let key = db.prepare_cached(KEY)?.query_row([id.0], |row| row.get(0))?;
            let mut page = PlacePage {
                place,
                key,
                articles,
                first_at: moment(first),
                last_at: moment(last),
                stories: Vec::new(),
                sentences: Vec::new(),
                beside: Vec::new(),
            };
            let mut rows = db.prepare_cached(STORIES)?;
            page.stories = rows
                .query_map(params![id.0, SHOWN, size(stories)], story)?
                .collect::<rusqlite::Result<_>>()?;
            let mut rows = db.prepare_cached(SENTENCES)?;
            page.sentences = rows
                .query_map(params![id.0, SHOWN, size(sentences)], sentence)?
                .collect::<rusqlite::Result<_>>()?;
            let beside = |row: &Row| Ok((PlaceId(row.get(0)?), row.get(1)?, count(row, 2)?));
            page.beside = db
                .prepare_cached(BESIDE)?
                .query_map(params![id.0, SHOWN], beside)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some(page))
        })
    }
}

fn mention(row: &Row) -> rusqlite::Result<(Option<u32>, NamedPlace)> {
    let named = NamedPlace {
        name: row.get(1)?,
        place: None,
        articles: 1,
        mentions: 1,
        article: ArticleId(row.get(2)?),
        in_title: row.get(3)?,
        span: Span { start: row.get(4)?, end: row.get(5)? },
    };
    Ok((row.get(0)?, named))
}

fn known(db: &Connection, id: Option<u32>, mut named: NamedPlace) -> Result<NamedPlace> {
    named.place = id.map(|id| place(db, id)).transpose()?.flatten();
    if let Some(place) = &named.place {
        named.name.clone_from(&place.name);
    }
    Ok(named)
}

fn place(db: &Connection, id: u32) -> Result<Option<Place>> {
    let sql = format!("SELECT {PLACE} FROM place WHERE id = ?1");
    let read = |row: &Row| {
        Ok(Place {
            id: PlaceId(row.get(0)?),
            name: row.get(1)?,
            kind: PlaceKind::parse(row.get_ref(2)?.as_str()?).unwrap_or_default(),
            country: row.get(3)?,
            region: row.get(4)?,
            latitude: row.get(5)?,
            longitude: row.get(6)?,
            population: row.get(7)?,
        })
    };
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

fn story(row: &Row) -> rusqlite::Result<PlaceStory> {
    Ok(PlaceStory { story: story_ref(row, 0)?, articles: count(row, 3)?, updated_at: at(row, 4)? })
}

fn sentence(row: &Row) -> rusqlite::Result<PlaceSentence> {
    let span = Span { start: row.get(2)?, end: row.get(3)? };
    let text = row.get_ref(4)?.as_str()?;
    Ok(PlaceSentence {
        text: span.of(text).to_owned(),
        article: ArticleId(row.get(0)?),
        in_title: row.get(1)?,
        span,
        outlet: row.get(5)?,
        url: row.get(6)?,
        language: language(row, 7)?,
        at: at(row, 8)?,
    })
}

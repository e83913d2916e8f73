//! A story's card: its row, with the few things that stand elsewhere.

use crate::column::{at, count, from_json, language, phase};
use crate::error::Result;
use crate::leads::Lead;
use crate::view::{LeadSentence, StoryCard};
use news::{ArticleId, Span, StoryId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Columns of a [`Bare`] card, from tables `story`, `title` (an article) and `titler` (its outlet).
pub(crate) const CARD: &str =
    "story.id, story.title, story.language, phase, opened_at, updated_at, story.articles, copies,
    outlets, families, COALESCE(titler.name, ''), title.url, lead, image, related,
    muted_at IS NOT NULL";
/// The tables that [`CARD`] names.
pub(crate) const CARD_TABLES: &str = "story LEFT JOIN article AS title ON title.id = title_article
    LEFT JOIN outlet AS titler ON titler.id = title.outlet";

const HOURS: &str =
    "SELECT ?2 - hour, articles + copies FROM story_hour WHERE story = ?1 AND hour > ?2 - 24 AND hour <= ?2";
const FIRST_OUTLETS: &str = "SELECT name FROM story_outlet JOIN outlet ON outlet.id = outlet WHERE story = ?1
    ORDER BY first_at, outlet LIMIT 4";
const CITED: &str = "SELECT outlet.name, url, at, article.language FROM article JOIN outlet ON outlet.id = outlet WHERE article.id = ?1";

/// Hours in a sparkline.
const PULSE: usize = 24;

/// A card as its row tells it.
pub(crate) struct Bare {
    pub(crate) card: StoryCard,
    pub(crate) lead: String,
    pub(crate) related: String,
}

pub(crate) fn bare_of(row: &Row) -> rusqlite::Result<Bare> {
    let card = StoryCard {
        id: StoryId(row.get(0)?),
        title: row.get(1)?,
        language: language(row, 2)?,
        phase: phase(row, 3)?,
        opened_at: at(row, 4)?,
        updated_at: at(row, 5)?,
        articles: count(row, 6)?,
        copies: count(row, 7)?,
        outlets: count(row, 8)?,
        families: count(row, 9)?,
        title_outlet: row.get(10)?,
        title_url: row.get(11)?,
        lead: None,
        image: row.get(13)?,
        muted: row.get(15)?,
        pulse: Vec::new(),
        outlet_names: Vec::new(),
    };
    Ok(Bare { card, lead: row.get(12)?, related: row.get(14)? })
}

/// The card with its sparkline, first outlets and first lead sentence.
pub(crate) fn complete(db: &Connection, bare: Bare) -> Result<StoryCard> {
    let Bare { mut card, lead, .. } = bare;
    card.pulse = pulse(db, &card)?;
    card.lead = lead_sentences(db, &lead, 1)?.pop();
    let mut names = db.prepare_cached(FIRST_OUTLETS)?;
    card.outlet_names = names.query_map([card.id.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(card)
}

/// Up to `most` sentences of a lead, each with where it stands.
pub(crate) fn lead_sentences(db: &Connection, lead: &str, most: usize) -> Result<Vec<LeadSentence>> {
    if lead == "[]" {
        return Ok(Vec::new());
    }
    let mut cited = db.prepare_cached(CITED)?;
    let mut sentences = Vec::new();
    for Lead { article, start, end, text } in from_json::<Vec<Lead>>("lead", lead)?.into_iter().take(most) {
        let found = cited.query_row([article], |row| {
            let (outlet, url) = (row.get(0)?, row.get(1)?);
            Ok(LeadSentence {
                text,
                language: language(row, 3)?,
                article: ArticleId(article),
                span: Span { start, end },
                outlet,
                url,
                at: at(row, 2)?,
            })
        });
        sentences.extend(found.optional()?);
    }
    Ok(sentences)
}

fn pulse(db: &Connection, card: &StoryCard) -> Result<Vec<u32>> {
    let mut pulse = vec![0; PULSE];
    let last = card.updated_at.as_millisecond().div_euclid(3_600_000);
    let mut hours = db.prepare_cached(HOURS)?;
    let mut rows = hours.query(params![card.id.0, last])?;
    while let Some(row) = rows.next()? {
        let ago = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(PULSE);
        if let Some(place) = PULSE.checked_sub(1 + ago).and_then(|at| pulse.get_mut(at)) {
            *place = count(row, 1)?;
        }
    }
    Ok(pulse)
}

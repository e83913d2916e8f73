//! Figures that a story's articles told: how many people something happened to, each with the words that say so.

use crate::column::{at, millis};
use crate::error::Result;
use crate::view::{FigurePoint, FigureSeries};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, Evidence, Span, StoryId};
use rusqlite::params;

const ADD: &str =
    "INSERT INTO figure (what, value, at, article, span_start, span_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT DO NOTHING";
const OF_STORY: &str = "SELECT what, value, figure.at, figure.article, span_start, span_end, outlet.name
    FROM figure JOIN article ON article.id = figure.article JOIN outlet ON outlet.id = article.outlet
    WHERE article.story = ?1 ORDER BY what, figure.at, value LIMIT 500";

impl Writer<'_> {
    /// Keeps a figure that an article told.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_figure(&mut self, what: &str, value: f64, evidence: Evidence, now: Timestamp) -> Result<()> {
        let span = evidence.span;
        let row = params![
            what,
            value,
            millis(now),
            evidence.article.0,
            span.map(|span| span.start),
            span.map(|span| span.end)
        ];
        self.tx.prepare_cached(ADD)?.execute(row)?;
        Ok(())
    }
}

impl Store {
    /// What was counted in a story and how it went on, by what is counted; each value once, as first told.
    ///
    /// # Errors
    /// Those of the database.
    pub fn figures(&self, story: StoryId) -> Result<Vec<FigureSeries>> {
        self.read(|db| {
            let mut find = db.prepare_cached(OF_STORY)?;
            let mut rows = find.query([story.0])?;
            let mut all: Vec<FigureSeries> = Vec::new();
            while let Some(row) = rows.next()? {
                let what: String = row.get(0)?;
                let span = row.get::<_, Option<u32>>(4)?.zip(row.get::<_, Option<u32>>(5)?);
                let point = FigurePoint {
                    value: row.get(1)?,
                    at: at(row, 2)?,
                    article: ArticleId(row.get(3)?),
                    span: span.map(|(start, end)| Span { start, end }),
                    outlet: row.get(6)?,
                };
                match all.last_mut().filter(|series| series.what == what) {
                    Some(series) if series.points.iter().any(|known| known.value == point.value) => {}
                    Some(series) => series.points.push(point),
                    None => all.push(FigureSeries { what, points: vec![point] }),
                }
            }
            Ok(all)
        })
    }
}

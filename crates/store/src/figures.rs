//! Figures that a story's articles told: how many people something happened to, each with the words that say so.

use crate::column::{at, millis};
use crate::error::Result;
use crate::view::{FigurePoint, FigureSeries};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, Evidence, Span, StoryId};
use rusqlite::{Row, params};

const ADD: &str = "INSERT INTO figure (what, value, at, article, span_start, span_end, corrects)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
/// With the words as they stood when the figure was told: an article can have changed since.
const OF_STORY: &str =
    "SELECT what, value, figure.at, figure.article, span_start, span_end, outlet.name, corrects,
        COALESCE(was.title, body.title), COALESCE(was.text, body.text), was.number IS NULL
    FROM figure JOIN article ON article.id = figure.article JOIN outlet ON outlet.id = article.outlet
    JOIN body ON body.article = figure.article
    LEFT JOIN article_revision was ON was.article = figure.article AND was.number = (SELECT MIN(number)
        FROM article_revision later WHERE later.article = figure.article AND later.at > figure.at)
    WHERE article.story = ?1 ORDER BY what, figure.at, value LIMIT 500";

/// A figure that an article told.
#[derive(Clone, Copy, Debug)]
pub struct NewFigure<'a> {
    /// `dead`, `injured` ...
    pub what: &'a str,
    pub value: f64,
    /// A correction says it.
    pub corrects: bool,
    pub evidence: Evidence,
}

impl Writer<'_> {
    /// Keeps a figure that an article told.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_figure(&mut self, figure: &NewFigure, now: Timestamp) -> Result<()> {
        let span = figure.evidence.span;
        let row = params![
            figure.what,
            figure.value,
            millis(now),
            figure.evidence.article.0,
            span.map(|span| span.start),
            span.map(|span| span.end),
            figure.corrects
        ];
        self.tx.prepare_cached(ADD)?.execute(row)?;
        Ok(())
    }
}

impl Store {
    /// What was counted in a story and how it went on, by what is counted. A value stands where it is higher than all
    /// before, or where a correction tells it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn figures(&self, story: StoryId) -> Result<Vec<FigureSeries>> {
        self.read(|db| {
            let mut find = db.prepare_cached(OF_STORY)?;
            let mut rows = find.query([story.0])?;
            let mut all: Vec<FigureSeries> = Vec::new();
            while let Some(row) = rows.next()? {
                let (what, point, corrects): (String, _, bool) = (row.get(0)?, point(row)?, row.get(7)?);
                match all.last_mut().filter(|series| series.what == what) {
                    Some(series) if goes_on(&series.points, point.value, corrects) => {
                        series.points.push(point);
                    }
                    Some(_) => {}
                    None => all.push(FigureSeries { what, points: vec![point] }),
                }
            }
            Ok(all)
        })
    }
}

/// Whether a value says something new behind those that were told.
fn goes_on(told: &[FigurePoint], value: f64, corrects: bool) -> bool {
    let differs = told.last().is_none_or(|last| last.value != value);
    differs && (corrects || told.iter().all(|known| known.value < value))
}

fn point(row: &Row) -> Result<FigurePoint> {
    let span = row.get::<_, Option<u32>>(4)?.zip(row.get::<_, Option<u32>>(5)?);
    let span = span.map(|(start, end)| Span { start, end });
    let (title, text, stands): (String, String, bool) = (row.get(8)?, row.get(9)?, row.get(10)?);
    Ok(FigurePoint {
        value: row.get(1)?,
        at: at(row, 2)?,
        article: ArticleId(row.get(3)?),
        span: span.filter(|_| stands),
        outlet: row.get(6)?,
        said: span.map_or(title, |span| span.of(&text).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::goes_on;
    use crate::view::FigurePoint;
    use jiff::Timestamp;
    use news::ArticleId;

    /// The values that stand, of those told one after the other.
    fn shown(told: &[(f64, bool)]) -> Vec<f64> {
        let mut points: Vec<FigurePoint> = Vec::new();
        for (value, corrects) in told {
            if goes_on(&points, *value, *corrects) {
                let (outlet, said) = (String::new(), String::new());
                let (at, article) = (Timestamp::UNIX_EPOCH, ArticleId(1));
                points.push(FigurePoint { value: *value, at, article, span: None, outlet, said });
            }
        }
        points.iter().map(|point| point.value).collect()
    }

    #[test]
    fn a_series_grows_until_it_is_corrected() {
        let twice = [(3.0, false), (3.0, false), (9.0, false), (3.0, false), (9.0, false)];
        assert_eq!(shown(&twice), [3.0, 9.0], "of two stories that became one");
        let corrected = [(12.0, false), (14.0, false), (12.0, true), (14.0, false), (15.0, false)];
        assert_eq!(shown(&corrected), [12.0, 14.0, 12.0, 15.0]);
    }
}

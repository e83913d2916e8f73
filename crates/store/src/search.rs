//! Full-text search: what a person typed, answered by FTS5 with pieces of the text around the matches.

mod words;

use crate::Store;
use crate::column::{at, big_count, language, size};
use crate::error::Result;
use crate::view::{Hit, Hits};
use news::{ArticleId, Language, StoryId};
use rusqlite::{Connection, Row, params};

/// Weights: headline, summary, text. Recency: an article as new as the newest counts double, one a week older
/// half as much more, and so on; `bm25` is the smaller the better.
const FIND: &str = "SELECT article.id FROM article_fts JOIN article ON article.id = article_fts.rowid
    WHERE article_fts MATCH ?1 AND (?2 = '' OR language = ?2)
    ORDER BY bm25(article_fts, 6.0, 2.0, 1.0) * (1.0 + 1.0 / (1.0 + MAX(0, ?3 - at) / 604800000.0)), article.id DESC
    LIMIT ?4 OFFSET ?5";
const TOTAL: &str = "SELECT COUNT(*) FROM article_fts WHERE article_fts MATCH ?1";
const TOTAL_IN: &str = "SELECT COUNT(*) FROM article_fts JOIN article ON article.id = article_fts.rowid
    WHERE article_fts MATCH ?1 AND language = ?2";
const NEWEST: &str = "SELECT COALESCE(MAX(seen_at), 0) FROM article";
const SHOW: &str = "SELECT article.id, story, story.title, article.title, name, url, article.language, at,
        CASE body.text WHEN '' THEN snippet(article_fts, 1, char(2), char(3), '…', 32)
            ELSE snippet(article_fts, 2, char(2), char(3), '…', 32) END
    FROM article_fts JOIN article ON article.id = article_fts.rowid JOIN body ON body.article = article.id
    JOIN outlet ON outlet.id = outlet LEFT JOIN story ON story.id = story
    WHERE article_fts MATCH ?1 AND article_fts.rowid = ?2";

/// A page of results deeper than this is not worth the work.
const DEEPEST: usize = 10_000;
/// Results in one page at most.
const MOST: usize = 200;

/// What to search for.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// As typed: words that must all be there, `"a phrase"`, `-without`, `begin*`. Never an error.
    pub text: String,
    pub limit: usize,
    pub offset: usize,
    /// Only articles in this language.
    pub language: Option<Language>,
}

impl Default for SearchQuery {
    fn default() -> Self {
        Self { text: String::new(), limit: 20, offset: 0, language: None }
    }
}

impl Store {
    /// The articles that match, best first; nothing for a text without a word.
    ///
    /// # Errors
    /// Those of the database.
    pub fn search(&self, query: &SearchQuery) -> Result<Hits> {
        let Some(matching) = words::matching(&query.text) else {
            return Ok(Hits { hits: Vec::new(), total: 0 });
        };
        self.read(|db| {
            let mut show = db.prepare_cached(SHOW)?;
            let ids = find(db, &matching, query)?;
            let hits = ids.into_iter().map(|id| show.query_row(params![matching, id], hit_of));
            Ok(Hits { hits: hits.collect::<rusqlite::Result<_>>()?, total: total(db, &matching, query)? })
        })
    }
}

fn find(db: &Connection, matching: &str, query: &SearchQuery) -> Result<Vec<i64>> {
    let newest: i64 = db.prepare_cached(NEWEST)?.query_row([], |row| row.get(0))?;
    let (language, limit) = (code(query), size(query.limit.min(MOST)));
    let mut find = db.prepare_cached(FIND)?;
    let row = params![matching, language, newest, limit, size(query.offset.min(DEEPEST))];
    let ids = find.query_map(row, |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

fn total(db: &Connection, matching: &str, query: &SearchQuery) -> Result<u64> {
    let total = match query.language {
        None => db.prepare_cached(TOTAL)?.query_row([matching], |row| big_count(row, 0))?,
        Some(_) => {
            db.prepare_cached(TOTAL_IN)?.query_row([matching, &code(query)], |row| big_count(row, 0))?
        }
    };
    Ok(total)
}

fn code(query: &SearchQuery) -> String {
    query.language.map(|language| language.to_string()).unwrap_or_default()
}

fn hit_of(row: &Row) -> rusqlite::Result<Hit> {
    let snippet: Option<String> = row.get(8)?;
    Ok(Hit {
        article: ArticleId(row.get(0)?),
        story: row.get::<_, Option<i64>>(1)?.map(StoryId),
        story_title: row.get(2)?,
        title: row.get(3)?,
        outlet_name: row.get(4)?,
        url: row.get(5)?,
        language: language(row, 6)?,
        at: at(row, 7)?,
        snippet: pieces(&snippet.unwrap_or_default()),
    })
}

/// Cuts at the marks that `snippet` was told to set: `(piece, whether it matched)`. A text that holds such
/// characters itself is only marked in a wrong place.
fn pieces(snippet: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut matched = false;
    for piece in snippet.split_inclusive(['\u{2}', '\u{3}']) {
        let words = piece.trim_end_matches(['\u{2}', '\u{3}']);
        if !words.is_empty() {
            pieces.push((words.to_owned(), matched));
        }
        matched = piece.ends_with('\u{2}');
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_snippet_is_cut_at_its_marks() {
        let piece = |words: &str, matched| (words.to_owned(), matched);
        assert_eq!(pieces("a \u{2}b\u{3} c"), [piece("a ", false), piece("b", true), piece(" c", false)]);
        assert_eq!(pieces("\u{2}b\u{3}"), [piece("b", true)]);
        assert_eq!(pieces(""), []);
    }
}

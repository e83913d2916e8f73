//! Full-text search: what a person typed, answered by FTS5 with pieces of the text around the matches.

mod alone;
mod words;

pub(crate) use alone::Alone;
pub(crate) use words::matching;

use crate::Store;
use crate::column::{at, big_count, count, language, size, to_json};
use crate::error::Result;
use crate::view::{Hit, Hits};
use news::{ArticleId, Language, StoryId};
use rusqlite::{Connection, Row, params};

/// Weights: headline, summary, text. Recency: an article as new as the newest counts double, one a week older
/// half as much more, and so on; `bm25` is the smaller the better.
///
/// A copy whose original matches too is folded under it: one agency report is found once, not in thirty outlets.
///
/// The total comes with each row, since finding the matches is most of the work.
const FIND: &str = "WITH matched AS MATERIALIZED (
        SELECT rowid AS id, bm25(article_fts, 6.0, 2.0, 1.0) AS score FROM article_fts WHERE article_fts MATCH ?1)
    SELECT article.id, COUNT(*) OVER () FROM matched JOIN article ON article.id = matched.id
    WHERE (?2 = '' OR language = ?2) AND (copy_of IS NULL OR copy_of NOT IN (SELECT id FROM matched))
    ORDER BY score * (1.0 + 1.0 / (1.0 + MAX(0, ?3 - at) / 604800000.0)), article.id DESC LIMIT ?4 OFFSET ?5";
const TOTAL: &str =
    "WITH matched AS MATERIALIZED (SELECT rowid AS id FROM article_fts WHERE article_fts MATCH ?1)
    SELECT COUNT(*) FROM matched JOIN article ON article.id = matched.id
    WHERE (?2 = '' OR language = ?2) AND (copy_of IS NULL OR copy_of NOT IN (SELECT id FROM matched))";
const NEWEST: &str = "SELECT COALESCE(MAX(seen_at), 0) FROM article";
const SHOW: &str = "SELECT article.id, story, story.title, article.title, name, url, article.language, at,
        CASE body.text WHEN '' THEN snippet(article_fts, 1, char(2), char(3), '…', 32)
            ELSE snippet(article_fts, 2, char(2), char(3), '…', 32) END, COALESCE(story.language, 'und'),
        (SELECT COUNT(*) FROM article AS copy WHERE copy.copy_of = article.id)
    FROM article_fts JOIN article ON article.id = article_fts.rowid JOIN body ON body.article = article.id
    JOIN outlet ON outlet.id = outlet LEFT JOIN story ON story.id = story
    WHERE article_fts MATCH ?1 AND ";
/// For words, FTS5 jumps to each row.
const JUMP: &str = "article_fts.rowid = ?2";
/// For a beginning it would gather all words that begin so for each row again; the `+` makes it go through its
/// matches once (22 s became 1 s for the widest beginning in 50,000 articles).
const WALK: &str = "+article_fts.rowid IN (SELECT value FROM json_each(?2))";

/// A page of results deeper than this is not worth the work.
const DEEPEST: usize = 10_000;
/// Results in one page at most.
const MOST: usize = 200;

/// What to search for.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// As typed: words that must all be there, `"a phrase"`, `-without`, `begin*`. Never an error. A beginning has
    /// three letters at least, and the first two are taken as such: others are looked for as whole words.
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
    /// [`StoreError::TooLong`](crate::StoreError::TooLong) when it is given up, and those of the database.
    pub fn search(&self, query: &SearchQuery) -> Result<Hits> {
        let Some(matching) = words::matching(&query.text) else {
            return Ok(Hits { hits: Vec::new(), total: 0 });
        };
        self.read_briefly(|db| {
            let (ids, total) = find(db, &matching, query)?;
            Ok(Hits { hits: show(db, &matching, &ids)?, total })
        })
    }
}

/// The articles of the page, and how many match in all.
fn find(db: &Connection, matching: &str, query: &SearchQuery) -> Result<(Vec<i64>, u64)> {
    let newest: i64 = db.prepare_cached(NEWEST)?.query_row([], |row| row.get(0))?;
    let (language, limit) = (code(query), size(query.limit.clamp(1, MOST)));
    let mut find = db.prepare_cached(FIND)?;
    let row = params![matching, language, newest, limit, size(query.offset.min(DEEPEST))];
    let rows = find.query_map(row, |row| Ok((row.get(0)?, big_count(row, 1)?)))?;
    let found: Vec<(i64, u64)> = rows.collect::<rusqlite::Result<_>>()?;
    let total = match found.first() {
        Some((_, total)) => *total,
        None if query.offset == 0 => 0,
        None => db.prepare_cached(TOTAL)?.query_row([matching, &language], |row| big_count(row, 0))?,
    };
    Ok((found.into_iter().map(|(id, _)| id).collect(), total))
}

fn show(db: &Connection, matching: &str, ids: &[i64]) -> Result<Vec<Hit>> {
    if !words::has_beginning(matching) {
        let mut show = db.prepare_cached(&format!("{SHOW}{JUMP}"))?;
        let hits = ids.iter().map(|id| show.query_row(params![matching, id], hit_of));
        return Ok(hits.collect::<rusqlite::Result<_>>()?);
    }
    let mut show = db.prepare_cached(&format!("{SHOW}{WALK}"))?;
    let hits = show.query_map(params![matching, to_json("ids", &ids)?], hit_of)?;
    let mut hits: Vec<Hit> = hits.collect::<rusqlite::Result<_>>()?;
    hits.sort_by_key(|hit| ids.iter().position(|id| *id == hit.article.0));
    Ok(hits)
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
        story_language: language(row, 9)?,
        title: row.get(3)?,
        outlet_name: row.get(4)?,
        url: row.get(5)?,
        language: language(row, 6)?,
        at: at(row, 7)?,
        snippet: pieces(&snippet.unwrap_or_default()),
        copies: count(row, 10)?,
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

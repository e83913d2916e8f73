//! Stories as they grow: opened, joined, described, merged, split. A story's id stays valid for ever.

use crate::column::{millis, to_json};
use crate::error::{Result, StoreError};
use crate::leads::Lead;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, Language, Phase, Span, StoryId, StoryTitle};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

const NEXT_ID: &str = "SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'story'";
const OPEN: &str = "INSERT INTO story (id, language, opened_at, updated_at) VALUES (?1, ?2, ?3, ?3)";
const TARGET: &str = "SELECT COALESCE(redirect_to, id) FROM story WHERE id = ?1";
const PLACE: &str = "SELECT story, copy_of, outlet, at, title, language FROM article WHERE id = ?1";
const JOIN: &str = "UPDATE article SET story = ?2, copy_of = ?3 WHERE id = ?1";
const ROOT: &str = "SELECT COALESCE(copy_of, id) FROM article WHERE id = ?1";
const FLATTEN_COPIES: &str = "UPDATE article SET copy_of = ?2 WHERE copy_of = ?1";
const FIRST_TITLE: &str = "UPDATE story SET title = ?2, title_article = ?3, language = ?4
    WHERE id = ?1 AND title_article IS NULL";
const MUTED_TOO: &str =
    "UPDATE story SET muted_at = (SELECT muted_at FROM story WHERE id = ?2) WHERE id = ?1";
const DESCRIBE: &str =
    "UPDATE story SET title = ?2, title_article = ?3, lead = ?4, phase = ?5, rank = ?6, language = ?7,
    image = ?8, related = ?9 WHERE id = ?1";
const RANK: &str = "UPDATE story SET phase = ?2, rank = ?3 WHERE id = ?1";
const MOVE_ALL: &str = "UPDATE article SET story = ?2 WHERE story = ?1";
const MOVE_UNDATED: &str = "UPDATE OR REPLACE undated SET story = ?2 WHERE story = ?1";
const REDIRECT: &str = "UPDATE story SET redirect_to = ?2 WHERE id = ?1 OR redirect_to = ?1";
const ADD_OUTLET: &str =
    "INSERT INTO story_outlet (story, outlet, articles, copies, first_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (story, outlet) DO UPDATE SET articles = articles + excluded.articles,
        copies = copies + excluded.copies, first_at = MIN(first_at, excluded.first_at)";
const ADD_HOUR: &str = "INSERT INTO story_hour (story, hour, articles, copies) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (story, hour) DO UPDATE SET articles = articles + excluded.articles, copies = copies + excluded.copies";
const CLEAR_OUTLETS: &str = "DELETE FROM story_outlet WHERE story = ?1";
const CLEAR_HOURS: &str = "DELETE FROM story_hour WHERE story = ?1";
const FILL_OUTLETS: &str = "INSERT INTO story_outlet (story, outlet, articles, copies, first_at)
    SELECT story, outlet, SUM(copy_of IS NULL), SUM(copy_of IS NOT NULL), MIN(at) FROM article WHERE story = ?1 GROUP BY outlet";
const FILL_HOURS: &str = "INSERT INTO story_hour (story, hour, articles, copies)
    SELECT story, at / 3600000, SUM(copy_of IS NULL), SUM(copy_of IS NOT NULL) FROM article WHERE story = ?1 GROUP BY 2";
/// A story without articles keeps the times that it had.
const COUNT: &str = "UPDATE story SET
        articles = (SELECT COALESCE(SUM(articles + copies), 0) FROM story_outlet WHERE story = ?1),
        copies = (SELECT COALESCE(SUM(copies), 0) FROM story_outlet WHERE story = ?1),
        outlets = (SELECT COUNT(*) FROM story_outlet WHERE story = ?1),
        families = (SELECT COUNT(DISTINCT family) FROM story_outlet JOIN outlet ON outlet.id = outlet
            WHERE story = ?1 AND story_outlet.articles > 0),
        opened_at = COALESCE((SELECT MIN(at) FROM article WHERE story = ?1), opened_at),
        updated_at = COALESCE((SELECT MAX(at) FROM article WHERE story = ?1), updated_at)
    WHERE id = ?1";
const HEADED_ELSEWHERE: &str = "SELECT title_article IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM article WHERE id = title_article AND story = ?1) FROM story WHERE id = ?1";
const EARLIEST: &str =
    "SELECT id, title, language FROM article WHERE story = ?1 ORDER BY copy_of IS NOT NULL, at, id LIMIT 1";
const HEAD: &str = "UPDATE story SET title = ?2, title_article = ?3, language = ?4 WHERE id = ?1";

/// How a story is shown.
#[derive(Clone, Debug)]
pub struct Description {
    pub title: StoryTitle,
    /// Sentences in order. One that does not stand in the article's text is left out.
    pub lead: Vec<(ArticleId, Span)>,
    pub phase: Phase,
    /// Greater is more important. Comparable between stories without being renewed as time passes.
    pub rank: f64,
    pub language: Language,
    pub image: Option<String>,
    /// Most related first.
    pub related: Vec<StoryId>,
}

/// Where an article is, and what counts it.
struct Place {
    story: Option<i64>,
    copy_of: Option<i64>,
    outlet: i64,
    at: i64,
    title: String,
    language: String,
}

impl Store {
    /// The id that the next story gets; no story ever had it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn next_story_id(&self) -> Result<StoryId> {
        self.read(|db| Ok(StoryId(db.prepare_cached(NEXT_ID)?.query_row([], |row| row.get(0))?)))
    }
}

impl Writer<'_> {
    /// Opens a story, under `id` when the caller counts ids from [`Store::next_story_id`] on.
    ///
    /// # Errors
    /// When the id is taken.
    pub fn open_story(&mut self, id: Option<StoryId>, language: Language, at: Timestamp) -> Result<StoryId> {
        let row = params![id.map(|id| id.0), language.code(), millis(at)];
        let id = StoryId(self.tx.prepare_cached(OPEN)?.insert(row)?);
        self.event("story_opened", Some(id), at, &json!({}))?;
        Ok(id)
    }

    /// Puts an article into a story (or the one that this was merged into). A second time changes at most what it
    /// is a copy of; an article of another story moves.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when story, article or original is not there.
    pub fn join(
        &mut self,
        story: StoryId,
        article: ArticleId,
        copy_of: Option<ArticleId>,
        at: Timestamp,
    ) -> Result<()> {
        let story = self.target(story)?;
        let place = self.place(article)?;
        let original = self.original(article, copy_of)?;
        match place.story {
            Some(here) if here == story.0 => return self.fold(story, article, &place, original, at),
            Some(_) => {
                self.fold_quietly(article, original)?;
                return self.move_article(article, story, at);
            }
            None => {}
        }
        self.tx.prepare_cached(JOIN)?.execute(params![article.0, story.0, original])?;
        let (own, copy) = if original.is_some() { (0, 1) } else { (1, 0) };
        self.tx.prepare_cached(ADD_OUTLET)?.execute(params![story.0, place.outlet, own, copy, place.at])?;
        self.tx.prepare_cached(ADD_HOUR)?.execute(params![
            story.0,
            place.at.div_euclid(3_600_000),
            own,
            copy
        ])?;
        self.tx.prepare_cached(FIRST_TITLE)?.execute(params![
            story.0,
            place.title,
            article.0,
            place.language
        ])?;
        self.touched.insert(story.0);
        self.tell_joined(story, article, &place, original, at)
    }

    /// Says how a story is shown. No event: it follows from the articles that joined, whose events are told.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when story or an article of the lead is not there.
    pub fn describe_story(&mut self, story: StoryId, description: &Description) -> Result<()> {
        let story = self.target(story)?;
        let lead = self.lead(&description.lead)?;
        let related: Vec<i64> =
            description.related.iter().map(|id| id.0).filter(|id| *id != story.0).collect();
        self.tx.prepare_cached(DESCRIBE)?.execute(params![
            story.0,
            description.title.text,
            description.title.article.0,
            to_json("lead", &lead)?,
            description.phase.word(),
            finite(description.rank),
            description.language.code(),
            description.image,
            to_json("related stories", &related)?
        ])?;
        Ok(())
    }

    /// Gives a story another phase and rank, as time goes by.
    ///
    /// # Errors
    /// Those of the database.
    pub fn rank_story(&mut self, story: StoryId, phase: Phase, rank: f64) -> Result<()> {
        self.tx.prepare_cached(RANK)?.execute(params![story.0, phase.word(), finite(rank)])?;
        Ok(())
    }

    /// Puts all articles of `from` into `into`; `from` redirects there from now on, with all that redirected to it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when one of them is not there.
    pub fn merge_stories(&mut self, from: StoryId, into: StoryId, at: Timestamp) -> Result<()> {
        let (from, into) = (self.target(from)?, self.target(into)?);
        if from == into {
            return Ok(());
        }
        self.tx.prepare_cached(MOVE_ALL)?.execute(params![from.0, into.0])?;
        self.tx.prepare_cached(REDIRECT)?.execute(params![from.0, into.0])?;
        self.tx.prepare_cached(MOVE_UNDATED)?.execute(params![from.0, into.0])?;
        self.merge_follows(from, into)?;
        self.recount(from)?;
        self.recount(into)?;
        self.tell_both("stories_merged", from, into, at, &json!({ "from": from, "into": into }))
    }

    /// Opens a story of articles that do not belong to `from`. Returns its id (`id` when given). It is muted when `from` is.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when story or article is not there.
    pub fn split_story(
        &mut self,
        from: StoryId,
        articles: &[ArticleId],
        id: Option<StoryId>,
        at: Timestamp,
    ) -> Result<StoryId> {
        let from = self.target(from)?;
        let id = self.open_story(id, Language::UNKNOWN, at)?;
        // What a person silenced stays silent when a part of it goes by itself.
        self.tx.prepare_cached(MUTED_TOO)?.execute([id.0, from.0])?;
        for article in articles {
            self.place(*article)?;
            self.put_into(*article, id)?;
        }
        self.recount(from)?;
        self.recount(id)?;
        self.tell_both(
            "story_split",
            from,
            id,
            at,
            &json!({ "from": from, "into": id, "articles": articles }),
        )?;
        Ok(id)
    }

    /// Puts an article into another story. Its copies stay where they are.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when story or article is not there.
    pub fn move_article(&mut self, article: ArticleId, to: StoryId, at: Timestamp) -> Result<()> {
        let to = self.target(to)?;
        let from = self.place(article)?.story.map(StoryId);
        if from == Some(to) {
            return Ok(());
        }
        self.put_into(article, to)?;
        self.recount(to)?;
        let body = json!({ "article": article, "from": from, "into": to });
        let Some(from) = from else {
            self.event("article_moved", Some(to), at, &body)?;
            return Ok(());
        };
        self.recount(from)?;
        self.tell_both("article_moved", from, to, at, &body)
    }

    /// Brings the counts of all touched stories up to date.
    pub(crate) fn count_touched(&mut self) -> Result<()> {
        let mut count = self.tx.prepare_cached(COUNT)?;
        for story in std::mem::take(&mut self.touched) {
            count.execute([story])?;
        }
        Ok(())
    }

    /// The story itself, or the one that it was merged into.
    pub(crate) fn target(&self, story: StoryId) -> Result<StoryId> {
        let found = self.tx.prepare_cached(TARGET)?.query_row([story.0], |row| row.get(0)).optional()?;
        found.map(StoryId).ok_or(StoreError::Missing { what: "story", id: story.0 })
    }

    fn place(&self, article: ArticleId) -> Result<Place> {
        let mut find = self.tx.prepare_cached(PLACE)?;
        let found = find.query_row([article.0], |row| {
            Ok(Place {
                story: row.get(0)?,
                copy_of: row.get(1)?,
                outlet: row.get(2)?,
                at: row.get(3)?,
                title: row.get(4)?,
                language: row.get(5)?,
            })
        });
        found.optional()?.ok_or(StoreError::Missing { what: "article", id: article.0 })
    }

    /// The original at the end of the chain; `None` for an article that would be a copy of itself.
    fn original(&self, article: ArticleId, copy_of: Option<ArticleId>) -> Result<Option<i64>> {
        let Some(copy_of) = copy_of else { return Ok(None) };
        let found = self.tx.prepare_cached(ROOT)?.query_row([copy_of.0], |row| row.get(0)).optional()?;
        let root: i64 = found.ok_or(StoreError::Missing { what: "article", id: copy_of.0 })?;
        Ok(Some(root).filter(|root| *root != article.0))
    }

    fn fold(
        &mut self,
        story: StoryId,
        article: ArticleId,
        place: &Place,
        original: Option<i64>,
        at: Timestamp,
    ) -> Result<()> {
        if place.copy_of == original {
            return Ok(());
        }
        self.fold_quietly(article, original)?;
        self.recount(story)?;
        self.tell_joined(story, article, place, original, at)
    }

    /// Changes what an article is a copy of; its own copies follow, so that no chain is made.
    fn fold_quietly(&mut self, article: ArticleId, original: Option<i64>) -> Result<()> {
        self.tx
            .prepare_cached("UPDATE article SET copy_of = ?2 WHERE id = ?1")?
            .execute(params![article.0, original])?;
        if let Some(original) = original {
            self.tx.prepare_cached(FLATTEN_COPIES)?.execute(params![article.0, original])?;
        }
        Ok(())
    }

    fn put_into(&mut self, article: ArticleId, story: StoryId) -> Result<()> {
        self.tx
            .prepare_cached("UPDATE article SET story = ?2 WHERE id = ?1")?
            .execute(params![article.0, story.0])?;
        self.move_developments(article, story)
    }

    /// Counts a story afresh from its articles, and gives it a title of its own when its title's article left.
    fn recount(&mut self, story: StoryId) -> Result<()> {
        for sql in [CLEAR_OUTLETS, CLEAR_HOURS, FILL_OUTLETS, FILL_HOURS] {
            self.tx.prepare_cached(sql)?.execute([story.0])?;
        }
        self.touched.insert(story.0);
        self.drop_strange_lead(story)?;
        let elsewhere: bool =
            self.tx.prepare_cached(HEADED_ELSEWHERE)?.query_row([story.0], |row| row.get(0))?;
        let untitled = "SELECT title_article IS NULL FROM story WHERE id = ?1";
        let untitled: bool = self.tx.prepare_cached(untitled)?.query_row([story.0], |row| row.get(0))?;
        if !elsewhere && !untitled {
            return Ok(());
        }
        let mut earliest = self.tx.prepare_cached(EARLIEST)?;
        let first: Option<(i64, String, String)> =
            earliest.query_row([story.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        if let Some((article, title, language)) = first {
            self.tx.prepare_cached(HEAD)?.execute(params![story.0, title, article, language])?;
        }
        Ok(())
    }

    fn tell_joined(
        &mut self,
        story: StoryId,
        article: ArticleId,
        place: &Place,
        original: Option<i64>,
        at: Timestamp,
    ) -> Result<()> {
        let mut body = json!({ "article": article, "outlet": place.outlet, "title": place.title });
        let kind = match original {
            Some(original) => {
                body["copy_of"] = original.into();
                "copy_folded"
            }
            None => "article_joined",
        };
        self.event(kind, Some(story), at, &body)?;
        Ok(())
    }

    /// Readers of either story hear of it.
    fn tell_both(
        &mut self,
        kind: &str,
        one: StoryId,
        other: StoryId,
        at: Timestamp,
        body: &serde_json::Value,
    ) -> Result<()> {
        self.event(kind, Some(one), at, body)?;
        self.event(kind, Some(other), at, body)?;
        Ok(())
    }

    fn lead(&self, sentences: &[(ArticleId, Span)]) -> Result<Vec<Lead>> {
        let mut lead = Vec::with_capacity(sentences.len());
        for (article, span) in sentences {
            lead.extend(self.lead_sentence(*article, *span)?);
        }
        Ok(lead)
    }
}

/// A rank that sorts: what is not a number is the least important.
fn finite(rank: f64) -> f64 {
    if rank.is_finite() { rank } else { 0.0 }
}

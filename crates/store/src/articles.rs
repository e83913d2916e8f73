//! Articles: kept when read, revised when their page or entry changed. What stood there before stays.

use crate::Writer;
use crate::column::{count, millis, related_from_json, spans_from_json, spans_to_json, to_json};
use crate::error::{Result, StoreError};
use jiff::Timestamp;
use news::{Article, ArticleId, EntryId, ImageLink, OutletId, StoryId};
use rusqlite::{OptionalExtension, Row, params};
use serde_json::json;

const OF_ENTRY: &str =
    "SELECT article.id, next_form FROM article JOIN entry ON entry.id = article.entry WHERE entry = ?1";
const ADD: &str =
    "INSERT INTO article (entry, outlet, at, seen_at, language, title, url, byline, dateline, teaser,
        published, updated, image_url, image_alt, claimed)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
const ADD_BODY: &str =
    "INSERT INTO body (article, title, summary, text, paragraphs, related) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const COUNT_OUTLET: &str = "UPDATE outlet SET articles = articles + 1,
    last_article_at = MAX(COALESCE(last_article_at, ?2), ?2) WHERE id = ?1";
const BEFORE: &str =
    "SELECT body.title, body.summary, text, story, outlet FROM body JOIN article ON id = article
    WHERE article = ?1";
const KEEP_OLD: &str = "INSERT INTO article_revision (article, number, at, title, summary, text, paragraphs)
    SELECT id, revisions, ?2, body.title, body.summary, text, paragraphs FROM article JOIN body ON article = id WHERE id = ?1";
/// Of an article that is changed again and again what it said between the first time and the last ones goes.
const FORGET_OLD: &str = "DELETE FROM article_revision WHERE article = ?1
    AND number BETWEEN 1 AND (SELECT revisions FROM article WHERE id = ?1) - 50";
const REVISE: &str = "UPDATE article SET revisions = revisions + 1, language = ?2, title = ?3, url = ?4, byline = ?5,
        dateline = ?6, teaser = ?7, published = ?8, updated = ?9, image_url = ?10, image_alt = ?11, claimed = ?12
    WHERE id = ?1";
const REVISE_BODY: &str = "UPDATE body SET title = ?2, summary = ?3, text = ?4, paragraphs = ?5, related = ?6
    WHERE article = ?1";
const ADD_CHANGE: &str = "INSERT INTO headline_change (article, at, before, after) VALUES (?1, ?2, ?3, ?4)";

const HAS_TEXT: &str = "SELECT 1 FROM body WHERE article = ?1 AND title = ?2 AND text = ?3";

/// Longest teaser made of a text, in characters.
const TEASER: usize = 280;

/// An article to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewArticle<'a> {
    /// The entry it was read from and which form of it ([`PendingEntry::revision`](crate::PendingEntry)).
    pub entry: Option<(EntryId, u32)>,
    pub outlet: OutletId,
    pub article: &'a Article,
    /// When it was published, never later than seen.
    pub at: Timestamp,
    pub seen_at: Timestamp,
}

impl Writer<'_> {
    /// Keeps an article. When its entry has one already, that one is revised, so that doing a thing twice does
    /// it once.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_article(&mut self, new: &NewArticle) -> Result<ArticleId> {
        if let Some((entry, form)) = new.entry {
            let known = self
                .tx
                .prepare_cached(OF_ENTRY)?
                .query_row([entry.0], |row| Ok((ArticleId(row.get(0)?), count(row, 1)?)))
                .optional()?;
            if let Some((id, next_form)) = known {
                // A form that was read twice must not come back over a later one.
                if form >= next_form {
                    self.revise_article(id, new)?;
                }
                return Ok(id);
            }
        }
        let id = self.add_article(new)?;
        self.done(new)?;
        Ok(id)
    }

    fn add_article(&mut self, new: &NewArticle) -> Result<ArticleId> {
        let article = new.article;
        let at = new.at.min(new.seen_at);
        let id = self.tx.prepare_cached(ADD)?.insert(params![
            new.entry.map(|(entry, _)| entry.0),
            new.outlet.0,
            millis(at),
            millis(new.seen_at),
            article.language.code(),
            article.title,
            article.url,
            article.byline,
            article.dateline,
            teaser(article),
            article.published.map(millis),
            article.updated.map(millis),
            article.image.as_ref().map(|image| &image.url),
            article.image.as_ref().and_then(|image| image.alt.as_ref()),
            article.outlet
        ])?;
        self.tx.prepare_cached(ADD_BODY)?.execute(params![
            id,
            article.title,
            article.summary,
            article.text,
            spans_to_json(&article.paragraphs)?,
            to_json("related headlines", &article.related)?
        ])?;
        self.unindexed.push(id);
        self.tx.prepare_cached(COUNT_OUTLET)?.execute(params![new.outlet.0, millis(at)])?;
        Ok(ArticleId(id))
    }

    /// Keeps what a changed article says now, beside what it said before; `new.seen_at` is when that was seen.
    /// `false` when title, summary and text are as they were.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such article.
    pub fn revise_article(&mut self, id: ArticleId, new: &NewArticle) -> Result<bool> {
        let before = self.before(id)?;
        let changed = before.differs(new.article);
        if changed {
            self.tx.prepare_cached(KEEP_OLD)?.execute(params![id.0, millis(new.seen_at)])?;
            self.tx.prepare_cached(FORGET_OLD)?.execute([id.0])?;
            self.put_new(id, new.article)?;
            if let Some(story) = before.story.filter(|_| before.text != new.article.text) {
                self.relocate_lead(story, id, &new.article.text)?;
            }
            self.tell_headline(id, &before, new)?;
        }
        self.done(new)?;
        Ok(changed)
    }

    /// Whether an article says this now: what was read of another form must not be kept with it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_text(&self, article: ArticleId, title: &str, text: &str) -> Result<bool> {
        let mut has = self.tx.prepare_cached(HAS_TEXT)?;
        Ok(has.exists(params![article.0, title, text])?)
    }

    /// Whether an article got another headline in the form that was seen at `seen_at`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn headline_changed(&self, id: ArticleId, seen_at: Timestamp) -> Result<bool> {
        let changed = "SELECT 1 FROM headline_change WHERE article = ?1 AND at = ?2";
        Ok(self.tx.prepare_cached(changed)?.exists(params![id.0, millis(seen_at)])?)
    }

    fn before(&self, id: ArticleId) -> Result<Before> {
        let mut find = self.tx.prepare_cached(BEFORE)?;
        let found = find.query_row([id.0], |row| {
            Ok(Before {
                title: row.get(0)?,
                summary: row.get(1)?,
                text: row.get(2)?,
                story: row.get::<_, Option<i64>>(3)?.map(StoryId),
                outlet: OutletId(row.get(4)?),
            })
        });
        found.optional()?.ok_or(StoreError::Missing { what: "article", id: id.0 })
    }

    fn put_new(&mut self, id: ArticleId, article: &Article) -> Result<()> {
        // What is not in the index cannot be changed there.
        self.index()?;
        self.tx.prepare_cached(REVISE)?.execute(params![
            id.0,
            article.language.code(),
            article.title,
            article.url,
            article.byline,
            article.dateline,
            teaser(article),
            article.published.map(millis),
            article.updated.map(millis),
            article.image.as_ref().map(|image| &image.url),
            article.image.as_ref().and_then(|image| image.alt.as_ref()),
            article.outlet
        ])?;
        self.tx.prepare_cached(REVISE_BODY)?.execute(params![
            id.0,
            article.title,
            article.summary,
            article.text,
            spans_to_json(&article.paragraphs)?,
            to_json("related headlines", &article.related)?
        ])?;
        Ok(())
    }

    fn tell_headline(&mut self, id: ArticleId, before: &Before, new: &NewArticle) -> Result<()> {
        let after = &new.article.title;
        if before.title == *after {
            return Ok(());
        }
        self.tx.prepare_cached(ADD_CHANGE)?.execute(params![
            id.0,
            millis(new.seen_at),
            before.title,
            after
        ])?;
        let body = json!({ "article": id, "outlet": before.outlet, "before": before.title, "after": after });
        self.event("headline_changed", before.story, new.seen_at, &body)?;
        Ok(())
    }

    fn done(&mut self, new: &NewArticle) -> Result<()> {
        match new.entry {
            Some((entry, revision)) => self.entry_done(entry, revision),
            None => Ok(()),
        }
    }
}

struct Before {
    title: String,
    summary: Option<String>,
    text: String,
    story: Option<StoryId>,
    outlet: OutletId,
}

impl Before {
    fn differs(&self, now: &Article) -> bool {
        self.title != now.title || self.text != now.text || self.summary != now.summary
    }
}

/// The publisher's summary, else the beginning of the text up to the end of a sentence or word.
fn teaser(article: &Article) -> Option<String> {
    let summary = article.summary.as_deref().map(str::trim).filter(|summary| !summary.is_empty());
    let first = article.paragraphs.first().map(|span| span.of(&article.text));
    let words = summary.or(first)?.trim();
    let Some((cut, _)) = words.char_indices().nth(TEASER) else {
        return Some(words.to_owned()).filter(|words| !words.is_empty());
    };
    let head = words.get(..cut)?;
    let sentence = head.rfind(". ").or_else(|| head.rfind("? ")).filter(|end| *end > TEASER / 3);
    Some(match sentence.and_then(|end| head.get(..=end)) {
        Some(sentence) => sentence.to_owned(),
        None => format!("{} …", head.rsplit_once(' ').map_or(head, |(words, _)| words).trim_end()),
    })
}

/// The columns from which [`article_of`] makes an article again, from tables `article` and `body`.
pub(crate) const WHOLE: &str =
    "article.language, article.title, url, byline, dateline, published, updated, image_url,
    image_alt, claimed, body.summary, text, paragraphs, body.related";

/// An article as it was given to be kept; [`WHOLE`] begins at column `from`.
pub(crate) fn article_of(row: &Row, from: usize) -> Result<Article> {
    let word = |at: usize| row.get_ref(from + at)?.as_str().map_err(rusqlite::Error::from);
    let alt: Option<String> = row.get(from + 8)?;
    Ok(Article {
        language: crate::column::language(row, from)?,
        title: row.get(from + 1)?,
        url: row.get(from + 2)?,
        byline: row.get(from + 3)?,
        dateline: row.get(from + 4)?,
        published: crate::column::maybe_at(row, from + 5)?,
        updated: crate::column::maybe_at(row, from + 6)?,
        image: row.get::<_, Option<String>>(from + 7)?.map(|url| ImageLink { url, alt }),
        outlet: row.get(from + 9)?,
        summary: row.get(from + 10)?,
        text: row.get(from + 11)?,
        paragraphs: spans_from_json(word(12)?)?,
        related: related_from_json(word(13)?)?,
    })
}

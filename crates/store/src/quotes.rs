//! Quotes as places in the stored text of articles: kept with their article, replaced when it changes.

use crate::Writer;
use crate::column::{from_json, millis, spans_from_json, spans_to_json};
use crate::error::{Result, StoreError};
use jiff::Timestamp;
use news::{ActorId, ArticleId, Attribution, QuoteId, QuoteKind, SayingId, Span, StoryId};
use rusqlite::{Rows, params};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

const BODY: &str = "SELECT CASE ?2 WHEN 1 THEN title ELSE text END FROM body WHERE article = ?1";
const ADD: &str =
    "INSERT INTO quote (article, saying, actor, key, at, in_title, sort, content, source, cue, addressee,
        occasion, negated, confidence, denies)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
const ADD_PRINT: &str = "INSERT OR IGNORE INTO quote_print (print, quote) VALUES (?1, ?2)";
const ADD_SAYING: &str = "INSERT INTO saying (at) VALUES (?1)";
const SAYINGS_OF: &str = "SELECT DISTINCT saying FROM quote WHERE article = ?1";
const DROP_PRINTS: &str = "DELETE FROM quote_print WHERE quote IN (SELECT id FROM quote WHERE article = ?1)";
const DROP: &str = "DELETE FROM quote WHERE article = ?1";
const DROP_EMPTY: &str =
    "DELETE FROM saying WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM quote WHERE saying = ?1)
    AND NOT EXISTS (SELECT 1 FROM quote WHERE denies = ?1)";
const UNDENY: &str =
    "UPDATE quote SET denies = NULL WHERE denies = ?1 AND NOT EXISTS (SELECT 1 FROM quote WHERE saying = ?1)";
const PRINTED: &str = "SELECT quote FROM quote_print WHERE print = ?1";
const SAYING: &str = "SELECT saying FROM quote WHERE id = ?1";
const QUOTE: &str =
    "SELECT saying, actor, article, in_title, content, sort, cue, negated FROM quote WHERE id = ?1";
const SAID_IN: &str =
    "SELECT saying, actor, article, in_title, content, sort, cue, negated FROM quote WHERE article IN
    (SELECT id FROM article WHERE story = ?1 AND copy_of IS NULL ORDER BY at DESC, id DESC LIMIT 100)
    AND at <= ?2 AND article <> ?3 AND negated = 0 ORDER BY id LIMIT 1000";

/// Quotes that share prints are looked at up to so many, those that share most, and sayings of theirs.
const SHARING_MOST: usize = 64;
const LIKELY_MOST: usize = 8;

/// A statement to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewQuote<'a> {
    pub attribution: &'a Attribution,
    /// Its spans are places in the headline.
    pub in_title: bool,
    /// `None` begins a saying of its own.
    pub saying: Option<SayingId>,
    /// An earlier quote of the same list with whose saying it goes.
    pub same_as: Option<usize>,
    pub actor: Option<ActorId>,
    /// Comparable key of the name or office that the actor was found by.
    pub key: Option<&'a str>,
    /// Where the same words are looked up.
    pub prints: &'a [u32],
    pub denies: Option<SayingId>,
}

/// A quote that was kept before, for comparing words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidBefore {
    pub saying: SayingId,
    pub actor: Option<ActorId>,
    /// The words, as they stand in the article.
    pub content: Vec<String>,
    pub kind: QuoteKind,
    /// The words that give them: "said", "denied".
    pub cue: String,
    pub negated: bool,
}

impl Writer<'_> {
    /// Replaces the quotes of an article. One of which a span is no place in the article's text is refused:
    /// nothing may stand as somebody's words that no article has.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such article, [`StoreError::NoPlace`] for a wrong span.
    pub fn keep_quotes(&mut self, article: ArticleId, quotes: &[NewQuote]) -> Result<Vec<QuoteId>> {
        let ground = self.ground(article)?;
        let before = self.drop_quotes(article)?;
        let mut kept = Vec::with_capacity(quotes.len());
        for quote in quotes {
            check(quote.attribution, ground.words(quote.in_title), article)?;
            let with = quote.same_as.and_then(|earlier| kept.get(earlier)).map(|(_, saying)| *saying);
            kept.push(self.keep_quote(article, ground.at, quote, quote.saying.or(with))?);
        }
        self.drop_empty_sayings(&before)?;
        Ok(kept.into_iter().map(|(id, _)| id).collect())
    }

    fn keep_quote(
        &mut self,
        article: ArticleId,
        at: i64,
        quote: &NewQuote,
        saying: Option<SayingId>,
    ) -> Result<(QuoteId, SayingId)> {
        let saying = match saying {
            Some(saying) => saying.0,
            None => self.tx.prepare_cached(ADD_SAYING)?.insert([at])?,
        };
        let said = quote.attribution;
        let id = self.tx.prepare_cached(ADD)?.insert(params![
            article.0,
            saying,
            quote.actor.map(|actor| actor.0),
            quote.key,
            at,
            quote.in_title,
            said.kind.word(),
            spans_to_json(&said.content)?,
            spans_to_json(&said.source)?,
            spans_to_json(&said.cue)?,
            spans_to_json(said.addressee.as_slice())?,
            spans_to_json(said.occasion.as_slice())?,
            said.negated,
            f64::from(said.confidence),
            quote.denies.map(|saying| saying.0)
        ])?;
        let mut add = self.tx.prepare_cached(ADD_PRINT)?;
        for print in quote.prints {
            add.execute(params![print, id])?;
        }
        Ok((QuoteId(id), SayingId(saying)))
    }

    /// Quotes of other sayings (and of the article's own, before it changed) that share some of `prints` and are of
    /// somebody who `fits`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn said_before(
        &self,
        prints: &[u32],
        fits: impl Fn(Option<ActorId>) -> bool,
    ) -> Result<Vec<SaidBefore>> {
        let mut quotes = Vec::new();
        let mut find = self.tx.prepare_cached(QUOTE)?;
        for quote in self.likely(prints)? {
            self.quotes_of(find.query([quote])?, &fits, &mut quotes)?;
        }
        Ok(quotes)
    }

    /// The first quote of each saying that shares a print, of the sayings that share most; in order. Most quotes share
    /// none: that is found out by a look for each print, which costs less than one statement that counts.
    fn likely(&self, prints: &[u32]) -> Result<Vec<i64>> {
        let mut printed = self.tx.prepare_cached(PRINTED)?;
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        for print in prints.iter().collect::<BTreeSet<_>>() {
            let mut rows = printed.query([print])?;
            while let Some(row) = rows.next()? {
                *shared.entry(row.get(0)?).or_default() += 1;
            }
        }
        let mut shared: Vec<(i64, usize)> = shared.into_iter().collect();
        shared.sort_by_key(|(quote, shared)| (Reverse(*shared), *quote));
        shared.truncate(SHARING_MOST);
        // What a saying shares at most comes first, as does its number; its first quote may come later.
        let mut saying_of = self.tx.prepare_cached(SAYING)?;
        let mut sayings: BTreeMap<i64, (usize, i64)> = BTreeMap::new();
        for (quote, shared) in shared {
            let saying = saying_of.query_row([quote], |row| row.get(0))?;
            let (_, first) = sayings.entry(saying).or_insert((shared, quote));
            *first = quote.min(*first);
        }
        let mut sayings: Vec<(i64, (usize, i64))> = sayings.into_iter().collect();
        sayings.sort_by_key(|(saying, (shared, _))| (Reverse(*shared), *saying));
        let mut firsts: Vec<i64> =
            sayings.into_iter().take(LIKELY_MOST).map(|(_, (_, first))| first).collect();
        firsts.sort_unstable();
        Ok(firsts)
    }

    /// What was said in a story up to a time, in other articles than `article`; copies left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn said_in_story(
        &self,
        story: StoryId,
        until: Timestamp,
        article: ArticleId,
    ) -> Result<Vec<SaidBefore>> {
        let mut find = self.tx.prepare_cached(SAID_IN)?;
        let mut quotes = Vec::new();
        self.quotes_of(find.query(params![story.0, millis(until), article.0])?, &|_| true, &mut quotes)?;
        Ok(quotes)
    }

    fn quotes_of(
        &self,
        mut rows: Rows,
        fits: &impl Fn(Option<ActorId>) -> bool,
        quotes: &mut Vec<SaidBefore>,
    ) -> Result<()> {
        let mut body = self.tx.prepare_cached(BODY)?;
        while let Some(row) = rows.next()? {
            let actor = row.get::<_, Option<i64>>(1)?.map(ActorId);
            // Texts are long: only that of a quote that can be the one is read.
            if !fits(actor) {
                continue;
            }
            let place: (i64, bool) = (row.get(2)?, row.get(3)?);
            let text: String = body.query_row(place, |row| row.get(0))?;
            let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
            let (spans, cue) = (spans_from_json(word(4)?)?, spans_from_json(word(6)?)?);
            quotes.push(SaidBefore {
                saying: SayingId(row.get(0)?),
                actor,
                content: spans.into_iter().map(|span| span.of(&text).to_owned()).collect(),
                kind: QuoteKind::from_word(word(5)?).unwrap_or(QuoteKind::Indirect),
                cue: cue.first().map(|span| span.of(&text).to_owned()).unwrap_or_default(),
                negated: row.get(7)?,
            });
        }
        Ok(())
    }

    /// Takes an article's quotes away; the sayings that they were of.
    fn drop_quotes(&mut self, article: ArticleId) -> Result<BTreeSet<i64>> {
        let mut find = self.tx.prepare_cached(SAYINGS_OF)?;
        let sayings = find.query_map([article.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        drop(find);
        self.tx.prepare_cached(DROP_PRINTS)?.execute([article.0])?;
        self.tx.prepare_cached(DROP)?.execute([article.0])?;
        Ok(sayings)
    }

    fn drop_empty_sayings(&mut self, sayings: &BTreeSet<i64>) -> Result<()> {
        for saying in sayings {
            self.tx.prepare_cached(UNDENY)?.execute([saying])?;
            self.tx.prepare_cached(DROP_EMPTY)?.execute([saying])?;
        }
        Ok(())
    }
}

/// Every span is a place in the text, and there is content.
fn check(said: &Attribution, text: &str, article: ArticleId) -> Result<()> {
    let single = [said.addressee, said.occasion];
    let mut all = said.content.iter().chain(&said.source).chain(&said.cue).chain(single.iter().flatten());
    if said.content.is_empty() || all.any(|span| span.of(text).is_empty()) {
        return Err(StoreError::NoPlace { article: article.0 });
    }
    Ok(())
}

/// A span kept as a list of one or none.
pub(crate) fn one_span(json: &str) -> Result<Option<Span>> {
    let pairs: Vec<(u32, u32)> = if json == "[]" { Vec::new() } else { from_json("spans", json)? };
    Ok(pairs.first().map(|(start, end)| Span { start: *start, end: *end }))
}

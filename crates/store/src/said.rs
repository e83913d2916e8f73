//! Sayings read back: of a story, of an actor, by words. What is shown is cut out of the stored text here.

use crate::Store;
use crate::actors::kind_of;
use crate::column::{at, big_count, language, maybe_story_ref, size, spans_from_json, to_json};
use crate::error::Result;
use crate::quotes::one_span;
use crate::search::Alone;
use crate::view::{ActorCard, ActorView, AliasView, PlaceView, SaidPage, SayingRef, SayingView, Speaker};
use news::{ActorId, ArticleId, QuoteKind, SayingId, Span, StoryId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The newest sayings of a story.
const OF_STORY: &str = "SELECT saying, MIN(quote.at) AS first FROM quote WHERE article IN
        (SELECT id FROM article WHERE story = ?1 ORDER BY at DESC, id DESC LIMIT 2000)
    GROUP BY saying ORDER BY first DESC, saying DESC";
const OF_ACTOR: &str = "SELECT saying, MIN(at) AS first FROM quote WHERE actor = ?1 GROUP BY saying ORDER BY first DESC, saying DESC";
const OF_ACTOR_IN_STORY: &str =
    "SELECT saying, MIN(quote.at) AS first FROM quote JOIN article ON article.id = article
    WHERE actor = ?1 AND story = ?2 GROUP BY saying ORDER BY first DESC, saying DESC";
/// Sayings whose articles have all the words; whether the quotes have them is looked at in their text.
const MATCHING: &str = "SELECT saying, MIN(at) AS first FROM quote WHERE actor = ?1 AND article IN
        (SELECT rowid FROM article_fts WHERE article_fts MATCH ?2)
    GROUP BY saying ORDER BY first DESC, saying DESC LIMIT 2000";
const QUOTE: &str =
    "quote.saying, quote.actor, quote.article, in_title, sort, content, source, cue, addressee, occasion,
    negated, confidence, quote.at, outlet.name, family, url, article.language, copy_of, story.id, story.title,
    story.language, denies";
const TABLES: &str = "quote JOIN article ON article.id = quote.article JOIN outlet ON outlet.id = outlet
    LEFT JOIN story ON story.id = article.story";
const TEXTS: &str = "SELECT title, text FROM body WHERE article = ?1";
const SPEAKER: &str =
    "SELECT id, name, sort, (SELECT text FROM actor_alias WHERE actor = actor.id AND office = 1
        ORDER BY instr(text, ' ') = 0, last_at DESC, key LIMIT 1) FROM actor WHERE id = ?1";
const REDIRECT: &str = "SELECT redirect_to FROM actor WHERE id = ?1";
const DENIED_BY: &str = "SELECT DISTINCT saying FROM quote WHERE denies = ?1 ORDER BY saying LIMIT 5";
const TOTALS: &str = "SELECT COUNT(DISTINCT saying), COUNT(DISTINCT article) FROM quote WHERE actor = ?1";
const TIMES: &str = "SELECT first_at, last_at FROM actor WHERE id = ?1";
const ALIASES: &str = "SELECT key, text, article, last_at, decided, office FROM actor_alias WHERE actor = ?1
    ORDER BY last_at DESC, key LIMIT 100";
const ACTOR_CALLED: &str = "SELECT DISTINCT actor FROM actor_alias WHERE key = ?1 AND office = 0 LIMIT 2";
const ACTORS_FOUND: &str = "SELECT DISTINCT actor FROM actor_alias
    WHERE office = 0 AND (text LIKE ?1 ESCAPE '\\' OR key LIKE ?1 ESCAPE '\\') LIMIT 500";
/// Others who have a last word of a name in common, who were heard of last first.
const ALIKE: &str =
    "SELECT other.actor FROM actor_alias AS own JOIN actor_alias AS other ON other.last_word = own.last_word
    WHERE own.actor = ?1 AND own.office = 0 AND other.office = 0 AND other.actor <> ?1
    GROUP BY other.actor ORDER BY MAX(other.last_at) DESC, other.actor LIMIT ?2";
const ACTORS_NOW: &str = "SELECT actor FROM quote WHERE actor IS NOT NULL AND at >= ?1 - 7 * 86400000
    GROUP BY actor ORDER BY COUNT(DISTINCT saying) DESC, actor LIMIT 500";
const NEWEST: &str = "SELECT COALESCE(MAX(at), 0) FROM quote";
const ACTOR_COUNT: &str = "SELECT COUNT(DISTINCT saying), COALESCE(MAX(at), 0) FROM quote WHERE actor = ?1";

/// Quotes of one saying that are looked at.
const MOST_PLACES: usize = 60;
/// Bytes of the words that lead from a cue to what is said.
const LONGEST_LEAD: usize = 120;
/// Sayings in one page at most.
const MOST: usize = 1_000;

/// Which sayings of an actor.
#[derive(Clone, Debug, Default)]
pub struct SayingsQuery {
    /// Words that must all stand in the quote; empty for no condition.
    pub text: String,
    pub story: Option<StoryId>,
    pub limit: usize,
    pub offset: usize,
}

/// Which actors.
#[derive(Clone, Debug, Default)]
pub struct ActorQuery {
    /// A part of a name; empty for those who said most lately.
    pub name: String,
    pub limit: usize,
}

impl Store {
    /// The newest `limit` sayings of a story, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_sayings(&self, story: StoryId, limit: usize) -> Result<SaidPage> {
        self.read(|db| {
            let ids = column(db, OF_STORY, [story.0])?;
            let total = ids.len() as u64;
            Ok(SaidPage { sayings: whole(db, ids.into_iter().take(limit.min(MOST)), Some(story))?, total })
        })
    }

    /// What an actor said, newest first.
    ///
    /// # Errors
    /// [`StoreError::TooLong`](crate::StoreError::TooLong) when words are asked for and it is given up, and those of the
    /// database.
    pub fn actor_sayings(&self, actor: ActorId, query: &SayingsQuery) -> Result<SaidPage> {
        if query.text.trim().is_empty() {
            return self.read(|db| {
                let ids = match query.story {
                    Some(story) => column(db, OF_ACTOR_IN_STORY, [actor.0, story.0])?,
                    None => column(db, OF_ACTOR, [actor.0])?,
                };
                let total = ids.len() as u64;
                let shown = ids.into_iter().skip(query.offset).take(query.limit.min(MOST));
                Ok(SaidPage { sayings: whole(db, shown, query.story)?, total })
            });
        }
        self.read_briefly(|db| {
            let ids = match (query.story, crate::search::matching(&query.text)) {
                (Some(story), _) => column(db, OF_ACTOR_IN_STORY, [actor.0, story.0])?,
                (None, Some(matching)) => column(db, MATCHING, params![actor.0, matching])?,
                (None, None) => column(db, OF_ACTOR, [actor.0])?,
            };
            let sayings = whole(db, ids.into_iter(), query.story)?;
            let quotes = Alone::texts(sayings.iter().map(|saying| saying.content.join(" ")))?;
            let having = quotes.having(&query.text)?;
            let found = sayings.into_iter().zip(&having).filter_map(|(saying, has)| has.then_some(saying));
            let shown = found.skip(query.offset).take(query.limit.min(MOST)).collect();
            Ok(SaidPage { sayings: shown, total: having.iter().filter(|has| **has).count() as u64 })
        })
    }

    /// Others who may be the same as an actor: they are called by the same last word.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actors_alike(&self, actor: ActorId, limit: usize) -> Result<Vec<ActorCard>> {
        self.read(|db| cards(db, column(db, ALIKE, params![actor.0, size(limit)])?))
    }

    /// An actor, and where a merged one went.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actor(&self, id: ActorId) -> Result<Option<ActorView>> {
        self.read(|db| {
            let redirect: Option<Option<i64>> =
                db.prepare_cached(REDIRECT)?.query_row([id.0], |row| row.get(0)).optional()?;
            match redirect {
                None => Ok(None),
                Some(into) => actor(db, into.unwrap_or(id.0)),
            }
        })
    }

    /// The one actor whose name has this comparable key; none when several have it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actor_called(&self, key: &str) -> Result<Option<ActorId>> {
        self.read(|db| {
            let called = column(db, ACTOR_CALLED, [key])?;
            Ok(if let [only] = called.as_slice() { Some(ActorId(*only)) } else { None })
        })
    }

    /// Actors by a part of their name, or those who said most in the last week.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actors(&self, query: &ActorQuery) -> Result<Vec<ActorCard>> {
        self.read(|db| {
            let name = query.name.trim();
            let found: Vec<i64> = if name.is_empty() {
                let newest: i64 = db.prepare_cached(NEWEST)?.query_row([], |row| row.get(0))?;
                column(db, ACTORS_NOW, [newest])?
            } else {
                column(db, ACTORS_FOUND, [like(name)])?
            };
            let mut cards = cards(db, found)?;
            if !name.is_empty() {
                cards.sort_by_key(|card| (std::cmp::Reverse(card.sayings), card.actor.id));
            }
            cards.truncate(query.limit);
            Ok(cards)
        })
    }
}

/// A part of a name as a pattern.
fn like(name: &str) -> String {
    let mut pattern = String::from("%");
    for c in name.chars().take(100) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn column(db: &Connection, sql: &str, which: impl rusqlite::Params) -> Result<Vec<i64>> {
    let mut find = db.prepare_cached(sql)?;
    let rows = find.query_map(which, |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of these actors who said something.
fn cards(db: &Connection, ids: Vec<i64>) -> Result<Vec<ActorCard>> {
    ids.into_iter().filter_map(|id| card(db, id).transpose()).collect()
}

fn card(db: &Connection, id: i64) -> Result<Option<ActorCard>> {
    let Some(actor) = speaker(db, id)? else { return Ok(None) };
    let (sayings, last_at) =
        db.prepare_cached(ACTOR_COUNT)?.query_row([id], |row| Ok((big_count(row, 0)?, at(row, 1)?)))?;
    Ok((sayings > 0).then_some(ActorCard { actor, sayings, last_at }))
}

fn actor(db: &Connection, id: i64) -> Result<Option<ActorView>> {
    let Some(actor) = speaker(db, id)? else { return Ok(None) };
    let (sayings, articles) =
        db.prepare_cached(TOTALS)?.query_row([id], |row| Ok((big_count(row, 0)?, big_count(row, 1)?)))?;
    let (first_at, last_at) =
        db.prepare_cached(TIMES)?.query_row([id], |row| Ok((at(row, 0)?, at(row, 1)?)))?;
    let (mut names, mut offices) = (Vec::new(), Vec::new());
    let mut aliases = db.prepare_cached(ALIASES)?;
    let mut rows = aliases.query([id])?;
    while let Some(row) = rows.next()? {
        let alias = AliasView {
            key: row.get(0)?,
            text: row.get(1)?,
            article: row.get::<_, Option<i64>>(2)?.map(ArticleId),
            last_at: at(row, 3)?,
            decided: row.get(4)?,
        };
        if row.get(5)? { offices.push(alias) } else { names.push(alias) }
    }
    Ok(Some(ActorView { actor, names, offices, sayings, articles, first_at, last_at }))
}

pub(crate) fn speaker(db: &Connection, id: i64) -> Result<Option<Speaker>> {
    let mut find = db.prepare_cached(SPEAKER)?;
    let found = find.query_row([id], |row| {
        Ok(Speaker {
            id: ActorId(row.get(0)?),
            name: row.get(1)?,
            kind: kind_of(row.get_ref(2)?.as_str()?),
            office: row.get(3)?,
        })
    });
    Ok(found.optional()?)
}

/// One quote as its row tells it.
struct Quote {
    saying: i64,
    actor: Option<i64>,
    in_title: bool,
    kind: QuoteKind,
    content: Vec<Span>,
    source: Vec<Span>,
    cue: Vec<Span>,
    addressee: Option<Span>,
    occasion: Option<Span>,
    negated: bool,
    confidence: f32,
    family: String,
    copy: bool,
    denies: Option<i64>,
    place: PlaceView,
}

/// Texts that were read for this page.
#[derive(Default)]
struct Texts(HashMap<i64, (String, String)>);

impl Texts {
    fn of(&mut self, db: &Connection, quote: &Quote) -> Result<&str> {
        let (title, text) = match self.0.entry(quote.place.article.0) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let mut find = db.prepare_cached(TEXTS)?;
                place.insert(find.query_row([quote.place.article.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
            }
        };
        Ok(if quote.in_title { title } else { text })
    }
}

/// The sayings of these ids, whole, in order; quotes in `story` are preferred to show.
fn whole(db: &Connection, ids: impl Iterator<Item = i64>, story: Option<StoryId>) -> Result<Vec<SayingView>> {
    let ids: Vec<i64> = ids.collect();
    let mut quotes: HashMap<i64, Vec<Quote>> = HashMap::new();
    for quote in quotes_of(db, &ids)? {
        let places = quotes.entry(quote.saying).or_default();
        if places.len() < MOST_PLACES {
            places.push(quote);
        }
    }
    let (mut texts, mut speakers) = (Texts::default(), BTreeMap::new());
    let mut sayings = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(places) = quotes.remove(&id) else { continue };
        sayings.push(saying(db, id, &places, story, &mut texts, &mut speakers)?);
    }
    Ok(sayings)
}

fn quotes_of(db: &Connection, sayings: &[i64]) -> Result<Vec<Quote>> {
    let sql = format!(
        "SELECT {QUOTE} FROM {TABLES} WHERE quote.saying IN (SELECT value FROM json_each(?1))
        ORDER BY quote.at, quote.id"
    );
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = find.query([to_json("sayings", &sayings)?])?;
    let mut quotes = Vec::new();
    while let Some(row) = rows.next()? {
        quotes.push(quote_of(row)?);
    }
    Ok(quotes)
}

fn quote_of(row: &Row) -> Result<Quote> {
    let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let content = spans_from_json(word(5)?)?;
    let in_title = row.get(3)?;
    Ok(Quote {
        saying: row.get(0)?,
        actor: row.get(1)?,
        in_title,
        kind: QuoteKind::from_word(word(4)?).unwrap_or(QuoteKind::Indirect),
        source: spans_from_json(word(6)?)?,
        cue: spans_from_json(word(7)?)?,
        addressee: one_span(word(8)?)?,
        occasion: one_span(word(9)?)?,
        negated: row.get(10)?,
        confidence: row.get::<_, f64>(11)? as f32,
        family: row.get(14)?,
        copy: row.get::<_, Option<i64>>(17)?.is_some(),
        denies: row.get(21)?,
        place: PlaceView {
            article: ArticleId(row.get(2)?),
            in_title,
            spans: content.clone(),
            outlet_name: row.get(13)?,
            url: row.get(15)?,
            language: language(row, 16)?,
            at: at(row, 12)?,
            story: maybe_story_ref(row, 18)?,
            differs: None,
        },
        content,
    })
}

/// The words from a cue up to what it leads to, on one line.
fn lead(text: &str, quote: &Quote) -> Option<String> {
    let (cue, first) = (quote.cue.first()?, quote.content.first()?);
    let leads = quote.kind != QuoteKind::Direct && cue.end <= first.start;
    let words = Span::new(cue.start as usize, first.start as usize).of(text).trim_end();
    (leads && words.len() <= LONGEST_LEAD && !words.contains('\n')).then(|| words.to_owned())
}

fn saying(
    db: &Connection,
    id: i64,
    quotes: &[Quote],
    story: Option<StoryId>,
    texts: &mut Texts,
    speakers: &mut BTreeMap<i64, Option<Speaker>>,
) -> Result<SayingView> {
    let shown = best(quotes, story);
    let quote = &quotes[shown];
    let text = texts.of(db, quote)?;
    let one = |spans: &[Span]| spans.first().map(|span| span.of(text).to_owned());
    let content: Vec<String> = quote.content.iter().map(|span| span.of(text).to_owned()).collect();
    let (source, cue) = (one(&quote.source), one(&quote.cue));
    let lead = lead(text, quote);
    let (addressee, occasion) = (one(quote.addressee.as_slice()), one(quote.occasion.as_slice()));
    let named = quotes.iter().find_map(|quote| quote.actor);
    let families: HashSet<&str> =
        quotes.iter().filter(|quote| !quote.copy).map(|quote| quote.family.as_str()).collect();
    let mut others = Vec::new();
    for (index, other) in quotes.iter().enumerate().filter(|(_, other)| !other.copy) {
        // A headline that repeats the article's own text is no second report.
        let own = other.place.article == quote.place.article;
        if index != shown && !own {
            let text = texts.of(db, other)?;
            let words: Vec<String> = other.content.iter().map(|span| span.of(text).to_owned()).collect();
            let differs = (bare(&words) != bare(&content)).then_some(words);
            others.push(PlaceView { differs, ..other.place.clone() });
        }
    }
    let denied = quotes.iter().find_map(|quote| quote.denies);
    Ok(SayingView {
        id: SayingId(id),
        speaker: named.map(|actor| known(db, actor, speakers)).transpose()?.flatten(),
        kind: quote.kind,
        source,
        cue,
        lead,
        addressee,
        occasion,
        negated: quote.negated,
        confidence: quote.confidence,
        at: quotes.first().map_or(quote.place.at, |first| first.place.at),
        place: quote.place.clone(),
        others,
        copies: u32::try_from(quotes.iter().filter(|quote| quote.copy && !quote.in_title).count())
            .unwrap_or(u32::MAX),
        families: u32::try_from(families.len().max(1)).unwrap_or(u32::MAX),
        denies: denied.map(|denied| reference(db, denied, texts, speakers)).transpose()?.flatten(),
        denied_by: column(db, DENIED_BY, [id])?
            .into_iter()
            .filter_map(|by| reference(db, by, texts, speakers).transpose())
            .collect::<Result<_>>()?,
        content,
    })
}

/// The quote that is shown: of this story, with a speaker, no copy, the longest; the first of several.
fn best(quotes: &[Quote], story: Option<StoryId>) -> usize {
    let length = |quote: &Quote| quote.content.iter().map(|span| span.len()).sum::<usize>();
    let here = |quote: &Quote| story.is_none() || quote.place.story.as_ref().map(|story| story.id) == story;
    let rank =
        |quote: &Quote| (here(quote), !quote.copy, quote.actor.is_some(), !quote.in_title, length(quote));
    (0..quotes.len()).rev().max_by_key(|at| rank(&quotes[*at])).unwrap_or(0)
}

fn known(
    db: &Connection,
    actor: i64,
    speakers: &mut BTreeMap<i64, Option<Speaker>>,
) -> Result<Option<Speaker>> {
    if let Some(known) = speakers.get(&actor) {
        return Ok(known.clone());
    }
    let found = speaker(db, actor)?;
    speakers.insert(actor, found.clone());
    Ok(found)
}

fn reference(
    db: &Connection,
    saying: i64,
    texts: &mut Texts,
    speakers: &mut BTreeMap<i64, Option<Speaker>>,
) -> Result<Option<SayingRef>> {
    let quotes = quotes_of(db, &[saying])?;
    let Some(quote) = quotes.get(best(&quotes, None)) else { return Ok(None) };
    let text = texts.of(db, quote)?;
    Ok(Some(SayingRef {
        id: SayingId(saying),
        content: quote.content.iter().map(|span| span.of(text).to_owned()).collect(),
        language: quote.place.language,
        speaker: quote.actor.map(|actor| known(db, actor, speakers)).transpose()?.flatten(),
        article: quote.place.article,
        in_title: quote.in_title,
        spans: quote.content.clone(),
        outlet_name: quote.place.outlet_name.clone(),
        at: quote.place.at,
    }))
}

/// Letters and digits of the words: marks and commas that a desk changed are no difference.
fn bare(words: &[String]) -> String {
    words
        .iter()
        .flat_map(|words| words.chars())
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

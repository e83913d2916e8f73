//! Places named in articles: kept with their article, replaced when it changes. A place is kept with its name and its
//! point, so that no page needs the atlas.

use crate::Writer;
use crate::error::Result;
use news::{ArticleId, Place, PlaceMention, Span};
use rusqlite::params;
use std::collections::BTreeSet;

const DROP: &str = "DELETE FROM mention WHERE article = ?1";
const ADD: &str = "INSERT INTO mention (article, in_title, start, stop, sentence_start, sentence_stop, place, name, confidence)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const KNOW: &str = "INSERT INTO place (id, name, key, sort, country, region, latitude, longitude, population)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = excluded.key, sort = excluded.sort, country = excluded.country,
        region = excluded.region, latitude = excluded.latitude, longitude = excluded.longitude,
        population = excluded.population
    WHERE name <> excluded.name OR latitude <> excluded.latitude OR longitude <> excluded.longitude";

/// The places that an article names, in its headline and in its text.
#[derive(Clone, Copy, Debug)]
pub struct NewMentions<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub in_title: &'a [PlaceMention],
    pub in_text: &'a [PlaceMention],
    /// The comparable key of a place's name.
    pub key_of: fn(&str) -> String,
    /// Sentences of the text: a mention is shown in its own.
    pub sentences: &'a [Span],
}

impl Writer<'_> {
    /// Replaces the places of an article.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_places(&mut self, article: ArticleId, new: &NewMentions) -> Result<()> {
        self.tx.prepare_cached(DROP)?.execute([article.0])?;
        let mut known = BTreeSet::new();
        for place in new.in_title.iter().chain(new.in_text).filter_map(|mention| mention.place.as_ref()) {
            if known.insert(place.id.0) {
                self.know_place(place, &(new.key_of)(&place.name))?;
            }
        }
        let whole = [Span::new(0, new.title.len())];
        for mention in new.in_title {
            self.keep_mention(article, (true, new.title), mention, &whole)?;
        }
        for mention in new.in_text {
            self.keep_mention(article, (false, new.text), mention, new.sentences)?;
        }
        Ok(())
    }

    fn keep_mention(
        &mut self,
        article: ArticleId,
        (in_title, text): (bool, &str),
        mention: &PlaceMention,
        sentences: &[Span],
    ) -> Result<()> {
        let words = mention.span.of(text);
        if words.is_empty() {
            return Ok(());
        }
        let sentence = mention.span.begun_in(sentences).unwrap_or(mention.span);
        self.tx.prepare_cached(ADD)?.execute(params![
            article.0,
            in_title,
            mention.span.start,
            mention.span.end,
            sentence.start,
            sentence.end,
            mention.place.as_ref().map(|place| place.id.0),
            words,
            f64::from(mention.confidence)
        ])?;
        Ok(())
    }

    fn know_place(&mut self, place: &Place, key: &str) -> Result<()> {
        self.tx.prepare_cached(KNOW)?.execute(params![
            place.id.0,
            place.name,
            key,
            place.kind.code(),
            place.country,
            place.region,
            place.latitude,
            place.longitude,
            place.population
        ])?;
        Ok(())
    }
}

//! A development that one more independent family has: its families, its weight, its evidence, and deliveries to
//! those who asked for so many or for so much, and only to those: who was told is not told again, and who follows since
//! then has read what was there.

use crate::Writer;
use crate::column::count;
use crate::developments::{MOST_EVIDENCE, NewDevelopment};
use crate::error::{Result, StoreError};
use jiff::Timestamp;
use news::{ArticleId, DevelopmentId, DevelopmentKind, Evidence, StoryId, Target, Weight};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

const FIND: &str = "SELECT story, kind, weight, families FROM development WHERE id = ?1";
const RAISE: &str = "UPDATE development SET families = ?2, weight = ?3 WHERE id = ?1";
const CONCERNS: &str = "SELECT kind, target FROM concern WHERE development = ?1";
const FIRST: &str = "SELECT article FROM evidence WHERE development = ?1 AND position = 0";
const NEXT: &str = "SELECT COUNT(*) FROM evidence WHERE development = ?1";

impl Writer<'_> {
    /// One more family has a development. Neither families nor weight ever go down. Returns to how many receivers
    /// it goes now that it did not go to before.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when development or article is not there.
    pub fn support_development(
        &mut self,
        id: DevelopmentId,
        families: u32,
        weight: Weight,
        evidence: Evidence,
        at: Timestamp,
    ) -> Result<usize> {
        let found = self.tx.prepare_cached(FIND)?.query_row([id.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, count(row, 3)?))
        });
        let missing = StoreError::Missing { what: "development", id: id.0 };
        let (story, kind, before, known) = found.optional()?.ok_or(missing)?;
        let before = Weight::from_word(&before).unwrap_or_default();
        let (families, weight) = (families.max(known), weight.max(before));
        self.tx.prepare_cached(RAISE)?.execute(params![id.0, families, weight.word()])?;
        let next = self.tx.prepare_cached(NEXT)?.query_row([id.0], |row| count(row, 0))? as usize;
        if next < MOST_EVIDENCE {
            self.add_evidence(id, next, &self.standing(&evidence)?)?;
        }
        let raised = NewDevelopment {
            identity: String::new(),
            story: StoryId(story),
            at,
            kind: DevelopmentKind::from_word(&kind).unwrap_or(DevelopmentKind::NewFact),
            weight,
            families,
            speaker: None,
            evidence: Vec::new(),
            concerns: self.concerns(id)?,
            searched: self
                .tx
                .prepare_cached(FIRST)?
                .query_row([id.0], |row| row.get(0))
                .optional()?
                .map(ArticleId),
        };
        let told = self.deliver(id, story, &raised, Some((known, before)))?;
        let body =
            json!({ "development": id, "families": families, "weight": weight, "article": evidence.article });
        self.event("development_supported", Some(StoryId(story)), at, &body)?;
        Ok(told)
    }

    fn concerns(&self, id: DevelopmentId) -> Result<Vec<Target>> {
        let mut find = self.tx.prepare_cached(CONCERNS)?;
        let rows = find.query_map([id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut concerns = Vec::new();
        for row in rows {
            let (kind, key) = row?;
            concerns.push(if kind == "place" { Target::Place(key) } else { Target::Actor(key) });
        }
        Ok(concerns)
    }
}

//! Positions read back: the board of a story, the strips of an actor. What is shown is cut out of the stored text here.

use crate::Store;
use crate::column::{at, language, story_ref};
use crate::error::Result;
use crate::positions::first;
use crate::said::speaker;
use crate::view::{
    Board, BoardCell, BoardIssue, BoardRow, PositionStep, PositionStrip, PositionView, StoryRef,
};
use news::{ActorId, ArticleId, Stance, StoryId};
use rusqlite::{Connection, Row};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const COLUMNS: &str = "position.id, actor, position.article, position.at, stance, in_title, position.issue, words, said, earlier,
    of_issue, named_by, begins, moved_from, outlet.name, url, story.id, story.title, story.language,
    article.language";
const TABLES: &str =
    "position JOIN article ON article.id = position.article JOIN outlet ON outlet.id = outlet
    JOIN story ON story.id = article.story";
const OF_STORY: &str = "article.story = ?1 AND copy_of IS NULL AND of_issue IS NOT NULL";
const OF_ACTOR: &str = "actor = ?1 AND copy_of IS NULL AND of_issue IS NOT NULL";
const BODY: &str = "SELECT CASE ?2 WHEN 1 THEN title ELSE text END FROM body WHERE article = ?1";

/// Positions of a story or an actor that are looked at.
const MOST: usize = 400;
/// Columns and rows of a board.
const ISSUES: usize = 6;
const ROWS: usize = 10;
/// What an issue of its own weighs: an article and an actor. One that only one article tells of comes last.
const SINGLE: usize = 2;
/// Issues of single articles are shown until there are so many.
const FEW: usize = 3;
/// Strips of an actor.
const STRIPS: usize = 20;

/// A position as its row tells it.
struct Kept {
    id: i64,
    actor: i64,
    of_issue: i64,
    named_by: i64,
    begins: bool,
    moved: bool,
    story: StoryRef,
    view: PositionView,
}

impl Kept {
    fn step(&self) -> PositionStep {
        PositionStep { position: self.view.clone(), moved: self.moved }
    }
}

impl Store {
    /// Who stands where in a story.
    ///
    /// # Errors
    /// Those of the database.
    pub fn board(&self, story: StoryId) -> Result<Board> {
        self.read(|db| board(db, &kept(db, OF_STORY, story.0)?, &[]))
    }

    /// Where two actors stand in a story: the rows that the board has for them, on their issues alone.
    ///
    /// # Errors
    /// Those of the database.
    pub fn compare(&self, story: StoryId, two: [ActorId; 2]) -> Result<Board> {
        self.read(|db| board(db, &kept(db, OF_STORY, story.0)?, &two.map(|actor| actor.0)))
    }

    /// What an actor stands on, by story and issue, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn actor_positions(&self, actor: ActorId) -> Result<Vec<PositionStrip>> {
        self.read(|db| Ok(strips(&kept(db, OF_ACTOR, actor.0)?)))
    }
}

/// The newest positions, oldest first.
fn kept(db: &Connection, which: &str, of: i64) -> Result<Vec<Kept>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE {which} ORDER BY position.at DESC, position.id DESC LIMIT {MOST}"
    );
    let mut find = db.prepare_cached(&sql)?;
    let mut body = db.prepare_cached(BODY)?;
    let mut texts: HashMap<(i64, bool), String> = HashMap::new();
    let mut rows = find.query([of])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let place: (i64, bool) = (row.get(2)?, row.get(5)?);
        let text = match texts.entry(place) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(body.query_row(place, |row| row.get(0))?),
        };
        found.extend(kept_one(row, text)?);
    }
    found.reverse();
    Ok(found)
}

fn kept_one(row: &Row, text: &str) -> Result<Option<Kept>> {
    let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let Some(stance) = Stance::from_word(word(4)?) else { return Ok(None) };
    let span = first(word(7)?)?;
    Ok(Some(Kept {
        id: row.get(0)?,
        actor: row.get(1)?,
        of_issue: row.get(10)?,
        named_by: row.get(11)?,
        begins: row.get(12)?,
        moved: row.get::<_, Option<i64>>(13)?.is_some(),
        story: story_ref(row, 16)?,
        view: PositionView {
            stance,
            issue: first(word(6)?)?.of(text).to_owned(),
            words: span.of(text).to_owned(),
            language: language(row, 19)?,
            article: ArticleId(row.get(2)?),
            span,
            in_title: row.get(5)?,
            outlet_name: row.get(14)?,
            url: row.get(15)?,
            at: at(row, 3)?,
            said: row.get(8)?,
            earlier: row.get(9)?,
        },
    }))
}

/// The board of everybody, or of `only` these.
fn board(db: &Connection, kept: &[Kept], only: &[i64]) -> Result<Board> {
    let is_shown = |one: &&Kept| only.is_empty() || only.contains(&one.actor);
    let issues = issues(kept, is_shown);
    let mut by_actor: BTreeMap<i64, Vec<&Kept>> = BTreeMap::new();
    let told = kept.iter().filter(is_shown);
    for one in told.filter(|one| issues.iter().any(|issue| issue.id == one.of_issue)) {
        by_actor.entry(one.actor).or_default().push(one);
    }
    let mut actors: Vec<(i64, Vec<&Kept>)> = by_actor.into_iter().collect();
    // Who stands on most comes first, then who is told of most.
    actors.sort_by_key(|(id, told)| {
        let stands: BTreeSet<i64> = told.iter().map(|one| one.of_issue).collect();
        (std::cmp::Reverse((stands.len(), told.len())), *id)
    });
    let mut rows = Vec::new();
    for (actor, told) in actors.into_iter().take(ROWS) {
        let Some(actor) = speaker(db, actor)? else { continue };
        rows.push(BoardRow { actor, cells: issues.iter().map(|issue| cell(&told, issue.id)).collect() });
    }
    let used = |at: usize| rows.iter().any(|row| row.cells.get(at).is_some_and(Option::is_some));
    let stay: Vec<bool> = (0..issues.len()).map(used).collect();
    let mut at = 0;
    let issues = issues.into_iter().filter(|_| (stay[at], at += 1).0).collect();
    for row in &mut rows {
        let mut at = 0;
        row.cells.retain(|_| (stay[at], at += 1).0);
    }
    Ok(Board { issues, rows })
}

/// The issues of a story that are worth a column.
fn issues(kept: &[Kept], is_shown: impl Fn(&&Kept) -> bool) -> Vec<BoardIssue> {
    let mut all: BTreeMap<i64, (BTreeSet<i64>, BTreeSet<i64>, &str)> = BTreeMap::new();
    for one in kept.iter().filter(is_shown) {
        let name = kept.iter().find(|named| named.id == one.named_by).unwrap_or(one);
        let entry = all.entry(one.of_issue).or_insert((BTreeSet::new(), BTreeSet::new(), &name.view.issue));
        entry.0.insert(one.view.article.0);
        entry.1.insert(one.actor);
    }
    let mut weighed: Vec<(usize, BoardIssue)> = all
        .into_iter()
        .map(|(id, (articles, actors, name))| {
            let issue = BoardIssue {
                id,
                name: name.to_owned(),
                articles: u32::try_from(articles.len()).unwrap_or(u32::MAX),
            };
            (articles.len() + actors.len(), issue)
        })
        .collect();
    weighed.sort_by_key(|(weight, issue)| (std::cmp::Reverse(*weight), issue.id));
    let several = weighed.iter().filter(|(weight, _)| *weight > SINGLE).count();
    weighed.into_iter().take(several.clamp(FEW, ISSUES)).map(|(_, issue)| issue).collect()
}

fn cell(told: &[&Kept], issue: i64) -> Option<BoardCell> {
    let mut steps: Vec<&&Kept> = told.iter().filter(|one| one.of_issue == issue && one.begins).collect();
    let now = steps.pop()?;
    let before = steps.iter().rev().map(|one| one.view.clone()).collect();
    Some(BoardCell { now: now.view.clone(), before, moved: now.moved })
}

fn strips(kept: &[Kept]) -> Vec<PositionStrip> {
    let mut by_issue: BTreeMap<(StoryId, i64), Vec<&Kept>> = BTreeMap::new();
    for one in kept.iter().filter(|one| one.begins) {
        by_issue.entry((one.story.id, one.of_issue)).or_default().push(one);
    }
    let mut strips: Vec<PositionStrip> = by_issue
        .into_values()
        .filter_map(|steps| {
            let last = steps.last()?;
            let name = kept.iter().find(|named| named.id == last.named_by).unwrap_or(last);
            Some(PositionStrip {
                story: last.story.clone(),
                issue: name.view.issue.clone(),
                moved: steps.iter().any(|one| one.moved),
                steps: steps.iter().map(|one| one.step()).collect(),
            })
        })
        .collect();
    strips.sort_by_key(|strip| std::cmp::Reverse(strip.steps.last().map(|step| step.position.at)));
    strips.truncate(STRIPS);
    strips
}

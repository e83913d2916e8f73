//! Labelled streams made ready to run through the real assignment many times, by different trees and encoders; and what is seen
//! on the way, with whether it was right.

use super::boost::Row;
use super::couples::after_start;
use super::lens::{self, Halves};
use super::{View, pause};
use crate::parallel::in_parallel;
use crate::score::stories::{
    self as scored, Agreement, Block, HELD, Item, REVISED_EVERY_SECONDS, Stream, arrival, development,
    fitted_weeks, follow, one_of_each_language, recorded,
};
use crate::train::progress;
use anyhow::Result;
use news::{ArticleId, StoryId, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use story::{Case, Impression, Lenses, Place, Stories, Trees, Weights};

/// How much a decision on recorded headlines counts, one on affairs of our own,
const RECORDED: f32 = 0.7;
const AFFAIRS: f32 = 0.25;
/// one on roundups and weeks of our own,
const WEEKS: f32 = 0.7;
/// and one of the other streams.
const STREAMS: &[(&str, f32)] = &[
    ("pooled", 1.0),
    ("pooled, teasers", 1.0),
    ("pooled, headlines", 1.0),
    ("pooled, mixed", 1.0),
    ("pooled, teasers as titles", 1.0),
];
/// Streams that no trees are grown on, since their licence forbids it: only the line over some numbers knows them.
const LOOKED_AT: &[&str] = &["og2021_eng_dev", "og2021_dev"];
/// Every so manieth article of the demo day is open before one of our own blocks comes.
const OF_THE_DAY: usize = 3;
/// When an article of ours comes, behind the start; the others at most a day before it.
const LATEST: i64 = 100_000;

/// Even odds: decisions are collected there, wherever the program has its line.
pub(super) const EVEN: f32 = 0.0;
/// The line that the program has.
pub(super) const LINE: f32 = Weights::FITTED.join_line;
/// Parts of the material for the check.
pub(super) const PARTS: usize = 4;

/// An article ready to come.
pub(super) struct Ready {
    place: (ArticleId, Timestamp, String),
    impression: Impression,
    gold: i64,
}

/// A stream ready to be run many times.
pub(super) struct Run {
    pub(super) name: String,
    /// How much a decision counts; none where nothing is grown on the stream.
    pub(super) weight: Option<f32>,
    pub(super) articles: Vec<Ready>,
}

/// What most of a story's articles truly are, and how many it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub(super) truth: i64,
    pub(super) articles: usize,
}

/// The encoders that an article is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Both,
    Fast,
    None,
}

impl By {
    pub(super) const ALL: [Self; 3] = [Self::Both, Self::Fast, Self::None];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Both => "both encoders",
            Self::Fast => "the fast encoder",
            Self::None => "no encoder",
        }
    }

    /// An article as if there were no other encoders.
    pub(super) fn of(self, item: &Item) -> Item {
        let mut read = item.clone();
        if self != Self::Both {
            read.reading.fine_vector = None;
            read.reading.told_vector = None;
            read.reading.marks.iter_mut().for_each(|mark| mark.acts = 0);
        }
        if self == Self::None {
            read.reading.title_vector = None;
        }
        read
    }
}

/// No stories yet, by these weights.
pub(super) fn stories(weights: Weights) -> Stories {
    Stories::with_weights(StoryId(1), weights).knowing(language::common_words)
}

/// The program's weights, but that an article joins from this line on.
fn joining_from(join_line: f32) -> Weights {
    Weights { join_line, ..Weights::FITTED }
}

/// What trees are grown on and looked at by.
pub(super) struct Prepared {
    /// All streams, through lenses that do not know them.
    pub(super) runs: Vec<Run>,
    blocks: Vec<Block>,
    halves: Halves,
    /// What is open before one of the blocks comes: articles of the demo day, and one of each language.
    before: Vec<Item>,
}

impl Prepared {
    pub(super) fn read(data: &Path) -> Result<Self> {
        progress("reading");
        let fitted = lens::Material::read(data)?;
        progress("fitting lenses of halves");
        let halves = Halves::fitted(&fitted)?;
        progress("making ready");
        let runs = runs(data, &fitted, &halves)?;
        let days = development(data, |name| name == "demo day")?;
        let day = days.into_iter().flat_map(|day| day.items.into_iter().step_by(OF_THE_DAY));
        let before = one_of_each_language(&fitted.blocks).into_iter().chain(day).collect();
        Ok(Self { runs, blocks: fitted.blocks, halves, before })
    }

    /// What is made of each block read with each of the encoders, by its number, through lenses that do not know it; the stories are what is open
    /// before it.
    pub(super) fn of_blocks<T: Send>(
        &self,
        make: impl Fn(&Stories, usize, &Block, By, &Lenses) -> Vec<T> + Sync,
    ) -> Result<Vec<T>> {
        let made = in_parallel(&self.blocks, |(number, block)| {
            let lenses = self.halves.strange_to(number);
            let begun = self.begun(lenses);
            Ok(By::ALL.map(|by| make(&begun, number, block, by, lenses)).into_iter().flatten().collect())
        });
        Ok(made?.into_iter().flat_map(|made: Vec<T>| made).collect())
    }

    /// What is open before a block, put together by the link alone.
    fn begun(&self, lenses: &Lenses) -> Stories {
        let mut begun = stories(joining_from(EVEN)).judged_by(Arc::new(Trees::none()));
        for item in &self.before {
            let arrival = arrival(item);
            begun.assign_impression(&Place::from(&arrival), Impression::through(&arrival, lenses));
        }
        begun
    }
}

fn runs(data: &Path, fitted: &lens::Material, halves: &Halves) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    for (number, stream) in fitted.streams.iter().enumerate() {
        let weight = if number < fitted.affairs_from { RECORDED } else { AFFAIRS };
        let through = |by: By| Run::of(stream, by, Some(weight), halves.strange_to(number));
        runs.extend(By::ALL.map(through));
    }
    let shipped = Lenses::shipped();
    for stream in development(data, |name| STREAMS.iter().any(|(known, _)| *known == name))? {
        let weight = STREAMS.iter().find(|(name, _)| *name == stream.name).map(|(_, weight)| *weight);
        runs.extend(By::ALL.map(|by| Run::of(&stream, by, weight, shipped)));
    }
    let reader = scored::reader()?;
    for stream in fitted_weeks(&reader)? {
        runs.extend(By::ALL.map(|by| Run::of(&stream, by, Some(WEEKS), shipped)));
    }
    let mut looked_at = development(data, |name| LOOKED_AT.contains(&name))?;
    looked_at.extend(recorded(data, &[HELD], &reader)?);
    runs.extend(looked_at.iter().flat_map(|stream| By::ALL.map(|by| Run::of(stream, by, None, shipped))));
    Ok(runs)
}

/// A block read with some encoders and seen through lenses: the story of each article and its impression.
pub(super) fn told(block: &Block, by: By, lenses: &Lenses) -> Vec<(StoryId, Impression)> {
    let read = |item| Impression::through(&arrival(&by.of(item)), lenses);
    block.told.iter().map(|(story, item)| (StoryId(1_000_000 + *story as i64), read(item))).collect()
}

/// Where the last article of a block stands,
pub(super) fn last() -> Place<'static> {
    Place { article: ArticleId(600_000), at: after_start(LATEST), family: "" }
}

/// and the `number`th before it: by a pause that `salt` always gives.
pub(super) fn before_last(salt: usize, number: usize) -> Place<'static> {
    Place {
        article: ArticleId(500_000 + number as i64),
        at: after_start(LATEST - pause(salt, number)),
        family: "",
    }
}

impl Run {
    /// Whether the line may know the stream, though no trees.
    pub(super) fn is_for_the_line(&self) -> bool {
        LOOKED_AT.iter().any(|name| self.name.starts_with(name))
    }

    /// A stream as those encoders read it, seen through lenses.
    fn of(stream: &Stream, by: By, weight: Option<f32>, lenses: &Lenses) -> Self {
        let ready = |item: &Item| Ready {
            place: (item.article, item.at, item.family.clone()),
            impression: Impression::through(&arrival(&by.of(item)), lenses),
            gold: item.gold,
        };
        let articles = stream.items.iter().map(ready).collect();
        Self { name: format!("{}, {}", stream.name, by.name()), weight, articles }
    }

    /// Runs the stream, each part of it with trees of its own, and shows each decision with its part.
    fn each(
        &self,
        trees: &[Arc<Trees>],
        line: f32,
        view: View,
        mut see: impl FnMut(&Ready, StoryId, &[(StoryId, Case)], usize),
    ) {
        let mut stories = stories(joining_from(line));
        let mut judged = None;
        let taken = self.articles.iter().enumerate().filter(|(at, _)| view.takes(*at, self.articles.len()));
        for (at, ready) in taken {
            let part = at * PARTS / self.articles.len();
            if judged.replace(part) != Some(part) {
                stories = stories.judged_by(trees[part % trees.len()].clone());
            }
            let (decision, cases) = stories.assign_seen(&ready.place(), ready.impression.clone());
            see(ready, decision.story, &cases, part);
        }
    }

    /// Adds all decisions at arrival to rows, with whether they were right.
    pub(super) fn collect(&self, trees: &Arc<Trees>, weight: f32, rows: &mut Vec<Row>) {
        let mut held: HashMap<i64, HashMap<i64, usize>> = HashMap::new();
        self.each(std::slice::from_ref(trees), EVEN, View::Whole, |ready, story, cases, part| {
            for (near, case) in cases {
                let right = held.get(&near.0).and_then(most) == Some(ready.gold);
                rows.push(Row { numbers: case.numbers().to_vec(), right, weight, part });
            }
            *held.entry(story.0).or_default().entry(ready.gold).or_default() += 1;
        });
    }

    /// How well the stream stands after second looks, each part of it with trees of its own.
    pub(super) fn revised(&self, trees: &[Arc<Trees>], line: f32) -> Agreement {
        let part = |number: usize| number * PARTS / self.articles.len() % trees.len();
        self.looked_at_again(
            stories(joining_from(line)),
            |stories, number| stories.judged_by(trees[part(number)].clone()),
            |stories, now, _| stories.revise(now),
        )
    }

    /// Runs the stream through stories, which `prepare` can change before each article, with second looks by `look`; that is also told how
    /// the stories stand. How well the stream stands in the end.
    pub(super) fn looked_at_again(
        &self,
        mut stories: Stories,
        prepare: impl Fn(Stories, usize) -> Stories,
        mut look: impl FnMut(
            &mut Stories,
            Timestamp,
            &dyn Fn() -> HashMap<StoryId, Standing>,
        ) -> Vec<story::Revision>,
    ) -> Agreement {
        let mut labels: BTreeMap<ArticleId, StoryId> = BTreeMap::new();
        let mut looked = self.articles.first().map_or(0, |ready| ready.place.1.as_second());
        let mut look_again = |stories: &mut Stories, labels: &mut BTreeMap<ArticleId, StoryId>, now| {
            let revisions = look(stories, now, &|| self.standing(labels));
            follow(labels, revisions);
        };
        for (number, ready) in self.articles.iter().enumerate() {
            stories = prepare(stories, number);
            let at = ready.place.1;
            if at.as_second() - looked >= REVISED_EVERY_SECONDS {
                looked = at.as_second();
                look_again(&mut stories, &mut labels, at);
            }
            let story = stories.assign_impression(&ready.place(), ready.impression.clone()).story;
            labels.insert(ready.place.0, story);
        }
        if let Some(last) = self.articles.last() {
            look_again(&mut stories, &mut labels, last.place.1);
        }
        let (labels, gold): (Vec<i64>, Vec<i64>) =
            self.articles.iter().map(|ready| (labels[&ready.place.0].0, ready.gold)).unzip();
        Agreement::of(&labels, &gold)
    }

    /// What the stories truly are into which articles have come.
    fn standing(&self, labels: &BTreeMap<ArticleId, StoryId>) -> HashMap<StoryId, Standing> {
        let mut held: HashMap<StoryId, HashMap<i64, usize>> = HashMap::new();
        for ready in &self.articles {
            if let Some(story) = labels.get(&ready.place.0) {
                *held.entry(*story).or_default().entry(ready.gold).or_default() += 1;
            }
        }
        let standing =
            |held: &HashMap<i64, usize>| Some(Standing { truth: most(held)?, articles: held.values().sum() });
        held.iter().filter_map(|(story, held)| Some((*story, standing(held)?))).collect()
    }

    pub(super) fn agreement(&self, trees: &[Arc<Trees>], line: f32) -> Agreement {
        self.agreement_in(View::Whole, trees, line)
    }

    pub(super) fn agreement_in(&self, view: View, trees: &[Arc<Trees>], line: f32) -> Agreement {
        let (mut labels, mut gold) = (Vec::new(), Vec::new());
        self.each(trees, line, view, |ready, story, _, _| {
            labels.push(story.0);
            gold.push(ready.gold);
        });
        Agreement::of(&labels, &gold)
    }
}

/// What most of a story's articles truly are: the smallest of equal ones.
fn most(held: &HashMap<i64, usize>) -> Option<i64> {
    held.iter().max_by_key(|(gold, count)| (**count, -**gold)).map(|(gold, _)| *gold)
}

impl Ready {
    fn place(&self) -> Place<'_> {
        let (article, at, family) = &self.place;
        Place { article: *article, at: *at, family }
    }
}

//! How well stories are told apart, on labelled streams: BCubed and pairwise F1 of the decision at arrival
//! and after second looks, beside a plain TF-IDF baseline in the same run. One program and one set of weights
//! for all sets; nothing of a set is known before it streams by.

pub(crate) mod ablation;
mod baseline;
mod blocks;
pub(crate) mod calibration;
mod invented;
mod metric;
mod recorded;
mod stream;

pub(crate) use blocks::{Block, blocks, one_of_each_language};
pub(crate) use invented::{affairs, fitted_weeks, held_weeks};
pub(crate) use metric::Agreement;
pub(crate) use recorded::{FITTED, HELD, name, readers, recorded};
pub(crate) use stream::{Item, Stream, development, fast_reader, model, reader, reader_remembering};

use anyhow::Result;
use news::{ArticleId, StoryId, Timestamp};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;
use story::{Arrival, Revision, Stories, Weights};

/// Stream time between two second looks. The program looks more often; here it would only take longer.
pub(crate) const REVISED_EVERY_SECONDS: i64 = 2 * 3_600;

/// Prints the table over the development sets in `data/clustering`.
pub(crate) fn run(data: &Path) -> Result<String> {
    let mut table = String::from(
        "| set | articles | TF-IDF | at arrival P / R | at arrival BCubed / pairwise | stories (gold) | after second looks | articles/s |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut streams = development(data, |_| true)?;
    let reader = reader()?;
    streams.extend(recorded(data, &[HELD], &reader)?);
    streams.extend(held_weeks(&reader)?);
    for stream in streams {
        let gold = stream.gold();
        let plain = Agreement::of(&baseline::assign(&stream.items), &gold);
        let started = Instant::now();
        let arrived = assign(&stream.items, Weights::FITTED);
        let rate = stream.items.len() as f64 / started.elapsed().as_secs_f64();
        let at_arrival = Agreement::of(&arrived, &gold);
        let revised = Agreement::of(&assign_and_revise(&stream.items, Weights::FITTED), &gold);
        writeln!(
            table,
            "| {} | {} | {plain} | {:.3} / {:.3} | **{at_arrival}** | {} ({}) | {revised} | {rate:.0} |",
            stream.name,
            stream.items.len(),
            at_arrival.precision,
            at_arrival.recall,
            distinct(&arrived),
            distinct(&gold),
        )?;
    }
    let [first, second] = readers()?;
    writeln!(
        table,
        "\nThe second reader of {} before the first: {}.",
        name(HELD),
        Agreement::of(&second, &first)
    )?;
    Ok(table)
}

fn distinct(labels: &[i64]) -> usize {
    labels.iter().collect::<std::collections::HashSet<_>>().len()
}

/// The story of each article as decided at its arrival.
pub(crate) fn assign(items: &[Item], weights: Weights) -> Vec<i64> {
    let mut stories = Stories::with_weights(StoryId(1), weights).knowing(language::common_words);
    items.iter().map(|item| stories.assign(&arrival(item)).story.0).collect()
}

/// The story of each article after all second looks.
pub(crate) fn assign_and_revise(items: &[Item], weights: Weights) -> Vec<i64> {
    let mut stories = Stories::with_weights(StoryId(1), weights).knowing(language::common_words);
    let mut labels: BTreeMap<ArticleId, StoryId> = BTreeMap::new();
    let mut looked = items.first().map_or(Timestamp::UNIX_EPOCH, |item| item.at);
    for item in items {
        if item.at.as_second() - looked.as_second() >= REVISED_EVERY_SECONDS {
            looked = item.at;
            follow(&mut labels, stories.revise(item.at));
        }
        labels.insert(item.article, stories.assign(&arrival(item)).story);
    }
    follow(&mut labels, stories.revise(items.last().map_or(looked, |item| item.at)));
    items.iter().map(|item| labels[&item.article].0).collect()
}

/// Carries revisions out on the labels of articles.
pub(crate) fn follow(labels: &mut BTreeMap<ArticleId, StoryId>, revisions: Vec<Revision>) {
    for revision in revisions {
        match revision {
            Revision::Merge { from, into } => {
                labels.values_mut().filter(|label| **label == from).for_each(|label| *label = into);
            }
            Revision::Split { into, articles, .. } | Revision::Move { into, articles, .. } => {
                labels.extend(articles.into_iter().map(|article| (article, into)));
            }
        }
    }
}

pub(crate) fn arrival(item: &Item) -> Arrival<'_> {
    Arrival {
        article: item.article,
        at: item.at,
        family: &item.family,
        reading: &item.reading,
        text: &item.text,
    }
}

//! ROUGE-1 of timelines, aligned by date and content, many to one: "align+ m:1" of Martschat and Markert (EACL 2017),
//! with the settings of their evaluation (ROUGE-1.5.5 with `-m -s`: Porter stems of words longer than three letters,
//! without ROUGE's list of common words, `stop_words.txt`). What differs: WordNet's irregular forms ("men", "went") are
//! stemmed by rule like all others.

use super::porter::stem;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// Sentences by day.
pub(crate) type Timeline = BTreeMap<i32, Vec<String>>;
type Counts = HashMap<String, usize>;

static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("stop_words.txt").split_whitespace().collect());

/// Precision and recall of our timeline against one by people.
pub(crate) fn aligned(ours: &Timeline, theirs: &Timeline) -> (f64, f64) {
    if ours.is_empty() || theirs.is_empty() {
        return (0.0, 0.0);
    }
    let (left, right) = (prepare(ours), prepare(theirs));
    (one_way(&left, &right), one_way(&right, &left))
}

/// A day with its words as they are aligned by, and as they are counted.
struct Day {
    day: i32,
    written: Counts,
    stems: Counts,
}

fn prepare(told: &Timeline) -> Vec<Day> {
    let day = |(day, sentences): (&i32, &Vec<String>)| Day {
        day: *day,
        written: count(sentences.iter().flat_map(|s| s.split_whitespace().map(str::to_owned))),
        stems: count(sentences.iter().flat_map(|s| words(s))),
    };
    told.iter().map(day).collect()
}

/// Each day of `from` goes to the day of `to` that costs least: words in common, worth less by distance, in all words.
fn one_way(from: &[Day], to: &[Day]) -> f64 {
    let (mut common, mut all) = (0.0, 0.0);
    for day in from {
        all += total(&day.stems);
        // Of equals the first, as numpy's argmin has it.
        let costs = to.iter().map(|other| (cost(day, other), other));
        let best = costs.reduce(|best, next| if next.0 < best.0 { next } else { best });
        if let Some((_, other)) = best {
            common += near(day, other) * shared(&day.stems, &other.stems);
        }
    }
    if all > 0.0 { common / all } else { 0.0 }
}

/// 1 on the same day, 1/2 on the next, 1/3 on the one after.
fn near(one: &Day, other: &Day) -> f64 {
    1.0 / (f64::from((one.day - other.day).abs()) + 1.0)
}

fn cost(one: &Day, other: &Day) -> f64 {
    let words = total(&one.written) + total(&other.written);
    let alike = if words > 0.0 { 2.0 * shared(&one.written, &other.written) / words } else { 0.0 };
    (1.0 - near(one, other)) * (1.0 - alike)
}

fn shared(one: &Counts, other: &Counts) -> f64 {
    one.iter().map(|(word, count)| *count.min(other.get(word).unwrap_or(&0)) as f64).sum()
}

fn total(counts: &Counts) -> f64 {
    counts.values().sum::<usize>() as f64
}

fn count(words: impl Iterator<Item = String>) -> Counts {
    let mut counts = Counts::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

/// The words of a sentence as ROUGE-1.5.5 counts them.
fn words(sentence: &str) -> impl Iterator<Item = String> {
    let plain: String =
        sentence.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<String> = plain
        .split_whitespace()
        .filter(|word| !COMMON.contains(word))
        .map(|word| if word.len() > 3 { stem(word) } else { word.to_owned() })
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{Timeline, aligned, words};

    #[test]
    fn words_are_counted_as_the_published_metric_does() {
        let check = |sentence: &str, expect: &[&str]| {
            assert_eq!(words(sentence).collect::<Vec<_>>(), expect, "{sentence}");
        };
        check("The vice-president resigned .", &["vice", "presid", "resign"]);
        check("20,000 protesters fled Cairo 's squares", &["20", "000", "protest", "fled", "cairo", "squar"]);
    }

    #[test]
    fn a_day_counts_by_how_near_it_is() {
        let told = |days: &[(i32, &str)]| -> Timeline {
            days.iter().map(|(day, words)| (*day, vec![(*words).to_owned()])).collect()
        };
        let gold = told(&[(10, "ferry aground"), (20, "captain arrested")]);
        assert_eq!(aligned(&gold, &gold), (1.0, 1.0));
        assert_eq!(aligned(&told(&[(11, "ferry aground")]), &gold), (0.5, 0.25));
        assert_eq!(aligned(&told(&[]), &gold), (0.0, 0.0));
    }
}

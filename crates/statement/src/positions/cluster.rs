//! Which wordings are one issue: "foreign peacekeepers", "troops from NATO countries" and "UK or EU soldiers".
//!
//! In: the wordings of a story's issues, oldest first. Out: for each the issue that it belongs to, and what each
//! issue is called: its commonest wording, the shorter and earlier one when there are several. Greedy, in order:
//! the same wordings in the same order give the same issues, and a later wording never regroups earlier ones.

use crate::hash;
use crate::lexicon::{class, lines};
use crate::page::{Page, open};
use crate::sheet::Sheet;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/issues.en.txt");
/// Wordings of one issue that a new one is compared with.
const COMPARED: usize = 12;

/// Characters of a short wording.
const SHORT: usize = 36;

/// Issues of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    /// For each wording the number of its issue.
    pub of: Vec<usize>,
    /// The wording, by its number, that names each issue.
    pub named_by: Vec<usize>,
}

/// What a wording is compared by.
#[derive(Clone, Debug, Default)]
struct Sense {
    /// The word that the phrase is about.
    head: u32,
    /// The head's notion alone is enough.
    strong: bool,
    terms: HashSet<u32>,
}

/// Groups wordings into issues.
pub fn issues(wordings: &[&str]) -> Issues {
    let senses: Vec<Sense> = wordings.iter().map(|wording| sense(wording)).collect();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut of = Vec::with_capacity(wordings.len());
    for (index, sense) in senses.iter().enumerate() {
        let best = members
            .iter()
            .enumerate()
            .map(|(issue, members)| (issue, closeness(sense, members, &senses)))
            .filter(|(_, closeness)| *closeness > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let issue = best.map_or(members.len(), |(issue, _)| issue);
        if issue == members.len() {
            members.push(Vec::new());
        }
        members[issue].push(index);
        of.push(issue);
    }
    Issues { named_by: members.iter().map(|members| name(members, wordings)).collect(), of }
}

/// How close a wording is to an issue: the mean over its wordings, so that no chain of likeness joins strangers.
fn closeness(sense: &Sense, members: &[usize], senses: &[Sense]) -> f32 {
    let compared = members.len().min(COMPARED);
    let sum: f32 = members.iter().take(compared).map(|member| likeness(sense, &senses[*member])).sum();
    let mean = sum / compared.max(1) as f32;
    if mean >= 0.5 { mean } else { 0.0 }
}

fn likeness(a: &Sense, b: &Sense) -> f32 {
    let shared = a.terms.intersection(&b.terms).count() as f32;
    let smaller = a.terms.len().min(b.terms.len()).max(1) as f32;
    let larger = a.terms.len().max(b.terms.len()).max(1) as f32;
    if a.head == b.head && a.head != 0 {
        let alone = a.strong || smaller <= 1.0;
        return if alone || shared / smaller >= 0.5 { 0.6 + 0.4 * shared / larger } else { 0.3 };
    }
    // Without the same head nearly everything must be shared: "exporting grain" and "grain exports".
    if shared / smaller >= 0.99 && smaller >= 2.0 || shared / larger >= 0.6 { 0.55 } else { 0.0 }
}

fn name(members: &[usize], wordings: &[&str]) -> usize {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for member in members {
        let entry = counts.entry(wordings[*member].to_lowercase()).or_insert((0, *member));
        entry.0 += 1;
    }
    // A long wording is the name only when it is twice as common as a short one.
    let length = |member: usize| wordings[member].chars().count();
    let weight = |(count, member): (usize, usize)| if length(member) <= SHORT { 2 * count } else { count };
    let best = counts
        .values()
        .max_by(|a, b| weight(**a).cmp(&weight(**b)).then(length(b.1).cmp(&length(a.1))).then(b.1.cmp(&a.1)));
    best.map_or(members[0], |(_, member)| *member)
}

fn sense(wording: &str) -> Sense {
    let page = Page::flat(&Sheet::of(wording));
    let mut sense = Sense::default();
    let mut closed = false;
    for at in 0..page.units.len() {
        let unit = page.unit(at);
        closed |= sense.head != 0
            && matches!(unit.class, class::PREPOSITION | class::TO | class::THAT | class::RELATIVE);
        if unit.class < class::END || matches!(unit.class, open::CLITIC | open::LY | open::NUMBER) {
            continue;
        }
        let (term, strong) = notion(unit.word, unit.stem);
        if term == 0 || !page.words(at).chars().any(char::is_alphabetic) {
            continue;
        }
        sense.terms.insert(term);
        let verbal = page.words(at).ends_with("ing") && at == 0;
        if (!closed || strong && !sense.strong) && (!verbal || strong) {
            sense.head = term;
            sense.strong = strong;
        }
        // What is to be withdrawn is about withdrawing, not about what stays elsewhere.
        if strong && at == 0 {
            closed = true;
        }
    }
    sense
}

/// Whether a word is one of those under which issues are spoken of.
pub(super) fn is_notion(word: u32) -> bool {
    notion(word, 0).0 != 0
}

/// The notion of a word, and whether it alone makes an issue.
fn notion(word: u32, stem: u32) -> (u32, bool) {
    static NOTIONS: LazyLock<HashMap<u32, (u32, bool)>> = LazyLock::new(|| {
        let mut notions = HashMap::new();
        for line in lines(FILE) {
            let (strong, words) = match line.strip_prefix("* ") {
                Some(words) => (true, words),
                None => (false, line),
            };
            let named = words.split_whitespace().next().map_or(0, hash::word);
            words.split_whitespace().for_each(|word| {
                notions.insert(hash::word(word), (named, strong));
            });
        }
        notions
    });
    NOTIONS.get(&word).copied().unwrap_or((stem, false))
}

#[cfg(test)]
mod tests {
    use super::issues;

    fn check(wordings: &[&str], expected: &[usize]) {
        assert_eq!(issues(wordings).of, expected, "{wordings:?}");
    }

    #[test]
    fn wordings_of_one_issue() {
        check(&["foreign peacekeepers", "troops from NATO countries", "UK or EU soldiers"], &[0, 0, 0]);
        check(&["foreign peacekeepers", "security guarantees", "guarantees backed by troops"], &[0, 1, 1]);
        check(&["withdraw its army from the western bank", "foreign peacekeepers"], &[0, 1]);
        check(&["talking about annexed districts", "the five districts"], &[0, 0]);
        check(&["a coalition with the Citizens' Bloc", "the levy on container traffic"], &[0, 1]);
    }

    #[test]
    fn the_commonest_wording_is_the_name() {
        let found = issues(&["UK or EU soldiers", "foreign peacekeepers", "foreign peacekeepers"]);
        assert_eq!(found.named_by, [1]);
    }
}

//! Quotations that no cue claims: those that run on from one that is claimed join it, sentences in marks stand
//! unattributed, and single words or titles in marks are left alone.

use crate::lexicon::frame;
use crate::page::{Ending, Kind, Page};
use crate::rules;
use crate::statement::Statement;
use crate::tongue::Tongue;
use std::collections::HashMap;

/// A quotation of fewer words is a term, a title or irony unless somebody is named beside it.
const LEAST_WORDS: u32 = 6;
/// How sure it is that a sentence in marks without a cue was said by somebody.
const UNATTRIBUTED: f32 = 0.3;

/// Units of whom something is told to.
const LISTENER: usize = 4;
/// Words of so many letters have a capital in the title of a work.
const TITLE_LETTERS: usize = 4;
/// Such words make a title.
const TITLE_WORDS: usize = 2;

/// Gives every leftover quotation its place; keeps statements in order.
pub(crate) fn place(page: &Page, tongue: &Tongue, found: &mut Vec<Statement>) {
    let quotations: Vec<usize> = (0..page.units.len()).filter(|at| page.unit(*at).is_quotation()).collect();
    hand_over(page, &quotations, found);
    let mut owner = vec![None; page.units.len()];
    for (index, statement) in found.iter().enumerate() {
        for unit in statement.content.iter().cloned().flatten() {
            if let Some(slot) = owner.get_mut(unit) {
                *slot = Some(index);
            }
        }
    }
    run_on(page, &quotations, &mut owner, found);
    let by_cue = cues(found);
    for &at in &quotations {
        if owner[at].is_some() {
            continue;
        }
        let goes_on = owner_of_sentence_before(page, at, &owner, found);
        let beside = rules::beside(page, tongue, at);
        let told = is_told(page, tongue, at, beside.as_ref()) || is_led(page, tongue, at, beside.as_ref());
        if goes_on.is_none() && !is_speech(page, at) && !told {
            continue;
        }
        let before = owner_before(page, at, &owner).or(goes_on);
        let index = before.unwrap_or_else(|| new_owner(beside, found, &by_cue));
        found[index].content.push(at..at + 1);
        owner[at] = Some(index);
    }
    found.iter_mut().for_each(|statement| statement.content.sort_by_key(|span| span.start));
    found.sort_by_key(|statement| statement.content.first().map(|span| span.start));
}

/// Which statement each unit of a cue belongs to.
fn cues(found: &[Statement]) -> HashMap<usize, usize> {
    let cue = |(index, statement): (usize, &Statement)| statement.cue.clone().map(|cue| (cue, index));
    let cues = found.iter().enumerate().filter_map(cue);
    cues.flat_map(|(cue, index)| cue.map(move |unit| (unit, index))).collect()
}

/// A second quotation right behind one that is claimed, in its paragraph: "...," he said. "..." "..."
fn owner_before(page: &Page, at: usize, owner: &[Option<usize>]) -> Option<usize> {
    let before =
        at.checked_sub(1).filter(|before| page.unit(*before).paragraph == page.unit(at).paragraph)?;
    owner[before].filter(|_| page.unit(before).is_quotation())
}

/// “...”, he said. “...”: a quotation that is a sentence, behind one with somebody's words in marks, in its paragraph.
fn owner_of_sentence_before(
    page: &Page,
    at: usize,
    owner: &[Option<usize>],
    found: &[Statement],
) -> Option<usize> {
    let here = page.unit(at);
    let sentence = page.sentences.get(here.sentence as usize)?;
    let whole = |at: usize| page.unit(at).is_quotation() || page.unit(at).kind == Kind::Stop;
    let before = page.sentences.get((here.sentence as usize).checked_sub(1)?)?;
    let together = page.unit(before.start).paragraph == here.paragraph;
    if !together || here.kind == Kind::Quotation(Ending::Open) || !sentence.clone().all(whole) {
        return None;
    }
    let index = before.clone().rev().filter(|at| page.unit(*at).is_quotation()).find_map(|at| owner[at])?;
    found.get(index).filter(|said| said.cue.is_some() && !said.source.is_empty()).map(|_| index)
}

/// “... ¶ “...,” he added: a quotation that runs on is whose cue stands in the paragraph where it ends, not somebody's
/// who spoke before it.
fn hand_over(page: &Page, quotations: &[usize], found: &mut Vec<Statement>) {
    let mut owner: HashMap<usize, usize> = HashMap::new();
    for (index, statement) in found.iter().enumerate() {
        let units = statement.content.iter().cloned().flatten();
        owner.extend(units.filter(|at| page.unit(*at).is_quotation()).map(|at| (at, index)));
    }
    let runs_on = |at: usize| page.unit(at).kind == Kind::Quotation(Ending::RunsOn);
    for pair in quotations.windows(2).rev().filter(|pair| runs_on(pair[0])) {
        let (from, to) = (pair[0], pair[1]);
        let (Some(&before), Some(&next)) = (owner.get(&from), owner.get(&to)) else { continue };
        let cued = |index: usize, at: usize| {
            let cue = found.get(index).and_then(|said: &Statement| said.cue.as_ref());
            cue.is_some_and(|cue| page.unit(cue.start).paragraph == page.unit(at).paragraph)
        };
        let piece = from..from + 1;
        if before == next || !cued(next, to) || cued(before, from) || !found[before].content.contains(&piece)
        {
            continue;
        }
        found[before].content.retain(|known| *known != piece);
        found[next].content.push(piece);
        owner.insert(from, next);
    }
    found.retain(|said| !said.content.is_empty());
}

/// The statement whose cue stands beside the quotation by the rules, or a new one.
fn new_owner(beside: Option<Statement>, found: &mut Vec<Statement>, by_cue: &HashMap<usize, usize>) -> usize {
    let beside = beside.filter(|beside| !beside.source.is_empty());
    let cue = beside.as_ref().and_then(|beside| beside.cue.clone());
    let known = cue.and_then(|mut cue| cue.find_map(|unit| by_cue.get(&unit).copied()));
    known.unwrap_or_else(|| {
        found.push(beside.unwrap_or(Statement { confidence: UNATTRIBUTED, ..Statement::default() }));
        found.len() - 1
    })
}

/// A quotation over several paragraphs has one owner.
fn run_on(page: &Page, quotations: &[usize], owner: &mut [Option<usize>], found: &mut [Statement]) {
    let mut join = |from: usize, to: usize| {
        if let (Some(index), None) = (owner[from], owner[to]) {
            found[index].content.push(to..to + 1);
            owner[to] = Some(index);
        }
    };
    let runs_on = |at: usize| page.unit(at).kind == Kind::Quotation(Ending::RunsOn);
    for pair in quotations.windows(2).filter(|pair| runs_on(pair[0])) {
        join(pair[0], pair[1]);
    }
    for pair in quotations.windows(2).rev().filter(|pair| runs_on(pair[0])) {
        join(pair[1], pair[0]);
    }
}

/// Long enough, and not in the middle of a sentence like a title.
fn is_speech(page: &Page, at: usize) -> bool {
    let unit = page.unit(at);
    let complete = !matches!(unit.kind, Kind::Quotation(Ending::Open));
    if !complete && is_title(page, at) {
        return false;
    }
    unit.words >= LEAST_WORDS && (complete || unit.capital || unit.words >= LEAST_WORDS * 2)
}

/// Ada Holm told reporters “we will never go”: words that a verb of speech leads to, without a comma or with it.
fn is_led(page: &Page, tongue: &Tongue, at: usize, beside: Option<&Statement>) -> bool {
    let Some((cue, source)) = beside.and_then(|beside| Some((beside.cue.as_ref()?, beside.source.first()?)))
    else {
        return false;
    };
    let named = |at: usize| page.unit(at).capital || tongue.pronoun(&page.unit(at)).is_some();
    let tells = page.unit(cue.start).frames & frame::ADDRESSEE > 0;
    let listener = (cue.end..at).all(|at| page.unit(at).kind == Kind::Word && !tongue.stops(&page.unit(at)));
    let leads = cue.end == at || cue.end < at && tells && at - cue.end <= LISTENER && listener;
    leads && source.end <= cue.start && !is_title(page, at) && source.clone().any(named)
}

/// A few words that somebody is named for right beside them: "We are done," Holm said.
fn is_told(page: &Page, tongue: &Tongue, at: usize, beside: Option<&Statement>) -> bool {
    let named = |at: usize| page.unit(at).capital || tongue.pronoun(&page.unit(at)).is_some();
    !matches!(page.unit(at).kind, Kind::Quotation(Ending::Open))
        && beside
            .is_some_and(|beside| beside.cue.is_some() && beside.source.iter().cloned().flatten().any(named))
}

/// "A Short History of Ferries": every long word has a capital.
pub(crate) fn is_title(page: &Page, at: usize) -> bool {
    let words = page.words(at).split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let long: Vec<&str> = words.filter(|word| word.chars().count() >= TITLE_LETTERS).collect();
    long.len() >= TITLE_WORDS && long.iter().all(|word| word.starts_with(char::is_uppercase))
}

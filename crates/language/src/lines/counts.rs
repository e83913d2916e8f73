//! What a number of a sentence counts: the people something happened to, a share, money, or the next noun.

use super::concepts::Role;
use super::people::{People, TO};
use super::words::Word;
use news::{Count, Language};

/// Words between a number that was before and the one that it leads to.
const NEAR: usize = 8;

/// Words in front of a number that say it was so before.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "from", "not", "instead", "earlier", "against", "statt", "nicht", "vorher", "contre", "non", "desde", "no", "вместо",
    "замість", "не",
];
/// The same only where another number follows: "von 14 auf 12", but "ein Bilanz von 14".
const BEFORE_ANOTHER: &[&str] = &["von", "de", "с", "со", "з", "із"];
/// All that stand in front of what was before a change.
pub(super) const FROM: &[&str] = &["from", "von", "de", "desde", "с", "со", "з", "із"];
/// The same, unless it is "more than".
const THAN: &[&str] = &["than", "als", "ніж", "чем"];
#[rustfmt::skip]
const MORE: &[&str] = &[
    "more", "less", "fewer", "mehr", "weniger", "більше", "більш", "менше", "менш", "более", "больше", "менее", "меньше",
];

/// Words in front of a number that is rounded.
const ABOUT: &[&str] = &[
    "nearly",
    "almost",
    "about",
    "around",
    "some",
    "roughly",
    "approximately",
    "close",
    "fast",
    "rund",
    "etwa",
    "knapp",
    "beinahe",
    "environ",
    "près",
    "presque",
    "quelque",
    "casi",
    "unos",
    "unas",
    "aproximadamente",
    "около",
    "почти",
    "примерно",
    "близько",
    "майже",
    "приблизно",
];

/// The counts of a sentence.
pub(super) fn counts(words: &[Word], language: Language) -> Vec<Count> {
    let mut numbers = words.iter().enumerate().filter_map(|(at, word)| Some((at, word.number?))).peekable();
    if numbers.peek().is_none() {
        return Vec::new();
    }
    let people = People::of(words, language);
    let numbers = numbers.filter(|(at, _)| !is_age(words, *at) && !is_year(words, *at));
    numbers.map(|(at, value)| count(words, &people, at, value)).collect()
}

fn count(words: &[Word], who: &People, at: usize, value: f64) -> Count {
    let was = is_before(words, at);
    let about = is_about(words, at);
    let sign = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find_map(|near| words.get(near)?.sign);
    let counted = |of: String, people| Count { value, of: Some(of), people, was, about };
    if let Some(sign) = sign {
        return counted(sign.to_owned(), false);
    }
    let next =
        words.get(at + 1..).unwrap_or_default().iter().take(3).take_while(|word| word.number.is_none());
    let next = next.clone().find(|word| word.says_something());
    if next.is_some_and(|word| word.has(Role::Unit)) || before_is_unit(words, at) {
        return Count { value, of: Some("unit".to_owned()), people: false, was, about };
    }
    if let Some(people) = who.befell(at) {
        return counted(people.to_owned(), true);
    }
    Count { value, of: next.map(|word| word.stem.clone()), people: false, was, about }
}

/// "Nearly 50", "close to 50", "près de 50".
fn is_about(words: &[Word], at: usize) -> bool {
    let is = |steps| before(words, at, steps).is_some_and(|word| ABOUT.contains(&word));
    is(1) || is(2) && matches!(before(words, at, 1), Some("to" | "de" | "of" | "a"))
}

/// The word so many steps in front of a number.
fn before(words: &[Word], at: usize, steps: usize) -> Option<&str> {
    words.get(at.checked_sub(steps)?).map(|word| word.plain.as_str())
}

/// "From 31 to 28", "not 31": but "of the 31" and "more than 31" say how it is now.
fn is_before(words: &[Word], at: usize) -> bool {
    let is = |list: &[&str], steps| before(words, at, steps).is_some_and(|word| list.contains(&word));
    let leads = || {
        let behind = words.get(at + 1..).unwrap_or_default().iter().take(NEAR);
        let to = behind.clone().position(|word| TO.contains(&word.plain.as_str()));
        to.is_some_and(|to| behind.clone().nth(to + 1).is_some_and(|word| word.number.is_some()))
    };
    is(BEFORE, 1) || is(BEFORE_ANOTHER, 1) && leads() || is(THAN, 1) && !is(MORE, 2)
}

fn before_is_unit(words: &[Word], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| word.plain == "magnitude")
}

/// Years that a text can mean.
const YEARS: std::ops::RangeInclusive<f64> = 1_400.0..=2_100.0;
/// Words in front of a year.
const IN: &[&str] = &[
    "in", "since", "of", "by", "until", "before", "after", "im", "jahr", "jahre", "seit", "bis", "en",
    "depuis", "avant", "de", "desde", "hasta", "у", "в", "з", "с", "до",
];

/// Whether the number at a place is a year: four digits behind such a word.
pub(super) fn is_year(words: &[Word], at: usize) -> bool {
    let shaped = words
        .get(at)
        .is_some_and(|word| word.four_digits && word.number.is_some_and(|number| YEARS.contains(&number)));
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    shaped && before.is_some_and(|word| IN.contains(&word.plain.as_str()))
}

/// "A man of 34", "aged 19", "at the age of 96".
fn is_age(words: &[Word], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).and_then(|at| words.get(at));
    let joins = before(1).is_some_and(|word| matches!(word.plain.as_str(), "of" | "aged" | "von" | "de"));
    let whose = before(2).is_some_and(|word| word.has(Role::Person) || AGES.contains(&word.plain.as_str()));
    joins && whose
        || before(1).is_some_and(|word| word.plain == "aged" || AGES.contains(&word.plain.as_str()))
}

/// Words for how old somebody is.
const AGES: &[&str] = &["age", "alter", "âge", "edad", "возрасте", "віці"];

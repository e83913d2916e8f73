//! The straight line that trees begin with, set anew: logistic regression over a few of the numbers (Newton steps, held back
//! by a ridge), with what the trees say kept as it is. So few weights may be fitted where no more may be.

use super::boost::Row;
use nalgebra::{DMatrix, DVector};
use story::{Case, DEPTH, LEAVES, Tree, Trees};

/// The numbers of the line beside the start.
const NAMES: &[&str] = &[
    "link",
    "margin",
    "crowd",
    "around",
    "same_language",
    "quiet",
    "meaning",
    "fine",
    "best_fine",
    "mean_fine",
    "told",
    "best_told",
    "mean_told",
    "whole_told",
    "words",
    "named",
    "rarest",
    "shared",
    "unshared",
    "their_unshared",
    "rarest_name",
    "unshared_name",
];
const STEPS: usize = 12;
/// What holds a weight back, as if so many decisions said that it is nothing.
const RIDGE: f64 = 20.0;

/// How much rows of the streams that only the line may know count for it beside all others.
const LINE_SHARE: f32 = 1.0;

/// Rows that only the line may know, with as much weight as those that trees are grown on.
pub(super) fn as_much_as(rows: &[Row], mut more: Vec<Row>) -> Vec<Row> {
    let weight = |rows: &[Row]| rows.iter().map(|row| row.weight).sum::<f32>();
    let share = LINE_SHARE * weight(rows) / weight(&more).max(1.0);
    more.iter_mut().for_each(|row| row.weight *= share);
    more
}

/// The trees with the line over these numbers that suits the rows best.
pub(super) fn lined(trees: &Trees, rows: &[Row], places: &[usize]) -> Trees {
    let said: Vec<f64> = rows.iter().map(|row| f64::from(trees.logit(&row.numbers))).collect();
    let line = fitted(rows, &said, places.len(), |row, _| numbers_at(row, places));
    let mut lined = trees.clone();
    draw(&mut lined, places, line.as_slice());
    lined
}

/// The same, where the share that the trees have beside the line is found too.
pub(super) fn lined_and_shared(trees: &Trees, rows: &[Row], places: &[usize]) -> Trees {
    let said: Vec<f64> = rows.iter().map(|row| f64::from(trees.logit(&row.numbers))).collect();
    let with_said = |row: &Row, said: f64| {
        let mut numbers = numbers_at(row, places);
        numbers.push(said);
        numbers
    };
    let line = fitted(rows, &said, places.len() + 1, with_said);
    let (share, line) = line.as_slice().split_last().unwrap_or((&0.0, &[]));
    let mut lined = scaled(trees, 1.0 + rounded(*share));
    draw(&mut lined, places, line);
    lined
}

fn numbers_at(row: &Row, places: &[usize]) -> Vec<f64> {
    places.iter().map(|place| f64::from(row.numbers[*place])).collect()
}

/// Adds a line, its start first, to that of trees.
fn draw(trees: &mut Trees, places: &[usize], line: &[f64]) {
    let Some((start, slopes)) = line.split_first() else { return };
    trees.start += rounded(*start);
    for (place, slope) in places.iter().zip(slopes) {
        add(trees, *place, rounded(*slope));
    }
}

fn rounded(value: f64) -> f32 {
    ((value * 10_000.0).round() / 10_000.0) as f32
}

/// Logistic regression over some numbers of each row, beside what is said already: the start and what one of each is worth.
fn fitted(rows: &[Row], said: &[f64], numbers: usize, of: impl Fn(&Row, f64) -> Vec<f64>) -> DVector<f64> {
    let width = numbers + 1;
    let mut line = DVector::<f64>::zeros(width);
    for _ in 0..STEPS {
        let mut slope = &line * RIDGE;
        let mut bend = DMatrix::<f64>::identity(width, width) * RIDGE;
        for (row, said) in rows.iter().zip(said) {
            let x = DVector::from_iterator(width, std::iter::once(1.0).chain(of(row, *said)));
            let chance = 1.0 / (1.0 + (-(said + line.dot(&x))).exp());
            let weight = f64::from(row.weight);
            slope.axpy(weight * (chance - f64::from(u8::from(row.right))), &x, 1.0);
            bend.ger(weight * chance * (1.0 - chance), &x, &x, 1.0);
        }
        let Some(step) = bend.cholesky().map(|bend| bend.solve(&slope)) else { break };
        line -= step;
    }
    line
}

/// Trees of which everything counts so much.
pub(super) fn scaled(trees: &Trees, share: f32) -> Trees {
    let mut scaled = trees.clone();
    scaled.start *= share;
    scaled.slopes.iter_mut().for_each(|(_, slope)| *slope *= share);
    scaled.trees.iter_mut().flat_map(|tree| &mut tree.leaves).for_each(|leaf| *leaf *= share);
    scaled
}

/// The trees with no more digits of the line than are read.
pub(super) fn shortened(trees: &Trees) -> Trees {
    let mut short = trees.clone();
    short.start = rounded(f64::from(short.start));
    short.slopes.iter_mut().for_each(|(_, slope)| *slope = rounded(f64::from(*slope)));
    short
}

/// The share that trees have in what is decided, the rest is the link's ([`Trees::none`]): trees by themselves do better on what is like
/// that which they were grown on, and worse on texts, where the link knows more.
const SHARE: f32 = 0.85;

/// What is added to the logarithm of odds where the fine encoder has read both, and where it has not: with it the trees are more
/// careful than they need be, without it what must stay apart is worth more than a story in one piece.
const FINELY_READ: f32 = 0.25;
const NOT_FINELY_READ: f32 = -0.8;

/// What is taken off where neither names anybody or anything that the other names. Set by hand: recorded headlines seldom
/// have texts, and two texts on two earthquakes share most of their words.
const STRANGERS: (&str, f32) = ("strangers", -0.4);

/// and where both headlines are about something, and about nothing in common: trees take it for weaker than it is, since within an
/// affair that is told for days headlines are about this and that. Set by hand: with -.6 more look-alikes stay apart and texts that belong
/// together too.
const OTHER_THEMES: (&str, f32) = ("other_themes", -0.3);

/// What is taken off as surely as two exchange their parts: trees were not shown it enough. Set by hand: one more in the test of sides that change
/// places is torn for fourteen that stay apart, and other figures stay as they are.
const EXCHANGED: (&str, f32) = ("exchanged", -2.0);

/// And what is taken off where likeness alone says little: two headlines that share a name and no word on what happens, two in two
/// languages without a common name, leads that part what a name brings together, sides in two languages that change both places and
/// parts. Set by hand, on the golden pairs, og2021's English, the recorded file and the demo day; docs/scores.md has what that cost elsewhere.
const LITTLE_SAID: [(&str, f32); 4] =
    [("bare_name", -0.11), ("strange_abroad", -1.6), ("leads_part", -6.0), ("turned_abroad", -8.0)];

/// Trees and the link as two who judge: the mean of their logarithms of odds, by their shares.
pub(super) fn with_the_link(trees: &Trees) -> Trees {
    let mut both = scaled(trees, SHARE);
    for (place, slope) in Trees::none().slopes {
        add(&mut both, place, (1.0 - SHARE) * slope);
    }
    for (name, slope) in [STRANGERS, OTHER_THEMES, EXCHANGED].into_iter().chain(LITTLE_SAID) {
        if let Some(place) = place(name) {
            add(&mut both, place, slope);
        }
    }
    both.trees.extend(place("fine").map(|fine| by_what_has_read(fine, NOT_FINELY_READ, FINELY_READ)));
    both
}

/// A tree of one question: whether the fine encoder's cosine is known; and what is added where it is not and where it is.
pub(super) fn by_what_has_read(fine: usize, unknown: f32, known: f32) -> Tree {
    /// Less than any cosine that is known; what nobody knows is -1.
    const UNKNOWN: f32 = -0.99;
    let mut leaves = [0.0; LEAVES];
    (leaves[0], leaves[LEAVES - 1]) = (unknown, known);
    Tree { asks: [(fine, UNKNOWN); DEPTH], leaves }
}

/// Where the numbers of the line stand.
pub(super) fn places() -> Vec<usize> {
    NAMES.iter().filter_map(|name| place(name)).collect()
}

/// Where a number of that name stands.
fn place(name: &str) -> Option<usize> {
    Case::NAMES.iter().position(|known| *known == name)
}

/// Makes one of a number worth so much more.
pub(super) fn add(trees: &mut Trees, place: usize, slope: f32) {
    match trees.slopes.iter_mut().find(|(known, _)| *known == place) {
        Some((_, known)) => *known += slope,
        None => trees.slopes.push((place, slope)),
    }
}

#[cfg(test)]
mod tests {
    use super::{lined, place, places};
    use crate::train::stories::boost::Row;
    use story::{Case, Trees};

    #[test]
    fn the_line_finds_what_the_trees_leave_out() {
        let (fine, margin) = (place("fine").expect("a number"), place("margin").expect("a number"));
        // Right where the fine encoder says so, whatever the margin.
        let row = |at: usize| {
            let mut numbers = vec![0.0; Case::NAMES.len()];
            numbers[fine] = (at % 10) as f32 / 10.0;
            numbers[margin] = (at / 10 % 10) as f32 / 10.0;
            Row { right: numbers[fine] > 0.45, numbers, weight: 1.0, part: 0 }
        };
        let rows: Vec<Row> = (0..1_000).map(row).collect();
        let lined = lined(&Trees::none(), &rows, &places());
        let wrong = rows.iter().filter(|row| (lined.logit(&row.numbers) > 0.0) != row.right).count();
        // All but those beside the border, where the ridge holds the line back; without it half are wrong.
        assert!(wrong < 60, "{wrong} of 1000: {lined:?}");
    }
}

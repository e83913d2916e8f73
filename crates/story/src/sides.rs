//! Who stands in a headline, in the order in which they stand there, in a form that is the same in every language: the one
//! who acts mostly stands first. *India downs a Pakistani drone* and *Pakistan abat un drone indien* have the same
//! words in them, and not the same side in front. And who does it and to whom it is done, where the fine encoder has seen that:
//! whatever stands in front, *Pakistani drone downed by India* is the first of the two.

use crate::contradiction::Frame;
use crate::hash;
use news::{Mark, MarkKind, Reading};

/// The sides of a headline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    /// Countries, for their names and for what is theirs.
    pub(crate) lands: Box<[u32]>,
    /// Names, by how their words begin in Latin letters.
    pub(crate) names: Box<[u32]>,
    /// Somewhere in it stands what can put the one who acts behind, or two beside each other.
    pub(crate) turned: bool,
    /// Countries and names of headline and lead of which it is known, with how surely each acts ([`Mark::acts`]).
    pub(crate) parts: Box<[(u32, i8)]>,
}

/// Sides of each sort that are kept, and parts.
const MOST: usize = 4;
const MOST_PARTS: usize = 12;
/// Steps of [`Mark::acts`] in two units of log odds.
const TWO_UNITS: f32 = 32.0;

/// Words for who did it, when that stands behind; and words between two who do it together. Fewer than turn a frame, where they
/// count only between two names: here they count anywhere, and "with" is as often what it was done with.
const TURNING: &[&str] = &[
    "by", "and", "von", "durch", "und", "par", "et", "por", "y", "da", "pelo", "pela", "e", "от", "и", "від",
    "та", "і", "й",
];

/// What the first sides of two headlines say, as a number for the trees: the same one stands in front; each has one in front
/// that stands behind in the other, or nowhere; nothing is known.
const SAME: f32 = 1.0;
const BEHIND: f32 = -0.5;
const NOWHERE: f32 = -1.0;

impl Sides {
    /// Of a headline and its frame.
    pub(crate) fn of(reading: &Reading, frame: &Frame) -> Self {
        let of_kind = |kind| {
            let marks = reading.marks.iter().filter(|mark| mark.in_title && mark.kind == kind);
            marks.map(|mark| hash::term(&mark.key)).take(MOST).collect()
        };
        Self {
            lands: of_kind(MarkKind::Country),
            names: of_kind(MarkKind::Named),
            parts: parts(&reading.marks),
            turned: frame.is_together()
                || reading.title_words.iter().any(|word| TURNING.contains(&word.as_str())),
        }
    }

    /// The first two countries, or the first two names, that both headlines have stand the other way round, and nothing in
    /// either turns a sentence.
    pub(crate) fn change_places(&self, other: &Self) -> bool {
        !self.turned
            && !other.turned
            && (crossed(&self.lands, &other.lands) || crossed(&self.names, &other.names))
    }

    /// Whether the same country stands in front.
    pub(crate) fn first_land(&self, other: &Self) -> f32 {
        first(&self.lands, &other.lands)
    }

    /// Whether the same name does.
    pub(crate) fn first_name(&self, other: &Self) -> f32 {
        first(&self.names, &other.names)
    }

    /// How surely two have exchanged their parts, 0 to 1: the one acts and the other suffers in one headline and lead, and the other way
    /// round in the other. One alone may act in one telling and suffer in another (who sued, whose shares fell).
    pub(crate) fn exchange_parts(&self, other: &Self) -> f32 {
        let theirs = |key: u32| other.parts.iter().find(|(other, _)| *other == key);
        let both = self.parts.iter().filter_map(|(key, acts)| Some((sure(*acts), sure(theirs(*key)?.1))));
        let (falls, rises) = both.fold((0.0, 0.0), |(falls, rises), (mine, theirs)| {
            (f32::max(falls, mine.min(-theirs)), f32::max(rises, theirs.min(-mine)))
        });
        falls.min(rises)
    }

    /// Each speaks of one country alone, and not of the same one.
    pub(crate) fn lone_lands_differ(&self, other: &Self) -> bool {
        matches!((&*self.lands, &*other.lands), ([mine], [theirs]) if mine != theirs)
    }
}

/// The countries and names whose parts are known, those of the headline first.
fn parts(marks: &[Mark]) -> Box<[(u32, i8)]> {
    let known = |mark: &&Mark| mark.acts != 0 && matches!(mark.kind, MarkKind::Country | MarkKind::Named);
    marks.iter().filter(known).map(|mark| (hash::term(&mark.key), mark.acts)).take(MOST_PARTS).collect()
}

/// How surely somebody acts: from -1 to 1, the odds as a chance stretched over both.
fn sure(acts: i8) -> f32 {
    (f32::from(acts) / TWO_UNITS).tanh()
}

/// The first two that both have stand the other way round.
fn crossed(mine: &[u32], theirs: &[u32]) -> bool {
    let mut places = mine.iter().filter_map(|side| theirs.iter().position(|other| other == side));
    matches!((places.next(), places.next()), (Some(first), Some(second)) if second < first)
}

fn first(mine: &[u32], theirs: &[u32]) -> f32 {
    match (mine.first(), theirs.first()) {
        (Some(one), Some(other)) if one == other => SAME,
        (Some(one), Some(other)) if mine.contains(other) || theirs.contains(one) => BEHIND,
        (Some(_), Some(_)) => NOWHERE,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Sides};
    use news::{Mark, MarkKind, Reading};

    /// Of a headline with countries in this order.
    fn sides(title: &str, lands: &[&str]) -> Sides {
        let mark =
            |key: &&str| Mark { key: (*key).to_owned(), kind: MarkKind::Country, in_title: true, acts: 0 };
        let title_words = title.split(' ').map(str::to_lowercase).collect();
        let reading = Reading { marks: lands.iter().map(mark).collect(), title_words, ..Reading::default() };
        Sides::of(&reading, &Frame::of(&reading))
    }

    #[test]
    fn who_stands_in_front_in_two_languages() {
        let one = sides("India derriba un dron paquistaní", &["IN", "PK"]);
        let other = sides("Le Pakistan abat un drone indien", &["PK", "IN"]);
        assert!(one.change_places(&other) && other.change_places(&one));
        assert_eq!((one.first_land(&other), one.first_name(&other)), (-0.5, 0.0));
        let same = sides("India shoots down drone from Pakistan", &["IN", "PK"]);
        assert!(!one.change_places(&same));
        assert_eq!(one.first_land(&same), 1.0);
        let passive = sides("Pakistani drone shot down by India", &["PK", "IN"]);
        assert!(!one.change_places(&passive), "what stands in front here has not acted");
    }

    #[test]
    fn who_does_it_whatever_stands_in_front() {
        let sides = |acting: &[(&str, i8)]| {
            let mark = |(key, acts): &(&str, i8)| Mark {
                key: (*key).to_owned(),
                kind: MarkKind::Country,
                in_title: true,
                acts: *acts,
            };
            let reading = Reading { marks: acting.iter().map(mark).collect(), ..Reading::default() };
            Sides::of(&reading, &Frame::of(&reading))
        };
        let active = sides(&[("IN", 60), ("PK", -60)]);
        let passive = sides(&[("PK", -90), ("IN", 40)]);
        let other = sides(&[("PK", 60), ("IN", -60)]);
        assert_eq!(active.exchange_parts(&passive), 0.0);
        let turned = passive.exchange_parts(&other);
        assert!(turned > 0.7 && other.exchange_parts(&passive) == turned, "{turned}");
        assert_eq!(active.exchange_parts(&sides(&[("PE", 60), ("IN", 0)])), 0.0);
        let one = active.exchange_parts(&sides(&[("IN", 60), ("PK", 60)]));
        assert_eq!(one, 0.0, "one alone has changed");
    }

    #[test]
    fn one_country_each() {
        let peru = sides("Peru declares emergency over dengue", &["PE"]);
        let paraguay = sides("Paraguay declara la emergencia", &["PY"]);
        assert!(peru.lone_lands_differ(&paraguay));
        assert_eq!(peru.first_land(&paraguay), -1.0);
        assert!(!peru.lone_lands_differ(&peru));
        assert!(!peru.lone_lands_differ(&sides("Storm closes port", &[])));
    }
}

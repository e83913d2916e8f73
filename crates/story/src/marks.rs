//! What two articles speak of, compared in the form that is the same in every language: deeds, countries, scenes, and the
//! figures of their headlines.

use crate::hash;
use news::{Figure, MarkKind, Reading};

/// The marks of an article, in groups by kind and by whether they stand in the headline: each group ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// The group in the upper bits, the key's hash in the lower.
    pub(crate) all: Box<[u32]>,
    ends: [u8; GROUPS],
}

/// Four kinds in headline and lead each, and behind them the figures.
const GROUPS: usize = 9;
const FIGURES: usize = GROUPS - 1;
const KEY_BITS: u32 = 28;
const KEY: u32 = (1 << KEY_BITS) - 1;
/// Marks of one article at most.
const MOST: usize = 64;

/// What two articles' marks say of each other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// Both tell deeds, and none in common.
    pub(crate) other_deeds: bool,
    /// Both headlines name countries, none of which the other article knows.
    pub(crate) other_lands: bool,
    /// Both say where it happens, and neither names the other's place.
    pub(crate) elsewhere: bool,
    /// Both headlines have names, and neither article has one of the other's headline.
    pub(crate) strangers: bool,
    /// How many deeds and how many countries both tell of.
    pub(crate) same_deeds: u8,
    pub(crate) same_lands: u8,
    /// Where one says that it happens, the other knows.
    pub(crate) same_place: bool,
    /// Both headlines have figures, and none in common; how many both have.
    pub(crate) other_figures: bool,
    pub(crate) same_figures: u8,
}

impl Marks {
    pub(crate) fn of(reading: &Reading) -> Self {
        let coded = reading.marks.iter().take(MOST).map(|mark| {
            let group = mark.kind as u32 * 2 + u32::from(!mark.in_title);
            group << KEY_BITS | key(&mark.key)
        });
        let figures = reading.figures.iter().filter(|figure| tells(figure)).take(MOST / 8);
        let figures = figures.map(|figure| (FIGURES as u32) << KEY_BITS | key(&figure.value.to_string()));
        Self::kept(figures.chain(coded).collect())
    }

    /// Marks as they were kept.
    pub(crate) fn kept(mut all: Vec<u32>) -> Self {
        all.truncate(MOST);
        all.sort_unstable();
        all.dedup();
        let mut ends = [0; GROUPS];
        for (group, end) in (1_u64..).zip(&mut ends) {
            let bound = group << KEY_BITS;
            *end = all.partition_point(|mark| u64::from(*mark) < bound) as u8;
        }
        Self { all: all.into(), ends }
    }

    fn group(&self, kind: MarkKind, in_title: bool) -> &[u32] {
        self.group_at(kind as usize * 2 + usize::from(!in_title))
    }

    fn group_at(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.all.get(usize::from(start)..usize::from(self.ends[at])).unwrap_or_default()
    }

    /// Of a kind in headline and lead.
    fn both(&self, kind: MarkKind) -> impl Iterator<Item = u32> + '_ {
        self.group(kind, true).iter().chain(self.group(kind, false)).map(|mark| mark & KEY)
    }

    fn has(&self, kind: MarkKind, key: u32) -> bool {
        self.both(kind).any(|mine| mine == key)
    }

    /// Those of the headline, else those of the lead.
    fn foremost(&self, kind: MarkKind) -> impl Iterator<Item = u32> + '_ {
        let title = self.group(kind, true);
        let chosen = if title.is_empty() { self.group(kind, false) } else { title };
        chosen.iter().map(|mark| mark & KEY)
    }

    /// What the marks of two articles say.
    pub(crate) fn against(&self, other: &Self) -> Signs {
        let same_deeds = self.shared(other, MarkKind::Deed);
        let same_lands = self.shared(other, MarkKind::Country);
        let same_place = self.is_at_home_with(other) || other.is_at_home_with(self);
        let (deeds, lands) = (same_deeds > 0, same_lands > 0);
        let tell = |marks: &Self, kind| !marks.group(kind, true).is_empty();
        let both = |kind| tell(self, kind) && tell(other, kind);
        let [mine, theirs] = [self, other].map(|marks| marks.group_at(FIGURES));
        let same_figures = mine.iter().filter(|figure| theirs.contains(figure)).count() as u8;
        Signs {
            other_deeds: !deeds && both(MarkKind::Deed),
            other_lands: !lands && both(MarkKind::Country),
            elsewhere: self.is_strange_to(other) && other.is_strange_to(self),
            strangers: !lands && !same_place && self.names_none_of(other) && other.names_none_of(self),
            same_deeds,
            same_lands,
            same_place,
            other_figures: same_figures == 0 && !mine.is_empty() && !theirs.is_empty(),
            same_figures,
        }
    }

    /// How many of a kind both have; one that stands in headline and lead counts once.
    fn shared(&self, other: &Self, kind: MarkKind) -> u8 {
        let below = |key| !self.group(kind, true).iter().any(|mark| mark & KEY == key);
        let title = self.group(kind, true).iter().map(|mark| mark & KEY);
        let lead = self.group(kind, false).iter().map(|mark| mark & KEY).filter(|key| below(*key));
        title.chain(lead).filter(|key| other.has(kind, *key)).count() as u8
    }

    /// It says where it happens, and the other knows that place.
    fn is_at_home_with(&self, other: &Self) -> bool {
        let known = |key| other.has(MarkKind::Scene, key) || other.has(MarkKind::Named, key);
        self.foremost(MarkKind::Scene).any(known)
    }

    /// The headline has names, and the other article has none of them.
    fn names_none_of(&self, other: &Self) -> bool {
        let mut named = self.group(MarkKind::Named, true).iter().map(|mark| mark & KEY).peekable();
        named.peek().is_some() && !named.any(|key| other.has(MarkKind::Named, key))
    }

    /// Both say where it happens, and the other does not name the place of this.
    fn is_strange_to(&self, other: &Self) -> bool {
        let mut scenes = self.foremost(MarkKind::Scene).peekable();
        let known = |key| other.has(MarkKind::Scene, key) || other.has(MarkKind::Named, key);
        scenes.peek().is_some() && !scenes.any(known)
    }
}

fn key(of: &str) -> u32 {
    hash::term(of) >> (32 - KEY_BITS)
}

/// A figure of the headline that says something of what happens: "one" is as often an article, a year is when.
fn tells(figure: &Figure) -> bool {
    let year = figure.value.fract() == 0.0 && (1990.0..2100.0).contains(&figure.value);
    figure.in_title && figure.value != 1.0 && !year
}

#[cfg(test)]
mod tests {
    use super::Marks;
    use news::{Figure, Mark, MarkKind, Reading};

    fn marks(written: &[(&str, MarkKind)]) -> Marks {
        let marks = written.iter().map(|(key, kind)| Mark {
            key: (*key).to_owned(),
            kind: *kind,
            in_title: true,
            acts: 0,
        });
        Marks::of(&Reading { marks: marks.collect(), ..Reading::default() })
    }

    #[test]
    fn the_same_deed_elsewhere() {
        use MarkKind::{Country, Deed, Scene};
        let here = marks(&[("dead", Deed), ("fire", Deed), ("PE", Country), ("lima", Scene)]);
        let there = marks(&[("dead", Deed), ("MA", Country), ("rabat", Scene)]);
        let signs = here.against(&there);
        assert!(signs.elsewhere && signs.other_lands && !signs.other_deeds);
        let same = here.against(&here);
        assert!(!same.elsewhere && !same.other_lands);
        assert_eq!(Marks::kept(here.all.to_vec()), here);
    }

    #[test]
    fn a_place_that_nobody_knows_may_be_a_capital() {
        use MarkKind::{Named, Scene};
        let capital = marks(&[("ordan", Named), ("*ordan", Scene), (Mark::SOMEWHERE, Scene)]);
        let town = marks(&[("tessi", Named), ("tessi", Scene), (Mark::SOMEWHERE, Named)]);
        let city = marks(&[("rabat", Named), ("rabat", Scene)]);
        let signs = capital.against(&town);
        assert!(signs.same_place && !signs.elsewhere && !signs.strangers);
        let signs = capital.against(&city);
        assert!(!signs.same_place && signs.elsewhere && signs.strangers);
    }

    #[test]
    fn figures_of_headlines() {
        let marks = |values: &[f64]| {
            let figure = |value: &f64| Figure { value: *value, of: None, in_title: true };
            Marks::of(&Reading { figures: values.iter().map(figure).collect(), ..Reading::default() })
        };
        let signs = marks(&[7.0, 2031.0]).against(&marks(&[9.0, 2031.0]));
        assert!(signs.other_figures && signs.same_figures == 0);
        let signs = marks(&[7.0, 40.0]).against(&marks(&[40.0]));
        assert!(!signs.other_figures && signs.same_figures == 1);
        let signs = marks(&[7.0]).against(&marks(&[1.0]));
        assert!(!signs.other_figures && signs.same_figures == 0);
    }
}

//! How much speaks for two articles being of one story. 0 is the line: above it they are, below they are not.

use crate::features::{Background, FIELDS, Features, Field, Weighed};
use crate::marks::Signs;
use crate::meaning::Meaning;
use crate::sparse::Probe;
use crate::stories::case::{Case, yes};
use crate::weights::{Kind, Weights};
use news::ArticleId;

/// An article that stays comparable: its vectors and their lengths under the weights of its time.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The article; more when the same bare headline came again.
    pub(crate) articles: Vec<ArticleId>,
    /// The article that it repeats.
    pub(crate) original: Option<ArticleId>,
    pub(crate) features: Features,
    /// Seconds since 1970.
    pub(crate) at: i64,
    norms: [f32; FIELDS],
    /// How telling each stem of the headline is, squared.
    title_weights: Box<[f32]>,
    epoch: u32,
}

impl Kept {
    pub(crate) fn new(
        article: ArticleId,
        original: Option<ArticleId>,
        features: Features,
        at: i64,
        weighed: &Weighed,
        background: &Background,
    ) -> Self {
        let mut kept = Self {
            articles: vec![article],
            original,
            features,
            at,
            norms: [0.0; FIELDS],
            title_weights: Box::default(),
            epoch: 0,
        };
        kept.measure(weighed, background);
        kept
    }

    /// Renews the lengths if the weights have moved since they were taken.
    pub(crate) fn refresh(&mut self, background: &Background) {
        if self.epoch != epoch(&self.features, background) {
            self.measure(&Weighed::new(&self.features, background), background);
        }
    }

    fn measure(&mut self, weighed: &Weighed, background: &Background) {
        for field in Field::ALL {
            self.norms[field as usize] = self.features.field(field).norm(weighed.field(field));
        }
        self.title_weights = weighed.field(Field::Title).iter().map(|weight| weight * weight).collect();
        self.epoch = epoch(&self.features, background);
    }
}

impl Kept {
    /// Weighted cosine of one of its vectors with one that was made ready.
    pub(crate) fn cosine(&self, field: Field, probe: &Probe) -> f32 {
        probe.cosine(self.features.field(field), self.norms[field as usize])
    }

    /// Which share of the headline's weight stands in an article's text.
    fn headline_contained_in(&self, text: &Features) -> f32 {
        let (title, body) = (self.features.field(Field::Title), text.field(Field::Body));
        let shared: f32 = title
            .keys
            .iter()
            .zip(&self.title_weights)
            .filter(|(key, _)| body.contains(**key))
            .map(|(_, w)| w)
            .sum();
        let all: f32 = self.title_weights.iter().sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// Counts of headlines move with every article, so they tell when lengths are stale.
fn epoch(features: &Features, background: &Background) -> u32 {
    background.epoch(Field::Title, features.language) + background.epoch(Field::Names, features.language)
}

/// An article made ready to be compared with many.
pub(crate) struct Query<'a> {
    pub(crate) features: &'a Features,
    at: i64,
    probes: [Probe; FIELDS],
}

impl<'a> Query<'a> {
    pub(crate) fn new(features: &'a Features, at: i64, weighed: &Weighed) -> Self {
        let probes = Field::ALL.map(|field| Probe::new(features.field(field), weighed.field(field)));
        Self { features, at, probes }
    }

    pub(crate) fn probe(&self, field: Field) -> &Probe {
        &self.probes[field as usize]
    }

    pub(crate) fn cosine(&self, field: Field, other: &Kept) -> f32 {
        other.cosine(field, self.probe(field))
    }

    /// The cosine in two parts: by words that belong to no name, and by names.
    fn cosines(&self, field: Field, other: &Kept) -> Words {
        let norm = other.norms[field as usize];
        let (plain, named) = self.probe(field).cosines(other.features.field(field), norm);
        Words { plain, named }
    }

    /// Cosine of meanings, if an encoder gave both.
    fn meaning(&self, other: &Kept) -> Option<f32> {
        Some(self.features.meaning.as_ref()?.cosine(other.features.meaning.as_ref()?))
    }

    /// Days to another time, either way.
    pub(crate) fn days_since(&self, at: i64) -> f32 {
        (self.at.saturating_sub(at)).unsigned_abs() as f32 / 86_400.0
    }

    /// The affinity with another article, its line subtracted.
    pub(crate) fn affinity(&self, other: &Kept, w: &Weights) -> f32 {
        self.evidence(other).affinity(w)
    }

    /// What speaks for one story.
    pub(crate) fn evidence(&self, other: &Kept) -> Evidence {
        let (mine, theirs) = (self.features, &other.features);
        let days = (self.at - other.at).unsigned_abs() as f32 / 86_400.0;
        let mut evidence = Evidence {
            days,
            meaning: self.meaning(other),
            sense: cosine(mine.sense.as_ref(), theirs.sense.as_ref()),
            fine: cosine(mine.fine.as_ref(), theirs.fine.as_ref()),
            told: cosine(mine.told(), theirs.told()),
            apart: mine.language == theirs.language && mine.frame.shares_but_a_name(&theirs.frame),
            marks: self.cosine(Field::Marks, other),
            signs: mine.marks.against(&theirs.marks),
            ..Evidence::of(self.between(other))
        };
        match evidence.between {
            Between::Contradicting => {}
            Between::Languages => {
                evidence.sound = self.cosine(Field::Cross, other);
                evidence.grams = Words { plain: self.cosine(Field::Grams, other), named: 0.0 };
            }
            Between::Headlines => {
                evidence.words = self.cosines(Field::Title, other);
                evidence.grams = self.cosines(Field::Grams, other);
                evidence.names = self.cosine(Field::Names, other);
            }
            Between::HeadlineAndText => {
                evidence.words = self.cosines(Field::Title, other);
                evidence.grams = self.cosines(Field::Grams, other);
                evidence.contained = if mine.has_text {
                    other.headline_contained_in(mine)
                } else {
                    self.probe(Field::Title).contained_in(theirs.field(Field::Body))
                };
            }
            Between::Texts => {
                evidence.grams = self.cosines(Field::Grams, other);
                evidence.body = self.cosines(Field::Body, other);
                evidence.lead = self.cosines(Field::Lead, other);
                evidence.names = self.cosine(Field::Names, other);
            }
        }
        evidence
    }

    /// What kind of comparison it is.
    fn between(&self, other: &Kept) -> Between {
        let (mine, theirs) = (self.features, &other.features);
        let across = mine.language != theirs.language;
        let contradicting = if across {
            mine.frame.counts_differ_across(&theirs.frame)
        } else {
            mine.frame.contradicts(&theirs.frame)
        };
        match (mine.has_text, theirs.has_text) {
            _ if contradicting => Between::Contradicting,
            _ if across => Between::Languages,
            (true, true) => Between::Texts,
            (false, false) => Between::Headlines,
            _ => Between::HeadlineAndText,
        }
    }
}

/// What speaks for two articles being of one story: cosines and shares (0 to 1), 0 where the kind of comparison has no such.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    between: Between,
    days: f32,
    /// Cosines of headlines by words and by 4-grams, of texts, of leads.
    words: Words,
    grams: Words,
    body: Words,
    lead: Words,
    /// Cosine of the words of names.
    names: f32,
    /// How much of the bare headline stands in the other's text.
    contained: f32,
    /// Cosine of how names and numbers sound.
    sound: f32,
    /// Cosine of meanings, if an encoder gave both.
    meaning: Option<f32>,
    /// Cosine of what tells stories apart, -1 where it is not known.
    pub(crate) sense: f32,
    /// The same by the fine encoder.
    pub(crate) fine: f32,
    /// The same with their leads.
    pub(crate) told: f32,
    /// Their headlines have no more in common than a name.
    apart: bool,
    /// Cosine of what happens and where, in no language.
    marks: f32,
    signs: Signs,
}

/// A cosine in two parts that add up to it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    /// By words that belong to no name: what happens.
    plain: f32,
    /// By words of names: who and where.
    named: f32,
}

impl Words {
    fn all(self) -> f32 {
        self.plain + self.named
    }

    fn weighed(self, named: f32) -> f32 {
        self.plain + named * self.named
    }
}

/// What kind of comparison it is; a case counts them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// The headlines cannot both be about one happening.
    Contradicting,
    Languages,
    Headlines,
    HeadlineAndText,
    Texts,
}

/// Stands for a cosine of meanings that nobody knows.
const UNKNOWN: f32 = -1.0;

/// Cosine of two meanings; -1 where either is unknown.
pub(crate) fn cosine(one: Option<&Meaning>, other: Option<&Meaning>) -> f32 {
    one.zip(other).map_or(UNKNOWN, |(one, other)| one.cosine(other))
}

/// How far two articles have nothing but names in common (0 to 1).
fn thin(words: Words) -> f32 {
    /// A cosine by other words from which they have enough.
    const ENOUGH: f32 = 0.15;
    (1.0 - words.plain / ENOUGH).max(0.0)
}

impl Evidence {
    fn of(between: Between) -> Self {
        let none = Words::default();
        Self {
            between,
            days: 0.0,
            words: none,
            grams: none,
            body: none,
            lead: none,
            names: 0.0,
            contained: 0.0,
            sound: 0.0,
            meaning: None,
            sense: UNKNOWN,
            fine: UNKNOWN,
            told: UNKNOWN,
            apart: false,
            marks: 0.0,
            signs: Signs::default(),
        }
    }

    /// The evidence in sum, the line subtracted.
    pub(crate) fn affinity(&self, w: &Weights) -> f32 {
        match self.between {
            Between::Contradicting => -w.contradiction,
            Between::Languages if self.meaning.is_none() => self.weighed(&w.bare()),
            Between::Languages => self.weighed(&w.across),
            Between::Headlines => self.weighed(&w.titles),
            Between::HeadlineAndText => self.weighed(&w.mixed),
            Between::Texts => self.weighed(&w.texts),
        }
    }

    /// All of it by the weights of one kind of comparison, the line subtracted.
    fn weighed(&self, k: &Kind) -> f32 {
        let telling = if self.between == Between::Texts { self.lead } else { self.words };
        k.words * self.words.weighed(k.named)
            + k.grams * self.grams.weighed(k.named)
            + k.body * self.body.weighed(k.named)
            + k.lead * self.lead.weighed(k.named)
            + k.names * self.names
            + k.contained * self.contained
            + k.sound * self.sound
            + self.meant(k)
            + self.signed(k)
            - k.thin * thin(telling)
            - k.day * self.days
            - k.join
    }

    /// What the words and marks of two texts say at most, before anything is taken off; nothing where they were not
    /// compared.
    pub(crate) fn of_texts(&self, w: &Weights) -> f32 {
        if self.between != Between::Texts {
            return 0.0;
        }
        let k = &w.texts;
        let words = k.body.max(0.0) * self.body.all()
            + k.lead.max(0.0) * self.lead.all()
            + k.grams.max(0.0) * self.grams.all();
        k.named.max(1.0) * words + k.names.max(0.0) * self.names + k.marks.max(0.0) * self.marks
    }

    /// The evidence in sum where the other is a whole story: one link, which nothing else supports. Headlines that share
    /// a name, and little of what they mean, are no story.
    pub(crate) fn alone(&self, w: &Weights) -> f32 {
        let affinity = self.affinity(w);
        if self.between != Between::Headlines || self.meaning.is_none() {
            return affinity;
        }
        w.lone_share * self.weighed(&w.lone) + (1.0 - w.lone_share) * affinity
    }

    /// What their marks say, and that they have no more in common than a name.
    fn signed(&self, k: &Kind) -> f32 {
        let signs = &self.signs;
        let against = [
            (signs.other_deeds, k.other_deeds),
            (signs.other_lands, k.other_lands),
            (signs.elsewhere, k.elsewhere),
            (signs.strangers, k.strangers),
            (self.apart, k.apart),
        ];
        let loss: f32 = against.map(|(stands, weight)| if stands { weight } else { 0.0 }).iter().sum();
        k.marks * self.marks - loss
    }

    /// What the encoders say, each if it has read both.
    fn meant(&self, k: &Kind) -> f32 {
        let quick = self.meaning.map_or(0.0, |cosine| k.meaning * (cosine - k.meaning_line));
        let fine = if self.fine > UNKNOWN { k.fine * (self.fine - k.fine_line) } else { 0.0 };
        quick + fine
    }

    /// The cosine of meanings; -1 where it is not known.
    pub(crate) fn meaning_or_less(&self) -> f32 {
        self.meaning.unwrap_or(UNKNOWN)
    }

    /// Counts what speaks against it into a case, as this share of all.
    pub(crate) fn count_against(&self, case: &mut Case, share: f32) {
        case.share_apart += share * yes(self.apart);
        case.share_other_deeds += share * yes(self.signs.other_deeds);
        case.share_other_lands += share * yes(self.signs.other_lands);
        case.share_elsewhere += share * yes(self.signs.elsewhere);
        case.share_strangers += share * yes(self.signs.strangers);
        case.share_other_figures += share * yes(self.signs.other_figures);
    }

    /// The headlines cannot be about one happening.
    pub(crate) fn contradicts(&self) -> bool {
        self.between == Between::Contradicting
    }

    /// Puts it into a case as what there is to the nearest member.
    pub(crate) fn fill(&self, case: &mut Case) {
        case.days = self.days;
        case.meaning = self.meaning_or_less();
        case.sense = self.sense;
        case.fine = self.fine;
        case.told = self.told;
        case.apart = yes(self.apart);
        case.marks = self.marks;
        case.other_deeds = yes(self.signs.other_deeds);
        case.other_lands = yes(self.signs.other_lands);
        case.elsewhere = yes(self.signs.elsewhere);
        case.strangers = yes(self.signs.strangers);
        case.same_deeds = f32::from(self.signs.same_deeds);
        case.same_lands = f32::from(self.signs.same_lands);
        case.same_place = yes(self.signs.same_place);
        case.other_figures = yes(self.signs.other_figures);
        case.same_figures = f32::from(self.signs.same_figures);
        case.kind = f32::from(self.between as u8);
        (case.words, case.named) = (self.words.plain, self.words.named);
        (case.grams, case.grams_named) = (self.grams.plain, self.grams.named);
        (case.body, case.body_named) = (self.body.plain, self.body.named);
        (case.lead, case.lead_named) = (self.lead.plain, self.lead.named);
        (case.names, case.contained, case.sound) = (self.names, self.contained, self.sound);
    }

    pub(crate) fn is_between_languages(&self) -> bool {
        self.between == Between::Languages
    }

    /// Whether there is anything worth remembering.
    pub(crate) fn is_some(&self) -> bool {
        let alike = self.meaning.is_some_and(|meaning| meaning > 0.5) || self.fine.max(self.told) > 0.6;
        alike
            || match self.between {
                Between::Contradicting => true,
                Between::Languages => self.sound > 0.05 || self.grams.all() > 0.1,
                Between::Headlines => self.words.all() > 0.02 || self.grams.all() > 0.06,
                Between::HeadlineAndText => self.words.all() + self.contained > 0.05,
                Between::Texts => self.body.all() + self.lead.all() > 0.04,
            }
    }
}

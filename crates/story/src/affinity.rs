//! How much speaks for two articles being of one story. 0 is the line: above it they are, below they are not.

use crate::features::{Background, FIELDS, Features, Field, Weighed};
use crate::marks::Signs;
use crate::meaning::Meaning;
use crate::sparse::Probe;
use crate::stories::case::{Case, yes};
use crate::weights::{SignWeights, Weights};
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

    fn cosine(&self, field: Field, other: &Kept) -> f32 {
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
        let across = mine.language != theirs.language;
        let between = if across && mine.frame.counts_differ_across(&theirs.frame) {
            Between::Contradicting
        } else if across {
            Between::Languages {
                sound: self.cosine(Field::Cross, other),
                grams: self.cosine(Field::Grams, other),
            }
        } else if mine.frame.contradicts(&theirs.frame) {
            Between::Contradicting
        } else {
            let words = self.cosines(Field::Title, other);
            let grams = self.cosines(Field::Grams, other);
            match (mine.has_text, theirs.has_text) {
                (true, true) => Between::Texts {
                    grams,
                    body: self.cosines(Field::Body, other),
                    lead: self.cosines(Field::Lead, other),
                    names: self.cosine(Field::Names, other),
                },
                (false, false) => {
                    Between::Headlines { words, grams, names: self.cosine(Field::Names, other) }
                }
                (false, true) => {
                    let contained = self.probe(Field::Title).contained_in(theirs.field(Field::Body));
                    Between::HeadlineAndText { words, grams, contained }
                }
                (true, false) => {
                    Between::HeadlineAndText { words, grams, contained: other.headline_contained_in(mine) }
                }
            }
        };
        let apart = mine.language == theirs.language && mine.frame.shares_but_a_name(&theirs.frame);
        let signs = mine.marks.against(&theirs.marks);
        let marks = self.cosine(Field::Marks, other);
        Evidence {
            days,
            meaning: self.meaning(other),
            sense: cosine(mine.sense.as_ref(), theirs.sense.as_ref()),
            fine: cosine(mine.fine.as_ref(), theirs.fine.as_ref()),
            apart,
            marks,
            signs,
            between,
        }
    }
}

/// What speaks for two articles being of one story: cosines and shares (0 to 1).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    days: f32,
    /// Cosine of meanings, if an encoder gave both.
    meaning: Option<f32>,
    /// Cosine of what tells stories apart, -1 where it is not known.
    pub(crate) sense: f32,
    /// The same by the fine encoder.
    pub(crate) fine: f32,
    /// Their headlines have no more in common than a name.
    apart: bool,
    /// Cosine of what happens and where, in no language.
    marks: f32,
    signs: Signs,
    between: Between,
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

#[derive(Clone, Copy, Debug)]
enum Between {
    Languages {
        sound: f32,
        grams: f32,
    },
    Headlines {
        words: Words,
        grams: Words,
        names: f32,
    },
    /// Beside the two headlines, how much of the bare one stands in the other's text.
    HeadlineAndText {
        words: Words,
        grams: Words,
        contained: f32,
    },
    Texts {
        grams: Words,
        body: Words,
        lead: Words,
        names: f32,
    },
    /// Their headlines cannot both be about one happening.
    Contradicting,
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
    /// The evidence in sum, the line subtracted.
    pub(crate) fn affinity(&self, w: &Weights) -> f32 {
        let days = self.days;
        match self.between {
            Between::Languages { sound, grams } if self.meaning.is_none() => {
                w.bare_sound * sound + w.bare_grams * grams + self.signed(&w.cross_signs())
                    - w.cross_day * days
                    - w.bare_join
            }
            Between::Languages { sound, grams } => {
                w.cross_sound * sound
                    + w.cross_grams * grams
                    + self.meant(w.cross_meaning, w.cross_meaning_line)
                    + self.finely(w.cross_fine, w.cross_fine_line)
                    + self.signed(&w.cross_signs())
                    - w.cross_day * days
                    - w.cross_join
            }
            Between::Headlines { words, grams, names } => {
                w.title_words * words.weighed(w.title_named)
                    + w.title_grams * grams.weighed(w.title_named)
                    + w.title_names * names
                    + self.meant(w.title_meaning, w.title_meaning_line)
                    + self.finely(w.title_fine, w.title_fine_line)
                    - w.title_thin * thin(words)
                    - w.title_day * days
                    + self.signed(&w.title_signs())
                    - self.apart(w.title_apart)
                    - w.title_join
            }
            Between::HeadlineAndText { words, grams, contained } => {
                w.mixed_words * words.weighed(w.mixed_named)
                    + w.mixed_grams * grams.weighed(w.mixed_named)
                    + w.mixed_contained * contained
                    + self.meant(w.mixed_meaning, w.title_meaning_line)
                    + self.finely(w.mixed_fine, w.mixed_fine_line)
                    - w.mixed_thin * thin(words)
                    - w.mixed_day * days
                    + self.signed(&w.mixed_signs())
                    - self.apart(w.mixed_apart)
                    - w.mixed_join
            }
            Between::Texts { grams, body, lead, names } => {
                w.text_body * body.weighed(w.text_named)
                    + w.text_lead * lead.weighed(w.text_named)
                    + w.text_grams * grams.weighed(w.text_named)
                    + w.text_names * names
                    + self.meant(w.text_meaning, w.text_meaning_line)
                    + self.finely(w.text_fine, w.text_fine_line)
                    - w.text_thin * thin(lead)
                    - w.text_day * days
                    + self.signed(&w.text_signs())
                    - self.apart(w.text_apart)
                    - w.text_join
            }
            Between::Contradicting => -w.contradiction,
        }
    }

    /// What the words and marks of two texts say at most, before anything is taken off; nothing where they were not
    /// compared.
    pub(crate) fn of_texts(&self, w: &Weights) -> f32 {
        let Between::Texts { grams, body, lead, names } = self.between else { return 0.0 };
        let words = w.text_body.max(0.0) * body.all()
            + w.text_lead.max(0.0) * lead.all()
            + w.text_grams.max(0.0) * grams.all();
        w.text_named.max(1.0) * words + w.text_names.max(0.0) * names + w.text_marks.max(0.0) * self.marks
    }

    /// What their marks say.
    fn signed(&self, w: &SignWeights) -> f32 {
        let signs = &self.signs;
        let against = [(signs.other_deeds, w.other_deeds), (signs.other_lands, w.other_lands)];
        let against =
            against.into_iter().chain([(signs.elsewhere, w.elsewhere), (signs.strangers, w.strangers)]);
        let loss: f32 = against.map(|(stands, weight)| if stands { weight } else { 0.0 }).sum();
        w.marks * self.marks - loss
    }

    /// The evidence in sum where the other is a whole story: one link, which nothing else supports. Headlines that share
    /// a name, and little of what they mean, are no story.
    pub(crate) fn alone(&self, w: &Weights) -> f32 {
        let affinity = self.affinity(w);
        let Between::Headlines { words, .. } = self.between else { return affinity };
        if self.meaning.is_none() {
            return affinity;
        }
        let alone = self.meant(w.lone_meaning, w.title_meaning_line)
            + self.finely(w.lone_fine, w.lone_fine_line)
            + self.signed(&w.lone_signs())
            + w.lone_words * words.plain
            + w.lone_named * words.named
            - self.apart(w.lone_apart)
            - w.title_day * self.days
            - w.lone_join;
        w.lone_share * alone + (1.0 - w.lone_share) * affinity
    }

    fn apart(&self, weight: f32) -> f32 {
        if self.apart { weight } else { 0.0 }
    }

    /// What the encoder says, if it was there for both.
    fn meant(&self, weight: f32, line: f32) -> f32 {
        self.meaning.map_or(0.0, |cosine| weight * (cosine - line))
    }

    /// What the fine encoder says, if it was there for both.
    fn finely(&self, weight: f32, line: f32) -> f32 {
        if self.fine > UNKNOWN { weight * (self.fine - line) } else { 0.0 }
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
        matches!(self.between, Between::Contradicting)
    }

    /// Puts it into a case as what there is to the nearest member.
    pub(crate) fn fill(&self, case: &mut Case) {
        case.days = self.days;
        case.meaning = self.meaning_or_less();
        case.sense = self.sense;
        case.fine = self.fine;
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
        case.kind = match self.between {
            Between::Contradicting => 0.0,
            Between::Languages { .. } => 1.0,
            Between::Headlines { .. } => 2.0,
            Between::HeadlineAndText { .. } => 3.0,
            Between::Texts { .. } => 4.0,
        };
        match self.between {
            Between::Languages { sound, grams } => (case.sound, case.grams) = (sound, grams),
            Between::Headlines { words, grams, names } => {
                (case.words, case.named) = (words.plain, words.named);
                (case.grams, case.grams_named) = (grams.plain, grams.named);
                case.names = names;
            }
            Between::HeadlineAndText { words, grams, contained } => {
                (case.words, case.named) = (words.plain, words.named);
                (case.grams, case.grams_named) = (grams.plain, grams.named);
                case.contained = contained;
            }
            Between::Texts { grams, body, lead, names } => {
                (case.grams, case.grams_named) = (grams.plain, grams.named);
                (case.body, case.body_named) = (body.plain, body.named);
                (case.lead, case.lead_named) = (lead.plain, lead.named);
                case.names = names;
            }
            Between::Contradicting => {}
        }
    }

    pub(crate) fn is_between_languages(&self) -> bool {
        matches!(self.between, Between::Languages { .. })
    }

    /// Whether there is anything worth remembering.
    pub(crate) fn is_some(&self) -> bool {
        let alike = self.meaning.is_some_and(|meaning| meaning > 0.5) || self.fine > 0.6;
        alike
            || match self.between {
                Between::Languages { sound, grams } => sound > 0.05 || grams > 0.1,
                Between::Headlines { words, grams, .. } => words.all() > 0.02 || grams.all() > 0.06,
                Between::HeadlineAndText { words, contained, .. } => words.all() + contained > 0.05,
                Between::Texts { body, lead, .. } => body.all() + lead.all() > 0.04,
                Between::Contradicting => true,
            }
    }
}

//! How much speaks for two articles being of one story. 0 is the line: above it they are, below they are not.

use crate::features::{Background, FIELDS, Features, Field, Weighed};
use crate::sparse::Probe;
use crate::weights::Weights;
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

    /// Cosine of meanings, if an encoder gave both.
    fn meaning(&self, other: &Kept) -> Option<f32> {
        Some(self.features.meaning.as_ref()?.cosine(other.features.meaning.as_ref()?))
    }

    /// The affinity with another article, its line subtracted.
    pub(crate) fn affinity(&self, other: &Kept, w: &Weights) -> f32 {
        self.evidence(other).affinity(w)
    }

    /// What speaks for one story.
    pub(crate) fn evidence(&self, other: &Kept) -> Evidence {
        let (mine, theirs) = (self.features, &other.features);
        let days = (self.at - other.at).unsigned_abs() as f32 / 86_400.0;
        let between = if mine.language != theirs.language {
            Between::Languages {
                sound: self.cosine(Field::Cross, other),
                grams: self.cosine(Field::Grams, other),
            }
        } else if mine.frame.contradicts(&theirs.frame) {
            Between::Contradicting
        } else {
            let words = self.cosine(Field::Title, other);
            let grams = self.cosine(Field::Grams, other);
            match (mine.has_text, theirs.has_text) {
                (true, true) => Between::Texts {
                    grams,
                    body: self.cosine(Field::Body, other),
                    lead: self.cosine(Field::Lead, other),
                    names: self.cosine(Field::Names, other),
                    strangers: mine.is_stranger_to(theirs),
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
        Evidence { days, meaning: self.meaning(other), apart, between }
    }
}

/// What speaks for two articles being of one story: cosines and shares (0 to 1).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    days: f32,
    /// Cosine of meanings, if an encoder gave both.
    meaning: Option<f32>,
    /// Their headlines have no more in common than a name.
    apart: bool,
    between: Between,
}

#[derive(Clone, Copy, Debug)]
enum Between {
    Languages {
        sound: f32,
        grams: f32,
    },
    Headlines {
        words: f32,
        grams: f32,
        names: f32,
    },
    /// Beside the two headlines, how much of the bare one stands in the other's text.
    HeadlineAndText {
        words: f32,
        grams: f32,
        contained: f32,
    },
    Texts {
        grams: f32,
        body: f32,
        lead: f32,
        names: f32,
        strangers: bool,
    },
    /// Their headlines cannot both be about one happening.
    Contradicting,
}

impl Evidence {
    /// The evidence in sum, the line subtracted.
    pub(crate) fn affinity(&self, w: &Weights) -> f32 {
        let days = self.days;
        match self.between {
            Between::Languages { sound, grams } => {
                w.cross_sound * sound
                    + w.cross_grams * grams
                    + self.meant(w.cross_meaning, w.cross_meaning_line)
                    - w.cross_day * days
                    - w.cross_join
            }
            Between::Headlines { words, grams, names } => {
                w.title_words * words
                    + w.title_grams * grams
                    + w.title_names * names
                    + self.meant(w.title_meaning, w.title_meaning_line)
                    - w.title_day * days
                    - self.apart(w.title_apart)
                    - w.title_join
            }
            Between::HeadlineAndText { words, grams, contained } => {
                w.mixed_words * words
                    + w.mixed_grams * grams
                    + w.mixed_contained * contained
                    + self.meant(w.mixed_meaning, w.title_meaning_line)
                    - w.mixed_day * days
                    - self.apart(w.mixed_apart)
                    - w.mixed_join
            }
            Between::Texts { grams, body, lead, names, strangers } => {
                w.text_body * body
                    + w.text_lead * lead
                    + w.text_grams * grams
                    + w.text_names * names
                    + self.meant(w.text_meaning, w.text_meaning_line)
                    - if strangers { w.text_strangers } else { 0.0 }
                    - w.text_day * days
                    - self.apart(w.text_apart)
                    - w.text_join
            }
            Between::Contradicting => -w.contradiction,
        }
    }

    /// What the words of two texts say, before anything is taken off; nothing where they were not compared.
    pub(crate) fn of_texts(&self, w: &Weights) -> f32 {
        match self.between {
            Between::Texts { grams, body, lead, names, .. } => {
                w.text_body.max(0.0) * body
                    + w.text_lead.max(0.0) * lead
                    + w.text_grams.max(0.0) * grams
                    + w.text_names.max(0.0) * names
            }
            _ => 0.0,
        }
    }

    fn apart(&self, weight: f32) -> f32 {
        if self.apart { weight } else { 0.0 }
    }

    /// What the encoder says, if it was there for both.
    fn meant(&self, weight: f32, line: f32) -> f32 {
        self.meaning.map_or(0.0, |cosine| weight * (cosine - line))
    }

    pub(crate) fn is_between_languages(&self) -> bool {
        matches!(self.between, Between::Languages { .. })
    }

    /// Whether there is anything worth remembering.
    pub(crate) fn is_some(&self) -> bool {
        let alike = self.meaning.is_some_and(|meaning| meaning > 0.5);
        alike
            || match self.between {
                Between::Languages { sound, grams } => sound > 0.05 || grams > 0.1,
                Between::Headlines { words, grams, .. } => words > 0.02 || grams > 0.06,
                Between::HeadlineAndText { words, contained, .. } => words + contained > 0.05,
                Between::Texts { body, lead, .. } => body + lead > 0.04,
                Between::Contradicting => true,
            }
    }
}

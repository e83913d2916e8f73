//! How much speaks for two articles being of one story. 0 is the line: above it they are, below they are not.

use crate::features::{Background, FIELDS, Features, Field};
use crate::sparse::Probe;
use crate::weights::Weights;

/// An article that stays comparable: its vectors and their lengths under the weights of its time.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) features: Features,
    /// Seconds since 1970.
    pub(crate) at: i64,
    norms: [f32; FIELDS],
    epoch: u32,
}

impl Kept {
    pub(crate) fn new(features: Features, at: i64, background: &Background) -> Self {
        let mut kept = Self { features, at, norms: [0.0; FIELDS], epoch: 0 };
        kept.measure(background);
        kept
    }

    /// Renews the lengths if the weights have moved since they were taken.
    pub(crate) fn refresh(&mut self, background: &Background) {
        if self.epoch != epoch(&self.features, background) {
            self.measure(background);
        }
    }

    fn measure(&mut self, background: &Background) {
        for field in Field::ALL {
            let counts = background.of(field, self.features.language);
            self.norms[field as usize] = self.features.field(field).norm(|key| counts.weight(key));
        }
        self.epoch = epoch(&self.features, background);
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
    pub(crate) fn new(features: &'a Features, at: i64, background: &Background) -> Self {
        let probes = Field::ALL.map(|field| {
            let counts = background.of(field, features.language);
            Probe::new(features.field(field), |key| counts.weight(key))
        });
        Self { features, at, probes }
    }

    pub(crate) fn probe(&self, field: Field) -> &Probe {
        &self.probes[field as usize]
    }

    fn cosine(&self, field: Field, other: &Kept) -> f32 {
        self.probe(field).cosine(other.features.field(field), other.norms[field as usize])
    }

    /// Cosine of meanings, if an encoder gave both.
    fn meaning(&self, other: &Kept) -> Option<f32> {
        Some(self.features.meaning.as_ref()?.cosine(other.features.meaning.as_ref()?))
    }

    /// The affinity with another article, its line subtracted.
    pub(crate) fn affinity(&self, other: &Kept, w: &Weights) -> f32 {
        let (mine, theirs) = (self.features, &other.features);
        let days = (self.at - other.at).unsigned_abs() as f32 / 86_400.0;
        if mine.language != theirs.language {
            self.between_languages(other, w) - w.cross_day * days
        } else if mine.frame.contradicts(&theirs.frame) {
            -w.contradiction
        } else if mine.has_text && theirs.has_text {
            self.between_texts(other, w)
        } else {
            self.between_headlines(other, w) - w.title_day * days
        }
    }

    fn between_languages(&self, other: &Kept, w: &Weights) -> f32 {
        let seen = w.cross_sound * self.cosine(Field::Cross, other)
            + w.cross_grams * self.cosine(Field::Grams, other);
        let meant =
            self.meaning(other).map_or(0.0, |cosine| w.cross_meaning * (cosine - w.cross_meaning_line));
        seen + meant - w.cross_join
    }

    fn between_texts(&self, other: &Kept, w: &Weights) -> f32 {
        let words =
            w.text_body * self.cosine(Field::Body, other) + w.text_lead * self.cosine(Field::Lead, other);
        let names = w.text_names * self.cosine(Field::Names, other);
        let strange = if self.features.is_stranger_to(&other.features) { w.text_strangers } else { 0.0 };
        words + names - strange - w.text_join
    }

    fn between_headlines(&self, other: &Kept, w: &Weights) -> f32 {
        let words = w.title_words * self.cosine(Field::Title, other)
            + w.title_grams * self.cosine(Field::Grams, other);
        words + w.title_names * self.cosine(Field::Names, other) - w.title_join
    }
}

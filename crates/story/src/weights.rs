//! The few numbers that decide which articles belong together.
//!
//! Each was fitted by `cargo xtask train stories`: coordinate search on BCubed F1 over labelled development
//! streams (English titles, titles of nine languages, English full texts, and the same texts cut to their
//! leads), all at once, with the same numbers for all. Only these scalars come from that data; no word of it.

/// Weights of the evidence between two articles, of the link between an article and a story, and the lines
/// at which an article joins or two stories merge. Cosines are between 0 and 1; gaps are in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Two headlines in one language.
    pub title_words: f32,
    pub title_grams: f32,
    pub title_names: f32,
    /// Affinity lost for each day between them.
    pub title_day: f32,
    /// Affinity from which two headlines are one story.
    pub title_join: f32,
    /// Two texts in one language.
    pub text_body: f32,
    pub text_lead: f32,
    pub text_names: f32,
    pub text_day: f32,
    pub text_join: f32,
    /// Two languages.
    pub cross_sound: f32,
    pub cross_day: f32,
    pub cross_join: f32,
    pub cross_grams: f32,
    pub cross_mean: f32,
    pub cross_best: f32,
    /// An article against a story, headlines: shares of the mean over members and of the best member; the
    /// rest is the mean of the eight best.
    pub title_mean: f32,
    pub title_best: f32,
    /// The same for texts.
    pub text_mean: f32,
    pub text_best: f32,
    /// What each doubling of a story's size adds.
    pub crowd: f32,
    pub x1: f32,
    pub x2: f32,
    pub x3: f32,

    /// Mean affinity above which two stories merge on a second look.
    pub merge: f32,
    pub merge_profile: f32,
    /// How fast the chance of "same story" rises with affinity: slope of the logistic curve.
    pub slope: f32,
}

impl Weights {
    /// The fitted numbers.
    pub const FITTED: Self = Self {
        title_words: 0.759,
        title_grams: 0.305,
        title_names: 0.092,
        title_day: 0.144,
        title_join: 0.238,
        text_body: 0.42,
        text_lead: 0.46,
        text_names: 0.042,
        text_day: 0.0,
        text_join: 0.1,
        cross_sound: 1.0,
        cross_day: 0.2,
        cross_join: 0.45,
        cross_grams: 1.0,
        cross_mean: 0.3,
        cross_best: 0.3,
        title_mean: 0.347,
        title_best: 0.31,
        text_mean: 0.45,
        text_best: 0.0,
        crowd: 0.0,
        x1: 0.0,
        x2: 1.0,
        x3: 1.0,
        merge: 0.1,
        merge_profile: 0.5,
        slope: 12.0,
    };

    /// A weight by its name, to be changed while fitting.
    pub fn named(&mut self, name: &str) -> Option<&mut f32> {
        self.all().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All weights with their names.
    pub fn all(&mut self) -> Vec<(&'static str, &mut f32)> {
        vec![
            ("title_words", &mut self.title_words),
            ("title_grams", &mut self.title_grams),
            ("title_names", &mut self.title_names),
            ("title_day", &mut self.title_day),
            ("title_join", &mut self.title_join),
            ("text_body", &mut self.text_body),
            ("text_lead", &mut self.text_lead),
            ("text_names", &mut self.text_names),
            ("text_day", &mut self.text_day),
            ("text_join", &mut self.text_join),
            ("cross_sound", &mut self.cross_sound),
            ("cross_day", &mut self.cross_day),
            ("cross_join", &mut self.cross_join),
            ("cross_grams", &mut self.cross_grams),
            ("cross_mean", &mut self.cross_mean),
            ("cross_best", &mut self.cross_best),
            ("title_mean", &mut self.title_mean),
            ("title_best", &mut self.title_best),
            ("text_mean", &mut self.text_mean),
            ("text_best", &mut self.text_best),
            ("crowd", &mut self.crowd),
            ("x1", &mut self.x1),
            ("x2", &mut self.x2),
            ("x3", &mut self.x3),
            ("merge", &mut self.merge),
            ("merge_profile", &mut self.merge_profile),
            ("slope", &mut self.slope),
        ]
    }
}

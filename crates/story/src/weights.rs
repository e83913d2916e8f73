//! The few numbers that decide which articles belong together.
//!
//! Each was fitted by `cargo xtask train stories`: random coordinate search on BCubed F1 over labelled
//! development streams (English headlines, headlines of nine languages, English full texts, the same texts cut to
//! teasers and to headlines, and all of them pooled as if they had come within ten days), each judged whole and in
//! views with a third of its articles left out, at a price for going far from plain starting values. All streams have
//! the same numbers. Only these scalars come from that data, no word of it. The weights between languages, of merging
//! and of parting were chosen on a coarse grid with the same objective; `contradiction` and `text_strangers` were set
//! by hand: they are there for look-alikes, which such streams hardly hold.

/// Declares the weights once: field, value, and what it is.
macro_rules! weights {
    ($($(#[$doc:meta])* $name:ident = $value:literal),+ $(,)?) => {
        /// Weights of the evidence between two articles, of the link between an article and a story, and the
        /// lines at which an article joins or two stories merge. Evidence is a cosine (0 to 1); affinity is
        /// a weighted sum of it.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Weights {
            $($(#[$doc])* pub $name: f32,)+
        }

        impl Weights {
            /// The fitted numbers.
            pub const FITTED: Self = Self { $($name: $value,)+ };

            /// All weights with their names.
            pub fn all(&mut self) -> Vec<(&'static str, &mut f32)> {
                vec![$((stringify!($name), &mut self.$name),)+]
            }
        }
    };
}

weights! {
    /// Two headlines in one language: stems,
    title_words = 0.610,
    /// character 4-grams,
    title_grams = 0.367,
    /// words of names;
    title_names = 0.075,
    /// headlines that have no more in common than a name;
    title_apart = 0.05,
    /// affinity lost for each day between them,
    title_day = 0.158,
    /// and the affinity from which they are one story.
    title_join = 0.217,
    /// what the encoder says beyond
    title_meaning = 0.0,
    /// this cosine, if there is one.
    title_meaning_line = 0.45,
    /// A headline and a text in one language: the share of the headline's weight that stands in the text,
    mixed_contained = 0.316,
    /// the two headlines: stems and 4-grams,
    mixed_words = 0.226,
    mixed_grams = 0.384,
    /// headlines that have no more in common than a name;
    mixed_apart = 0.03,
    /// what the encoder says beyond the line for headlines,
    mixed_meaning = 0.0,
    /// affinity lost for each day,
    mixed_day = 0.064,
    /// and the affinity from which they are one story.
    mixed_join = 0.16,
    /// Two texts in one language: stems of the text,
    text_body = 0.477,
    /// stems of headline and lead,
    text_lead = 0.532,
    /// words of names,
    text_names = 0.006,
    /// names of either headline that are unknown to the other article,
    text_strangers = 0.09,
    /// headlines that have no more in common than a name;
    text_apart = 0.04,
    /// character 4-grams of the headlines;
    text_grams = 0.002,
    /// what the encoder says beyond
    text_meaning = 0.0,
    /// this cosine, if there is one;
    text_meaning_line = 0.45,
    /// affinity lost for each day,
    text_day = 0.078,
    /// and the affinity from which they are one story.
    text_join = 0.15,
    /// Two languages: how names and numbers of the headline sound,
    cross_sound = 0.6,
    /// 4-grams of all its words (near languages share them),
    cross_grams = 1.0,
    /// what the encoder says beyond
    cross_meaning = 1.6,
    /// this cosine, if there is one;
    cross_meaning_line = 0.45,
    /// affinity lost for each day,
    cross_day = 0.2,
    /// and the affinity from which they are one story.
    cross_join = 0.5,
    /// What speaks against two articles whose headlines cannot both be about one happening.
    contradiction = 0.2,
    /// An article against a story, headlines: share of the mean over all members,
    title_mean = 0.239,
    /// share of the best member; the rest is the mean of the eight best.
    title_best = 0.265,
    /// The same for texts.
    text_mean = 0.454,
    text_best = -0.003,
    /// The same for members in other languages.
    cross_mean = 0.3,
    cross_best = 0.3,
    /// Affinity from which two stories of different languages merge on a second look,
    merge = 0.1,
    /// with this much for what their names add up to;
    merge_profile = 0.5,
    /// and two stories of one language.
    merge_same = 0.03,
    /// How far below the line two parts of a story are on average when they are parted on a second look,
    split = 0.15,
    /// and how far a single article from the rest.
    split_alone = 0.2,
    /// Slope of the logistic curve that turns affinity into the probability of "same story".
    slope = 12.0,
}

impl Weights {
    /// A weight by its name, to be changed while fitting.
    pub fn named(&mut self, name: &str) -> Option<&mut f32> {
        self.all().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

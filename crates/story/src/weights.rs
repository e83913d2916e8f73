//! The few numbers that decide which articles belong together.
//!
//! They were fitted by `cargo xtask train stories`: random coordinate search on BCubed F1 over labelled
//! development streams (English headlines, headlines of nine languages, English full texts, the same texts cut to
//! teasers and to headlines, and all of them pooled as if they had come within ten days), each judged whole and in
//! views with a third of its articles left out, together with couples of our own (`xtask/data/pairs`) that are alike in
//! what misleads, at a price for going far from plain starting values. All streams have the same numbers. Only these
//! scalars come from that data, no word of it. The `lone_` weights began as a logistic regression on the couples. What no
//! search has moved is listed there as `BY_HAND`: lines of cosines that a weight beside them is fitted for, signs that texts
//! hardly need, languages without an encoder, lines of merging and parting, and `contradiction`, which is there for
//! look-alikes that such streams hardly hold.

/// Declares the weights of one kind of comparison once: field and what it is.
macro_rules! kind {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// What evidence between two articles weighs in one kind of comparison. Cosines and shares are 0 to 1; what does not
        /// count is 0.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Kind {
            $($(#[$doc])* pub $name: f32,)+
        }

        impl Kind {
            /// Nothing counts.
            const NOTHING: Self = Self { $($name: 0.0,)+ };

            /// All weights with their names.
            fn all(&mut self) -> Vec<(&'static str, &mut f32)> {
                vec![$((stringify!($name), &mut self.$name),)+]
            }
        }
    };
}

kind! {
    /// Cosine of the headlines' stems, and of their character 4-grams.
    words,
    grams,
    /// Cosine of the texts' stems, and of those of headline and lead.
    body,
    lead,
    /// What a word of a name counts in these four for that of another word.
    named,
    /// Cosine of the words of names.
    names,
    /// The share of a bare headline's weight that stands in the other's text.
    contained,
    /// Cosine of how names and numbers of the headlines sound.
    sound,
    /// Lost: for few words in common but those of names, and for headlines that have no more in common than a name.
    thin,
    apart,
    /// What the marks of both say: the same deeds and countries; lost for other deeds, other countries, another place, no
    /// name of the other's.
    marks,
    other_deeds,
    other_lands,
    elsewhere,
    strangers,
    /// What the encoder says beyond a line, if it has read both, and the fine one beyond its own.
    meaning,
    meaning_line,
    fine,
    fine_line,
    /// Lost for each day between them.
    day,
    /// The affinity from which they are one story.
    join,
}

/// Weights of the evidence between two articles, of the link between an article and a story, and the lines at which an article
/// joins or two stories merge. Affinity is a weighted sum of evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Two headlines in one language.
    pub titles: Kind,
    /// A headline and a text in one language.
    pub mixed: Kind,
    /// Two texts in one language.
    pub texts: Kind,
    /// Two languages.
    pub across: Kind,
    /// A headline against a story that is one article, where nothing else supports the one link,
    pub lone: Kind,
    /// and the share of that in the sum; the rest is as for two headlines.
    pub lone_share: f32,
    /// Two languages without an encoder: how names and numbers sound, 4-grams, and where the line is.
    pub bare_sound: f32,
    pub bare_grams: f32,
    pub bare_join: f32,
    /// What speaks against two articles whose headlines cannot both be about one happening.
    pub contradiction: f32,
    /// An article against a story, headlines: share of the mean over all members, share of the best member; the rest is the mean of
    /// the eight best.
    pub title_mean: f32,
    pub title_best: f32,
    /// The same for texts.
    pub text_mean: f32,
    pub text_best: f32,
    /// The same for members in other languages.
    pub cross_mean: f32,
    pub cross_best: f32,
    /// Logarithm of the odds from which two stories merge on a second look.
    pub merge_line: f32,
    /// How far below the line two parts of a story are on average when they are parted on a second look, and how far a single
    /// article from the rest.
    pub split: f32,
    pub split_alone: f32,
    /// Logarithm of the odds from which an article joins a story.
    pub join_line: f32,
}

impl Weights {
    /// The fitted numbers.
    pub const FITTED: Self = Self {
        titles: Kind {
            words: 0.73,
            grams: 0.314,
            named: 1.186,
            names: 0.046,
            thin: 0.031,
            apart: 0.136,
            marks: -0.038,
            other_deeds: 0.008,
            other_lands: 0.271,
            elsewhere: 0.143,
            strangers: 0.044,
            meaning: 0.15,
            meaning_line: 0.45,
            fine: 0.243,
            fine_line: 0.251,
            day: 0.152,
            join: 0.217,
            ..Kind::NOTHING
        },
        mixed: Kind {
            words: 0.215,
            grams: 0.404,
            named: 0.803,
            contained: 0.392,
            thin: -0.019,
            apart: 0.012,
            other_deeds: 0.044,
            other_lands: 0.087,
            elsewhere: 0.025,
            strangers: 0.047,
            meaning: 0.202,
            meaning_line: 0.45,
            fine: 0.149,
            fine_line: 0.575,
            day: 0.064,
            join: 0.16,
            ..Kind::NOTHING
        },
        texts: Kind {
            grams: 0.037,
            body: 0.677,
            lead: 0.699,
            named: 1.044,
            thin: 0.083,
            elsewhere: 0.08,
            strangers: 0.1,
            meaning_line: 0.45,
            fine: 0.034,
            fine_line: 0.913,
            day: 0.113,
            join: 0.141,
            ..Kind::NOTHING
        },
        across: Kind {
            grams: 0.807,
            named: 1.0,
            sound: 0.167,
            marks: 0.118,
            other_deeds: 0.152,
            other_lands: 0.044,
            elsewhere: 0.05,
            strangers: -0.007,
            meaning: 0.966,
            meaning_line: 0.45,
            fine: 3.782,
            fine_line: 0.588,
            day: 0.369,
            join: 0.309,
            ..Kind::NOTHING
        },
        lone: Kind {
            words: 0.159,
            named: -0.321,
            apart: 0.065,
            marks: 0.121,
            other_deeds: 0.081,
            other_lands: 0.006,
            elsewhere: 0.502,
            strangers: 0.101,
            meaning: 0.687,
            meaning_line: 0.45,
            fine: 2.502,
            fine_line: 0.69,
            day: 0.152,
            join: 0.007,
            ..Kind::NOTHING
        },
        lone_share: 0.581,
        bare_sound: 0.6,
        bare_grams: 1.0,
        bare_join: 0.5,
        contradiction: 0.2,
        title_mean: 0.108,
        title_best: 0.319,
        text_mean: 0.314,
        text_best: 0.051,
        cross_mean: 0.332,
        cross_best: 0.336,
        merge_line: 0.4,
        split: 0.15,
        split_alone: 0.2,
        join_line: 0.0,
    };

    /// Two languages where no encoder has read.
    pub(crate) fn bare(&self) -> Kind {
        Kind {
            sound: self.bare_sound,
            grams: self.bare_grams,
            join: self.bare_join,
            meaning: 0.0,
            fine: 0.0,
            ..self.across
        }
    }

    /// All weights with their names: `titles.words`, `lone_share`.
    pub fn all(&mut self) -> Vec<(String, &mut f32)> {
        let Self { titles, mixed, texts, across, lone, .. } = self;
        let kinds =
            [("titles", titles), ("mixed", mixed), ("texts", texts), ("across", across), ("lone", lone)];
        let of_kinds = kinds.into_iter().flat_map(|(kind, weights)| {
            weights.all().into_iter().map(move |(name, weight)| (format!("{kind}.{name}"), weight))
        });
        let others = [
            ("lone_share", &mut self.lone_share),
            ("bare_sound", &mut self.bare_sound),
            ("bare_grams", &mut self.bare_grams),
            ("bare_join", &mut self.bare_join),
            ("contradiction", &mut self.contradiction),
            ("title_mean", &mut self.title_mean),
            ("title_best", &mut self.title_best),
            ("text_mean", &mut self.text_mean),
            ("text_best", &mut self.text_best),
            ("cross_mean", &mut self.cross_mean),
            ("cross_best", &mut self.cross_best),
            ("merge_line", &mut self.merge_line),
            ("split", &mut self.split),
            ("split_alone", &mut self.split_alone),
            ("join_line", &mut self.join_line),
        ];
        of_kinds.chain(others.map(|(name, weight)| (name.to_owned(), weight))).collect()
    }

    /// A weight by its name, to be changed while fitting.
    pub fn named(&mut self, name: &str) -> Option<&mut f32> {
        self.all().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

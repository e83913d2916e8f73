//! Two stories side by side, in numbers: what the decision "one story or two" looks at. The members of each are set before
//! the other as if they came now; and the two are compared on the whole, by all that their members say together.

use super::profile::Profile;
use crate::affinity::{Query, cosine};
use crate::features::{Background, Features, Field, Weighed};
use crate::meaning::{Meaning, mean, within};
use crate::numbers::numbers;
use crate::stories::Story;
use crate::stories::case::{Case, Seen, yes};
use crate::stories::link::link;
use crate::trees::Trees;
use crate::weights::Weights;

numbers! {
    /// Two stories side by side, in numbers: of the smaller one's members before the larger and the other way round. Shares
    /// and cosines are 0 to 1, yes is 1; a cosine that nobody knows is -1.
    Merger {
        /// The logarithm of the odds that a member of the smaller story joins the larger: the mean over some of them, the
        /// greatest and the least,
        odds,
        best_odds,
        worst_odds,
        /// and those of the larger one's members before the smaller.
        back_odds,
        back_best_odds,
        back_worst_odds,
        /// The mean link; by how much it is stronger than with the strongest other story, and how strong the links with the
        /// next nearest others are.
        link,
        margin,
        around,
        /// The nearest two articles: their affinity, and their cosine by the fine encoder, with their leads.
        affinity,
        best_told,
        /// Which share of the smaller one's members is out of the question for the larger, and what they contradict on the mean.
        out_of_question,
        contradicting,
        /// Members that are kept of either; days between their first and their last.
        small,
        large,
        small_days,
        large_days,
        /// Days from the end of one to the beginning of the other: below zero where they were told at one time.
        gap,
        /// Whether most of either is in one language; which share of the smaller has a text.
        same_language,
        texts,
        /// What tells stories apart by either encoder: the mean cosine between them, and by how much it is greater than that
        /// within them,
        sense,
        closer_sense,
        told,
        closer_told,
        /// that within either,
        small_told,
        large_told,
        /// and the cosine of what they mean on the whole.
        whole_meaning,
        whole_told,
        /// Cosines of all that is said in either: words and 4-grams of headlines (in one language), names, how they sound, deeds and
        /// countries.
        words,
        grams,
        names,
        sound,
        marks,
        /// what their headlines are about.
        themes,
        /// Which share of what the smaller says the larger says too: words of headlines, names, how they sound, deeds and countries.
        held_words,
        held_names,
        held_sound,
        held_marks,
        held_themes,
        /// The most telling word and name that both have, and how much of each one's names the greatest is that the other lacks.
        rarest_word,
        rarest_name,
        small_alone,
        large_alone,
    }
}

/// What nobody knows.
const UNKNOWN: f32 = -1.0;
const SECONDS_A_DAY: f32 = 86_400.0;

/// What stories are judged by.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) background: &'a Background,
    pub(super) weights: &'a Weights,
    pub(super) trees: &'a Trees,
}

impl Merger {
    /// What there is between two stories, `seen` among others that are near.
    pub(super) fn of(one: &Story, other: &Story, seen: Seen, judge: Judge) -> Self {
        let (small, large) =
            if one.members.len() <= other.members.len() { (one, other) } else { (other, one) };
        let mut merger = Self {
            link: seen.link,
            margin: seen.margin,
            around: seen.around,
            small: small.members.len() as f32,
            large: large.members.len() as f32,
            same_language: yes(small.language() == large.language()),
            whole_meaning: cosine(small.meaning.as_ref(), large.meaning.as_ref()),
            whole_told: cosine(small.told.as_ref(), large.told.as_ref()),
            ..Self::default()
        };
        merger.one_before_another(small, large, seen, judge);
        merger.when(small, large);
        merger.meant(small, large);
        merger.said(small, large, judge.background);
        merger
    }

    /// What no likeness outweighs: all that one story tells cannot be about the other's happening. And of two single articles
    /// nothing is known that was not when the second came.
    pub(super) fn is_out_of_question(&self) -> bool {
        self.contradicting > 0.99 || self.large < 1.5
    }

    fn one_before_another(&mut self, small: &Story, large: &Story, seen: Seen, judge: Judge) {
        let there = Before::of(small, large, seen, judge);
        let back = Before::of(large, small, seen, judge);
        (self.odds, self.best_odds, self.worst_odds) = (there.mean, there.most, there.least);
        (self.back_odds, self.back_best_odds, self.back_worst_odds) = (back.mean, back.most, back.least);
        self.affinity = there.affinity;
        self.out_of_question = there.out_of_question;
        self.contradicting = there.contradicting;
        let texts = small.members.iter().filter(|member| member.features.has_text).count();
        self.texts = texts as f32 / self.small.max(1.0);
    }

    fn when(&mut self, small: &Story, large: &Story) {
        let days = |from: i64, to: i64| to.saturating_sub(from) as f32 / SECONDS_A_DAY;
        let ends = |story: &Story| story.ends().unwrap_or_default();
        let ((begins, ends_at), (other_begins, other_ends)) = (ends(small), ends(large));
        self.small_days = days(begins, ends_at);
        self.large_days = days(other_begins, other_ends);
        self.gap = days(other_ends, begins).max(days(ends_at, other_begins));
    }

    fn meant(&mut self, small: &Story, large: &Story) {
        let sense = Between::of(small, large, |features| features.sense.as_ref());
        let told = Between::of(small, large, Features::told);
        (self.sense, self.closer_sense) = (sense.mean, sense.closer());
        (self.told, self.closer_told) = (told.mean, told.closer());
        (self.best_told, self.small_told, self.large_told) = (told.best, told.within_one, told.within_other);
    }

    fn said(&mut self, small: &Story, large: &Story, background: &Background) {
        let both = |field| (Profile::of(small, field, background), Profile::of(large, field, background));
        let (names, theirs) = both(Field::Names);
        (self.names, self.held_names) = (names.cosine(&theirs), names.held_by(&theirs));
        self.rarest_name = names.rarest_of_both(&theirs);
        (self.small_alone, self.large_alone) =
            (names.greatest_without(&theirs), theirs.greatest_without(&names));
        let (sound, theirs) = both(Field::Cross);
        (self.sound, self.held_sound) = (sound.cosine(&theirs), sound.held_by(&theirs));
        let (marks, theirs) = both(Field::Marks);
        (self.marks, self.held_marks) = (marks.cosine(&theirs), marks.held_by(&theirs));
        let (themes, theirs) = both(Field::Themes);
        (self.themes, self.held_themes) = (themes.cosine(&theirs), themes.held_by(&theirs));
        (self.words, self.grams, self.held_words) = (UNKNOWN, UNKNOWN, UNKNOWN);
        if self.same_language > 0.0 {
            let (words, theirs) = both(Field::Title);
            (self.words, self.held_words) = (words.cosine(&theirs), words.held_by(&theirs));
            self.rarest_word = words.rarest_of_both(&theirs);
            let (grams, theirs) = both(Field::Grams);
            self.grams = grams.cosine(&theirs);
        }
    }
}

/// The members of one story before another one.
struct Before {
    /// Logarithms of odds that they join it.
    mean: f32,
    most: f32,
    least: f32,
    /// The greatest affinity of two articles.
    affinity: f32,
    /// Shares.
    out_of_question: f32,
    contradicting: f32,
}

impl Before {
    fn of(story: &Story, other: &Story, seen: Seen, judge: Judge) -> Self {
        let Judge { background, weights, trees } = judge;
        let cases: Vec<Case> = story
            .sample()
            .map(|member| {
                let weighed = Weighed::new(&member.features, background);
                let query = Query::new(&member.features, member.at, &weighed);
                let seen = Seen { link: link(&query, other, weights), ..seen };
                Case::of(&query, other, seen, background, weights)
            })
            .collect();
        let numbers: Vec<_> = cases.iter().map(Case::numbers).collect();
        let odds = trees.logits(&numbers);
        let mean = |of: &dyn Fn(&Case) -> f32| cases.iter().map(of).sum::<f32>() / cases.len().max(1) as f32;
        Self {
            mean: odds.iter().sum::<f32>() / cases.len().max(1) as f32,
            most: odds.iter().copied().fold(f32::NEG_INFINITY, f32::max),
            least: odds.iter().copied().fold(f32::INFINITY, f32::min),
            affinity: cases.iter().map(|case| case.affinity).fold(f32::NEG_INFINITY, f32::max),
            out_of_question: mean(&|case| yes(case.is_out_of_question())),
            contradicting: mean(&|case| case.share_contradicting),
        }
    }
}

/// Cosines of some members of two stories, and within either; -1 where they are not known.
struct Between {
    mean: f32,
    best: f32,
    within_one: f32,
    within_other: f32,
}

impl Between {
    fn of(one: &Story, other: &Story, of: impl Fn(&Features) -> Option<&Meaning>) -> Self {
        let one: Vec<&Meaning> = one.sample().filter_map(|member| of(&member.features)).collect();
        let other: Vec<&Meaning> = other.sample().filter_map(|member| of(&member.features)).collect();
        let cosines = || one.iter().flat_map(|mine| other.iter().map(|theirs| mine.cosine(theirs)));
        Self {
            mean: mean(cosines()).unwrap_or(UNKNOWN),
            best: cosines().fold(UNKNOWN, f32::max),
            within_one: within(&one).unwrap_or(UNKNOWN),
            within_other: within(&other).unwrap_or(UNKNOWN),
        }
    }

    /// By how much two stories are closer than each is in itself; 0 where neither has two members that are read.
    fn closer(&self) -> f32 {
        let within = [self.within_one, self.within_other].into_iter().filter(|within| *within > UNKNOWN);
        mean(within).map_or(0.0, |within| self.mean - within)
    }
}

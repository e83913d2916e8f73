//! An article before a story, in numbers: what the decision "joins or opens" looks at. The link comes first; the
//! trees that decide ([`crate::Trees`]) begin with it and see what it leaves out.

use super::Story;
use crate::affinity::{Evidence, Kept, Query, cosine};
use crate::features::{Background, Features, Field};
use crate::meaning::{Meaning, mean, within};
use crate::numbers::numbers;
use crate::sparse::{Frequencies, Terms};
use crate::stories::link::{Link, OTHERS};
use crate::weights::Weights;

numbers! {
    /// An article before a story, in numbers. Shares and cosines are 0 to 1, yes is 1; a cosine of meanings that
    /// nobody knows is -1.
    Case {
        /// The link, as [`super::link`] has it.
        link,
        /// By how much it is stronger than that with the strongest other story; at most 1 either way.
        margin,
        /// How many stories are nearly as near as a story that is joined.
        crowd,
        /// How strong the links with the next nearest other stories are on the whole: high within one big affair.
        around,
        /// Members that are kept,
        members,
        /// share of them in the article's language.
        same_language,
        /// Days since its last article,
        quiet,
        /// and since the first that is kept.
        age,
        /// Words of the article's headline; whether it has a text.
        title_words,
        has_text,
        /// The nearest member: its affinity,
        affinity,
        /// and that of the second nearest; without one the line itself.
        second,
        /// Days to the nearest member,
        days,
        /// cosine of meanings, and of what of them tells stories apart,
        meaning,
        sense,
        /// the same by the fine encoder,
        fine,
        /// and of headlines with their leads,
        told,
        /// whether they share but a name,
        apart,
        /// cosine of deeds and countries,
        marks,
        /// other deeds, other countries, another place, no name of the other's,
        other_deeds,
        other_lands,
        elsewhere,
        strangers,
        /// how many deeds and countries both tell of, whether it happens in a place that both know,
        same_deeds,
        same_lands,
        same_place,
        /// whether their headlines have figures and none in common, how many in common,
        other_figures,
        same_figures,
        /// whether they count otherwise in a row, whether names change places,
        other_turn,
        swapped,
        /// the same of the sides of two headlines in any languages, whether the same country and the same name stand in front
        /// (1), not (-1), or behind there (-0.5), and whether each speaks of one country and not of the same,
        sides_swapped,
        first_land,
        first_name,
        lone_other_land,
        /// and, headline and lead, whether one acts and another suffers in one, and the other way round in the other,
        exchanged,
        /// what kind of comparison it is,
        kind,
        /// cosines of headlines by words of no name and of names; of their 4-grams,
        words,
        named,
        grams,
        grams_named,
        /// of names, of texts, of leads,
        names,
        body,
        body_named,
        lead,
        lead_named,
        /// share of a headline in the other's text, and how names sound.
        contained,
        sound,
        /// Words of the nearest member's headline, and whether it has a text.
        their_words,
        their_text,
        /// The most telling word that both headlines have, and the sum over all that they share,
        rarest,
        shared,
        /// the most telling one that only the article has, and that only the member has,
        unshared,
        their_unshared,
        /// the same of words of names.
        rarest_name,
        unshared_name,
        their_unshared_name,
        /// What the headlines are about: the cosine, how many themes both have, whether both have some and none in common,
        themes,
        same_themes,
        other_themes,
        /// and how telling, as with words.
        rarest_theme,
        unshared_theme,
        their_unshared_theme,
        /// Over all members: mean affinity, mean and greatest cosine of meanings, and of what of them tells stories apart,
        mean_affinity,
        mean_meaning,
        best_meaning,
        mean_sense,
        best_sense,
        mean_fine,
        best_fine,
        mean_told,
        best_told,
        /// cosine with what the story means on the whole,
        whole_meaning,
        whole_told,
        /// the mean cosine of themes,
        mean_themes,
        /// by how much the article is nearer to a few members than they are to each other, by what tells stories apart; 0 before
        /// a single one,
        closer_sense,
        closer_told,
        /// which share of what is telling in its headline, of its names and of its themes, a few members have between them,
        held_words,
        held_names,
        held_themes,
        /// and the shares of members who speak against it.
        share_apart,
        share_other_deeds,
        share_other_lands,
        share_elsewhere,
        share_strangers,
        share_other_figures,
        share_other_themes,
        share_contradicting,
        /// Before a single article that no more than its headline is known of, and no more of this one: how telling the name is that
        /// is all they share,
        bare_name,
        /// before one in another language: no name in common.
        strange_abroad,
        /// To the nearest member, but a name in common: by how much less alike what follows the headlines is than they are,
        leads_part,
        /// and in another language, sides that change places: how surely they exchange their parts too.
        turned_abroad,
    }
}

/// A link from which a story counts as nearly as near as one that is joined.
const NEARLY: f32 = -0.1;
/// A link from which another story is called related. Set by hand, on the demo day.
const RELATED: f32 = -0.05;
/// The weakest link with a story of several articles that is joined.
const FAR_ON_THE_WHOLE: f32 = -0.12;
/// More of a thing than this is as this.
const MOST: f32 = 1.0;
/// Other stories that are looked at around one, and the link that stands for one that is not there.
const AROUND: usize = 6;
const NOWHERE_NEAR: f32 = -0.5;

/// A story among the others that an article, or another story, is set before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) link: f32,
    pub(crate) margin: f32,
    pub(crate) crowd: f32,
    pub(crate) around: f32,
}

impl Seen {
    /// The story in the `rank`th of the strongest links.
    pub(crate) fn among(links: &[Link], rank: usize) -> Self {
        let link = links.get(rank).map_or(0.0, |link| link.strength);
        let other = links.get(usize::from(rank == 0)).map_or(-MOST, |other| other.strength.max(-MOST));
        let crowd = links.iter().filter(|link| link.strength > NEARLY).count() as f32;
        let others = links.iter().enumerate().filter(|(other, _)| *other != rank).take(AROUND);
        let above = |(_, link): (usize, &Link)| link.strength.clamp(NOWHERE_NEAR, MOST) - NOWHERE_NEAR;
        let around = NOWHERE_NEAR + others.map(above).sum::<f32>() / AROUND as f32;
        Self { link, margin: link - other, crowd, around }
    }
}

impl Case {
    /// What there is between an article and a story.
    pub(crate) fn of(query: &Query, story: &Story, seen: Seen, background: &Background, w: &Weights) -> Self {
        let mut case = Self {
            link: seen.link,
            margin: seen.margin,
            crowd: seen.crowd,
            around: seen.around,
            title_words: query.features.field(Field::Title).keys.len() as f32,
            has_text: yes(query.features.has_text),
            whole_meaning: cosine(query.features.meaning.as_ref(), story.meaning.as_ref()),
            whole_told: cosine(query.features.told(), story.told.as_ref()),
            ..Self::default()
        };
        case.over_members(query, story, background, w);
        case.over_a_few(query, story, background);
        case
    }

    fn over_members(&mut self, query: &Query, story: &Story, background: &Background, w: &Weights) {
        let alike = |member: &&Kept| member.features.language == query.features.language;
        let same = story.members.iter().filter(alike);
        let others = story.members.len() - same.clone().count();
        let step = others.div_ceil(OTHERS).max(1);
        let other = story.members.iter().filter(|member| !alike(member)).step_by(step);
        let compared: Vec<(f32, &Kept, Evidence)> = same
            .chain(other)
            .map(|member| {
                let evidence = query.evidence(member);
                (evidence.affinity(w), member, evidence)
            })
            .collect();
        let count = compared.len().max(1) as f32;
        let own = story.members.len() - others;
        let comparable = if own > 0 { own as f32 } else { count };
        self.members = story.members.len() as f32;
        self.same_language = own as f32 / self.members.max(1.0);
        self.quiet = query.days_since(story.last);
        self.age = story.ends().map_or(0.0, |(first, _)| query.days_since(first));
        [self.best_meaning, self.best_sense, self.best_fine, self.best_told] = [-1.0; 4];
        let mut best: Option<(f32, &Kept, &Evidence)> = None;
        for (affinity, member, evidence) in &compared {
            let meaning = evidence.meaning_or_less();
            self.mean_affinity += affinity / count;
            self.mean_meaning += meaning / count;
            self.best_meaning = self.best_meaning.max(meaning);
            self.mean_sense += evidence.sense / count;
            self.best_sense = self.best_sense.max(evidence.sense);
            self.mean_fine += evidence.fine / count;
            self.best_fine = self.best_fine.max(evidence.fine);
            self.mean_told += evidence.told / count;
            self.best_told = self.best_told.max(evidence.told);
            let themes = query.cosine(Field::Themes, member);
            self.mean_themes += themes / count;
            self.share_other_themes += yes(are_other(query.features, &member.features)) / count;
            evidence.count_against(self, count.recip());
            // What excludes each other is seen best in one language: others speak where nobody tells it in the article's.
            if alike(member) || own == 0 {
                self.share_contradicting += yes(evidence.contradicts()) / comparable;
            }
            match best {
                Some((top, ..)) if *affinity <= top => self.second = self.second.max(*affinity),
                _ => {
                    self.second = best.map_or(-MOST, |(top, ..)| top);
                    best = Some((*affinity, member, evidence));
                }
            }
        }
        if compared.len() < 2 {
            self.second = 0.0;
        }
        if let Some((affinity, member, evidence)) = best {
            self.affinity = affinity;
            evidence.fill(self);
            self.their_words = member.features.field(Field::Title).keys.len() as f32;
            self.their_text = yes(member.features.has_text);
            self.themes = query.cosine(Field::Themes, member);
            self.telling(query, member, background);
            self.between_two(query.features, &member.features);
        }
    }

    /// What speaks against it where likeness alone is not enough: a name makes two headlines alike without one word on what
    /// happens, and no word is the same in two languages. What a story of several articles says is more than one of them shares.
    fn between_two(&mut self, mine: &Features, theirs: &Features) {
        let lone = yes(self.members < 2.0);
        let abroad = yes(mine.language != theirs.language);
        let bare = |features: &Features| {
            !features.has_text && features.fine.is_some() && features.with_lead.is_none()
        };
        self.bare_name = lone * self.apart * yes(bare(mine) && bare(theirs)) * self.shared;
        self.strange_abroad = lone * abroad * self.strangers;
        let both_go_on = mine.with_lead.is_some() && theirs.with_lead.is_some();
        self.leads_part = self.apart * yes(both_go_on) * (self.fine - self.told).max(0.0);
        self.turned_abroad = abroad * self.sides_swapped * self.exchanged;
    }

    /// What a few members say together.
    fn over_a_few(&mut self, query: &Query, story: &Story, background: &Background) {
        let few: Vec<&Features> = story.sample().map(|member| &member.features).collect();
        self.closer_sense = closer(query.features, &few, |features| features.sense.as_ref());
        self.closer_told = closer(query.features, &few, Features::told);
        let alike: Vec<&Features> =
            few.iter().filter(|member| member.language == query.features.language).copied().collect();
        self.held_words = held(query.features, &alike, Field::Title, background);
        self.held_names = held(query.features, &few, Field::Names, background);
        self.held_themes = held(query.features, &few, Field::Themes, background);
    }

    /// How telling the words are that the article shares with its nearest member, and those that it does not.
    fn telling(&mut self, query: &Query, member: &Kept, background: &Background) {
        let (mine, theirs) = (query.features, &member.features);
        self.other_turn = yes(mine.frame.counts_otherwise(&theirs.frame));
        self.swapped = yes(mine.language == theirs.language && mine.frame.names_change_places(&theirs.frame));
        self.sides_swapped = yes(mine.sides.change_places(&theirs.sides));
        self.first_land = mine.sides.first_land(&theirs.sides);
        self.first_name = mine.sides.first_name(&theirs.sides);
        self.lone_other_land = yes(mine.sides.lone_lands_differ(&theirs.sides));
        self.exchanged = mine.sides.exchange_parts(&theirs.sides);
        if mine.language == theirs.language {
            let title = Field::Title;
            let counts = background.of(title, mine.language);
            let shared = telling(mine.field(title), theirs.field(title), counts);
            (self.rarest, self.shared, self.unshared) = (shared.rarest, shared.sum, shared.unshared);
            self.their_unshared = telling(theirs.field(title), mine.field(title), counts).unshared;
        }
        let counts = background.of(Field::Names, mine.language);
        let names = telling(mine.field(Field::Names), theirs.field(Field::Names), counts);
        (self.rarest_name, self.unshared_name) = (names.rarest, names.unshared);
        self.their_unshared_name =
            telling(theirs.field(Field::Names), mine.field(Field::Names), counts).unshared;
        let (mine, theirs) = (mine.field(Field::Themes), theirs.field(Field::Themes));
        let counts = background.of(Field::Themes, query.features.language);
        let themes = telling(mine, theirs, counts);
        (self.rarest_theme, self.unshared_theme) = (themes.rarest, themes.unshared);
        self.their_unshared_theme = telling(theirs, mine, counts).unshared;
        self.same_themes = mine.keys.iter().filter(|theme| theirs.contains(**theme)).count() as f32;
        self.other_themes = yes(are_other(query.features, &member.features));
    }

    /// Hardly farther than a story that is joined: related, as pages call it.
    pub fn is_related(&self) -> bool {
        self.link > RELATED
    }

    /// What no likeness outweighs: all of the story says what cannot be about the same happening; or it is several articles
    /// that are far on the whole, however near one of them is, so that no chain glues strangers.
    pub(crate) fn is_out_of_question(&self) -> bool {
        self.share_contradicting > 0.99 || self.members > 1.0 && self.link < FAR_ON_THE_WHOLE
    }
}

/// Both headlines are about something, and about nothing in common.
fn are_other(one: &Features, other: &Features) -> bool {
    let (mine, theirs) = (one.field(Field::Themes), other.field(Field::Themes));
    let apart = !mine.keys.iter().any(|theme| theirs.contains(*theme));
    apart && !mine.keys.is_empty() && !theirs.keys.is_empty()
}

/// By how much an article is nearer to some than these are to each other, on the mean; 0 where that is not known.
fn closer(article: &Features, few: &[&Features], of: impl Fn(&Features) -> Option<&Meaning>) -> f32 {
    let known: Vec<&Meaning> = few.iter().filter_map(|member| of(member)).collect();
    let Some(article) = of(article) else { return 0.0 };
    let here = mean(known.iter().map(|theirs| article.cosine(theirs)));
    here.zip(within(&known)).map_or(0.0, |(here, within)| here - within)
}

/// Which share of the weight of one of an article's vectors stands in that of one of these.
fn held(article: &Features, few: &[&Features], field: Field, background: &Background) -> f32 {
    let counts = background.of(field, article.language);
    let (mut held, mut all) = (0.0, 0.0);
    for key in article.field(field).keys {
        let weight = counts.weight(*key);
        all += weight;
        if few.iter().any(|member| member.field(field).contains(*key)) {
            held += weight;
        }
    }
    if all > 0.0 { held / all } else { 0.0 }
}

/// How telling words are that one vector has: of those that the other has too the most telling one and the sum, of the rest
/// the most telling one.
#[derive(Default)]
struct Shared {
    rarest: f32,
    sum: f32,
    unshared: f32,
}

fn telling(one: Terms, other: Terms, counts: &Frequencies) -> Shared {
    let mut shared = Shared::default();
    for key in one.keys {
        let weight = counts.weight(*key);
        if other.contains(*key) {
            shared.rarest = shared.rarest.max(weight);
            shared.sum += weight;
        } else {
            shared.unshared = shared.unshared.max(weight);
        }
    }
    shared
}

pub(crate) fn yes(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

#[cfg(test)]
mod tests {
    use super::{Case, are_other};
    use crate::features::Features;
    use news::{Language, Reading};

    /// What stands between two headlines of which the fine encoder has read each, and the lead where there is one.
    #[test]
    fn likeness_that_says_little() {
        let read = |language: &str, lead: bool| {
            let vector = || Some(vec![0.1; 384]);
            Features::read(&Reading {
                language: Language::parse(language),
                fine_vector: vector(),
                told_vector: lead.then(vector).flatten(),
                ..Reading::default()
            })
        };
        let seen = Case { members: 1.0, apart: 1.0, shared: 9.0, fine: 0.8, told: 0.7, ..Case::default() };
        let between = |seen: &Case, mine: &Features, theirs: &Features| {
            let mut case = *seen;
            case.between_two(mine, theirs);
            [case.bare_name, case.strange_abroad, case.leads_part, case.turned_abroad]
        };
        let (bare, led, french) = (read("en", false), read("en", true), read("fr", false));
        assert_eq!(between(&seen, &bare, &bare), [9.0, 0.0, 0.0, 0.0]);
        assert_eq!(between(&seen, &bare, &led), [0.0; 4], "one says more");
        let [.., parted, _] = between(&seen, &led, &led);
        assert!((parted - 0.1).abs() < 1e-6, "{parted}");
        let nearer = Case { told: 0.9, ..seen };
        assert_eq!(between(&nearer, &led, &led), [0.0; 4], "leads bring them together");
        let several = Case { members: 2.0, strangers: 1.0, ..seen };
        assert_eq!(between(&several, &bare, &bare), [0.0; 4]);
        assert_eq!(between(&several, &bare, &french), [0.0; 4]);
        let abroad = Case { apart: 0.0, strangers: 1.0, sides_swapped: 1.0, exchanged: 0.9, ..seen };
        assert_eq!(between(&abroad, &bare, &french), [0.0, 1.0, 0.0, 0.9]);
        assert_eq!(between(&abroad, &bare, &bare), [0.0; 4], "in one language contradictions tell");
    }

    #[test]
    fn headlines_about_other_things_need_to_be_about_something() {
        let about = |themes: &[&str]| {
            let themes = themes.iter().map(ToString::to_string).collect();
            Features::read(&Reading { themes, ..Reading::default() })
        };
        let check = |one: &[&str], other: &[&str], expect: bool| {
            assert_eq!(are_other(&about(one), &about(other)), expect, "{one:?} {other:?}");
        };
        check(&["recall"], &["sponsoring"], true);
        check(&["recall", "courts"], &["courts"], false);
        check(&["recall"], &[], false);
        check(&[], &[], false);
    }
}

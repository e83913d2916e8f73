//! An article against whole stories. A story is as near as its members are on the whole: the mean over all,
//! the mean of the eight best and the best one each have a share, so that neither one stray member draws an
//! article in nor a long story's old members keep it out.

use super::Story;
use super::case::{Case, Seen};
use super::corrections::Corrections;
use crate::affinity::{Kept, Query};
use crate::features::Background;
use crate::trees::Trees;
use crate::weights::Weights;
use news::StoryId;

/// Members of which the "best" mean is taken.
pub(crate) const BEST: usize = 8;

/// Members in other languages that are compared, spread evenly: such comparing costs more and tells less.
pub(crate) const OTHERS: usize = 16;

/// Stories that are looked at in full, those with the strongest links.
pub(crate) const LOOKED_AT: usize = 4;

/// A story and its slot, and how strong an article's link with it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) strength: f32,
    pub(crate) slot: u32,
    pub(crate) story: StoryId,
}

/// Of equal ones the elder story is first: slots are given anew after a restart.
pub(crate) fn strongest_first(links: &mut [Link]) {
    links.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.story.cmp(&b.story)));
}

/// What was found nearest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nearest {
    /// Slot of the nearest story, if near enough to join.
    pub(crate) joined: Option<u32>,
    /// Slot of the likeliest, and how likely it is (0 to 1).
    pub(crate) likeliest: Option<(u32, f32)>,
    /// The stories that were looked at in full, and what was seen.
    pub(crate) cases: Vec<(u32, Case)>,
}

/// Compares an article with the candidates: links with all, the strongest of them looked at in full.
pub(super) fn nearest(
    query: &Query,
    candidates: &[u32],
    slots: &mut [Option<Story>],
    background: &Background,
    w: &Weights,
    trees: &Trees,
    corrections: &Corrections,
) -> Nearest {
    let mut links: Vec<Link> = Vec::with_capacity(candidates.len());
    for slot in candidates {
        let Some(story) = &mut slots[*slot as usize] else { continue };
        story.refresh(background);
        links.push(Link { strength: link(query, story, w), slot: *slot, story: story.id });
    }
    strongest_first(&mut links);
    let mut found = Nearest::default();
    for (rank, link) in links.iter().enumerate().take(LOOKED_AT) {
        let Some(story) = &slots[link.slot as usize] else { continue };
        let seen = Seen::among(&links, rank);
        let whole = Case::of(query, story, seen, background, w);
        // What people put together may be far on the whole: there the nearest member can speak for itself.
        let nearest = corrections.have_put(story).then(|| nearest_of(query, story, w)).flatten();
        let by_itself = nearest.map(|part| {
            let link = self::link(query, &part, w);
            Case::of(query, &part, Seen { link, ..seen }, background, w)
        });
        let cases = [Some(whole), by_itself].into_iter().flatten().filter(|case| !case.is_out_of_question());
        found.cases.extend(cases.map(|case| (link.slot, case)));
    }
    let numbers: Vec<_> = found.cases.iter().map(|(_, case)| case.numbers()).collect();
    let mut first = f32::NEG_INFINITY;
    for (logit, (slot, _)) in trees.logits(&numbers).into_iter().zip(&found.cases) {
        if logit > first {
            first = logit;
            found.joined = (logit > w.join_line).then_some(*slot);
            found.likeliest = Some((*slot, chance(logit)));
        }
    }
    found
}

/// The member that is nearest to an article, as if it were a story.
fn nearest_of(query: &Query, story: &Story, w: &Weights) -> Option<Story> {
    let affinity = |member: &&Kept| query.affinity(member, w);
    let nearest = story.members.iter().max_by(|a, b| affinity(a).total_cmp(&affinity(b)))?;
    Some(Story::of(std::iter::once(nearest.clone())))
}

/// Affinity of an article with a story: with its members in the same language, or with the others if those
/// are nearer. A story told in one language is not held to be far because another tells it differently.
pub(crate) fn link(query: &Query, story: &Story, w: &Weights) -> f32 {
    if let (1, Some(only)) = (story.members.len(), story.members.front()) {
        return query.evidence(only).alone(w);
    }
    let alike = |member: &&Kept| member.features.language == query.features.language;
    let mut same: Vec<f32> =
        story.members.iter().filter(alike).map(|member| query.affinity(member, w)).collect();
    let others = story.members.len() - same.len();
    let other = story.members.iter().filter(|member| !alike(member)).step_by(others.div_ceil(OTHERS).max(1));
    let mut other: Vec<f32> = other.map(|member| query.affinity(member, w)).collect();
    linked_either(&mut same, &mut other, query.features.has_text, w)
}

/// The link of an article with members of its language, or with the others if that is closer.
pub(crate) fn linked_either(same: &mut [f32], other: &mut [f32], has_text: bool, w: &Weights) -> f32 {
    let (mean, best) = if has_text { (w.text_mean, w.text_best) } else { (w.title_mean, w.title_best) };
    linked(same, mean, best).max(linked(other, w.cross_mean, w.cross_best))
}

/// The link of one article with members at these affinities.
fn linked(affinities: &mut [f32], share_mean: f32, share_best: f32) -> f32 {
    if affinities.is_empty() {
        return f32::NEG_INFINITY;
    }
    let mean = affinities.iter().sum::<f32>() / affinities.len() as f32;
    affinities.sort_unstable_by(|a, b| b.total_cmp(a));
    let top = &affinities[..affinities.len().min(BEST)];
    let top_mean = top.iter().sum::<f32>() / top.len() as f32;
    share_mean * mean + share_best * affinities[0] + (1.0 - share_mean - share_best) * top_mean
}

/// The logarithm of odds as a probability.
fn chance(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

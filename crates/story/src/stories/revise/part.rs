//! One story that turns out to be two. Its members are put together by average link, the two nearest groups first,
//! until two groups are left; when those two are on average too far from each other to be one story, they are parted.
//! An article and its copies are never parted, what people put together stays together, and what the next look would put
//! together again is not parted; nor is anything put together that would be parted: so that second looks come to rest.

use super::Revision;
use crate::affinity::{Kept, Query};
use crate::features::{Background, Weighed};
use crate::stories::candidates::Telling;
use crate::stories::link::link;
use crate::stories::{MEMBERS_KEPT, Stories, Story};
use crate::weights::Weights;
use news::StoryId;

/// Stories with fewer members than this are left as they are: one link too few is no evidence.
const FEWEST: usize = 3;

impl Stories {
    /// Parts a story, if it is two.
    pub(super) fn part(&mut self, slot: u32) -> Option<Revision> {
        let story = self.slots[slot as usize].as_mut()?;
        if story.members.len() < FEWEST {
            return None;
        }
        story.refresh(&self.background);
        let story = self.slots[slot as usize].as_ref()?;
        let going = self.come_apart(&story.members.iter().collect::<Vec<_>>())?;
        let from = story.id;
        let other = self.elsewhere(slot, &going);
        let into = other.unwrap_or(StoryId(self.next));
        let mut places = going.iter();
        let articles = self.take_out(slot, into, |_| places.next().copied().unwrap_or(false));
        if other.is_none() {
            self.opened_from(from, into);
        }
        Some(match other {
            Some(_) => Revision::Move { from, into, articles },
            None => Revision::Split { from, into, articles },
        })
    }

    /// Whether one story made of two would not be parted again: what a second look does, the next does not undo.
    pub(super) fn would_stay_one(&self, one: &Story, other: &Story) -> bool {
        let (into, from) = if one.id < other.id { (one, other) } else { (other, one) };
        let mut members: Vec<&Kept> = into.members.iter().chain(&from.members).collect();
        members.sort_by_key(|member| member.at);
        let spare = members.len().saturating_sub(MEMBERS_KEPT);
        members.len() < FEWEST || self.come_apart(&members[spare..]).is_none()
    }

    /// Which members are a story of their own, unless a second look would put both parts together again.
    fn come_apart(&self, members: &[&Kept]) -> Option<Vec<bool>> {
        let going = self.strangers(members)?;
        let part = |goes: bool| {
            let kept = members.iter().zip(&going).filter(|(_, going)| **going == goes);
            Story::of(kept.map(|(member, _)| (*member).clone()))
        };
        (!self.are_one(&part(false), &part(true))).then_some(going)
    }

    /// Which members are a story of their own.
    fn strangers(&self, members: &[&Kept]) -> Option<Vec<bool>> {
        let w = &self.weights;
        let pinned: Vec<bool> = members.iter().map(|member| self.corrections.is_pinned(member)).collect();
        let affinities = Affinities::between(members, &self.background, w);
        let mut groups = Groups::begin(members, &pinned);
        while groups.0.len() > 2 {
            let (one, other, _) = groups.nearest(&affinities)?;
            groups.join(one, other);
        }
        let (_, _, near) = groups.nearest(&affinities)?;
        let smaller = groups.0.iter().min_by_key(|group| (group.len(), std::cmp::Reverse(group[0])))?;
        let alone = smaller.len() == 1 && affinities.inside(smaller).is_none();
        let line = if alone { w.split_alone } else { w.split };
        let parted = near < -line && !smaller.iter().any(|at| pinned[*at]);
        parted.then(|| (0..members.len()).map(|at| smaller.contains(&at)).collect())
    }

    /// The other story that the members who leave belong to, if they are one article with its copies.
    fn elsewhere(&mut self, slot: u32, going: &[bool]) -> Option<StoryId> {
        let story = self.slots[slot as usize].as_ref()?;
        let mut leaving =
            story.members.iter().zip(going).filter(|(_, goes)| **goes).map(|(member, _)| member);
        let member = leaving.next().filter(|_| leaving.next().is_none())?;
        let weighed = Weighed::new(&member.features, &self.background);
        let query = Query::new(&member.features, member.at, &weighed);
        let near = self.index.candidates(&Telling::of(&member.features, &weighed), &self.slots);
        let others = near.into_iter().filter(|other| *other != slot).filter_map(|other| {
            let theirs = self.slots[other as usize].as_ref()?;
            (!self.corrections.is_barred(member, theirs.id))
                .then(|| (link(&query, theirs, &self.weights), theirs.id))
        });
        let (near, id) = others.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (near > 0.0).then_some(id)
    }
}

/// Affinities of all pairs of members, both ways.
struct Affinities {
    size: usize,
    values: Vec<f32>,
}

impl Affinities {
    fn between(members: &[&Kept], background: &Background, w: &Weights) -> Self {
        let mut values = vec![0.0; members.len() * members.len()];
        for (at, member) in members.iter().enumerate() {
            let weighed = Weighed::new(&member.features, background);
            let query = Query::new(&member.features, member.at, &weighed);
            for (other, kept) in members.iter().enumerate().take(at) {
                let near = query.affinity(kept, w);
                values[at * members.len() + other] = near;
                values[other * members.len() + at] = near;
            }
        }
        Self { size: members.len(), values }
    }

    /// Mean over the pairs of two groups.
    fn mean(&self, one: &[usize], other: &[usize]) -> f32 {
        let pairs = one.iter().flat_map(|a| other.iter().map(move |b| self.values[a * self.size + b]));
        pairs.sum::<f32>() / (one.len() * other.len()).max(1) as f32
    }

    /// Mean over the pairs within a group; none of a single member.
    fn inside(&self, group: &[usize]) -> Option<f32> {
        let pairs = group.len() * group.len().saturating_sub(1);
        let sum = || group.iter().flat_map(|a| group.iter().filter(move |b| a != *b).map(move |b| (a, b)));
        (pairs > 0).then(|| sum().map(|(a, b)| self.values[a * self.size + b]).sum::<f32>() / pairs as f32)
    }
}

/// Groups of members by their places.
struct Groups(Vec<Vec<usize>>);

impl Groups {
    /// Each article with its copies; and all that people have put there.
    fn begin(members: &[&Kept], pinned: &[bool]) -> Self {
        let root = |at: usize| {
            let kept = members[at];
            if pinned[at] { None } else { kept.original.or(kept.articles.first().copied()) }
        };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for at in 0..members.len() {
            match groups.iter_mut().find(|group| group.iter().any(|other| root(*other) == root(at))) {
                Some(group) => group.push(at),
                None => groups.push(vec![at]),
            }
        }
        Self(groups)
    }

    /// The two groups with the highest mean affinity, and that mean.
    fn nearest(&self, affinities: &Affinities) -> Option<(usize, usize, f32)> {
        let pairs = (0..self.0.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        let near = pairs.map(|(one, other)| (one, other, affinities.mean(&self.0[one], &self.0[other])));
        near.max_by(|a, b| a.2.total_cmp(&b.2).then((b.0, b.1).cmp(&(a.0, a.1))))
    }

    fn join(&mut self, one: usize, other: usize) {
        let joined = self.0.swap_remove(one.max(other));
        self.0[one.min(other)].extend(joined);
    }
}

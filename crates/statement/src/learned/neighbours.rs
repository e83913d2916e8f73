//! The other cues around one cue, as the first model found them: content mostly ends where somebody else, or the
//! same person with another verb, begins to speak.

use crate::hash::{Sink, mix};
use crate::page::{Page, Unit};
use std::ops::Range;

/// Units that are looked over for the next cue.
const FAR: u32 = 12;

/// What one unit knows of other cues.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Near {
    /// It is in a cue itself: first unit 1, later ones 2.
    inside: u32,
    /// Units to the next cue on the left and on the right, [`FAR`] when there is none near.
    left: u32,
    right: u32,
    /// Stem of the telling word of the next cue on the right.
    head: u32,
}

impl Near {
    /// Whether a cue begins here.
    pub(crate) fn begins(self) -> bool {
        self.inside == 1
    }
}

/// For each unit in `reach`, the cues of `all` (in order) beside `own` and what touches it.
pub(crate) fn of(page: &Page, all: &[Range<usize>], own: &Range<usize>, reach: &Range<usize>) -> Vec<Near> {
    let mut near = vec![Near { left: FAR, right: FAR, ..Near::default() }; reach.len()];
    let first = all.partition_point(|cue| cue.end <= reach.start);
    let others = all.iter().skip(first).take_while(|cue| cue.start < reach.end);
    for cue in others.filter(|cue| cue.end <= own.start || cue.start >= own.end) {
        for at in cue.start.max(reach.start)..cue.end.min(reach.end) {
            near[at - reach.start].inside = if at == cue.start { 1 } else { 2 };
        }
        let head = page.unit(cue.end - 1).stem;
        let before =
            (cue.start.saturating_sub(FAR as usize).max(reach.start)..cue.start.max(reach.start)).rev();
        for (distance, at) in (0..).zip(before) {
            let unit = &mut near[at - reach.start];
            if distance < unit.right {
                (unit.right, unit.head) = (distance, head);
            }
        }
        let behind = cue.end.max(reach.start)..(cue.end + FAR as usize).min(reach.end);
        for (distance, at) in (0..).zip(behind) {
            near[at - reach.start].left = distance;
        }
    }
    near
}

/// What a feature may name of the unit and its own cue.
pub(crate) struct Place {
    pub(crate) side: u32,
    pub(crate) place: u32,
    /// Stem of the own cue.
    pub(crate) head: u32,
    /// Other cues between the unit and its own.
    pub(crate) between: u32,
    /// What else lies between, in one number.
    pub(crate) flags: u32,
}

/// Appends what other cues say about a unit.
pub(crate) fn features(near: Near, [before, here, behind]: [Unit; 3], at: &Place, out: &mut Sink) {
    let between = at.between.min(2);
    let around = near.inside + 3 * near.left.min(2) + 9 * near.right.min(2) + 27 * between;
    let steps = |distance: u32| match distance {
        0..=3 => distance,
        4..=6 => 4,
        7..=11 => 5,
        _ => 6,
    };
    let distances = steps(near.left) + 7 * steps(near.right) + 49 * between;
    out.three(60, between, here.tag(), at.place);
    out.three(61, mix(between, at.side), here.tag(), mix(before.tag(), behind.tag()));
    out.three(62, between, at.flags, at.side);
    out.three(63, around, here.tag(), at.side);
    out.three(64, around, mix(here.tag(), behind.tag()), at.side);
    out.three(65, around, mix(before.tag(), here.tag()), at.side);
    out.three(66, distances, here.tag(), at.place);
    out.three(67, mix(near.head, near.right), here.tag(), at.side);
    out.three(68, mix(distances, here.form()), mix(before.form(), behind.form()), at.place);
    out.three(69, distances, at.head, at.side);
}

//! What is new in a story, as groups by how long ago: since its reader looked, in the last hour, in the last day, before.

use jiff::{SignedDuration, Timestamp};
use news::{DevelopmentId, DevelopmentKind};
use store::view::DevelopmentView;

/// Developments that are shown.
const SHOWN: usize = 30;

/// Developments under one heading, newest first, never empty.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    /// Its reader has not seen them.
    pub(crate) unseen: bool,
    pub(crate) developments: Vec<DevelopmentView>,
}

/// The newest developments of `told`; `since` is the one that a notification led to: it and what came later is new to
/// its reader, whenever it was.
pub(crate) fn groups(told: &[DevelopmentView], since: Option<DevelopmentId>, now: Timestamp) -> Vec<Group> {
    let shown = opened_once(told.iter().take(SHOWN).cloned().collect(), told);
    let mut groups: Vec<Group> = Vec::new();
    let (unseen, seen): (Vec<_>, Vec<_>) =
        newest_first(shown).into_iter().partition(|one| since.is_some_and(|since| one.id >= since));
    if !unseen.is_empty() {
        groups.push(Group { title: "New since you looked", unseen: true, developments: unseen });
    }
    for development in seen {
        let title = title(now.duration_since(development.at));
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.developments.push(development),
            None => groups.push(Group { title, unseen: false, developments: vec![development] }),
        }
    }
    groups
}

/// Whether a sentence is shown as the words of a development: nobody reads it twice on one page.
pub(crate) fn opens_with(groups: &[Group], sentence: &str) -> bool {
    let shown = groups.iter().flat_map(|group| &group.developments);
    shown.filter_map(|one| one.evidence.first()).any(|first| first.text.trim() == sentence.trim())
}

/// Hours instead of "today": the page is the same in every zone.
fn title(ago: SignedDuration) -> &'static str {
    match ago {
        ago if ago <= SignedDuration::from_hours(1) => "In the last hour",
        ago if ago <= SignedDuration::from_hours(24) => "In the last 24 hours",
        _ => "Before",
    }
}

/// A story that another was merged into has one first report: those of the others are news like all. `told` is what the
/// story tells; what was taken back stays what it was.
pub(crate) fn opened_once(mut shown: Vec<DevelopmentView>, told: &[DevelopmentView]) -> Vec<DevelopmentView> {
    let opening = told.iter().min_by_key(|one| (one.at, one.id)).map(|one| one.id);
    let others = shown.iter_mut().filter(|one| Some(one.id) != opening && one.withdrawn_at.is_none());
    for one in others {
        if one.kind == DevelopmentKind::FirstReport {
            one.kind = DevelopmentKind::NewFact;
        }
    }
    shown
}

/// By the time that they tell of: those of a story that was merged in come numbered after later ones.
fn newest_first(mut developments: Vec<DevelopmentView>) -> Vec<DevelopmentView> {
    developments.sort_by_key(|development| std::cmp::Reverse((development.at, development.id)));
    developments
}

/// How a development is new, in words.
pub(crate) fn kind_words(development: &DevelopmentView) -> &'static str {
    match development.kind {
        DevelopmentKind::FirstReport => "First report",
        DevelopmentKind::NewFact => "New",
        DevelopmentKind::NewStatement => "New statement",
        DevelopmentKind::ChangedPosition => "Changed position",
        DevelopmentKind::FigureChanged => "Figure changed",
        DevelopmentKind::Correction => "Corrected",
        DevelopmentKind::Confirmation => "Confirmed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_story_has_one_first_report() {
        let report = |id| DevelopmentView { kind: DevelopmentKind::FirstReport, ..sample::development(id) };
        let back = DevelopmentView { withdrawn_at: Some(sample::at(0)), ..report(9) };
        // The sample's higher numbers are older.
        let told = [report(3), report(5)];
        let shown = opened_once(vec![report(3), report(5), back], &told);
        let kinds: Vec<_> = shown.iter().map(kind_words).collect();
        assert_eq!(kinds, ["New", "First report", "First report"]);
    }

    #[test]
    fn what_is_new_stands_in_groups_by_age() {
        let now = sample::at(0);
        let ages = [5, 50, 200, 600, 3_000];
        let aged = |(id, minutes): (i64, &i64)| {
            let at = now.checked_sub(SignedDuration::from_mins(*minutes)).unwrap();
            store::view::DevelopmentView { at, ..sample::development(id) }
        };
        let mut told: Vec<_> = (1_i64..).zip(ages.iter().rev()).map(aged).collect();
        told.reverse();
        let titles = |since| -> Vec<(&str, usize)> {
            let groups = groups(&told, since, now);
            groups.iter().map(|group| (group.title, group.developments.len())).collect()
        };
        let all = [("In the last hour", 2), ("In the last 24 hours", 2), ("Before", 1)];
        assert_eq!(titles(None), all);
        let unseen = [("New since you looked", 3), ("In the last 24 hours", 1), ("Before", 1)];
        assert_eq!(titles(Some(DevelopmentId(3))), unseen);
        assert!(groups(&[], None, now).is_empty());
        let shown = groups(&told, None, now);
        let words = told[0].evidence[0].text.clone();
        assert!(opens_with(&shown, &words) && !opens_with(&shown, "Other words."));
    }
}

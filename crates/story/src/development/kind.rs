//! Whether an article brings something new, and of which kind. The sure signs come first: a correction, a figure
//! that went on, a change of mind, a confirmation; then how new headline and lead are in their words.

use super::Telling;
use super::figures::{Changes, Value};
use super::judge::{Judged, JudgedLine};
use super::meant::Scale;
use super::memory::{Memory, concept};
use super::support::Held;
use news::{DevelopmentKind, TermKind};

/// What speaks for news; fitted on the streams of `tests/developments/fitted`; the twenty in `held` were left out.
const FRESH: f32 = 0.9;
const HAPPENS_TITLE: f32 = 0.4;
const HEADLINED: f32 = 0.15;
const HAPPENS_LEAD: f32 = 0.2;
const NAMES: f32 = 0.15;
const FIRST_COUNT: f32 = 0.45;
const FIRST_SUM: f32 = 0.25;
const NEW_VOICE: f32 = 0.45;
const NEW_STAND: f32 = 0.35;
/// What speaks against it: figures that were told, a development that is told again (less so where its happening is
/// another one), a memory that is thin.
const STALE: f32 = 0.4;
const RETOLD: f32 = 1.2;
const RETOLD_FROM: f32 = 0.3;
const THIN: f32 = 0.6;
const FRESH_ENOUGH: f32 = 0.3;
/// How much the words of a headline count once more when there is nothing below it.
const BARE: f32 = 0.6;
/// Right after a development most articles tell it again; after hours of quiet something makes outlets write.
const QUIET: f32 = 0.4;
const QUIET_MOST: f32 = 0.5;
pub(super) const ECHO_SECONDS: i64 = 30 * 60;
/// An opening that is near in meaning to one that is known tells the same in other words ([`Scale`]), the surer the sooner
/// after a development: hours later a next step of the same thing is as near. Fitted on the same streams.
const ECHO: f32 = 0.2;
const UNHEARD: f32 = 0.8;
const PLAIN: f32 = 0.5;
/// The story is young for so long: then most of what comes tells the same.
const YOUNG_SECONDS: i64 = 45 * 60;
const THIN_LATER: f32 = 0.2;
/// What must be reached: by what says when it was, by what does not, and with a change of mind below the headline.
const BAR: f32 = 0.83;
const BAR_UNANCHORED: f32 = 1.7;
const BAR_REVERSED: f32 = 0.4;

/// The kind of news, or none.
pub(super) fn of(
    memory: &Memory,
    judged: &Judged,
    changes: &Changes,
    held: &[Held],
    telling: &Telling,
) -> Option<Verdict> {
    if judged.column {
        return None;
    }
    let says = |word: &str| judged.has(concept(word), 1);
    let at = telling.at.as_second();
    let told = held.iter().any(|held| held.has_numbers_of(judged, at));
    if says("correct") && (!changes.stale || changes.fewer) {
        let corrected = is_corrected(held, judged, at);
        return (!corrected && !told)
            .then(|| Verdict::figures(DevelopmentKind::Correction, &judged.values, true));
    }
    if withdraws(memory, judged, held, telling) {
        return Some(Verdict::sure(DevelopmentKind::Correction));
    }
    let nearly =
        changes.slightly.is_some_and(|slightly| held.iter().any(|held| held.counts_nearly(slightly, at)));
    let reached = held.iter().any(|held| held.has_reached(&changes.grown, at));
    if !changes.grown.is_empty() && !told && !nearly && !reached {
        return Some(Verdict::figures(DevelopmentKind::FigureChanged, &changes.grown, changes.rose));
    }
    if says("confirm") && held.iter().any(|held| held.is_unsure() && !held.is_of(telling.family)) {
        return Some(Verdict::sure(DevelopmentKind::Confirmation));
    }
    let score = score(judged, changes, held, at);
    let bar = if anchored(judged) { BAR } else { BAR_UNANCHORED };
    let spare = score.speaks - score.against - bar;
    let reversed = judged.has(concept("reverse"), 0) || says("reverse") && score.speaks >= BAR_REVERSED;
    if reversed && !memory.knows(concept("reverse")) {
        return Some(Verdict::sure(DevelopmentKind::ChangedPosition));
    }
    let statement = is_statement(judged, telling);
    let kind = if statement { DevelopmentKind::NewStatement } else { DevelopmentKind::NewFact };
    let names = |lead: &JudgedLine| lead.happens > 0 && lead.names > 0;
    let plain = changes.first || judged.lead().is_some_and(names);
    (spare >= 0.0).then_some(Verdict { kind, sign: Sign::Words { spare, plain } })
}

/// Whether a correction was told: what was published last of a count that it gives has the same figure. Where they have
/// no count in common, it is one that was published before in much the same words or names, or a little while ago.
fn is_corrected(held: &[Held], judged: &Judged, at: i64) -> bool {
    let last = |told: &Value| held.iter().rev().find_map(|held| held.has_count(told));
    let known: Vec<bool> = judged.values.iter().filter_map(last).collect();
    if !known.is_empty() {
        let reached = || held.iter().any(|held| held.has_reached(&judged.values, at));
        return known.contains(&true) || reached();
    }
    held.iter().any(|held| held.corrects_the_same(judged, at))
}

/// Whether an outlet takes back the article by which it brought a development: nothing of what stood on top stands there any
/// more, and what does speaks of withdrawing.
fn withdraws(memory: &Memory, judged: &Judged, held: &[Held], telling: &Telling) -> bool {
    telling.reading.lines.iter().take(2).any(|line| line.retracts)
        && held.iter().any(|held| held.is_dropped(memory, telling))
        && !held.iter().any(|held| held.withdraws_the_same(judged, telling))
}

/// What an article brings.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) kind: DevelopmentKind,
    pub(super) sign: Sign,
}

/// What shows that it is new.
#[derive(Clone, Debug)]
pub(super) enum Sign {
    Sure,
    /// By how much its words are over the line; whether it is the first to count people, or names somebody new to whom
    /// something happened.
    Words {
        spare: f32,
        plain: bool,
    },
    /// Figures that went on, or are corrected; whether it says so.
    Figures {
        figures: Vec<Value>,
        said: bool,
    },
}

impl Verdict {
    pub(super) fn sure(kind: DevelopmentKind) -> Self {
        Self { kind, sign: Sign::Sure }
    }

    fn figures(kind: DevelopmentKind, figures: &[Value], said: bool) -> Self {
        Self { kind, sign: Sign::Figures { figures: figures.to_vec(), said } }
    }

    /// Whether it is asked what the opening means before it is believed: not where nothing that an encoder of this scale
    /// sees could speak against new words, long after a development.
    pub(super) fn asks(&self, held: &[Held], at: i64, scale: &Scale) -> bool {
        match self.sign {
            Sign::Sure => false,
            Sign::Figures { .. } => true,
            Sign::Words { .. } => scale.again.is_finite() || soon(held, at, scale.fades) > 0.0,
        }
    }
}

/// How much it speaks against news that it comes soon after a development, and that its opening is so near in meaning to
/// one that is known; without an encoder nobody can say how near, and that it comes soon speaks louder. Where something plain
/// is new, it speaks half as loud.
pub(super) fn echo(near: Option<(f32, &Scale)>, soon: f32, plain: bool) -> f32 {
    let reworded = |(near, scale): (f32, &Scale)| scale.reworded * (near - scale.reworded_from).max(0.0);
    let weight = near.map_or(UNHEARD, |near| ECHO + reworded(near));
    soon * weight * if plain { PLAIN } else { 1.0 }
}

/// 1 within half an hour after a development, less with each power of ten.
pub(super) fn soon(held: &[Held], at: i64, fades: f32) -> f32 {
    (1.0 - fades * since(held, at)).clamp(0.0, 1.0)
}

/// What speaks for news, and what against it.
#[derive(Clone, Copy, Debug)]
struct Score {
    speaks: f32,
    against: f32,
}

fn score(judged: &Judged, changes: &Changes, held: &[Held], at: i64) -> Score {
    let title = &judged.title;
    let bare = JudgedLine { fresh: title.fresh * BARE, ..JudgedLine::default() };
    let lead = judged.lead().unwrap_or(&bare);
    let sign = |weight: f32, speaks: bool| if speaks { weight } else { 0.0 };
    let since = since(held, at);
    let speaks = FRESH * (title.fresh + lead.fresh)
        + sign(HAPPENS_TITLE, title.happens > 0)
        + sign(HEADLINED, title.headlines > 0)
        + sign(HAPPENS_LEAD, lead.happens > 0)
        + NAMES * lead.names.max(title.names).min(2) as f32
        + sign(FIRST_COUNT, changes.first)
        + sign(FIRST_SUM, changes.first_sum)
        + sign(NEW_VOICE, judged.new_voice)
        + sign(NEW_STAND, title.stands > 0 && title.happens == 0)
        + QUIET * since.clamp(0.0, QUIET_MOST);
    let retold = held.iter().map(|held| held.share(judged)).fold(0.0, f32::max);
    let thin = if judged.age < YOUNG_SECONDS { THIN } else { THIN_LATER };
    // What newly happened is told in a sentence that repeats the rest.
    let happens = title.happens > 0 && (lead.happens > 0 || lead.fresh > FRESH_ENOUGH);
    let retelling = RETOLD * (retold - RETOLD_FROM).max(0.0) * if happens { 0.5 } else { 1.0 };
    let against =
        retelling + thin * judged.thin + sign(STALE, changes.stale) + QUIET * (-since).clamp(0.0, 1.0);
    Score { speaks, against }
}

/// How long ago the latest development was, as the power of ten of half-hours: 0 after half an hour, 1 after five hours.
fn since(held: &[Held], at: i64) -> f32 {
    let last = held.iter().map(|held| held.age(at)).filter(|age| *age >= 0).min();
    last.map_or(0.0, |age| (age.max(60) as f32 / ECHO_SECONDS as f32).log10())
}

/// News says when it was, or who says so; or headline and opening tell of something that newly happened.
fn anchored(judged: &Judged) -> bool {
    let lead = judged.lead();
    lead.is_none_or(|lead| lead.anchored && !lead.past)
        || judged.title.happens > 0
            && (judged.title.anchored || lead.is_some_and(|lead| lead.happens > 0 && !lead.past))
}

/// Words are the news when somebody's stand comes first in the headline, or somebody is quoted and nothing happened.
fn is_statement(judged: &Judged, telling: &Telling) -> bool {
    let mut terms = telling.reading.lines.iter().take(1).flat_map(|line| &line.terms).map(|term| term.kind);
    let first = terms.find(|kind| matches!(kind, TermKind::Stand | TermKind::Happening));
    match first {
        Some(TermKind::Stand) => true,
        Some(_) => judged.new_voice && judged.title.happens == 0,
        None => judged.quoted,
    }
}

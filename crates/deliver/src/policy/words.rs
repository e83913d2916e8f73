//! The rules in words: why somebody was told, or was not.

use super::{
    Case, Decision, Elsewhere, RuleName, STALE, URGENT_FAMILIES, ask, digest_hour, least, urgent, zone,
};
use news::{Timestamp, Weight};

/// One rule and what it said of a development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub name: RuleName,
    pub passed: bool,
    /// It did not pass, and only waits.
    pub waits: bool,
    pub words: String,
}

/// Every rule with what it says, also after one that objects.
pub fn explain(case: &Case) -> Vec<Rule> {
    let rule = |name| {
        let objection = ask(name, case);
        let waits = matches!(objection, Some(Decision::Hold { .. } | Decision::Fold { .. }));
        Rule { name, passed: objection.is_none(), waits, words: words(name, case, objection) }
    };
    RuleName::ALL.into_iter().map(rule).collect()
}

fn words(rule: RuleName, case: &Case, objection: Option<Decision>) -> String {
    let until = match objection {
        Some(Decision::Hold { until } | Decision::Fold { until }) => Some(clock(case, until)),
        _ => None,
    };
    match (rule, until) {
        (RuleName::Threshold, _) => {
            let wanted = least(case.follow, case.receiver);
            format!("it is {}; you asked for {} and above", case.weight.word(), wanted.word())
        }
        (RuleName::Families, _) => {
            let have = match case.families {
                1 => "1 independent outlet has it".to_owned(),
                several => format!("{several} independent outlets have it"),
            };
            format!("{have}; you asked for {}", case.follow.families)
        }
        (RuleName::Elsewhere, Some(until)) => {
            format!("another story is to tell you the same; it is waited for until {until}")
        }
        (RuleName::Elsewhere, None) => told(case.elsewhere).to_owned(),
        (RuleName::Fresh, _) => format!("news is told for {} hours after it came", STALE.as_hours()),
        (RuleName::Digest, Some(until)) => format!("it goes with the digest of {until}"),
        (RuleName::Digest, None) if digest_hour(case).is_some() => {
            "the hour of the digest has come".to_owned()
        }
        (RuleName::Digest, None) => "each development goes by itself".to_owned(),
        (RuleName::QuietHours, Some(until)) => format!("quiet hours until {until}"),
        (RuleName::QuietHours, None) => loud(case).to_owned(),
        (RuleName::Budget, Some(until)) => {
            format!(
                "you were told of the story less than {} minutes ago; the next goes at {until}",
                case.between.as_mins()
            )
        }
        (RuleName::Budget, None) if case.weight == Weight::Major => {
            "major developments do not wait".to_owned()
        }
        (RuleName::Budget, None) => {
            format!("you were not told of the story in the last {} minutes", case.between.as_mins())
        }
    }
}

fn told(elsewhere: Elsewhere) -> &'static str {
    match elsewhere {
        Elsewhere::Told => "another story told you the same",
        Elsewhere::Nothing | Elsewhere::Waits { .. } => "no other story told you the same",
    }
}

/// Why quiet hours let it pass.
fn loud(case: &Case) -> &'static str {
    match &case.receiver.quiet {
        None => "no quiet hours are set",
        Some(_) if digest_hour(case).is_some() => "a digest has its own hour",
        Some(_) if urgent(case) => "it is urgent: major, and more than one independent outlet has it",
        Some(_) if case.weight == Weight::Major && case.families < URGENT_FAMILIES => {
            "it is outside your quiet hours (one outlet alone is never urgent)"
        }
        Some(_) => "it is outside your quiet hours",
    }
}

/// A time as the reader's clock shows it.
fn clock(case: &Case, at: Timestamp) -> String {
    at.to_zoned(zone(case.receiver)).strftime("%-d %B, %H:%M").to_string()
}

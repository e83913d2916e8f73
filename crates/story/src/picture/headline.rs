//! The headline that stands for a story: the one that says what most of them say, plainly.

use super::{Known, Portrait, language};
use crate::hash::{Map, Set};

/// Articles that are looked at: the latest.
const LOOKED_AT: usize = 200;
/// What each flaw takes and each merit adds, beside centrality (0 to 1).
const FLAW: f64 = 0.35;
const PLAIN_FAMILY: f64 = 0.06;
const LATEST: f64 = 0.12;
/// What it takes to count less than is known by now.
const OVERTAKEN: f64 = 0.8;
/// What it takes to announce what has happened since.
const STALE: f64 = 0.8;

/// Words that announce what is still to come, as parts of a headline between spaces; lower case.
#[rustfmt::skip]
const ANNOUNCING: &[&str] = &[
    "expected", "due", "awaited", "awaits", "await", "upcoming", "set to", "to be", "braces for", "prepares for", "looms",
    "erwartet", "erwartete", "steht bevor", "stehen bevor", "bevorstehende", "bevorstehender",
    "attendu", "attendue", "attendus", "attendues", "prévu", "prévue", "prévus", "prévues", "imminent", "imminente",
    "se espera", "esperado", "esperada", "previsto", "prevista", "inminente", "a la espera",
    "очікується", "очікуються", "очікують", "заплановано", "має відбутися",
    "ожидается", "ожидаются", "ожидают", "запланировано", "запланирован", "должен состояться",
];
/// Words in front of these that set what happened against what was thought: "than expected", "comme prévu"; and one behind
/// them that gives a cause: "due to the storm".
const COMPARING: &[&str] = &["than", "as", "wie", "als", "que", "comme", "lo", "чем", "как", "ніж", "як"];
const CAUSING: &str = "due to";

/// Words of so many capitals and more shout, if there are several: one is a name.
const LOUD_LETTERS: usize = 4;
const LOUD_WORDS: usize = 2;

/// Openings of columns, teasers and talk, in the languages that we read; lower case.
const TEASERS: &[&str] = &[
    "analysis",
    "opinion",
    "editorial",
    "explainer",
    "explained",
    "factbox",
    "live",
    "watch",
    "video",
    "podcast",
    "quiz",
    "in pictures",
    "here's",
    "here is",
    "here are",
    "what to know",
    "what we know",
    "how to",
    "how ",
    "why ",
    "what ",
    "who ",
    "when ",
    "this is",
    "these are",
    "everything you",
    "you won't",
    "review",
    "letters",
    "morning briefing",
    "kommentar",
    "meinung",
    "analyse",
    "liveblog",
    "warum ",
    "wie ",
    "was ",
    "so ",
    "direct",
    "en direct",
    "vidéo",
    "tribune",
    "pourquoi ",
    "comment ",
    "ce que",
    "en directo",
    "en vivo",
    "opinión",
    "vídeo",
    "por qué ",
    "cómo ",
    "qué ",
    "ao vivo",
    "opinião",
    "por que ",
    "como ",
    "o que",
    "мнение",
    "почему ",
    "как ",
    "что ",
    "онлайн",
    "видео",
    "думка",
    "чому ",
    "як ",
    "що ",
    "відео",
    "наживо",
];

/// The best headline's place among `members`; none only if there are no members. Copies have their say in
/// what is central once for their family, and are not chosen while an article of its own is as good.
pub fn headline(members: &[&Portrait]) -> Option<usize> {
    let skipped = members.len().saturating_sub(LOOKED_AT);
    let latest = members.iter().map(|member| member.at).max()?;
    let told_in = language(members);
    let said = SaidByFamilies::count(&members[skipped..]);
    let known = Known::of(members);
    let happened = members.iter().filter(|member| member.happens && !member.announces && !member.copy);
    let happened = happened.map(|member| member.at).max();
    let score = |member: &Portrait| {
        let foreign = if member.language == told_in { 0.0 } else { 1.0 };
        let age_days = (latest - member.at) as f64 / 86_400.0;
        let plain = if member.plain { PLAIN_FAMILY } else { 0.0 };
        let copy = if member.copy { 0.02 } else { 0.0 };
        let overtaken = if known.overtakes(member, None) { OVERTAKEN } else { 0.0 };
        let stale = member.announces && happened.is_some_and(|at| member.at < at);
        let stale = if stale { STALE } else { 0.0 };
        said.centrality(member) + plain + LATEST * (-age_days).exp2()
            - FLAW * member.flaws
            - foreign
            - copy
            - overtaken
            - stale
    };
    let scored = members.iter().enumerate().skip(skipped).map(|(at, member)| (score(member), at));
    // Of equals the earlier one, so that a title does not change for nothing.
    scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
}

/// In how many families' headlines each stem stands.
struct SaidByFamilies {
    stems: Map<u32, Set<u64>>,
    families: f64,
}

impl SaidByFamilies {
    fn count(members: &[&Portrait]) -> Self {
        let mut stems: Map<u32, Set<u64>> = Map::default();
        let mut families: Set<u64> = Set::default();
        for member in members {
            families.insert(member.family);
            for stem in &member.title {
                stems.entry(*stem).or_default().insert(member.family);
            }
        }
        Self { stems, families: families.len() as f64 }
    }

    /// The mean share of families that use the headline's stems, times the root of what it tells at all.
    fn centrality(&self, member: &Portrait) -> f64 {
        if member.title.is_empty() {
            return 0.0;
        }
        let share = |key: &u32| self.stems.get(key).map_or(0.0, |said| said.len() as f64 / self.families);
        member.title.iter().map(share).sum::<f64>() / (member.title.len() as f64).sqrt() / 2.0
    }
}

/// How many things make the headline a poor title. A number in front opens a list, unless people are counted by it.
pub(super) fn flaws(title: &str, counts_people: bool) -> f64 {
    let title = title.trim();
    let lower = title.to_lowercase();
    let words = title.split_whitespace().count();
    let question = title.ends_with(['?', '？', '؟'])
        || title.contains("...")
        || title.ends_with('…')
        || title.ends_with('!');
    let teaser = TEASERS.iter().any(|opening| lower.starts_with(opening) && !continues_word(&lower, opening));
    let numbered =
        lower.split_whitespace().next().is_some_and(|word| word.parse::<u32>().is_ok_and(|n| n < 30));
    let list = numbered && words > 3 && !counts_people;
    let length = Length::of(title) != Length::Fitting;
    let loud = |word: &&str| {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        letters().count() >= LOUD_LETTERS && letters().all(char::is_uppercase)
    };
    let shouting = title.split_whitespace().filter(loud).count() >= LOUD_WORDS;
    let piped = title.contains(" | ") || title.contains(" // ");
    [question, teaser, list, length, shouting, piped].iter().map(|flaw| f64::from(u8::from(*flaw))).sum()
}

/// How long a headline is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Length {
    /// Too few words and letters to say anything: "Live".
    Curt,
    Fitting,
    /// A sentence and more.
    Long,
}

impl Length {
    fn of(title: &str) -> Self {
        match title.split_whitespace().count() {
            ..4 if title.chars().count() < 12 => Self::Curt,
            23.. => Self::Long,
            _ => Self::Fitting,
        }
    }
}

/// Whether a headline announces what is still to come: "verdict expected on Wednesday".
pub(super) fn announces(title: &str) -> bool {
    let words: Vec<String> = title
        .to_lowercase()
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let plain = format!(" {} ", words.join(" "));
    let announces = |phrase: &&str| {
        let found = plain.find(&format!(" {phrase} "));
        let before = found.and_then(|at| plain.get(..at)).and_then(|before| before.split(' ').next_back());
        found.is_some() && !before.is_some_and(|word| COMPARING.contains(&word))
    };
    let mut phrases =
        ANNOUNCING.iter().filter(|phrase| !CAUSING.starts_with(**phrase) || !plain.contains(CAUSING));
    phrases.any(announces)
}

/// Whether the opening is only the beginning of a longer word ("liver" is not "live").
fn continues_word(title: &str, opening: &str) -> bool {
    title.get(opening.len()..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
        && !opening.ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::{announces, flaws};

    #[test]
    fn flaws_of_headlines() {
        let check = |title: &str, counts_people: bool, expect: f64| {
            assert!((flaws(title, counts_people) - expect).abs() < 1e-9, "{title}");
        };
        check("12 killed in bus crash", true, 0.0);
        check("Twelve killed in bus crash", true, 0.0);
        check("7 ways to cook rice", false, 1.0);
        check("40 years of the Marl bridge", false, 0.0);
        check("Why the ferry sank", false, 1.0);
        check("Liver transplant saves ferryman", false, 0.0);
        check("Who sank the ferry?", false, 2.0);
        check("BREAKING NEWS from the harbour", false, 1.0);
        check("Ferry aground | Harbour Herald", false, 1.0);
        check("Live", false, 2.0);
        check("Aground", false, 1.0);
        check("Rücktrittsforderungen", false, 0.0);
        check(&["word"; 22].join(" "), false, 0.0);
        check(&["word"; 23].join(" "), false, 1.0);
    }

    #[test]
    fn what_is_still_to_come_is_announced() {
        for title in [
            "Procès du port : le jugement d'Armand Lescaze attendu ce mercredi",
            "Verdict in harbour trial due on Wednesday",
            "Rate set to rise, say economists",
            "Urteil im Hafenprozess erwartet",
            "Se espera el fallo del juicio del puerto",
            "Вирок у справі порту: очікується рішення суду",
            "Приговор по делу порта ожидается в среду",
        ] {
            assert!(announces(title), "{title}");
        }
        for title in [
            "Lescaze convicted in harbour trial",
            "Rate rises more than expected",
            "Ferries stay in port due to storm",
            "Zinsen steigen stärker als erwartet",
            "Le taux baisse plus que prévu",
        ] {
            assert!(!announces(title), "{title}");
        }
    }
}

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
    let score = |member: &Portrait| {
        let foreign = if member.language == told_in { 0.0 } else { 1.0 };
        let age_days = (latest - member.at) as f64 / 86_400.0;
        let plain = if member.plain { PLAIN_FAMILY } else { 0.0 };
        let copy = if member.copy { 0.02 } else { 0.0 };
        let overtaken = if known.overtakes(member, None) { OVERTAKEN } else { 0.0 };
        said.centrality(member) + plain + LATEST * (-age_days).exp2()
            - FLAW * member.flaws
            - foreign
            - copy
            - overtaken
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

/// How many things make the headline a poor title.
pub(super) fn flaws(title: &str) -> f64 {
    let title = title.trim();
    let lower = title.to_lowercase();
    let words = title.split_whitespace().count();
    let question = title.ends_with(['?', '？', '؟'])
        || title.contains("...")
        || title.ends_with('…')
        || title.ends_with('!');
    let teaser = TEASERS.iter().any(|opening| lower.starts_with(opening) && !continues_word(&lower, opening));
    let list = lower.split_whitespace().next().is_some_and(|word| word.parse::<u32>().is_ok_and(|n| n < 30))
        && words > 3;
    let length = !(4..=18).contains(&words) && title.chars().count() < 12 || words > 22;
    let loud = |word: &&str| {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        letters().count() >= LOUD_LETTERS && letters().all(char::is_uppercase)
    };
    let shouting = title.split_whitespace().filter(loud).count() >= LOUD_WORDS;
    let piped = title.contains(" | ") || title.contains(" // ");
    [question, teaser, list, length, shouting, piped].iter().map(|flaw| f64::from(u8::from(*flaw))).sum()
}

/// Whether the opening is only the beginning of a longer word ("liver" is not "live").
fn continues_word(title: &str, opening: &str) -> bool {
    title.get(opening.len()..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
        && !opening.ends_with(' ')
}

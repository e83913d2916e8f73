//! What has the shape of a statement and is none: "was FOUND guilty", "the storm PUSHED the sea", "SHIPPING shares rise on
//! hopes of a deal", "Wendeline: boats doubled up". English, without quotation marks.
//!
//! In: a page, its statements, the names that the language room found. Out: the statements without these.

use crate::hash::{self, Set, is_one};
use crate::lexicon::{self, class, frame};
use crate::page::{Kind, Page, Unit, open};
use crate::statement::Statement;
use news::{Name, NameKind};
use std::ops::Range;
use std::sync::LazyLock;

/// What is done and not said, with an object: verbs that take a clause or a promise too ("recalled that") say something with
/// those alone.
const DEEDS: &[&str] = &[
    "summon",
    "suspend",
    "target",
    "sanction",
    "impose",
    "deploy",
    "dispatch",
    "expel",
    "withdraw/withdraws/withdrew/withdrawn",
    "freeze/freezes/froze/frozen/freezing",
    "halt",
    "arrest",
    "detain",
    "bomb",
    "shell",
    "evacuate",
    "ban",
    "lift",
    "cancel",
    "cancelled/cancelling",
    "postpone",
    "resume",
    "sign",
    "ratify",
    "appoint",
    "sack",
    "nominate",
    "host",
    "visit",
    "blacklist",
    "extradite",
    "deport",
    "jail",
    "fine",
    "shut/shuts/shutting",
    "install",
    "build/builds/built/building",
    "buy/buys/bought/buying",
    "sell/sells/sold/selling",
    "pay/pays/paid/paying",
    "hike",
    "slash",
    "restore",
    "reinstate",
    "intercept",
    "destroy",
    "capture",
    "occupy",
    "invade",
    "annex",
    "free",
    "donate",
    "abolish",
    "repeal",
    "scrap",
];
/// What is issued and says nothing.
const ISSUED: &[&str] = &[
    "sanctions",
    "visas",
    "permits",
    "licences",
    "licenses",
    "bonds",
    "shares",
    "passports",
    "tickets",
    "fines",
    "stamps",
    "coins",
    "notes",
    "medals",
];

/// Units in which stands whom or what somebody called back.
const RECALLED: usize = 4;
/// Units of a topic that tells nothing of what was said.
const TOPIC: usize = 5;

/// Leaves out what nobody said.
pub(crate) fn drop(page: &Page, names: &[Name], found: &mut Vec<Statement>) {
    let headline =
        matches!(page.sentences.as_slice(), [one] if page.unit(one.end.saturating_sub(1)).kind != Kind::Stop);
    found.retain(|statement| {
        let marked = |at: usize| page.unit(at).is_marked();
        let Some(cue) = statement.cue.as_ref() else { return true };
        if statement.content.iter().cloned().flatten().any(marked) {
            return true;
        }
        let Some(source) = statement.source.first() else { return !is_act(page, cue, statement) };
        !(is_undergone(page, cue, source)
            || is_question(page, cue, source)
            || is_deed(page, cue, statement)
            || is_act(page, cue, statement)
            || is_topic(page, cue, statement)
            || headline && (is_rubric(page, cue, source, names) || is_modifier(page, cue, source)))
    });
}

/// "Holm WAS FOUND guilty", "Holm WAS TOLD that": somebody else decided or spoke.
fn is_undergone(page: &Page, cue: &Range<usize>, source: &Range<usize>) -> bool {
    let be = |unit: Unit| unit.class == class::BE;
    let passive = cue.clone().any(|at| be(page.unit(at))) || be(page.near(cue.start, -1));
    let last = page.unit(cue.end - 1).word;
    source.end <= cue.start
        && passive
        && is_one!(
            last,
            "found"
                | "convicted"
                | "cleared"
                | "acquitted"
                | "charged"
                | "accused"
                | "sentenced"
                | "told"
                | "asked"
                | "ordered"
                | "expected"
                | "named"
                | "called"
                | "described"
                | "informed"
                | "warned"
        )
}

/// "ASKED by the Courier how": what follows was asked, not said, and who answers stands elsewhere.
fn is_question(page: &Page, cue: &Range<usize>, source: &Range<usize>) -> bool {
    let before = page.near(source.start, -1);
    let before = if before.class == class::ARTICLE { page.near(source.start, -2) } else { before };
    cue.end <= source.start
        && is_one!(page.unit(cue.end - 1).word, "asked" | "by")
        && (is_one!(before.word, "by") || is_one!(page.unit(source.start).word, "by"))
        && cue.clone().any(|at| is_one!(page.unit(at).word, "asked"))
}

/// "Wendeline PASSES Cape Merrin", "the storm PUSHED the sea": something is done to what follows.
fn is_deed(page: &Page, cue: &Range<usize>, statement: &Statement) -> bool {
    let moves =
        is_one!(page.unit(cue.end - 1).word, "pass" | "passes" | "passed" | "push" | "pushes" | "pushed");
    let object = statement.content.first().map(|content| page.unit(content.start));
    let things = |unit: Unit| unit.capital || matches!(unit.class, class::ARTICLE | class::POSSESSIVE);
    moves && cue.len() == 1 && object.is_some_and(things)
}

/// "The port SUMMONED the envoy", "has SUSPENDED talks", "ISSUED SANCTIONS": done, unless a clause or a promise follows.
fn is_act(page: &Page, cue: &Range<usize>, statement: &Statement) -> bool {
    static DONE: LazyLock<Set> = LazyLock::new(|| {
        let forms = |verb: &&str| -> Vec<String> {
            if verb.contains('/') {
                verb.split('/').map(str::to_owned).collect()
            } else {
                lexicon::regular(verb)
            }
        };
        DEEDS.iter().flat_map(forms).map(|form| hash::word(&form)).collect()
    });
    let Some(content) = statement.content.first().filter(|content| content.start >= cue.end) else {
        return false;
    };
    let opening = page.unit(content.start);
    let clause = matches!(opening.class, class::SUBJECT | class::THAT | class::WH | class::TO | class::IT)
        || cue.clone().any(|at| page.unit(at).class == class::TO)
        || opening.class == class::DETERMINER && page.unit(content.start + 1).class == class::BE;
    let verb = cue.clone().find(|at| page.unit(*at).class >= class::END && page.unit(*at).class != open::LY);
    let done = |at: usize| DONE.contains(&page.unit(at).word);
    // "seemed perplexed": how somebody looks to the article.
    let looks = |at: usize| {
        is_one!(page.unit(at).stem, "seem" | "appear")
            && !matches!(opening.class, class::LIKE | class::AS | class::ARTICLE)
    };
    let issued = || {
        let things = |at: usize| ISSUED.contains(&page.words(at).to_lowercase().as_str());
        let first = content.clone().take(2).any(things);
        first && cue.clone().any(|at| is_one!(page.unit(at).stem, "issue" | "release" | "announce"))
    };
    // "recalled its ambassador": whoever recalls a visit tells of it.
    let called_back = |at: usize| {
        let mut first = content.clone().take(RECALLED);
        is_one!(page.unit(at).stem, "recall")
            && first.any(|at| {
                page.unit(at).kind == Kind::Number
                    || is_one!(
                        page.unit(at).stem,
                        "ambassador" | "envoy" | "diplomat" | "consul" | "troop" | "car"
                    )
            })
    };
    let act = |verb: usize| done(verb) || looks(verb) || called_back(verb);
    !clause && (verb.is_some_and(act) || issued())
}

/// "Orrunda SPEAKS ABOUT land": a topic of a few words is not what somebody says of it.
fn is_topic(page: &Page, cue: &Range<usize>, statement: &Statement) -> bool {
    let talks = |at: usize| {
        is_one!(
            page.unit(at).word,
            "speak" | "speaks" | "spoke" | "spoken" | "speaking" | "talk" | "talks" | "talked" | "talking"
        )
    };
    let topic = |at: usize| is_one!(page.unit(at).word, "about" | "of");
    let length: usize = statement.content.iter().map(Range::len).sum();
    length <= TOPIC && cue.clone().any(talks) && (topic(cue.end - 1) || topic(cue.end))
}

/// "WENDELINE: boats doubled up": one word before a colon that nobody is known by.
fn is_rubric(page: &Page, cue: &Range<usize>, source: &Range<usize>, names: &[Name]) -> bool {
    let colon = page.unit(cue.start).kind == Kind::Colon;
    let word = page.words(source.start);
    let speaks = |name: &Name| {
        matches!(name.kind, NameKind::Person | NameKind::Organisation)
            && name.text.split(' ').any(|part| part == word)
    };
    colon && source.len() == 1 && !names.iter().any(speaks)
}

/// "AMBER warning for the coast", "SHIPPING shares rise on hopes of": a word that says which, before a noun without a verb
/// of speech.
fn is_modifier(page: &Page, cue: &Range<usize>, source: &Range<usize>) -> bool {
    let first = page.unit(cue.start);
    let beside = source.len() == 1
        && source.end == cue.start
        && page.words(source.end - 1).chars().any(char::is_lowercase);
    let plain = |unit: Unit| unit.kind == Kind::Word && unit.class >= class::END && unit.group == 0;
    beside
        && (plain(first) && cue.len() > 1 || first.frames & frame::NOUN > 0 || is_one!(first.word, "warning"))
}

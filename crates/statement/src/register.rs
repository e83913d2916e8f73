//! Which known actor a name or office of an article means.
//!
//! In: the comparable key of what the article says, and the actors that could be meant. Out: one of them, a new
//! one, or nobody. Merges only on evidence: a surname that two share belongs to neither, unless one of them
//! speaks in the same story; what people decided wins over everything.

use crate::acts::actors::stands_for;
use news::NameKind;

/// A surname alone is taken for somebody outside the story only when they are heard of this often.
const WELL_KNOWN: u32 = 3;
/// Letters of a surname that may be spelt in two ways.
const LONG_ENOUGH: usize = 6;

/// Short and long names of one state or body, by their keys; capitals and houses of state are not among them, for not all
/// that London says is the state's.
const SHORT: &[(&str, &[&str])] = &[
    ("United Kingdom", &["uk", "u k", "britain", "great britain"]),
    ("United States", &["us", "u s", "usa", "u s a", "america", "united states of america"]),
    ("European Union", &["eu", "e u"]),
    ("United Nations", &["un", "u n"]),
    ("United Arab Emirates", &["uae", "u a e"]),
];

/// The full name of what a short one names: "UK", "EU".
pub fn full_name(key: &str) -> Option<&'static str> {
    SHORT.iter().find(|(_, short)| short.contains(&key)).map(|(full, _)| *full)
}

/// What an article says.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The comparable key of the name, or of the office without its article.
    pub key: &'a str,
    pub kind: NameKind,
}

/// An actor that could be meant.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Keys of the names under which they are known.
    pub names: Vec<String>,
    /// Keys of their offices.
    pub offices: Vec<String>,
    /// Names and offices that people gave to them.
    pub decided: Vec<String>,
    pub kind: NameKind,
    /// They speak in the article's story.
    pub here: bool,
    /// Articles that quote them, counted up to a few.
    pub articles: u32,
}

/// Who is meant; an index is that of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    Known(usize),
    Unknown,
    /// Two could be: it stays unattributed.
    Nobody,
}

/// Whom a name means.
pub fn by_name(wanted: Wanted, candidates: &[Candidate]) -> Meant {
    // A surname that people gave to somebody holds where that one speaks, not for every namesake.
    let decided = |known: &Candidate| {
        known.decided.iter().any(|key| key == wanted.key) && (known.here || wanted.key.contains(' '))
    };
    if let Some(decided) = only(candidates, decided) {
        return Meant::Known(decided);
    }
    if is_state(wanted.key) {
        return state(wanted.key, candidates);
    }
    if wanted.key.contains(' ') { by_full_name(wanted, candidates) } else { by_single(wanted, candidates) }
}

/// A state is nobody's surname: "Iran" is not the "Atomic Energy Organization of Iran".
fn is_state(key: &str) -> bool {
    stands_for(key).is_some()
}

fn state(key: &str, candidates: &[Candidate]) -> Meant {
    let names = |known: &Candidate| {
        known.names.iter().any(|name| name == key) && known.names.iter().all(|name| is_state(name))
    };
    candidates.iter().position(names).map_or(Meant::Unknown, Meant::Known)
}

/// Whom an office means: the one person of the story who holds it, or, when it says whose office it is
/// ("Kremlin spokesman"), the one person who does.
pub fn by_office(key: &str, candidates: &[Candidate]) -> Meant {
    if let Some(decided) = only(candidates, |known| known.decided.iter().any(|known| known == key)) {
        return Meant::Known(decided);
    }
    let holds = |known: &Candidate| known.offices.iter().any(|office| is_same_office(office, key));
    let here = only(candidates, |known| known.here && holds(known));
    let shared = candidates.iter().filter(|known| known.here && holds(known)).count() > 1;
    let specific = key.contains(' ') && !GENERAL.contains(&key);
    let anywhere = || only(candidates, |known| known.offices.iter().any(|office| office == key));
    match here.or_else(|| anywhere().filter(|_| specific && !shared)) {
        Some(known) => Meant::Known(known),
        None => Meant::Nobody,
    }
}

/// Known under one word only, which a full name now explains.
pub fn explained_by(full: &str, candidates: &[Candidate]) -> Vec<usize> {
    let Some(last) = full.rsplit(' ').next().filter(|_| full.contains(' ')) else { return Vec::new() };
    if is_state(last) {
        return Vec::new();
    }
    let others = candidates.iter().any(|known| known.names.iter().any(|name| is_other(name, full, last)));
    let explained = |known: &Candidate| {
        known.here
            && known.kind != NameKind::Organisation
            && known.decided.is_empty()
            && known.names.iter().all(|name| name == last)
    };
    if others {
        return Vec::new();
    }
    (0..candidates.len()).filter(|at| explained(&candidates[*at])).collect()
}

/// Offices of several words that many hold at once.
const GENERAL: &[&str] = &[
    "prime minister",
    "foreign minister",
    "defence minister",
    "defense minister",
    "interior minister",
    "finance minister",
    "health minister",
    "justice minister",
    "vice president",
    "deputy minister",
    "attorney general",
    "police chief",
    "chief executive",
    "secretary general",
    "foreign secretary",
    "press secretary",
    "home secretary",
    "district attorney",
    "general secretary",
    "state secretary",
];

fn by_full_name(wanted: Wanted, candidates: &[Candidate]) -> Meant {
    let exact = |known: &Candidate| known.names.iter().any(|name| name == wanted.key);
    if candidates.iter().any(exact) {
        // Two of one name: the one of this story, else nobody can say.
        let here = only(candidates, |known| exact(known) && known.here);
        return here.or_else(|| only(candidates, exact)).map_or(Meant::Nobody, Meant::Known);
    }
    if let Some(known) = only(candidates, |known| known.names.iter().any(|name| is_variant(name, wanted.key)))
    {
        return Meant::Known(known);
    }
    let spelt =
        |known: &Candidate| known.here && known.names.iter().any(|name| is_spelt_alike(name, wanted.key));
    only(candidates, spelt).map_or(Meant::Unknown, Meant::Known)
}

fn by_single(wanted: Wanted, candidates: &[Candidate]) -> Meant {
    let full = |known: &Candidate| known.names.iter().any(|name| is_surname_of(wanted.key, name));
    let alone = |known: &Candidate| known.names.iter().any(|name| name == wanted.key) && !full(known);
    let person = !matches!(wanted.kind, NameKind::Organisation | NameKind::Place);
    if !person {
        return only(candidates, alone).map_or(Meant::Unknown, Meant::Known);
    }
    if let Some(here) = only(candidates, |known| full(known) && known.here) {
        return Meant::Known(here);
    }
    match candidates.iter().filter(|known| full(known)).count() {
        _ if candidates.iter().filter(|known| full(known) && known.here).count() > 1 => Meant::Nobody,
        0 => only(candidates, alone).map_or(Meant::Unknown, Meant::Known),
        1 => {
            let provisional = only(candidates, |known| alone(known) && known.here);
            let known = only(candidates, |known| full(known) && known.articles >= WELL_KNOWN);
            provisional.or(known).map_or(Meant::Unknown, Meant::Known)
        }
        _ => only(candidates, |known| alone(known) && known.here).map_or(Meant::Unknown, Meant::Known),
    }
}

fn only(candidates: &[Candidate], fits: impl Fn(&Candidate) -> bool) -> Option<usize> {
    let mut fitting = candidates.iter().enumerate().filter(|(_, known)| fits(known));
    match (fitting.next(), fitting.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

fn is_surname_of(word: &str, name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(_, last)| last == word)
}

/// The name of somebody else with the same surname.
fn is_other(name: &str, full: &str, last: &str) -> bool {
    name != full && is_surname_of(last, name) && !is_variant(name, full)
}

/// `donald j trump` and `donald trump`, `j d vance` and `jd vance`.
fn is_variant(one: &str, other: &str) -> bool {
    let split = |name: &str| name.split_once(' ').map(|(first, rest)| (first.to_owned(), rest.to_owned()));
    let (Some((first, rest)), Some((other_first, other_rest))) = (split(one), split(other)) else {
        return false;
    };
    let last = |rest: &str| rest.rsplit(' ').next().map(str::to_owned);
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(one) == letters(other)
        || first == other_first && first.chars().count() > 1 && last(&rest) == last(&other_rest)
}

/// Two spellings of one name: the given name the same or shortened, the surname but for two letters.
fn is_spelt_alike(one: &str, other: &str) -> bool {
    let ends = |name: &str| {
        let (first, rest) = name.split_once(' ')?;
        Some((first.to_owned(), rest.rsplit(' ').next()?.to_owned()))
    };
    let (Some((first, last)), Some((other_first, other_last))) = (ends(one), ends(other)) else {
        return false;
    };
    let shortened = |short: &str, long: &str| short.chars().count() >= 3 && long.starts_with(short);
    let given = shortened(&first, &other_first)
        || shortened(&other_first, &first)
        || distance(&first, &other_first) <= 1;
    let long = last.chars().count() >= LONG_ENOUGH;
    given && (last == other_last || long && distance(&last, &other_last) <= 2)
}

/// `prime minister` is what a `british prime minister` is, and the same backwards when the text is fuller.
fn is_same_office(known: &str, said: &str) -> bool {
    known == said
        || known.strip_suffix(said).is_some_and(|before| before.ends_with(' '))
        || known.strip_prefix(said).is_some_and(|behind| behind.starts_with(' '))
}

/// Letters to be changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (index, d) in other.iter().enumerate() {
            let changed = diagonal + usize::from(c != *d);
            diagonal = row[index + 1];
            row[index + 1] = changed.min(row[index] + 1).min(row[index + 1] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Meant, Wanted, by_name, by_office, explained_by, full_name};
    use news::NameKind;

    /// `name, other name / office, office`; `*` in front: speaks here; `+`: well known; `!`: decided by people.
    fn candidate(written: &str) -> Candidate {
        let (names, offices) = written.split_once(" / ").unwrap_or((written, ""));
        let list =
            |words: &str| words.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let names: Vec<String> = list(names.trim_start_matches(['*', '+', '!']));
        Candidate {
            decided: if written.starts_with('!') { names.clone() } else { Vec::new() },
            here: written.starts_with('*'),
            articles: if written.starts_with('+') { 9 } else { 1 },
            offices: list(offices),
            kind: NameKind::Person,
            names,
        }
    }

    fn candidates(known: &[&str]) -> Vec<Candidate> {
        known.iter().map(|written| candidate(written)).collect()
    }

    #[track_caller]
    fn check(key: &str, known: &[&str], meant: Meant) {
        let wanted = Wanted { key, kind: NameKind::Person };
        assert_eq!(by_name(wanted, &candidates(known)), meant, "{key} among {known:?}");
    }

    #[test]
    fn full_names() {
        check("ada holm", &[], Meant::Unknown);
        check("ada holm", &["viktor holm", "ada holm"], Meant::Known(1));
        check("ada j holm", &["ada holm"], Meant::Known(0));
        check("j d vane", &["jd vane"], Meant::Known(0));
        check("viktor holm", &["ada holm"], Meant::Unknown);
        check("volodymyr zelenskyj", &["*volodymyr zelensky"], Meant::Known(0));
        check("volodymyr zelenskyj", &["volodymyr zelensky"], Meant::Unknown);
        check("ada holm", &["ada holm", "ada holm"], Meant::Nobody);
        check("ada holm", &["ada holm", "*ada holm"], Meant::Known(1));
    }

    #[test]
    fn short_names_of_states() {
        assert_eq!(full_name("uk"), Some("United Kingdom"));
        assert_eq!(full_name("eu"), Some("European Union"));
        assert_eq!(full_name("london"), None, "a city is not its state in everything");
        assert_eq!(full_name("united kingdom"), None);
    }

    #[test]
    fn a_surname_needs_evidence() {
        check("holm", &["*ada holm"], Meant::Known(0));
        check("holm", &["+ada holm"], Meant::Known(0));
        check("holm", &["ada holm"], Meant::Unknown);
        check("holm", &["*ada holm", "*viktor holm"], Meant::Nobody);
        check("holm", &["+ada holm", "+viktor holm"], Meant::Unknown);
        check("holm", &["+ada holm", "*viktor holm"], Meant::Known(1));
        check("holm", &["ada holm", "*holm"], Meant::Known(1));
        check("viktor holm", &["+ada holm, viktor holm", "!viktor holm"], Meant::Known(1));
    }

    #[test]
    fn an_office_is_one_persons_or_nobodys() {
        let check = |key: &str, known: &[&str], meant: Meant| {
            assert_eq!(by_office(key, &candidates(known)), meant, "{key} among {known:?}");
        };
        check("prime minister", &["*oda ferrin / valdoran prime minister"], Meant::Known(0));
        check("prime minister", &["oda ferrin / prime minister"], Meant::Nobody);
        check(
            "prime minister",
            &["*oda ferrin / prime minister", "*ivo karst / prime minister"],
            Meant::Nobody,
        );
        check("palace spokesman", &["ivo karst / palace spokesman"], Meant::Known(0));
        check("palace spokesman", &["*ivo karst / spokesman"], Meant::Nobody);
    }

    #[test]
    fn a_full_name_explains_a_surname() {
        let check = |full: &str, known: &[&str], explained: &[usize]| {
            assert_eq!(explained_by(full, &candidates(known)), explained, "{full} among {known:?}");
        };
        check("ada holm", &["*holm"], &[0]);
        check("ada holm", &["holm"], &[]);
        check("ada holm", &["*holm", "viktor holm"], &[]);
        check("ada j holm", &["*holm", "ada holm"], &[0]);
    }
}

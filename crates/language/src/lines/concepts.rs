//! Words for what news tells of, in one form for several languages: `killed`, `Tote` and `погибли` are `dead`.
//! From `data/concepts.txt` and, for what people are counted by, `data/people.txt` (ours).

use crate::hash::{Map, Set};
use news::{Language, TermKind};
use std::sync::LazyLock;

/// What a word or two say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Concept {
    pub(super) key: &'static str,
    pub(super) role: Role,
}

/// What a concept is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Tells(TermKind),
    /// Another time than now.
    Past,
    /// When it was.
    Day,
    /// Counts nothing that happens.
    Unit,
    /// Opens a column.
    Column,
    /// Somebody whose age may follow.
    Person,
    /// Names people.
    Who,
    /// What happened to those that a number counts.
    Befell,
}

/// The concepts of one language, by word, by the beginning of a word, and by two words.
#[derive(Default)]
pub(super) struct Concepts {
    words: Map<&'static str, Vec<Concept>>,
    beginnings: Map<&'static str, Vec<Concept>>,
    /// How beginnings begin: most words begin like none.
    openings: Set<&'static str>,
    /// Two words, by the second one.
    pairs: Map<&'static str, Vec<(&'static str, Vec<Concept>)>>,
}

static TOLD: LazyLock<Map<&'static str, Concepts>> =
    LazyLock::new(|| load(include_str!("../../data/concepts.txt")));
static COUNTED: LazyLock<Map<&'static str, Concepts>> =
    LazyLock::new(|| load(include_str!("../../data/people.txt")));
static NONE: LazyLock<Concepts> = LazyLock::new(Concepts::default);

/// Letters of the shortest and the longest beginning that is looked for.
const BEGINNING: std::ops::RangeInclusive<usize> = 2..=14;

impl Concepts {
    /// Those of a language; none where we have no list.
    pub(super) fn of(language: Language) -> &'static Self {
        TOLD.get(language.code()).unwrap_or(&NONE)
    }

    /// Words for people and for what befell those that are counted; none where we have no list.
    pub(super) fn counted(language: Language) -> &'static Self {
        COUNTED.get(language.code()).unwrap_or(&NONE)
    }

    /// What a word says behind another one: two words together say more than one.
    pub(super) fn find(&self, before: &str, word: &str) -> Vec<Concept> {
        let pair = self.pair(before, word).into_iter().flatten();
        let whole = self.words.get(word).into_iter().flatten();
        pair.chain(whole).chain(self.beginning(word).into_iter().flatten()).copied().collect()
    }

    fn pair(&self, first: &str, second: &str) -> Option<&Vec<Concept>> {
        let firsts = self.pairs.get(second)?;
        firsts.iter().find(|(known, _)| *known == first).map(|(_, concepts)| concepts)
    }

    /// What the longest known beginning of a word says.
    fn beginning(&self, word: &str) -> Option<&Vec<Concept>> {
        if !self.openings.contains(opening(word)?) {
            return None;
        }
        let mut ends = [0; *BEGINNING.end()];
        let letters = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let count = ends.iter_mut().zip(letters).map(|(end, at)| *end = at).count();
        let cuts = ends[..count].iter().skip(BEGINNING.start() - 1).rev();
        cuts.into_iter().find_map(|end| self.beginnings.get(word.get(..*end)?))
    }

    /// Whether two words open a column: "things to", "what is".
    pub(super) fn is_column_pair(&self, first: &str, second: &str) -> bool {
        let mut pair = self.pair(first, second).into_iter().flatten();
        pair.any(|concept| concept.role == Role::Column)
    }

    fn add(&mut self, written: &'static str, concept: Concept) {
        let place = match (written.split_once('+'), written.strip_suffix('*')) {
            (Some((first, second)), _) => {
                let firsts = self.pairs.entry(second).or_default();
                let known = firsts.iter().position(|(known, _)| *known == first);
                if known.is_none() {
                    firsts.push((first, Vec::new()));
                }
                let last = firsts.len() - 1;
                &mut firsts[known.unwrap_or(last)].1
            }
            (None, Some(beginning)) => {
                self.openings.extend(opening(beginning));
                self.beginnings.entry(beginning).or_default()
            }
            (None, None) => self.words.entry(written).or_default(),
        };
        if !place.contains(&concept) {
            place.push(concept);
        }
    }
}

/// As many letters as the shortest beginning has.
fn opening(word: &str) -> Option<&str> {
    let (last, c) = word.char_indices().nth(BEGINNING.start() - 1)?;
    word.get(..last + c.len_utf8())
}

fn load(text: &'static str) -> Map<&'static str, Concepts> {
    let mut lists: Map<&'static str, Concepts> = Map::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, words)) = line.split_once('\t') else { continue };
        let (Some((role, key)), Some((language, words))) = (head.split_once(' '), words.split_once(' '))
        else {
            continue;
        };
        let concept = Concept { key, role: role_of(role) };
        let list = lists.entry(language).or_default();
        words.split_whitespace().for_each(|word| list.add(word, concept));
    }
    lists
}

fn role_of(letter: &str) -> Role {
    match letter {
        "H" => Role::Tells(TermKind::Happening),
        "S" => Role::Tells(TermKind::Stand),
        "C" => Role::Tells(TermKind::Standing),
        "G" => Role::Tells(TermKind::Change),
        "P" => Role::Past,
        "U" => Role::Unit,
        "K" => Role::Column,
        "N" => Role::Person,
        "W" => Role::Who,
        "B" => Role::Befell,
        _ => Role::Day,
    }
}

//! Words for what news tells of, in one form for several languages: `killed`, `Tote` and `погибли` are `dead`.
//! From `data/concepts.txt` and, for what people are counted by, `data/people.txt` (ours).

use crate::hash::Map;
use crate::lexicon::Lexicon;
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
    /// Takes words back.
    Retracts,
    /// Somebody whose age may follow.
    Person,
    /// Names people.
    Who,
    /// What happened to those that a number counts.
    Befell,
}

/// The concepts of one language, by word, by the beginning of a word, and by two words.
#[derive(Default)]
pub(super) struct Concepts(Lexicon<Concept>);

static TOLD: LazyLock<Map<&'static str, Concepts>> =
    LazyLock::new(|| load(include_str!("../../data/concepts.txt")));
static COUNTED: LazyLock<Map<&'static str, Concepts>> =
    LazyLock::new(|| load(include_str!("../../data/people.txt")));
static NONE: LazyLock<Concepts> = LazyLock::new(Concepts::default);

impl Concepts {
    /// Those of a language; none where we have no list.
    pub(super) fn of(language: Language) -> &'static Self {
        TOLD.get(language.code()).unwrap_or(&NONE)
    }

    /// Words for people and for what befell those that are counted; none where we have no list.
    pub(super) fn counted(language: Language) -> &'static Self {
        COUNTED.get(language.code()).unwrap_or(&NONE)
    }

    /// What a word says behind another one: two words together say more than one, and of its beginnings that are known the
    /// longest speaks.
    pub(super) fn find(&self, before: &str, word: &str) -> Vec<Concept> {
        let longest = self.0.beginnings(word).next().unwrap_or_default();
        self.pair(before, word).iter().chain(self.0.word(word)).chain(longest).copied().collect()
    }

    /// What two words say together.
    pub(super) fn pair(&self, first: &str, second: &str) -> &[Concept] {
        let run = self.0.runs(first).iter().find(|run| run.others == [second]);
        run.map_or(&[], |run| run.said.as_slice())
    }

    /// Whether two words open a column: "things to", "what is".
    pub(super) fn is_column_pair(&self, first: &str, second: &str) -> bool {
        self.pair(first, second).iter().any(|concept| concept.role == Role::Column)
    }
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
        words.split_whitespace().for_each(|word| list.0.add(word, concept));
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
        "R" => Role::Retracts,
        "N" => Role::Person,
        "W" => Role::Who,
        "B" => Role::Befell,
        _ => Role::Day,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_written_in_the_lists_can_be_met() {
        // A word is looked at behind the one before it: two whole words in a row, or one that may be a beginning.
        let can_be_met = |written: &str| match written.split_once('+') {
            Some((first, second)) => !first.contains('*') && !second.contains(['+', '*']),
            None => !written.trim_end_matches('*').contains('*'),
        };
        for list in [include_str!("../../data/concepts.txt"), include_str!("../../data/people.txt")] {
            let words =
                list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
            let beyond: Vec<&str> = words
                .flat_map(|(_, words)| words.split_whitespace().skip(1))
                .filter(|word| !can_be_met(word))
                .collect();
            assert!(beyond.is_empty(), "{beyond:?}");
        }
    }
}

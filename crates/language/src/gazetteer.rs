//! Names that are known without capitals: places in several languages, and the best-known organisations and
//! spellings of leaders' names.
//!
//! `data/places.txt.gz` (derived: origin and licence in `data/README.md`) and `data/aliases.txt` (ours) hold one
//! name a line: its comparable key, a tab, and the spellings that mean it, parted by `|`.

use crate::hash::Map;
use crate::latin;
use crate::names::sound;
use crate::packed;
use news::NameKind;
use std::sync::LazyLock;

/// A known name.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub(crate) key: &'static str,
    pub(crate) kind: NameKind,
    /// Only when written in capitals: `US`, `WHO`.
    capitals: bool,
    /// Known by a spelling in another script than Latin, which may fall together with a word in Latin script:
    /// `Дьер` is no `der`.
    foreign: bool,
}

/// Every known name by the comparable form of each of its spellings.
pub(crate) struct Gazetteer {
    names: Map<String, Known>,
    /// People by how their names sound.
    sounds: Map<String, Known>,
}

/// Shorter sounds belong to too many names.
const SOUND_LETTERS: usize = 6;

static PLACES: LazyLock<String> = LazyLock::new(|| {
    let list = packed::text(include_bytes!("../data/places.txt.gz"));
    list.expect("the list that ships is whole: a test reads it")
});

static SHARED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

impl Gazetteer {
    /// The one of this process, read at its first use.
    pub(crate) fn shared() -> &'static Self {
        &SHARED
    }

    fn load() -> Self {
        let mut names = Map::default();
        for line in include_str!("../data/aliases.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(kind), Some(key), Some(spellings)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let kind = match kind {
                "person" => NameKind::Person,
                "organisation" => NameKind::Organisation,
                _ => NameKind::Place,
            };
            insert(&mut names, key, spellings, kind);
        }
        for line in PLACES.lines() {
            if let Some((key, spellings)) = line.split_once('\t') {
                insert(&mut names, key, spellings, NameKind::Place);
            }
        }
        let people = names.iter().filter(|(_, known)| known.kind == NameKind::Person);
        let sounds = people.map(|(spelling, known)| (sound(spelling), *known));
        let sounds = sounds.filter(|(sound, _)| sound.len() >= SOUND_LETTERS).collect();
        Self { names, sounds }
    }

    /// The person whose name sounds like this one: a spelling that the list lacks. `key` is a comparable form.
    pub(crate) fn person_like(&self, key: &str) -> Option<Known> {
        let sound = sound(key);
        self.sounds.get(&sound).filter(|_| sound.len() >= SOUND_LETTERS).copied()
    }

    /// The name whose words have these comparable forms (parted by one space) and are written as `text`.
    pub(crate) fn find(&self, key: &str, text: &str) -> Option<Known> {
        let fits = |known: &&Known| {
            (!known.capitals || !text.chars().any(char::is_lowercase)) && (!known.foreign || !is_latin(text))
        };
        self.names.get(key).filter(fits).copied()
    }
}

/// Whether the letters of a name are Latin ones.
fn is_latin(name: &str) -> bool {
    name.chars().all(|c| !c.is_alphabetic() || u32::from(c) < 0x370 || ('\u{1e00}'..'\u{1f00}').contains(&c))
}

/// The first meaning of a spelling stays, since files are sorted by weight; but one in Latin script goes first.
fn insert(names: &mut Map<String, Known>, key: &'static str, spellings: &str, kind: NameKind) {
    // The keys of acronyms are no spellings: `un` is a French article.
    let own = Some(key).filter(|key| key.len() > 4 || kind == NameKind::Place);
    for spelling in spellings.split('|').chain(own) {
        let capitals =
            (2..=5).contains(&spelling.len()) && spelling.chars().all(|c| c.is_uppercase() || c == '.');
        let foreign = !spelling.contains(char::is_whitespace) && !is_latin(spelling);
        let words = spelling.split([' ', '-']).map(latin::key).filter(|word| !word.is_empty());
        let spelling = words.collect::<Vec<_>>().join(" ");
        if !spelling.is_empty() {
            let known = Known { key, kind, capitals, foreign };
            let first = names.entry(spelling).or_insert(known);
            if first.foreign && !foreign {
                *first = known;
            }
        }
    }
}

//! What a headline is about, in one form for several languages: `blaze`, `Brand` and `пожар` are `fire`. By this headlines
//! that share but an actor or a place keep apart, and headlines without a common word meet.
//!
//! `data/themes.fst.gz` is a map from what is written to what it tells of, behind its language's code, built by `cargo xtask data
//! themes` from a list of ours; `data/themes.txt` are the names of the themes in the order of their numbers.

use crate::packed;
use fst::raw::{Fst, Node, Output};
use news::Language;
use std::sync::LazyLock;

/// Themes of one headline at most.
const MOST: usize = 16;

/// Ends the beginning of words,
const BEGINNING: char = '*';
/// stands between words in a row,
const NEXT: char = '+';
/// and ends such of which the single ones tell something else: a river's banks lend no money.
const SAYING: char = '!';

/// Letters of the shortest beginning.
const SHORTEST: usize = 2;

/// Bits of a theme's number.
const BITS: u32 = 9;
const MASK: u64 = (1 << BITS) - 1;

static INDEX: LazyLock<Fst<Vec<u8>>> = LazyLock::new(|| {
    let bytes = packed::bytes(include_bytes!("../data/themes.fst.gz"));
    bytes.ok().and_then(|bytes| Fst::new(bytes).ok()).expect("the map that ships is whole: a test reads it")
});
static NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../data/themes.txt").lines().collect());

/// The key of something written in a language.
pub fn theme_key(language: &str, written: &str) -> String {
    format!("{language} {written}")
}

/// The numbers of themes, from 0, as one value of the map; `None` where they are too many or too large for it.
pub fn packed_themes(themes: &[usize]) -> Option<u64> {
    let fits = themes.len() <= (u64::BITS / BITS) as usize;
    themes.iter().rev().try_fold(0, |packed, theme| {
        let number = u64::try_from(*theme).ok()?.checked_add(1)?;
        (fits && number >> BITS == 0).then_some(packed << BITS | number)
    })
}

fn unpacked(value: u64) -> impl Iterator<Item = &'static str> {
    let numbers =
        std::iter::successors(Some(value), |packed| Some(packed >> BITS)).map(|packed| packed & MASK);
    let numbers = numbers.take_while(|number| *number > 0);
    numbers.filter_map(|number| NAMES.get(usize::try_from(number).ok()?.checked_sub(1)?).copied())
}

/// The themes of a headline by its normalised words, each once, in the order in which they tell of them; none in a language
/// without a list.
pub(crate) fn themes(words: &[String], language: Language) -> Vec<&'static str> {
    let Some(start) = Place::start().follow(&theme_key(language.code(), "")) else { return Vec::new() };
    let mut found: Vec<&'static str> = Vec::new();
    let mut rest = words;
    while let [first, others @ ..] = rest {
        let told = told(start, first, others);
        for theme in told.values.into_iter().flat_map(unpacked) {
            if found.len() < MOST && !found.contains(&theme) {
                found.push(theme);
            }
        }
        rest = &others[told.along..];
    }
    found
}

/// What a word tells with those behind it.
#[derive(Default)]
struct Told {
    values: Vec<u64>,
    /// How many of the words behind are told of, too, and tell nothing by themselves.
    along: usize,
}

fn told(start: Place, first: &str, others: &[String]) -> Told {
    let mut told = Told::default();
    let Some(end) = begun(start, first, &mut told.values) else { return told };
    told.values.extend(end.value());
    let mut place = Some(end);
    let mut saying = None;
    for (at, word) in others.iter().enumerate() {
        place = place.and_then(|place| place.step(NEXT)?.follow(word));
        let Some(place) = place else { break };
        told.values.extend(place.value());
        saying = place.step(SAYING).and_then(Place::value).map(|value| (value, at + 1)).or(saying);
    }
    // The longest saying hides what its words say.
    saying.map_or(told, |(value, along)| Told { values: vec![value], along })
}

/// Where a word ends, if anything begins with it; on the way what its beginnings tell.
fn begun(start: Place, word: &str, values: &mut Vec<u64>) -> Option<Place> {
    let mut place = start;
    for (at, letter) in word.chars().enumerate() {
        place = place.step(letter)?;
        if at + 1 >= SHORTEST {
            values.extend(place.step(BEGINNING).and_then(Place::value));
        }
    }
    Some(place)
}

/// A place in the map on the way to a key.
#[derive(Clone, Copy)]
struct Place {
    node: Node<'static>,
    sum: Output,
}

impl Place {
    fn start() -> Self {
        Self { node: INDEX.root(), sum: Output::zero() }
    }

    fn follow(self, text: &str) -> Option<Self> {
        text.bytes().try_fold(self, Self::byte)
    }

    fn step(self, letter: char) -> Option<Self> {
        self.follow(letter.encode_utf8(&mut [0; 4]))
    }

    fn byte(self, byte: u8) -> Option<Self> {
        let next = self.node.transition(self.node.find_input(byte)?);
        Some(Self { node: INDEX.node(next.addr), sum: self.sum.cat(next.out) })
    }

    /// What stands under the key that ends here.
    fn value(self) -> Option<u64> {
        self.node.is_final().then(|| self.sum.cat(self.node.final_output()).value())
    }
}

#[cfg(test)]
mod tests {
    use super::{packed_themes, themes, unpacked};
    use crate::terms::words;
    use crate::tokens;
    use news::Language;

    fn of(language: &str, title: &str) -> Vec<&'static str> {
        let language = Language::parse(language);
        themes(&words(title, &tokens(title, language)), language)
    }

    #[test]
    fn the_same_in_every_language() {
        for (language, title) in [
            ("en", "Flames destroy old mill"),
            ("de", "Brand in alter Mühle"),
            ("fr", "L'incendie du vieux moulin"),
            ("es", "Incendio en un viejo molino"),
            ("uk", "Пожежа у старому млині"),
            ("ru", "Пожар на старой мельнице"),
        ] {
            assert!(of(language, title).contains(&"fire"), "{title}: {:?}", of(language, title));
        }
        assert!(of("cy", "Flames destroy old mill").is_empty(), "no list, no themes");
        assert!(of("en", "Quibble").is_empty());
    }

    #[test]
    fn the_words_of_a_saying_tell_nothing_else() {
        assert_eq!(of("en", "River bursts its banks"), ["flood"]);
        assert!(
            of("en", "Banks burst").contains(&"bank"),
            "taken word by word where they are not said together"
        );
    }

    #[test]
    fn numbers_are_packed_and_come_back() {
        let first = unpacked(packed_themes(&[0]).expect("fits")).next();
        assert_eq!(unpacked(packed_themes(&[2, 0]).expect("fits")).nth(1), first);
        assert_eq!(packed_themes(&[]), Some(0));
        assert_eq!(unpacked(0).count(), 0);
        assert_eq!((packed_themes(&[0; 8]), packed_themes(&[511])), (None, None));
    }
}

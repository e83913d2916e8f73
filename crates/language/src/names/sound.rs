//! Whether two spellings can be one name: `Selenskyj`, `Zelenskyy` and `Зеленський`; `Netanjahu` and `Netanyahu`.
//!
//! Each language writes foreign names for its own readers. Folding what differs regularly (which letters stand for
//! one sound, doubled letters) leaves a form in which spellings of one name are equal or one letter apart, and
//! names of two people hardly ever are. It is for comparing only; nobody is shown it.

use std::sync::LazyLock;

/// Letters that are written for one sound, the longest first; what one line makes, a later one may fold further.
#[rustfmt::skip]
const FOLDED: &[(&str, &str)] = &[
    ("schtsch", "s"), ("shch", "s"), ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("dzh", "j"), ("dsch", "j"), ("dj", "j"),
    ("ch", "s"), ("sh", "s"), ("zh", "s"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("tz", "s"),
    ("ts", "s"), ("oo", "u"), ("ou", "u"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("ij", "i"), ("iy", "i"), ("yi", "i"),
    ("yy", "i"), ("ii", "i"), ("ie", "e"), ("ye", "e"), ("je", "e"), ("q", "k"), ("w", "v"), ("x", "ks"), ("z", "s"),
    ("c", "s"), ("j", "i"), ("y", "i"),
];

/// Letters that must be left when an ending goes.
const ROOT: usize = 4;

/// What the first letters of a word are folded to.
fn folded_at(rest: &str) -> Option<&'static (&'static str, &'static str)> {
    /// [`FOLDED`] by its first letters.
    static BY_FIRST: LazyLock<[Vec<(&str, &str)>; 128]> = LazyLock::new(|| {
        std::array::from_fn(|first| {
            let begins = |(written, _): &&(&str, &str)| written.bytes().next() == u8::try_from(first).ok();
            FOLDED.iter().filter(begins).copied().collect()
        })
    });
    let first = rest.bytes().next()?;
    BY_FIRST.get(usize::from(first))?.iter().find(|(written, _)| rest.starts_with(written))
}

/// The form in which spellings of one name meet. `key` is in Latin letters, lower case, without accents.
pub(crate) fn sound(key: &str) -> String {
    let mut folded = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(first) = rest.chars().next() {
        // Before a, o, u and consonants c is k; the letters behind tell.
        let hard = rest.strip_prefix('c').and_then(|behind| behind.chars().next());
        if hard.is_some_and(|next| matches!(next, 'a' | 'o' | 'u' | 'l' | 'r' | 't' | 'c')) {
            folded.push('k');
            rest = rest.get(1..).unwrap_or_default();
        } else if let Some((written, meant)) = folded_at(rest) {
            folded.push_str(meant);
            rest = rest.get(written.len()..).unwrap_or_default();
        } else {
            folded.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    let mut single = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        // Endings change with case and language: `Kuleba`, `Кулебу`; `Putin`, `Poutine`.
        let bare = word.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
        let word = if bare.len() >= ROOT { bare } else { word };
        if !single.is_empty() {
            single.push(' ');
        }
        for letter in word.chars() {
            if !single.ends_with(letter) {
                single.push(letter);
            }
        }
    }
    single
}

/// A sound with fewer letters must be equal; a longer one may differ in one.
const LONG: usize = 7;

/// Whether two comparable forms of names (see [`news::Name::key`]) can be spellings of one.
pub fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (sound(one), sound(other));
    if one == other {
        return !one.is_empty();
    }
    let long = one.chars().count().min(other.chars().count()) >= LONG;
    long && one.chars().next() == other.chars().next() && one_apart(&one, &other)
}

/// Whether one letter put in, left out or replaced makes one word the other.
fn one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let head = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => head + tail + 1 >= short.len(),
        1 => head + tail >= short.len(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::alike;
    use crate::names::key_of;

    fn key(name: &str) -> String {
        key_of(&name.split(' ').collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn spellings_of_one_name_are_alike() {
        let names: &[&[&str]] = &[
            &[
                "Zelensky",
                "Zelenskyy",
                "Zelenskiy",
                "Selenskyj",
                "Zelenski",
                "Зеленський",
                "Зеленский",
                "Зеленського",
            ],
            &["Netanyahu", "Netanjahu", "Netanyahou", "Нетаньяху"],
            &["Putin", "Poutine", "Путин", "Путін", "Путина"],
            &["Lukashenko", "Lukaschenko", "Loukachenko", "Лукашенко", "Lukashenka"],
            &["Lavrov", "Lawrow", "Лавров", "Лаврова"],
            &["Shoigu", "Schoigu", "Choïgou", "Шойгу"],
            &["Gorbachev", "Gorbatschow", "Gorbatchev"],
            &["Navalny", "Nawalny", "Навальный", "Навальний"],
            &["Khamenei", "Хаменеи"],
            &["Quintel", "Квинтель", "Квінтель"],
            &["Kuleba", "Кулеба", "Kouleba"],
            &["Erdogan", "Erdoğan", "Эрдоган", "Ердоган"],
            &["Volodymyr Zelensky", "Wolodymyr Selenskyj", "Володимир Зеленський"],
        ];
        let mut strange = Vec::new();
        for spellings in names {
            let first = key(spellings[0]);
            for spelling in &spellings[1..] {
                let other = key(spelling);
                if !alike(&first, &other) {
                    strange.push(format!("{first} / {spelling} ({other})"));
                }
            }
        }
        assert!(strange.is_empty(), "{strange:?}");
    }

    #[test]
    fn names_of_two_are_not_alike() {
        for (one, other) in [
            ("Merz", "Mertens"),
            ("Trump", "Tramp House"),
            ("Biden", "Baden"),
            ("Macron", "Marcos"),
            ("Lavrov", "Lvov"),
            ("Orban", "Urban"),
            ("Scholz", "Schulz"),
            ("Selmara", "Talmere"),
            ("Varnia", "Virrat"),
            ("Anna Weber", "Hanna Weber"),
            ("Кулеба", "Кулик"),
            ("Johnson", "Jackson"),
        ] {
            assert!(!alike(&key(one), &key(other)), "{one} / {other}");
        }
    }
}

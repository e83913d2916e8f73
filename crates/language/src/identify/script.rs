//! What the script of a text tells about its language.

/// The script that most letters of a text are of.
pub(super) enum Script {
    /// No letters.
    None,
    /// Written in this script, or with these letters, the text is in this language, so surely.
    Of(&'static str, f32),
    /// Any of these languages.
    Shared(&'static [&'static str]),
}

const LATIN: &[&str] = &[
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sk", "sv", "da", "nb", "fi", "hu", "ro", "tr",
    "hr", "ca", "vi", "id",
];
const CYRILLIC: &[&str] = &["ru", "uk", "bg", "sr"];
const RUSSIAN: &[&str] = &["ru"];
const UKRAINIAN: &[&str] = &["uk"];
const ARABIC: &[&str] = &["ar", "fa"];

/// Judges lower-case text by its letters.
pub(super) fn script_of(text: &str) -> Script {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    let letters = count(char::is_alphabetic);
    if letters == 0 {
        return Script::None;
    }
    let mostly = |count: usize| count * 2 > letters;
    let kana = count(|c| matches!(u32::from(c), 0x3040..=0x30FF));
    let han = count(|c| matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF));
    if (kana + han) * 3 > letters {
        // A Japanese headline may have little kana, a Chinese one has none.
        return if kana * 12 >= kana + han && kana > 0 {
            Script::Of("ja", 0.99)
        } else {
            Script::Of("zh", 0.95)
        };
    }
    // Where at most half are of other scripts, none of these has most of them.
    let other = count(|c| u32::from(c) > 0x24F && !matches!(u32::from(c), 0x1E00..=0x1EFF));
    let scripts = if mostly(other) { ALONE } else { &[] };
    for (code, is) in scripts {
        if mostly(count(*is)) {
            return Script::Of(code, 0.97);
        }
    }
    if mostly(count(|c| matches!(u32::from(c), 0x400..=0x52F))) {
        return Script::Shared(cyrillic(text));
    }
    if mostly(count(
        |c| matches!(u32::from(c), 0x600..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF),
    )) {
        return Script::Shared(ARABIC);
    }
    if mostly(count(|c| matches!(u32::from(c), 0x41..=0x24F | 0x1E00..=0x1EFF))) {
        return Script::Shared(LATIN);
    }
    Script::None
}

type Test = fn(char) -> bool;

/// Scripts that one news language has for itself, or nearly.
const ALONE: &[(&str, Test)] = &[
    ("ko", |c| matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF)),
    ("el", |c| matches!(u32::from(c), 0x370..=0x3FF | 0x1F00..=0x1FFF)),
    ("he", |c| matches!(u32::from(c), 0x590..=0x5FF)),
    ("th", |c| matches!(u32::from(c), 0xE00..=0xE7F)),
    ("hi", |c| matches!(u32::from(c), 0x900..=0x97F)),
    ("bn", |c| matches!(u32::from(c), 0x980..=0x9FF)),
    ("ta", |c| matches!(u32::from(c), 0xB80..=0xBFF)),
    ("ka", |c| matches!(u32::from(c), 0x10A0..=0x10FF)),
    ("hy", |c| matches!(u32::from(c), 0x530..=0x58F)),
];

/// Letters that Russian has and Ukrainian has not, and the other way round.
fn cyrillic(text: &str) -> &'static [&'static str] {
    let russian = text.chars().filter(|c| matches!(c, 'ы' | 'э' | 'ъ' | 'ё')).count();
    let ukrainian = text.chars().filter(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ')).count();
    let reform = text.chars().filter(|c| matches!(c, 'ы' | 'э' | 'ё')).count();
    if ukrainian > russian {
        UKRAINIAN
    } else if reform > ukrainian {
        RUSSIAN
    } else {
        CYRILLIC
    }
}

//! The rules of the house, checked on the source itself: who may do what, how files open, what must not be
//! written anywhere.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// A word that only some rooms may use.
struct Reserved {
    word: &'static str,
    rooms: &'static [&'static str],
    why: &'static str,
}

const RESERVED: &[Reserved] = &[
    Reserved { word: "reqwest", rooms: &["ingest", "deliver"], why: "only ingest and deliver speak outward" },
    Reserved { word: "TcpListener", rooms: &["web", "staytuned"], why: "only web listens" },
    Reserved { word: "rusqlite", rooms: &["store"], why: "only store knows SQL" },
    Reserved { word: "aws_lc_rs", rooms: &["deliver"], why: "only deliver knows cryptography" },
];

/// Rooms that are plain functions from values to values.
const PURE: &[&str] = &["news", "extract", "language", "story", "statement"];

/// What a pure room must not mention.
const IMPURE: &[&str] = &[
    "async fn",
    "SystemTime",
    "Timestamp::now",
    "tokio::",
    "std::env::var",
    "std::fs",
    "unix::fs",
    "RandomState",
    "rand::",
];

/// Files of pure rooms that may mention what is impure.
const ALLOWED: &[Allowed] = &[
    Allowed {
        file: "language/src/models.rs",
        words: &["std::fs"],
        why: "looks whether models are here and whole",
    },
    Allowed {
        file: "language/src/package.rs",
        words: &["std::fs"],
        why: "opens what was fetched of a model",
    },
    Allowed {
        file: "language/src/container.rs",
        words: &["std::fs", "unix::fs"],
        why: "writes a model once and reads its rows as they are needed",
    },
    Allowed {
        file: "language/src/hash.rs",
        words: &["RandomState"],
        why: "so that nobody can choose words that meet",
    },
    Allowed {
        file: "language/src/recurring.rs",
        words: &["RandomState"],
        why: "so that nobody can choose sentences that meet",
    },
];

/// An exception, with what makes it harmless.
struct Allowed {
    file: &'static str,
    words: &'static [&'static str],
    why: &'static str,
}

/// Rooms that must not know each other: each may use `news` alone.
const MIDDLE: &[&str] = &["ingest", "extract", "language", "story", "statement", "store", "deliver"];

/// A source file past this many lines is two things.
const LONGEST_FILE: usize = 600;

/// Checks everything and names each breach.
pub(crate) fn run() -> Result<()> {
    let mut breaches = Vec::new();
    for room in folders(Path::new("crates"))? {
        let name = room.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        check_manifest(&room, &name, &mut breaches)?;
        for file in rust_files(&room.join("src"))? {
            let text = fs::read_to_string(&file)?;
            check_file(&file, &name, &text, &mut breaches);
        }
    }
    check_paths(&mut breaches)?;
    if breaches.is_empty() {
        return Ok(());
    }
    for breach in &breaches {
        report(breach);
    }
    bail!("{} breaches of the house rules", breaches.len());
}

#[expect(clippy::print_stderr, reason = "a tool for the terminal")]
fn report(breach: &str) {
    eprintln!("tidy: {breach}");
}

fn check_manifest(room: &Path, name: &str, breaches: &mut Vec<String>) -> Result<()> {
    if !MIDDLE.contains(&name) {
        return Ok(());
    }
    let manifest = fs::read_to_string(room.join("Cargo.toml"))?;
    let shipped = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    for other in MIDDLE.iter().chain(&["web", "staytuned"]).filter(|other| **other != name) {
        if shipped.lines().any(|line| line.starts_with(&format!("{other}.workspace"))) {
            breaches.push(format!("{name}/Cargo.toml: rooms do not know each other, but it uses {other}"));
        }
    }
    Ok(())
}

fn check_file(file: &Path, room: &str, text: &str, breaches: &mut Vec<String>) {
    let at = file.display();
    if !text.starts_with("//!") {
        breaches.push(format!("{at}: does not open with a //! line that says what it is for"));
    }
    let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
    if shipped.lines().count() > LONGEST_FILE {
        breaches.push(format!("{at}: longer than {LONGEST_FILE} lines"));
    }
    if is_test(file) {
        return;
    }
    let mentions = |word: &str| code(shipped).any(|line| line.contains(word));
    for reserved in RESERVED.iter().filter(|reserved| !reserved.rooms.contains(&room)) {
        if mentions(reserved.word) {
            breaches.push(format!("{at}: uses {}, but {}", reserved.word, reserved.why));
        }
    }
    if PURE.contains(&room) {
        check_pure(file, room, shipped, breaches);
    }
    for word in ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"] {
        if mentions(word) {
            breaches.push(format!("{at}: {word}"));
        }
    }
}

/// A pure room mentions nothing impure but in the files that are named, and those only what they are named for.
fn check_pure(file: &Path, room: &str, shipped: &str, breaches: &mut Vec<String>) {
    let at = file.display();
    let mentions = |word: &str| code(shipped).any(|line| line.contains(word));
    let allowed = ALLOWED.iter().filter(|allowed| file.ends_with(allowed.file));
    let may: Vec<(&str, &str)> =
        allowed.flat_map(|allowed| allowed.words.iter().map(|word| (*word, allowed.why))).collect();
    for word in IMPURE.iter().filter(|word| mentions(word) && !may.iter().any(|(known, _)| known == *word)) {
        breaches.push(format!("{at}: mentions `{word}`, but {room} is pure"));
    }
    for (word, why) in may.iter().filter(|(word, _)| !mentions(word)) {
        breaches.push(format!("{at}: may mention `{word}` ({why}), but does not"));
    }
}

/// Lines that are no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// A file of tests beside the code: `tests.rs`, or in a folder `tests`.
fn is_test(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str() == "tests") || file.ends_with("tests.rs")
}

/// No path of a machine that the product was once built on.
fn check_paths(breaches: &mut Vec<String>) -> Result<()> {
    let machine = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/ho", "me/"].concat()];
    let listed =
        std::process::Command::new("git").args(["ls-files", "-z"]).output().context("git ls-files")?;
    for file in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|file| !file.is_empty()) {
        let Ok(text) = fs::read_to_string(file) else { continue };
        for path in machine.iter().filter(|path| mentions(&text, path)) {
            breaches.push(format!("{file}: names a machine's path {path}"));
        }
    }
    Ok(())
}

/// Whether the path stands in the text as an absolute path, not in the middle of a web address or a longer path.
fn mentions(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || "._-/}>".contains(c))
    })
}

fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(path)
        .with_context(|| path.display().to_string())?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    Ok(found)
}

fn rust_files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut open = vec![path.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::check_file;
    use std::path::Path;

    /// What is wrong with a file of `room` of this text.
    fn check(room: &str, file: &str, text: &str, wrong: &[&str]) {
        let mut breaches = Vec::new();
        let path = Path::new("crates").join(room).join("src").join(file);
        check_file(&path, room, &format!("//! What it is for.\n{text}"), &mut breaches);
        let told = |(breach, wrong): (&String, &&str)| breach.contains(wrong);
        assert!(
            breaches.len() == wrong.len() && breaches.iter().zip(wrong).all(told),
            "{room}/{file}: {breaches:?}"
        );
    }

    #[test]
    fn pure_rooms_are_pure_but_where_it_is_named() {
        let (files, random) = ("use std::fs::File;", "use std::hash::RandomState;");
        check("story", "lens.rs", files, &["mentions `std::fs`, but story is pure"]);
        check("language", "stem.rs", random, &["mentions `RandomState`"]);
        check("language", "hash.rs", random, &[]);
        check("language", "hash.rs", &format!("{random}\n{files}"), &["mentions `std::fs`"]);
        check("language", "hash.rs", "", &["may mention `RandomState`"]);
        check("store", "hash.rs", files, &[]);
        check("story", "lens.rs", &format!("// {files}\n#[cfg(test)]\nmod tests {{ {files} }}"), &[]);
        check("web", "lib.rs", "use rusqlite::Row;", &["only store knows SQL"]);
    }
}

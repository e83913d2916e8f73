//! Builds `crates/language/data/themes.fst.gz` and the names beside it from `xtask/data/themes/themes.txt`.

use super::packed;
use anyhow::{Context, Result, ensure};
use language::{packed_themes, theme_key};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The theme of words that tell of none.
const NOTHING: &str = "-";

/// The names of all themes, in the order of their numbers, and the map.
pub(crate) struct Themes {
    pub(crate) names: String,
    pub(crate) map: Vec<u8>,
}

/// Reads the list and writes both files.
pub(crate) fn run(list: &Path, folder: &Path) -> Result<()> {
    let text = fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let Themes { names, map } = read(&text)?;
    for (name, bytes) in [("themes.txt", names.as_bytes()), ("themes.fst.gz", &packed(&map)?)] {
        let path = folder.join(name);
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// From the list: lines of a theme, a tab, a language and its words.
pub(crate) fn read(list: &str) -> Result<Themes> {
    let mut names: Vec<&str> = Vec::new();
    let mut told: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (theme, words) = line.split_once('\t').with_context(|| format!("no theme: {line}"))?;
        let (language, words) = words.split_once(' ').with_context(|| format!("no words: {line}"))?;
        let number = names.iter().position(|known| *known == theme);
        let number = (theme != NOTHING).then(|| {
            number.unwrap_or_else(|| {
                names.push(theme);
                names.len() - 1
            })
        });
        for word in words.split(' ') {
            let themes = told.entry(theme_key(language, word)).or_default();
            themes.extend(number.filter(|number| !themes.contains(number)));
        }
    }
    let mut map = fst::MapBuilder::memory();
    for (key, themes) in &told {
        let packed = packed_themes(themes).with_context(|| format!("too many themes: {key}"))?;
        map.insert(key, packed)?;
    }
    let map = map.into_inner()?;
    ensure!(!names.is_empty(), "no theme");
    Ok(Themes { names: names.join("\n") + "\n", map })
}

#[cfg(test)]
mod tests {
    use super::read;
    use flate2::read::GzDecoder;
    use std::io::Read;

    #[test]
    fn what_ships_is_made_of_the_list() {
        let made = read(include_str!("../../data/themes/themes.txt")).expect("a list");
        assert_eq!(made.names, include_str!("../../../crates/language/data/themes.txt"));
        let mut shipped = Vec::new();
        let packed = include_bytes!("../../../crates/language/data/themes.fst.gz");
        GzDecoder::new(packed.as_slice()).read_to_end(&mut shipped).expect("gzip");
        assert!(made.map == shipped, "cargo xtask data themes");
    }

    #[test]
    fn a_line_without_words_is_named() {
        let error = read("fire\ten blaze\nflood\n").err().expect("refused");
        assert_eq!(error.to_string(), "no theme: flood");
    }
}

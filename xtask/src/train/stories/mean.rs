//! The mean of trees that were grown apart: two growths on like material err in other places, and their mean less than either
//! (Breiman 1996, bagging).

use super::lining::{add, scaled, shortened};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use story::Trees;

/// Trees about the numbers of these `names` that say on the mean what those in the files say, as they are written.
pub(crate) fn run(files: &[PathBuf], names: &[&str]) -> Result<String> {
    let trees: Vec<Trees> = files.iter().map(|file| from_file(file, names)).collect::<Result<_>>()?;
    Ok(shortened(&mean(&trees)).written(names))
}

fn mean(all: &[Trees]) -> Trees {
    let mut mean = Trees { start: 0.0, slopes: Vec::new(), trees: Vec::new() };
    for trees in all.iter().map(|trees| scaled(trees, (all.len() as f32).recip())) {
        mean.start += trees.start;
        trees.slopes.iter().for_each(|(place, slope)| add(&mut mean, *place, *slope));
        mean.trees.extend(trees.trees);
    }
    mean
}

/// Trees as they were printed.
pub(super) fn from_file(path: &Path, names: &[&str]) -> Result<Trees> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    read(&text, names).with_context(|| path.display().to_string())
}

pub(super) fn read(text: &str, names: &[&str]) -> Result<Trees> {
    Trees::parse(text, names).context("trees that cannot be read")
}

#[cfg(test)]
mod tests {
    use super::mean;
    use story::Trees;

    #[test]
    fn half_of_each() {
        let trees = |first: &str, leaf: &str| {
            let tree = format!("{}{}", "link>0.5 ".repeat(6), [leaf; 64].join(" "));
            Trees::parse(&format!("{first}\n{tree}"), &["link", "texts"]).unwrap()
        };
        let half = mean(&[trees("1 link*2", "400"), trees("-0.5 link*1 texts*0.25", "-100")]);
        assert_eq!((half.start, half.trees.len()), (0.25, 2));
        assert_eq!(half.slopes, [(0, 1.5), (1, 0.125)]);
        assert!((half.logit(&[0.0, 0.0]) - 0.4).abs() < 1e-6);
    }
}

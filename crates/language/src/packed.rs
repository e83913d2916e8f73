//! Lists that come with the build packed (gzip): a text that is read once does not stand in the program's own pages.

use flate2::read::GzDecoder;
use std::io::Read;

/// The text of a list that is part of the program.
pub(crate) fn text(list: &'static [u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(list).read_to_string(&mut text).expect("the list is part of the program");
    text
}

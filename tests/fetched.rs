//! The models that `staytuned models fetch` got, for tests that compare with their references. They are no part of the
//! product: a test without them passes over what needs them, unless somebody says that they must be there.

use std::path::PathBuf;

/// The folder named by `MODELS`. `./test` sets `REQUIRE_MODELS` when they could be fetched, so that no test passes by not
/// running.
// Not `expect`: the lint looks at the one of the two test programs alone.
#[allow(clippy::print_stdout, reason = "whoever runs one test sees why it was passed over")]
pub(crate) fn models() -> Option<PathBuf> {
    let folder = std::env::var_os("MODELS").map(PathBuf::from);
    let required = std::env::var_os("REQUIRE_MODELS").is_some();
    assert!(folder.is_some() || !required, "REQUIRE_MODELS is set, but MODELS names no folder");
    if folder.is_none() {
        println!("no model: MODELS is not set");
    }
    folder
}

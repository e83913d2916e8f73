//! Golden feeds: each file of `tests/fixtures/feeds` is named by what is odd in it; its snapshot is what is read.

use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds")
}

/// Every fixture with its name, sorted.
pub(crate) fn samples() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(fixtures()).expect("the fixtures are part of the crate");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "snap"));
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).expect("readable"))).collect()
}

#[test]
fn each_fixture_reads_as_its_snapshot() {
    let url = news::Url::parse("https://fetched.example/path/feed").expect("a valid address");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (name, bytes) in samples() {
        let read = ingest::parse(&bytes, None, Some(&url));
        let shown = match read {
            Ok(document) => serde_json::to_string_pretty(&document).expect("plain data"),
            Err(error) => format!("refused: {error}"),
        };
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn feeds_that_feed_rs_reads_are_read_alike() {
    let mut compared = 0;
    for (name, bytes) in samples() {
        // It believes what the document says of its encoding, takes any vocabulary's title that comes last, and keeps control
        // characters.
        if ["lying", "mixed", "controls"].iter().any(|odd| name.contains(odd)) {
            continue;
        }
        let Ok(theirs) = feed_rs::parser::parse(bytes.as_slice()) else { continue };
        let ours = ingest::parse(&bytes, None, None).expect(&name);
        compared += 1;
        assert_eq!(ours.entries.len(), theirs.entries.len(), "{name}");
        for (mine, other) in ours.entries.iter().zip(&theirs.entries) {
            // It keeps a title's first piece only, tags included where they were escaped.
            let title = other
                .title
                .as_ref()
                .map(|title| title.content.split(['<', '&']).next().unwrap_or_default().trim());
            let title = title.unwrap_or_default();
            assert!(
                mine.title.as_deref().unwrap_or_default().starts_with(title),
                "{name}: {title:?} {mine:?}"
            );
            // Dates out of all reason are nothing to us.
            if let Some(published) = other.published.filter(|published| published.timestamp() < 7_000_000_000)
            {
                assert_eq!(
                    mine.published.map(|time| time.as_second()),
                    Some(published.timestamp()),
                    "{name}"
                );
            }
        }
    }
    assert!(compared >= 8, "feed-rs reads only {compared} of them");
}

//! Feeds -> OPML 2.0, in the shape that other readers import.

use super::OpmlFeed;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A folder: its own feeds and the folders in it, by name.
#[derive(Default)]
struct Folder<'f> {
    feeds: Vec<&'f OpmlFeed>,
    folders: BTreeMap<&'f str, Folder<'f>>,
}

/// A list titled `title`. Feeds keep their order within a folder; folders stand in front, by name.
pub fn write(title: &str, feeds: &[OpmlFeed]) -> String {
    let mut top = Folder::default();
    for feed in feeds {
        let path = feed.folder.iter().take(super::DEEPEST_FOLDER);
        let place = path.fold(&mut top, |folder, name| folder.folders.entry(name).or_default());
        place.feeds.push(feed);
    }
    let mut opml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>{}</title>\n  </head>\n  <body>\n",
        escaped(title)
    );
    write_folder(&top, 2, &mut opml);
    opml.push_str("  </body>\n</opml>\n");
    opml
}

/// Recursion is bounded by [`super::DEEPEST_FOLDER`].
fn write_folder(folder: &Folder<'_>, depth: usize, opml: &mut String) {
    let indent = "  ".repeat(depth);
    for (name, inner) in &folder.folders {
        let _ = writeln!(opml, "{indent}<outline text=\"{0}\" title=\"{0}\">", escaped(name));
        write_folder(inner, depth + 1, opml);
        let _ = writeln!(opml, "{indent}</outline>");
    }
    for feed in &folder.feeds {
        let title = escaped(feed.title.as_deref().unwrap_or(&feed.url));
        let _ = write!(opml, "{indent}<outline type=\"rss\" text=\"{title}\"");
        if feed.title.is_some() {
            let _ = write!(opml, " title=\"{title}\"");
        }
        let _ = write!(opml, " xmlUrl=\"{}\"", escaped(&feed.url));
        if let Some(site) = &feed.site {
            let _ = write!(opml, " htmlUrl=\"{}\"", escaped(site));
        }
        opml.push_str("/>\n");
    }
}

/// Escaped for an attribute in double quotes. Control characters, which XML cannot hold, are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{OpmlFeed, read};
    use super::write;

    #[test]
    fn what_is_written_is_read_back() {
        let feed = |url: &str, title: &str, folder: &[&str]| OpmlFeed {
            url: url.to_owned(),
            title: Some(title.to_owned()),
            site: Some("https://a.example/?x=1&y=2".to_owned()),
            folder: folder.iter().map(|name| (*name).to_owned()).collect(),
        };
        let feeds = [
            feed("https://a.example/1", "Küste & Land", &["Nord <1>", "\"Quoted\""]),
            feed("https://a.example/2?a=1&b=2", "two", &["Nord <1>"]),
            feed("https://a.example/3", "three", &[]),
        ];
        let read = read(write("Mine & yours", &feeds).as_bytes()).expect("our own list");
        assert_eq!(read.feeds, feeds);
    }
}

//! Who signs an article: the name without "By", dates, "Updated", e-mail addresses and the outlet's slogans.

use super::Page;
use crate::dom::squeeze;

/// Words in front of a name, in lower case.
const BY: &[&str] = &[
    "written by",
    "reporting by",
    "posted by",
    "story by",
    "words by",
    "by",
    "dc.creator",
    "author",
    "authors",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "autor",
    "autora",
    "автор",
    "авторы",
    "автори",
    "text",
    "texte",
    "publié par",
    "ein beitrag von",
    "eine analyse von",
    "af",
    "av",
    "przez",
];
/// Where a byline goes on to something else.
const ENDS: &[&str] = &[
    " updated",
    " published",
    " posted",
    " last updated",
    " last modified",
    " on ",
    " | ",
    " • ",
    " · ",
    "\n",
    " – ",
    " — ",
    " @",
    " follow ",
    " aktualisiert",
    " veröffentlicht",
    " publié",
    " mis à jour",
    " actualizado",
    " publicado",
    " atualizado",
    " обновлено",
    " оновлено",
    " minute read",
    " min read",
    " / ",
];
const MONTHS: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
/// More is a paragraph.
const LONGEST: usize = 120;

/// Visible places of a byline, best marked first.
const PLACES: &[&str] = &[
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    "a[rel=author]",
    "[rel=author]",
    ".byline-name",
    ".author-name",
    ".byline__name",
    ".article__author",
    ".byline a",
    ".byline",
    "[class*=byline]",
    "#byline",
    ".author a",
    ".author",
    ".entry-author",
    ".post-author",
    "[class*=author-name]",
];

pub(super) fn read(page: &Page<'_>, outlet: Option<&str>) -> Option<String> {
    let structured = join(page.json.authors.iter().filter_map(|name| clean(name)));
    let meta = || {
        [
            "author",
            "article:author",
            "article:author_name",
            "parsely-author",
            "dc.creator",
            "dc.author",
            "sailthru.author",
            "byl",
            "citation_author",
        ]
        .iter()
        .find_map(|name| join(page.meta.all(name).iter().filter_map(|name| clean(name))))
    };
    let visible = || PLACES.iter().find_map(|place| page.spaced_text(place).as_deref().and_then(clean));
    // "Example Post" as author of everything: a person named elsewhere on the page is the better answer.
    let is_outlet = |name: &String| outlet.is_some_and(|outlet| name.eq_ignore_ascii_case(outlet));
    let desk = structured.clone().or_else(meta).filter(is_outlet);
    structured
        .filter(|name| !is_outlet(name))
        .or_else(|| meta().filter(|name| !is_outlet(name)))
        .or_else(visible)
        .or(desk)
}

fn join(names: impl Iterator<Item = String>) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names.take(20) {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    (!kept.is_empty()).then(|| kept.join(", "))
}

/// The name in a byline as written; `None` when no name is left.
pub(crate) fn clean(written: &str) -> Option<String> {
    let mut name = squeeze(written);
    if name.contains("://") || name.starts_with("www.") {
        return None;
    }
    // E-mail addresses, with the brackets around them.
    if name.contains('@') {
        let words: Vec<&str> = name.split(' ').filter(|word| !word.contains('@')).collect();
        name = words.join(" ").replace("()", "");
    }
    name = without_by(&name).to_owned();
    let lower = name.to_lowercase();
    // Byte offsets agree where lower case keeps each letter's length, and a cut elsewhere finds no boundary.
    let end = ENDS.iter().filter_map(|end| lower.find(end)).min();
    if let Some(before) = end.and_then(|end| name.get(..end)) {
        name = before.to_owned();
    }
    name = before_date(&name);
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '-' | '–' | '—' | '/' | '•' | '·')
    });
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let sane = letters >= 2 && name.chars().count() <= LONGEST && !name.contains(['{', '<']);
    (sane && !is_empty_word(name)).then(|| name.to_owned())
}

fn without_by(name: &str) -> &str {
    let lower = name.to_lowercase();
    let found = BY.iter().filter(|by| {
        lower
            .strip_prefix(**by)
            .is_some_and(|rest| rest.starts_with([' ', ':']) && rest.trim_start_matches([' ', ':']).len() > 1)
    });
    let Some(by) = found.max_by_key(|by| by.len()) else { return name };
    // "Di Marzio" and "Da Costa" are names: a short word that many names begin with needs lower case or a colon.
    let rest = name.get(by.len()..).unwrap_or(name);
    let surname_like = matches!(*by, "di" | "da" | "af" | "av" | "von")
        && !rest.starts_with(':')
        && by.len() == 2
        && !name.starts_with(*by);
    if surname_like { name } else { rest.trim_start_matches([' ', ':']) }
}

/// Cuts where a date or time begins: a number, or a month's name with a number behind it.
fn before_date(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let dated = |at: usize| {
        let month = MONTHS.contains(&bare(words[at]).as_str()) && words.get(at + 1).is_some_and(is_number);
        is_number(&words[at]) || month
    };
    let end = (0..words.len()).find(|at| dated(*at)).unwrap_or(words.len());
    words.get(..end).unwrap_or_default().join(" ")
}

fn is_empty_word(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "admin"
            | "administrator"
            | "null"
            | "none"
            | "unknown"
            | "author"
            | "by"
            | "follow"
            | "n/a"
            | "undefined"
    )
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn names_come_out_of_bylines() {
        let check =
            |written: &str, name: Option<&str>| assert_eq!(clean(written).as_deref(), name, "{written:?}");
        check("By Ada Marsh", Some("Ada Marsh"));
        check("BY ADA MARSH\n   March 11, 2026 3:46 PM", Some("ADA MARSH"));
        check("Von Otto Lind | Aktualisiert am 3. Mai", Some("Otto Lind"));
        check("Автор: Ольга Тестова", Some("Ольга Тестова"));
        check("Ada Marsh and Ben Ode Updated: 3 May", Some("Ada Marsh and Ben Ode"));
        check("Ada Marsh (ada@post.example)", Some("Ada Marsh"));
        check("Da Costa", Some("Da Costa"));
        check("https://social.example/post", None);
        check("admin", None);
        check("3 May 2026", None);
    }
}

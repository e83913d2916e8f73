//! Sorts blocks into what is the article and what merely stands in it: "read also" links (kept apart as related
//! headlines), share bars, newsletter boxes, captions, copyright lines. Rules by words and link shares in the
//! languages below; no rule knows a site.

use crate::blocks::{Block, Kind};
use news::{RelatedHeadline, Url};

/// What is left of the blocks.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) paragraphs: Vec<String>,
    pub(crate) related: Vec<RelatedHeadline>,
}

/// Labels in front of headlines of other articles, in lower case.
const READ_ALSO: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "read next",
    "read this next",
    "see also",
    "related",
    "related articles",
    "related stories",
    "related coverage",
    "related content",
    "related news",
    "related topics",
    "more on this",
    "more on this story",
    "more from",
    "more stories",
    "recommended",
    "recommended stories",
    "recommended reading",
    "you may also like",
    "you might also like",
    "don't miss",
    "up next",
    "further reading",
    "in other news",
    "top stories",
    "most read",
    "trending",
    "watch",
    "watch also",
    "watch more",
    "listen",
    "lesen sie auch",
    "lesen sie mehr",
    "lesen sie hier",
    "mehr zum thema",
    "auch interessant",
    "das könnte sie auch interessieren",
    "mehr dazu",
    "weitere artikel",
    "zum thema",
    "à lire aussi",
    "lire aussi",
    "a lire aussi",
    "à lire également",
    "lire également",
    "voir aussi",
    "sur le même sujet",
    "à voir aussi",
    "lea también",
    "lee también",
    "leer también",
    "lea además",
    "le puede interesar",
    "te puede interesar",
    "ver también",
    "ver más",
    "más información",
    "noticias relacionadas",
    "leia também",
    "leia mais",
    "veja também",
    "saiba mais",
    "notícias relacionadas",
    "читайте также",
    "читать также",
    "читайте ещё",
    "смотрите также",
    "по теме",
    "материалы по теме",
    "читайте також",
    "дивіться також",
    "читайте ще",
    "за темою",
    "матеріали за темою",
    "leggi anche",
    "leggi di più",
    "lees ook",
    "lees meer",
    "czytaj też",
    "czytaj także",
    "zobacz też",
    "přečtěte si také",
    "läs också",
    "läs även",
    "les også",
    "læs også",
    "lue myös",
    "ayrıca okuyun",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "इसे भी पढ़ें",
];

/// Short blocks that begin so are the page's own voice.
const OWN_VOICE: &[&str] = &[
    "share on",
    "share this",
    "share via",
    "share article",
    "share story",
    "follow us",
    "follow bbc",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "subscribe for",
    "get our newsletter",
    "join our newsletter",
    "join our whatsapp",
    "join our telegram",
    "our newsletter",
    "newsletter sign",
    "advertisement",
    "article continues below",
    "story continues below",
    "scroll to continue",
    "continue reading below",
    "click here to",
    "download our app",
    "download the app",
    "enter your email",
    "by signing up",
    "skip past newsletter",
    "all rights reserved",
    "print this",
    "copy link",
    "comments are closed",
    "leave a comment",
    "this article was originally published on",
    "support our journalism",
    "most popular",
    "anzeige",
    "artikel teilen",
    "teilen auf",
    "newsletter abonnieren",
    "jetzt abonnieren",
    "alle rechte vorbehalten",
    "partager sur",
    "partager cet article",
    "inscrivez-vous à",
    "abonnez-vous",
    "publicité",
    "tous droits réservés",
    "compartir en",
    "suscríbete",
    "suscríbase",
    "publicidad",
    "todos los derechos reservados",
    "compartilhe",
    "compartilhar",
    "assine",
    "publicidade",
    "todos os direitos reservados",
    "continua após a publicidade",
    "подписывайтесь",
    "подпишитесь",
    "поделиться",
    "реклама",
    "все права защищены",
    "підписуйтесь",
    "підписуйтеся",
    "поширити",
    "поділитися",
    "реклама",
    "усі права захищено",
    "всі права захищені",
];

/// A share bar's or newsletter box's line is short; a paragraph that merely begins with such words is not.
const OWN_VOICE_LONGEST: usize = 160;
/// A headline of another article.
const HEADLINE_CHARS: std::ops::RangeInclusive<usize> = 20..=220;

/// Sorts the blocks of an article headed `title`; links are made absolute on `base`.
pub(crate) fn sort(blocks: Vec<Block>, title: Option<&str>, base: Option<&Url>) -> Sorted {
    let mut sorted = Sorted::default();
    let mut under_label = false;
    let lists = linked_lists(&blocks);
    for (block, in_linked_list) in blocks.into_iter().zip(lists) {
        if is_furniture(&block, title, sorted.paragraphs.len()) {
            continue;
        }
        if is_label(&block.text) {
            under_label = true;
        } else if let Some(rest) = after_label(&block) {
            sorted.related.push(headline(&block, rest, base));
        } else if is_link_only(&block) && (under_label || in_linked_list || is_headline(&block)) {
            sorted.related.push(headline(&block, &block.text, base));
        } else {
            under_label = false;
            sorted.paragraphs.push(block.text);
        }
    }
    sorted
}

fn is_furniture(block: &Block, title: Option<&str>, before: usize) -> bool {
    let text = block.text.as_str();
    let lower = || text.to_lowercase();
    let repeats_title = || before == 0 && title.is_some_and(|title| title.to_lowercase() == lower());
    block.kind == Kind::Caption
        || !text.chars().any(char::is_alphanumeric)
        || (text.len() < 300 && is_copyright(text))
        || (text.chars().count() <= OWN_VOICE_LONGEST
            && block.kind != Kind::Quotation
            && is_own_voice(&lower()))
        || repeats_title()
}

fn is_own_voice(lower: &str) -> bool {
    OWN_VOICE.iter().any(|words| match lower.strip_prefix(words) {
        // One-word signs stand alone or begin a call ("Subscribe to our channel"); sentences may begin with them, too.
        Some(rest) if !words.contains(' ') => {
            !rest.starts_with(char::is_alphabetic)
                && !rest.ends_with('.')
                && rest.split_whitespace().count() <= 5
        }
        Some(rest) => !rest.starts_with(char::is_alphabetic),
        None => false,
    })
}

fn is_copyright(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with('©')
        || lower.starts_with("(c) ")
        || lower.starts_with("copyright ©")
        || lower
            .strip_prefix("copyright ")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '('))
}

/// "Read also" or "Related stories:" alone.
fn is_label(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    READ_ALSO.contains(&bare.as_str())
}

/// The headline behind "Read more: ", when the label is followed by a colon or its like, or by a link.
fn after_label(block: &Block) -> Option<&str> {
    if block.text.chars().count() > 260 || block.kind == Kind::Quotation {
        return None;
    }
    let text = block.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = text.to_lowercase();
    let label =
        READ_ALSO.iter().filter(|label| lower.starts_with(**label)).max_by_key(|label| label.len())?;
    let rest = text.char_indices().nth(label.chars().count()).and_then(|(at, _)| text.get(at..))?;
    let spoken = rest.trim_start();
    let headline = spoken.trim_start_matches([':', '|', '»', '>', '—', '–', '-', '.', '→', '▶', '/', ' ']);
    let marked = headline.len() < spoken.len() && !spoken.starts_with('.') && !rest.starts_with('-');
    let linked =
        block.links.iter().any(|link| {
            headline.trim_end_matches(['.', ' ']).ends_with(link.text.trim_end_matches(['.', ' ']))
        }) && block.linked() > 0.5;
    let one_word = !label.contains(' ');
    ((linked || (marked && !one_word) || (marked && block.linked() > 0.3)) && !headline.is_empty())
        .then_some(headline)
}

/// All words stand in links.
fn is_link_only(block: &Block) -> bool {
    block.linked() > 0.9 && block.kind != Kind::Quotation
}

/// One link as long as a headline that is no sentence: a paragraph of its own between paragraphs.
fn is_headline(block: &Block) -> bool {
    let sentence = block.text.trim_end_matches(['"', '”', '»', '“', ')']).ends_with(['.', ':', ';', ',']);
    block.kind != Kind::Item
        && block.links.len() == 1
        && !sentence
        && block.words() >= 4
        && HEADLINE_CHARS.contains(&block.text.chars().count())
        && block.links.iter().all(|link| !link.href.starts_with('#'))
}

/// For each block, whether it is in a run of list items that are all links as long as headlines.
fn linked_lists(blocks: &[Block]) -> Vec<bool> {
    let mut found = vec![false; blocks.len()];
    let mut start = 0;
    for run in blocks.chunk_by(|a, b| (a.kind == Kind::Item) == (b.kind == Kind::Item)) {
        let headlines = run.iter().all(|block| {
            block.kind == Kind::Item
                && is_link_only(block)
                && block.links.iter().all(|link| !link.href.contains('#'))
        });
        let words: usize = run.iter().map(Block::words).sum();
        let all = headlines && words >= 5 * run.len();
        found.iter_mut().skip(start).take(run.len()).for_each(|block| *block = all);
        start += run.len();
    }
    found
}

fn headline(block: &Block, title: &str, base: Option<&Url>) -> RelatedHeadline {
    let href = block.links.last().map(|link| link.href.as_str());
    let url = href.and_then(|href| match base {
        Some(base) => base.join(href).ok(),
        None => Url::parse(href).ok(),
    });
    let web = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    RelatedHeadline { title: title.to_owned(), url: web.map(String::from) }
}

#[cfg(test)]
mod tests {
    use super::{Sorted, sort};
    use crate::{blocks::blocks, dom};

    fn sorted(html: &str) -> Sorted {
        sort(blocks(dom::parse_fragment(html).unwrap().root()), Some("The title"), None)
    }

    #[test]
    fn related_headlines_stand_apart() {
        let check = |html: &str, title: &str| {
            let sorted = sorted(&format!("<p>Before it.</p>{html}<p>After it.</p>"));
            assert_eq!(sorted.paragraphs, ["Before it.", "After it."], "{html}");
            assert_eq!(sorted.related.first().map(|r| r.title.as_str()), Some(title), "{html}");
        };
        check("<p>Read more: <a href='https://a.example/1'>Dam holds for now</a></p>", "Dam holds for now");
        check("<p><b>Lesen Sie auch:</b> <a href='/1'>Damm hält</a></p>", "Damm hält");
        check("<p>À lire aussi : <a href='/1'>Le barrage tient</a></p>", "Le barrage tient");
        check("<p>Читайте також: <a href='/1'>Гребля тримається</a></p>", "Гребля тримається");
        check("<p>Читайте также</p><p><a href='/1'>Плотина держится</a></p>", "Плотина держится");
        check("<h3>Lea también</h3><ul><li><a href='/1'>La presa aguanta</a></li></ul>", "La presa aguanta");
        check("<p>Leia também: A barragem resiste por enquanto</p>", "A barragem resiste por enquanto");
        check(
            "<p><a href='/2'>Engineers inspect the northern dam</a></p>",
            "Engineers inspect the northern dam",
        );
    }

    #[test]
    fn sentences_that_only_look_alike_stay() {
        let check =
            |html: &str, paragraphs: &[&str]| assert_eq!(sorted(html).paragraphs, paragraphs, "{html}");
        check(
            "<p>Related deaths rose to nine, the ministry said.</p>",
            &["Related deaths rose to nine, the ministry said."],
        );
        check("<p>Watch: the river may rise again.</p>", &["Watch: the river may rise again."]);
        check(
            "<p><a href='/1'>The ministry published its full report on Monday.</a></p>",
            &["The ministry published its full report on Monday."],
        );
        check(
            "<p>Advertisement is how the paper lives, its editor says.</p>",
            &["Advertisement is how the paper lives, its editor says."],
        );
    }

    #[test]
    fn the_pages_own_voice_goes() {
        let html = "<h1>The title</h1><p>Text.</p><p>Share on Facebook</p><p>Advertisement</p><p>© 2026 Example Post</p>\
                    <figure><figcaption>The dam on Monday</figcaption></figure><p>* * *</p>";
        assert_eq!(sorted(html).paragraphs, ["Text."]);
    }
}

//! When two values count as the same. Written apart from the parser, so that a fault there does not hide itself here.

use news::{Language, Timestamp};
use serde_json::Value;

/// Visible text: tags gone, references decoded, white space single.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let after = rest.get(at + 1..).unwrap_or_default();
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let end =
            if after.starts_with("!--") { after.find("-->").map(|end| end + 2) } else { after.find('>') };
        match end.filter(|_| is_tag) {
            Some(end) => {
                if is_block(after) {
                    out.push(' ');
                }
                rest = after.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    collapse(&references(&out))
}

fn is_block(tag: &str) -> bool {
    let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    matches!(
        name.as_str(),
        "br" | "p" | "div" | "li" | "ul" | "ol" | "td" | "tr" | "blockquote" | "hr" | "pre"
    )
}

pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn references(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let decoded = after.split_once(';').filter(|(name, _)| name.len() < 12).and_then(|(name, behind)| {
            let number =
                |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
            let character = match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "nbsp" => Some(' '),
                "copy" => Some('©'),
                "hellip" => Some('…'),
                "mdash" => Some('—'),
                "ndash" => Some('–'),
                _ => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
                    Some(hex) => number(hex, 16),
                    None => name.strip_prefix('#').and_then(|digits| number(digits, 10)),
                },
            };
            character.map(|character| (character, behind))
        });
        match decoded {
            Some((character, behind)) => {
                out.push(character);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Web addresses of links and pictures in HTML, in order.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["href", "src"] {
        for after in html.split(name).skip(1) {
            let value = after.trim_start().strip_prefix('=').map(str::trim_start).unwrap_or_default();
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let inside =
                value.get(1..).and_then(|inside| inside.split_once(quote)).map_or("", |(inside, _)| inside);
            let address = references(inside);
            if address.starts_with("http") {
                found.push(address.trim_end_matches('/').to_owned());
            }
        }
    }
    found
}

/// A title or the like: text against text.
pub(super) fn line(expected: &str, ours: &Value) -> Option<String> {
    same(&text(expected), &collapse(ours.as_str().unwrap_or_default()))
}

/// Cleaned HTML against HTML as published.
pub(super) fn html(expected: &str, ours: &Value) -> Option<String> {
    let ours = ours.as_str().unwrap_or_default();
    same(&text(expected), &text(ours))
        .or_else(|| same(&addresses(expected).join(" "), &addresses(ours).join(" ")))
}

/// The very same text.
pub(super) fn exact(expected: &str, ours: &Value) -> Option<String> {
    let ours = match ours {
        Value::Number(number) => number.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    same(&collapse(expected), &ours)
}

/// The same moment.
pub(super) fn time(expected: &str, ours: &Value) -> Option<String> {
    let moment = |text: &str| text.parse::<Timestamp>().ok();
    let ours = ours.as_str().unwrap_or_default();
    (moment(expected).is_none() || moment(expected) != moment(ours)).then(|| differs(expected, ours))
}

/// The same primary language.
pub(super) fn language(expected: &str, ours: &Value) -> Option<String> {
    same(Language::parse(expected).code(), ours.as_str().unwrap_or("und"))
}

/// The same labels in any order, each once.
pub(super) fn labels(mut expected: Vec<String>, ours: &Value) -> Option<String> {
    expected.iter_mut().for_each(|label| *label = text(label));
    let mut ours: Vec<String> =
        ours.as_array().into_iter().flatten().filter_map(Value::as_str).map(collapse).collect();
    for list in [&mut expected, &mut ours] {
        list.sort();
        list.dedup();
    }
    same(&expected.join(" | "), &ours.join(" | "))
}

/// Absent on our side too.
pub(super) fn absent(ours: &Value) -> Option<String> {
    let is_empty = match ours {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    (!is_empty).then(|| differs("nothing", &ours.to_string()))
}

pub(super) fn same(expected: &str, ours: &str) -> Option<String> {
    (expected != ours).then(|| differs(expected, ours))
}

fn differs(expected: &str, ours: &str) -> String {
    let short = |text: &str| text.chars().take(90).collect::<String>();
    format!("expected {:?}, got {:?}", short(expected), short(ours))
}

//! Bylines as feeds write them -> a name to show. `me@example.org (A. Name)`, `A. Name <me@example.org>`, `A. Name`.

use super::plain;

/// The name; the address when there is no name. Nothing for an empty byline.
pub(crate) fn name(text: &str) -> Option<String> {
    // Taken apart before tags are stripped: `<me@example.org>` looks like one.
    let text = text.trim();
    let (address, name) = match text.split_once('<') {
        Some((name, address)) if address.contains('@') && !address.contains(' ') => {
            (address.trim_end_matches('>'), name)
        }
        _ => bracketed(text),
    };
    let name = plain::from_html(name.trim().trim_matches('"'));
    let address = plain::one_line(address);
    [name, address].into_iter().find(|part| !part.is_empty())
}

/// Address and name of `address (name)`, `name (address)`, `address`, or a name with something else in brackets.
fn bracketed(text: &str) -> (&str, &str) {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let Some((outside, inside)) =
        text.split_once('(').map(|(outside, inside)| (outside.trim(), inside.trim()))
    else {
        return if is_address(text) { (text, "") } else { leading_address(text) };
    };
    let inside = inside.trim_end_matches(')').trim();
    if is_address(outside) {
        (outside, inside)
    } else if is_address(inside) {
        (inside, outside)
    } else {
        ("", text)
    }
}

/// `me@example.org A. Name` and `A. Name me@example.org`.
fn leading_address(text: &str) -> (&str, &str) {
    if let Some((first, rest)) = text.split_once(' ').filter(|(first, _)| is_address(first)) {
        return (first, rest);
    }
    if let Some((rest, last)) = text.rsplit_once(' ').filter(|(_, last)| is_address(last)) {
        return (last, rest);
    }
    ("", text)
}

fn is_address(text: &str) -> bool {
    let shape = text.split_once('@');
    shape.is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn bylines() {
        let check =
            |text: &str, expected: &str| assert_eq!(name(text).unwrap_or_default(), expected, "{text:?}");
        check("me@example.org (Ada Miller)", "Ada Miller");
        check("Ada Miller (me@example.org)", "Ada Miller");
        check("Ada Miller <me@example.org>", "Ada Miller");
        check("me@example.org Ada Miller", "Ada Miller");
        check("me@example.org", "me@example.org");
        check("Ada Miller (Capital desk)", "Ada Miller (Capital desk)");
        check("<b>Ada</b> Miller", "Ada Miller");
        check("me@example.org ()", "me@example.org");
        check("  ", "");
    }
}

//! Addresses on the web and of e-mail, which stay one token.

/// Whether the whole text is an address: scheme and user if any, host with a domain of small letters, port, path.
pub(super) fn is_address(text: &str) -> bool {
    if !text.contains('.') {
        return false;
    }
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => rest,
        _ => text,
    };
    let users = rest.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| at + 1);
    std::iter::once(0).chain(users).any(|at| is_host(rest.get(at..).unwrap_or_default()))
}

fn is_scheme(scheme: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.');
    scheme.chars().nth(1).is_some() && scheme.chars().all(word)
}

/// A host with what may follow it.
fn is_host(text: &str) -> bool {
    let end = text.find(['/', '?', '#', ':']).unwrap_or(text.len());
    let (host, behind) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let port =
        behind.strip_prefix(':').map(|behind| behind.split(['/', '?', '#']).next().unwrap_or_default());
    if port.is_some_and(|port| !(2..=5).contains(&port.len()) || !port.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    is_number(host) || is_name(host)
}

fn is_name(host: &str) -> bool {
    let Some((labels, domain)) = host.rsplit_once('.') else { return false };
    let small = |c: char| c.is_alphabetic() && !c.is_uppercase();
    let letters = domain.chars().count();
    (2..=63).contains(&letters) && domain.chars().all(small) && labels.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\u{a1}'..='\u{ffff}');
    let outer = |c: char| inner(c) && c != '_' && c != '-';
    (1..=64).contains(&label.chars().count())
        && label.chars().all(inner)
        && label.starts_with(outer)
        && label.ends_with(outer)
}

/// Four numbers below 256.
fn is_number(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.len() <= 3 && part.parse::<u8>().is_ok())
}

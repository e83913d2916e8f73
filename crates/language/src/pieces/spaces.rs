//! The frame of SentencePiece's normaliser: what is mapped is replaced, spaces are folded and written as `▁`.

pub(super) const SPACE: &[u8] = "▁".as_bytes();

/// The normalised text, begun by one `▁`; empty for a text of nothing but spaces.
///
/// `map` says what the longest mapped sequence at the begin of the bytes becomes, and how many bytes it takes. What is
/// not mapped stays as it is.
pub(crate) fn fold<'a>(text: &'a str, map: impl Fn(&'a [u8]) -> Option<(&'a [u8], usize)>) -> String {
    let raw = text.as_bytes();
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 4 + 8);
    let mut after_space = true;
    let mut at = 0;
    while at < raw.len() {
        let (mut piece, used) = map(&raw[at..]).unwrap_or_else(|| character(&raw[at..]));
        at += used;
        while after_space && piece.first() == Some(&b' ') {
            piece = &piece[1..];
        }
        let Some(last) = piece.last() else { continue };
        if out.is_empty() {
            out.extend_from_slice(SPACE);
        }
        for byte in piece {
            match byte {
                b' ' => out.extend_from_slice(SPACE),
                other => out.push(*other),
            }
        }
        after_space = *last == b' ';
    }
    while out.ends_with(SPACE) {
        out.truncate(out.len() - SPACE.len());
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The first character as it is.
fn character(raw: &[u8]) -> (&[u8], usize) {
    let end = (1..raw.len()).find(|next| raw[*next] & 0xC0 != 0x80).unwrap_or(raw.len());
    (&raw[..end], end)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spaces_are_folded_and_written_as_marks() {
        assert_eq!(fold("  peace   talks ", |_| None), "▁peace▁talks");
        assert_eq!(fold("переговори", |_| None), "▁переговори");
        assert_eq!(fold("   ", |_| None), "");
    }

    #[test]
    fn what_is_mapped_is_replaced() {
        let map = |raw: &'static [u8]| raw.starts_with("…".as_bytes()).then_some((&b"..."[..], 3));
        assert_eq!(fold("wait… now", map), "▁wait...▁now");
    }
}

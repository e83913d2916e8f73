//! What is taken off the ends of a chunk, in bytes.

/// Punctuation that stands alone wherever it is.
const PUNCTUATION: &str = "…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪";

const QUOTES: &str = "'\"”“`‘´’‚,„»«「」『』（）〔〕【】《》〈〉〈〉⟦⟧";

const CURRENCIES: &str = "$£€¥฿₽﷼₴₠₡₢₣₤₥₦₧₨₩₪₫₭₮₯₰₱₲₳₵₶₷₸₹₺₻₼₾₿";

/// Currencies of several letters.
const LONG_CURRENCIES: &[&str] = &["US$", "C$", "A$"];

/// Units that are parted from a number.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "km", "km²", "km³", "m", "m²", "m³", "dm", "dm²", "dm³", "cm", "cm²", "cm³", "mm", "mm²", "mm³", "ha", "µm", "nm",
    "yd", "in", "ft", "kg", "g", "mg", "µg", "t", "lb", "oz", "m/s", "km/h", "kmh", "mph", "hPa", "Pa", "mbar", "mb",
    "MB", "kb", "KB", "gb", "GB", "tb", "TB", "T", "G", "M", "K", "%", "км", "км²", "км³", "м", "м²", "м³", "дм", "дм²",
    "дм³", "см", "см²", "см³", "мм", "мм²", "мм³", "нм", "кг", "г", "мг", "м/с", "км/ч", "кПа", "Па", "мбар", "Кб",
    "КБ", "кб", "Мб", "МБ", "мб", "Гб", "ГБ", "гб", "Тб", "ТБ",
];

/// Bytes of the punctuation in front, 0 for none.
pub(super) fn prefix(text: &str) -> usize {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return 0 };
    let second = letters.next();
    if first == '.' {
        let dots = text.len() - text.trim_start_matches('.').len();
        return if dots > 1 { dots } else { 0 };
    }
    if first == '+' {
        return usize::from(!second.is_some_and(|c| c.is_ascii_digit()));
    }
    if matches!(first, '§' | '%' | '=' | '—' | '–')
        || PUNCTUATION.contains(first)
        || QUOTES.contains(first)
        || CURRENCIES.contains(first)
        || is_icon(first)
    {
        return first.len_utf8();
    }
    LONG_CURRENCIES.iter().find(|sign| text.starts_with(**sign)).map_or(0, |sign| sign.len())
}

/// Bytes of the punctuation behind, 0 for none: the longest that a rule finds.
pub(super) fn suffix(text: &str) -> usize {
    let mut letters = text.chars().rev();
    let Some(last) = letters.next() else { return 0 };
    let before = letters.next();
    let mut longest = 0;
    let single = PUNCTUATION.contains(last) || QUOTES.contains(last) || matches!(last, '—' | '–');
    if single || is_icon(last) {
        longest = last.len_utf8();
    }
    if last == '…' && before == Some('…') {
        longest = 2 * last.len_utf8();
    }
    if matches!(last, 's' | 'S')
        && let Some(mark @ ('\'' | '’')) = before
    {
        longest = 1 + mark.len_utf8();
    }
    if last == '.' {
        longest = full_stop(text, before, letters.next());
    }
    let number = |c: Option<char>| c.is_some_and(|c| c.is_numeric());
    if last == '+' && number(before) {
        longest = 1;
    }
    longest.max(unit(text))
}

/// A full stop comes off behind small letters, figures and closing marks, and behind two capitals; dots together
/// come off together.
fn full_stop(text: &str, before: Option<char>, second: Option<char>) -> usize {
    let dots = text.len() - text.trim_end_matches('.').len();
    let Some(before) = before else { return 0 };
    if dots > 1 {
        return dots;
    }
    let closes = |c: char| {
        c.is_ascii_digit()
            || is_small(c)
            || matches!(c, '%' | '²' | '-' | '+' | '|' | '?')
            || PUNCTUATION.contains(c)
            || QUOTES.contains(c)
    };
    let degrees = matches!(before, 'F' | 'f' | 'C' | 'c' | 'K' | 'k') && second == Some('°');
    usize::from(closes(before) || degrees || is_capital(before) && second.is_some_and(is_capital))
}

/// The longest unit or currency behind a figure.
fn unit(text: &str) -> usize {
    let behind_figure = |sign: &str| {
        let rest = text.strip_suffix(sign);
        rest.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    };
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let units = UNITS.iter().chain(LONG_CURRENCIES).filter(|unit| behind_figure(unit)).map(|unit| unit.len());
    let last = text.chars().next_back().filter(|c| CURRENCIES.contains(*c));
    let currency = last.filter(|c| behind_figure(c.encode_utf8(&mut [0; 4]))).map_or(0, char::len_utf8);
    units.max().unwrap_or_default().max(currency)
}

pub(super) fn is_quote(c: char) -> bool {
    QUOTES.contains(c)
}

/// A small letter, or a letter of a script that has no capitals.
pub(super) fn is_small(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase()
}

/// A capital, or a letter of a script that has none.
pub(super) fn is_capital(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase()
}

/// Symbols and pictures (Unicode category So, its common blocks).
pub(super) fn is_icon(c: char) -> bool {
    matches!(u32::from(c),
        0xA6 | 0xA9 | 0xAE | 0xB0 | 0x2100..=0x2101 | 0x2103..=0x2106 | 0x2108..=0x2109 | 0x2114 | 0x2116..=0x2117
        | 0x211E..=0x2123 | 0x2195..=0x2199 | 0x219C..=0x219F | 0x21A1..=0x21A2 | 0x21A4..=0x21A5
        | 0x21A7..=0x21AD | 0x21AF..=0x21CD | 0x21D5..=0x21F3 | 0x2300..=0x2307 | 0x230C..=0x231F
        | 0x2322..=0x2328 | 0x232B..=0x237B | 0x237D..=0x239A | 0x23E2..=0x2426 | 0x249C..=0x24E9
        | 0x2500..=0x25B6 | 0x25B8..=0x25C0 | 0x25C2..=0x25F7 | 0x2600..=0x266E | 0x2670..=0x2767
        | 0x2794..=0x27BF | 0x2800..=0x28FF | 0x2B00..=0x2B2F | 0xFFFC..=0xFFFD | 0x1F000..=0x1F02B
        | 0x1F0A0..=0x1F0F5 | 0x1F110..=0x1F1AC | 0x1F1E6..=0x1F202 | 0x1F300..=0x1F3FA | 0x1F400..=0x1F6D4
        | 0x1F6E0..=0x1F6EC | 0x1F6F0..=0x1F6F9 | 0x1F700..=0x1F773 | 0x1F900..=0x1F9FF)
}

//! Languages in pages: `lang` and `dir` of foreign text, and what a language calls itself.

use news::Language;

/// ` lang="ar" dir="rtl"`, or ` dir="auto"` when the language is not known: attributes for text that strangers
/// wrote. A code is two or three ASCII letters, so it needs no escaping.
pub(crate) fn attributes(language: &Language) -> String {
    if !language.is_known() {
        return r#" dir="auto""#.to_owned();
    }
    let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
    format!(r#" lang="{language}" dir="{direction}""#)
}

/// The language's own name for itself; its code when that is not known here.
pub(crate) fn name(language: &Language) -> String {
    let name = match language.code() {
        "ar" => "العربية",
        "bg" => "Български",
        "ca" => "Català",
        "cs" => "Čeština",
        "da" => "Dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "et" => "Eesti",
        "fa" => "فارسی",
        "fi" => "Suomi",
        "fr" => "Français",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "hr" => "Hrvatski",
        "hu" => "Magyar",
        "id" => "Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "lt" => "Lietuvių",
        "lv" => "Latviešu",
        "nb" | "no" => "Norsk",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "ro" => "Română",
        "ru" => "Русский",
        "sk" => "Slovenčina",
        "sl" => "Slovenščina",
        "sr" => "Српски",
        "sv" => "Svenska",
        "th" => "ไทย",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "ur" => "اردو",
        "vi" => "Tiếng Việt",
        "zh" => "中文",
        "und" => "Other",
        code => return code.to_uppercase(),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_says_its_language_and_direction() {
        assert_eq!(attributes(&Language::parse("ar")), r#" lang="ar" dir="rtl""#);
        assert_eq!(attributes(&Language::ENGLISH), r#" lang="en" dir="ltr""#);
        assert_eq!(attributes(&Language::UNKNOWN), r#" dir="auto""#);
    }
}

//! Names of months -> their numbers, in the languages that news is commonly written in.

/// Beginnings of names, lower case; the longest one that fits counts. A stem that two languages use for
/// different months has the meaning of the language with more outlets (`listopad` is November, as in Polish
/// and Czech; Croatian means October).
#[rustfmt::skip]
const STEMS: [(i64, &[&str]); 12] = [
    (1, &["jan", "jän", "jän", "ene", "gen", "ian", "oca", "sty", "led", "sij", "tam", "saus", "jaan", "янв", "січ", "яну", "јан", "сту",
          "ιαν", "ιαν", "يناير", "ינו", "जन"]),
    (2, &["feb", "fev", "fév", "şub", "lut", "úno", "velj", "hel", "vas", "veeb", "фев", "лют", "феб", "φεβ", "فبراير", "פבר", "फ"]),
    (3, &["mar", "mär", "mrz", "már", "maa", "bře", "ožu", "kov", "märts", "marz", "мар", "бер", "сак", "μαρ", "μάρ", "مارس", "מרץ", "मार्च"]),
    (4, &["apr", "avr", "abr", "ápr", "nis", "kwi", "dub", "tra", "huh", "bal", "апр", "кві", "кра", "απρ", "أبريل", "ابريل", "إبريل", "אפר",
          "अप्र"]),
    (5, &["may", "mai", "maj", "mei", "mag", "máj", "maí", "kvě", "svi", "tou", "geg", "май", "мая", "тра", "мај", "μαι", "μαΐ", "μάι", "مايو",
          "מאי", "मई"]),
    (6, &["jun", "jui", "juin", "giu", "iun", "jún", "haz", "cze", "červ", "lipan", "lipnj", "kes", "bir", "juun", "июн", "чер", "юни", "јун", "чэр",
          "ιουν", "ιούν", "يونيو", "יונ", "जून"]),
    (7, &["jul", "juil", "lug", "iul", "júl", "tem", "lip", "červenec", "července", "červenc", "srpan", "srpnj", "hei", "lie", "juul", "июл", "лип",
          "юли", "јул", "ліп", "ιουλ", "ιούλ", "يوليو", "יול", "जुल"]),
    (8, &["aug", "ago", "aoû", "aou", "ağu", "agu", "sie", "srp", "kol", "elo", "rugp", "авг", "сер", "жні", "αυγ", "αύγ", "أغسطس", "اغسطس",
          "אוג", "अग"]),
    (9, &["sep", "set", "sze", "eyl", "wrz", "zář", "ruj", "syy", "rugs", "сен", "вер", "сеп", "σεπ", "سبتمبر", "ספט", "सित"]),
    (10, &["oct", "okt", "out", "ott", "eki", "paź", "říj", "lok", "spa", "окт", "жов", "кас", "οκτ", "أكتوبر", "اكتوبر", "אוק", "अक"]),
    (11, &["nov", "noi", "kas", "lis", "stu", "marras", "lap", "ноя", "ное", "лис", "нов", "ліс", "νοε", "νοέ", "نوفمبر", "נוב", "नव"]),
    (12, &["dec", "dez", "dic", "déc", "des", "ara", "gru", "pro", "jou", "det", "дек", "гру", "дец", "сне", "δεκ", "ديسمبر", "דצמ", "दिस"]),
];

/// The month that `word` (lower case) names.
pub(super) fn month_of(word: &str) -> Option<i64> {
    let word = word.strip_prefix('ב').unwrap_or(word);
    let fits = |stem: &str| word.starts_with(stem);
    let best = STEMS.iter().flat_map(|(month, stems)| stems.iter().map(move |stem| (*month, *stem)));
    best.filter(|(_, stem)| fits(stem)).max_by_key(|(_, stem)| stem.len()).map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use super::month_of;

    #[test]
    fn the_longest_stem_counts() {
        let check = |word, month| assert_eq!(month_of(word), month, "{word}");
        check("november", Some(11));
        check("marraskuuta", Some(11));
        check("mars", Some(3));
        check("července", Some(7));
        check("června", Some(6));
        check("juillet", Some(7));
        check("juin", Some(6));
        check("בינואר", Some(1));
        check("gmt", None);
    }
}

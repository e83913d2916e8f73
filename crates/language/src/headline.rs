//! A headline without what is not part of it: the outlet's name behind it, the rubric in front of it.

/// The headline itself. What is cut is always a whole part; a headline never becomes empty.
pub(crate) fn clean(title: &str) -> &str {
    without_outlet(without_rubric(title.trim()))
}

/// Rubrics in front of a headline, before `:`, `|` or a dash; lower case.
#[rustfmt::skip]
const RUBRICS: &[&str] = &[
    "opinion", "op-ed", "oped", "live", "live updates", "live blog", "liveblog", "breaking", "breaking news",
    "watch", "watch live", "exclusive", "video", "videos", "photos", "podcast", "editorial", "analysis", "update",
    "updated", "explainer", "explained", "fact check", "interview", "just in", "developing", "in pictures",
    "comment", "commentary", "listen", "newsletter", "morning briefing", "urgent", "the latest", "latest", "sports news", "world news",
    "business news", "recap", "in brief",
    "meinung", "kommentar", "eilmeldung", "liveticker", "live-ticker", "newsticker", "ticker", "exklusiv", "analyse",
    "newsblog", "faktencheck", "eil",
    "en direct", "direct", "vidéo", "vidéos", "exclusif", "tribune", "éditorial", "opinions", "alerte", "entretien", "info",
    "en directo", "en vivo", "directo", "última hora", "opinión", "vídeo", "vídeos", "exclusiva", "análisis", "urgente",
    "ao vivo", "opinião", "análise", "exclusivo", "diretta", "in diretta", "opinione", "esclusiva",
    "мнение", "срочно", "видео", "эксклюзив", "онлайн", "прямой эфир", "обновлено", "молния", "фото",
    "думка", "терміново", "відео", "ексклюзив", "наживо", "оновлено", "інтерв'ю", "аналіз",
];

/// Longest rubric in bytes, with room.
const LONGEST_RUBRIC: usize = 48;

fn without_rubric(title: &str) -> &str {
    let mut rest = title;
    // `WATCH LIVE: Opinion | …` has two.
    for _ in 0..2 {
        let Some((at, mark)) =
            rest.char_indices().find(|(_, c)| matches!(c, ':' | '|' | '–' | '—' | '-' | '•'))
        else {
            return rest;
        };
        // A hyphen inside the rubric (`Op-Ed`) is no mark.
        let at =
            if mark == '-' { rest.find(" - ").or_else(|| rest.find([':', '|'])).unwrap_or(at) } else { at };
        let rubric = rest.get(..at).unwrap_or_default().trim().to_lowercase();
        if at > LONGEST_RUBRIC || !RUBRICS.contains(&rubric.as_str()) && !is_ticker(&rubric) {
            return rest;
        }
        let behind = rest.get(at..).unwrap_or_default();
        let behind = behind.trim_start_matches([' ', ':', '|', '–', '—', '-', '•']);
        if behind.split_whitespace().nth(1).is_none() {
            return rest;
        }
        rest = behind;
    }
    rest
}

/// What a running report calls itself, behind a word or two for the affair: `Harbour fire latest`, `Olympia-Ticker`.
#[rustfmt::skip]
const TICKERS: &[&str] = &[
    "latest", "live updates", "live blog", "liveblog", "updates live", "ticker", "liveticker", "live-ticker", "newsticker", "newsblog",
    "en direct", "en directo", "en vivo", "ao vivo", "in diretta", "онлайн", "наживо",
];

/// Words for the affair in front of that at most.
const AFFAIR_WORDS: usize = 2;

/// What stands under it one after the other is of many happenings, so that the affair's name joins what is apart.
fn is_ticker(rubric: &str) -> bool {
    let affair = TICKERS.iter().find_map(|ticker| rubric.strip_suffix(ticker)?.strip_suffix([' ', '-']));
    affair.is_some_and(|affair| affair.split_whitespace().count() <= AFFAIR_WORDS)
}

/// The same behind a headline: ` – live`, ` - as it happened`.
fn is_running(tail: &str) -> bool {
    const RUNNING: &[&str] = &["live", "as it happened", "in pictures", "update", "updates"];
    let of_affair = || tail.ends_with(" live") && tail.split_whitespace().count() <= 1 + AFFAIR_WORDS;
    RUNNING.contains(&tail) || TICKERS.contains(&tail) || of_affair()
}

/// Separators in front of an outlet's name, the surest first.
const SEPARATORS: &[&str] = &[" | ", " · ", " • ", " — ", " – ", " - ", " » ", " :: "];

/// Words of an outlet's name at most.
const OUTLET_WORDS: usize = 5;

/// Words that a headline must keep when a dash goes; a bar may leave two.
const KEPT_WORDS: usize = 4;

fn without_outlet(title: &str) -> &str {
    for separator in SEPARATORS {
        let Some(at) = title.rfind(separator) else { continue };
        let (head, tail) =
            (title.get(..at).unwrap_or_default(), title.get(at + separator.len()..).unwrap_or_default());
        let sure = matches!(*separator, " | " | " :: " | " · " | " • ");
        let kept = head.split_whitespace().count();
        let running = is_running(&tail.trim().to_lowercase());
        if kept >= if sure { 2 } else { KEPT_WORDS } && (running || looks_like_outlet(tail, sure)) {
            return head.trim_end();
        }
    }
    title
}

/// Few words, all capitalised but for small ones, without the marks of a sentence. Behind a dash one word is
/// too often the headline's own ("Trump meets envoys - Kremlin"), so that it must look like a site or an
/// outlet.
fn looks_like_outlet(tail: &str, sure: bool) -> bool {
    let words: Vec<&str> = tail.split_whitespace().collect();
    let sentence: &[char] = &['?', '!', ':', '"', '“', '«'];
    // `| The Valley Post, Ostvik`: behind a bar the place may follow.
    let marks = |c: char| sentence.contains(&c) || c == ',' && !sure;
    if words.is_empty() || words.len() > OUTLET_WORDS || tail.contains(marks) {
        return false;
    }
    let capital = |word: &&str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let capitals = words.iter().filter(|word| capital(word)).count();
    let site = |word: &&str| {
        word.rsplit_once('.').is_some_and(|(name, zone)| name.len() > 1 && (2..=4).contains(&zone.len()))
    };
    let shaped = capitals * 2 > words.len() && capital(&words[0]) || words.iter().any(site);
    shaped && (sure || words.iter().any(site) || words.iter().any(|word| is_outlet_word(word)))
}

/// Words by which outlets call themselves.
fn is_outlet_word(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "news", "times", "post", "journal", "herald", "tribune", "daily", "today", "online", "press", "gazette",
        "guardian", "reuters", "bbc", "cnn", "nbc", "abc", "cbs", "fox", "npr", "ap", "afp", "dw", "france24", "aljazeera",
        "jazeera", "politico", "bloomberg", "zeitung", "spiegel", "tagesschau", "stern", "welt", "zeit", "faz", "sz",
        "zdf", "ard", "figaro", "monde", "parisien", "libération", "euronews", "país", "mundo", "abc", "globo", "folha",
        "tv", "radio", "media", "magazine", "chronicle", "independent", "telegraph", "mail", "express", "mirror",
        "sun", "standard", "observer", "star", "register", "week", "newsweek", "insider", "report", "wire", "agency",
        "broadcasting", "newspaper", "newspapers", "review", "dispatch", "sentinel", "examiner", "inquirer", "bulletin", "record",
        "ledger", "courier", "globe", "advertiser", "argus", "echo", "nachrichten", "anzeiger", "rundschau", "presse", "blatt",
        "kurier", "rheinpfalz", "merkur", "courrier", "dépêche", "voix", "quotidien", "diario", "diário", "prensa", "gaceta", "gazeta",
        "jornal", "noticias", "notícias", "voz", "deportes", "deportivo", "desporto", "esportes", "esportiva", "universal", "nación",
        "informador", "independiente", "independente", "estado", "estadão", "digital", "portal", "corriere", "repubblica", "gazzetta",
        "giornale", "stampa", "газета", "вести", "время", "спорт", "вісті",
        "тасс", "риа", "интерфакс", "коммерсантъ", "ведомости", "известия", "лента", "правда", "новости", "укринформ",
        "укрінформ", "новини", "тсн", "nytimes", "axios", "variety", "forbes", "cnbc", "sky", "network", "channel",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    is_call_sign(word) || WORDS.contains(&word.to_lowercase().as_str())
}

/// A station of the United States: `WKLB`, `KSAT-TV`.
fn is_call_sign(word: &str) -> bool {
    let letters = word.strip_suffix("-TV").unwrap_or(word);
    letters.len() == 4 && letters.starts_with(['K', 'W']) && letters.chars().all(|c| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn outlets_and_rubrics_go() {
        let check = |title: &str, expect: &str| assert_eq!(clean(title), expect, "{title}");
        check("Bridge opens after ten years | The Valley Post", "Bridge opens after ten years");
        check("Bridge opens after ten years - Valley Times", "Bridge opens after ten years");
        check("Bridge opens after ten years | The Valley Post, Ostvik", "Bridge opens after ten years");
        check("Bridge opens after ten years - WKLB", "Bridge opens after ten years");
        check("Ponte abre após dez anos - Diário de Ostvik", "Ponte abre após dez anos");
        check("Talks go on in the old town – example.org", "Talks go on in the old town");
        check("LIVE UPDATES: Storm reaches coast", "Storm reaches coast");
        check("Op-Ed | Why the bridge matters", "Why the bridge matters");
        check("Opinion: Why the bridge matters", "Why the bridge matters");
        check("Harbour fire latest: Two crews still at sea", "Two crews still at sea");
        check("Regatta-Ticker: Segler warten auf Wind", "Segler warten auf Wind");
        check("Two crews still at sea off Ostvik – live", "Two crews still at sea off Ostvik");
        check("Two crews still at sea off Ostvik | Harbour fire live", "Two crews still at sea off Ostvik");
        check("Eilmeldung: Brücke gesperrt in Ulm", "Brücke gesperrt in Ulm");
        check("Срочно: мост закрыт на неделю", "мост закрыт на неделю");
    }

    #[test]
    fn headlines_stay_whole() {
        for title in [
            "Trump - Putin",
            "Live",
            "Minister will meet union leaders soon - Kremlin",
            "Trump meets envoys - Putin",
            "Nobody is to blame for the delay - KREMLIN",
            "Bridge opens after ten years - Ostvik, capital of the north",
            "Berlin: Brücke gesperrt",
            "Opinion: no",
            "What the harbour master said last and latest: no word",
            "Two crews still at sea and barely alive",
            "Why? - A long answer to a short question asked by many",
        ] {
            assert_eq!(clean(title), title);
        }
    }
}

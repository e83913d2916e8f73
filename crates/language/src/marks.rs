//! What headline and lead speak of, in one form for all languages: what happens, which countries, where it happens.
//! By this articles meet that share no word, and by this those keep apart that share many.

mod capital;

use crate::gazetteer::Gazetteer;
use crate::hash::WordSet;
use crate::latin;
use crate::lines::deeds;
use crate::names::cues;
use crate::seats::Seats;
use crate::terms::normalise;
use crate::token::{Token, TokenKind};
use news::{Language, Mark, MarkKind, Name, NameKind, Span};

/// Words of a lead that are looked at: the first sentence or two.
const LEAD_WORDS: usize = 40;
/// Marks of one article at most.
const MOST: usize = 64;
/// Letters by which a name is known whatever its ending: `Virrat`, `Virratin`.
const BEGINNING: usize = 5;

/// Words in front of the place where something happens.
#[rustfmt::skip]
const LOCATIVE: &[(&str, &[&str])] = &[
    ("en", &["in", "at", "near", "off", "outside", "around", "above", "on", "across", "over"]),
    ("de", &["in", "bei", "nahe", "vor", "auf", "am", "um", "über", "aus"]),
    ("fr", &["à", "en", "au", "aux", "dans", "sur", "vers"]),
    ("es", &["en", "sobre"]),
    ("it", &["in", "a", "nel", "nella", "vicino"]),
    ("pt", &["em", "no", "na", "nos", "nas"]),
    ("uk", &["у", "в", "на", "під", "біля", "над"]),
    ("ru", &["в", "во", "на", "под", "у", "близ", "над"]),
];

/// Words for a piece of land or water, which has its name behind [`OF`]: *the forest of Brossac*.
#[rustfmt::skip]
const LAND: &[(&str, &[&str])] = &[
    ("en", &["city", "town", "village", "port", "island", "forest", "valley", "province", "region", "district", "gulf",
             "strait", "bay", "lake", "coast", "mountains", "suburb", "outskirts"]),
    ("fr", &["ville", "village", "port", "île", "forêt", "vallée", "province", "région", "golfe", "détroit", "baie", "lac",
             "côte", "massif"]),
    ("es", &["ciudad", "pueblo", "aldea", "puerto", "isla", "bosque", "valle", "provincia", "región", "golfo", "estrecho",
             "bahía", "lago", "costa"]),
    ("de", &["insel", "stadt", "ort", "gemeinde", "dorf", "wald", "tal", "hafen"]),
];
const OF: &[&str] = &["of", "de", "d", "von"];
/// Languages that put one name beside another to say whose it is.
const SLAVIC: &[&str] = &["uk", "ru"];

/// A headline or text with its tokens.
pub(crate) struct Part<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
}

impl<'a> Part<'a> {
    /// A word with a capital that may stand within the name of something else: *Bank of England*, *Флот Росії*, *US-Marine*.
    fn within_a_name(&self, at: usize, language: Language) -> Option<&'a str> {
        let word = |at: usize| self.tokens.get(at).map(|token| token.span.of(self.text));
        let behind_of = || {
            let before = at.checked_sub(1).and_then(word);
            before.is_some_and(|before| OF.contains(&normalise(before).as_str()))
        };
        let written = word(at).filter(|word| word.starts_with(char::is_uppercase))?;
        let within = SLAVIC.contains(&language.code()) || self.gap(at + 1) == "-" || behind_of();
        within.then_some(written)
    }

    /// What stands between a token and the one before it.
    fn gap(&self, at: usize) -> &'a str {
        let end = |at: usize| self.tokens.get(at).map(|token| token.span.end);
        let before = at.checked_sub(1).and_then(end).unwrap_or_default();
        let here = self.tokens.get(at).map_or(before, |token| token.span.start);
        self.text.get(before as usize..here as usize).unwrap_or_default()
    }
}

/// A mark and where it first stands, in the headline or in the text: as far as that is known.
#[derive(Clone, Debug)]
pub(crate) struct Spotted {
    pub(crate) mark: Mark,
    pub(crate) at: Option<Span>,
}

/// The marks of an article: those of the headline first, each once.
pub(crate) fn marks(title: &Part, body: &Part, names: &[Name], language: Language) -> Vec<Spotted> {
    let known = Known::of(names);
    let mut found = Found::default();
    found.heading(title, &known);
    let lead = Part { text: body.text, tokens: body.tokens.get(..LEAD_WORDS).unwrap_or(body.tokens) };
    for (part, in_title) in [(title, true), (&lead, false)] {
        found.deeds(part, &known.words, language, in_title);
        found.countries(part, names, language, in_title);
        found.scenes(part, &known, language, in_title);
        capital::find(&mut found, part, &known, language, in_title);
        found.seats(names, in_title);
    }
    for name in names.iter().take(MOST / 4) {
        let at = span_of(if name.in_title { title } else { body }, &name.text);
        name.key.split(' ').for_each(|word| found.named(word, name.in_title, at));
    }
    found.0
}

/// Where a text first holds these words.
fn span_of(part: &Part, words: &str) -> Option<Span> {
    let start = part.text.find(words)?;
    Some(Span::new(start, start + words.len()))
}

/// The names of an article, and the words of their keys.
struct Known<'a> {
    names: &'a [Name],
    words: WordSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(names: &'a [Name]) -> Self {
        Self { names, words: names.iter().flat_map(|name| name.key.split(' ')).collect() }
    }

    /// Whether a capital makes a name of this word: German ones tell nothing, there it must be known for one.
    fn allows(&self, word: &str, language: Language) -> bool {
        language.code() != "de" || self.words.contains(latin::key(word).as_str())
    }

    /// The comparable form of a word, as the name has it that begins with it: `Львові` is `lviv`.
    fn key(&self, word: &str) -> String {
        let name = self.names.iter().find(|name| name.text.split(' ').next() == Some(word));
        let key = name.and_then(|name| name.key.split(' ').next());
        key.map_or_else(|| latin::key(word), ToOwned::to_owned)
    }
}

#[derive(Default)]
struct Found(Vec<Spotted>);

impl Found {
    fn add(&mut self, key: &str, kind: MarkKind, in_title: bool) {
        self.add_at(key, kind, in_title, None);
    }

    fn add_at(&mut self, key: &str, kind: MarkKind, in_title: bool, at: Option<Span>) {
        if !self.has(key, kind) && self.0.len() < MOST {
            self.0.push(Spotted { mark: Mark { key: key.to_owned(), kind, in_title, acts: 0 }, at });
        }
    }

    fn has(&self, key: &str, kind: MarkKind) -> bool {
        self.0.iter().any(|found| found.mark.kind == kind && found.mark.key == key)
    }

    fn named(&mut self, word: &str, in_title: bool, at: Option<Span>) {
        if word.chars().nth(2).is_some() {
            self.add_at(&beginning(word), MarkKind::Named, in_title, at);
        }
    }

    fn deeds(&mut self, part: &Part, names: &WordSet<&str>, language: Language, in_title: bool) {
        for key in deeds(part.text, part.tokens, names, language) {
            self.add(key, MarkKind::Deed, in_title);
        }
    }

    /// In the order in which they are spoken of.
    fn countries(&mut self, part: &Part, names: &[Name], language: Language, in_title: bool) {
        let seats = Seats::shared();
        let mut found: Vec<(Option<Span>, &str)> = Vec::new();
        for name in names.iter().filter(|name| name.in_title == in_title) {
            if let Some(code) = seats.of_name(&name.key) {
                found.push((span_of(part, &name.text), code));
            }
        }
        for (at, token) in part.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
            let written = token.span.of(part.text);
            let english = language == Language::ENGLISH;
            if english && !written.starts_with(char::is_uppercase) || written.len() > 96 {
                continue;
            }
            let code = seats
                .of_word(&normalise(written), english)
                .or_else(|| seats.of_genitive(written, language))
                .or_else(|| seats.of_country(part.within_a_name(at, language)?));
            if let Some(code) = code {
                found.push((Some(token.span), code));
            }
        }
        found.sort_by_key(|(at, _)| at.map_or(u32::MAX, |at| at.start));
        found.into_iter().for_each(|(at, code)| self.add_at(code, MarkKind::Country, in_title, at));
    }

    /// Names behind a word that says where.
    fn scenes(&mut self, part: &Part, known: &Known, language: Language, in_title: bool) {
        let of = |words: &'static [(&str, &[&'static str])]| {
            words.iter().find(|(code, _)| *code == language.code()).map(|(_, words)| *words)
        };
        let Some(locative) = of(LOCATIVE) else { return };
        let land = of(LAND).unwrap_or_default();
        let word = |at: usize| part.tokens.get(at).map(|token| token.span.of(part.text));
        let capital = |at: usize| {
            part.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
                && word(at).is_some_and(|word| word.starts_with(char::is_uppercase))
        };
        let is_name = |at: usize| {
            word(at).is_some_and(|word| !cues::is_date(&normalise(word)) && known.allows(word, language))
        };
        for at in 0..part.tokens.len() {
            let Some(before) = word(at).map(normalise) else { continue };
            let is_land = |at: usize| word(at).is_some_and(|word| land.contains(&normalise(word).as_str()));
            let here = locative.contains(&before.as_str())
                || OF.contains(&before.as_str()) && at.checked_sub(1).is_some_and(is_land);
            if here && capital(at + 1) && is_name(at + 1) {
                self.scene(word(at + 1), known, in_title);
            }
        }
    }

    /// A place in front of a colon at the beginning.
    fn heading(&mut self, title: &Part, known: &Known) {
        let Some(colon) = (1..3).find(|at| title.gap(*at).starts_with(':')) else { return };
        let head = title
            .tokens
            .get(colon)
            .map_or("", |behind| title.text.get(..behind.span.start as usize).unwrap_or_default());
        let head = head.trim().trim_end_matches(':').trim_end();
        let place = |name: &&Name| name.kind == NameKind::Place && name.text == head;
        if known.names.iter().any(|name| place(&name)) {
            self.scene(head.split(' ').next(), known, true);
        }
    }

    /// Names of the capital of a country are kept as that too, and as a scene where they are one: "Lima without water" is
    /// where "the capital of Peru" is, though no word says that it happens there.
    fn seats(&mut self, names: &[Name], in_title: bool) {
        let seats = Seats::shared();
        for name in names.iter().filter(|name| name.in_title == in_title) {
            let Some(code) = seats.of_capital(&name.key) else { continue };
            let word = name.key.split(' ').next().map(beginning);
            let here = word.is_some_and(|word| self.has(&word, MarkKind::Scene));
            let kind = if here { MarkKind::Scene } else { MarkKind::Named };
            self.add(&capital::key_of(code), kind, in_title);
        }
    }

    fn scene(&mut self, word: Option<&str>, known: &Known, in_title: bool) {
        let Some(word) = word else { return };
        let key = known.key(word);
        if key.chars().nth(2).is_none() {
            return;
        }
        self.add(&beginning(&key), MarkKind::Scene, in_title);
        if Gazetteer::shared().find(&key, word).is_none() {
            self.add(Mark::SOMEWHERE, MarkKind::Named, false);
        }
    }
}

fn beginning(word: &str) -> String {
    word.chars().take(BEGINNING).collect()
}

#[cfg(test)]
mod tests {
    use crate::Reader;
    use news::{Article, Language, MarkKind};

    /// The marks of a kind in an article, by their keys.
    pub(super) fn of_kind(language: &str, title: &str, lead: &str, kind: MarkKind) -> Vec<String> {
        let mut article = Article::headline(title).with_paragraphs([lead]);
        article.language = Language::parse(language);
        let marks = Reader::new().read(&article).marks;
        marks.into_iter().filter(|mark| mark.kind == kind).map(|mark| mark.key).collect()
    }

    #[test]
    fn where_it_happens() {
        for (language, title, scene) in [
            ("en", "Landslide blocks road near Tavosk", "tavos"),
            ("en", "Rangers search forest of Tavosk", "tavos"),
            ("fr", "Le lac de Tavosk à sec", "tavos"),
            ("es", "Alarma en la isla de Tavosk", "tavos"),
            ("de", "Sturm verwüstet Tavosk", ""),
            ("de", "Schlammlawine bei Tavosk", "tavos"),
            ("de", "Bergrutsch am Tavoskhorn sperrt Straße", "tavos"),
            ("de", "Kundgebung am Montagabend", ""),
            ("en", "Bank of Tavosk closes", ""),
        ] {
            let found = of_kind(language, title, "", MarkKind::Scene);
            assert_eq!(found.first().map_or("", String::as_str), scene, "{title}: {found:?}");
        }
        assert_eq!(of_kind("de", "Sturm verwüstet Tavosk", "", MarkKind::Named), ["tavos"]);
    }

    #[test]
    fn countries_in_the_order_in_which_they_are_spoken_of() {
        for (language, title) in [
            ("en", "Russian jet lands in Peru"),
            ("de", "Russisches Flugzeug landet in Peru"),
            ("es", "Un avión ruso aterriza en Perú"),
        ] {
            assert_eq!(of_kind(language, title, "", MarkKind::Country), ["RU", "PE"], "{title}");
        }
        assert_eq!(of_kind("en", "Peru thanks Russia", "", MarkKind::Country), ["PE", "RU"]);
    }

    #[test]
    fn countries_in_the_forms_that_headlines_give_them() {
        for (language, title, countries) in [
            ("de", "Russlands Flotte vor Perus Küste", "RU PE"),
            ("de", "Perus Flotte von Russland versenkt", "PE RU"),
            ("de", "Irans Präsident droht Israels Armee", "IR IL"),
            ("de", "US-Marine vor Großbritanniens Küste", "US GB"),
            ("de", "Schweizer Zoll stoppt türkische Laster", "CH TR"),
            ("de", "Kreml weist Vorwürfe der Ukraine zurück", "RU UA"),
            ("en", "Russia's navy off Iran's coast", "RU IR"),
            ("en", "US and UK navies off Peru", "US GB PE"),
            ("en", "U.S. Navy off Poland", "US PL"),
            ("en", "Kremlin's answer to Ukrainians", "RU UA"),
            ("en", "Turkish lorries stopped by the Swiss", "TR CH"),
            ("fr", "La marine russe au large de l'Iran", "RU IR"),
            ("fr", "L'armée d'Israël et celle des États-Unis", "IL US"),
            ("fr", "La Suisse arrête des camions turcs", "CH TR"),
            ("es", "EE UU y Rusia frente a Irán", "US RU IR"),
            ("es", "EE.UU. avisa a los polacos", "US PL"),
            ("es", "Estados Unidos avisa a Polonia", "US PL"),
            ("uk", "Флот Росії біля берегів Ірану", "RU IR"),
            ("uk", "США попередили РФ", "US RU"),
            ("uk", "Росіяни обстріляли Польщу", "RU PL"),
            ("uk", "Польща зупинила турецькі вантажівки", "PL TR"),
            ("ru", "Флот России у берегов Ирана", "RU IR"),
            ("ru", "США предупредили РФ", "US RU"),
            ("ru", "Поляки остановили турецкие грузовики", "PL TR"),
            ("ru", "Израиль ударил по Сирии", "IL SY"),
        ] {
            assert_eq!(of_kind(language, title, "", MarkKind::Country).join(" "), countries, "{title}");
        }
    }
}

//! Words of time in the six languages that dates are read in. All lower case; what ends in `*` is a beginning.

use crate::hash::{Map, Set};
use news::Language;
use std::sync::LazyLock;

/// One language's words.
pub(super) struct Lexicon {
    pub(super) months: [&'static str; 12],
    /// Monday first.
    pub(super) weekdays: [&'static str; 7],
    /// Days from the day of publication.
    pub(super) days: &'static [(&'static str, i32)],
    /// One to twelve.
    pub(super) numbers: [&'static str; 12],
    pub(super) day: &'static str,
    pub(super) week: &'static str,
    pub(super) month: &'static str,
    pub(super) year: &'static str,
    /// Before or behind a unit or weekday: the one before, this one, the one to come.
    pub(super) last: &'static str,
    pub(super) this: &'static str,
    pub(super) next: &'static str,
    /// In front of a number: `vor drei Tagen`, and behind: `three days ago`, counted from the publication.
    pub(super) since: &'static str,
    pub(super) ago: &'static str,
    /// Behind: counted from the time told before.
    pub(super) earlier: &'static str,
    pub(super) later: &'static str,
    /// In front of a month or a year alone.
    pub(super) cues: &'static str,
    /// Of what is to come.
    pub(super) future: &'static str,
    /// Between day, month and year.
    pub(super) of: &'static str,
    /// `May 20`: no other of these languages puts the month in front.
    pub(super) month_before_day: bool,
    /// Months and weekdays are written with a capital.
    pub(super) capitals: bool,
}

/// The words of a language; English for those that are not read.
pub(super) fn of(language: Language) -> Option<&'static Lexicon> {
    Some(match language.code() {
        "en" => &ENGLISH,
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        "ru" => &RUSSIAN,
        "uk" => &UKRAINIAN,
        _ => return None,
    })
}

/// The words that a phrase of time can begin with: most words begin none, and are passed over at one look.
#[derive(Default)]
pub(super) struct Openings {
    whole: Set<&'static str>,
    beginnings: Vec<&'static str>,
}

impl Openings {
    /// Those of a lexicon of this language; none for another one.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        static ALL: LazyLock<Map<&'static str, Openings>> = LazyLock::new(|| {
            let codes = ["en", "de", "fr", "es", "ru", "uk"].into_iter();
            codes.filter_map(|code| Some((code, Openings::new(of(Language::parse(code))?)))).collect()
        });
        ALL.get(language.code())
    }

    fn new(lexicon: &'static Lexicon) -> Self {
        let units = [lexicon.day, lexicon.week, lexicon.month, lexicon.year];
        let turns = [lexicon.last, lexicon.this, lexicon.next];
        let lists = lexicon.months.iter().chain(&lexicon.weekdays).chain(&lexicon.numbers);
        let lists = lists.copied().chain(units).chain(turns).flat_map(|words| words.split(' '));
        let mut openings = Self::default();
        for word in lists.chain(lexicon.days.iter().map(|(day, _)| *day)) {
            match word.strip_suffix('*') {
                Some(beginning) => openings.beginnings.push(beginning),
                None => _ = openings.whole.insert(word),
            }
        }
        openings
    }

    /// Whether a phrase may begin with the word: with a figure, a month, a day, a unit, a number or what turns them.
    pub(super) fn has(&self, word: &str) -> bool {
        word.bytes().any(|byte| byte.is_ascii_digit())
            || self.whole.contains(word)
            || self.beginnings.iter().any(|beginning| word.starts_with(beginning))
    }
}

/// Whether `word` is one of `words`, parted by spaces.
pub(super) fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| match known.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => known == word,
    })
}

const ENGLISH: Lexicon = Lexicon {
    months: [
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ],
    weekdays: [
        "monday mon",
        "tuesday tue tues",
        "wednesday wed",
        "thursday thu thurs",
        "friday fri",
        "saturday",
        "sunday",
    ],
    days: &[("today", 0), ("tonight", 0), ("yesterday", -1), ("tomorrow", 1)],
    numbers: [
        "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ],
    day: "day days",
    week: "week weeks",
    month: "month months",
    year: "year years",
    last: "last past",
    this: "this",
    next: "next coming",
    since: "",
    ago: "ago",
    earlier: "earlier before previously",
    later: "later after",
    cues: "in since until till by during early late mid from of before after last next this through to",
    future: "will shall due scheduled expected planned plans next coming would until by",
    of: "of",
    month_before_day: true,
    capitals: true,
};

const GERMAN: Lexicon = Lexicon {
    months: [
        "januar jan jänner",
        "februar feb",
        "märz mär",
        "april apr",
        "mai",
        "juni jun",
        "juli jul",
        "august aug",
        "september sept sep",
        "oktober okt",
        "november nov",
        "dezember dez",
    ],
    weekdays: [
        "montag* mo",
        "dienstag*",
        "mittwoch*",
        "donnerstag*",
        "freitag*",
        "samstag* sonnabend*",
        "sonntag*",
    ],
    days: &[("heute", 0), ("gestern", -1), ("vorgestern", -2), ("morgen", 1), ("übermorgen", 2)],
    numbers: [
        "ein eine einem einer",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ],
    day: "tag tage tagen tages",
    week: "woche wochen",
    month: "monat monate monaten monats",
    year: "jahr jahre jahren jahres",
    last: "letzt* vergangen* vorig*",
    this: "dies*",
    next: "nächst* kommend*",
    since: "vor",
    ago: "",
    earlier: "zuvor vorher früher davor",
    later: "später danach darauf",
    cues: "im in seit bis ende anfang mitte jahr jahre von ab vom",
    future: "wird werden soll sollen will wollen nächst* kommend* bis",
    of: "",
    month_before_day: false,
    capitals: true,
};

const FRENCH: Lexicon = Lexicon {
    months: [
        "janvier janv",
        "février févr",
        "mars",
        "avril avr",
        "mai",
        "juin",
        "juillet juil",
        "août",
        "septembre sept",
        "octobre oct",
        "novembre nov",
        "décembre déc",
    ],
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    days: &[("aujourd'hui", 0), ("hier", -1), ("avant-hier", -2), ("demain", 1), ("après-demain", 2)],
    numbers: [
        "un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    ],
    day: "jour jours",
    week: "semaine semaines",
    month: "mois",
    year: "an ans année années",
    last: "dernier dernière passé passée",
    this: "ce cet cette",
    next: "prochain prochaine",
    since: "a",
    ago: "",
    earlier: "auparavant tôt avant",
    later: "tard après",
    cues: "en depuis fin début mi de dès avant après jusqu'en courant",
    future: "sera seront doit doivent va vont aura auront prochain prochaine",
    of: "de",
    month_before_day: false,
    capitals: false,
};

const SPANISH: Lexicon = Lexicon {
    months: [
        "enero ene",
        "febrero feb",
        "marzo",
        "abril abr",
        "mayo",
        "junio jun",
        "julio jul",
        "agosto ago",
        "septiembre setiembre sept",
        "octubre oct",
        "noviembre nov",
        "diciembre dic",
    ],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    days: &[("hoy", 0), ("ayer", -1), ("anteayer", -2), ("mañana", 1)],
    numbers: [
        "un una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce",
    ],
    day: "día días",
    week: "semana semanas",
    month: "mes meses",
    year: "año años",
    last: "pasado pasada último última",
    this: "este esta",
    next: "próximo próxima viene",
    since: "hace",
    ago: "",
    earlier: "antes atrás",
    later: "después",
    cues: "en desde hasta de finales principios mediados",
    future: "será serán irá viajará próximo próxima reunirá deberá",
    of: "de del",
    month_before_day: false,
    capitals: false,
};

const RUSSIAN: Lexicon = Lexicon {
    months: [
        "январ*",
        "феврал*",
        "март марта марте мартом",
        "апрел*",
        "май мая мае",
        "июн*",
        "июл*",
        "август*",
        "сентябр*",
        "октябр*",
        "ноябр*",
        "декабр*",
    ],
    weekdays: [
        "понедельник*",
        "вторник*",
        "среда среду среды среде",
        "четверг*",
        "пятниц*",
        "суббот*",
        "воскресень*",
    ],
    days: &[("сегодня", 0), ("вчера", -1), ("позавчера", -2), ("завтра", 1), ("послезавтра", 2)],
    numbers: [
        "один одну",
        "два две",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
        "одиннадцать",
        "двенадцать",
    ],
    day: "день дня дней днём",
    week: "недел*",
    month: "месяц*",
    year: "год года году лет годом",
    last: "прошл* минувш*",
    this: "этом этой этот эту этого нынешн*",
    next: "следующ* будущ* ближайш*",
    since: "",
    ago: "назад",
    earlier: "ранее раньше до",
    later: "спустя позже",
    cues: "в с до к во конце начале середине",
    future: "будет будут состоится пройдёт пройдет должен должна следующ* предстоит",
    of: "",
    month_before_day: false,
    capitals: false,
};

const UKRAINIAN: Lexicon = Lexicon {
    months: [
        "січ*",
        "лютий лютого лютому",
        "берез*",
        "квіт*",
        "трав*",
        "черв*",
        "лип*",
        "серп*",
        "верес*",
        "жовт*",
        "листопад*",
        "груд*",
    ],
    weekdays: ["понеділ*", "вівтор*", "серед*", "четвер*", "п'ятниц*", "субот*", "неділ*"],
    days: &[
        ("сьогодні", 0),
        ("вчора", -1),
        ("учора", -1),
        ("позавчора", -2),
        ("завтра", 1),
        ("післязавтра", 2),
    ],
    numbers: [
        "один одну",
        "два дві",
        "три",
        "чотири",
        "п'ять",
        "шість",
        "сім",
        "вісім",
        "дев'ять",
        "десять",
        "одинадцять",
        "дванадцять",
    ],
    day: "день дня дні днів",
    week: "тиждень тижня тижні тижнів",
    month: "місяць місяця місяці місяців",
    year: "рік року роки років році",
    last: "минул* торік",
    this: "цього цьому цей",
    next: "наступн*",
    since: "",
    ago: "тому",
    earlier: "раніше до",
    later: "потому пізніше",
    cues: "у в з до від наприкінці початку",
    future: "буде будуть відбудеться має мають наступн*",
    of: "",
    month_before_day: false,
    capitals: false,
};

//! Words by which a headline counts and dates, in the six languages that are read. All lower case; headlines of any other
//! language count by their figures alone.
//!
//! *March* and *May* in English and *mars* in French mean something else as often, and count behind a word of time alone.

use news::Language;

/// One language's words, each list parted by spaces.
pub(super) struct Lexicon {
    /// Places in a row from the first on, whole or without an ending,
    pub(super) ordinals: [&'static str; 15],
    /// and the endings that they take; an empty one is `.`.
    pub(super) endings: &'static str,
    /// What makes figures a place in a row: `12th`, `12e`, `12-й`.
    pub(super) of_figures: &'static str,
    /// Numbers in words.
    pub(super) numbers: &'static str,
    /// January first.
    pub(super) months: [&'static str; 12],
    /// Months that are other words too, and what stands before them where they are months.
    pub(super) doubtful: &'static [(&'static str, u32)],
    pub(super) in_time: &'static str,
    /// What the first words of a headline that looks back are, in this order: `a` year after, через `год` после.
    pub(super) before_a_year: &'static str,
    pub(super) year: &'static str,
    pub(super) after: &'static str,
}

/// The words of a language.
pub(super) fn of(language: Language) -> Option<&'static Lexicon> {
    Some(match language.code() {
        "en" => &ENGLISH,
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        "uk" => &UKRAINIAN,
        "ru" => &RUSSIAN,
        _ => return None,
    })
}

/// Whether a word is one of a list.
pub(super) fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

impl Lexicon {
    /// The place in a row that a word names.
    pub(super) fn ordinal(&self, word: &str) -> Option<u32> {
        let ends = |rest: &str| has(self.endings, if rest.is_empty() { "." } else { rest });
        let names = |stem: &str| word.strip_prefix(stem).is_some_and(ends);
        (1..).zip(self.ordinals).find(|(_, stems)| stems.split(' ').any(names)).map(|(count, _)| count)
    }

    /// The month that a word names, from 1 on.
    pub(super) fn month(&self, word: &str) -> Option<u32> {
        (1..).zip(self.months).find(|(_, forms)| has(forms, word)).map(|(number, _)| number)
    }
}

#[rustfmt::skip]
const ENGLISH: Lexicon = Lexicon {
    ordinals: [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth",
    ],
    endings: ".",
    of_figures: "st nd rd th",
    numbers: "two three four five six seven eight nine ten eleven twelve dozen dozens",
    months: [
        "january", "february", "", "april", "", "june", "july", "august", "september", "october", "november", "december",
    ],
    doubtful: &[("march", 3), ("may", 5)],
    in_time: "in since by until last early late mid",
    before_a_year: "a one exactly",
    year: "year years",
    after: "after since",
};

#[rustfmt::skip]
const GERMAN: Lexicon = Lexicon {
    ordinals: [
        "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt siebent", "acht", "neunt", "zehnt", "elft", "zwölft",
        "dreizehnt", "vierzehnt", "fünfzehnt",
    ],
    endings: "e er es en em",
    of_figures: "te ter tes ten tem",
    numbers: "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzend dutzende",
    months: [
        "januar jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
        "dezember",
    ],
    doubtful: &[],
    in_time: "",
    before_a_year: "ein genau",
    year: "jahr jahre",
    after: "nach seit",
};

#[rustfmt::skip]
const FRENCH: Lexicon = Lexicon {
    ordinals: [
        "premier première", "deuxième second seconde", "troisième", "quatrième", "cinquième", "sixième", "septième",
        "huitième", "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième",
    ],
    endings: ". s",
    of_figures: "e er re eme ème è",
    numbers: "deux trois quatre cinq six sept huit neuf dix onze douze dizaine dizaines",
    months: [
        "janvier", "février", "", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
    doubtful: &[("mars", 3)],
    in_time: "en de depuis fin début mi dès",
    before_a_year: "un une",
    year: "an ans année années",
    after: "après",
};

#[rustfmt::skip]
const SPANISH: Lexicon = Lexicon {
    ordinals: [
        "primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim", "undécim",
        "duodécim", "decimotercer", "decimocuart", "decimoquint",
    ],
    endings: ". o a os as",
    of_figures: "º ª o a",
    numbers: "dos tres cuatro cinco seis siete ocho nueve diez once doce decena decenas",
    months: [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre setiembre", "octubre",
        "noviembre", "diciembre",
    ],
    doubtful: &[],
    in_time: "",
    before_a_year: "un",
    year: "año años",
    after: "después tras",
};

#[rustfmt::skip]
const UKRAINIAN: Lexicon = Lexicon {
    ordinals: [
        "перш", "друг", "трет", "четверт", "п'ят", "шост", "сьом", "восьм", "дев'ят", "десят", "одинадцят", "дванадцят",
        "тринадцят", "чотирнадцят", "п'ятнадцят",
    ],
    endings: "ий ій а я е є ого ього ої ьої ому ьому у ю ою ьою им ім і і их іх ими іми",
    of_figures: "й го му ша га тя та те ий ого ої",
    numbers: "два дві двоє три троє чотири четверо п'ять п'ятеро шість шестеро сім семеро вісім дев'ять десять десятки",
    months: [
        "січень січня січні", "лютий лютого лютому", "березень березня березні", "квітень квітня квітні",
        "травень травня травні", "червень червня червні", "липень липня липні", "серпень серпня серпні",
        "вересень вересня вересні", "жовтень жовтня жовтні", "листопад листопада листопаді", "грудень грудня грудні",
    ],
    doubtful: &[],
    in_time: "",
    before_a_year: "через за",
    year: "рік роки років",
    after: "після по",
};

#[rustfmt::skip]
const RUSSIAN: Lexicon = Lexicon {
    ordinals: [
        "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат",
        "тринадцат", "четырнадцат", "пятнадцат",
    ],
    endings: "ый ой ий ая ья ое ье ого ьего ому ьему ую ью ей ьей ом ьем ым ьим ые ьи ых ьих ыми ьими",
    of_figures: "й го му я ая ое ой ый ую ого",
    numbers: "два две двое три трое четыре четверо пять пятеро шесть шестеро семь семеро восемь девять десять десятки",
    months: [
        "январь января январе", "февраль февраля феврале", "март марта марте", "апрель апреля апреле", "май мая мае",
        "июнь июня июне", "июль июля июле", "август августа августе", "сентябрь сентября сентябре",
        "октябрь октября октябре", "ноябрь ноября ноябре", "декабрь декабря декабре",
    ],
    doubtful: &[],
    in_time: "",
    before_a_year: "через",
    year: "год года лет",
    after: "после спустя",
};

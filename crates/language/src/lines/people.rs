//! Whether a number of a sentence counts people, and by what befell them: "12 dead", "killed at least 12", "30
//! Menschen sind bei dem Brand verletzt worden". A number belongs to the nearest such word of its own clause, and only
//! if nothing else is counted by it: "18,000 homes", "four million livres", "aged 96" count nobody. In doubt it counts
//! nobody: no figure is better than a false one.

use super::concepts::{Concepts, Role};
use super::words::Word;
use news::{Language, TermKind};

/// Words between people and what befell them, and of these the ones that say something of their own.
const NEAR: usize = 10;
const ASIDE: usize = 4;
/// Words that may stand between a number and the people that it counts.
const EPITHETS: usize = 2;

/// A number without a word for whom it counts is money or things from here on.
const BARE_MOST: f64 = 100_000.0;

/// Words that lead from what befell people to their number, and nothing else.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "at", "least", "most", "up", "to", "nearly", "almost", "about", "around", "some", "roughly", "approximately", "close",
    "more", "less", "fewer", "than", "over", "all", "the", "other", "another", "further", "only", "were", "are", "as", "many",
    "mindestens", "wenigstens", "etwa", "rund", "fast", "knapp", "über", "mehr", "weniger", "als", "bis", "zu", "weitere",
    "die", "alle", "wurden", "werden", "sind", "worden", "mittlerweile",
    "au", "moins", "plus", "près", "de", "environ", "presque", "quelque", "les", "autres", "ont", "été", "sont",
    "al", "menos", "más", "cerca", "unos", "unas", "casi", "los", "las", "otros", "otras", "a", "fueron", "resultaron",
    "щонайменше", "принаймні", "понад", "більше", "менше", "ніж", "як", "мінімум", "близько", "майже", "приблизно", "до",
    "ще", "було", "були", "не", "менш",
    "минимум", "около", "почти", "примерно", "более", "менее", "больше", "меньше", "чем", "по", "меньшей", "крайней", "мере",
    "как", "еще", "ещё", "свыше", "были", "было",
];
/// Words that may open what a bare number says: "and 12 injured".
const JOINS: &[&str] = &["and", "und", "et", "y", "та", "і", "й", "и"];
/// Words between a number and what it counts that say nothing of it: "three more", "12 of the", "zwei schwer".
#[rustfmt::skip]
const PASSED: &[&str] = &[
    "of", "the", "them", "those", "more", "further", "other", "others", "additional", "confirmed", "seriously", "critically",
    "badly", "slightly", "severely", "feared", "presumed", "reported", "reportedly", "found", "still", "remain", "remained",
    "der", "den", "die", "von", "ihnen", "weitere", "weiteren", "andere", "schwer", "leicht", "lebensgefährlich", "noch",
    "des", "les", "d", "entre", "eux", "autres", "grièvement", "légèrement", "gravement", "encore",
    "de", "los", "las", "ellos", "ellas", "otros", "otras", "más", "gravemente", "levemente",
    "із", "зі", "з", "них", "інших", "ще", "тяжко", "важко", "легко", "из", "еще", "ещё", "тяжело", "других",
];
/// Words between people and what befell them behind which somebody else is spoken of.
#[rustfmt::skip]
const TURNS: &[&str] = &[
    "who", "whom", "whose", "that", "which", "as", "after", "when", "while", "since", "because", "for", "over", "of", "before",
    "until", "if", "not", "without", "against", "and", "but", "or", "during", "seeing",
    "als", "nachdem", "während", "weil", "wenn", "wegen", "gegen", "nicht", "ohne", "und", "aber", "oder", "dass",
    "qui", "que", "dont", "après", "lorsque", "quand", "pour", "contre", "alors", "sans", "pas", "et", "mais", "ou",
    "quien", "quienes", "tras", "después", "cuando", "por", "para", "contra", "mientras", "sin", "no", "y", "pero", "o",
    "які", "яких", "що", "після", "коли", "проти", "без", "не", "та", "і", "але", "або", "через", "щоб",
    "которые", "которых", "что", "после", "когда", "против", "без", "и", "но", "или", "из-за", "чтобы",
];
/// Words that no noun is: behind a word such as "dead" they say that no other noun follows it.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "near", "amid", "following", "aboard", "inside", "outside", "off", "per", "ahead", "despite", "nahe", "infolge", "près",
    "dans", "внаслідок", "унаслідок", "поблизу", "серед", "вследствие", "вблизи", "среди", "вчора", "вночі", "вчера",
];
/// What is counted by name.
#[rustfmt::skip]
const SUMS: &[&str] = &[
    "toll", "number", "count", "tally", "zahl", "anzahl", "opferzahl", "bilanz", "bilan", "nombre", "número", "cifra", "balance",
    "saldo", "число", "числа", "кількість", "кількості", "количество", "количества",
];
/// Words in front of a number that say by how much.
const BY: &[&str] = &["by", "um", "на"];
/// Words between a change and the number that it leads to.
pub(super) const TO: &[&str] = &["to", "auf", "à", "a", "до"];
/// What joins a passive to what befell people.
#[rustfmt::skip]
const PASSIVE: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "wurde", "wurden", "werden", "worden", "sind", "été", "sont", "est",
    "fueron", "fue", "resultaron", "han", "sido", "було", "були", "был", "были", "было",
];
/// Articles behind a verb: what it is done to follows.
const ARTICLES: &[&str] = &["a", "an", "his", "her", "ein", "eine", "einen", "un", "une", "una", "su"];
/// People whose word often stands in front of a thing: "police cars".
const CORPS: &[&str] = &["crew", "police", "staff", "troops"];

/// Cases, which are people where the sentence names a disease ("31 cases of cholera") and anything else elsewhere.
const CASES: &[&str] =
    &["cases", "fälle", "fällen", "cas", "casos", "випадків", "випадки", "случаев", "случая"];
/// How diseases begin.
#[rustfmt::skip]
const DISEASES: &[&str] = &[
    "cholera", "choléra", "cólera", "холер", "measles", "masern", "rougeole", "sarampión", "кір", "кору", "корь", "кори", "ebola",
    "эбол", "ебол", "covid", "коронавірус", "коронавирус", "polio", "поліомієліт", "полиомиелит", "dengue", "денге", "malaria",
    "paludisme", "маляр", "influenza", "grippe", "gripe", "грип", "mpox", "salmonell", "сальмонел", "hepatitis", "hépatite", "гепатит",
];

/// What a word is, as far as counting people goes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Number,
    Who,
    Befell(&'static str),
    /// Says nothing by itself.
    Link,
    /// When it was.
    Day,
    /// Something else that happens.
    Told,
    Thing,
}

/// What a number counts by the words behind it.
enum Counted {
    People(&'static str),
    /// People, whose word stands there.
    Who(usize),
    /// No word says it.
    Bare,
    Else,
}

/// A sentence with what its words are.
pub(super) struct People<'a> {
    words: &'a [Word],
    parts: Vec<Part>,
}

impl<'a> People<'a> {
    pub(super) fn of(words: &'a [Word], language: Language) -> Self {
        let counted = Concepts::counted(language);
        let before = |at: usize| at.checked_sub(1).map_or("", |before| words[before].plain.as_str());
        let is_disease = |plain: &str| DISEASES.iter().any(|begins| plain.starts_with(begins));
        let disease = words.iter().any(|word| is_disease(&word.plain));
        let mut parts: Vec<Part> = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            // "Bridge toll": what is paid, unless something happened or nothing stands in front.
            let paid = !word.apart && parts.last() == Some(&Part::Thing);
            parts.push(match word.plain.as_str() {
                "toll" if paid => Part::Thing,
                plain if is_disease(plain) => Part::Link,
                plain if disease && CASES.contains(&plain) => Part::Befell("ill"),
                _ => part(word, before(at), counted),
            });
        }
        Self { words, parts }
    }

    /// What befell the people that the number at a place counts; none where it counts something else, or may.
    pub(super) fn befell(&self, at: usize) -> Option<&'static str> {
        if self.words[at].ordinal || self.is_beside_a_number(at) {
            return None;
        }
        match self.counted(at) {
            Counted::People(key) => Some(key),
            Counted::Who(who) => self.behind(who).or_else(|| self.in_front(at)).or_else(|| self.summed(at)),
            Counted::Bare if self.words[at].number.is_some_and(|number| number >= BARE_MOST) => None,
            Counted::Bare => {
                let opens = self.opens(at).then(|| self.behind(at)).flatten();
                opens.or_else(|| self.in_front(at)).or_else(|| self.summed(at))
            }
            Counted::Else => None,
        }
    }

    /// What stands behind a number in its clause, from the next word on.
    fn clause(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        (at + 1..self.words.len()).take_while(|next| !self.words[*next].apart)
    }

    /// What stands in front of a number in its clause, the nearest first.
    fn front(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let within = (1..=at).rev().take_while(|next| !self.words[*next].apart);
        within.map(|next| next - 1)
    }

    fn is(&self, at: usize, list: &[&str]) -> bool {
        list.contains(&self.words[at].plain.as_str())
    }

    /// "3-2", "14 30": a score, an hour.
    fn is_beside_a_number(&self, at: usize) -> bool {
        let mut beside = self.clause(at).take(1).chain(self.front(at).take(1));
        beside.any(|beside| self.parts[beside] == Part::Number)
    }

    fn counted(&self, at: usize) -> Counted {
        let mut epithets = 0;
        for next in self.clause(at) {
            match self.parts[next] {
                Part::Befell(key) if epithets == 0 && !self.describes(next) => return Counted::People(key),
                Part::Who if !(self.is(next, CORPS) && self.describes(next)) => return Counted::Who(next),
                _ if epithets == 0 && self.is(next, PASSED) => {}
                Part::Link | Part::Day if epithets == 0 => return Counted::Bare,
                Part::Thing | Part::Who if epithets < EPITHETS => epithets += 1,
                _ => return Counted::Else,
            }
        }
        if epithets == 0 { Counted::Bare } else { Counted::Else }
    }

    /// Whether a word describes a thing behind it: "three missing ships".
    fn describes(&self, at: usize) -> bool {
        self.clause(at).next().is_some_and(|next| self.parts[next] == Part::Thing)
    }

    /// Whether a bare number can open what is said of people: nothing in front of it is counted by it.
    fn opens(&self, at: usize) -> bool {
        self.front(at).next().is_none_or(|before| self.is(before, LEADS) || self.is(before, JOINS))
    }

    /// What befell people, behind their word or number.
    fn behind(&self, from: usize) -> Option<&'static str> {
        let mut asides = 0;
        for next in self.clause(from).take(NEAR) {
            match self.parts[next] {
                Part::Befell(key) => return Some(key).filter(|_| !self.is_done_by_them(next)),
                _ if self.is(next, PASSED) && !self.is(next, TURNS) => {}
                _ if self.is(next, TURNS) => return None,
                Part::Link | Part::Day => {}
                Part::Thing if asides < ASIDE => asides += 1,
                _ => return None,
            }
        }
        None
    }

    /// Whether others follow to whom it was done: "two men killed a guard".
    fn is_done_by_them(&self, at: usize) -> bool {
        if self.front(at).next().is_some_and(|before| self.is(before, PASSIVE)) {
            return false;
        }
        let object = self.clause(at).find(|next| !self.is(*next, LEADS) || self.is(*next, ARTICLES));
        object.is_some_and(|object| {
            matches!(self.parts[object], Part::Number | Part::Who) || self.is(object, ARTICLES)
        })
    }

    /// What befell people, right in front of their number: "killed at least 12".
    fn in_front(&self, at: usize) -> Option<&'static str> {
        let first = self.front(at).take(NEAR).find(|before| !self.is(*before, LEADS))?;
        match self.parts[first] {
            Part::Befell(key) if !self.is_age(first, at) => Some(key),
            _ => None,
        }
    }

    /// "Dies at 96", "muere a los 96": an age.
    fn is_age(&self, befell: usize, at: usize) -> bool {
        let between = || befell + 1..at;
        let leads = between().next().is_some_and(|first| self.is(first, &["at", "a", "à", "mit", "в", "у"]));
        leads && !between().any(|word| self.is(word, &["least", "menos", "most"]))
    }

    /// "The number of dead in the fire at the market rose to 14": what is counted by name may stand far in front.
    fn summed(&self, at: usize) -> Option<&'static str> {
        let lead = self.front(at).next().filter(|before| !self.is(*before, BY))?;
        let to = self.is(lead, TO) || self.is(lead, LEADS);
        let clause: Vec<usize> = self.front(at).collect();
        let changes = clause.iter().any(|word| self.words[*word].has(Role::Tells(TermKind::Change)));
        let summed = clause.iter().any(|word| self.is(*word, SUMS));
        if !(summed || to && changes) {
            return None;
        }
        let own = clause.iter().copied().take_while(|word| !self.is_another(*word));
        own.map(|word| self.parts[word])
            .find_map(|part| if let Part::Befell(key) = part { Some(key) } else { None })
    }

    /// Whether another number stands there, and not the one that it was before or by how much it changed.
    fn is_another(&self, at: usize) -> bool {
        let beside = self.front(at).next();
        self.parts[at] == Part::Number
            && !beside.is_some_and(|lead| self.is(lead, BY) || self.is(lead, super::counts::FROM))
    }
}

fn part(word: &Word, before: &str, counted: &Concepts) -> Part {
    if word.number.is_some() {
        return Part::Number;
    }
    let found = counted.find(before, &word.plain);
    if let Some(befell) = found.iter().find(|concept| concept.role == Role::Befell) {
        return Part::Befell(befell.key);
    }
    let tells = |kind| word.has(Role::Tells(kind));
    match word {
        _ if found.iter().any(|concept| concept.role == Role::Who) => Part::Who,
        _ if word.sign.is_some() || word.has(Role::Unit) => Part::Thing,
        _ if word.has(Role::Day) => Part::Day,
        _ if tells(TermKind::Happening) || tells(TermKind::Stand) => Part::Told,
        _ if word.stem.is_empty() || LINKS.contains(&word.plain.as_str()) => Part::Link,
        _ => Part::Thing,
    }
}

#[cfg(test)]
mod tests;

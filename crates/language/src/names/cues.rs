//! Words that tell what a name names, in comparable or lower-case form.

use crate::hash::WordSet;
use std::sync::LazyLock;

/// Titles in front of a person.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "sir", "president", "minister", "chancellor", "senator", "secretary", "king", "queen",
    "prince", "princess", "pope", "general", "judge", "governor", "mayor", "premier", "congressman", "coach", "ambassador",
    "professor", "prof", "cardinal", "rabbi", "envoy", "spokesman", "spokeswoman", "spokesperson",
    "herr", "frau", "präsident", "präsidentin", "kanzler", "bundeskanzler", "kanzlerin", "ministerin", "minister",
    "außenminister", "verteidigungsminister", "papst", "könig", "président", "présidente", "ministre", "monsieur",
    "madame", "chancelier", "pape", "roi", "presidente", "ministro", "ministra", "canciller", "papa", "rey",
    "senador", "señor", "señora", "президент", "президента", "президентом", "премьер", "министр", "министра",
    "канцлер", "канцлера", "глава", "господин", "міністр", "міністра", "прем'єр", "канцлера",
];

/// Days and months where they are written with a capital (English, Dutch and German headlines mix).
#[rustfmt::skip]
const DATES: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "mon", "tue", "wed", "thu",
    "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Words inside the names of organisations, as keys.
#[rustfmt::skip]
const ORGANISATIONS: &[&str] = &[
    "inc", "ltd", "corp", "gmbh", "ag", "llc", "plc", "ministry", "party", "court", "council", "commission", "bank",
    "university", "agency", "committee", "union", "association", "department", "parliament", "senate", "congress",
    "institute", "foundation", "company", "group", "police", "army", "fund", "organization", "organisation", "office",
    "bureau", "club", "league", "federation", "ministerium", "partei", "gericht", "universitat", "parti", "ministere",
    "universite", "banque", "partido", "ministerio", "universidad", "banco", "ministerstv", "parti", "universitet",
    "times", "post", "news", "reuters", "airlines", "airways", "hospital", "school", "college", "house", "kremlin",
];

/// Small words inside names.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "di", "da", "dos", "das", "do", "del", "della",
    "du", "des", "le", "of", "ter", "zu", "y", "af",
];

/// Small words that in German join nouns, not names: `Stimme des Volkes`.
const GERMAN_ARTICLES: &[&str] = &["der", "den", "des", "das", "du", "do", "zu"];

/// Words that begin the names of regions and things, so that the last word is no surname.
#[rustfmt::skip]
const NO_GIVEN_NAMES: &[&str] = &[
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower",
    "new", "old", "great", "greater", "grand", "inner", "outer", "middle", "pan", "free", "red", "black", "white",
    "green", "golden", "royal", "national", "international", "global", "world", "united", "federal", "public",
    "african", "european", "asian", "american", "jewish", "christian", "muslim", "islamic", "catholic", "orthodox",
    "first", "second", "third", "one", "two", "three", "big", "super", "top", "high", "deputy", "saharan",
    "foreign", "finance", "defense", "defence", "interior", "vice",
];

/// Nouns that stand beside others in German without making a name.
#[rustfmt::skip]
const GERMAN_NOUNS: &[&str] = &[
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "million", "millionen",
    "milliarde", "milliarden", "euro", "dollar", "prozent", "uhr", "ende", "anfang", "mitte", "jahr", "jahre", "jahren",
    "jahres", "tag", "tage", "tagen", "woche", "wochen", "monat", "monate", "monaten", "kilometer", "meter", "menschen",
    "stadt", "angaben", "regierung", "polizei", "land", "zeit", "teil", "seite", "opfer", "krieg", "leben", "stunden",
    "minuten", "grad", "tonnen", "liter", "quadratmeter", "personen", "kinder", "frauen", "männer", "beginn", "grund",
    "hauptstadt", "hauptstädte", "hauptstädten",
];

/// Frequent given names of people in the news, as keys: first of the best known, then by the alphabet.
#[rustfmt::skip]
const FIRST_NAMES: &[&str] = &[
    "donald", "joe", "john", "james", "robert", "michael", "david", "william", "richard", "thomas", "charles", "mark",
    "paul", "george", "steven", "stephen", "kevin", "brian", "peter", "mary", "anna", "sarah", "emma", "elizabeth",
    "kate", "jennifer", "karen", "lisa", "keir", "rishi", "boris", "elon", "jeff", "tim", "mike", "marco", "scott",
    "vladimir", "volodymyr", "sergei", "sergey", "dmitry", "andriy", "oleksandr", "alexander", "viktor", "ivan",
    "olaf", "friedrich", "angela", "annalena", "robert", "markus", "ursula", "emmanuel", "marine", "francois", "jean",
    "pierre", "pedro", "jose", "juan", "carlos", "maria", "luis", "luiz", "javier", "giorgia", "matteo", "mario",
    "benjamin", "mohammed", "mohammad", "muhammad", "ahmed", "ali", "hassan", "recep", "narendra", "xi", "kim", "bashar",
    "aaron", "adam", "alan", "albert", "alex", "alexandra", "alexandre", "alice", "alicia", "alison", "amanda",
    "amelia", "amy", "anders", "andrea", "andreas", "andrei", "andrew", "andrey", "angelina", "anne", "annie",
    "anthony", "anton", "antonio", "ariana", "arnold", "arthur", "ashley", "astrid", "barack", "barbara", "ben",
    "bernard", "bernd", "bernie", "beth", "betty", "bjorn", "bob", "brad", "bradley", "brandon", "brenda", "brett",
    "bruce", "bruno", "caitlin", "camilla", "carl", "carla", "carmen", "carolin", "caroline", "cate", "catherine",
    "cathy", "cecilia", "charlie", "charlotte", "chris", "christian", "christina", "christine", "christoph",
    "christophe", "christopher", "chuck", "claire", "clara", "claudia", "claus", "colin", "connor", "craig",
    "cristina", "cyril", "dan", "daniel", "daniela", "danielle", "danny", "darren", "dave", "debbie", "deborah",
    "denis", "dennis", "derek", "diana", "diane", "diego", "dieter", "dirk", "dominic", "dominik", "dominique",
    "dorothy", "doug", "douglas", "dylan", "eddie", "eduard", "eduardo", "edward", "eleanor", "elena", "eli",
    "elias", "elisabeth", "ella", "ellen", "emil", "emilia", "emily", "enrique", "eric", "erik", "erin", "ernesto",
    "esther", "ethan", "eugene", "eva", "evan", "eveline", "fabian", "felipe", "felix", "fernando", "filip",
    "fiona", "florian", "frances", "francesca", "francesco", "francisco", "frank", "franz", "fred", "frederic",
    "frederik", "gabriel", "gabriela", "gareth", "gary", "gavin", "geoff", "georg", "georges", "gerard", "gerhard",
    "gianni", "gilles", "giovanni", "giuseppe", "glenn", "gordon", "graham", "greg", "gregory", "greta",
    "guillaume", "guillermo", "gustavo", "hannah", "hannes", "hans", "harald", "harry", "heather", "hector",
    "heidi", "heiko", "heinrich", "heinz", "helen", "helena", "henri", "henrik", "henry", "herbert", "hillary",
    "holger", "horst", "howard", "hugo", "ian", "igor", "ilya", "ines", "ingrid", "irina", "isabel", "isabella",
    "ivana", "jack", "jacob", "jacques", "jaime", "jake", "jakob", "jamie", "jan", "jane", "janet", "jared",
    "jasmine", "jason", "jay", "jeremy", "jerome", "jesse", "jessica", "jill", "jim", "jimmy", "joachim", "joan",
    "joanna", "joao", "joel", "joerg", "johan", "johann", "johannes", "johnny", "jonas", "jonathan", "jorge",
    "josef", "joseph", "josh", "joshua", "julia", "julian", "julie", "julien", "jurgen", "justin", "kamala",
    "karin", "karl", "karol", "katarina", "katharina", "katherine", "kathleen", "kathy", "katie", "kelly", "ken",
    "kenneth", "kerry", "kirsten", "klaus", "konstantin", "kristen", "kristin", "kurt", "kyle", "larry", "lars",
    "laura", "lauren", "laurent", "leah", "leila", "leo", "leon", "leonardo", "leonid", "leslie", "lewis", "liam",
    "lily", "linda", "lindsay", "lionel", "liz", "lorenzo", "louis", "louise", "luca", "lucas", "lucia", "lucy",
    "ludwig", "luigi", "lukas", "luke", "lydia", "maja", "malcolm", "manfred", "manuel", "manuela", "marc",
    "marcel", "marcelo", "marcus", "margaret", "marianne", "marina", "marion", "marjorie", "marta", "martha",
    "martin", "martina", "mateusz", "mathias", "matt", "matthew", "matthias", "maurice", "mauricio", "max", "maxim",
    "maximilian", "megan", "melania", "melanie", "melinda", "melissa", "michel", "michele", "michelle", "miguel",
    "mikhail", "mila", "miriam", "mitch", "mohamed", "molly", "monica", "monika", "mustafa", "nadia", "nancy",
    "naomi", "natalia", "natalie", "natasha", "nathan", "neil", "nicholas", "nick", "nicola", "nicolas", "nicole",
    "nigel", "nikki", "nikolai", "nils", "nina", "noah", "nora", "norbert", "oleg", "oleh", "olga", "oliver",
    "olivia", "olivier", "omar", "oscar", "otto", "owen", "pablo", "pamela", "paolo", "pascal", "patricia",
    "patrick", "paula", "pauline", "pavel", "pavlo", "penelope", "petr", "petra", "petro", "phil", "philip",
    "philipp", "philippe", "pietro", "rachel", "rafael", "ralf", "ralph", "ramon", "randy", "raul", "raymond",
    "rebecca", "renate", "rene", "ricardo", "rick", "roberto", "rodrigo", "roger", "roland", "roman", "ron",
    "ronald", "rosa", "ross", "ruben", "rudolf", "rupert", "russell", "ruth", "ryan", "sabine", "salman", "sam",
    "samantha", "samuel", "sandra", "sara", "sascha", "sean", "sebastian", "serge", "sergio", "seth", "shane",
    "shannon", "sharon", "sheila", "shirley", "sigrid", "silke", "silvia", "silvio", "simon", "simone", "sofia",
    "sonia", "sophie", "stanislav", "stefan", "stefanie", "stella", "stephane", "stephanie", "steve", "stuart",
    "susan", "susanne", "sven", "svetlana", "sylvie", "tamara", "tanja", "tatiana", "taylor", "ted", "teresa",
    "terry", "theresa", "thierry", "thorsten", "tiffany", "tobias", "todd", "tom", "tomas", "tommy", "tony",
    "tracy", "trevor", "tristan", "tyler", "ulrich", "ulrike", "uwe", "valentina", "valeria", "valerie", "vanessa",
    "vera", "veronica", "victor", "victoria", "viktoria", "vincent", "vitali", "vitaliy", "vivian", "vladislav",
    "volker", "walter", "wanda", "warren", "wayne", "wendy", "werner", "wilhelm", "willy", "wolfgang", "xavier",
    "yannick", "yulia", "yuliia", "yuri", "yuriy", "yves", "yvonne", "zach", "zoe",
];

pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

pub(crate) fn is_date(word: &str) -> bool {
    DATES.contains(&word)
}

pub(super) fn is_organisation(keys: &[String]) -> bool {
    keys.iter().any(|key| ORGANISATIONS.contains(&key.as_str()))
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

pub(super) fn is_german_noun(word: &str) -> bool {
    GERMAN_NOUNS.contains(&word)
}

pub(super) fn is_german_article(word: &str) -> bool {
    GERMAN_ARTICLES.contains(&word)
}

/// Whether a name that begins with this key may be a person's.
pub(super) fn may_be_given_name(key: &str) -> bool {
    !NO_GIVEN_NAMES.contains(&key)
}

/// The same of names that are no other word: `Leaders Mark Anniversary`.
pub(super) fn is_given_name(key: &str) -> bool {
    is_first_name(key)
        && !matches!(
            key,
            "mark" | "xi" | "kim" | "jean" | "frank" | "jack" | "josh" | "nick" | "max" | "rosa"
        )
}

pub(crate) fn is_first_name(key: &str) -> bool {
    static KNOWN: LazyLock<WordSet<&'static str>> = LazyLock::new(|| FIRST_NAMES.iter().copied().collect());
    KNOWN.contains(key)
}

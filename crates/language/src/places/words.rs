//! Words around a name that tell whether it is a place, and which.

use news::Language;

/// Prepositions of place; `of` and its like say less and are left out.
pub(super) fn is_locative(word: &str, language: Language) -> bool {
    let words: &[&str] = match language.code() {
        "de" => &[
            "in",
            "im",
            "aus",
            "nach",
            "bei",
            "nahe",
            "vor",
            "südlich",
            "nördlich",
            "östlich",
            "westlich",
            "unweit",
        ],
        "fr" => &["à", "en", "au", "aux", "dans", "vers", "depuis", "près"],
        "es" => &["en", "desde", "hacia", "cerca", "sobre"],
        "ru" => &["в", "во", "из", "на", "под", "около", "близ", "над", "у"],
        "uk" => &["у", "в", "із", "зі", "з", "на", "під", "біля", "поблизу", "над", "до"],
        _ => &[
            "in",
            "at",
            "near",
            "from",
            "to",
            "outside",
            "across",
            "around",
            "into",
            "toward",
            "towards",
            "throughout",
            "inside",
            "over",
            "via",
            "reach",
            "visit",
            "visited",
            "leaving",
            "left",
            "entering",
            "downtown",
            "central",
        ],
    };
    words.contains(&word)
}

/// What stands behind or before a region's name: `Kherson region`, `die Region Cherson`.
pub(super) fn is_region_word(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "region", "regions", "oblast", "oblasts", "province", "provinces", "state", "states", "territory", "governorate",
        "prefecture", "regionen", "provinz", "provinzen", "gebiet", "gebiete", "gebieten", "gebiets", "bundesstaat", "bundesstaates",
        "oblaste", "oblasten", "région", "régions", "provincia", "provincias", "región", "regiones", "estado", "óblast",
        "department", "krai", "area", "raum", "région", "oblasti",
    ];
    WORDS.contains(&word)
        || ["област", "регион", "регіон", "провинци", "провінці", "штат"]
            .iter()
            .any(|stem| word.starts_with(stem))
}

/// What parts the places of a list.
pub(super) fn joins(gap: &str) -> bool {
    matches!(
        gap.trim(),
        "," | "and"
            | ", and"
            | "or"
            | "&"
            | "und"
            | "et"
            | "y"
            | "e"
            | "и"
            | "та"
            | "і"
            | "й"
            | "sowie"
            | "/"
            | "as well as"
    )
}

/// Words that make a name of something else of the place in front of them: `Washington Post`, `Paris Agreement`.
pub(super) fn makes_another(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "post", "times", "university", "united", "fc", "sc", "cf", "airlines", "airways", "herald", "tribune", "gazette",
        "telegraph", "guardian", "mirror", "observer", "chronicle", "globe", "sun", "star", "journal", "daily", "today", "news",
        "agreement", "accord", "accords", "treaty", "convention", "protocol", "declaration", "memorandum", "conference",
        "court", "stock", "exchange", "bank", "hotel", "hilton", "stadium", "cup", "open", "marathon", "olympics", "games",
        "masters", "grand", "prix", "wall", "bridge", "tower", "opera", "philharmonic", "orchestra", "symphony", "festival",
        "biennale", "school", "college", "institute", "hospital", "airport", "station", "city", "rovers", "wanderers", "hotspur",
        "athletic", "lions", "bears", "cowboys", "yankees", "lakers", "knicks", "giants", "eagles", "rangers", "celtics", "warriors",
        "fashion", "week", "syndrome", "club", "group", "inc", "ltd", "corp", "holdings", "motors", "railways",
        "strait", "review", "examiner", "saint", "sg", "dispatch", "inquirer", "standard", "legion", "battalion", "brigade",
    ];
    WORDS.contains(&word)
}

/// Words in front of `of` or of the place itself that make a name of something else: `Bank of England`, `Real Madrid`.
pub(super) fn leads_another(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "bank", "university", "church", "duke", "duchess", "earl", "prince", "princess", "archbishop", "bishop", "museum",
        "college", "treaty", "fc", "real", "atletico", "atlético", "ac", "as", "inter", "bayern", "dynamo", "dinamo", "shakhtar",
        "spartak", "rb", "sv", "vfb", "vfl", "tsg", "borussia", "eintracht", "hertha", "fort", "hotel", "radio", "banque",
        "université", "universidad", "universität", "club", "royal", "air", "cafe", "café", "lake", "mount", "gulf", "bay",
        "sporting", "deutsche", "banco", "olympique", "stade", "st", "san", "santa", "saint", "sheriff", "detective", "street",
        "lokomotiv", "maccabi", "hapoel", "cska", "zenit", "camp", "team", "miss", "hms", "uss", "ss",
    ];
    WORDS.contains(&word)
}

/// Offices and directions that stand beside a place without making another name of it: `London Mayor Sadiq Khan`.
pub(super) fn stands_beside(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "president", "prime", "minister", "mayor", "governor", "gov", "senator", "sen", "rep", "chancellor", "king", "queen", "police",
        "ambassador", "envoy", "foreign", "defense", "defence", "interior", "finance", "attorney", "secretary", "republican",
        "republicans", "democrat", "democrats", "democratic", "supreme", "parliament", "government", "ministry", "army", "military",
        "region", "oblast", "province", "state", "county", "district", "regional", "military", "front", "north", "south", "east",
        "west", "northern", "southern", "eastern", "western", "central", "upper", "lower", "greater", "downtown", "old",
        "and", "in", "at", "on", "the", "for", "as", "is", "of", "to", "i", "we", "he", "she", "it", "they", "but",
        "house", "senate", "vice", "deputy", "national", "federal", "congressman", "congresswoman", "lawmaker", "lawmakers",
        "judge", "war", "crisis", "conflict", "talks", "ceasefire", "summit", "prosecutor", "prosecutors", "officials", "says", "said", "general", "lt",
    ];
    WORDS.contains(&word)
}

/// Names of places that are words or people's names more often: they need a preposition or a neighbour to be believed.
pub(super) fn is_common(spelling: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "mobile", "reading", "nice", "real", "bank", "split", "police", "orange", "independence", "surprise", "victoria", "most", "bar", "man",
        "of", "van", "orlando", "general", "santa", "san", "same", "para", "male", "along", "rise", "hue", "tours", "best", "bath",
        "salt", "federal", "union", "central", "liberal", "enterprise", "normal", "marina", "pink", "gala", "data", "moss",
        "bay", "lens", "born", "date", "bury", "bend", "sale", "hull", "hub", "angel", "wa", "mary", "sandy", "augusta",
        "florence", "charlotte", "jackson", "lincoln", "madison", "irving", "henderson", "gilbert", "aurora", "paterson",
        "franklin", "nelson", "hamilton", "warren", "sterling", "arlington", "logan", "clinton", "nola", "carson", "plano",
        "corona", "chandler", "bangor", "como", "merida", "college", "battle", "march", "august", "may", "dudley", "banner",
        "houston", "austin", "dallas", "tyler", "spencer", "chelsea", "brooklyn", "jordan", "chad", "diego", "francisco", "milan",
        "adelaide", "regina", "kent", "lancaster", "leon", "salvador", "jose", "vladimir", "roman", "kirov", "santiago",
        "alexandria", "valencia", "barry", "stafford", "lima", "marion", "bradford", "chester", "dover", "essex", "derby", "bishop",
        "temple", "garland", "murray", "taylor", "douglas", "burton", "barton", "preston", "lawrence", "wayne", "gary", "eugene",
        "troy", "roy", "clay", "howell", "hudson", "monroe", "jefferson", "berkeley", "beverly", "davis", "davie",
        "kerman", "ramon", "manuel", "alba", "rosario", "mercedes", "carmen", "trinidad", "soledad", "concord", "fairfield",
        "hope", "liberty", "economy", "commerce", "industry", "fair", "hall", "hill", "park", "spring", "springs", "lake",
        "forest", "sun", "rocky", "young", "blue", "white", "green", "brown", "black", "deal", "ware", "street", "church",
        "peace", "justice", "summit", "center", "centre", "university", "ministry", "justin", "allen", "lewis", "morgan", "scott",
        "trump", "biden", "bolton", "vance", "walker", "parker", "cooper", "baker", "miller", "wilson", "moore", "martin", "simi",
        "ali", "hassan", "omar", "hussein", "ahmed", "mohammed", "khan", "imam", "sadr", "ghani", "shah", "sur",
        "bo", "ho", "ha", "la", "le", "de", "da", "do", "so", "no", "as", "at", "an", "it", "us", "is", "his", "her", "me",
        "new", "old", "north", "south", "east", "west", "halle", "hof", "ulm", "lage", "weil", "baden", "singen",
        "regen", "plan", "sens", "tour", "gap", "vienne", "sète", "troyes", "bourg", "nation", "grasse", "laval", "angers",
        "cruz", "flores", "guerrero", "leon", "linares", "mina", "naranjo", "palma", "pinto", "ronda", "zamora", "salamanca",
        "мир", "орел", "полярный", "свободный", "находка", "дружба", "победа", "надежда", "рубежное", "белый", "каменка",
        "светлый", "счастье", "щастя", "родина", "мирный", "зима", "лев", "дно", "пятигорск", "суми", "рівне", "мена", "умань",
        "media", "golden", "pearl", "elm", "laurel", "ogden", "provo", "orem", "mesa", "sparks", "rock", "stone", "wood", "bell",
        "buffalo", "phoenix", "cleveland", "denver", "lucena", "imperial", "princeton", "harvard", "oxford", "cambridge", "windsor",
    ];
    WORDS.contains(&spelling)
}

/// What a settlement is called in front of its name: `the town of X`, `le village de X`, `в городе X`.
pub(super) fn is_settlement(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "town", "village", "city", "port", "hamlet", "suburb", "settlement", "capital", "province", "district", "region", "valley",
        "island", "municipality", "ville", "village", "ciudad", "pueblo", "localidad", "stadt", "ort", "dorf", "gemeinde", "hauptstadt",
        "hafenstadt", "kleinstadt", "commune", "île", "isla", "provincia", "islands", "towns", "villages", "cities",
    ];
    WORDS.contains(&word)
        || ["город", "посёлк", "поселк", "деревн", "міст", "селищ", "селі", "села"]
            .iter()
            .any(|stem| word.starts_with(stem))
}

/// Regions by the abbreviations that American news puts behind a town.
#[rustfmt::skip]
const STATES: &[(&str, &str)] = &[
    ("Ala", "alabama"), ("AL", "alabama"), ("AK", "alaska"), ("Ariz", "arizona"), ("AZ", "arizona"), ("Ark", "arkansas"),
    ("AR", "arkansas"), ("Calif", "california"), ("CA", "california"), ("Colo", "colorado"), ("CO", "colorado"),
    ("Conn", "connecticut"), ("CT", "connecticut"), ("Del", "delaware"), ("DE", "delaware"), ("Fla", "florida"),
    ("FL", "florida"), ("Ga", "georgia"), ("GA", "georgia"), ("HI", "hawaii"), ("ID", "idaho"), ("Ill", "illinois"),
    ("IL", "illinois"), ("Ind", "indiana"), ("IN", "indiana"), ("IA", "iowa"), ("Kan", "kansas"), ("KS", "kansas"),
    ("Ky", "kentucky"), ("KY", "kentucky"), ("La", "louisiana"), ("LA", "louisiana"), ("ME", "maine"), ("Md", "maryland"),
    ("MD", "maryland"), ("Mass", "massachusetts"), ("MA", "massachusetts"), ("Mich", "michigan"), ("MI", "michigan"),
    ("Minn", "minnesota"), ("MN", "minnesota"), ("Miss", "mississippi"), ("MS", "mississippi"), ("Mo", "missouri"),
    ("MO", "missouri"), ("Mont", "montana"), ("MT", "montana"), ("Neb", "nebraska"), ("NE", "nebraska"), ("Nev", "nevada"),
    ("NV", "nevada"), ("NH", "new hampshire"), ("NJ", "new jersey"), ("NM", "new mexico"), ("NY", "new york"),
    ("NC", "north carolina"), ("ND", "north dakota"), ("OH", "ohio"), ("Okla", "oklahoma"), ("OK", "oklahoma"),
    ("Ore", "oregon"), ("OR", "oregon"), ("Pa", "pennsylvania"), ("PA", "pennsylvania"), ("RI", "rhode island"),
    ("SC", "south carolina"), ("SD", "south dakota"), ("Tenn", "tennessee"), ("TN", "tennessee"), ("Tex", "texas"),
    ("TX", "texas"), ("UT", "utah"), ("Vt", "vermont"), ("VT", "vermont"), ("Va", "virginia"), ("VA", "virginia"),
    ("Wash", "washington"), ("WA", "washington"), ("WV", "west virginia"), ("Wis", "wisconsin"), ("WI", "wisconsin"),
    ("Wyo", "wyoming"), ("WY", "wyoming"), ("DC", "district of columbia"), ("ON", "ontario"), ("Ont", "ontario"),
    ("BC", "british columbia"), ("QC", "quebec"), ("Que", "quebec"), ("AB", "alberta"), ("NSW", "new south wales"),
];

/// The spelling of the region that is abbreviated so behind a town.
pub(super) fn state(word: &str) -> Option<&'static str> {
    let plain: String = word.chars().filter(|c| *c != '.').collect();
    STATES.iter().find(|(short, _)| *short == plain).map(|(_, name)| *name)
}

/// Countries that a language's news speaks of without naming them.
pub(super) fn at_home(language: Language) -> &'static [(&'static str, f64)] {
    match language.code() {
        "de" => &[("DE", 1.0), ("AT", 0.4), ("CH", 0.4)],
        "fr" => &[("FR", 1.0)],
        "es" => &[("ES", 0.6), ("MX", 0.4), ("AR", 0.3)],
        "ru" => &[("RU", 0.8), ("UA", 0.4)],
        "uk" => &[("UA", 1.0)],
        "it" => &[("IT", 1.0)],
        "pl" => &[("PL", 1.0)],
        "pt" => &[("BR", 0.6), ("PT", 0.5)],
        "en" => &[("US", 0.5), ("GB", 0.4)],
        _ => &[],
    }
}

//! Families: outlets that have one owner or one newsroom, and so do not confirm each other. In: the
//! registrable domain that a feed is registered under (never what the feed claims). Out: the family's name.
//!
//! The table is ours, after what the groups say of themselves. An outlet that is not in it is a family of its
//! own.

/// Family and the registrable domains of its outlets, both ascending inside their row.
const GROUPS: &[(&str, &[&str])] = &[
    ("1+1 media", &["1plus1.ua", "tsn.ua", "unian.net", "unian.ua"]),
    ("agence france-presse", &["afp.com"]),
    (
        "ard",
        &[
            "ard.de",
            "br.de",
            "daserste.de",
            "deutschlandfunk.de",
            "hessenschau.de",
            "hr.de",
            "mdr.de",
            "ndr.de",
            "radiobremen.de",
            "rbb24.de",
            "sportschau.de",
            "sr.de",
            "swr.de",
            "tagesschau.de",
            "wdr.de",
        ],
    ),
    ("associated press", &["ap.org", "apnews.com"]),
    (
        "axel springer",
        &[
            "bild.de",
            "businessinsider.com",
            "businessinsider.de",
            "politico.com",
            "politico.eu",
            "upday.com",
            "welt.de",
        ],
    ),
    ("bbc", &["bbc.co.uk", "bbc.com"]),
    ("bloomberg", &["bloomberg.com", "bloomberglinea.com"]),
    ("bonnier", &["di.se", "dn.se", "expressen.se", "sydsvenskan.se"]),
    ("cbc", &["cbc.ca", "radio-canada.ca"]),
    ("dmg media", &["dailymail.co.uk", "dailymail.com", "inews.co.uk", "metro.co.uk", "thisismoney.co.uk"]),
    ("dpg media", &["ad.nl", "demorgen.be", "hln.be", "nu.nl", "parool.nl", "trouw.nl", "volkskrant.nl"]),
    (
        "ebra",
        &[
            "bienpublic.com",
            "dna.fr",
            "estrepublicain.fr",
            "lalsace.fr",
            "ledauphine.com",
            "leprogres.fr",
            "republicain-lorrain.fr",
            "vosgesmatin.fr",
        ],
    ),
    ("fox", &["foxbusiness.com", "foxnews.com"]),
    ("france médias monde", &["france24.com", "mc-doualiya.com", "rfi.fr"]),
    ("france télévisions", &["france.tv", "franceinfo.fr", "francetvinfo.fr"]),
    (
        "funke",
        &[
            "abendblatt.de",
            "derwesten.de",
            "morgenpost.de",
            "nrz.de",
            "otz.de",
            "thueringer-allgemeine.de",
            "waz.de",
            "wp.de",
        ],
    ),
    (
        "gannett",
        &[
            "azcentral.com",
            "cincinnati.com",
            "commercialappeal.com",
            "courier-journal.com",
            "detroitnews.com",
            "dispatch.com",
            "freep.com",
            "indystar.com",
            "jsonline.com",
            "tennessean.com",
            "usatoday.com",
        ],
    ),
    ("gedi", &["huffingtonpost.it", "ilsecoloxix.it", "lastampa.it", "repubblica.it"]),
    ("globo", &["cbn.com.br", "globo.com", "valor.com.br"]),
    ("godó", &["lavanguardia.com", "mundodeportivo.com", "rac1.cat"]),
    ("guardian", &["guardian.co.uk", "theguardian.com"]),
    ("impresa", &["expresso.pt", "sicnoticias.pt"]),
    (
        "ippen",
        &[
            "fr.de",
            "hna.de",
            "kreiszeitung.de",
            "merkur.de",
            "op-online.de",
            "soester-anzeiger.de",
            "tz.de",
            "wa.de",
        ],
    ),
    ("izvestia", &["5-tv.ru", "iz.ru", "ren.tv"]),
    ("le monde", &["courrierinternational.com", "lemonde.fr", "lobs.com", "nouvelobs.com", "telerama.fr"]),
    (
        "madsack",
        &["haz.de", "kn-online.de", "ln-online.de", "lvz.de", "maz-online.de", "ostsee-zeitung.de", "rnd.de"],
    ),
    (
        "mcclatchy",
        &[
            "bellinghamherald.com",
            "charlotteobserver.com",
            "kansascity.com",
            "miamiherald.com",
            "newsobserver.com",
            "sacbee.com",
            "star-telegram.com",
        ],
    ),
    (
        "mediahuis",
        &["gva.be", "hbvl.be", "independent.ie", "nieuwsblad.be", "nrc.nl", "standaard.be", "telegraaf.nl"],
    ),
    ("medialivre", &["cmjornal.pt", "jornaldenegocios.pt", "record.pt", "sabado.pt"]),
    (
        "medianews",
        &[
            "chicagotribune.com",
            "denverpost.com",
            "mercurynews.com",
            "nydailynews.com",
            "ocregister.com",
            "orlandosentinel.com",
            "sun-sentinel.com",
            "twincities.com",
        ],
    ),
    ("nbcuniversal", &["nbcnews.com", "nbcsports.com", "telemundo.com", "today.com"]),
    ("new york times", &["nytimes.com", "theathletic.com"]),
    (
        "news corp",
        &[
            "barrons.com",
            "dailytelegraph.com.au",
            "heraldsun.com.au",
            "marketwatch.com",
            "news.com.au",
            "nypost.com",
            "skynews.com.au",
            "talksport.com",
            "theaustralian.com.au",
            "thescottishsun.co.uk",
            "thesun.co.uk",
            "thetimes.co.uk",
            "thetimes.com",
            "wsj.com",
        ],
    ),
    ("nexstar", &["kron4.com", "ktla.com", "newsnationnow.com", "thehill.com", "wgntv.com"]),
    (
        "nine",
        &["9news.com.au", "afr.com", "brisbanetimes.com.au", "smh.com.au", "theage.com.au", "watoday.com.au"],
    ),
    (
        "postmedia",
        &[
            "calgaryherald.com",
            "edmontonjournal.com",
            "montrealgazette.com",
            "nationalpost.com",
            "ottawacitizen.com",
            "torontosun.com",
            "vancouversun.com",
        ],
    ),
    (
        "prensa ibérica",
        &[
            "elperiodico.com",
            "epe.es",
            "farodevigo.es",
            "informacion.es",
            "laprovincia.es",
            "levante-emv.com",
            "lne.es",
            "sport.es",
        ],
    ),
    ("prisa", &["as.com", "cadenaser.com", "elpais.com", "huffingtonpost.es"]),
    ("rcs", &["corriere.it", "elmundo.es", "expansion.com", "gazzetta.it", "marca.com"]),
    (
        "reach",
        &[
            "belfastlive.co.uk",
            "birminghammail.co.uk",
            "bristolpost.co.uk",
            "chroniclelive.co.uk",
            "dailyrecord.co.uk",
            "dailystar.co.uk",
            "express.co.uk",
            "irishmirror.ie",
            "liverpoolecho.co.uk",
            "manchestereveningnews.co.uk",
            "mirror.co.uk",
            "mylondon.news",
            "walesonline.co.uk",
        ],
    ),
    ("reuters", &["reuters.com", "reutersagency.com"]),
    (
        "rferl",
        &["azattyq.org", "azatutyun.am", "currenttime.tv", "radiosvoboda.org", "rferl.org", "svoboda.org"],
    ),
    (
        "rossiya segodnya",
        &["inosmi.ru", "ria.ru", "rt.com", "snanews.de", "sputnikglobe.com", "sputniknews.com", "ukraina.ru"],
    ),
    ("rtl deutschland", &["n-tv.de", "ntv.de", "rtl.de", "stern.de"]),
    ("schibsted", &["aftenposten.no", "aftonbladet.se", "e24.no", "svd.se", "vg.no"]),
    ("sky", &["sky.com", "skynews.com"]),
    ("spiegel", &["manager-magazin.de", "spiegel.de"]),
    ("tass", &["tass.com", "tass.ru"]),
    ("tf1", &["lci.fr", "tf1.fr", "tf1info.fr"]),
    ("times of india", &["economictimes.com", "indiatimes.com", "timesnownews.com"]),
    ("ukrainska pravda", &["epravda.com.ua", "eurointegration.com.ua", "pravda.com.ua"]),
    ("versant", &["cnbc.com", "ms.now", "msnbc.com"]),
    ("vgtrk", &["smotrim.ru", "vesti.ru", "vesti7.ru"]),
    (
        "vocento",
        &[
            "abc.es",
            "diariovasco.com",
            "elcorreo.com",
            "elnortedecastilla.es",
            "hoy.es",
            "ideal.es",
            "larioja.com",
            "lasprovincias.es",
        ],
    ),
    ("warner bros. discovery", &["cnn.com", "cnnbrasil.com.br", "cnnespanol.com"]),
    ("zdf", &["heute.de", "zdf.de", "zdfheute.de"]),
];

/// Families whose headlines are written to tell, not to sell: agencies and public broadcasters, ascending.
const PLAIN: &[&str] = &[
    "agence france-presse",
    "ansa.it",
    "apa.at",
    "ard",
    "associated press",
    "bbc",
    "cbc",
    "dpa.com",
    "dw.com",
    "efe.com",
    "france médias monde",
    "france télévisions",
    "kyodonews.net",
    "lusa.pt",
    "npr.org",
    "orf.at",
    "pbs.org",
    "reuters",
    "rte.ie",
    "rtve.es",
    "srf.ch",
    "suspilne.media",
    "swissinfo.ch",
    "ukrinform.net",
    "ukrinform.ua",
    "zdf",
];

/// The family of an outlet by its registrable domain (`bbc.co.uk`, not `www.bbc.co.uk`), in lower case. A
/// domain that is in no group is its own family.
pub fn family(domain: &str) -> &str {
    GROUPS.iter().find(|(_, domains)| domains.binary_search(&domain).is_ok()).map_or(domain, |(name, _)| name)
}

/// Whether a family's headlines are known to be plain.
pub(crate) fn is_plain(family: &str) -> bool {
    PLAIN.binary_search(&family).is_ok()
}

/// Whether some domain counts to a family of this name: that of a group, or a domain that is in none.
#[cfg(test)]
pub(crate) fn is_reached(name: &str) -> bool {
    GROUPS.iter().any(|(group, _)| *group == name) || name.contains('.') && family(name) == name
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, PLAIN, family, is_plain, is_reached};

    #[test]
    fn outlets_of_one_owner_are_one_family() {
        assert_eq!(family("bbc.com"), family("bbc.co.uk"));
        assert_eq!(family("welt.de"), family("bild.de"));
        assert_eq!(family("example.org"), "example.org");
        assert!(is_plain(family("apnews.com")) && is_plain(family("afp.com")));
    }

    #[test]
    fn plain_families_are_there() {
        let lost: Vec<_> = PLAIN.iter().filter(|name| !is_reached(name)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn the_tables_are_in_order_and_name_no_outlet_twice() {
        let mut all: Vec<&str> = Vec::new();
        for (name, domains) in GROUPS {
            assert!(domains.is_sorted(), "{name}");
            all.extend(*domains);
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(GROUPS.is_sorted_by_key(|(name, _)| *name) && PLAIN.is_sorted());
    }
}

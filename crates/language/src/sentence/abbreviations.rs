//! Abbreviations that end with a full stop and do not end a sentence, by language. English ones count
//! everywhere, since names and titles travel.

use crate::hash::{Map, Set};
use crate::terms::lower;
use news::Language;
use std::sync::LazyLock;

/// Whether `word` (without its full stop) is one of them.
pub(super) fn is_abbreviation(word: &str, language: Language) -> bool {
    // Most words that end a sentence are longer than any of these.
    if word.len() > LONGEST {
        return false;
    }
    let word = lower(word);
    let listed = |code: &str| LISTS.get(code).is_some_and(|list| list.contains(&*word));
    listed(language.code()) || (language != Language::ENGLISH && listed("en"))
}

/// The abbreviations of each language.
static LISTS: LazyLock<Map<&'static str, Set<&'static str>>> = LazyLock::new(|| {
    let codes = [
        "en", "de", "fr", "es", "pt", "it", "nl", "ru", "uk", "pl", "cs", "sk", "sv", "da", "nb", "no", "nn",
        "tr",
    ];
    codes.into_iter().map(|code| (code, of(code).split(' ').collect())).collect()
});

/// The most bytes of an abbreviation, written in whatever case.
const LONGEST: usize = 12;

const ENGLISH: &str = "mr mrs ms dr prof rev hon gov sen rep gen col lt sgt capt cmdr adm maj st mt ft jr sr vs no nos vol \
    fig inc ltd corp co bros dept est approx jan feb mar apr jun jul aug sep sept oct nov dec pres messrs mme mlle \
    op ed eds pp al cf viz";

fn of(code: &str) -> &'static str {
    match code {
        "en" => ENGLISH,
        "de" => {
            "z b d h u a s o i usw bzw ca dr prof hr fr nr str st abs art bd evtl ggf inkl jan feb mär apr jun \
             jul aug sept sep okt nov dez mio mrd tsd vgl sog geb gest dipl ing bspw zzt etc"
        }
        "fr" => {
            "m mm mme mlle dr pr me st ste av bd etc env p ex cf vol no art janv févr avr juil sept oct nov déc"
        }
        "es" => {
            "sr sra srta sres dr dra d dña ud uds av avda núm nº pág art etc ej p lic ing gral cnel ee uu aprox"
        }
        "pt" => "sr sra srs dr dra d eng prof profa av r núm pág art etc ex p exmo gen cel aprox",
        "it" => "sig sigg dott dr prof ing avv on sen art pag ecc es n s st mons arch geom",
        "nl" => {
            "dhr mevr mr dr drs prof ir ing bijv nr o a d w z m b v ca enz jl jan feb mrt apr aug sept okt nov dec st"
        }
        "ru" => {
            "т е д п г гг в вв им ул пр просп пл тыс млн млрд трлн руб коп стр см др ред рис обл р н акад проф \
             доц ген кв чел напр св соч авт изд янв февр авг сент окт нояб дек"
        }
        "uk" => {
            "т е д п р рр м с ст вул просп пл тис млн млрд трлн грн коп стор див ін ред рис обл н акад проф доц \
             ген кв чол напр св ім авт вид"
        }
        "pl" => "np tj tzn itd itp ul al św dr prof mgr inż hab r ok m in tys mln mld zł str por gen płk",
        "cs" | "sk" => "např tj tzv apod atd ul sv dr prof ing mgr č r s str mil tis mld kč odst gen plk",
        "sv" => "t ex bl a d v s k m fl dvs osv ca nr kl jan feb aug sept okt nov dec st prof dr",
        "da" | "nb" | "no" | "nn" => {
            "f eks bl a d v s osv ca nr kl jan feb aug sept okt nov dec st prof dr mio mrd kr"
        }
        "tr" => "dr prof doç av sn vb vs bkz yy no cad sok mah ltd şti alb gen",
        _ => "",
    }
}

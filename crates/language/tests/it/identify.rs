//! Languages of headlines that we wrote.

use language::{identify, identify_among, identify_with_hint};
use news::Language;

#[test]
fn headlines_tell_their_language() {
    for (code, headline) in [
        ("en", "Old bridge reopens after ten years of repairs"),
        ("de", "Alte Brücke nach zehn Jahren wieder geöffnet"),
        ("fr", "Le vieux pont rouvre après dix ans de travaux"),
        ("es", "El viejo puente reabre tras diez años de obras"),
        ("pt", "A velha ponte reabre depois de dez anos de obras"),
        ("it", "Il vecchio ponte riapre dopo dieci anni di lavori"),
        ("nl", "De oude brug gaat na tien jaar weer open"),
        ("pl", "Stary most znów otwarty po dziesięciu latach"),
        ("sv", "Den gamla bron öppnar igen efter tio år"),
        ("tr", "Eski köprü on yıl sonra yeniden açıldı"),
        ("ru", "Старый мост открыли после десяти лет ремонта"),
        ("uk", "Старий міст відкрили після десяти років ремонту"),
        ("ar", "افتتاح الجسر القديم بعد عشر سنوات من الإصلاح"),
        ("zh", "老桥维修十年后重新开放"),
        ("ja", "古い橋が十年ぶりに開通"),
        ("ko", "오래된 다리가 십 년 만에 다시 열렸다"),
        ("he", "הגשר הישן נפתח מחדש"),
    ] {
        let guess = identify(headline);
        assert_eq!(guess.language.code(), code, "{headline}: {guess:?}");
    }
}

#[test]
fn claims_settle_doubt_and_lose_against_the_text() {
    assert!(!identify("12:30 — 14").language.is_known());
    let spanish = Language::parse("es");
    assert_eq!(identify_with_hint("12:30", spanish).language, spanish);
    let german = "Die Regierung hat am Montag nach langer Beratung den Haushalt beschlossen.";
    assert_eq!(identify_with_hint(german, Language::ENGLISH).language.code(), "de");
    assert_eq!(identify_among(german, &[spanish, Language::ENGLISH]).language.code().len(), 2);
}

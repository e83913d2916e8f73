//! Numbers that count people, and many that do not, in six languages.

use crate::hash::WordSet;
use crate::lines::concepts::Concepts;
use crate::lines::counts::counts;
use crate::lines::words::{Desk, words};
use crate::terms::Terms;
use news::Language;

/// `12 dead, 3 injured` as it is counted now, in the order of the sentence.
fn told(code: &str, sentence: &str) -> String {
    let language = Language::parse(code);
    let (terms, concepts) = (Terms::of(language), Concepts::of(language));
    let desk = Desk { language, terms, concepts, names: WordSet::default() };
    let counts = counts(&words(sentence, &desk), language);
    let people = counts.iter().filter(|count| count.people && !count.was);
    let told: Vec<String> =
        people.map(|count| format!("{} {}", count.value, count.of.as_deref().unwrap_or_default())).collect();
    told.join(", ")
}

fn check(code: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(sentence, expect)| {
            let found = told(code, sentence);
            (found != *expect).then(|| format!("{sentence}\n    {found:?} instead of {expect:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn english() {
    check(
        "en",
        &[
            ("Twelve killed in bus crash near Quillmouth", "12 dead"),
            ("Ferry fire leaves 3 dead and 12 injured", "3 dead, 12 injured"),
            ("Landslide killed 12, not 14, prefecture says", "12 dead"),
            ("A blast killed at least 31 people and injured 90 others", "31 dead, 90 injured"),
            ("The death toll in Vaucroix rose to 14 on Monday", "14 dead"),
            ("The number of injured in the fire at the market rose by 3 to 40", "40 injured"),
            ("Police arrested 7 after two men were killed", "7 arrested, 2 dead"),
            ("Thirty people on the bus were injured", "30 injured"),
            ("Four wounded soldiers were flown out", "4 injured"),
            ("12 of the passengers are still missing", "12 missing"),
            ("Nine fishermen rescued off Lorvane", "9 rescued"),
            ("More than 4,000 residents evacuated as dyke leaks", "4000 evacuated"),
            ("Quake toll climbs to 9", "9 dead"),
            ("Cholera cases in Quillmouth rise to 31", "31 ill"),
            ("Quillmouth has 31 cases of cholera, the health office said", "31 ill"),
            ("Toll of Karst train crash reaches 51", "51 dead"),
            // Money, things, ages, hours, scores, courts.
            ("Miquelot fined four million livres in Port-Lazare dredging case", ""),
            ("Norrick certified 1,400 release hooks with copied results", ""),
            ("Two injured, 18,000 homes without power", "2 injured"),
            ("Poet Ilse Orrel dies at 96", ""),
            ("She has died at the age of 96", ""),
            ("The author, aged 81, died on Monday", ""),
            ("An 11-year-old boy was rescued from the rubble", ""),
            ("A man was killed in front of 30 children", ""),
            ("Two gunmen killed a guard", ""),
            ("Two men kill three at market", "3 dead"),
            ("Three dead whales wash ashore at Halm", ""),
            ("Seven horses killed in stable fire", ""),
            ("Four missing ships were found", ""),
            ("He was killed at 14:30 on Route 9", ""),
            ("Team beats Karst 3-2 as injured captain returns", ""),
            ("Judge frees 2 million for harbour", ""),
            ("Twelve executives met in Lorvane", ""),
            ("Two cases of fraud are before the court", ""),
            ("The 13th victim was found dead", ""),
            ("Two men charged over teenager killed in Lorvane", ""),
            ("The band releases 12 songs after singer was injured", ""),
            ("Two police cars and a missing child", ""),
            ("Fire kills 400 sheep", ""),
            ("Bridge toll rises to 5", ""),
            ("Two toll roads close after fire", ""),
        ],
    );
}

#[test]
fn german() {
    check(
        "de",
        &[
            ("Mindestens 14 Tote bei Erdbeben in Vaucroix", "14 dead"),
            ("Die Zahl der Toten steigt von 9 auf 14", "14 dead"),
            ("Die Zahl der Verletzten liegt bei 30", "30 injured"),
            ("Bei dem Brand sind 30 Menschen verletzt worden", "30 injured"),
            ("Zwei Menschen kamen ums Leben", "2 dead"),
            ("Drei Tote und zwölf Verletzte nach Busunglück", "3 dead, 12 injured"),
            ("Polizei hat vier Männer festgenommen", "4 arrested"),
            ("Drei weitere Personen werden noch vermisst", "3 missing"),
            ("Sturmflut an der Küste: Zwei Verletzte, 18.000 Haushalte ohne Strom", "2 injured"),
            ("Dichterin Ilse Orrel stirbt mit 96", ""),
            ("Sie ist im Alter von 96 Jahren gestorben", ""),
            ("Ein 11-jähriger Junge wurde gerettet", ""),
            ("Vier Millionen Livres Strafe im Prozess um die Toten", ""),
            ("Drei verletzte Pferde nach Brand in Halm", ""),
            ("1.400 Haken für Rettungsboote, eine Verletzte", ""),
            ("Zwei Fälle von Betrug vor Gericht", ""),
            ("31 Fälle von Cholera in Halm", "31 ill"),
            ("Er starb um 14 Uhr", ""),
            ("Drei Explosionen mit Toten in Karst", ""),
            ("Zwölf Boote vermisst", ""),
            ("Haft für zwei Männer wegen getöteter Frau", ""),
            ("Bus 12 verunglückt, Fahrer verletzt", ""),
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        &[
            ("Séisme de Vaucroix : au moins trois morts", "3 dead"),
            ("Le séisme a fait 14 morts et 110 blessés", "14 dead, 110 injured"),
            ("Le nombre de morts passe de 9 à 14", "14 dead"),
            ("Douze personnes ont été blessées dans l'incendie", "12 injured"),
            ("Un incendie tue au moins 12 personnes à Karst", "12 dead"),
            ("Deux habitants de la rue des Tanneurs sont toujours portés disparus", "2 missing"),
            ("La police a interpellé sept hommes", ""),
            ("Sept hommes interpellés à Port-Lazare", "7 arrested"),
            ("Trois morts, un ministre arrêté", "3 dead"),
            ("Miquelot condamné à quatre millions de livres, un témoin malade", ""),
            ("La poétesse est morte à 96 ans", ""),
            ("Le garçon de onze ans sorti vivant des décombres", ""),
            ("Les deux morts comptés deux fois", ""),
            ("Trois chevaux blessés à Halm", ""),
            ("Trois cas de fraude devant le tribunal", ""),
            ("31 cas de choléra à Halm", "31 ill"),
            ("Il est mort à l'âge de 61 ans", ""),
            ("Un homme tué devant 30 enfants", ""),
            ("Deux hommes jugés pour une femme tuée", ""),
            ("1400 crochets libérés par un défaut", ""),
        ],
    );
}

#[test]
fn spanish() {
    check(
        "es",
        &[
            ("Al menos 14 muertos en el terremoto", "14 dead"),
            ("El número de muertos sube a 14", "14 dead"),
            ("Mueren 14 personas en un incendio", "14 dead"),
            ("Doce personas resultaron heridas", "12 injured"),
            ("Tres muertos y doce heridos en Halm", "3 dead, 12 injured"),
            ("La policía detuvo a siete hombres", ""),
            ("Siete hombres detenidos en Quillmouth", "7 arrested"),
            ("La poeta muere a los 96", ""),
            ("Murió a los 96 años", ""),
            ("Un niño de 11 años fue rescatado", ""),
            ("Multa de cuatro millones en el caso de los enfermos", ""),
            ("Tres caballos heridos en Halm", ""),
            ("Dos casos de fraude", ""),
            ("31 casos de cólera en Halm", "31 ill"),
            ("18.000 hogares sin luz, dos heridos", "2 injured"),
            ("Un hombre mató a un guardia ante 30 niños", ""),
            ("Doce barcos desaparecidos", ""),
            ("Murió a las 14:30", ""),
        ],
    );
}

#[test]
fn ukrainian() {
    check(
        "uk",
        &[
            ("Унаслідок удару загинули троє людей", "3 dead"),
            ("Кількість загиблих зросла до 14", "14 dead"),
            ("Загинули щонайменше 14 людей", "14 dead"),
            ("12 людей поранено внаслідок обстрілу", "12 injured"),
            ("Троє поранених, 18 000 будинків без світла", "3 injured"),
            ("З-під завалів врятували двох дітей", "2 rescued"),
            ("Поетеса померла у віці 96 років", ""),
            ("11-річного хлопця врятували", ""),
            ("Штраф чотири мільйони гривень у справі хворих", ""),
            ("Зникли 12 кораблів", ""),
            ("Два випадки шахрайства", ""),
            ("31 випадок, або 31 випадків холери", "31 ill"),
            ("Троє коней поранено", ""),
            ("Він загинув о 14:30", ""),
            ("Звільнено 1400 гаків", ""),
        ],
    );
}

#[test]
fn russian() {
    check(
        "ru",
        &[
            ("Погибли не менее 14 человек", "14 dead"),
            ("Число погибших выросло до семи", "7 dead"),
            ("Двенадцать человек пострадали при пожаре", "12 injured"),
            ("Трое погибли и двое ранены", "3 dead, 2 injured"),
            ("Полиция задержала семь человек", ""),
            ("Задержаны семь человек", "7 arrested"),
            ("Поэтесса умерла в возрасте 96 лет", ""),
            ("11-летнего мальчика спасли", ""),
            ("Штраф четыре миллиона рублей по делу больных", ""),
            ("Пропали 12 кораблей", ""),
            ("Два случая мошенничества", ""),
            ("В Халме 31 случаев холеры", "31 ill"),
            ("Ранены три лошади", ""),
            ("Он погиб в 14:30", ""),
            ("18 000 домов без света, двое раненых", "2 injured"),
        ],
    );
}

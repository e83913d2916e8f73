//! Invented news for the tests of this room: views as the store would give them.

use news::{
    ActorId, ArticleId, DevelopmentId, DevelopmentKind, Language, NameKind, OutletId, Phase, QuoteKind,
    SayingId, Span, Stance, StoryId, Timestamp, Weight,
};
use store::view::{
    ArticleView, Board, BoardCell, BoardIssue, BoardRow, CoverageGroup, DayView, DevelopmentView,
    EvidenceView, FigurePoint, FigureSeries, Front, HeadlineChange, LeadSentence, PlaceView, PositionView,
    RelatedStory, SaidPage, SayingView, Speaker, StoryCard, StoryView,
};

const NOON: &str = "2026-11-23T12:00:00Z";

pub(crate) fn at(minutes: i64) -> Timestamp {
    let noon: Timestamp = NOON.parse().unwrap();
    Timestamp::from_second(noon.as_second() + minutes * 60).unwrap()
}

pub(crate) fn sentence(text: &str, outlet: &str, minutes: i64) -> LeadSentence {
    let span = Span::new(0, text.len());
    let (text, outlet) = (text.to_owned(), outlet.to_owned());
    LeadSentence {
        text,
        language: Language::ENGLISH,
        article: ArticleId(11),
        span,
        outlet,
        url: None,
        at: at(minutes),
    }
}

pub(crate) fn figures() -> Vec<FigureSeries> {
    let point = |value, minutes, said: &str| FigurePoint {
        value,
        at: at(minutes),
        article: ArticleId(11),
        span: Some(Span::new(0, 20)),
        outlet: "Meridian Press".to_owned(),
        said: said.to_owned(),
    };
    let points = vec![point(3.0, 0, "Three were killed."), point(9.0, 90, "Nine are dead.")];
    vec![FigureSeries { what: "dead".to_owned(), points }]
}

pub(crate) fn days() -> Vec<DayView> {
    let day = |day, text, minutes| DayView {
        day,
        articles: 12,
        sentences: vec![sentence(text, "Harbour Herald", minutes)],
    };
    // 23 and 22 November 2026.
    vec![
        day(20780, "Negotiators met again in Lindqvist Hall.", -60),
        day(20779, "The palace called the five regions “non-negotiable”.", -1_500),
    ]
}

pub(crate) fn development(id: i64) -> DevelopmentView {
    let text = "“We do not take orders from across the bay”, Ferrin answered.";
    DevelopmentView {
        id: DevelopmentId(id),
        story: StoryId(1),
        story_title: STORIES[0].0.to_owned(),
        story_language: Language::ENGLISH,
        at: at(-id),
        kind: DevelopmentKind::NewStatement,
        weight: Weight::Ordinary,
        families: 2,
        speaker: Some("Oda Ferrin".to_owned()),
        withdrawn_at: None,
        muted: false,
        evidence: vec![EvidenceView {
            article: ArticleId(11),
            span: Some(Span::new(0, 58)),
            text: text.to_owned(),
            outlet: "Nordbote".to_owned(),
            outlet_id: OutletId(5),
            url: Some("https://nordbote.example/11".to_owned()),
            language: Language::ENGLISH,
            at: at(-id - 3),
            stands: true,
            gone: false,
        }],
    }
}

pub(crate) fn position(stance: Stance, minutes: i64) -> PositionView {
    let words = "“Soldiers from countries that did not arm us can be discussed.”";
    PositionView {
        stance,
        issue: "foreign soldiers".to_owned(),
        words: words.to_owned(),
        language: Language::ENGLISH,
        article: ArticleId(11),
        span: Span::new(0, 58),
        in_title: false,
        outlet_name: "Nordbote".to_owned(),
        url: None,
        at: at(minutes),
        said: true,
        earlier: false,
    }
}

pub(crate) fn board() -> Board {
    let speaker = |id: i64, name: &str| Speaker {
        id: ActorId(id),
        name: name.to_owned(),
        kind: NameKind::Person,
        office: None,
    };
    let cell = |stance, before: Option<Stance>| BoardCell {
        now: position(stance, -5),
        moved: before.is_some(),
        before: before.into_iter().map(|stance| position(stance, -90)).collect(),
    };
    Board {
        issues: vec![BoardIssue { id: 1, name: "foreign soldiers".to_owned(), articles: 3 }],
        rows: vec![
            BoardRow {
                actor: speaker(3, "Ivo Karst"),
                cells: vec![Some(cell(Stance::Undecided, Some(Stance::RulesOut)))],
            },
            BoardRow { actor: speaker(4, "Oda Ferrin"), cells: vec![Some(cell(Stance::Demands, None))] },
        ],
    }
}

pub(crate) fn card(id: i64, title: &str, language: &str, phase: Phase, lead: &str) -> StoryCard {
    let n = 40 / (id as u32 + 1) + 1;
    StoryCard {
        id: StoryId(id),
        title: title.to_owned(),
        language: Language::parse(language),
        phase,
        opened_at: at(-600),
        updated_at: at(-7 * id),
        articles: n * 2,
        copies: n / 2,
        outlets: n,
        families: n / 3 + 1,
        title_outlet: "Harbour Herald".into(),
        title_url: Some("https://harbour-herald.example/2/talks".into()),
        lead: (!lead.is_empty()).then(|| sentence(lead, "Meridian Press", -7 * id)),
        image: None,
        muted: false,
        pulse: (0..24).map(|hour| (hour * hour * (id as u32 + 3) / 40) % (7 + id as u32)).collect(),
        outlet_names: ["Meridian Press", "Harbour Herald", "Nordbote", "Le Phare"].map(String::from).to_vec(),
    }
}

#[rustfmt::skip]
const STORIES: &[(&str, &str, Phase, &str)] = &[
    ("Velmar calls five regions “non-negotiable” as talks with Ostrava-am-See enter fourth day", "en", Phase::Breaking, "A spokesman for the Velmar presidency said by telephone that the status of the five regions was “non-negotiable”, hours before negotiators were due to meet again in Lindqvist Hall."),
    ("Ferry toll corrected to 12 after two found alive in Port Selwyn hospital", "en", Phase::Developing, "The harbour authority lowered the number of dead from fourteen to twelve on Monday, saying two passengers had been counted twice."),
    ("Zentralbank von Marenland hält Leitzins bei 3,25 Prozent", "de", Phase::Developing, "Die Notenbank lässt den Leitzins unverändert, stellt aber eine Senkung im Frühjahr in Aussicht, falls die Preise weiter nachgeben."),
    ("Tempête Isaure : douze communes privées d’électricité sur la côte de Lorme", "fr", Phase::Sustained, "Les vents ont dépassé 140 km/h dans la nuit de dimanche à lundi, selon le service météorologique."),
    ("Brightwater Foods withdraws safety claim, denies it knew of tainted batches", "en", Phase::Developing, "The company took the sentence off its website at noon and said it had been “poorly worded”."),
    ("Coalition talks open in Karsk after an election night without a winner", "en", Phase::Sustained, "Three parties said they would speak with each other and none said with whom they would govern."),
    ("Court in Halden clears former minister of misusing travel funds", "en", Phase::Fading, "The judges found that the rules then in force had not forbidden the flights."),
    ("Underdogs Estrel Rovers lift the cup after eleven penalties", "en", Phase::Fading, ""),
    ("Second, smaller quake shakes Upper Tarn; no injuries reported", "en", Phase::Developing, ""),
    ("مفاوضات الهدنة تدخل يومها الرابع دون اتفاق", "ar", Phase::Developing, ""),
    ("Bank of Orsay leaves rates alone", "en", Phase::Closed, ""),
    ("School in Lindqvist reopens its library after the flood", "en", Phase::Closed, ""),
];

pub(crate) fn front() -> Front {
    let card = |(id, s): (usize, &(&str, &str, Phase, &str))| card(id as i64, s.0, s.1, s.2, s.3);
    Front { stories: STORIES.iter().enumerate().map(card).collect(), total: 42, last_event: 7 }
}

pub(crate) fn article(id: i64, outlet: &str, title: &str, minutes: i64) -> ArticleView {
    ArticleView {
        id: ArticleId(id),
        outlet: OutletId(id),
        outlet_name: outlet.to_owned(),
        title: title.to_owned(),
        url: Some(format!("https://{}.example/{id}", outlet.to_lowercase().replace(' ', "-"))),
        byline: Some("Ana Lindqvist".into()),
        dateline: None,
        language: Language::ENGLISH,
        at: at(minutes),
        seen_at: at(minutes + 1),
        teaser: Some(
            "Negotiators were due back in the hall at noon; neither side said what it would offer.".into(),
        ),
        copy_of: None,
        copies: Vec::new(),
        first: false,
        revisions: 0,
    }
}

pub(crate) fn story() -> StoryView {
    let mut card = front().stories.swap_remove(0);
    card.id = StoryId(1);
    let mut agency =
        article(1, "Meridian Press", "Velmar says status of five regions “non-negotiable”", -540);
    agency.first = true;
    let copy = |id: i64| {
        let name = ["Daily Lantern", "Coast Courier", "Radio Karsk", "The Tarn Post"][id as usize % 4];
        ArticleView {
            copy_of: Some(ArticleId(1)),
            ..article(id, name, "Velmar: status of five regions “non-negotiable”", -500)
        }
    };
    agency.copies = (20..27).map(copy).collect();
    let mut herald = article(2, "Harbour Herald", STORIES[0].0, -120);
    herald.revisions = 2;
    let later = article(3, "Harbour Herald", "What a freeze along the line of contact would mean", -60);
    let sister = article(4, "Harbour Business Daily", "Markets shrug at Velmar talks", -45);
    let group = |family: &str, articles| CoverageGroup { family: family.to_owned(), articles };
    StoryView {
        card,
        lead: vec![
            sentence(STORIES[0].3, "Meridian Press", -540),
            sentence(
                "“We will not accept foreign peacekeepers on the line of contact,” the foreign minister said on Sunday.",
                "Harbour Herald",
                -300,
            ),
            sentence(
                "Prime Minister Oda Ferrin answered that she “does not take orders from the other side’s president” and asked for guarantees.",
                "Nordbote",
                -120,
            ),
        ],
        coverage: vec![
            group("Meridian Press", vec![agency]),
            group("Harbour Group", vec![herald, later, sister]),
            group(
                "Nordbote",
                vec![article(
                    5,
                    "Nordbote",
                    "Ferrin weist Forderungen zurück: „Wir nehmen keine Befehle entgegen“",
                    -110,
                )],
            ),
        ],
        headline_changes: vec![HeadlineChange {
            article: ArticleId(2),
            outlet_name: "Harbour Herald".into(),
            url: None,
            before: "Velmar calls four regions “non-negotiable” as talks enter third day".into(),
            after: "Velmar calls five regions “non-negotiable” as talks with Ostrava-am-See enter fourth day"
                .into(),
            language: Language::ENGLISH,
            at: at(-90),
        }],
        timeline: (0..10)
            .map(|hour| (at(-540 + hour * 60), (hour as u32 * 7) % 5 + 1, (hour as u32 * 3) % 4))
            .collect(),
        related: vec![RelatedStory {
            id: StoryId(9),
            title: "Third country has not yet committed to a guarantee".into(),
            language: Language::parse("de"),
            updated_at: at(-30),
            articles: 4,
        }],
        last_event: 7,
    }
}

fn speaker(id: i64, name: &str, office: &str) -> Option<Speaker> {
    let office = (!office.is_empty()).then(|| office.to_owned());
    Some(Speaker { id: ActorId(id), name: name.to_owned(), kind: NameKind::Person, office })
}

fn place(outlet: &str, minutes: i64) -> PlaceView {
    PlaceView {
        article: ArticleId(1),
        in_title: false,
        spans: vec![Span::new(0, 20), Span::new(30, 40)],
        outlet_name: outlet.to_owned(),
        url: None,
        language: Language::ENGLISH,
        at: at(minutes),
        story: None,
        differs: None,
    }
}

fn saying(id: i64, speaker: Option<Speaker>, kind: QuoteKind, content: &[&str]) -> SayingView {
    SayingView {
        id: SayingId(id),
        speaker,
        kind,
        content: content.iter().map(|words| (*words).to_owned()).collect(),
        source: Some("He".to_owned()),
        cue: Some("told".to_owned()),
        lead: (kind == QuoteKind::Mixed).then(|| "told reporters".to_owned()),
        addressee: Some("reporters".to_owned()),
        occasion: Some("in a phone briefing".to_owned()),
        negated: false,
        confidence: 0.9,
        at: at(-10 * id),
        place: place("Meridian Press", -10 * id),
        others: Vec::new(),
        copies: 2,
        families: 1,
        denies: None,
        denied_by: Vec::new(),
    }
}

/// Newest first, as the store gives them.
pub(crate) fn sayings() -> SaidPage {
    let karst = || speaker(1, "Ivo Karst", "palace spokesman");
    let sayings = vec![
        saying(1, karst(), QuoteKind::Direct, &["“We sign nothing,”", "“now or ever.”"]),
        saying(2, None, QuoteKind::Direct, &["“Peace for the five regions!”"]),
        saying(3, None, QuoteKind::Indirect, &["that talks would resume"]),
        saying(4, speaker(2, "Oda Ferrin", ""), QuoteKind::Mixed, &["she “does not take orders”"]),
        saying(5, karst(), QuoteKind::Indirect, &["the status of the five regions is settled"]),
    ];
    SaidPage { total: 5, sayings }
}

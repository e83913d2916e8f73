//! Which news agency wrote a text: by the outlet that publishes it, or by the credit that stands in it.

/// An agency: its place in the table.
pub(crate) type Agency = u8;

/// Agencies with the families they publish under (and what a recording without addresses calls them) and the credits that
/// stand in parentheses, before a dash, or behind a text. UNIAN's domains count to a house with a broadcaster: it is told by
/// its credit alone.
const AGENCIES: &[(&str, &[&str], &[&str])] = &[
    ("reuters", &["reuters"], &["reuters"]),
    ("ap", &["associated press", "ap"], &["ap", "associated press"]),
    ("afp", &["agence france-presse", "afp"], &["afp", "agence france-presse"]),
    ("dpa", &["dpa.com", "dpa-international.com", "dpa"], &["dpa"]),
    ("upi", &["upi.com"], &["upi"]),
    ("efe", &["efe.com"], &["efe"]),
    ("ansa", &["ansa.it"], &["ansa"]),
    ("lusa", &["lusa.pt"], &["lusa"]),
    ("apa", &["apa.at"], &["apa"]),
    ("tass", &["tass"], &["tass", "тасс"]),
    ("interfax", &["interfax.ru"], &["interfax", "интерфакс"]),
    ("ukrinform", &["ukrinform.ua", "ukrinform.net"], &["ukrinform", "укрінформ"]),
    ("unian", &["unian"], &["unian", "уніан"]),
    ("xinhua", &["xinhuanet.com", "news.cn"], &["xinhua", "新华社"]),
    ("pa", &["pamediagroup.com"], &["pa media", "press association"]),
];

/// Characters from either end in which a credit is looked for.
const RIM: usize = 220;

/// The agency that a family is.
pub(crate) fn agency_of_family(family: &str) -> Option<Agency> {
    place(|(_, families, _)| families.contains(&family))
}

/// The agency that a text credits: `KYIV (Reuters) -`, `PARIS, AFP —`, `(dpa)` at its end.
pub(crate) fn credited(text: &str) -> Option<Agency> {
    let head: String = text.chars().take(RIM).collect();
    let tail: String = text.chars().rev().take(RIM).collect::<Vec<_>>().into_iter().rev().collect();
    in_rim(&head).or_else(|| in_rim(&tail))
}

/// What stands before a credit, and with a comma before it what stands behind.
const OPENS: [&str; 6] = ["(", "/", "- ", "— ", "– ", "© "];
const DASHES: [&str; 3] = [" —", " –", " -"];

fn in_rim(rim: &str) -> Option<Agency> {
    let rim = rim.to_lowercase();
    let credits = |(at, credit): (usize, &str)| {
        let (before, behind) = rim.split_at(at);
        let behind = behind.strip_prefix(credit).unwrap_or(behind);
        (OPENS.iter().any(|open| before.ends_with(open)) && ends_word(behind))
            || (before.ends_with(", ") && DASHES.iter().any(|dash| behind.starts_with(dash)))
    };
    place(|(_, _, names)| names.iter().any(|name| rim.match_indices(name).any(credits)))
}

fn place(is_it: impl Fn(&(&str, &[&str], &[&str])) -> bool) -> Option<Agency> {
    AGENCIES.iter().position(is_it).and_then(|place| u8::try_from(place).ok())
}

fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{AGENCIES, agency_of_family, credited};

    fn name(agency: Option<u8>) -> Option<&'static str> {
        agency.and_then(|agency| AGENCIES.get(usize::from(agency))).map(|(name, ..)| *name)
    }

    #[test]
    fn credits_where_agencies_put_them() {
        let check = |text: &str, agency: Option<&str>| assert_eq!(name(credited(text)), agency, "{text}");
        check("LEMBURG (Reuters) - Delegates met again on Monday.", Some("reuters"));
        check("LEMBURG, AFP — Les délégués se sont réunis.", Some("afp"));
        check("Die Delegierten trafen sich am Montag. (dpa)", Some("dpa"));
        check("Делегации встретились в понедельник. (ТАСС)", Some("tass"));
        check("The delegates said that Reuters had asked them.", None);
        check("An apple (apart from pears) is a fruit.", None);
    }

    #[test]
    fn every_family_of_an_agency_is_there() {
        for (agency, families, _) in AGENCIES {
            let lost: Vec<_> =
                families.iter().filter(|name| *name != agency && !crate::family::is_reached(name)).collect();
            assert!(lost.is_empty(), "{agency}: {lost:?}");
        }
        assert_eq!(name(agency_of_family(crate::family("unian.ua"))), None);
        assert_eq!(name(credited("Переговори зупинено. (УНІАН)")), Some("unian"));
    }

    #[test]
    fn an_agency_is_known_by_its_family() {
        for (host, agency) in [
            ("apnews.com", Some("ap")),
            ("afp.com", Some("afp")),
            ("reuters.com", Some("reuters")),
            ("dpa.com", Some("dpa")),
            ("tass.ru", Some("tass")),
            ("example.com", None),
        ] {
            assert_eq!(name(agency_of_family(crate::family(host))), agency, "{host}");
        }
    }
}

//! What a device is told: declarative Web Push, which a browser without it hands to the service worker as it is.
//!
//! In: a [`Message`] and a limit. Out: JSON within the limit. The words are cut first and last; whose they are and where
//! they stand is always said in full (both are short, or they are cut by themselves).

use crate::message::Message;
use crate::text::{json_length, shorten};
use news::Weight;
use serde_json::json;

/// Bytes of JSON that every push service takes, with the encryption's overhead well below 4,096.
pub const LARGEST: usize = 3_000;

/// Bytes when a service found that too large.
pub(crate) const SHORTER: usize = 1_000;

/// The JSON text of a notification, in at most `most` bytes as long as the page's address leaves room.
pub fn payload(message: &Message, most: usize) -> Vec<u8> {
    let whole = written(message, most, "");
    let words = shorten(&message.words, most.saturating_sub(whole.len()));
    written(message, most, &words).into_bytes()
}

fn written(message: &Message, most: usize, words: &str) -> String {
    let outlet = shorten(&message.outlet, most / 12);
    let body = format!("{words}\n{}", attribution(message, most));
    debug_assert!(json_length(&outlet) <= most / 12);
    json!({
        "web_push": 8030,
        "notification": {
            "title": shorten(&message.title, most / 6),
            "body": body,
            "navigate": message.url,
            "tag": message.tag(),
            "renotify": message.weight == Weight::Major,
            "lang": if message.language.is_known() { message.language.code() } else { "" },
            "dir": direction(message),
            "timestamp": message.at.as_millisecond(),
            "data": {
                "development": message.development,
                "story": message.story,
                "count": message.count(),
                "told": message.told_in_all(),
                "outlet": outlet,
                "kind": message.kind,
                "weight": message.weight,
                "families": message.families,
                "url": message.url,
            },
        },
    })
    .to_string()
}

/// `Ada Moreno · Harbour Herald · +2`: who says it, where it stands, how many developments more.
pub(crate) fn attribution(message: &Message, most: usize) -> String {
    let speaker = message.speaker.as_deref().map(|speaker| shorten(speaker, most / 12));
    let more = (message.folded > 0).then(|| format!("+{}", message.folded).into());
    let parts = [speaker, Some(shorten(&message.outlet, most / 12)), more];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn direction(message: &Message) -> &'static str {
    match message.language {
        language if !language.is_known() => "auto",
        language if language.is_right_to_left() => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::example;
    use news::Language;
    use serde_json::Value;

    fn read(message: &Message, most: usize) -> Value {
        let written = payload(message, most);
        assert!(written.len() <= most, "{} > {most}", written.len());
        serde_json::from_slice(&written).unwrap()
    }

    #[test]
    fn says_what_is_new_whose_words_where_and_how_many() {
        let value = read(&example(), LARGEST);
        assert_eq!(value["web_push"], 8030);
        let shown = &value["notification"];
        assert_eq!(shown["title"], "Harbour talks go into a third day");
        let expect = "“We do not take orders from across the bay”, the prime minister said.\n\
                      Ada Moreno · Harbour Herald · +2";
        assert_eq!(shown["body"], expect);
        assert_eq!(shown["navigate"], "https://news.example/story/7?new=41");
        assert_eq!((&shown["tag"], &shown["renotify"]), (&"story-7".into(), &false.into()));
        assert_eq!((&shown["lang"], &shown["dir"]), (&"en".into(), &"ltr".into()));
        assert_eq!(shown["timestamp"], 1_790_000_000_000_i64);
        let data = &shown["data"];
        assert_eq!(
            (&data["development"], &data["story"], &data["count"]),
            (&41.into(), &7.into(), &3.into())
        );
        assert_eq!((&data["kind"], &data["told"]), (&"new_statement".into(), &7.into()));
    }

    #[test]
    fn endless_words_are_cut_and_their_source_is_not() {
        for piece in ["word ", "слово ", "\"", "\u{1}", "字", "e\u{301}"] {
            let long = Message {
                words: piece.repeat(5_000),
                title: piece.repeat(5_000),
                weight: Weight::Major,
                ..example()
            };
            for most in [LARGEST, SHORTER] {
                let value = read(&long, most);
                let body = value["notification"]["body"].as_str().unwrap();
                assert!(body.ends_with("…\nAda Moreno · Harbour Herald · +2"), "{body}");
                assert!(body.len() > most / 10, "{piece:?} {most}: {}", body.len());
                assert_eq!(value["notification"]["renotify"], true);
            }
        }
        let all = Message {
            outlet: "o".repeat(5_000),
            speaker: Some("字".repeat(5_000)),
            words: "w".repeat(5_000),
            ..example()
        };
        read(&all, LARGEST);
        read(&all, SHORTER);
    }

    #[test]
    fn direction_is_that_of_the_words() {
        let check = |tag: &str, expect: &str| {
            let message = Message { language: Language::parse(tag), ..example() };
            assert_eq!(read(&message, LARGEST)["notification"]["dir"], expect, "{tag}");
        };
        check("uk", "ltr");
        check("ar", "rtl");
        check("", "auto");
    }
}

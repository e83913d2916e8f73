//! A message for an ntfy server: published as JSON, one message a story that newer ones replace.

use crate::message::Message;
use crate::payload::attribution;
use crate::post::Headers;
use crate::text::shorten;
use news::Weight;
use serde_json::json;
use url::Url;

/// Bytes of a message's text; servers make a longer one an attachment.
const LONGEST: usize = 3_000;

/// The server's address, the body and its headers; `None` when the address names no topic.
pub(crate) fn request(
    message: &Message,
    address: &Url,
    token: Option<&str>,
) -> Option<(Url, Vec<u8>, Headers)> {
    let mut server = address.clone();
    let topic = address.path_segments()?.rfind(|segment| !segment.is_empty())?.to_owned();
    server.path_segments_mut().ok()?.pop_if_empty().pop().push("");
    server.set_query(None);
    server.set_fragment(None);
    let body = json!({
        "topic": topic,
        "title": shorten(&message.title, LONGEST / 6),
        "message": text(message),
        "click": message.url,
        "priority": priority(message.weight),
        "sequence_id": message.tag(),
    });
    let mut headers = vec![("content-type", "application/json".to_owned()), ("x-sequence-id", message.tag())];
    headers.extend(token.map(|token| ("authorization", format!("Bearer {token}"))));
    Some((server, body.to_string().into_bytes(), headers))
}

/// The words, cut to what servers take, and under them whose they are.
pub(crate) fn text(message: &Message) -> String {
    format!("{}\n{}", shorten(&message.words, LONGEST), attribution(message, LONGEST))
}

/// 3 is what sounds as the phone is set, 4 is "high".
fn priority(weight: Weight) -> u8 {
    match weight {
        Weight::Minor => 2,
        Weight::Ordinary => 3,
        Weight::Major => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::example;
    use serde_json::Value;

    #[test]
    fn the_topic_is_the_end_of_the_address() {
        let check = |address: &str, expect: Option<(&str, &str)>| {
            let request = request(&example(), &Url::parse(address).unwrap(), Some("tk_secret"));
            let found = request.as_ref().map(|(server, body, _)| {
                let body: Value = serde_json::from_slice(body).unwrap();
                assert_eq!((&body["sequence_id"], &body["priority"]), (&"story-7".into(), &3.into()));
                (server.as_str(), body["topic"].as_str().unwrap().to_owned())
            });
            assert_eq!(found, expect.map(|(server, topic)| (server, topic.to_owned())), "{address}");
        };
        check("https://ntfy.example/desk", Some(("https://ntfy.example/", "desk")));
        check("https://ntfy.example/desk/?x=1#y", Some(("https://ntfy.example/", "desk")));
        check("https://news.example/ntfy/desk", Some(("https://news.example/ntfy/", "desk")));
        check("https://ntfy.example/", None);
    }

    #[test]
    fn the_token_goes_along_when_there_is_one() {
        let address = Url::parse("https://ntfy.example/desk").unwrap();
        let headers = |token| request(&example(), &address, token).unwrap().2;
        assert!(headers(Some("tk_secret")).contains(&("authorization", "Bearer tk_secret".to_owned())));
        assert!(!headers(None).iter().any(|(name, _)| *name == "authorization"));
    }
}

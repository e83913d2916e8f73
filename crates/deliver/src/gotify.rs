//! A message for a Gotify server.

use crate::message::Message;
use crate::ntfy::text;
use crate::post::Headers;
use news::Weight;
use serde_json::json;
use url::Url;

/// The address of its messages, the body and its headers; `None` when the address cannot have a path.
pub(crate) fn request(message: &Message, server: &Url, token: &str) -> Option<(Url, Vec<u8>, Headers)> {
    let mut address = server.clone();
    address.path_segments_mut().ok()?.pop_if_empty().push("message");
    address.set_query(None);
    address.set_fragment(None);
    let body = json!({
        "title": message.title,
        "message": text(message),
        "priority": priority(message.weight),
        "extras": {
            "client::display": { "contentType": "text/plain" },
            "client::notification": { "click": { "url": message.url } },
        },
    });
    let headers = vec![("content-type", "application/json".to_owned()), ("x-gotify-key", token.to_owned())];
    Some((address, body.to_string().into_bytes(), headers))
}

/// From 4 on a phone sounds, from 8 on it insists.
fn priority(weight: Weight) -> u8 {
    match weight {
        Weight::Minor => 2,
        Weight::Ordinary => 5,
        Weight::Major => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::example;

    #[test]
    fn a_server_may_live_under_a_path() {
        let check = |server: &str, expect: &str| {
            let (address, body, headers) =
                request(&example(), &Url::parse(server).unwrap(), "app token").unwrap();
            assert_eq!(address.as_str(), expect);
            assert!(headers.contains(&("x-gotify-key", "app token".to_owned())));
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert!(body["message"].as_str().unwrap().ends_with("\nAda Moreno · Harbour Herald · +2"));
        };
        check("https://push.example", "https://push.example/message");
        check("https://news.example/gotify/?a=b", "https://news.example/gotify/message");
    }
}

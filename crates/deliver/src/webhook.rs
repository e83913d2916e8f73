//! A message for a program: JSON, signed as Standard Webhooks has it.
//!
//! The id is the same in every attempt, so that a receiver that was reached twice can tell.

use crate::KeyError;
use crate::message::{Message, NOTE};
use crate::post::Headers;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use news::Timestamp;
use serde_json::json;

const PREFIX: &str = "whsec_";

/// The body and its headers.
pub(crate) fn request(
    message: &Message,
    secret: &str,
    now: Timestamp,
) -> Result<(Vec<u8>, Headers), KeyError> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).ok();
    let key = key.filter(|key| (24..=64).contains(&key.len())).ok_or(KeyError::Webhook)?;
    let (id, at, body) = (message.identity(), now.as_second(), body(message));
    let signature =
        STANDARD.encode(sign(&Key::new(HMAC_SHA256, &key), format!("{id}.{at}.{body}").as_bytes()));
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", format!("v1,{signature}")),
    ];
    Ok((body.into_bytes(), headers))
}

fn body(message: &Message) -> String {
    json!({
        "type": if message.development == NOTE { "note" } else { "development.published" },
        "timestamp": message.at,
        "data": {
            "development": message.development,
            "story": message.story,
            "title": message.title,
            "kind": message.kind,
            "weight": message.weight,
            "families": message.families,
            "words": message.words,
            "speaker": message.speaker,
            "outlet": message.outlet,
            "language": message.language.code(),
            "url": message.url,
            "count": message.count(),
        },
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::example;
    use serde_json::Value;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// The example of the Standard Webhooks specification's libraries, signed by our primitives.
    #[test]
    fn the_signature_is_the_published_one() {
        let key = STANDARD.decode(SECRET.strip_prefix(PREFIX).unwrap()).unwrap();
        let signed = r#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#;
        let signature = STANDARD.encode(sign(&Key::new(HMAC_SHA256, &key), signed.as_bytes()));
        assert_eq!(signature, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn the_headers_sign_the_body() {
        let (body, headers) =
            request(&example(), SECRET, Timestamp::from_second(1_790_000_100).unwrap()).unwrap();
        let header = |name| headers.iter().find(|(of, _)| *of == name).unwrap().1.as_str();
        assert_eq!((header("webhook-id"), header("webhook-timestamp")), ("development-41", "1790000100"));
        assert!(header("webhook-signature").starts_with("v1,"));
        let value: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(value["type"], "development.published");
        assert_eq!(value["data"]["words"], example().words);
        assert_eq!(value["data"]["weight"], "ordinary");
    }

    /// A receiver must neither take a test for news nor the second test for the first one again.
    #[test]
    fn a_note_is_no_development() {
        let note = crate::Message { development: NOTE, ..example() };
        let (body, headers) = request(&note, SECRET, Timestamp::UNIX_EPOCH).unwrap();
        assert!(headers.contains(&("webhook-id", "note-1790000000000".to_owned())), "{headers:?}");
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["type"], "note");
    }

    #[test]
    fn a_secret_is_checked() {
        for bad in ["", "whsec_", "whsec_c2hvcnQ=", "not base64"] {
            assert_eq!(
                request(&example(), bad, Timestamp::UNIX_EPOCH).err(),
                Some(KeyError::Webhook),
                "{bad}"
            );
        }
    }
}

//! A message as a request to a push service (RFC 8030).

use crate::encrypt::Subscription;
use crate::message::Message;
use crate::post::Headers;
use crate::topic::topic;
use news::Weight;

/// Seconds that a push service keeps a message for a device that is away.
const TTL: u32 = 24 * 3_600;

/// The headers beside the authorization.
pub(crate) fn headers(message: &Message, subscription: &Subscription, authorization: String) -> Headers {
    // "High" wakes a sleeping phone (RFC 8030 section 5.3): not for what only readers of everything are told.
    let urgency = if message.weight == Weight::Minor { "normal" } else { "high" };
    vec![
        ("authorization", authorization),
        ("content-encoding", "aes128gcm".to_owned()),
        ("content-type", "application/octet-stream".to_owned()),
        ("ttl", TTL.to_string()),
        ("topic", topic(message.story, subscription)),
        ("urgency", urgency.to_owned()),
    ]
}

//! The `Topic` of a push message (RFC 8030 section 5.4): a newer message of a story replaces one not yet delivered.
//!
//! In: the story and the subscription's secret. Out: 22 characters of base64url (32 are allowed). The secret keeps push
//! services from seeing that two readers follow the same story.

use crate::encrypt::Subscription;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use news::StoryId;

/// See the module.
pub(crate) fn topic(story: StoryId, subscription: &Subscription) -> String {
    let name = format!("story {story}");
    let tag = sign(&Key::new(HMAC_SHA256, subscription.auth()), name.as_bytes());
    URL_SAFE_NO_PAD.encode(tag.as_ref().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encrypt::tests::{UA_PUBLIC, subscription};

    #[test]
    fn one_for_each_story_and_subscription() {
        let ours = topic(StoryId(7), &subscription());
        assert_eq!(ours.len(), 22);
        assert!(ours.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{ours}");
        assert_eq!(ours, topic(StoryId(7), &subscription()));
        assert_ne!(ours, topic(StoryId(8), &subscription()));
        let other = Subscription::read(UA_PUBLIC, "AAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert_ne!(ours, topic(StoryId(7), &other));
    }
}

//! The way outward for messages: the program's one guarded fetcher, as the delivery room wants to see it.
//!
//! Anybody may name a receiver and read what is wrong with it. What a name leads to, and whether somebody listens there,
//! stands in the operator's log alone.

use crate::pipeline::House;
use deliver::{Answer, Post, PostError, Request};
use ingest::FetchError;
use std::sync::Arc;

/// See the module.
pub(crate) struct Outward(pub(super) Arc<House>);

impl Post for Outward {
    async fn post(&self, request: Request) -> Result<Answer, PostError> {
        let Request { url, headers, body, within } = request;
        let origin = url.origin().ascii_serialization();
        let posted = self.0.fetcher.send(ingest::Post { url, headers, body, within }).await;
        match posted {
            Ok(posted) => {
                Ok(Answer { status: posted.status, retry_after: posted.retry_after, body: posted.body })
            }
            Err(error) => {
                match &error {
                    FetchError::Refused { .. } => tracing::info!(%origin, %error, "receiver not spoken to"),
                    _ => tracing::debug!(%origin, %error, "no answer from a receiver"),
                }
                Err(told(&error))
            }
        }
    }
}

/// In words for the receiver's page. A name of the private network, one that nobody knows and a host that does not
/// answer are told in the same words and tried again alike: else receivers would be a map of the operator's network.
fn told(error: &FetchError) -> PostError {
    match error {
        FetchError::Refused { .. } | FetchError::Unknown { .. } | FetchError::Unreachable { .. } => {
            PostError { passes: true, why: "it cannot be reached".to_owned() }
        }
        _ => PostError { passes: error.passes(), why: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_leads_to_is_not_told() {
        let host = || "vm".to_owned();
        let errors = [
            FetchError::Refused {
                host: host(),
                address: "127.0.0.1".to_owned(),
                why: "loopback",
                option: "deliver.allow_networks",
            },
            FetchError::Unknown { host: host() },
            FetchError::Unreachable { host: host(), why: "Connection refused (os error 111)".to_owned() },
        ];
        let expect = PostError { passes: true, why: "it cannot be reached".to_owned() };
        for error in errors {
            assert_eq!(told(&error), expect, "{error}");
        }
        let unfit = FetchError::Unfit { url: host(), why: "its port belongs to another service".to_owned() };
        assert!(!told(&unfit).passes, "what the address itself says may be told");
    }
}

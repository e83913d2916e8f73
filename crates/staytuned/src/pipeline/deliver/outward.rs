//! The way outward for messages: the program's one guarded fetcher, as the delivery room wants to see it.

use crate::pipeline::House;
use deliver::{Answer, Post, PostError, Request};
use std::sync::Arc;

/// See the module.
pub(crate) struct Outward(pub(super) Arc<House>);

impl Post for Outward {
    async fn post(&self, request: Request) -> Result<Answer, PostError> {
        let Request { url, headers, body, within } = request;
        let posted = self.0.fetcher.send(ingest::Post { url, headers, body, within }).await;
        match posted {
            Ok(posted) => {
                Ok(Answer { status: posted.status, retry_after: posted.retry_after, body: posted.body })
            }
            Err(error) => Err(PostError { passes: error.passes(), why: error.to_string() }),
        }
    }
}

//! Why something could not be fetched, in words for the feed page, which only the operator sees: they say where a name
//! leads.

use std::time::Duration;

/// A request that brought no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address itself is not one that we ask.
    #[error("{url} cannot be fetched: {why}")]
    Unfit { url: String, why: String },
    /// The name leads to an address that is not public.
    #[error("{host} is at {address}, which is {why} and not allowed (see {option})")]
    Refused { host: String, address: String, why: &'static str, option: &'static str },
    /// The name is not known.
    #[error("no address is known for {host}")]
    Unknown { host: String },
    /// No connection, or it broke.
    #[error("{host} could not be reached: {why}")]
    Unreachable { host: String, why: String },
    #[error("{host} did not answer within {} s", within.as_secs())]
    Slow { host: String, within: Duration },
    #[error("{host} did not finish its answer within {} s", within.as_secs())]
    Endless { host: String, within: Duration },
    #[error("{host} sent more than {} MiB", limit >> 20)]
    TooLarge { host: String, limit: usize },
    #[error("{host} redirects in a circle or more than {limit} times")]
    Redirects { host: String, limit: usize },
    #[error("too many requests wait for {host}")]
    Crowded { host: String },
}

impl FetchError {
    /// Whether trying again can help, without anybody changing anything.
    pub fn passes(&self) -> bool {
        !matches!(self, Self::Unfit { .. } | Self::Refused { .. })
    }
}

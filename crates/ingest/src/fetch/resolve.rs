//! Names into addresses, each of them checked. The client connects to what comes out of here and to nothing else, so
//! that no second look-up can lead elsewhere.

use crate::address;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// Addresses of a name.
pub(crate) type Lookup = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// The look-up itself: the system's, or a test's.
pub(crate) type LookupFn = Arc<dyn Fn(String) -> Lookup + Send + Sync>;

/// Networks that may be entered although they are not public, and the option that names them.
#[derive(Clone)]
pub(crate) struct Allowed {
    networks: Arc<[IpNet]>,
    option: &'static str,
}

impl Allowed {
    /// Says in the log what is open.
    pub(crate) fn new(networks: Vec<IpNet>, option: &'static str) -> Self {
        for network in &networks {
            tracing::warn!(%network, option, "the fetcher may enter this network");
        }
        Self { networks: networks.into(), option }
    }

    /// Whether the operator named a network with this address.
    pub(crate) fn holds(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Why an address is not spoken to; `None` when it may be.
    pub(crate) fn refused(&self, address: IpAddr) -> Option<NotPublic> {
        let why = address::refused(address, &self.networks)?;
        Some(NotPublic { address, why, option: self.option })
    }
}

/// See the module.
#[derive(Clone)]
pub(crate) struct CheckedResolver {
    pub(crate) lookup: LookupFn,
    pub(crate) allowed: Allowed,
}

/// A name none of whose addresses may be spoken to.
#[derive(Debug, thiserror::Error)]
#[error("{address} is {why}")]
pub(crate) struct NotPublic {
    pub(crate) address: IpAddr,
    pub(crate) why: &'static str,
    pub(crate) option: &'static str,
}

/// A name that no address is known for.
#[derive(Debug, thiserror::Error)]
#[error("no address")]
pub(crate) struct Unknown;

/// The system's look-up.
pub(crate) fn system() -> LookupFn {
    Arc::new(|host: String| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

impl CheckedResolver {
    /// The addresses of a name that may be spoken to.
    async fn addresses(
        self,
        host: String,
    ) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let mut refused = None;
        let mut public = Vec::new();
        let found = (self.lookup)(host).await.map_err(|error| {
            tracing::debug!(%error, "name not resolved");
            Unknown
        })?;
        for address in found {
            match self.allowed.refused(address) {
                None => public.push(SocketAddr::new(address, 0)),
                Some(why) => refused = refused.or(Some(why)),
            }
        }
        match refused {
            Some(refused) if public.is_empty() => Err(refused.into()),
            _ if public.is_empty() => Err(Unknown.into()),
            _ => Ok(public),
        }
    }
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let addresses = self.clone().addresses(name.as_str().to_owned());
        Box::pin(async move { Ok(Box::new(addresses.await?.into_iter()) as Addrs) })
    }
}

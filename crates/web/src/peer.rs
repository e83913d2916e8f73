//! Who is asking: the address that limits are counted on.
//!
//! In: the address of the connection and, when that is a trusted proxy, what it says it forwards for. A header
//! from anybody else is never believed.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr};

/// The address of the connection itself; what `/metrics` is judged on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Connection(pub(crate) IpAddr);

/// The reader as limits count: an IPv4 address or an IPv6 /64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Peer(IpAddr);

impl Peer {
    pub(crate) fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) >> 64 << 64)),
            v4 => v4,
        })
    }
}

/// Whether `address` lies in one of `networks`; IPv4 inside IPv6 counts as IPv4.
pub(crate) fn within(networks: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// The reader behind a connection: the rightmost address in `X-Forwarded-For` that is not a trusted proxy.
pub(crate) fn reader(connection: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut seen = connection;
    if !within(trusted, connection) {
        return seen;
    }
    let hops = headers.get_all("x-forwarded-for").iter().rev();
    for hop in hops.filter_map(|value| value.to_str().ok()).flat_map(|value| value.rsplit(',')) {
        let Some(address) = address_of(hop) else { break };
        seen = address;
        if !within(trusted, address) {
            break;
        }
    }
    seen
}

/// `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::1`, `[2001:db8::1]:443`.
fn address_of(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    hop.parse().ok().or_else(|| hop.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(connection: &str, forwarded: &[&str], expect: &str) {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let reader = reader(connection.parse().unwrap(), &headers, &trusted);
        assert_eq!(reader, expect.parse::<IpAddr>().unwrap(), "{connection} {forwarded:?}");
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        check("192.0.2.1", &["203.0.113.7"], "192.0.2.1");
        check("10.0.0.1", &["203.0.113.7"], "203.0.113.7");
        check("10.0.0.1", &["198.51.100.1, 203.0.113.7"], "203.0.113.7");
        check("10.0.0.1", &["203.0.113.7", "10.0.0.2"], "203.0.113.7");
        check("10.0.0.1", &["nonsense"], "10.0.0.1");
        check("10.0.0.1", &["203.0.113.7, nonsense"], "10.0.0.1");
        check("::1", &["[2001:db8::1]:443"], "2001:db8::1");
        check("::ffff:10.0.0.1", &["203.0.113.7"], "203.0.113.7");
    }

    #[test]
    fn neighbours_in_a_v6_network_are_one_peer() {
        let peer = |address: &str| Peer::of(address.parse().unwrap());
        assert_eq!(peer("2001:db8::1"), peer("2001:db8::ffff:2"));
        assert_ne!(peer("2001:db8::1"), peer("2001:db8:0:1::1"));
        assert_eq!(peer("::ffff:192.0.2.1"), peer("192.0.2.1"));
    }
}

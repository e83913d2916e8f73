//! Which addresses may be spoken to. Everything that is not plainly public is refused, in every form in which it can
//! be written, unless the operator allows the network.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not spoken to, as a word for the feed page: `loopback`, `private`, ...
///
/// After the IANA special-purpose registries (RFC 6890 and successors); IPv6 addresses that carry an IPv4 address are
/// judged by what they carry.
pub(crate) fn refused(address: IpAddr, allowed: &[IpNet]) -> Option<&'static str> {
    let plain = unmapped(address);
    if allowed.iter().any(|network| network.contains(&plain) || network.contains(&address)) {
        return None;
    }
    match plain {
        IpAddr::V4(v4) => refused_v4(v4),
        IpAddr::V6(v6) => refused_v6(v6),
    }
}

/// An IPv4 address that is written as IPv6 (`::ffff:a.b.c.d`) as itself.
fn unmapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

fn refused_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (0, ..) => Some("unspecified"),
        (127, ..) => Some("loopback"),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => Some("private"),
        (100, 64..=127, _) => Some("carrier-grade NAT"),
        (169, 254, _) => Some("link-local"),
        (192, 0, 0) | (192, 88, 99) => Some("reserved"),
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => Some("documentation"),
        (198, 18..=19, _) => Some("benchmark"),
        (224..=239, ..) => Some("multicast"),
        (240.., ..) => Some("reserved"),
        _ => None,
    }
}

fn refused_v6(address: Ipv6Addr) -> Option<&'static str> {
    let s = address.segments();
    let carried = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Some(refused_v4(Ipv4Addr::new(a, b, c, d)).unwrap_or("a tunnel"))
    };
    match s {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("loopback"),
        // IPv4-compatible, NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => carried(high, low),
        [0x64, 0xff9b, 1, ..] => Some("NAT64"),
        [0x2002, high, low, ..] => carried(high, low),
        // Teredo (RFC 4380), protocol assignments such as benchmark and ORCHID (2001::/23, RFC 2928), documentation
        // (RFC 3849, RFC 9637), discard (RFC 6666).
        [0x2001, 0, ..] => Some("a tunnel"),
        [0x2001, 0x1..=0x1ff, ..] => Some("reserved"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("documentation"),
        [0x100, 0, 0, 0, ..] => Some("discard"),
        [0xfc00..=0xfdff, ..] => Some("private"),
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xfec0..=0xfeff, ..] => Some("site-local"),
        [0xff00..=0xffff, ..] => Some("multicast"),
        // Only 2000::/3 is given out as global unicast.
        [0x2000..=0x3fff, ..] => None,
        _ => Some("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::refused;
    use ipnet::IpNet;

    #[test]
    fn only_public_addresses_pass() {
        let check = |address: &str, why: Option<&str>| {
            assert_eq!(refused(address.parse().unwrap(), &[]), why, "{address}");
        };
        for (address, why) in [
            ("0.0.0.0", "unspecified"),
            ("0.1.2.3", "unspecified"),
            ("127.0.0.1", "loopback"),
            ("127.9.9.9", "loopback"),
            ("10.0.0.1", "private"),
            ("172.16.0.1", "private"),
            ("172.31.255.255", "private"),
            ("192.168.1.1", "private"),
            ("100.64.0.1", "carrier-grade NAT"),
            ("100.127.255.255", "carrier-grade NAT"),
            ("169.254.169.254", "link-local"),
            ("192.0.0.1", "reserved"),
            ("192.0.2.1", "documentation"),
            ("198.51.100.7", "documentation"),
            ("203.0.113.9", "documentation"),
            ("198.18.0.1", "benchmark"),
            ("198.19.255.255", "benchmark"),
            ("192.88.99.1", "reserved"),
            ("224.0.0.1", "multicast"),
            ("239.255.255.255", "multicast"),
            ("240.0.0.1", "reserved"),
            ("255.255.255.255", "reserved"),
            ("::", "unspecified"),
            ("::1", "loopback"),
            ("::ffff:127.0.0.1", "loopback"),
            ("::ffff:10.1.1.1", "private"),
            ("::127.0.0.1", "loopback"),
            ("::8.8.8.8", "a tunnel"),
            ("64:ff9b::10.0.0.1", "private"),
            ("64:ff9b:1::1", "NAT64"),
            ("2002:7f00:1::", "loopback"),
            ("2002:a9fe:a9fe::", "link-local"),
            ("2001:0:4136:e378::1", "a tunnel"),
            ("2001:2::1", "reserved"),
            ("2001:2f::1", "reserved"),
            ("2001:1ff::1", "reserved"),
            ("2001:db8::1", "documentation"),
            ("3fff::1", "documentation"),
            ("100::1", "discard"),
            ("fc00::1", "private"),
            ("fd12:3456::1", "private"),
            ("fe80::1", "link-local"),
            ("fec0::1", "site-local"),
            ("ff02::1", "multicast"),
            ("4000::1", "reserved"),
        ] {
            check(address, Some(why));
        }
        for address in [
            "8.8.8.8",
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "2001:200::1",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            check(address, None);
        }
    }

    #[test]
    fn a_network_is_entered_only_when_the_operator_names_it() {
        let allowed: Vec<IpNet> = vec!["10.1.0.0/16".parse().unwrap(), "::1/128".parse().unwrap()];
        let check = |address: &str, passes: bool| {
            assert_eq!(refused(address.parse().unwrap(), &allowed).is_none(), passes, "{address}");
        };
        check("10.1.2.3", true);
        check("::ffff:10.1.2.3", true);
        check("::1", true);
        check("10.2.0.1", false);
        check("127.0.0.1", false);
    }
}

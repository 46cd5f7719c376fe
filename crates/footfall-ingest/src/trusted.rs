//! The proxies whose word counts.

use ipnet::IpNet;
use std::net::IpAddr;
use std::str::FromStr;

/// Networks of the operator's own proxies and of the CDN in front of them. Only their headers are believed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrustedProxies(Vec<IpNet>);

/// What may stand in the setting `trusted_proxies`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("'{0}' is no address or network; write one such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7")]
pub struct NotANetwork(pub String);

impl TrustedProxies {
    /// These networks and no others; none at all believes nobody.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Reads a list of networks and single addresses.
    ///
    /// # Errors
    /// One of them is neither.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, NotANetwork> {
        texts.into_iter().map(network).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl Default for TrustedProxies {
    /// Loopback, private and link-local ranges: a proxy on the same machine or in the same house.
    fn default() -> Self {
        let ranges = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"];
        Self(ranges.iter().map(|range| IpNet::from_str(range).expect("the list above holds networks")).collect())
    }
}

fn network(text: &str) -> Result<IpNet, NotANetwork> {
    let text = text.trim();
    let read = text.parse().ok().or_else(|| text.parse().ok().map(|address: IpAddr| IpNet::from(address.to_canonical())));
    read.ok_or_else(|| NotANetwork(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_trusted_and_the_world_is_not() {
        let trusted = TrustedProxies::default();
        for (address, expected) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("10.9.8.7", true),
            ("172.31.0.1", true),
            ("172.32.0.1", false),
            ("::ffff:192.168.1.1", true),
            ("8.8.8.8", false),
            ("2001:db8::1", false),
            ("fd00::1", true),
        ] {
            assert_eq!(trusted.contains(address.parse().expect("an address")), expected, "{address}");
        }
    }

    #[test]
    fn a_list_may_hold_single_addresses() {
        let trusted = TrustedProxies::parse(["192.0.2.7", " 2001:db8::/32 "]).expect("networks");
        assert!(trusted.contains("192.0.2.7".parse().expect("an address")));
        assert!(!trusted.contains("192.0.2.8".parse().expect("an address")));
        assert!(trusted.contains("2001:db8::5".parse().expect("an address")));
        assert_eq!(TrustedProxies::parse(["example.com"]), Err(NotANetwork("example.com".to_owned())));
    }
}

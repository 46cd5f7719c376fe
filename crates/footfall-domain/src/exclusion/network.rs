//! An address or a network, as an owner typed it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses that begin alike. Cannot be printed by accident; [`Network::written`] is for settings alone.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    /// Zero beyond the prefix; an IPv4-mapped address is the IPv4 address.
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. Everybody (`/0`) is no network.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.trim().split_once('/').map_or((text.trim(), None), |(address, prefix)| (address, Some(prefix)));
        let written: IpAddr = address.trim().parse().ok()?;
        let address = written.to_canonical();
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            Some(prefix) => {
                let prefix: u8 = prefix.trim().parse().ok()?;
                // A network of mapped addresses is one of IPv4 addresses.
                if written.is_ipv6() && address.is_ipv4() { prefix.checked_sub(96)? } else { prefix }
            }
        };
        (1..=longest).contains(&prefix).then(|| Self { address: masked(address, prefix), prefix })
    }

    /// Whether an address is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4() && masked(address, self.prefix) == self.address
    }

    /// As people write it; a single address without its length.
    pub fn written(self) -> String {
        let longest = if self.address.is_ipv4() { 32 } else { 128 };
        if self.prefix == longest { self.address.to_string() } else { format!("{}/{}", self.address, self.prefix) }
    }

    /// What is likely one household: an IPv4 address, or the /64 of an IPv6 one, whose last half changes by the day.
    pub fn household(address: IpAddr) -> Self {
        let address = address.to_canonical();
        let prefix = if address.is_ipv4() { 32 } else { 64 };
        Self { address: masked(address, prefix), prefix }
    }
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits() & u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0)).into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0)).into(),
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(…)")
    }
}

impl TryFrom<String> for Network {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("neither an address nor a network")
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.written()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_in_its_network() {
        for (network, address, is_in) in [
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("192.0.2.7", "::ffff:192.0.2.7", true),
            ("::ffff:192.0.2.0/120", "192.0.2.200", true),
            ("192.0.2.0/24", "192.0.2.255", true),
            ("192.0.2.0/24", "192.0.3.0", false),
            ("128.0.0.0/1", "255.255.255.255", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false),
            ("2001:db8::1", "2001:db8::1", true),
            ("::/1", "10.0.0.1", false),
        ] {
            let network = Network::parse(network).expect("a network");
            assert_eq!(network.contains(address.parse().expect("an address")), is_in, "{} {address}", network.written());
            assert_eq!(Network::parse(&network.written()), Some(network));
        }
    }

    #[test]
    fn what_is_no_network() {
        for text in ["", "x", "192.0.2", "192.0.2.0/33", "192.0.2.0/0", "::/0", "::/129", "192.0.2.0/-1", "::ffff:192.0.2.0/90", "1.2.3.4/"]
        {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_household_is_an_address_or_64_bits() {
        let of = |text: &str| Network::household(text.parse().expect("an address")).written();
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    }

    #[test]
    fn it_is_not_printed_by_accident() {
        assert_eq!(format!("{:?}", Network::parse("192.0.2.7")), "Some(Network(…))");
    }
}

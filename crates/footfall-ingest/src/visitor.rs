//! Who, for the length of one site-local day.

use footfall_domain::{SiteId, VisitorId};
use std::net::IpAddr;

/// The visitor of (site, address, user agent) under the day's secret: the first 64 bits of keyed BLAKE3.
///
/// The address enters in canonical binary form, whole; the user agent as received, byte for byte (definition 2). The
/// host visited is not part of the identity. Each part has a fixed length or comes last, so no two inputs run together.
pub fn visitor(secret: &[u8; 32], site: SiteId, address: IpAddr, user_agent: &[u8]) -> VisitorId {
    let mut hasher = blake3::Hasher::new_keyed(secret);
    hasher.update(&site.0.to_be_bytes());
    match address.to_canonical() {
        IpAddr::V4(address) => hasher.update(&[4]).update(&address.octets()),
        IpAddr::V6(address) => hasher.update(&[6]).update(&address.octets()),
    };
    hasher.update(user_agent);
    let mut first = [0; 8];
    hasher.finalize_xof().fill(&mut first);
    VisitorId(u64::from_be_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(secret: u8, site: u64, address: &str, user_agent: &[u8]) -> VisitorId {
        visitor(&[secret; 32], SiteId(site), address.parse().expect("an address"), user_agent)
    }

    #[test]
    fn each_part_makes_another_visitor() {
        let one = of(1, 1, "192.0.2.1", b"Firefox");
        assert_eq!(one, of(1, 1, "192.0.2.1", b"Firefox"));
        assert_eq!(one, of(1, 1, "::ffff:192.0.2.1", b"Firefox"));
        for other in [
            of(2, 1, "192.0.2.1", b"Firefox"),
            of(1, 2, "192.0.2.1", b"Firefox"),
            of(1, 1, "192.0.2.2", b"Firefox"),
            of(1, 1, "192.0.2.1", b"Firefox "),
            of(1, 1, "192.0.2.1", b"Firefox\xff"),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn an_identity_is_the_same_on_every_machine_and_in_every_version() {
        assert_eq!(of(7, 42, "2001:db8::1", b"Mozilla/5.0"), VisitorId(10_484_914_659_415_080_835));
    }
}

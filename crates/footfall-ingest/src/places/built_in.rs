//! The country list inside the program.

use super::{Places, record};
use footfall_domain::Place;
use maxminddb::Reader;
use std::net::IpAddr;

/// Read where it lies in the program file: pages of it come into memory as they are asked for, and can be dropped again.
static COUNTRIES: &[u8] = include_bytes!("../../data/iptoasn-country.mmdb");

/// Which edition is built in; part of what decides a day's numbers. Source and licence: `data/README.md`.
pub const BUILT_IN_VERSION: &str = "iptoasn-country 2.3.2026061719";

/// Countries of IPv4 and IPv6 addresses, by the network's announcements (public domain).
pub struct BuiltInCountries(Reader<&'static [u8]>);

impl BuiltInCountries {
    /// Opens the list; cheap.
    pub fn new() -> Self {
        Self(Reader::from_source(COUNTRIES).expect("the built-in list is a sound database: a test reads it"))
    }
}

impl Default for BuiltInCountries {
    fn default() -> Self {
        Self::new()
    }
}

impl Places for BuiltInCountries {
    fn place(&self, address: IpAddr) -> Place {
        record::look_up(&self.0, address)
    }
}

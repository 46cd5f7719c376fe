//! Where an address is. Looked up once, before the log; the address is then dropped.

mod built_in;
mod file;
mod record;

pub use built_in::{BUILT_IN_VERSION, BuiltInCountries};
pub use file::{PlaceFile, PlaceFileError};

use footfall_domain::Place;
use std::net::IpAddr;

/// Knows where addresses are.
pub trait Places: Send + Sync {
    /// The place of an address, as far as it is known; empty parts where it is not.
    fn place(&self, address: IpAddr) -> Place;
}

/// The first of several that knows the country: files of an operator (one may hold IPv4, another IPv6), then the built-in list.
pub struct FirstKnown(pub Vec<Box<dyn Places>>);

impl Places for FirstKnown {
    fn place(&self, address: IpAddr) -> Place {
        let found = self.0.iter().map(|places| places.place(address));
        found.into_iter().find(|place| !place.country.is_empty()).unwrap_or_default()
    }
}

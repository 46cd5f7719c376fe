//! Who a hit is from, as long as the address is known: for the length of one request.

use crate::{Places, TrustedProxies, cdn_place, client_address, first_language};
use footfall_domain::Place;
use http::HeaderMap;
use http::header::USER_AGENT;
use std::fmt;
use std::net::IpAddr;

/// The client of one request or line. Never written anywhere as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// Canonical address.
    pub address: IpAddr,
    /// The user agent, byte for byte.
    pub user_agent: Vec<u8>,
    /// First language, a BCP 47 tag; empty when there is none.
    pub language: String,
    /// From the CDN's headers, else from the database.
    pub place: Place,
}

impl Client {
    /// The client of a request that came from `peer`.
    pub fn of_request(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies, places: &dyn Places) -> Self {
        let address = client_address(peer, headers, trusted);
        let place = merged(cdn_place(peer, headers, trusted), places.place(address));
        Self { address, user_agent: user_agent(headers), language: first_language(headers), place }
    }

    /// The client a program states (a key of scope `events`): its place is looked up, headers of CDNs are about the program.
    pub fn stated(address: IpAddr, headers: &HeaderMap, places: &dyn Places) -> Self {
        let address = address.to_canonical();
        Self { address, user_agent: user_agent(headers), language: first_language(headers), place: places.place(address) }
    }

    /// The client of a line of a file.
    pub fn of_line(address: IpAddr, user_agent: Vec<u8>, places: &dyn Places) -> Self {
        let address = address.to_canonical();
        Self { address, user_agent, language: String::new(), place: places.place(address) }
    }
}

impl fmt::Debug for Client {
    /// Without address and user agent: what is printed may end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("language", &self.language).field("place", &self.place).finish_non_exhaustive()
    }
}

fn user_agent(headers: &HeaderMap) -> Vec<u8> {
    headers.get(USER_AGENT).map(|value| value.as_bytes().to_vec()).unwrap_or_default()
}

/// The CDN's word comes first; the database may add region and city to the same country.
fn merged(cdn: Option<Place>, looked_up: Place) -> Place {
    match cdn {
        Some(place) if place.region.is_empty() && place.city.is_empty() && place.country == looked_up.country => looked_up,
        Some(place) => place,
        None => looked_up,
    }
}

//! What a place database says about an address, in either of the two schemas in use.

use crate::country::country_code;
use footfall_domain::Place;
use maxminddb::Reader;
use serde::Deserialize;
use std::net::IpAddr;

/// The place of an address. A database of the other address family, or a damaged record, knows nothing.
pub(super) fn look_up<S: AsRef<[u8]>>(reader: &Reader<S>, address: IpAddr) -> Place {
    let found = reader.lookup(address.to_canonical()).and_then(|result| result.decode::<Record<'_>>());
    found.ok().flatten().map(Record::place).unwrap_or_default()
}

/// Flat (`country_code`, `state1`, `city`) or nested as MaxMind's own (`country.iso_code`, `subdivisions[].names.en`, `city.names.en`).
#[derive(Deserialize, Default)]
struct Record<'a> {
    country_code: Option<&'a str>,
    state1: Option<&'a str>,
    #[serde(borrow)]
    city: Option<City<'a>>,
    #[serde(borrow)]
    country: Option<Country<'a>>,
    #[serde(borrow)]
    registered_country: Option<Country<'a>>,
    #[serde(borrow, default)]
    subdivisions: Vec<Named<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum City<'a> {
    Flat(&'a str),
    #[serde(borrow)]
    Nested(Named<'a>),
}

#[derive(Deserialize)]
struct Country<'a> {
    iso_code: Option<&'a str>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    names: Option<Names<'a>>,
}

#[derive(Deserialize)]
struct Names<'a> {
    en: Option<&'a str>,
}

impl Record<'_> {
    fn place(self) -> Place {
        let nested = |country: Option<Country<'_>>| country.and_then(|country| country_code(country.iso_code?));
        let city = match self.city {
            Some(City::Flat(name)) => Some(name),
            Some(City::Nested(named)) => named.names.and_then(|names| names.en),
            None => None,
        };
        let region = self.state1.or_else(|| self.subdivisions.into_iter().next().and_then(|named| named.names).and_then(|names| names.en));
        Place {
            country: self
                .country_code
                .and_then(country_code)
                .or_else(|| nested(self.country))
                .or_else(|| nested(self.registered_country))
                .unwrap_or_default(),
            region: region.unwrap_or_default().to_owned(),
            city: city.unwrap_or_default().to_owned(),
        }
    }
}

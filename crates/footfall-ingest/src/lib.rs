//! From requests and log lines to hits.
//!
//! Everything here is a pure function of what it is given: bytes of a request, its headers, a line of a file, the
//! day's secret. No clock, no chance, no network; the only file ever opened is the place database an operator names.
//!
//! The walk of a page view: [`parse_event`] reads the body into a [`Sent`], [`Client::of_request`] tells who sent it
//! and from where, and [`hit()`] makes of both what may be kept: the address becomes a [`visitor()`] hash and a place,
//! and the query strings are cut to the keep-list ([`cut_query`]). Lines of files take [`import::parse_line`] instead
//! of the first two steps.
//!
//! No message, `Debug` or `Display` of this crate holds a client's address.

pub mod address;
pub mod cdn;
pub mod client;
pub mod client_address;
mod country;
pub mod cut;
pub mod domain_name;
mod engagement;
pub mod event;
mod fields;
pub mod hit;
pub mod hit_ids;
pub mod import;
pub mod invalid;
pub mod language;
pub mod pixel;
pub mod places;
mod props;
mod revenue;
pub mod trusted;
pub mod visitor;

pub use cdn::cdn_place;
pub use client::Client;
pub use client_address::{client_address, stated_address};
pub use cut::{cut_query, cut_query_keep_fragment};
pub use domain_name::normal_domain;
pub use event::{MAX_BODY_BYTES, MAX_NAME_CHARS, MAX_URL_BYTES, Sent, parse_event};
pub use hit::{HitParts, hit};
pub use hit_ids::{HitIds, client_hit_id, import_hit_id};
pub use invalid::Invalid;
pub use language::first_language;
pub use pixel::{PIXEL_GIF, parse_pixel};
pub use places::{BuiltInCountries, FirstKnown, PlaceFile, PlaceFileError, Places};
pub use trusted::TrustedProxies;
pub use visitor::visitor;

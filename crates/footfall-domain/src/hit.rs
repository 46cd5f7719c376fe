//! What was observed: the raw material, kept as it came but for what privacy demands.

use crate::{HitId, LocalDate, SiteId, UnixMillis, VisitorId};
use serde::{Deserialize, Serialize};

/// One observation, written durably before its sender is answered, and never changed.
///
/// The address is already gone (it is inside [`Hit::visitor`] only), the place is looked up, and the query strings of
/// `url` and `referrer` are cut to the keep-list; everything else is raw, so that a better list or rule can be applied
/// to last year (design, sections 2 and 5).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Hit {
    /// Its name; a repeated id counts once.
    pub id: HitId,
    /// The site it belongs to.
    pub site: SiteId,
    /// When it was received; for an imported line, the time of the line.
    pub time: UnixMillis,
    /// The site-local day it belongs to, fixed at ingest and never recomputed.
    pub date: LocalDate,
    /// The site's UTC offset at `time`, seconds east, fixed with `date`.
    pub offset_seconds: i32,
    /// Who, for the length of one site-local day.
    pub visitor: VisitorId,
    /// Where it came from.
    pub feed: Feed,
    /// `pageview`, `engagement` or the name of a custom event.
    pub name: String,
    /// The URL as sent, query cut to the keep-list; up to 2,000 bytes.
    pub url: String,
    /// The referrer as sent, query cut to the keep-list; empty when there was none.
    pub referrer: String,
    /// The user agent as received; bytes that are not UTF-8 are replaced here (the visitor was hashed from the raw bytes).
    pub user_agent: String,
    /// The first language of `Accept-Language`, as a BCP 47 tag; empty when there was none.
    pub language: String,
    /// Properties as text, in the order sent (definition 24).
    pub props: Vec<(String, String)>,
    /// Whether a custom event ends a bounce.
    pub interactive: bool,
    /// Whether the fragment is part of the page (hash routing).
    pub hash_routing: bool,
    /// Milliseconds engaged; engagement only.
    pub engaged_ms: Option<u32>,
    /// Deepest scroll in percent, 0 to 100; engagement only.
    pub scroll_depth: Option<u8>,
    /// The window's width in CSS pixels.
    pub screen_width: Option<u32>,
    /// Money that changed hands.
    pub revenue: Option<Revenue>,
    /// Where in the world, as far as it was looked up.
    pub place: Place,
    /// Numbers of the site's rules against addresses that the client's address matched: all that is kept of it, so that a
    /// rule can be taken back. No part of the hit's own encoding; who keeps hits writes it beside.
    #[serde(skip)]
    pub address_rules: Vec<u32>,
}

/// Where a hit came from. People are counted from tracker and server hits if the day has any, else from logs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feed {
    /// A script or pixel in a visitor's browser.
    Tracker,
    /// A program that states its visitor's address (a key of scope `events`, or `import --format hits`).
    Server,
    /// An access log.
    Log,
}

/// An amount as sent, and its ISO 4217 code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Revenue {
    /// A decimal number as text: money is not a float.
    pub amount: String,
    /// Three letters, upper case.
    pub currency: String,
}

/// A place, each part empty when not known.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Region, as the database names it.
    pub region: String,
    /// City, as the database names it.
    pub city: String,
}

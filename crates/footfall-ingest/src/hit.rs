//! The last step of ingest: what may be kept, and nothing else.

use crate::event::{MAX_URL_BYTES, cut_to};
use crate::{Client, Sent, cut_query, cut_query_keep_fragment, visitor};
use footfall_domain::{DayMoment, Feed, Hit, HitId, Site, UnixMillis};

/// The longest user agent kept, in bytes; the visitor is hashed from all of it.
pub const MAX_USER_AGENT_BYTES: usize = 1_000;

/// What a hit is made of. It holds a secret and an address, so it cannot be printed.
#[derive(Clone, Copy)]
pub struct HitParts<'a> {
    /// The site it is counted for.
    pub site: &'a Site,
    /// The site-local day and offset of `time`, by the site's calendar.
    pub moment: DayMoment,
    /// When it was received, or the time of the line.
    pub time: UnixMillis,
    /// Its name.
    pub id: HitId,
    /// Where it came from.
    pub feed: Feed,
    /// The secret of the site-local date.
    pub secret: &'a [u8; 32],
    /// What was sent.
    pub sent: &'a Sent,
    /// Who sent it.
    pub client: &'a Client,
}

/// The hit: address hashed and gone, query strings cut to the site's keep-list, everything else as it came.
pub fn hit(parts: HitParts<'_>) -> Hit {
    let HitParts { site, moment, time, id, feed, secret, sent, client } = parts;
    let keep = &site.rules.keep_parameters;
    let url = if sent.hash_routing { cut_query_keep_fragment(&sent.url, keep) } else { cut_query(&sent.url, keep) };
    let user_agent = String::from_utf8_lossy(&client.user_agent);
    Hit {
        id,
        site: site.id,
        time,
        date: moment.date,
        offset_seconds: moment.offset_seconds,
        visitor: visitor(secret, site.id, client.address, &client.user_agent),
        feed,
        name: sent.name.clone(),
        url: cut_to(&url, MAX_URL_BYTES).to_owned(),
        referrer: cut_to(&cut_query(&sent.referrer, keep), MAX_URL_BYTES).to_owned(),
        user_agent: cut_to(&user_agent, MAX_USER_AGENT_BYTES).to_owned(),
        language: client.language.clone(),
        props: sent.props.clone(),
        interactive: sent.interactive,
        hash_routing: sent.hash_routing,
        engaged_ms: sent.engaged_ms,
        scroll_depth: sent.scroll_depth,
        screen_width: sent.screen_width,
        revenue: sent.revenue.clone(),
        place: client.place.clone(),
        address_rules: site.rules.exclusions.numbers_of(client.address),
    }
}

//! From what was sent to hits in the log.

use super::App;
use super::bearer::{self, Bearer};
use crate::metrics::EventResult;
use footfall_domain::{DropReason, Feed, Hit, LocalDate, SiteId, UnixMillis};
use footfall_eventlog::LogError;
use footfall_ingest::{Client, HitParts, Sent, address, client_hit_id, hit, stated_address};
use footfall_store::KeyScope;
use http::HeaderMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// What came of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// Everything that has a site is in the log. So many of the hits will not be counted, as far as one can tell now.
    Kept {
        /// Unknown sites, bots, spam.
        dropped: u64,
    },
    /// The key is none, or may not do this.
    NotAllowed(&'static str),
    /// What was sent makes no sense.
    Invalid {
        /// The field at fault.
        field: &'static str,
        /// What would be right.
        message: String,
    },
    /// The log is behind or its disk full; nothing was kept.
    Later(Duration),
}

/// The header by which a program states its visitor's address, where a proxy on the way rewrites `X-Forwarded-For`.
const STATED_ADDRESS: &str = "x-footfall-client-address";
/// How long to wait when the log's disk is full or broken: nobody mends it in a second.
const UNAVAILABLE_WAIT: Duration = Duration::from_secs(10);

/// Writes what was sent to the log; returns when it is durable (law 1).
pub(super) async fn take(app: &App, peer: IpAddr, headers: &HeaderMap, sent: &Sent) -> Outcome {
    let now = app.house.now();
    let (client, feed, only) = match caller(app, peer, headers).await {
        Ok(caller) => caller,
        Err(outcome) => {
            if matches!(outcome, Outcome::NotAllowed(_) | Outcome::Invalid { .. }) {
                refused_for(app, &sent.domains, now, DropReason::Invalid);
            }
            return outcome;
        }
    };
    let (hits, mut dropped) = match hits(app, now, sent, &client, feed, only).await {
        Ok(made) => made,
        Err(outcome) => return outcome,
    };
    if hits.is_empty() {
        return Outcome::Kept { dropped };
    }
    for reason in hits.iter().filter_map(|hit| app.house.engine.forecast(hit)) {
        app.instruments.forecast_dropped(reason);
        dropped += 1;
    }
    append(app, now, hits, dropped).await
}

/// The address a request would be counted under, for who asks about his own (`X-Debug-Request`).
pub(super) async fn seen_address(app: &App, peer: IpAddr, headers: &HeaderMap) -> Result<IpAddr, Outcome> {
    caller(app, peer, headers).await.map(|(client, ..)| client.address)
}

/// Who was there, who says so, and the one site the word is good for.
async fn caller(app: &App, peer: IpAddr, headers: &HeaderMap) -> Result<(Client, Feed, Option<SiteId>), Outcome> {
    let house = &app.house;
    let later = |error| {
        tracing::warn!(error = %error, "the keys cannot be read");
        Outcome::Later(UNAVAILABLE_WAIT)
    };
    let key = match bearer::of(house, headers).await.map_err(later)? {
        Bearer::Nobody => return Ok((Client::of_request(peer, headers, &house.trusted, &*house.places), Feed::Tracker, None)),
        Bearer::Unknown => return Err(Outcome::NotAllowed("there is no such key")),
        Bearer::Key(key) => key,
    };
    // Nor does a person's key: what they may see says nothing about whose visits they may state.
    if matches!(key.scope, KeyScope::Stats | KeyScope::Sites) || key.owner.is_some() {
        return Err(Outcome::NotAllowed("this key may not send hits; make one with --scope events"));
    }
    let address = match headers.get(STATED_ADDRESS) {
        Some(value) => Some(value.to_str().ok().and_then(address::parse_address).ok_or_else(|| Outcome::Invalid {
            field: STATED_ADDRESS,
            message: "is no address; write one such as 203.0.113.7 or 2001:db8::7".into(),
        })?),
        None => stated_address(headers),
    };
    let client = match address {
        Some(address) => Client::stated(address, headers, &*house.places),
        None => Client::of_request(peer, headers, &house.trusted, &*house.places),
    };
    Ok((client, Feed::Server, key.site))
}

/// A hit for each site that exists, and how many do not.
async fn hits(
    app: &App,
    now: UnixMillis,
    sent: &Sent,
    client: &Client,
    feed: Feed,
    only: Option<SiteId>,
) -> Result<(Vec<Hit>, u64), Outcome> {
    let house = &app.house;
    let book = house.engine.sites();
    let mut hits = Vec::with_capacity(sent.domains.len());
    let mut dropped = 0;
    for domain in &sent.domains {
        let Some(entry) = book.by_domain(domain).filter(|entry| only.is_none_or(|only| only == entry.site.id)) else {
            refused(app, None, now, DropReason::UnknownSite, 1);
            dropped += 1;
            continue;
        };
        let moment = entry.calendar.moment(now);
        let secret = house.engine.live_secret(moment.date).await.map_err(|error| {
            tracing::warn!(error = %error, "the day's secret cannot be read");
            refused(app, Some(entry.site.id), now, DropReason::Overloaded, 1);
            Outcome::Later(UNAVAILABLE_WAIT)
        })?;
        let id = match &sent.client_id {
            Some(id) => client_hit_id(entry.site.id, id),
            None => house.hit_ids.next(now),
        };
        hits.push(hit(HitParts { site: &entry.site, moment, time: now, id, feed, secret: &secret, sent, client }));
    }
    Ok((hits, dropped))
}

async fn append(app: &App, now: UnixMillis, hits: Vec<Hit>, dropped: u64) -> Outcome {
    let sites: Vec<(SiteId, LocalDate)> = hits.iter().map(|hit| (hit.site, hit.date)).collect();
    let started = Instant::now();
    match app.house.engine.append(hits).await {
        Ok(_) => {
            app.instruments.committed(started.elapsed().as_secs_f64());
            app.instruments.hits(EventResult::Accepted, sites.len() as u64);
            Outcome::Kept { dropped }
        }
        Err(error) => {
            for (site, _) in &sites {
                refused(app, Some(*site), now, DropReason::Overloaded, 1);
            }
            match error {
                LogError::Behind { retry_after } => Outcome::Later(retry_after),
                error => {
                    tracing::warn!(error = %error, "the event log takes no hits");
                    Outcome::Later(UNAVAILABLE_WAIT)
                }
            }
        }
    }
}

/// Counts a request that was refused for each site it names, or once for the unknown site where it names none.
pub(super) fn refused_for(app: &App, domains: &[String], now: UnixMillis, reason: DropReason) {
    let book = app.house.engine.sites();
    let sites: Vec<SiteId> = domains.iter().filter_map(|domain| book.by_domain(domain)).map(|entry| entry.site.id).collect();
    for site in &sites {
        refused(app, Some(*site), now, reason, 1);
    }
    if sites.is_empty() {
        refused(app, None, now, reason, 1);
    }
}

/// Counts a hit that never reached the log (law 6): on the site's own day, or on UTC's where there is no site.
pub(super) fn refused(app: &App, site: Option<SiteId>, now: UnixMillis, reason: DropReason, n: u64) {
    let book = app.house.engine.sites();
    let date = match site.and_then(|id| book.by_id(id)) {
        Some(entry) => entry.calendar.moment(now).date,
        None => LocalDate::from_civil(now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()),
    };
    app.house.refusals.count(site, date, reason, n);
    app.instruments.hits(EventResult::Refused(reason), n);
}

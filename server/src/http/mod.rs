//! HTTP: what is answered to trackers, programs, machines and people.
//!
//! Requests of trackers go through [`intake`] to the log. Programs ask [`query`]. Machines watch [`health`]. People see
//! [`pages`]. What every answer carries is in [`headers`].

mod assets;
mod bearer;
mod body;
mod carried;
mod cors;
mod embed;
mod event;
mod headers;
mod health;
mod intake;
mod key;
mod limits;
mod listen;
mod openapi;
mod pages;
mod path;
mod pixel;
mod problem;
mod query;
mod readiness;
mod refuse;
mod router;
mod site_facts;
mod sites_api;
mod social;
mod spelling;
mod stats_v1;
mod suggestions;

pub use assets::Assets;
pub use listen::Listener;
pub use readiness::Readiness;
pub use router::router;

use crate::house::House;
use crate::metrics::{Instruments, MetricsOut, PrometheusMetrics, PurgeInstruments, TableInstruments};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

/// What requests are answered from.
pub struct App {
    /// Everything that is open.
    pub house: Arc<House>,
    /// The files of the pages and the tracker.
    pub assets: Assets,
    /// What the server counts about itself.
    pub instruments: Instruments,
    /// What the store counts about itself, where it is a table of DynamoDB; there from the first time somebody asks.
    table_instruments: OnceLock<TableInstruments>,
    /// What became of requests to caches in front.
    purge_instruments: PurgeInstruments,
    /// What `/metrics` shows.
    pub metrics: PrometheusMetrics,
    /// Whether to send traffic here.
    pub readiness: Readiness,
    /// Names the code that renders.
    build: &'static str,
    /// Public answers made lately.
    bodies: carried::Bodies,
    /// How much each key may ask.
    limits: limits::Limits,
    /// Where people reach the server; no slash at the end.
    pub base_url: String,
    /// Held while the first account is created.
    first_run: tokio::sync::Mutex<()>,
}

impl App {
    /// An open house with its files and numbers, reached at `listening`.
    pub fn new(house: Arc<House>, assets: Assets, listening: SocketAddr) -> Arc<Self> {
        Self::of_build(house, assets, listening, env!("FOOTFALL_BUILD"))
    }

    /// The same as another build of the program: pages that caches have of one are none of the other.
    pub fn of_build(house: Arc<House>, assets: Assets, listening: SocketAddr, build: &'static str) -> Arc<Self> {
        let metrics = PrometheusMetrics::default();
        let instruments = Instruments::new(&metrics as &dyn MetricsOut);
        let purge_instruments = PurgeInstruments::new(&metrics as &dyn MetricsOut, &house.purge);
        let house_limit = house.config.api.requests_per_hour;
        let base_url = house.config.server.base_url(listening);
        Arc::new(Self {
            house,
            assets,
            instruments,
            table_instruments: OnceLock::new(),
            purge_instruments,
            metrics,
            readiness: Readiness::default(),
            build,
            bodies: carried::Bodies::default(),
            limits: limits::Limits::new(house_limit),
            base_url,
            first_run: tokio::sync::Mutex::default(),
        })
    }
}

//! Pieces of closed days read through DAX: our own server, in this process.

use super::proxy::{Act, Proxy};
use super::support::{Place, credentials, endpoint};
use async_trait::async_trait;
use footfall_dax::server::{Config, Server};
use footfall_domain::{Dimension, LocalDate, LogicId, Position, SiteId};
use footfall_store::conformance::{self, Home, Shape, agrees, made_rollup};
use footfall_store::dynamo::{BreakerState, DynamoOptions, DynamoStats, DynamoStore, Kind, Tuning};
use footfall_store::{DayKey, DayStamp, RollupStore, Store};
use std::sync::Arc;
use std::time::Duration;

const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
/// One pack, too large for its row.
const SMALL: Shape = Shape { rows: 60, other_rows: 6, live: true, log: false, machines: 30 };

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: revision * 10 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

fn key(date: i32) -> DayKey {
    DayKey { site: SiteId(1), generation: 0, date: LocalDate(date) }
}

async fn server() -> Server {
    let listen = "127.0.0.1:0".parse().expect("an address");
    Server::start(Config::new(listen, endpoint(), "us-east-1", credentials())).await.expect("started")
}

fn through(server: &Server, place: &Place) -> DynamoOptions {
    DynamoOptions { reads: Some(format!("dax://{}", server.local_addr())), region: Some("us-east-1".into()), ..place.options.clone() }
}

/// A table behind a DAX server of its own.
struct Cached {
    place: Place,
    server: Option<Server>,
}

#[async_trait]
impl Home for Cached {
    async fn open(&mut self) -> Arc<dyn Store> {
        DynamoStore::create_table_with(&self.place.options, &self.place.tuning).await.expect("made or there");
        let server = match self.server.take() {
            Some(server) => server,
            None => server().await,
        };
        let store = DynamoStore::open_with(through(&server, &self.place), self.place.tuning.clone()).await.expect("opens");
        self.server = Some(server);
        Arc::new(store)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_store_keeps_rollups_when_it_is_read_through_dax() {
    conformance::rollups(|| Cached { place: Place::new(), server: None }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_store_is_a_registry_when_it_is_read_through_dax() {
    conformance::registry(|| Cached { place: Place::new(), server: None }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn pieces_of_closed_days_come_from_the_cache_and_those_of_flushes_do_not() {
    let (place, direct) = Place::made().await;
    let server = server().await;
    let store = DynamoStore::open_with(through(&server, &place), place.tuning.clone()).await.expect("opens");
    let rollup = made_rollup(1, LARGE);
    direct.put_day(key(1), stamp(1), &rollup).await.expect("put");
    direct.flush_day(key(2), stamp(1), &rollup).await.expect("flushed");
    agrees(&store, key(1), stamp(1), &rollup).await;
    let first = store.stats();
    assert_eq!((first.pieces_direct, first.dax_fell_back, first.dax_missed), (0, 0, 0), "{first:?}");
    assert!(first.pieces_dax > 100, "{first:?}");
    assert_eq!(first.breaker, Some(BreakerState::Closed));
    agrees(&store, key(2), stamp(1), &rollup).await;
    let second = store.stats();
    assert_eq!(second.pieces_dax, first.pieces_dax, "a flush is read from the table");
    assert!(second.pieces_direct > 100);
    server.stop().await;
}

/// What the days of one dashboard cost in units of strongly consistent reads, and how many pieces it read through DAX.
async fn dashboard(store: &DynamoStore, site: SiteId) -> (f64, u64) {
    let before = store.stats();
    for dimension in [Dimension::Page, Dimension::Referrer, Dimension::Country, Dimension::Browser] {
        let heads = store.heads(site, 0, dimension, LocalDate(0)..=LocalDate(27)).await.expect("heads");
        assert_eq!(heads.len(), 28);
    }
    let after = store.stats();
    assert_eq!((after.pieces_direct, after.dax_missed, after.dax_fell_back), (0, 0, 0), "{after:?}");
    let strong = |stats: &DynamoStats| stats.units.iter().find(|(kind, _)| *kind == Kind::Days).expect("every kind").1.read;
    (strong(&after) - strong(&before), after.pieces_dax - before.pieces_dax)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn packs_of_closed_small_days_come_from_the_cache() {
    let (place, direct) = Place::made().await;
    // What DAX has to ask the table for is counted on the way.
    let proxy = Proxy::before(endpoint()).await;
    let listen = "127.0.0.1:0".parse().expect("an address");
    let server = Server::start(Config::new(listen, proxy.endpoint.clone(), "us-east-1", credentials())).await.expect("started");
    let store = DynamoStore::open_with(through(&server, &place), place.tuning.clone()).await.expect("opens");
    let (closed, former) = (SiteId(1), SiteId(2));
    for date in 0..28 {
        let rollup = made_rollup(date as u64, SMALL);
        direct.put_day(DayKey { site: closed, ..key(date) }, stamp(1), &rollup).await.expect("put");
        // As an open day is and every small day was: with its pack in its row.
        direct.flush_day(DayKey { site: former, ..key(date) }, stamp(1), &rollup).await.expect("flushed");
    }
    direct.idle().await;
    proxy.rule(|_| Act::Pass);
    let (first, pieces) = dashboard(&store, closed).await;
    assert_eq!(pieces, 4 * 28, "a pack for each day and panel");
    let asked = proxy.count();
    assert!(asked > 0 && asked < 10, "{asked}: the first panel fills the cache");
    let (second, pieces) = dashboard(&store, closed).await;
    assert_eq!((proxy.count(), pieces), (asked, 4 * 28), "all from the cache");
    assert_eq!(second, first, "the rows are read each time");
    let (all, pieces) = dashboard(&store, former).await;
    assert_eq!(pieces, 0);
    assert!(second * 2.0 <= all, "{second} units of strong reads in place of {all}");
    for date in [0, 27] {
        agrees(&store, key(date), stamp(1), &made_rollup(date as u64, SMALL)).await;
    }
    assert_eq!(proxy.count(), asked);
    server.stop().await;
}

/// DAX remembers that there was no such item, and finds it only minutes later: what the row of a day names is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn what_dax_does_not_have_yet_is_read_from_the_table() {
    let (place, direct) = Place::made().await;
    let server = server().await;
    let store = DynamoStore::open_with(through(&server, &place), place.tuning.clone()).await.expect("opens");
    let rollup = made_rollup(1, LARGE);
    let dates = LocalDate(0)..=LocalDate(9);
    for date in 0..5 {
        direct.put_day(key(date), stamp(1), &rollup).await.expect("put");
    }
    // One query of the heads, which DAX keeps for five minutes.
    assert_eq!(store.heads(SiteId(1), 0, Dimension::Page, dates.clone()).await.map(|heads| heads.len()), Ok(5));
    assert_eq!(store.stats().dax_missed, 0);
    // The same query again, but now a day in it has another revision, whose head the kept answer lacks.
    let other = made_rollup(2, LARGE);
    direct.put_day(key(2), stamp(2), &other).await.expect("put");
    let heads = store.heads(SiteId(1), 0, Dimension::Page, dates.clone()).await.expect("heads");
    assert_eq!(heads, direct.heads(SiteId(1), 0, Dimension::Page, dates).await.expect("heads"));
    assert_eq!(heads[2].stamp, stamp(2));
    agrees(&store, key(2), stamp(2), &other).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn without_the_cluster_everything_is_read_from_the_table() {
    let (place, direct) = Place::made().await;
    let server = server().await;
    let tuning = Tuning { dax_timeout: Duration::from_secs(20), ..place.tuning.clone() };
    let store = DynamoStore::open_with(through(&server, &place), tuning.clone()).await.expect("opens");
    let rollup = made_rollup(1, LARGE);
    direct.put_day(key(1), stamp(1), &rollup).await.expect("put");
    agrees(&store, key(1), stamp(1), &rollup).await;
    let options = through(&server, &place);
    server.stop().await;
    agrees(&store, key(1), stamp(1), &rollup).await;
    let stats = store.stats();
    assert_eq!(stats.breaker, Some(BreakerState::Open), "{stats:?}");
    assert!(stats.dax_fell_back > 20 && stats.pieces_direct > 20, "{stats:?}");
    let late = DynamoStore::open_with(options, tuning).await.expect("opens without the cluster, too");
    agrees(&late, key(1), stamp(1), &rollup).await;
}

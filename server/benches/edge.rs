//! What carrying costs: a public page that is rendered, kept, or the same as before; through a real cache; and the bytes of
//! each widget.
//!
//! `cargo xtask bench edge` runs it over SQLite, and over a table of DynamoDB Local that is read through `footfall dax`: the
//! second is named in the settings of the environment, which the program reads as it always does.

mod common;

use common::carry::{Asking, Cache};
use common::{Server, at, footfall, machine, people, traffic};
use std::time::{Duration, Instant};

const SITE: &str = "public.example";
const HITS: u64 = 100_000;
const RENDERS: usize = 300;
const VIEWS: usize = 1_000;
const CONNECTIONS: usize = 16;
const LENGTH: Duration = Duration::from_secs(5);

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let store = std::env::var("FOOTFALL_BACKENDS_STORE").map_or("SQLite", |_| "DynamoDB through DAX");
    if store != "SQLite" {
        footfall(&data, &["store", "create"]);
    }
    footfall(&data, &["site", "add", SITE]);
    footfall(&data, &["site", "public", SITE, "on"]);
    // A short run is for those who work on this file: its figures mean nothing.
    let share = std::env::var("BENCH_SHARE").ok().and_then(|share| share.parse().ok()).unwrap_or(1);
    traffic::import(&data, SITE, HITS / share);
    let server = Server::serve(at(&data));
    println!("### edge over {store} ({}; a site of {} hits in 28 days)\n", machine(), HITS / share);
    println!("| a public page, at the server | per second | of renders |\n|---|---|---|");
    at_the_server(&server);
    println!(
        "\n| {VIEWS} views while hits come in, one client | seconds | requests at the server | renders | views/s |\n|---|---|---|---|---|"
    );
    through_a_cache(&server);
    println!("\n| widget | bytes | gzip | brotli |\n|---|---|---|---|");
    widgets(&server);
}

/// Renders, kept bodies and 304s of the same page.
fn at_the_server(server: &Server) {
    let path = format!("/{SITE}");
    let mut asking = Asking::at(&server.address);
    let mut took = Duration::ZERO;
    let before = renders(server);
    for _ in 0..RENDERS {
        // A new hit makes another page of it.
        people::send_one(&server.address, SITE);
        let started = Instant::now();
        assert_eq!(asking.get(&path, "Accept-Encoding: br\r\n").status, 200);
        took += started.elapsed();
    }
    let rendered = renders(server) - before;
    let rate = rendered as f64 / took.as_secs_f64();
    println!("| rendered and compressed, one client | {rate:.0} | 1 |");
    let page = asking.get(&path, "Accept-Encoding: br\r\n");
    let kept = common::carry::flood(&server.address, &path, "Accept-Encoding: br\r\n", 200, CONNECTIONS, LENGTH);
    println!("| kept (200), {CONNECTIONS} connections | {kept:.0} | {:.0} |", kept / rate);
    let known = format!("Accept-Encoding: br\r\nIf-None-Match: {}\r\n", page.header("etag").expect("a tag"));
    let same = common::carry::flood(&server.address, &path, &known, 304, CONNECTIONS, LENGTH);
    println!("| the same as before (304), {CONNECTIONS} connections | {same:.0} | {:.0} |", same / rate);
}

/// A thousand views with and without Varnish, each tenth beside a new hit.
fn through_a_cache(server: &Server) {
    views("none", server, &server.address);
    let Some(cache) = Cache::start(&server.address) else {
        println!("| varnishd is not installed: not measured | | | | |");
        return;
    };
    views("Varnish", server, &cache.address);
    let kept = common::carry::flood(&cache.address, &format!("/{SITE}"), "Accept-Encoding: br\r\n", 200, CONNECTIONS, LENGTH);
    println!("\nVarnish, {CONNECTIONS} connections: {kept:.0} views/s");
}

fn views(cache: &str, server: &Server, address: &str) {
    let mut asking = Asking::at(address);
    let (before, started) = ([requests(server), renders(server)], Instant::now());
    for n in 0..VIEWS {
        if n % 10 == 0 {
            people::send_one(&server.address, SITE);
        }
        assert_eq!(asking.get(&format!("/{SITE}"), "Accept-Encoding: br\r\n").status, 200);
    }
    let took = started.elapsed().as_secs_f64();
    let [asked, rendered] = [requests(server) - before[0], renders(server) - before[1]];
    println!("| {cache} | {took:.1} | {asked} | {rendered} | {:.0} |", VIEWS as f64 / took);
}

/// Every widget the description of the routes names.
fn widgets(server: &Server) {
    let mut asking = Asking::at(&server.address);
    let described: serde_json::Value = serde_json::from_slice(&asking.get("/api/openapi.json", "").body).expect("JSON");
    let parameters = described["paths"]["/embed/{domain}/{widget}"]["get"]["parameters"].as_array().cloned().unwrap_or_default();
    let named =
        parameters.iter().find(|parameter| parameter["name"] == "widget").and_then(|parameter| parameter["schema"]["enum"].as_array());
    for widget in named.into_iter().flatten().filter_map(|name| name.as_str()) {
        let path = format!("/embed/{SITE}/{widget}");
        let bytes = ["identity", "gzip", "br"].map(|coding| {
            let answer = asking.get(&path, &format!("Accept-Encoding: {coding}\r\n"));
            if answer.status == 200 { answer.body.len().to_string() } else { format!("({})", answer.status) }
        });
        println!("| {widget} | {} |", bytes.join(" | "));
    }
}

fn renders(server: &Server) -> u64 {
    counted(server, "footfall_page_renders_total")
}

/// Requests for pages that reached the server.
fn requests(server: &Server) -> u64 {
    counted(server, "footfall_request_duration_seconds_count{route=\"page\"}")
}

fn counted(server: &Server, name: &str) -> u64 {
    let (_, metrics) = common::get(&server.address, "/metrics");
    let of = |line: &str| {
        line.strip_prefix(name).filter(|rest| rest.starts_with([' ', '{'])).and_then(|rest| rest.rsplit(' ').next()?.parse::<u64>().ok())
    };
    metrics.lines().filter_map(of).sum()
}

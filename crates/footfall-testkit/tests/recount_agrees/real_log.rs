//! A real access log, through import and enrichment, counted by both.

use crate::told::Told;
use flate2::read::GzDecoder;
use footfall_domain::{Hit, HitId, Site, SiteCalendar, SiteId, UnixMillis};
use footfall_ingest::import::{Format, Line, parse_line};
use footfall_ingest::{BuiltInCountries, Client, HitParts, hit, import_hit_id};
use footfall_testkit::questions::{about_goals, panels, questions};
use footfall_testkit::when::instant;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

#[test]
fn about_a_real_access_log() {
    let told = real_log("Europe/Berlin", "2015-05-20T12:00:00Z");
    assert!(told.hits.len() > 1000, "the log has pageviews of people: {}", told.hits.len());
    told.agree(|ground| questions(1, 300, ground));
    told.agree(|ground| panels(2, 120, ground));
    told.agree(|ground| about_goals(3, 120, ground));
}

/// The demo's log (four days of May 2015) at a site in `zone`, asked in the middle of its last day.
fn real_log(zone: &str, now: &str) -> Told {
    let now = instant(now);
    let site = Site::new(SiteId(1), "demo.example", zone, UnixMillis(0));
    let calendar = site.calendar().expect("a zone");

    let mut hits = hits(&site, &calendar);
    hits.retain(|hit| hit.time <= now);
    Told::enriched("a real access log", site, now, &hits)
}

/// Every line that is a page view, as an import makes hits of them.
fn hits(site: &Site, calendar: &SiteCalendar) -> Vec<Hit> {
    let countries = BuiltInCountries::new();
    let of_line = |(number, line): (u64, &[u8])| match parse_line(Format::Combined, line, &site.domain) {
        Line::Hit { time, sent, address, user_agent, feed } => {
            let client = Client::of_line(address, user_agent, &countries);
            let parts = HitParts {
                site,
                moment: calendar.moment(time),
                time,
                id: id(number),
                feed,
                secret: &[7; 32],
                sent: &sent,
                client: &client,
            };
            Some(hit(parts))
        }
        _ => None,
    };
    (0..).zip(log().split(|byte| *byte == b'\n')).filter_map(of_line).collect()
}

fn id(line: u64) -> HitId {
    import_hit_id(1, &[9; 32], line)
}

/// The demo's log, or another combined log in gzip named by `FOOTFALL_TEST_LOG`.
fn log() -> Vec<u8> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/demo/access.log.gz");
    let path = std::env::var_os("FOOTFALL_TEST_LOG").map_or(demo, PathBuf::from);
    let mut text = Vec::new();
    GzDecoder::new(File::open(path).expect("the demo's log is in the repository")).read_to_end(&mut text).expect("a gzip file");
    text
}

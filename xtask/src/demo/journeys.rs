//! How people went through the site of the sample log: which pages, in which order, from where, with which pauses.

use crate::shell;
use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};

/// After so many seconds somebody has come again.
const PAUSE: u32 = 1800;
/// Endings of what is no page.
const FILES: [&str; 19] = [
    ".png", ".jpg", ".jpeg", ".gif", ".ico", ".css", ".js", ".ttf", ".svg", ".xml", ".rss", ".txt", ".pdf", ".gz", ".tgz", ".jar", ".conf",
    ".log", ".php",
];
const MACHINES: [&str; 8] = ["bot", "spider", "crawl", "favicon", "http", "slurp", "feed", "compatible;"];

/// One visit of the log.
pub struct Journey {
    /// The first half of the visitor's address.
    pub network: String,
    /// The site that led here, as the beginning of a URL; empty when none did.
    pub referrer: String,
    /// The pages, each with the seconds since the one before.
    pub views: Vec<(String, u32)>,
}

/// The visits of people, in the order in which they began.
pub fn read() -> Result<Vec<Journey>> {
    let path = shell::root().join("public/demo/access.log.gz");
    let log = File::open(&path).with_context(|| path.display().to_string())?;
    let mut journeys: Vec<Journey> = Vec::new();
    let mut latest: HashMap<(String, String), (usize, u32)> = HashMap::new();
    for line in BufReader::new(GzDecoder::new(log)).lines().map_while(Result::ok) {
        let Some(view) = View::read(&line) else { continue };
        let who = (view.address.to_owned(), view.agent.to_owned());
        match latest.get(&who) {
            Some((at, before)) if view.second.saturating_sub(*before) < PAUSE => {
                journeys[*at].views.push((view.path.to_owned(), view.second.saturating_sub(*before)));
                latest.insert(who, (*at, view.second));
            }
            _ => {
                latest.insert(who, (journeys.len(), view.second));
                let network = view.address.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
                journeys.push(Journey { network, referrer: view.referrer(), views: vec![(view.path.to_owned(), 0)] });
            }
        }
    }
    Ok(journeys)
}

/// A page somebody has seen.
struct View<'a> {
    address: &'a str,
    /// Since the beginning of the month.
    second: u32,
    path: &'a str,
    from: &'a str,
    agent: &'a str,
}

impl<'a> View<'a> {
    /// Reads a line of combined log; `None`: no page, or nobody.
    fn read(line: &'a str) -> Option<Self> {
        let mut parts = line.split('"');
        let (before, request, status, from) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let agent = parts.nth(1)?;
        let lower = agent.to_ascii_lowercase();
        let is_person = (agent.starts_with("Mozilla/") || agent.starts_with("Opera/")) && !MACHINES.iter().any(|word| lower.contains(word));
        let target = request.strip_prefix("GET ")?.split(' ').next()?;
        let path = target.split(['?', '#']).next()?;
        let is_page = [" 200 ", " 304 "].iter().any(|kept| status.starts_with(kept)) && !FILES.iter().any(|end| path.ends_with(end));
        let (_, time) = before.split_once('[')?;
        let number = |at: std::ops::Range<usize>| time.get(at)?.parse::<u32>().ok();
        let second = ((number(0..2)? * 24 + number(12..14)?) * 60 + number(15..17)?) * 60 + number(18..20)?;
        (is_person && is_page).then(|| Self { address: before.split(' ').next().unwrap_or_default(), second, path, from, agent })
    }

    /// Another site, without what was searched for there.
    fn referrer(&self) -> String {
        let Some((scheme, rest)) = self.from.split_once("://") else { return String::new() };
        let host = rest.split('/').next().unwrap_or_default();
        if host.ends_with("demo.example") { String::new() } else { format!("{scheme}://{host}/") }
    }
}

#[cfg(test)]
mod tests {
    use super::{View, read};

    #[test]
    fn people_and_pages_are_told_from_machines_and_files() {
        let line = |request: &str, status: u16, agent: &str| {
            format!(
                r#"83.149.9.250 - - [17/May/2015:10:05:03 +0000] "GET {request} HTTP/1.1" {status} 1 "http://www.google.com/url?q=a" "{agent}""#
            )
        };
        let person = "Mozilla/5.0 (X11; Linux x86_64; rv:24.0) Gecko/20140205 Firefox/24.0";
        let of = |line: &str| View::read(line).map(|view| (view.path.to_owned(), view.second, view.referrer()));
        let seconds = ((17 * 24 + 10) * 60 + 5) * 60 + 3;
        assert_eq!(of(&line("/a?b=c", 200, person)), Some(("/a".to_owned(), seconds, "http://www.google.com/".to_owned())));
        for no_view in [line("/a.png", 200, person), line("/a", 404, person), line("/a", 200, &format!("{person} Google favicon"))] {
            assert_eq!(of(&no_view), None, "{no_view}");
        }
    }

    #[test]
    fn the_sample_log_has_many_visits() {
        let journeys = read().expect("the log is in the repository");
        assert!(journeys.len() > 800, "{}", journeys.len());
        assert!(journeys.iter().any(|journey| journey.views.len() > 2 && journey.referrer.contains("google")));
    }
}

//! Live visitors for the demo: they come through `/api/event`, as real ones do.

use super::chance::Chance;
use super::journeys::Journey;
use super::people::{self, Person};
use super::{SITE, deeds, machines};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// The most that are there at once.
const MOST: usize = 200;
/// Of a hundred hits, those of machines.
const MACHINES: usize = 7;

/// Sends a hit every now and then until the server is gone.
pub fn keep_coming(journeys: &[Journey], listen: &str) {
    let mut chance = Chance::new(u64::from(std::process::id()) << 8);
    let pages: Vec<String> = journeys.iter().take(60).map(|journey| journey.views[0].0.clone()).collect();
    let mut visitors: Vec<Visitor> = Vec::new();
    let mut failures = 0;
    while failures < 20 {
        let sent = if chance.percent(MACHINES) {
            let request = machines::request(&pages, &mut chance);
            send(
                listen,
                &json!({"name": "pageview", "url": format!("https://{SITE}{}", request.path)}),
                &request.address,
                request.agent,
                "en",
            )
        } else {
            // People come and go; somebody new every fourth hit.
            if visitors.len() < 3 || chance.percent(25) {
                visitors.push(Visitor::new(chance.pick(journeys), &mut chance));
            }
            if visitors.len() > MOST {
                visitors.remove(0);
            }
            let at = chance.below(visitors.len());
            let sent = visitors[at].go_on(listen, &mut chance);
            if visitors[at].has_left() {
                visitors.swap_remove(at);
            }
            sent
        };
        failures = if sent.is_ok() { 0 } else { failures + 1 };
        thread::sleep(Duration::from_millis(150 + chance.below(1200) as u64));
    }
}

/// Somebody on the way through the site.
struct Visitor<'a> {
    who: Person,
    journey: &'a Journey,
    /// How many of the journey's pages were opened.
    opened: usize,
    /// Whether the page that is open was read already.
    read: bool,
}

impl<'a> Visitor<'a> {
    fn new(journey: &'a Journey, chance: &mut Chance) -> Self {
        Self { who: Person::of(journey, chance), journey, opened: 0, read: true }
    }

    fn has_left(&self) -> bool {
        self.read && self.opened >= self.journey.views.len()
    }

    /// One more page, or something done on the page that is open.
    fn go_on(&mut self, listen: &str, chance: &mut Chance) -> std::io::Result<()> {
        let hit = if self.read {
            let (origin, campaign) = if self.opened == 0 { people::origin(self.journey, chance) } else { (String::new(), "") };
            let (path, _) = &self.journey.views[self.opened];
            (self.opened, self.read) = (self.opened + 1, false);
            deeds::view(path, campaign, &origin, self.who.width)
        } else {
            let (path, _) = &self.journey.views[self.opened - 1];
            match deeds::event(path, chance) {
                Some(event) => event,
                None => {
                    self.read = true;
                    deeds::reading(path, chance).0
                }
            }
        };
        send(listen, &hit, &self.who.address, self.who.agent, self.who.language)
    }
}

fn send(listen: &str, hit: &Value, address: &str, agent: &str, language: &str) -> std::io::Result<()> {
    let mut hit = hit.clone();
    hit["domain"] = json!(SITE);
    let body = hit.to_string();
    let mut stream = TcpStream::connect(listen)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "POST /api/event HTTP/1.1\r\nHost: {listen}\r\nConnection: close\r\nContent-Type: text/plain\r\nAccept-Language: {language}\r\n\
         User-Agent: {agent}\r\nX-Forwarded-For: {address}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    stream.read_to_end(&mut Vec::new()).map(|_| ())
}

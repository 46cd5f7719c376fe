//! Hits of a day as a site of some size has them: more visitors find more pages, places and referrers, less and less.

use footfall_domain::{Feed, Hit, HitId, LocalDate, Place, SiteId, UnixMillis, VisitorId};

/// The day: 10 June 2026, UTC.
const DAY_MS: i64 = 1_781_049_600_000;
pub const DATE: LocalDate = LocalDate((DAY_MS / 86_400_000) as i32);

/// How many different values a site of so many hits has, and how they are spread.
pub struct Words {
    pages: Zipf,
    referrers: Zipf,
    countries: Zipf,
    cities: Zipf,
    agents: Zipf,
    campaigns: Zipf,
    languages: Zipf,
}

impl Words {
    pub fn of(hits: f64) -> Self {
        Self {
            pages: Zipf::new(50.0 + hits.powf(0.6)),
            referrers: Zipf::new(20.0 + hits.powf(0.45)),
            countries: Zipf::new((10.0 + hits.powf(0.3) * 3.0).min(230.0)),
            cities: Zipf::new((30.0 + 2.0 * hits.powf(0.5)).min(30_000.0)),
            agents: Zipf::new((20.0 + hits.powf(0.3) * 4.0).min(2_000.0)),
            campaigns: Zipf::new((2.0 + hits.powf(0.3)).min(400.0)),
            languages: Zipf::new((5.0 + hits.powf(0.2) * 3.0).min(120.0)),
        }
    }
}

/// Chances that repeat.
pub struct Dice(u64);

impl Dice {
    pub fn of_seed(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Numbers of which the nth is about n times as rare as the first.
struct Zipf {
    log: f64,
}

impl Zipf {
    fn new(values: f64) -> Self {
        Self { log: (values + 1.0).ln() }
    }

    fn draw(&self, dice: &mut Dice) -> u32 {
        // The inverse of the distribution of 1/n, as if n were continuous.
        ((dice.part() * self.log).exp() - 1.0) as u32
    }
}

/// People who come one after the other: three pages a visit, one visitor in six comes again on the same day.
pub struct People {
    words: Words,
    dice: Dice,
    made: u64,
    visitors: u64,
    visit: Option<Visit>,
}

struct Visit {
    visitor: u64,
    left: u32,
    agent: u32,
    country: u32,
    city: u32,
    language: u32,
    referrer: String,
    campaign: Option<u32>,
}

impl People {
    pub fn of(hits: f64) -> Self {
        Self { words: Words::of(hits), dice: Dice::of_seed(hits as u64), made: 0, visitors: 0, visit: None }
    }

    pub fn visitors(&self) -> u64 {
        self.visitors
    }

    /// The next hit, at this part of the day.
    pub fn hit(&mut self, part_of_day: f64) -> Hit {
        if self.visit.as_ref().is_none_or(|visit| visit.left == 0) {
            self.visit = Some(self.begin());
        }
        self.made += 1;
        let page = self.words.pages.draw(&mut self.dice);
        let visit = self.visit.as_mut().expect("begun above");
        visit.left -= 1;
        let campaign = visit.campaign.map_or_else(String::new, |n| format!("?utm_source=letter&utm_medium=email&utm_campaign=spring-{n}"));
        let is_event = self.made.is_multiple_of(23);
        Hit {
            id: HitId(u128::from(self.made)),
            site: SiteId(1),
            time: UnixMillis(DAY_MS + (part_of_day * 86_400_000.0) as i64),
            date: DATE,
            offset_seconds: 0,
            visitor: VisitorId(visit.visitor.wrapping_mul(0xD134_2543_DE82_EF95)),
            feed: Feed::Tracker,
            name: if is_event {
                ["Signup", "Download", "Outbound Link: Click"][(self.made % 3) as usize].into()
            } else {
                "pageview".into()
            },
            url: format!("https://www.example.com{}{campaign}", path(page)),
            referrer: std::mem::take(&mut visit.referrer),
            user_agent: agent(visit.agent),
            language: format!("{}", LANGUAGES[visit.language as usize % LANGUAGES.len()]),
            props: Vec::new(),
            interactive: true,
            hash_routing: false,
            engaged_ms: None,
            scroll_depth: None,
            screen_width: Some([390, 820, 1440, 1920][visit.agent as usize % 4]),
            revenue: None,
            place: Place {
                country: country(visit.country),
                region: format!("{}-{}", country(visit.country), visit.city % 40),
                city: format!("City of {}", visit.city),
            },
        }
    }

    fn begin(&mut self) -> Visit {
        let (words, dice) = (&self.words, &mut self.dice);
        let visitor = if self.visitors > 0 && dice.part() < 1.0 / 6.0 {
            dice.next() % self.visitors
        } else {
            self.visitors += 1;
            self.visitors - 1
        };
        let referrer = match dice.part() {
            part if part < 0.45 => String::new(),
            part if part < 0.75 => "https://www.google.com/".into(),
            _ => format!("https://site-{}.example/some/page", words.referrers.draw(dice)),
        };
        let mut left = 1;
        while left < 40 && dice.part() < 2.0 / 3.0 {
            left += 1;
        }
        let campaign = (dice.part() < 0.08).then(|| words.campaigns.draw(dice));
        Visit {
            visitor,
            left,
            agent: words.agents.draw(dice),
            country: words.countries.draw(dice),
            city: words.cities.draw(dice),
            language: words.languages.draw(dice),
            referrer,
            campaign,
        }
    }
}

/// Slugs as long as titles are.
fn path(page: u32) -> String {
    const WORDS: [&str; 8] = ["how", "visitors", "counting", "release", "guide", "without", "cookies", "notes"];
    let word = |shift: u32| WORDS[(page.wrapping_mul(2_654_435_761) >> shift) as usize % WORDS.len()];
    match page {
        0 => "/".into(),
        1..=9 => format!("/{}", word(3)),
        _ => format!("/{}/{}-{}-{}-{page}", word(5), word(9), word(14), word(20)),
    }
}

fn agent(n: u32) -> String {
    let (version, minor) = (100 + n / 8 % 45, n / 400);
    match n % 8 {
        0 | 1 => format!(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.{minor}.0 Safari/537.36"
        ),
        2 => format!(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{}.{} Safari/605.1.15",
            12 + version % 8,
            minor
        ),
        3 | 4 => format!(
            "Mozilla/5.0 (iPhone; CPU iPhone OS {}_{} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{}.0 Mobile/15E148 Safari/604.1",
            12 + version % 8,
            minor,
            12 + version % 8
        ),
        5 => format!(
            "Mozilla/5.0 (Linux; Android {}; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Mobile Safari/537.36",
            9 + minor % 7
        ),
        6 => format!("Mozilla/5.0 (X11; Linux x86_64; rv:{version}.{minor}) Gecko/20100101 Firefox/{version}.{minor}"),
        _ => format!(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36 Edg/{version}.0.{minor}.0"
        ),
    }
}

fn country(n: u32) -> String {
    let letter = |n: u32| char::from(b'A' + (n % 26) as u8);
    format!("{}{}", letter(n * 7 + 3), letter(n / 26 + n * 11))
}

const LANGUAGES: [&str; 12] = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "ko", "zh", "tr"];

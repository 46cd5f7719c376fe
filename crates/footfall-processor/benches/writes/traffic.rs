//! A day of a site as its visitors make it: the more come, the more pages, places and referrers are seen, less and less.
//!
//! The nth value is met by one draw in n^(1+s): then v draws find about v^(1/(1+s)) different values, and a list has no
//! end that a busy site would reach. Exponents are chosen so that a million hits have some 8,000 pages, and a hundred
//! million 140,000.

use footfall_domain::values::{Agent, Origin, Places};
use footfall_domain::{
    AgentId, DropReason, Event, EventBatch, Feed, HitId, Kind, LocalDate, Machine, MachineClass, OriginId, PlaceId, PropsId, Sym,
    UnixMillis, Values, VisitorId,
};
use footfall_testkit::Dice;
use rustc_hash::FxHashMap;

/// The day: 10 June 2026, UTC.
const DAY_MS: i64 = 1_781_049_600_000;
pub const DATE: LocalDate = LocalDate((DAY_MS / 86_400_000) as i32);

/// Hits that arrive together.
const BATCH: usize = 200_000;
/// One hit in so many is a machine's.
const MACHINES: u64 = 50;

/// Visitors of one day, one after the other; those of two seeds are different people with the same habits.
pub struct People {
    dice: Dice,
    made: u64,
}

/// What a visit shows of itself.
struct Visit {
    visitor: VisitorId,
    time: i64,
    origin: OriginId,
    agent: AgentId,
    place: PlaceId,
    screen: Sym,
    language: Sym,
    hostname: Sym,
}

impl People {
    pub fn of_seed(seed: u64) -> Self {
        Self { dice: Dice::of_seed(seed), made: 0 }
    }

    /// So many hits, in as many batches as it takes.
    pub fn hits(&mut self, hits: usize, mut see: impl FnMut(&EventBatch)) {
        let mut left = hits;
        while left > 0 {
            let size = left.min(BATCH);
            see(&self.batch(size));
            left -= size;
        }
    }

    fn batch(&mut self, size: usize) -> EventBatch {
        let mut batch = EventBatch::default();
        batch.events.reserve(size);
        let mut known = Known::default();
        let mut machines = 0;
        while batch.events.len() + machines < size {
            if self.dice.below(MACHINES) == 0 {
                machines += 1;
                self.machine(&mut batch);
            } else {
                let room = size - batch.events.len() - machines;
                self.visit(&mut batch, &mut known, room);
            }
        }
        batch
    }

    fn machine(&mut self, batch: &mut EventBatch) {
        let n = rank(&mut self.dice, 0.8);
        let class = [MachineClass::Search, MachineClass::AiCrawler, MachineClass::Monitor, MachineClass::Library][n as usize % 4];
        let machine = Machine { class, name: format!("Machine {}", n % 60) };
        *batch.machines.entry((machine, path(rank(&mut self.dice, 0.6)))).or_default() += 1;
        *batch.drops.entry(DropReason::Bot).or_default() += 1;
    }

    /// One visit, or as much of it as there is room for: pages, how long they were read, an event now and then. One
    /// visitor in six comes twice.
    fn visit(&mut self, batch: &mut EventBatch, known: &mut Known, room: usize) {
        let end = batch.events.len() + room;
        let visitor = VisitorId(self.dice.bits());
        for _ in 0..if self.dice.below(6) == 0 { 2 } else { 1 } {
            let mut visit = self.begin(visitor, &mut batch.values, known);
            loop {
                let page = known.sym(&mut batch.values, Word::Page(rank(&mut self.dice, 0.6)));
                self.push(batch, known, end, &visit, page, Kind::Pageview);
                if self.dice.chance(70) {
                    visit.time += self.dice.between(2_000, 90_000);
                    self.push(batch, known, end, &visit, page, Kind::Engagement);
                }
                if self.dice.chance(6) {
                    self.push(batch, known, end, &visit, page, Kind::Custom);
                }
                visit.time += self.dice.between(1_000, 20_000);
                if !self.dice.chance(62) {
                    break;
                }
            }
        }
    }

    fn begin(&mut self, visitor: VisitorId, values: &mut Values, known: &mut Known) -> Visit {
        let dice = &mut self.dice;
        Visit {
            visitor,
            time: DAY_MS + dice.between(0, 85_000_000),
            origin: origin(dice, values, known),
            agent: agent(dice, values, known),
            place: place(dice, values, known),
            screen: known.sym(values, Word::Screen(dice.below(4) as u32)),
            language: known.sym(values, Word::Language(rank(dice, 1.0).min(150))),
            hostname: known.sym(values, Word::Host(rank(dice, 1.5).min(3))),
        }
    }

    fn push(&mut self, batch: &mut EventBatch, known: &mut Known, end: usize, visit: &Visit, page: Sym, kind: Kind) {
        if batch.events.len() >= end {
            return;
        }
        self.made += 1;
        let name = match kind {
            Kind::Pageview => Word::Name(0),
            Kind::Engagement => Word::Name(1),
            Kind::Custom => Word::Name(1 + rank(&mut self.dice, 1.0).min(20)),
        };
        let engaged = kind == Kind::Engagement;
        batch.events.push(Event {
            id: HitId(u128::from(self.made)),
            time: UnixMillis(visit.time.min(DAY_MS + 86_399_999)),
            visitor: visit.visitor,
            offset_seconds: 0,
            kind,
            feed: Feed::Tracker,
            interactive: true,
            name: known.sym(&mut batch.values, name),
            page,
            hostname: visit.hostname,
            screen: visit.screen,
            language: visit.language,
            origin: visit.origin,
            agent: visit.agent,
            place: visit.place,
            props: known.no_props(&mut batch.values),
            engaged_ms: engaged.then(|| self.dice.between(500, 60_000) as u32),
            scroll_depth: engaged.then(|| self.dice.below(101) as u8),
        });
    }
}

/// 1, 2, 3, …: the nth or a later one in one draw of n^s.
fn rank(dice: &mut Dice, s: f64) -> u32 {
    let part = (dice.bits() >> 11) as f64 / (1_u64 << 53) as f64;
    (1.0 - part).powf(-1.0 / s).min(4e9) as u32
}

fn origin(dice: &mut Dice, values: &mut Values, known: &mut Known) -> OriginId {
    let mut word = |word| known.sym(values, word);
    let unset = word(Word::Unset);
    let mut origin = Origin {
        source: word(Word::Direct),
        referrer: word(Word::Direct),
        channel: word(Word::Channel(0)),
        utm_medium: unset,
        utm_source: unset,
        utm_campaign: unset,
        utm_content: unset,
        utm_term: unset,
    };
    match dice.below(100) {
        0..40 => {}
        40..65 => {
            let engine = rank(dice, 1.5).min(12);
            (origin.source, origin.referrer) = (word(Word::Engine(engine)), word(Word::EngineHost(engine)));
            origin.channel = word(Word::Channel(1));
        }
        _ => {
            let n = rank(dice, 0.8);
            (origin.source, origin.referrer) = (word(Word::Site(n / 3)), word(Word::Referrer(n)));
            origin.channel = word(Word::Channel(2 + n % 6));
        }
    }
    if dice.chance(12) {
        origin.utm_medium = word(Word::Medium(rank(dice, 1.2).min(8)));
        origin.utm_source = word(Word::TaggedSource(rank(dice, 1.0).min(60)));
        origin.utm_campaign = word(Word::Campaign(rank(dice, 0.9).min(2_000)));
        if dice.chance(40) {
            origin.utm_content = word(Word::Content(rank(dice, 0.8).min(5_000)));
            origin.utm_term = word(Word::Term(rank(dice, 0.8).min(5_000)));
        }
    }
    values.origin(origin)
}

fn agent(dice: &mut Dice, values: &mut Values, known: &mut Known) -> AgentId {
    let (browser, age) = (rank(dice, 1.0).min(30), rank(dice, 1.1).min(60));
    let (os, os_age) = (rank(dice, 1.3).min(14), rank(dice, 1.2).min(25));
    let mut word = |word| known.sym(values, word);
    let agent = Agent {
        browser: word(Word::Browser(browser)),
        browser_version: word(Word::Version(150_u32.saturating_sub(age))),
        os: word(Word::System(os)),
        os_version: word(Word::Version(30_u32.saturating_sub(os_age))),
        device: word(Word::Device(os % 3)),
    };
    values.agent(agent)
}

/// A city of a region of a country, the larger countries with more of them.
fn place(dice: &mut Dice, values: &mut Values, known: &mut Known) -> PlaceId {
    let country = rank(dice, 0.9).min(230);
    let city = rank(dice, 0.35).min(30 + 6_000 / country);
    let mut word = |word| known.sym(values, word);
    let places = Places {
        country: word(Word::Country(country)),
        region: word(Word::Region(country * 100 + city % 40)),
        city: word(Word::City(country * 10_000 + city)),
    };
    values.place(places)
}

/// A value, before it is a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Word {
    Unset,
    Direct,
    Page(u32),
    Host(u32),
    Name(u32),
    Screen(u32),
    Language(u32),
    Channel(u32),
    Engine(u32),
    EngineHost(u32),
    Site(u32),
    Referrer(u32),
    Medium(u32),
    TaggedSource(u32),
    Campaign(u32),
    Content(u32),
    Term(u32),
    Browser(u32),
    Version(u32),
    System(u32),
    Device(u32),
    Country(u32),
    Region(u32),
    City(u32),
}

/// The names values have in a batch.
#[derive(Default)]
struct Known {
    syms: FxHashMap<Word, Sym>,
    no_props: Option<PropsId>,
}

impl Known {
    fn sym(&mut self, values: &mut Values, word: Word) -> Sym {
        *self.syms.entry(word).or_insert_with(|| values.sym(&text(word)))
    }

    fn no_props(&mut self, values: &mut Values) -> PropsId {
        *self.no_props.get_or_insert_with(|| values.props(&[]))
    }
}

fn text(word: Word) -> String {
    match word {
        Word::Unset => "(not set)".into(),
        Word::Direct => "Direct / None".into(),
        Word::Page(n) => path(n),
        Word::Host(n) => ["www.example.com", "example.com", "shop.example.com", "blog.example.com"][n as usize % 4].into(),
        Word::Name(0) => "pageview".into(),
        Word::Name(1) => "engagement".into(),
        Word::Name(n) => format!("{} {}", words(n, 1), "Click"),
        Word::Screen(n) => ["Mobile", "Desktop", "Laptop", "Tablet"][n as usize % 4].into(),
        Word::Language(n) => letters(n, 2) + "-" + &letters(n * 7, 2).to_uppercase(),
        Word::Channel(n) => ["Direct", "Organic Search", "Referral", "Organic Social", "Email", "Paid Search", "Display", "Affiliates"]
            [n as usize % 8]
            .into(),
        Word::Engine(n) => format!("Engine {n}"),
        Word::EngineHost(n) => format!("www.engine{n}.example"),
        Word::Site(n) => host(n),
        Word::Referrer(n) => format!("{}{}", host(n / 3), path(n % 1_000)),
        Word::Medium(n) | Word::TaggedSource(n) => words(n * 5, 1),
        Word::Campaign(n) => format!("{}-{n}", words(n, 2)),
        Word::Content(n) => format!("banner-{n}"),
        Word::Term(n) => words(n, 2),
        Word::Browser(n) => format!("Browser {n}"),
        Word::Version(n) => n.to_string(),
        Word::System(n) => format!("System {n}"),
        Word::Device(n) => ["Mobile", "Desktop", "Tablet"][n as usize % 3].into(),
        Word::Country(n) => letters(n, 2).to_uppercase(),
        Word::Region(n) | Word::City(n) => words(n, 1) + &letters(n, 4),
    }
}

/// Slugs as long as titles are.
fn path(n: u32) -> String {
    match n {
        1 => "/".into(),
        2..=12 => format!("/{}", words(n, 1)),
        _ => format!("/{}/{}-{n}", words(n % 17, 1), words(n, 4)),
    }
}

fn host(n: u32) -> String {
    format!("{}{n}.example", words(n, 1))
}

fn words(n: u32, count: u32) -> String {
    const WORDS: [&str; 16] = [
        "how", "visitors", "counting", "release", "guide", "without", "cookies", "notes", "summer", "sale", "the", "best", "review",
        "news", "of", "city",
    ];
    let word = |at: u32| WORDS[(n.wrapping_add(at).wrapping_mul(2_654_435_761) >> 28) as usize];
    (0..count).map(word).collect::<Vec<_>>().join("-")
}

fn letters(n: u32, count: u32) -> String {
    (0..count).map(|at| char::from(b'a' + (n.wrapping_add(at * 11).wrapping_mul(2_654_435_761) >> 7) as u8 % 26)).collect()
}

//! Who comes to the demo's site, and from where.

use super::chance::Chance;
use super::journeys::Journey;

const AGENTS: [((&str, u32), usize); 9] = [
    (("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", 1920), 24),
    (("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", 1680), 17),
    (("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15", 1440), 12),
    (("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", 1280), 10),
    (
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
            390,
        ),
        14,
    ),
    (("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", 412), 12),
    (
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            1536,
        ),
        7,
    ),
    (
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
            384,
        ),
        3,
    ),
    (
        (
            "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
            820,
        ),
        2,
    ),
];
const LANGUAGES: [(&str, usize); 8] =
    [("en-US,en;q=0.9", 9), ("en-GB,en;q=0.8", 3), ("de-DE,de;q=0.9", 4), ("fr", 3), ("es-ES,es", 2), ("pt-BR", 2), ("ja", 1), ("ru", 1)];
/// What leads to sites today; the log's own referrers are of 2015.
const REFERRERS: [(&str, usize); 13] = [
    ("", 30),
    ("https://www.google.com/", 22),
    ("https://news.ycombinator.com/item?id=9587253", 9),
    ("https://chatgpt.com/", 6),
    ("https://duckduckgo.com/", 6),
    ("https://github.com/example/demo", 6),
    ("https://www.reddit.com/r/linux/", 5),
    ("https://www.bing.com/", 4),
    ("https://www.perplexity.ai/", 3),
    ("https://lobste.rs/", 3),
    ("https://mastodon.social/@demo", 3),
    ("https://bsky.app/profile/demo.example", 2),
    ("https://stackoverflow.com/questions/5262413", 6),
];
const CAMPAIGNS: [(&str, usize); 5] = [
    ("utm_source=newsletter&utm_medium=email&utm_campaign=monthly-notes&utm_content=first-link", 6),
    ("utm_source=newsletter&utm_medium=email&utm_campaign=monthly-notes&utm_content=footer", 2),
    ("utm_source=google&utm_medium=cpc&utm_campaign=keyboard-tools&utm_term=xdotool", 3),
    ("utm_source=mastodon&utm_medium=social&utm_campaign=release-week", 3),
    ("utm_source=conference&utm_medium=qr&utm_campaign=talk-slides", 1),
];
/// Of a hundred visits, those that a campaign brings.
const CAMPAIGN_SHARE: usize = 8;
/// Of a hundred visits, those that come from where the log says.
const LOG_SHARE: usize = 35;

/// Somebody with a browser.
#[derive(Clone)]
pub struct Person {
    pub address: String,
    pub agent: &'static str,
    pub width: u32,
    pub language: &'static str,
}

impl Person {
    /// Somebody of the network a journey was made from.
    pub fn of(journey: &Journey, chance: &mut Chance) -> Self {
        let (agent, width) = chance.weigh(&AGENTS);
        let address = format!("{}.{}.{}", journey.network, chance.below(256), 1 + chance.below(254));
        Self { address, agent, width, language: chance.weigh(&LANGUAGES) }
    }
}

/// What led somebody here: the referrer, and what a campaign has added to the first URL.
pub fn origin(journey: &Journey, chance: &mut Chance) -> (String, &'static str) {
    if chance.percent(CAMPAIGN_SHARE) {
        return (String::new(), chance.weigh(&CAMPAIGNS));
    }
    match chance.percent(LOG_SHARE) && !journey.referrer.is_empty() {
        true => (journey.referrer.clone(), ""),
        false => (chance.weigh(&REFERRERS).to_owned(), ""),
    }
}

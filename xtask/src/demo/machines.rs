//! What else comes to a web site: crawlers, monitors, and programs that read because somebody asked them.

use super::chance::Chance;

/// User agents as their owners document them, the network they come from, how often they do, and whether they read
/// articles only.
const MACHINES: [((&str, &str, bool), usize); 12] = [
    (("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "66.249.66", false), 22),
    (("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "157.55.39", false), 12),
    (("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; +https://openai.com/gptbot)", "20.171.207", false), 18),
    (("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)", "216.73.216", false), 14),
    (("meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)", "57.141.0", false), 6),
    (
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)",
            "3.224.62",
            false,
        ),
        5,
    ),
    (("CCBot/2.0 (https://commoncrawl.org/faq/)", "18.97.9", false), 3),
    (("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot", "23.98.142", true), 11),
    (
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0; +https://perplexity.ai/perplexity-user)",
            "44.208.221",
            true,
        ),
        4,
    ),
    (("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)", "34.162.46", true), 4),
    (("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "63.143.42", false), 6),
    (("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "54.36.148", false), 7),
];

/// One request of a machine.
pub struct Request {
    pub agent: &'static str,
    pub address: String,
    pub path: String,
}

/// The next request, for one of these pages.
pub fn request(pages: &[String], chance: &mut Chance) -> Request {
    let (agent, network, articles) = chance.weigh(&MACHINES);
    let is_article = |page: &&String| ["/articles/", "/blog/geekery/"].iter().any(|folder| page.starts_with(folder));
    let wanted: Vec<&String> = pages.iter().filter(|page| !articles || is_article(page)).collect();
    let path = match agent.contains("UptimeRobot") || wanted.is_empty() {
        true => "/".to_owned(),
        false => (*chance.pick(&wanted)).clone(),
    };
    Request { agent, address: format!("{network}.{}", 1 + chance.below(254)), path }
}

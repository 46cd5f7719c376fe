//! Machines by their user agents: search engines, models, monitors, scrapers, libraries.

use crate::lists;
use aho_corasick::AhoCorasick;
use footfall_domain::{Machine, MachineClass};
use regex::{Regex, RegexSet};
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

/// The machine behind a user agent; `None` for a person.
///
/// User agents that say nothing at all; the lists; then what calls itself a bot, crawler or spider, or says where to
/// complain, without being listed.
pub(super) fn find(user_agent: &str) -> Option<Machine> {
    if is_blank(user_agent) {
        return Some(Machine { class: MachineClass::Library, name: "No user agent".to_owned() });
    }
    LISTED.find(user_agent).or_else(|| unlisted(user_agent))
}

/// No browser ever sent only this.
fn is_blank(user_agent: &str) -> bool {
    matches!(
        user_agent,
        "" | "-"
            | "Mozilla"
            | "Mozilla/5.0"
            | "Mozilla/4.0"
            | "Mozilla/5.0 (compatible)"
            | "Mozilla/4.0 (compatible;)"
            | "null"
            | "undefined"
            | "(null)"
    )
}

struct Listed {
    rows: Vec<Row>,
    /// Patterns that are plain text, nearly all, found in one pass.
    texts: AhoCorasick,
    /// The row of each text.
    text_rows: Vec<usize>,
    /// The others.
    patterns: RegexSet,
    /// The row of each of the others.
    pattern_rows: Vec<usize>,
}

struct Row {
    class: MachineClass,
    name: &'static str,
    /// Whether it is our own addition: those are broad, and stand back.
    own: bool,
    /// Of several that match, the longest pattern says most.
    length: usize,
}

static LISTED: LazyLock<Listed> = LazyLock::new(|| {
    let (mut rows, mut texts, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
    let listed = lists::rows(lists::MACHINES).map(|row| (row, false));
    for ([pattern, tags, name], own) in listed.chain(lists::rows(lists::MORE_MACHINES).map(|row| (row, true))) {
        match plain_text(pattern) {
            Some(text) => texts.push((rows.len(), text)),
            None => patterns.push((rows.len(), pattern)),
        }
        rows.push(Row { class: class_of(name, tags), name, own, length: pattern.len() });
    }
    Listed {
        rows,
        texts: AhoCorasick::new(texts.iter().map(|(_, text)| text)).expect("the committed texts make an automaton: a test builds it"),
        text_rows: texts.iter().map(|(row, _)| *row).collect(),
        patterns: RegexSet::new(patterns.iter().map(|(_, pattern)| pattern)).expect("the committed patterns compile: a test builds them"),
        pattern_rows: patterns.iter().map(|(row, _)| *row).collect(),
    }
});

impl Listed {
    fn find(&self, user_agent: &str) -> Option<Machine> {
        let whole = |found: &aho_corasick::Match| !cuts_a_number(user_agent, found.range());
        let texts = self.texts.find_overlapping_iter(user_agent).filter(whole).map(|found| self.text_rows[found.pattern().as_usize()]);
        let patterns = self.patterns.matches(user_agent);
        let rows = texts.chain(patterns.iter().map(|found| self.pattern_rows[found]));
        // A library or driven browser is a means: whoever else is named uses it.
        let best = rows.min_by_key(|at| {
            let row = &self.rows[*at];
            (row.class == MachineClass::Library, row.own, Reverse(row.length), *at)
        })?;
        let Row { class, name, .. } = self.rows[best];
        Some(Machine { class, name: name.to_owned() })
    }
}

/// Whether a text that begins with a digit was found inside a version: `008/` in `Opera Mini/4.4.39008/`.
fn cuts_a_number(user_agent: &str, found: Range<usize>) -> bool {
    let bytes = user_agent.as_bytes();
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    bytes[found.start].is_ascii_digit() && found.start > 0 && is_number(&bytes[found.start - 1])
}

/// The text that a pattern without operators stands for.
fn plain_text(pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(next) = chars.next() {
        match next {
            '\\' => text.push(chars.next().filter(char::is_ascii_punctuation)?),
            '^' | '$' | '.' | '|' | '?' | '*' | '+' | '(' | ')' | '[' | ']' | '{' | '}' => return None,
            _ => text.push(next),
        }
    }
    Some(text)
}

/// Those that fetch because somebody asked an assistant. The lists know crawlers and assistants under one tag.
const ASSISTANTS: &[&str] = &[
    "Amazon-Bedrock-AgentCore-Browser",
    "AmazonBuyForMe",
    "Amzn-User",
    "Anchor Browser",
    "ChatGPT-User",
    "Claude-User",
    "Devin",
    "DuckAssistBot",
    "Gemini-Deep-Research",
    "Google-Agent",
    "Google-Gemini-CLI",
    "Google-NotebookLM",
    "GoogleAgent-Mariner",
    "kagi-fetcher",
    "linkReader",
    "Manus-User",
    "meta-externalfetcher",
    "MistralAI-User",
    "opencode-smartfetch",
    "Perplexity-User",
    "PerplexityUser",
    "TwinAgent",
];

fn class_of(name: &str, tags: &str) -> MachineClass {
    let has = |tag| tags.split(' ').any(|word| word == tag);
    if has("ai-assistant") || ASSISTANTS.contains(&name) {
        MachineClass::AiAssistant
    } else if has("ai-crawler") {
        MachineClass::AiCrawler
    } else if has("search-engine") {
        MachineClass::Search
    } else if has("monitoring") {
        MachineClass::Monitor
    } else if has("http-library") || has("browser-automation") {
        MachineClass::Library
    } else {
        MachineClass::Scraper
    }
}

/// The word that gives an unlisted machine away: what it calls itself, or where it explains itself.
static TELLTALE: LazyLock<Regex> = LazyLock::new(|| {
    let names = r"[a-z0-9_.!-]*(?:bots?(?:[^a-z]|$)|crawl|spider|scrape|headless)[a-z0-9_.!-]*";
    let addresses = r"https?://|[a-z0-9._-]+@[a-z0-9-]+\.[a-z]{2}";
    Regex::new(&format!("(?i)(?P<name>{names})|{addresses}")).expect("a constant pattern: a test compiles it")
});

fn unlisted(user_agent: &str) -> Option<Machine> {
    let told = TELLTALE.captures_iter(user_agent).find(|told| match told.name("name") {
        Some(name) => !is_phone(name.as_str()),
        // Toolbars of Internet Explorer gave addresses too.
        None => !user_agent.contains("MSIE "),
    })?;
    let word = told.name("name").map_or_else(|| product(user_agent), |name| name.as_str());
    let name: String = word.chars().take_while(|char| char.is_ascii_alphanumeric() || "_.!-".contains(*char)).take(40).collect();
    let name = if name.is_empty() || name == "Mozilla" { "Unlisted machine".to_owned() } else { name };
    Some(Machine { class: MachineClass::Scraper, name })
}

/// What a machine that gives an address calls itself: after `compatible;`, else the first word.
fn product(user_agent: &str) -> &str {
    user_agent.split_once("compatible;").map_or(user_agent, |(_, rest)| rest).trim_start()
}

/// A maker of telephones is called Cubot.
fn is_phone(word: &str) -> bool {
    word.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("cubot"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_are_told_from_expressions() {
        for (pattern, text) in [
            (r"Googlebot\/", Some("Googlebot/")),
            (r"archive\.org_bot", Some("archive.org_bot")),
            ("[wW]get", None),
            ("^curl", None),
            (r"a\d", None),
            ("a.b", None),
        ] {
            assert_eq!(plain_text(pattern).as_deref(), text, "{pattern}");
        }
    }

    #[test]
    fn every_assistant_of_the_table_is_in_a_list() {
        let names: Vec<&str> = LISTED.rows.iter().map(|row| row.name).collect();
        for name in ASSISTANTS {
            assert!(names.contains(name), "{name}");
        }
    }
}

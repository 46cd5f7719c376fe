//! Sources by the name people know: which host and which `utm_source` is whose.

use crate::{lists, spam::above};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What kind of place a source is; decides the channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Kind {
    Search,
    Social,
    Video,
    Shopping,
    Assistant,
    Email,
}

/// A source of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Source {
    /// What people call it.
    pub name: &'static str,
    /// `None` for a source that has a name and no channel of its own.
    pub kind: Option<Kind>,
}

/// The source of a referrer's hostname; `None` for one that is not in the table.
pub(crate) fn of_host(hostname: &str) -> Option<Source> {
    // The longest match wins: mail.google.com is Gmail, google.com is Google.
    above(hostname).find_map(|domain| TABLE.hosts.get(domain).or_else(|| TABLE.names.get(without_country(domain)?)).copied())
}

/// The source that a tag's value means, without regard to case; `None` for one that is not in the table.
pub(crate) fn of_tag(value: &str) -> Option<Source> {
    let value = value.trim().to_lowercase();
    let known = TABLE.tags.get(&*value).copied();
    known.or_else(|| value.contains('.').then(|| of_host(value.strip_prefix("www.").unwrap_or(&value)))?)
}

struct Table {
    hosts: FxHashMap<&'static str, Source>,
    /// Of hosts that end in `.*`, without that.
    names: FxHashMap<&'static str, Source>,
    tags: FxHashMap<&'static str, Source>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { hosts: FxHashMap::default(), names: FxHashMap::default(), tags: FxHashMap::default() };
    for [name, kind, hosts, tags] in lists::rows(lists::SOURCES) {
        let source = Source { name, kind: kind_of(kind) };
        for host in hosts.split(' ').filter(|host| !host.is_empty()) {
            match host.strip_suffix(".*") {
                Some(host) => table.names.insert(host, source),
                None => table.hosts.insert(host, source),
            };
        }
        table.tags.extend(tags.split(' ').filter(|tag| !tag.is_empty()).map(|tag| (tag, source)));
    }
    table
});

fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "search" => Kind::Search,
        "social" => Kind::Social,
        "video" => Kind::Video,
        "shopping" => Kind::Shopping,
        "ai" => Kind::Assistant,
        "email" => Kind::Email,
        _ => return None,
    })
}

/// `google` of `google.com`, `google.de` and `google.co.uk`; `None` where another kind of ending stands.
fn without_country(domain: &str) -> Option<&str> {
    let (rest, top) = domain.rsplit_once('.')?;
    if top == "com" {
        return Some(rest);
    }
    if top.len() != 2 {
        return None;
    }
    match rest.rsplit_once('.') {
        Some((name, "co" | "com")) => Some(name),
        _ => Some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_the_names_people_know() {
        for (host, name) in [
            ("google.com", "Google"),
            ("google.de", "Google"),
            ("google.co.uk", "Google"),
            ("google.com.br", "Google"),
            ("news.google.com", "Google News"),
            ("mail.google.com", "Gmail"),
            ("gemini.google.com", "Gemini"),
            ("bing.com", "Bing"),
            ("cn.bing.com", "Bing"),
            ("duckduckgo.com", "DuckDuckGo"),
            ("search.yahoo.com", "Yahoo!"),
            ("uk.search.yahoo.com", "Yahoo!"),
            ("mail.yahoo.com", "Yahoo! Mail"),
            ("yandex.ru", "Yandex"),
            ("mail.yandex.ru", "Yandex Mail"),
            ("t.co", "Twitter"),
            ("x.com", "Twitter"),
            ("mobile.twitter.com", "Twitter"),
            ("facebook.com", "Facebook"),
            ("m.facebook.com", "Facebook"),
            ("l.facebook.com", "Facebook"),
            ("lm.facebook.com", "Facebook"),
            ("l.instagram.com", "Instagram"),
            ("out.reddit.com", "Reddit"),
            ("lnkd.in", "LinkedIn"),
            ("news.ycombinator.com", "Hacker News"),
            ("pinterest.co.uk", "Pinterest"),
            ("m.youtube.com", "YouTube"),
            ("youtu.be", "YouTube"),
            ("amazon.co.jp", "Amazon"),
            ("chatgpt.com", "ChatGPT"),
            ("chat.openai.com", "ChatGPT"),
            ("perplexity.ai", "Perplexity"),
            ("claude.ai", "Claude"),
            ("copilot.microsoft.com", "Microsoft Copilot"),
            ("statics.teams.cdn.office.net", "Microsoft Teams"),
            ("en.wikipedia.org", "Wikipedia"),
            ("gist.github.com", "GitHub"),
        ] {
            assert_eq!(of_host(host).map(|source| source.name), Some(name), "{host}");
        }
    }

    #[test]
    fn lookalikes_are_nobody() {
        for host in ["notgoogle.com", "google.evil", "google.com.evil.example", "example.com", "ycombinator.com", "com", "", "."] {
            assert_eq!(of_host(host), None, "{host}");
        }
    }

    #[test]
    fn tags_are_known_by_name_and_by_host_without_regard_to_case() {
        for (tag, name) in [
            ("google", Some("Google")),
            ("GOOGLE", Some("Google")),
            ("fb", Some("Facebook")),
            ("ig", Some("Instagram")),
            ("www.google.de", Some("Google")),
            ("chatgpt.com", Some("ChatGPT")),
            ("Newsletter", Some("Newsletter")),
            ("my-campaign", None),
            ("", None),
        ] {
            assert_eq!(of_tag(tag).map(|source| source.name), name, "{tag}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_whole() {
        let mut hosts = std::collections::BTreeSet::new();
        for [name, kind, row, tags] in lists::rows(lists::SOURCES) {
            assert!(kind == "-" || kind_of(kind).is_some(), "{name}: {kind}");
            assert!(!row.is_empty() || !tags.is_empty(), "{name}");
            for host in row.split(' ').filter(|host| !host.is_empty()) {
                assert!(hosts.insert(host), "{host} is in two rows");
                assert_eq!(host, host.to_lowercase());
                assert!(host.contains('.') && !host.starts_with("www."), "{host}");
            }
        }
    }
}

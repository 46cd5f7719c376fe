//! Referrers made up to be seen in statistics.

use crate::lists;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static DOMAINS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| lists::rows::<1>(lists::SPAM).map(|[domain]| domain).collect());

/// Whether a hostname is a listed domain or one below it.
pub(crate) fn is_spam(hostname: &str) -> bool {
    above(hostname).any(|domain| DOMAINS.contains(domain))
}

/// A hostname and every domain above it: `a.b.c`, `b.c`, `c`.
pub(crate) fn above(hostname: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(hostname), |domain| domain.split_once('.').map(|(_, rest)| rest)).filter(|domain| !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_domain_covers_its_subdomains_and_nothing_else() {
        for (host, spam) in [
            ("semalt.com", true),
            ("19.semalt.com", true),
            ("notsemalt.com", false),
            ("semalt.com.example", false),
            ("com", false),
            ("", false),
        ] {
            assert_eq!(is_spam(host), spam, "{host}");
        }
    }

    #[test]
    fn no_source_we_know_is_spam() {
        for [_, _, hosts, _] in lists::rows::<4>(lists::SOURCES) {
            for host in hosts.split(' ').filter(|host| !host.is_empty()) {
                assert!(!is_spam(&host.replace('*', "com")), "{host}");
            }
        }
    }
}

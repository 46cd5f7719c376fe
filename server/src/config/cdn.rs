//! `[cdn]`: caches in front of the server.

use serde::{Deserialize, Serialize};
use url::Url;

/// Caches in front of the server: how old what they show may be, and who is told that it is not true any more.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CdnConfig {
    /// How old, in seconds, a public page with today in it may be when a shared cache shows it.
    pub fresh_seconds: u64,
    /// Caches that are told when something of a site is not to be shown any more: `varnish:URL`, `cloudfront:DISTRIBUTION`,
    /// `urls:URL`.
    pub purge: Vec<String>,
}

impl Default for CdnConfig {
    fn default() -> Self {
        Self { fresh_seconds: 60, purge: Vec::new() }
    }
}

/// The longest `fresh_seconds`: an hour, as long as pages of closed days are kept.
const LONGEST: u64 = 3_600;
/// Where CloudFront is told things.
const CLOUDFRONT: &str = "https://cloudfront.amazonaws.com";

/// A cache, and how it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PurgeTarget {
    /// Varnish with our VCL: a request `BAN` that names a `Surrogate-Key`.
    Varnish(Url),
    /// A distribution of CloudFront.
    CloudFront {
        /// Its id.
        distribution: String,
        /// Where the API is; Amazon's but for tests.
        endpoint: Url,
    },
    /// Whatever takes a list of addresses.
    Urls(Url),
}

impl CdnConfig {
    /// The caches, ready to be told.
    ///
    /// # Errors
    /// One of them is none; says which and what would be right.
    pub fn targets(&self) -> Result<Vec<PurgeTarget>, String> {
        self.purge.iter().map(|text| PurgeTarget::parse(text)).collect()
    }

    /// What is wrong with the section, given `server.public_url`; `None` when nothing is.
    pub fn fault(&self, public_url: &str) -> Option<String> {
        if !(1..=LONGEST).contains(&self.fresh_seconds) {
            return Some(format!("cdn.fresh_seconds = {}: between 1 and {LONGEST}", self.fresh_seconds));
        }
        let targets = match self.targets() {
            Ok(targets) => targets,
            Err(fault) => return Some(fault),
        };
        let lists = targets.iter().any(|target| matches!(target, PurgeTarget::Urls(_)));
        (lists && public_url.is_empty()).then(|| {
            "cdn.purge names a receiver of addresses (urls:), which needs server.public_url: how else would they begin?".to_owned()
        })
    }
}

impl PurgeTarget {
    fn parse(text: &str) -> Result<Self, String> {
        // The rest may hold a token: what is said about it names the kind only.
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "varnish" => Ok(Self::Varnish(reached(rest).ok_or("cdn.purge: write varnish:http://HOST:PORT")?)),
            "urls" => Ok(Self::Urls(
                reached(rest)
                    .ok_or("cdn.purge: write urls:https://HOST/PATH; who may is said by a token in it, not by name and password")?,
            )),
            "cloudfront" => {
                cloudfront(rest).ok_or_else(|| "cdn.purge: write cloudfront:DISTRIBUTION, such as cloudfront:E2EXAMPLE1ABCD".into())
            }
            _ => Err("cdn.purge: an entry begins with varnish:, cloudfront: or urls:".into()),
        }
    }
}

fn cloudfront(text: &str) -> Option<PurgeTarget> {
    let (distribution, options) = text.split_once('?').unwrap_or((text, ""));
    let is_id = (1..=64).contains(&distribution.len()) && distribution.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let endpoint = match options {
        "" => CLOUDFRONT,
        options => options.strip_prefix("endpoint=")?,
    };
    is_id.then(|| reached(endpoint)).flatten().map(|endpoint| PurgeTarget::CloudFront { distribution: distribution.to_owned(), endpoint })
}

fn reached(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let fits = ["http", "https"].contains(&url.scheme()) && url.has_host() && url.username().is_empty() && url.password().is_none();
    fits.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(purge: &[&str]) -> CdnConfig {
        CdnConfig { purge: purge.iter().map(|text| (*text).to_owned()).collect(), ..CdnConfig::default() }
    }

    #[test]
    fn the_three_kinds_are_read() {
        let config = with(&["varnish:http://10.0.0.7:6081", "cloudfront:E2EXAMPLE", "urls:https://hooks.example.com/purge?token=t"]);
        let url = |text: &str| Url::parse(text).expect("a URL");
        let cloudfront = PurgeTarget::CloudFront { distribution: "E2EXAMPLE".into(), endpoint: url(CLOUDFRONT) };
        assert_eq!(
            config.targets().expect("targets"),
            [
                PurgeTarget::Varnish(url("http://10.0.0.7:6081")),
                cloudfront,
                PurgeTarget::Urls(url("https://hooks.example.com/purge?token=t"))
            ]
        );
    }

    #[test]
    fn another_endpoint_of_cloudfront_can_be_named() {
        let targets = with(&["cloudfront:E2?endpoint=http://127.0.0.1:5000"]).targets().expect("targets");
        assert!(matches!(&targets[..], [PurgeTarget::CloudFront { endpoint, .. }] if endpoint.as_str() == "http://127.0.0.1:5000/"));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret_in_it() {
        let wrong = [
            "varnish",
            "varnish:10.0.0.7",
            "fastly:t0ken",
            "urls:ftp://x/t0ken",
            "urls:https://me:t0ken@x/",
            "cloudfront:",
            "cloudfront:E2/t0ken",
        ];
        for text in wrong {
            let fault = with(&[text]).fault("https://stats.example.com").expect("a fault");
            assert!(fault.starts_with("cdn.purge: ") && !fault.contains("t0ken"), "{text}: {fault}");
        }
        assert!(with(&["urls:https://x/"]).fault("").expect("a fault").contains("server.public_url"));
        assert!(CdnConfig { fresh_seconds: 0, ..CdnConfig::default() }.fault("").is_some());
    }
}

//! `[server]`: where it listens and how it is reached.

use footfall_ingest::TrustedProxies;
use footfall_ingest::trusted::NotANetwork;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// Where the server listens and how it is reached.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address visitors and operators use, such as `https://stats.example.com`; empty: taken from `listen`.
    /// Where it begins with `https:`, cookies are marked `Secure`.
    pub public_url: String,
    /// The networks (or single addresses) whose word about the client's address and country is believed.
    pub trusted_proxies: Vec<String>,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8000)),
            public_url: String::new(),
            trusted_proxies: LOCAL_NETWORKS.map(str::to_owned).to_vec(),
        }
    }
}

/// Loopback and private ranges (RFC 1918, RFC 4193, link-local): where a proxy of one's own stands.
const LOCAL_NETWORKS: [&str; 8] =
    ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"];

impl ServerConfig {
    /// The proxies, ready to be asked.
    ///
    /// # Errors
    /// One of them is no network or address.
    pub fn trusted(&self) -> Result<TrustedProxies, NotANetwork> {
        TrustedProxies::parse(self.trusted_proxies.iter().map(String::as_str))
    }

    /// The address to show in links, without a slash at the end.
    pub fn base_url(&self, listening: SocketAddr) -> String {
        if self.public_url.is_empty() {
            let host = if listening.ip().is_unspecified() { format!("localhost:{}", listening.port()) } else { listening.to_string() };
            return format!("http://{host}");
        }
        self.public_url.trim_end_matches('/').to_owned()
    }

    /// Whether browsers reach the server over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https:")
    }
}

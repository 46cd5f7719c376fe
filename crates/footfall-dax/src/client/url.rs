//! Where a cluster is: `dax://host[:8111]`, `daxs://host[:9111]`.

use std::fmt;
use std::str::FromStr;

/// Whether connections are encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scheme {
    /// `dax://`: plain TCP, port 8111 unless told otherwise.
    Dax,
    /// `daxs://`: TLS, port 9111 unless told otherwise.
    Daxs,
}

impl Scheme {
    fn default_port(self) -> u16 {
        match self {
            Self::Dax => 8111,
            Self::Daxs => 9111,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Dax => "dax",
            Self::Daxs => "daxs",
        }
    }
}

/// One address to ask for the cluster's nodes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Seed {
    /// A name or an address (IPv6 without brackets).
    pub host: String,
    /// The port.
    pub port: u16,
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') { write!(f, "[{}]:{}", self.host, self.port) } else { write!(f, "{}:{}", self.host, self.port) }
    }
}

/// The addresses a cluster is known by: one scheme, at least one seed, with `daxs` exactly one (its name is what the
/// nodes' certificates are checked against).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Seeds {
    scheme: Scheme,
    seeds: Vec<Seed>,
}

/// An address that is none, in words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UrlError {
    /// Nothing was given.
    #[error("no address of a DAX cluster is given: dax://host:8111 or daxs://host:9111 is expected")]
    Empty,
    /// `http://` and the like.
    #[error("{url}: the scheme {scheme}:// is not DAX; dax://host:8111 or daxs://host:9111 is expected")]
    Scheme {
        /// What was given.
        url: String,
        /// Its scheme.
        scheme: String,
    },
    /// Both schemes.
    #[error("{url}: dax:// and daxs:// cannot be mixed in one list of seeds")]
    Mixed {
        /// What was given.
        url: String,
    },
    /// Several seeds with TLS.
    #[error("{url}: with daxs:// only one seed can be given, because its name is checked in the nodes' certificates")]
    SeveralWithTls {
        /// What was given.
        url: String,
    },
    /// No host.
    #[error("{url}: the host is missing")]
    Host {
        /// What was given.
        url: String,
    },
    /// A port that is none.
    #[error("{url}: {port:?} is no port (1 to 65535)")]
    Port {
        /// What was given.
        url: String,
        /// What stands in the port's place.
        port: String,
    },
    /// A path, a query, a user.
    #[error("{url}: only a host and a port belong in the address of a cluster, not {extra:?}")]
    Extra {
        /// What was given.
        url: String,
        /// What is too much.
        extra: String,
    },
}

impl Seeds {
    /// Whether connections are encrypted.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The addresses, at least one.
    pub fn seeds(&self) -> &[Seed] {
        &self.seeds
    }
}

impl fmt::Display for Seeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, seed) in self.seeds.iter().enumerate() {
            write!(f, "{}{}://{seed}", if at == 0 { "" } else { "," }, self.scheme.name())?;
        }
        Ok(())
    }
}

impl FromStr for Seeds {
    type Err = UrlError;

    /// Reads one address or several, separated by commas. An address without a scheme is `dax://`, as with the
    /// official clients.
    fn from_str(text: &str) -> Result<Self, UrlError> {
        let mut scheme = None;
        let mut seeds = Vec::new();
        for url in text.split(',').map(str::trim).filter(|url| !url.is_empty()) {
            let (this, seed) = parse_one(url)?;
            if *scheme.get_or_insert(this) != this {
                return Err(UrlError::Mixed { url: text.into() });
            }
            seeds.push(seed);
        }
        let scheme = scheme.ok_or(UrlError::Empty)?;
        if scheme == Scheme::Daxs && seeds.len() > 1 {
            return Err(UrlError::SeveralWithTls { url: text.into() });
        }
        Ok(Self { scheme, seeds })
    }
}

fn parse_one(url: &str) -> Result<(Scheme, Seed), UrlError> {
    let (scheme, rest) = match url.split_once("://") {
        None => (Scheme::Dax, url),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("dax") => (Scheme::Dax, rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("daxs") => (Scheme::Daxs, rest),
        Some((scheme, _)) => return Err(UrlError::Scheme { url: url.into(), scheme: scheme.into() }),
    };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if let Some(at) = authority.find(['/', '?', '#', '@']) {
        return Err(UrlError::Extra { url: url.into(), extra: authority[at..].into() });
    }
    let (host, port) = split_port(authority, url)?;
    if host.is_empty() {
        return Err(UrlError::Host { url: url.into() });
    }
    let port = match port {
        None => scheme.default_port(),
        Some(port) => match port.parse() {
            Ok(number) if number > 0 => number,
            _ => return Err(UrlError::Port { url: url.into(), port: port.into() }),
        },
    };
    Ok((scheme, Seed { host: host.into(), port }))
}

/// Host and port of `host`, `host:port`, `[v6]`, `[v6]:port` and a bare IPv6 address.
fn split_port<'a>(authority: &'a str, url: &str) -> Result<(&'a str, Option<&'a str>), UrlError> {
    if let Some(bracketed) = authority.strip_prefix('[') {
        let (host, after) = bracketed.split_once(']').ok_or_else(|| UrlError::Host { url: url.into() })?;
        return match after.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if after.is_empty() => Ok((host, None)),
            None => Err(UrlError::Extra { url: url.into(), extra: after.into() }),
        };
    }
    if authority.parse::<std::net::Ipv6Addr>().is_ok() {
        return Ok((authority, None));
    }
    Ok(match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        text.parse::<Seeds>().map_or_else(|error| error.to_string(), |seeds| seeds.to_string())
    }

    #[test]
    fn ports_and_the_scheme_have_defaults() {
        assert_eq!(read("dax://cluster.example"), "dax://cluster.example:8111");
        assert_eq!(read("daxs://cluster.example"), "daxs://cluster.example:9111");
        assert_eq!(read("cluster.example:18111"), "dax://cluster.example:18111");
        assert_eq!(read("DAX://Cluster:1/"), "dax://Cluster:1");
    }

    #[test]
    fn addresses_of_ipv6_are_read_with_and_without_brackets() {
        assert_eq!(read("dax://[::1]:18111"), "dax://[::1]:18111");
        assert_eq!(read("dax://[::1]"), "dax://[::1]:8111");
        assert_eq!(read("dax://::1"), "dax://[::1]:8111");
    }

    #[test]
    fn several_seeds_are_separated_by_commas() {
        assert_eq!(read("dax://a:1, b:2,dax://c"), "dax://a:1,dax://b:2,dax://c:8111");
    }

    #[test]
    fn what_is_no_cluster_is_refused_in_words() {
        let refused = [
            ("", "no address of a DAX cluster is given"),
            ("http://a:8111", "the scheme http:// is not DAX"),
            ("dax://", "the host is missing"),
            ("dax://:8111", "the host is missing"),
            ("dax://a:0", "\"0\" is no port"),
            ("dax://a:65536", "\"65536\" is no port"),
            ("dax://a:b:c", "\"b:c\" is no port"),
            ("dax://a/path", "not \"/path\""),
            ("dax://me@a", "not \"@a\""),
            ("daxs://a,daxs://b", "only one seed"),
            ("dax://a,daxs://b", "cannot be mixed"),
        ];
        for (url, words) in refused {
            let error = url.parse::<Seeds>().expect_err(url).to_string();
            assert!(error.contains(words), "{url}: {error}");
        }
    }
}

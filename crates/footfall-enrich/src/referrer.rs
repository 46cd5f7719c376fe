//! Referrers (definition 23).

use crate::{address::Address, source, source::Source, spam};

/// A referrer that names another site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Referrer {
    /// Hostname, as definition 20 writes it.
    pub host: String,
    /// Hostname and path as sent, without trailing slashes: what reports show.
    pub page: String,
    /// The source of the table that the host belongs to.
    pub source: Option<Source>,
    /// Whether the host is known for spam.
    pub spam: bool,
}

impl Referrer {
    /// Reads what was sent; `None` for nothing, for another scheme than http and https, and for a referrer without a host.
    pub fn of(sent: &str) -> Option<Self> {
        let address = Address::of(sent);
        if !address.scheme.eq_ignore_ascii_case("https") && !address.scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let host = address.hostname().into_owned();
        if host.is_empty() {
            return None;
        }
        let page = format!("{host}{}", address.path.trim_end_matches('/'));
        Some(Self { source: source::of_host(&host), spam: spam::is_spam(&host), page, host })
    }

    /// The name of the source: of the table, else the host itself.
    pub fn name(&self) -> &str {
        self.source.map_or(&self.host, |source| source.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_referrer_is_host_and_path() {
        for (sent, page) in [
            ("https://www.google.com/", Some("google.com")),
            ("https://news.ycombinator.com/item?id=1", Some("news.ycombinator.com/item")),
            ("HTTP://Example.COM:8080/Path%20A//?q#f", Some("example.com/Path%20A")),
            ("https://example.com", Some("example.com")),
            ("https://bücher.example/x", Some("xn--bcher-kva.example/x")),
            ("android-app://com.google.android.gm/", None),
            ("about:blank", None),
            ("example.com/path", None),
            ("https:///path", None),
            ("https://www./path", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(Referrer::of(sent).map(|referrer| referrer.page).as_deref(), page, "{sent}");
        }
    }

    #[test]
    fn a_host_of_the_table_has_its_name_and_any_other_its_own() {
        let name = |sent| Referrer::of(sent).map(|referrer| referrer.name().to_owned());
        assert_eq!(name("https://www.google.co.uk/search?q=x").as_deref(), Some("Google"));
        assert_eq!(name("https://www.example.co.uk/a").as_deref(), Some("example.co.uk"));
    }
}

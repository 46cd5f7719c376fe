//! The browser's half as `cargo xtask build` made it: style sheet, typeface, islands, tracker. All of it is inside the
//! binary, so a binary copied alone to an empty machine serves whole pages.
//!
//! The files come from the folder named by `FOOTFALL_SITE_DIR` while this crate is compiled; without it, from
//! `site-debug` or `site` in cargo's target folder. Where there is neither, [`ALL`] is empty and pages come without
//! style and islands: enough to work on the server, and [`is_complete`] says so.

/// One file, ready to be sent.
#[derive(Debug)]
pub struct Asset {
    /// What it is called, such as `site.css`.
    pub name: &'static str,
    /// Where it is served, such as `/assets/site.3f2a9c01be.css`.
    pub url: &'static str,
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// Its strong `ETag`, quotes included. A compressed answer needs a tag of its own: see [`Asset::etag_of`].
    pub etag: &'static str,
    /// Whether the address carries a hash of the content, so that it may be cached for ever.
    pub immutable: bool,
    /// The bytes.
    pub body: &'static [u8],
    /// The same by brotli, where that is smaller.
    pub br: Option<&'static [u8]>,
    /// The same by gzip, where that is smaller.
    pub gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file of an address.
pub fn at(url: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.url == url)
}

/// The file of a name.
pub fn named(name: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.name == name)
}

/// Whether the browser's half was built before the binary.
pub fn is_complete() -> bool {
    named("site.css").is_some() && named("boot.js").is_some()
}

impl Asset {
    /// The smallest bytes a client takes, by its `Accept-Encoding`, and what to call them in `Content-Encoding`.
    pub fn encoded(&self, accept: &str) -> (&'static [u8], Option<&'static str>) {
        let takes = |wanted: &str| {
            let parts = accept.split(',').map(|part| part.trim().split(';').map(str::trim).collect::<Vec<_>>());
            parts.into_iter().any(|part| {
                part.first() == Some(&wanted) && !part[1..].iter().any(|q| matches!(*q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        match (self.br, self.gz) {
            (Some(br), _) if takes("br") => (br, Some("br")),
            (_, Some(gz)) if takes("gzip") => (gz, Some("gzip")),
            _ => (self.body, None),
        }
    }

    /// The tag of an answer in this encoding.
    pub fn etag_of(&self, encoding: Option<&str>) -> String {
        match encoding {
            Some(encoding) => format!("{}-{encoding}\"", self.etag.trim_end_matches('"')),
            None => self.etag.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASSET: Asset = Asset {
        name: "a.css",
        url: "/a.css",
        content_type: "text/css",
        etag: "\"1\"",
        immutable: true,
        body: b"body",
        br: Some(b"br"),
        gz: Some(b"gz"),
    };

    #[test]
    fn the_client_chooses_the_encoding() {
        for (accept, encoding) in
            [("gzip, deflate, br", Some("br")), ("gzip", Some("gzip")), ("br;q=0, gzip;q=0.5", Some("gzip")), ("", None), ("brotli", None)]
        {
            assert_eq!(ASSET.encoded(accept).1, encoding, "{accept}");
        }
        assert_eq!(ASSET.etag_of(Some("br")), "\"1-br\"");
        assert_eq!(ASSET.etag_of(None), "\"1\"");
    }
}

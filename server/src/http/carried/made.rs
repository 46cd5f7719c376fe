//! An answer that was made, and its encodings.

use super::encoding::{Encoding, brotli, gzip};
use crate::http::pages::Trouble;
use crate::metrics::Instruments;
use anyhow::Context;
use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

/// What a render gives.
pub(in crate::http) struct Made {
    /// What is said about the body; the same whenever it is sent.
    pub headers: HeaderMap,
    /// The body as it is.
    pub body: Bytes,
    /// Whether encodings would make it smaller.
    pub is_text: bool,
}

impl Made {
    /// A page.
    pub(in crate::http) fn html(text: String) -> Self {
        Self::text("text/html; charset=utf-8", text)
    }

    /// Some other text.
    pub(in crate::http) fn text(media_type: &'static str, text: String) -> Self {
        Self { is_text: true, ..Self::bytes(media_type, text.into_bytes()) }
    }

    /// What is compressed already: pictures, archives.
    pub(in crate::http) fn bytes(media_type: &'static str, bytes: Vec<u8>) -> Self {
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(media_type))].into_iter().collect();
        Self { headers, body: bytes.into(), is_text: false }
    }

    /// With one more header.
    pub(in crate::http) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// To be kept as a file of this name. A name that is no header's text is left out.
    pub(in crate::http) fn named(self, disposition: &str) -> Self {
        match HeaderValue::from_str(disposition) {
            Ok(value) => self.with(CONTENT_DISPOSITION, value),
            Err(_) => self,
        }
    }
}

/// How bytes are compressed.
type Encode = fn(&[u8]) -> Vec<u8>;

/// An answer that is kept.
pub(super) struct Body {
    pub headers: HeaderMap,
    /// What its tags begin with.
    pub tag: String,
    plain: Bytes,
    is_text: bool,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
}

/// What is smaller is sent as it is.
const WORTH_IT: usize = 256;

impl Body {
    pub(super) fn new(made: Made, tag: String) -> Self {
        let is_text = made.is_text && made.body.len() >= WORTH_IT;
        Self { headers: made.headers, tag, plain: made.body, is_text, brotli: OnceCell::new(), gzip: OnceCell::new() }
    }

    /// What it may take in memory, encodings included.
    pub(super) fn bytes(&self) -> usize {
        self.plain.len() + if self.is_text { self.plain.len() / 2 } else { 0 } + 1_024
    }

    /// The encoding that is sent to who takes these.
    pub(super) fn chosen(&self, taken: Encoding) -> Encoding {
        if self.is_text { taken } else { Encoding::Plain }
    }

    /// The body in an encoding: each is made once, whoever asks and how many.
    ///
    /// # Errors
    /// Compressing was broken off.
    pub(super) async fn encoded(&self, encoding: Encoding, counted: &Instruments) -> Result<Bytes, Trouble> {
        match encoding {
            Encoding::Plain => Ok(self.plain.clone()),
            Encoding::Brotli => self.compressed(&self.brotli, brotli, counted).await,
            Encoding::Gzip => self.compressed(&self.gzip, gzip, counted).await,
        }
    }

    async fn compressed(&self, cell: &OnceCell<Bytes>, encode: Encode, counted: &Instruments) -> Result<Bytes, Trouble> {
        let make = || async {
            counted.page_encoded();
            let plain = self.plain.clone();
            spawn_blocking(move || Bytes::from(encode(&plain))).await
        };
        cell.get_or_try_init(make).await.cloned().context("the answer was not compressed").map_err(Trouble::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::PrometheusMetrics;

    /// Nothing would look like a page of its own, and caches would keep it.
    #[tokio::test]
    async fn what_was_not_compressed_is_no_empty_page() {
        let counted = Instruments::new(&PrometheusMetrics::default());
        let page = Body::new(Made::html("footfall ".repeat(1_000)), "tag".to_owned());
        let breaks: Encode = |_| panic!("broken off, as a test wants it");
        for cell in [&page.brotli, &page.gzip] {
            assert!(matches!(page.compressed(cell, breaks, &counted).await, Err(Trouble::Broken(_))));
            assert!(cell.get().is_none(), "nothing is kept of it");
        }
        for encoding in [Encoding::Brotli, Encoding::Gzip, Encoding::Plain] {
            let sent = page.encoded(encoding, &counted).await.expect("the next who asks gets it");
            assert!(!sent.is_empty(), "{encoding:?}");
        }
    }
}

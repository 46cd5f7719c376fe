//! How bodies are compressed, and for whom.

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::ACCEPT_ENCODING;
use std::io::Write;

/// How a body is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    Plain,
    Gzip,
    Brotli,
}

/// What is made once and sent often may cost more than what is made for each request.
const BROTLI_QUALITY: i32 = 5;
/// How much of a text brotli looks back: 4 MiB, more than any page has.
const BROTLI_WINDOW: i32 = 22;
/// What is read of a header.
const MOST_CODINGS: usize = 16;

impl Encoding {
    /// The smallest that a request takes (RFC 9110, 12.5.3).
    pub(super) fn taken(headers: &HeaderMap) -> Self {
        let all = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
        let mut codings = all.flat_map(|line| line.split(',')).take(MOST_CODINGS).filter_map(|range| {
            let (coding, parameter) = range.split_once(';').unwrap_or((range, ""));
            let refused = parameter.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
            (!refused).then_some(coding.trim())
        });
        let mut found = Encoding::Plain;
        if codings.any(|coding| {
            if coding.eq_ignore_ascii_case("gzip") {
                found = Encoding::Gzip;
            }
            coding.eq_ignore_ascii_case("br")
        }) {
            return Encoding::Brotli;
        }
        found
    }

    /// Its name in the header; none for what is not encoded.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Plain => None,
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
        }
    }

    /// The tag of a body in this encoding: each is another sequence of bytes.
    pub(super) fn tag(self, of: &str) -> String {
        match self.name() {
            None => format!("\"{of}\""),
            Some(name) => format!("\"{of}-{name}\""),
        }
    }
}

/// Whether one of the tags a reader has is this one.
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let all = headers.get_all(http::header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(',')).map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

pub(super) fn brotli(plain: &[u8]) -> Vec<u8> {
    let parameters =
        BrotliEncoderParams { quality: BROTLI_QUALITY, lgwin: BROTLI_WINDOW, size_hint: plain.len(), ..BrotliEncoderParams::default() };
    let mut out = Vec::with_capacity(plain.len() / 4);
    brotli::BrotliCompress(&mut &plain[..], &mut out, &parameters).expect("memory takes every write");
    out
}

pub(super) fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
    encoder.write_all(plain).expect("memory takes every write");
    encoder.finish().expect("memory takes every write")
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use http::header::IF_NONE_MATCH;
    use std::io::Read;

    #[test]
    fn the_smallest_that_is_taken_is_sent() {
        for (header, expected) in [
            ("", Encoding::Plain),
            ("identity", Encoding::Plain),
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0", Encoding::Gzip),
            ("br;q=0.0, gzip; q=0", Encoding::Plain),
            ("GZIP", Encoding::Gzip),
        ] {
            let headers: HeaderMap = [(ACCEPT_ENCODING, HeaderValue::from_static(header))].into_iter().collect();
            assert_eq!(Encoding::taken(&headers), expected, "{header}");
        }
        assert_eq!(Encoding::taken(&HeaderMap::new()), Encoding::Plain);
    }

    #[test]
    fn a_tag_is_found_in_lists_and_behind_a_star() {
        for (header, expected) in
            [("\"a-br\"", true), ("\"x\", W/\"a-br\" ,\"y\"", true), ("*", true), ("\"a\"", false), ("\"a-gzip\"", false), ("", false)]
        {
            let headers: HeaderMap = [(IF_NONE_MATCH, HeaderValue::from_static(header))].into_iter().collect();
            assert_eq!(has(&headers, "\"a-br\""), expected, "{header}");
        }
    }

    #[test]
    fn what_is_encoded_reads_back() {
        let plain = "footfall ".repeat(1_000);
        let mut text = String::new();
        flate2::read::GzDecoder::new(&gzip(plain.as_bytes())[..]).read_to_string(&mut text).expect("gzip");
        assert_eq!(text, plain);
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(plain.as_bytes())[..], &mut text).expect("brotli");
        assert_eq!(text, plain.as_bytes());
    }
}

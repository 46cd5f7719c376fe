//! How hits are written: a format byte, then hits one after the other (`docs/decisions/0401-log-payloads.md`).
//!
//! | first byte | the rest |
//! |---|---|
//! | 1 | postcard of each hit, end to end; no longer written |
//! | 2 | the same, zstd; no longer written |
//! | 3 | of each hit its postcard, then postcard of the numbers of the rules its address matched; end to end |
//! | 4 | the same, zstd |
//!
//! How many hits there are stands beside the payload. A test pins the bytes of a hit: when the words of the domain
//! change, it fails, and a new format byte is due.

use crate::LogError;
use footfall_domain::{Hit, LocalDate, SiteId};

const PLAIN_BEFORE_RULES: u8 = 1;
const ZSTD_BEFORE_RULES: u8 = 2;
const PLAIN: u8 = 3;
const ZSTD: u8 = 4;
/// Below this, compression costs more than it saves.
const WORTH_COMPRESSING_BYTES: usize = 1_024;
/// The fastest: the writer is one thread, and hits of one site are alike.
const ZSTD_LEVEL: i32 = 1;

/// Encoded hits of one site-day, end to end.
#[derive(Debug)]
pub(crate) struct Group {
    pub site: SiteId,
    pub date: LocalDate,
    pub hits: usize,
    pub bytes: Vec<u8>,
}

/// Encodes hits, those of one site-day together; each site-day keeps its order.
pub(crate) fn encode(hits: &[Hit]) -> Result<Vec<Group>, LogError> {
    let mut groups: Vec<Group> = Vec::new();
    for hit in hits {
        let day = (hit.site, hit.date);
        // Most often the last one: callers send a hit, or a file's lines in order.
        let at = groups.iter().rposition(|group| (group.site, group.date) == day).unwrap_or_else(|| {
            groups.push(Group { site: hit.site, date: hit.date, hits: 0, bytes: Vec::with_capacity(512) });
            groups.len() - 1
        });
        let group = &mut groups[at];
        let bytes = std::mem::take(&mut group.bytes);
        let bytes = postcard::to_extend(hit, bytes).map_err(LogError::unavailable)?;
        group.bytes = postcard::to_extend(&hit.address_rules, bytes).map_err(LogError::unavailable)?;
        group.hits += 1;
    }
    Ok(groups)
}

/// Packs the bytes of groups into a payload.
pub(crate) struct Packer {
    zstd: zstd::bulk::Compressor<'static>,
}

impl Packer {
    pub fn new() -> Result<Self, LogError> {
        Ok(Self { zstd: zstd::bulk::Compressor::new(ZSTD_LEVEL).map_err(LogError::unavailable)? })
    }

    pub fn pack(&mut self, hits: &[u8]) -> Vec<u8> {
        if hits.len() >= WORTH_COMPRESSING_BYTES {
            let mut packed = Vec::with_capacity(1 + zstd::zstd_safe::compress_bound(hits.len()));
            packed.push(ZSTD);
            // No room or no memory is no reason to lose hits: they are written plain.
            if let Ok(compressed) = self.zstd.compress(hits) {
                packed.extend_from_slice(&compressed);
                return packed;
            }
        }
        let mut plain = Vec::with_capacity(1 + hits.len());
        plain.push(PLAIN);
        plain.extend_from_slice(hits);
        plain
    }
}

/// The hits of a payload, `count` of them.
pub(crate) fn decode(payload: &[u8], count: usize) -> Result<Vec<Hit>, LogError> {
    match payload.split_first() {
        Some((&PLAIN, hits)) => decode_plain(hits, count, true),
        Some((&ZSTD, hits)) => decode_plain(&unpack(hits)?, count, true),
        Some((&PLAIN_BEFORE_RULES, hits)) => decode_plain(hits, count, false),
        Some((&ZSTD_BEFORE_RULES, hits)) => decode_plain(&unpack(hits)?, count, false),
        Some((format, _)) => Err(LogError::damaged(format_args!("unknown format {format}"))),
        None => Err(LogError::damaged("an empty batch")),
    }
}

fn unpack(hits: &[u8]) -> Result<Vec<u8>, LogError> {
    zstd::stream::decode_all(hits).map_err(LogError::damaged)
}

fn decode_plain(mut bytes: &[u8], count: usize, with_rules: bool) -> Result<Vec<Hit>, LogError> {
    let mut hits = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        let mut hit: Hit;
        (hit, bytes) = postcard::take_from_bytes(bytes).map_err(LogError::damaged)?;
        if with_rules {
            (hit.address_rules, bytes) = postcard::take_from_bytes(bytes).map_err(LogError::damaged)?;
        }
        hits.push(hit);
    }
    if bytes.is_empty() { Ok(hits) } else { Err(LogError::damaged(format_args!("{} bytes too many in a batch", bytes.len()))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::{Feed, HitId, Place, Revenue, UnixMillis, VisitorId};

    fn hit() -> Hit {
        Hit {
            id: HitId(7),
            site: SiteId(1),
            time: UnixMillis(1_000),
            date: LocalDate(20_000),
            offset_seconds: 3_600,
            visitor: VisitorId(9),
            feed: Feed::Server,
            name: "pageview".into(),
            url: "https://a.example/".into(),
            referrer: String::new(),
            user_agent: "curl".into(),
            language: "de".into(),
            props: vec![("k".into(), "v".into())],
            interactive: true,
            hash_routing: false,
            engaged_ms: Some(5),
            scroll_depth: Some(90),
            screen_width: None,
            revenue: Some(Revenue { amount: "1.50".into(), currency: "EUR".into() }),
            place: Place { country: "DE".into(), region: String::new(), city: String::new() },
            address_rules: vec![3, 300],
        }
    }

    /// The hit above, as it was written before hits knew of rules.
    const PINNED: &[u8] = b"\x07\x01\xd0\x0f\xc0\xb8\x02\xa0\x38\x09\x01\x08pageview\x12https://a.example/\x00\x04curl\x02de\
                            \x01\x01k\x01v\x01\x00\x01\x05\x01\x5a\x00\x01\x041.50\x03EUR\x02DE\x00\x00";

    #[test]
    fn the_bytes_of_a_hit_never_change() {
        let encoded = encode(&[hit()]).expect("encodes").remove(0).bytes;
        let pinned = [PINNED, b"\x02\x03\xac\x02"].concat();
        assert_eq!(encoded, pinned, "a changed hit needs a new format byte, and a reader of this one");
    }

    #[test]
    fn what_was_written_before_there_were_rules_is_read() {
        let before = Hit { address_rules: Vec::new(), ..hit() };
        let two = [PINNED, PINNED].concat();
        let packed = zstd::bulk::compress(&two, ZSTD_LEVEL).expect("packs");
        for payload in [[&[PLAIN_BEFORE_RULES], &two[..]].concat(), [&[ZSTD_BEFORE_RULES], &packed[..]].concat()] {
            assert_eq!(decode(&payload, 2).expect("decodes"), [before.clone(), before.clone()]);
        }
    }

    #[test]
    fn small_and_large_payloads_come_back() {
        for count in [1, 2, 100] {
            let hits = vec![hit(); count];
            let groups = encode(&hits).expect("encodes");
            let payload = Packer::new().expect("a packer").pack(&groups[0].bytes);
            assert_eq!(payload[0], if count == 100 { ZSTD } else { PLAIN });
            assert_eq!(decode(&payload, count).expect("decodes"), hits);
        }
    }

    #[test]
    fn a_cut_or_strange_payload_is_damaged() {
        let bytes = encode(&[hit()]).expect("encodes").remove(0).bytes;
        let payload = Packer::new().expect("a packer").pack(&bytes);
        for broken in [&payload[..payload.len() - 1], &[], &[9, 1, 2], &[ZSTD, 1, 2, 3]] {
            assert!(matches!(decode(broken, 1), Err(LogError::Damaged(_))), "{broken:?}");
        }
        assert!(matches!(decode(&payload, 2), Err(LogError::Damaged(_))));
    }
}

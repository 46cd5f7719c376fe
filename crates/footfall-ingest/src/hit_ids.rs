//! Names of hits, made before the log. A repeated name counts once.
//!
//! All three kinds have the shape of a UUID, and differ in its version, so that they never meet:
//!
//! | kind | version | bits, high to low |
//! |---|---|---|
//! | live | 7 | 48 milliseconds · version · 12 + 4 counter · 58 process |
//! | import | 8 | 48 import · version · 12 + 14 of the file's fingerprint · 48 line |
//! | client's own | 5 | hash of site and id |
//!
//! (Two bits after the first 64 hold the variant.) Canonical order ends with the id: live ids of one process grow with
//! time, ids of an import follow the lines.

use footfall_domain::{HitId, SiteId, UnixMillis};
use std::sync::atomic::{AtomicU64, Ordering};

/// Makes the ids of one process: unique among processes with different numbers, and growing.
#[derive(Debug)]
pub struct HitIds {
    process: u64,
    /// Milliseconds and, in the low 16 bits, a counter; a full counter runs over into the next millisecond.
    last: AtomicU64,
}

impl HitIds {
    /// Ids of a process. `process` is drawn by chance at each start.
    pub fn new(process: u64) -> Self {
        Self { process, last: AtomicU64::new(0) }
    }

    /// The next id: greater than every one before, also when the clock stands still or goes back.
    pub fn next(&self, now: UnixMillis) -> HitId {
        let at = (now.0.max(0) as u64) << 16;
        let step = |last: u64| at.max(last + 1);
        let before = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(step(last))).unwrap_or_else(|last| last);
        let now = step(before);
        let (millis, counter) = (now >> 16, now & 0xffff);
        let high = (millis << 16) | (7 << 12) | (counter >> 4);
        let low = VARIANT | ((counter & 0xf) << 58) | (self.process & ((1 << 58) - 1));
        HitId(join(high, low))
    }
}

/// The id of a line of an imported file: import number, keyed fingerprint of the file, line from 0.
pub fn import_hit_id(import: u64, fingerprint: &[u8; 32], line: u64) -> HitId {
    let print = u64::from(u32::from_be_bytes([fingerprint[0], fingerprint[1], fingerprint[2], fingerprint[3]]) >> 6);
    let high = (import << 16) | (8 << 12) | (print >> 14);
    let low = VARIANT | ((print & 0x3fff) << 48) | (line & 0xffff_ffff_ffff);
    HitId(join(high, low))
}

/// The id of a hit its client has named: the same name on the same site is the same hit.
pub fn client_hit_id(site: SiteId, id: &str) -> HitId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"footfall client hit id").update(&site.0.to_be_bytes()).update(id.as_bytes());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    let hash = u128::from_be_bytes(bytes);
    let (high, low) = ((hash >> 64) as u64, hash as u64);
    HitId(join((high & !0xf000) | (5 << 12), (low >> 2) | VARIANT))
}

const VARIANT: u64 = 1 << 63;

fn join(high: u64, low: u64) -> u128 {
    (u128::from(high) << 64) | u128::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_of_a_process_grow_whatever_the_clock_does() {
        let ids = HitIds::new(3);
        let mut last = ids.next(UnixMillis(1_000));
        for now in [1_000, 1_000, 1_001, 1_001, 5, -7, 1_002] {
            let next = ids.next(UnixMillis(now));
            assert!(next > last, "{now}");
            last = next;
        }
    }

    #[test]
    fn a_busy_millisecond_runs_over_into_the_next() {
        let ids = HitIds::new(3);
        let made: BTreeSet<_> = (0..200_000).map(|_| ids.next(UnixMillis(1_000))).collect();
        assert_eq!(made.len(), 200_000);
    }

    #[test]
    fn a_live_id_reads_as_a_uuid_of_version_7() {
        let id = HitIds::new(u64::MAX).next(UnixMillis(0x0123_4567_89ab));
        assert_eq!(id.to_string(), "0123456789ab700083ffffffffffffff");
    }

    #[test]
    fn ids_of_an_import_follow_the_lines() {
        let print = [0xab; 32];
        let lines: Vec<_> = [0, 1, 2, 1 << 40].map(|line| import_hit_id(9, &print, line)).to_vec();
        assert!(lines.is_sorted());
        assert!(import_hit_id(10, &print, 0) > lines[3]);
        assert_ne!(import_hit_id(9, &[1; 32], 0), lines[0]);
        assert_eq!(lines[1].to_string(), "0000000000098abaaeae000000000001");
    }

    #[test]
    fn kinds_never_meet() {
        let version = |id: HitId| (id.0 >> 76) & 0xf;
        assert_eq!(version(HitIds::new(1).next(UnixMillis(1))), 7);
        assert_eq!(version(import_hit_id(u64::MAX, &[255; 32], u64::MAX)), 8);
        assert_eq!(version(client_hit_id(SiteId(1), "order-1")), 5);
    }

    #[test]
    fn a_clients_id_is_its_own_on_each_site() {
        assert_eq!(client_hit_id(SiteId(1), "a"), client_hit_id(SiteId(1), "a"));
        assert_ne!(client_hit_id(SiteId(1), "a"), client_hit_id(SiteId(2), "a"));
        assert_ne!(client_hit_id(SiteId(1), "a"), client_hit_id(SiteId(1), "b"));
    }
}

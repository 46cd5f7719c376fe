//! What one cache is still to be told, and when.

use super::{PurgeKind, Stale};
use std::time::Duration;
use tokio::time::Instant;

/// How long other instances may not know of a change yet; an answer on its way into a cache is there by then too.
const SETTLED: Duration = Duration::from_secs(5);
/// How long to wait after a failure; twice as long after the next one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// When to give up: by then every public page is too old to be shown without asking.
const PATIENCE: Duration = Duration::from_secs(60 * 60);

/// How a kind of cache wants to be told.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// How long after the change.
    after: Duration,
    /// Whether to say it again when the change has settled: a page that was being made while the first request came may
    /// have gone into the cache after it.
    again: bool,
    /// The most sites of one request.
    most: usize,
}

impl Manner {
    fn of(kind: PurgeKind) -> Self {
        match kind {
            PurgeKind::Varnish => Self { after: Duration::ZERO, again: true, most: 1 },
            PurgeKind::Urls => Self { after: Duration::ZERO, again: true, most: 50 },
            // Invalidations cost money: one, when the change has settled. Fifteen paths with `*` may be in progress, and a site has six.
            PurgeKind::CloudFront => Self { after: SETTLED, again: false, most: 2 },
        }
    }
}

/// A site on the list.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub stale: Stale,
    /// The first change of which the cache has not heard.
    since: Instant,
    /// The last one.
    latest: Instant,
    due: Instant,
    pause: Duration,
    again: bool,
}

impl Entry {
    fn is_of(&self, stale: &Stale) -> bool {
        self.stale.tag == stale.tag && self.stale.domain == stale.domain
    }
}

/// The sites a cache is still to be told about, each once.
#[derive(Debug)]
pub(super) struct List {
    manner: Manner,
    entries: Vec<Entry>,
}

impl List {
    pub fn new(kind: PurgeKind) -> Self {
        Self { manner: Manner::of(kind), entries: Vec::new() }
    }

    /// Puts a site on the list. What changed within seconds goes together, the same site's or others'; though nobody waits
    /// for ever while there are changes all the time.
    pub fn add(&mut self, stale: Stale, now: Instant) {
        let Manner { after, again, .. } = self.manner;
        let mut entry = Entry { stale, since: now, latest: now, due: now + after, pause: FIRST_PAUSE, again };
        if !after.is_zero() {
            let waiting = self.entries.iter_mut().filter(|known| known.since + after >= now && known.pause == FIRST_PAUSE);
            waiting.for_each(|known| known.due = entry.due.min(known.since + after * 2));
        }
        let Some(known) = self.entries.iter_mut().find(|known| known.is_of(&entry.stale)) else {
            self.entries.push(entry);
            return;
        };
        if !after.is_zero() {
            // After a failure a change does not shorten the pause.
            let failed = known.pause > FIRST_PAUSE;
            entry.due = if failed { known.due } else { entry.due.min(known.since + after * 2) };
            (entry.since, entry.pause) = (known.since, known.pause);
        }
        *known = entry;
    }

    /// When there is something to be said; `None`: nothing is on the list.
    pub fn next(&self) -> Option<Instant> {
        self.entries.iter().map(|entry| entry.due).min()
    }

    /// Takes what one request can say now.
    pub fn due(&mut self, now: Instant) -> Vec<Entry> {
        let (mut due, mut taken) = (Vec::new(), 0);
        self.entries.retain(|entry| {
            let take = entry.due <= now && taken < self.manner.most;
            if take {
                taken += 1;
                due.push(entry.clone());
            }
            !take
        });
        due
    }

    /// Takes all of it, whether due or not, in pieces of one request.
    pub fn rest(&mut self) -> Vec<Vec<Entry>> {
        let rest = std::mem::take(&mut self.entries);
        rest.chunks(self.manner.most).map(<[Entry]>::to_vec).collect()
    }

    /// Takes note that the cache was told what was due then.
    pub fn told(&mut self, entries: Vec<Entry>, then: Instant, now: Instant) {
        let after = self.manner.after;
        // One that waited no longer may have changed just then: that change had not settled yet.
        for entry in entries.into_iter().filter(|entry| entry.again || entry.latest + after > then) {
            self.put_back(Entry { since: entry.latest, due: now + SETTLED, again: false, pause: FIRST_PAUSE, ..entry });
        }
    }

    /// Puts back what the cache could not be told; returns what is given up.
    pub fn failed(&mut self, entries: Vec<Entry>, now: Instant) -> Vec<Entry> {
        let (old, young): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| now - entry.latest >= PATIENCE);
        for entry in young {
            let pause = entry.pause;
            self.put_back(Entry { due: now + pause, pause: (pause * 2).min(LONGEST_PAUSE), ..entry });
        }
        old
    }

    /// Unless somebody put the same site on the list meanwhile: then that holds.
    fn put_back(&mut self, entry: Entry) {
        if !self.entries.iter().any(|known| known.is_of(&entry.stale)) {
            self.entries.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stale(name: &str) -> Stale {
        Stale { tag: format!("site-{name}"), domain: format!("{name}.example"), why: "reset" }
    }

    fn names(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.stale.tag.as_str()).collect()
    }

    fn later(now: Instant, seconds: u64) -> Instant {
        now + Duration::from_secs(seconds)
    }

    #[test]
    fn varnish_is_told_at_once_and_again_when_the_change_has_settled() {
        let (mut list, now) = (List::new(PurgeKind::Varnish), Instant::now());
        list.add(stale("a"), now);
        list.add(stale("a"), now);
        list.add(stale("b"), now);
        let first = list.due(now);
        assert_eq!(names(&first), ["site-a"]);
        list.told(first, now, now);
        let second = list.due(now);
        assert_eq!(names(&second), ["site-b"]);
        list.told(second, now, now);
        assert!(list.due(later(now, 4)).is_empty());
        let again = list.due(later(now, 5));
        assert_eq!(names(&again), ["site-a"]);
        list.told(again, later(now, 5), later(now, 5));
        let again = list.due(later(now, 5));
        list.told(again, later(now, 5), later(now, 5));
        assert_eq!(list.next(), None);
    }

    #[test]
    fn changes_within_seconds_are_one_invalidation() {
        let (mut list, now) = (List::new(PurgeKind::CloudFront), Instant::now());
        ["a", "b"].iter().for_each(|name| list.add(stale(name), now));
        ["c", "d"].iter().for_each(|name| list.add(stale(name), later(now, 2)));
        assert!(list.due(later(now, 6)).is_empty());
        let first = list.due(later(now, 7));
        assert_eq!(names(&first), ["site-a", "site-b"]);
        list.told(first, later(now, 7), later(now, 7));
        assert_eq!(names(&list.due(later(now, 7))), ["site-c", "site-d"]);
        assert_eq!(list.next(), None);
    }

    #[test]
    fn nobody_waits_for_ever_while_others_change() {
        let (mut list, now) = (List::new(PurgeKind::CloudFront), Instant::now());
        list.add(stale("first"), now);
        for second in 1..=9 {
            list.add(stale(&second.to_string()), later(now, second));
        }
        assert_eq!(list.next(), Some(later(now, 10)));
        assert!(names(&list.due(later(now, 10))).contains(&"site-first"));
    }

    #[test]
    fn a_site_that_changes_all_the_time_is_told_all_the_same() {
        let (mut list, start) = (List::new(PurgeKind::CloudFront), Instant::now());
        let (mut last, mut told) = (start, 0);
        for second in 0..=60 {
            let now = later(start, second);
            list.add(stale("a"), now);
            let due = list.due(now);
            if !due.is_empty() {
                assert!(now - last <= SETTLED * 2, "{second}");
                (last, told) = (now, told + 1);
                list.told(due, now, now);
            }
        }
        assert!((6..=12).contains(&told), "neither never nor each time: {told}");
        // What changed last is told once more, when it has settled.
        let now = list.next().expect("one more");
        assert!(now >= later(start, 65));
        let due = list.due(now);
        list.told(due, now, now);
        assert_eq!(list.next(), None);
    }

    #[test]
    fn changes_do_not_shorten_the_pause_after_a_failure() {
        let (mut list, start) = (List::new(PurgeKind::CloudFront), Instant::now());
        list.add(stale("a"), start);
        let mut now = later(start, 5);
        for pause in [1, 2, 4, 8] {
            let due = list.due(now);
            assert_eq!(names(&due), ["site-a"]);
            assert!(list.failed(due, now).is_empty());
            list.add(stale("a"), now);
            list.add(stale("b"), now);
            list.entries.retain(|entry| entry.stale == stale("a"));
            assert_eq!(list.next(), Some(later(now, pause)));
            now = later(now, pause);
        }
    }

    #[test]
    fn pauses_grow_to_a_minute_and_end_after_an_hour() {
        let (mut list, start) = (List::new(PurgeKind::Urls), Instant::now());
        list.add(stale("a"), start);
        let (mut now, mut pauses) = (start, Vec::new());
        let given_up = loop {
            let due = list.due(now);
            let given_up = list.failed(due, now);
            let Some(next) = list.next() else { break given_up };
            pauses.push((next - now).as_secs());
            now = next;
        };
        assert_eq!(pauses[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(names(&given_up), ["site-a"]);
        assert!((3_600..3_661).contains(&(now - start).as_secs()));
    }

    #[test]
    fn a_newer_change_is_not_lost_behind_an_older_failure() {
        let (mut list, now) = (List::new(PurgeKind::Varnish), Instant::now());
        list.add(stale("a"), now);
        let sent = list.due(now);
        list.add(stale("a"), now);
        assert!(list.failed(sent, now).is_empty());
        assert_eq!(list.due(now).len(), 1, "the newer one is due at once");
    }
}

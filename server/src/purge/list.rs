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
    since: Instant,
    due: Instant,
    pause: Duration,
    again: bool,
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

    /// Puts a site on the list; one that is there waits no longer than the new one.
    pub fn add(&mut self, stale: Stale, now: Instant) {
        let Manner { after, again, .. } = self.manner;
        let entry = Entry { stale, since: now, due: now + after, pause: FIRST_PAUSE, again };
        // What changed within seconds goes together, though nobody waits for ever while others go on changing things.
        for known in self.entries.iter_mut().filter(|known| known.since + after >= now && !after.is_zero()) {
            known.due = entry.due.min(known.since + after * 2);
        }
        let same = |known: &&mut Entry| known.stale.tag == entry.stale.tag && known.stale.domain == entry.stale.domain;
        match self.entries.iter_mut().find(same) {
            // For CloudFront the later one: a request covers both only when both have settled.
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
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

    /// Takes note that the cache was told.
    pub fn told(&mut self, entries: Vec<Entry>, now: Instant) {
        for entry in entries.into_iter().filter(|entry| entry.again) {
            self.put_back(Entry { due: now + SETTLED, again: false, pause: FIRST_PAUSE, ..entry });
        }
    }

    /// Puts back what the cache could not be told; returns what is given up.
    pub fn failed(&mut self, entries: Vec<Entry>, now: Instant) -> Vec<Entry> {
        let (old, young): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| now - entry.since >= PATIENCE);
        for entry in young {
            let pause = entry.pause;
            self.put_back(Entry { due: now + pause, pause: (pause * 2).min(LONGEST_PAUSE), ..entry });
        }
        old
    }

    /// Unless somebody put the same site on the list meanwhile: then that holds.
    fn put_back(&mut self, entry: Entry) {
        if !self.entries.iter().any(|known| known.stale.tag == entry.stale.tag && known.stale.domain == entry.stale.domain) {
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
        list.told(first, now);
        let second = list.due(now);
        assert_eq!(names(&second), ["site-b"]);
        list.told(second, now);
        assert!(list.due(later(now, 4)).is_empty());
        let again = list.due(later(now, 5));
        assert_eq!(names(&again), ["site-a"]);
        list.told(again, later(now, 5));
        let again = list.due(later(now, 5));
        list.told(again, later(now, 5));
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
        list.told(first, later(now, 7));
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

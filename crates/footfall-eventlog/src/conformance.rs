//! What every event log does: one function a behaviour.
//!
//! A backend's test calls [`all`] with a factory of fresh, empty logs. A failed behaviour panics.

use crate::{EventLog, LogError, LoggedDay};
use async_trait::async_trait;
use footfall_domain::{Feed, Hit, HitId, LocalDate, Place, Position, Record, SiteId, UnixMillis, VisitorId};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// A place where one log lives.
#[async_trait]
pub trait Home: Send {
    /// Opens the log that lives here; the first call makes it. The one opened before is closed or dropped.
    async fn open(&mut self) -> Arc<dyn EventLog>;
}

#[async_trait]
impl Home for crate::MemoryLog {
    async fn open(&mut self) -> Arc<dyn EventLog> {
        Arc::new(self.reopen())
    }
}

/// All behaviours, each in a home of its own.
pub async fn all<H: Home>(home: impl Fn() -> H) {
    hits_come_back_as_they_were(&mut home()).await;
    a_reader_goes_on_from_a_position(&mut home()).await;
    reading_by_pieces_misses_nothing(&mut home()).await;
    a_day_holds_its_own_hits(&mut home()).await;
    days_are_counted(&mut home()).await;
    newest_wakes_who_follows(&mut home()).await;
    every_caller_gets_the_position_of_its_last_hit(&mut home()).await;
    a_follower_sees_every_hit_once_and_in_order(&mut home()).await;
    what_was_answered_is_there_after_a_restart(&mut home()).await;
    a_removed_site_is_gone_and_the_others_stay(&mut home()).await;
    removed_days_are_gone_and_the_others_stay(&mut home()).await;
    positions_never_repeat(&mut home()).await;
    positions_of_another_epoch_are_refused(&mut home()).await;
    nothing_to_append_is_an_error(&mut home()).await;
    a_closed_log_refuses(&mut home()).await;
}

/// A hit of a site-day; `n` makes it unlike others.
pub fn hit(site: u64, date: i32, n: u64) -> Hit {
    Hit {
        id: HitId(u128::from(n) << 20 | 7),
        site: SiteId(site),
        time: UnixMillis(1_700_000_000_000 + n as i64),
        date: LocalDate(date),
        offset_seconds: -12_600,
        visitor: VisitorId(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        feed: [Feed::Tracker, Feed::Server, Feed::Log][n as usize % 3],
        name: "pageview".into(),
        url: format!("https://example.com/page/{n}?utm_source=news"),
        referrer: "https://search.example/".into(),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36".into(),
        language: "de-CH".into(),
        props: vec![("größe".into(), "XL".into()), ("n".into(), n.to_string())],
        interactive: n.is_multiple_of(2),
        hash_routing: false,
        engaged_ms: n.is_multiple_of(5).then_some(1_500),
        scroll_depth: n.is_multiple_of(5).then_some(80),
        screen_width: Some(1_280),
        revenue: None,
        place: Place { country: "CH".into(), region: String::new(), city: "Zürich".into() },
        address_rules: if n.is_multiple_of(4) { vec![3, 300] } else { Vec::new() },
    }
}

/// Hits `numbers` of one site-day.
pub fn hits(site: u64, date: i32, numbers: std::ops::Range<u64>) -> Vec<Hit> {
    numbers.map(|n| hit(site, date, n)).collect()
}

/// What was appended is read, byte for byte and in order.
pub async fn hits_come_back_as_they_were(home: &mut dyn Home) {
    let log = home.open().await;
    let sent = hits(1, 100, 0..50);
    let last = log.append(sent.clone()).await.expect("appended");
    let read = everything(&*log).await;
    assert_eq!(read.iter().map(|record| record.hit.clone()).collect::<Vec<_>>(), sent);
    assert_eq!(read.last().map(|record| record.position), Some(last));
    assert!(read.is_sorted_by(|a, b| a.position.offset < b.position.offset), "offsets grow");
}

/// Reading after a position gives what came after it, also from the middle of a batch; at the end there is nothing.
pub async fn a_reader_goes_on_from_a_position(home: &mut dyn Home) {
    let log = home.open().await;
    assert_eq!(log.read(None, 10).await.expect("read"), vec![]);
    log.append(hits(1, 100, 0..10)).await.expect("appended");
    log.append(hits(1, 100, 10..20)).await.expect("appended");
    let read = everything(&*log).await;
    for at in [0, 4, 9, 10, 18] {
        let newer = log.read(Some(read[at].position), 100).await.expect("read");
        assert_eq!(newer, read[at + 1..], "after {at}");
    }
    assert_eq!(log.read(Some(read[19].position), 100).await.expect("read"), vec![]);
}

/// However small the pieces, all records come once; a piece is about as large as was asked.
pub async fn reading_by_pieces_misses_nothing(home: &mut dyn Home) {
    let log = home.open().await;
    for n in 0..20 {
        log.append(hits(1 + n % 3, 100, n * 10..n * 10 + 10)).await.expect("appended");
    }
    let whole = everything(&*log).await;
    assert_eq!(whole.len(), 200);
    for limit in [0, 1, 7, 64] {
        let (mut pieces, mut after) = (Vec::new(), None);
        loop {
            let piece = log.read(after, limit).await.expect("read");
            assert!(piece.len() < limit.max(1) + 10, "{} for a limit of {limit}", piece.len());
            let Some(last) = piece.last() else { break };
            after = Some(last.position);
            pieces.extend(piece);
        }
        assert_eq!(pieces, whole, "by {limit}");
    }
}

/// `read_day` gives the records of one site-day, in order, and no others; one call may hold several days.
pub async fn a_day_holds_its_own_hits(home: &mut dyn Home) {
    let log = home.open().await;
    let mixed: Vec<Hit> = (0..60).map(|n| hit(1 + n % 2, 100 + (n % 3) as i32, n)).collect();
    log.append(mixed.clone()).await.expect("appended");
    log.append(hits(1, 100, 60..70)).await.expect("appended");
    let day = log.read_day(SiteId(1), LocalDate(100), None, usize::MAX).await.expect("read");
    let expected: Vec<Hit> = mixed.into_iter().filter(|hit| (hit.site.0, hit.date.0) == (1, 100)).chain(hits(1, 100, 60..70)).collect();
    assert_eq!(day.iter().map(|record| record.hit.clone()).collect::<Vec<_>>(), expected);
    let whole = everything(&*log).await;
    assert!(day.iter().all(|record| whole.contains(record)), "the same positions as `read` gives");
    assert_eq!(log.read_day(SiteId(3), LocalDate(100), None, 10).await.expect("read"), vec![]);
    let mut parts = Vec::new();
    loop {
        let part = log.read_day(SiteId(1), LocalDate(100), parts.last().map(|record: &Record| record.position), 3).await.expect("read");
        if part.is_empty() {
            break;
        }
        parts.extend(part);
    }
    assert_eq!(parts, day, "a day read in parts is the same day");
}

/// `days` has a row for each site-day, with the number of its hits and the position of the last.
pub async fn days_are_counted(home: &mut dyn Home) {
    let log = home.open().await;
    assert_eq!(log.days().await.expect("days"), vec![]);
    let first = log.append(hits(2, 100, 0..3)).await.expect("appended");
    let second = log.append(hits(1, 101, 3..4)).await.expect("appended");
    let third = log.append(hits(1, -5, 4..6)).await.expect("appended");
    let fourth = log.append(hits(1, 101, 6..8)).await.expect("appended");
    assert!(second.offset < fourth.offset);
    let day = |site, date, hits, last| LoggedDay { site: SiteId(site), date: LocalDate(date), hits, last };
    assert_eq!(log.days().await.expect("days"), [day(1, -5, 2, third), day(1, 101, 3, fourth), day(2, 100, 3, first)]);
}

/// The newest position is known before the answer, and wakes who waits for a change.
pub async fn newest_wakes_who_follows(home: &mut dyn Home) {
    let log = home.open().await;
    let mut newest = log.newest();
    assert_eq!(*newest.borrow_and_update(), None);
    let appended = log.append(hits(1, 100, 0..3)).await.expect("appended");
    tokio::time::timeout(Duration::from_secs(5), newest.changed()).await.expect("woken in time").expect("the log lives");
    assert_eq!(*newest.borrow_and_update(), Some(appended));
    assert_eq!(*log.newest().borrow(), Some(appended), "who comes later knows it too");
}

/// Many callers at once: each answer is the position of the caller's own last hit.
pub async fn every_caller_gets_the_position_of_its_last_hit(home: &mut dyn Home) {
    let log = home.open().await;
    let callers: Vec<_> = (0..40)
        .map(|caller: u64| {
            let log = log.clone();
            tokio::spawn(async move {
                let mut answers = Vec::new();
                for call in 0..5 {
                    let n = caller * 1_000 + call * 10;
                    // Two site-days in one call, and sites shared with other callers.
                    let mut sent = hits(1 + caller % 3, 100, n..n + 2);
                    sent.push(hit(9, 101, n + 2));
                    answers.push((log.append(sent.clone()).await.expect("appended"), sent));
                }
                answers
            })
        })
        .collect();
    let mut answers = Vec::new();
    for caller in callers {
        answers.extend(caller.await.expect("a caller"));
    }
    let read = everything(&*log).await;
    assert_eq!(read.len(), 40 * 5 * 3);
    for (position, sent) in answers {
        let own: Vec<&Record> = read.iter().filter(|record| sent.contains(&record.hit)).collect();
        assert_eq!(own.len(), 3, "every hit once");
        assert_eq!(own.last().map(|record| record.position), Some(position));
    }
}

/// Who reads after each change of `newest` gets every hit once, in order, while others append.
pub async fn a_follower_sees_every_hit_once_and_in_order(home: &mut dyn Home) {
    const HITS: usize = 400;
    let log = home.open().await;
    let following = log.clone();
    // Before the first append: a change that came before one asked to be told of it is never told.
    let mut newest = log.newest();
    let follower = tokio::spawn(async move {
        let mut seen = Vec::new();
        while seen.len() < HITS {
            newest.changed().await.expect("the log lives");
            let goal = *newest.borrow_and_update();
            let mut after = seen.last().map(|record: &Record| record.position);
            loop {
                let read = following.read(after, 13).await.expect("read");
                let Some(last) = read.last() else { break };
                after = Some(last.position);
                seen.extend(read);
            }
            let (after, goal) = (after.expect("something was read"), goal.expect("something was appended"));
            assert_eq!(after.covers(goal), Some(true), "what `newest` says can be read");
        }
        seen
    });
    let writers: Vec<_> = (0..4)
        .map(|writer: u64| {
            let log = log.clone();
            tokio::spawn(async move {
                for n in 0..HITS as u64 / 4 {
                    log.append(vec![hit(writer, 100, writer * 1_000 + n)]).await.expect("appended");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("a writer");
    }
    let seen = tokio::time::timeout(Duration::from_secs(60), follower).await.expect("in time").expect("a follower");
    assert!(seen.is_sorted_by(|a, b| a.position.offset < b.position.offset), "in order, none twice");
    let ids: BTreeSet<HitId> = seen.iter().map(|record| record.hit.id).collect();
    assert_eq!(ids.len(), HITS);
}

/// After a restart the log holds what it held, in the same epoch, and goes on.
pub async fn what_was_answered_is_there_after_a_restart(home: &mut dyn Home) {
    let log = home.open().await;
    let last = log.append(hits(1, 100, 0..30)).await.expect("appended");
    let (before, days) = (everything(&*log).await, log.days().await.expect("days"));
    drop(log);
    let log = home.open().await;
    assert_eq!(*log.newest().borrow(), Some(last));
    assert_eq!(everything(&*log).await, before);
    assert_eq!(log.days().await.expect("days"), days);
    let next = log.append(hits(1, 100, 30..31)).await.expect("appended");
    assert_eq!((next.epoch, next.partition), (last.epoch, last.partition));
    assert!(next.offset > last.offset);
}

/// Removing a site erases its hits and its days, and says how many hits; other sites keep theirs, and it may get new ones.
pub async fn a_removed_site_is_gone_and_the_others_stay(home: &mut dyn Home) {
    let log = home.open().await;
    log.append(hits(1, 100, 0..10)).await.expect("appended");
    let kept = log.append(hits(2, 100, 10..20)).await.expect("appended");
    log.append(hits(1, 101, 20..25)).await.expect("appended");
    assert_eq!(log.remove_site(SiteId(1)).await.expect("removed"), 15);
    assert_eq!(log.remove_site(SiteId(1)).await.expect("removed"), 0);
    let left: Vec<Hit> = everything(&*log).await.into_iter().map(|record| record.hit).collect();
    assert_eq!(left, hits(2, 100, 10..20));
    assert_eq!(log.days().await.expect("days").len(), 1);
    assert_eq!(*log.newest().borrow(), Some(kept), "what can be read");
    log.append(hits(1, 101, 25..27)).await.expect("appended");
    assert_eq!(log.read_day(SiteId(1), LocalDate(101), None, 100).await.expect("read").len(), 2);
    assert_eq!(log.days().await.expect("days").iter().map(|day| day.hits).collect::<Vec<_>>(), [2, 10]);
}

/// Days before a date are erased, of one site alone, also after a restart; later days and later hits stay.
pub async fn removed_days_are_gone_and_the_others_stay(home: &mut dyn Home) {
    let log = home.open().await;
    for (site, date, from) in [(1, -3, 0), (1, 100, 5), (2, 90, 10), (1, 101, 15), (1, 102, 20)] {
        log.append(hits(site, date, from..from + 5)).await.expect("appended");
    }
    assert_eq!(log.remove_days(SiteId(1), LocalDate(101)).await.expect("removed"), 10);
    assert_eq!(log.remove_days(SiteId(1), LocalDate(101)).await.expect("removed"), 0);
    assert_eq!(log.remove_days(SiteId(3), LocalDate(101)).await.expect("no such site"), 0);
    let days = [(SiteId(1), LocalDate(101)), (SiteId(1), LocalDate(102)), (SiteId(2), LocalDate(90))];
    drop(log);
    let log = home.open().await;
    assert_eq!(log.days().await.expect("days").iter().map(|day| (day.site, day.date)).collect::<Vec<_>>(), days);
    assert_eq!(everything(&*log).await.len(), 15);
    assert_eq!(log.read_day(SiteId(1), LocalDate(100), None, 100).await.expect("read"), vec![]);
    log.append(hits(1, 100, 25..27)).await.expect("a day may begin anew");
    assert_eq!(log.read_day(SiteId(1), LocalDate(100), None, 100).await.expect("read").len(), 2);
    assert_eq!(log.remove_days(SiteId(1), LocalDate(i32::MAX)).await.expect("removed"), 12);
    assert_eq!(everything(&*log).await.len(), 5);
}

/// A position once given is never given again: not after a removal, not after a restart, not after both.
pub async fn positions_never_repeat(home: &mut dyn Home) {
    let mut highest = None;
    for n in 0..3 {
        let log = home.open().await;
        for _ in 0..2 {
            let given = log.append(hits(1, 100, n * 10..n * 10 + 3)).await.expect("appended");
            assert!(highest.is_none_or(|highest| given.offset > highest), "{given:?} after {highest:?}");
            highest = Some(given.offset);
            log.remove_site(SiteId(1)).await.expect("removed");
            assert_eq!(*log.newest().borrow(), None, "nothing is left to read");
        }
    }
}

/// A position of another life of the log is an error, not a silent beginning or end.
pub async fn positions_of_another_epoch_are_refused(home: &mut dyn Home) {
    let log = home.open().await;
    let last = log.append(hits(1, 100, 0..3)).await.expect("appended");
    let foreign = Position { epoch: last.epoch.wrapping_add(1), ..last };
    assert_eq!(log.read(Some(foreign), 10).await, Err(LogError::OtherEpoch));
}

/// No hits have no position.
pub async fn nothing_to_append_is_an_error(home: &mut dyn Home) {
    let log = home.open().await;
    assert_eq!(log.append(vec![]).await, Err(LogError::Empty));
    log.append(hits(1, 100, 0..1)).await.expect("appended");
    assert_eq!(log.append(vec![]).await, Err(LogError::Empty));
}

/// Closing answers who waits, keeps what was answered, and refuses what comes later.
pub async fn a_closed_log_refuses(home: &mut dyn Home) {
    let log = home.open().await;
    let waiting = {
        let log = log.clone();
        tokio::spawn(async move { log.append(hits(1, 100, 0..3)).await })
    };
    tokio::task::yield_now().await;
    log.close().await;
    let answered = match waiting.await.expect("a caller") {
        Ok(_) => 3,
        Err(error) => {
            assert_eq!(error, LogError::Closed);
            0
        }
    };
    assert_eq!(log.append(hits(1, 100, 3..4)).await, Err(LogError::Closed));
    assert_eq!(log.read(None, 10).await, Err(LogError::Closed));
    assert_eq!(log.remove_site(SiteId(1)).await, Err(LogError::Closed));
    log.close().await;
    drop(log);
    assert_eq!(everything(&*home.open().await).await.len(), answered);
}

/// All records, from the start.
pub async fn everything(log: &dyn EventLog) -> Vec<Record> {
    log.read(None, usize::MAX).await.expect("read")
}

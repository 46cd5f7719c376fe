//! What every store of rollups does.

use super::{Home, Shape, made_rollup};
use crate::head::HEAD_ROWS;
use crate::{Activation, DayKey, DayStamp, GenerationRow, Put, RollupStore, Run, Store, StoreError};
use footfall_domain::{Counts, Dimension, LocalDate, LogicId, Position, Rollup, SiteId, UnixMillis};
use std::sync::Arc;

const SMALL: Shape = Shape { rows: 30, other_rows: 4, live: true, log: true, machines: 5 };
const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
/// Its largest tables have tails of several chunks.
const HUGE: Shape = Shape { rows: 9_000, ..LARGE };

/// All behaviours, each in a home of its own.
pub async fn rollups<H: Home>(home: impl Fn() -> H) {
    every_shape_of_day_is_answered_as_the_rollup_says(&mut home()).await;
    an_unknown_day_is_empty(&mut home()).await;
    the_same_again_changes_nothing(&mut home()).await;
    an_older_flush_never_overwrites_a_newer_one(&mut home()).await;
    another_logic_or_epoch_needs_a_higher_revision(&mut home()).await;
    a_large_day_may_become_small_and_large_again(&mut home()).await;
    ranges_hold_their_days_in_order(&mut home()).await;
    generations_do_not_mix(&mut home()).await;
    readers_see_one_state_while_a_day_is_replaced(&mut home()).await;
    activation_moves_the_row_once(&mut home()).await;
    a_row_of_another_store_is_put_as_it_is(&mut home()).await;
    a_flushed_day_is_a_day_until_it_closes(&mut home()).await;
    numbers_between_flushes_are_shown_while_they_are_newer(&mut home()).await;
    a_removed_site_has_no_rollups(&mut home()).await;
    removed_days_have_no_rollups(&mut home()).await;
    all_of_it_is_there_after_a_restart(&mut home()).await;
}

/// Every answer about a day is the one its rollup gives.
pub async fn agrees(store: &dyn RollupStore, key: DayKey, stamp: DayStamp, rollup: &Rollup) {
    let (site, generation, dates) = (key.site, key.generation, key.date..=key.date);
    let people = rollup.people();
    assert_eq!(store.day(key).await, Ok(Some((stamp, rollup.clone()))), "the rollup itself");

    let totals = store.totals(site, generation, dates.clone()).await.expect("totals").remove(0);
    assert_eq!((totals.date, totals.stamp, totals.day), (key.date, stamp, people.day));
    assert_eq!(totals.hours, people.hours.clone().into_iter().collect::<Vec<_>>());
    assert_eq!(totals.drops, rollup.all_drops().into_iter().collect::<Vec<_>>());
    assert_eq!(totals.machines, rollup.machines.values().sum::<i64>());

    assert_eq!(store.machines(key).await.as_ref(), Ok(&rollup.machines));

    for dimension in Dimension::ALL {
        let table: Vec<(String, Counts)> = people.values(*dimension).clone().into_iter().collect();
        assert_eq!(store.rows(key, *dimension).await.as_ref(), Ok(&table), "rows of {dimension:?}");

        let head = store.heads(site, generation, *dimension, dates.clone()).await.expect("heads").remove(0);
        let mut ranked = table.clone();
        ranked.sort_by(|a, b| b.1.visitors.cmp(&a.1.visitors).then(a.0.as_bytes().cmp(b.0.as_bytes())));
        let others = ranked.split_off(ranked.len().min(HEAD_ROWS));
        assert_eq!((head.date, head.stamp, head.rows), (key.date, stamp, table.len() as u64));
        assert_eq!(head.top, ranked, "top of {dimension:?}");
        let largest = |number: fn(&Counts) -> i64| others.iter().map(|row| number(&row.1)).max().unwrap_or(0);
        assert_eq!(head.rest.visitors, largest(|counts| counts.visitors));
        assert_eq!(head.rest.pageviews, largest(|counts| counts.pageviews));
        assert_eq!(head.rest.duration_ms, largest(|counts| counts.duration_ms));
        assert_eq!(head.rest.scroll_pairs, largest(|counts| counts.scroll_pairs));

        // Some values of the table from everywhere, in no order, and some that are in none.
        let every = table.len() / 50 + 1;
        let mut asked: Vec<String> = table.iter().rev().step_by(every).map(|row| row.0.clone()).collect();
        asked.extend(["", "/none", "\u{10FFFF}", "/shop/"].map(str::to_owned));
        let found = store.lookup(key, *dimension, &asked).await.expect("lookup");
        let expected: Vec<Counts> = asked.iter().map(|value| people.values(*dimension).get(value).copied().unwrap_or_default()).collect();
        assert_eq!(found, expected, "lookup in {dimension:?}");
    }
}

/// Small and large days, of one feed, both or none, come back as they were put.
pub async fn every_shape_of_day_is_answered_as_the_rollup_says(home: &mut dyn Home) {
    let store = home.open().await;
    let empty = Shape { rows: 0, other_rows: 0, live: false, log: false, machines: 0 };
    let only_log = Shape { live: false, ..HUGE };
    let only_live = Shape { log: false, machines: 0, ..LARGE };
    // More than a head's rows, and yet packed; exactly a head's rows.
    let short = Shape { rows: HEAD_ROWS + 400, other_rows: 0, live: true, log: false, machines: 0 };
    let full_head = Shape { rows: HEAD_ROWS, other_rows: 2, live: true, log: false, machines: 0 };
    let machines_only = Shape { machines: 20_000, ..empty };
    for (n, shape) in [empty, SMALL, HUGE, only_log, only_live, short, full_head, machines_only].into_iter().enumerate() {
        let rollup = made_rollup(n as u64, shape);
        let (key, stamp) = (key(1, 0, n as i32), stamp(n as u64 + 1, 1, 10));
        assert_eq!(store.put_day(key, stamp, &rollup).await, Ok(Put::Written), "{shape:?}");
        agrees(&*store, key, stamp, &rollup).await;
    }
}

/// A day that was never put has no rows, no stamp, no head.
pub async fn an_unknown_day_is_empty(home: &mut dyn Home) {
    let store = home.open().await;
    let key = key(1, 0, 5);
    assert_eq!(store.day(key).await, Ok(None));
    assert_eq!(store.rows(key, Dimension::Page).await, Ok(vec![]));
    assert_eq!(store.lookup(key, Dimension::Page, &["/".into(), "/a".into()]).await, Ok(vec![Counts::default(); 2]));
    let dates = LocalDate(0)..=LocalDate(9);
    assert_eq!(store.stamps(key.site, 0, dates.clone()).await, Ok(vec![]));
    assert_eq!(store.totals(key.site, 0, dates.clone()).await, Ok(vec![]));
    assert_eq!(store.heads(key.site, 0, Dimension::Page, dates).await, Ok(vec![]));
    assert_eq!(store.days().await, Ok(vec![]));
}

/// Law 3: twice equals once.
pub async fn the_same_again_changes_nothing(home: &mut dyn Home) {
    let store = home.open().await;
    let (key, rollup) = (key(1, 0, 5), made_rollup(1, SMALL));
    assert_eq!(store.put_day(key, stamp(1, 1, 10), &rollup).await, Ok(Put::Written));
    assert_eq!(store.put_day(key, stamp(1, 1, 10), &rollup).await, Ok(Put::Older));
    assert_eq!(store.put_day(key, stamp(2, 1, 10), &rollup).await, Ok(Put::Older), "covered already");
    agrees(&*store, key, stamp(1, 1, 10), &rollup).await;
}

/// Law 3: flushes may arrive in any order; what has seen more of the log stays.
pub async fn an_older_flush_never_overwrites_a_newer_one(home: &mut dyn Home) {
    let store = home.open().await;
    let (key, newer, older) = (key(1, 0, 5), made_rollup(1, LARGE), made_rollup(2, SMALL));
    assert_eq!(store.put_day(key, stamp(5, 1, 100), &newer).await, Ok(Put::Written));
    assert_eq!(store.put_day(key, stamp(4, 1, 90), &older).await, Ok(Put::Older));
    assert_eq!(store.put_day(key, stamp(6, 1, 90), &older).await, Ok(Put::Older), "whatever its revision");
    assert_eq!(store.put_day(key, stamp(4, 1, 110), &older).await, Ok(Put::Older), "a lower revision");
    assert_eq!(store.put_day(key, stamp(5, 1, 110), &older).await, Ok(Put::Older), "a revision's pieces never change");
    agrees(&*store, key, stamp(5, 1, 100), &newer).await;
    assert_eq!(store.put_day(key, stamp(6, 1, 110), &older).await, Ok(Put::Written));
    agrees(&*store, key, stamp(6, 1, 110), &older).await;
}

/// Other rules, or another life of the log, replace a day that had seen more.
pub async fn another_logic_or_epoch_needs_a_higher_revision(home: &mut dyn Home) {
    let store = home.open().await;
    let (key, first, second, third) = (key(1, 0, 5), made_rollup(1, SMALL), made_rollup(2, SMALL), made_rollup(3, SMALL));
    store.put_day(key, stamp(5, 1, 100), &first).await.expect("put");
    assert_eq!(store.put_day(key, stamp(5, 2, 100), &second).await, Ok(Put::Older));
    assert_eq!(store.put_day(key, stamp(6, 2, 50), &second).await, Ok(Put::Written));
    agrees(&*store, key, stamp(6, 2, 50), &second).await;
    let other_life = |revision| DayStamp { through: Position { epoch: 77, partition: 0, offset: 3 }, ..stamp(revision, 2, 0) };
    assert_eq!(store.put_day(key, other_life(6), &third).await, Ok(Put::Older));
    assert_eq!(store.put_day(key, other_life(7), &third).await, Ok(Put::Written));
    agrees(&*store, key, other_life(7), &third).await;
}

/// Nothing of an earlier revision shines through.
pub async fn a_large_day_may_become_small_and_large_again(home: &mut dyn Home) {
    let store = home.open().await;
    let key = key(1, 0, 5);
    for (revision, shape) in [LARGE, SMALL, LARGE, LARGE].into_iter().enumerate() {
        let revision = revision as u64 + 1;
        let rollup = made_rollup(revision, shape);
        store.put_day(key, stamp(revision, 1, revision * 10), &rollup).await.expect("put");
        agrees(&*store, key, stamp(revision, 1, revision * 10), &rollup).await;
    }
}

/// A range has the days in it, its ends included, by date; also dates before 1970.
pub async fn ranges_hold_their_days_in_order(home: &mut dyn Home) {
    let store = home.open().await;
    let rollup = made_rollup(1, SMALL);
    for date in [3, -2, 1, 2, 9] {
        store.put_day(key(1, 0, date), stamp(1, 1, 10), &rollup).await.expect("put");
        store.put_day(key(2, 0, date), stamp(1, 1, 10), &rollup).await.expect("put");
    }
    let site = SiteId(1);
    for (from, through, expected) in [(1, 3, vec![1, 2, 3]), (-5, 1, vec![-2, 1]), (4, 8, vec![]), (-9, 99, vec![-2, 1, 2, 3, 9])] {
        let dates = LocalDate(from)..=LocalDate(through);
        let numbers = |dates: Vec<LocalDate>| dates.into_iter().map(|date| date.0).collect::<Vec<_>>();
        let stamps = store.stamps(site, 0, dates.clone()).await.expect("stamps");
        assert_eq!(numbers(stamps.into_iter().map(|day| day.0).collect()), expected);
        let totals = store.totals(site, 0, dates.clone()).await.expect("totals");
        assert_eq!(numbers(totals.into_iter().map(|day| day.date).collect()), expected);
        let heads = store.heads(site, 0, Dimension::Browser, dates).await.expect("heads");
        assert_eq!(numbers(heads.into_iter().map(|day| day.date).collect()), expected);
    }
    let (from, before) = (LocalDate(3), LocalDate(1));
    assert_eq!(store.stamps(site, 0, from..=before).await, Ok(vec![]), "an empty range is no error");
    assert_eq!(store.totals(site, 0, from..=before).await, Ok(vec![]));
    let days = store.days().await.expect("days");
    assert_eq!(days.len(), 10);
    assert!(days.is_sorted_by_key(|(key, _)| *key));
}

/// A draft generation of a day leaves the one that is shown alone.
pub async fn generations_do_not_mix(home: &mut dyn Home) {
    let store = home.open().await;
    let (shown, draft) = (made_rollup(1, LARGE), made_rollup(2, LARGE));
    store.put_day(key(1, 0, 5), stamp(1, 1, 10), &shown).await.expect("put");
    store.put_day(key(1, 1, 5), stamp(1, 2, 10), &draft).await.expect("put");
    agrees(&*store, key(1, 0, 5), stamp(1, 1, 10), &shown).await;
    agrees(&*store, key(1, 1, 5), stamp(1, 2, 10), &draft).await;
}

/// While a day is replaced again and again, a reader gets the numbers of one revision or of another, never of two.
pub async fn readers_see_one_state_while_a_day_is_replaced(home: &mut dyn Home) {
    const REVISIONS: u64 = 12;
    let store = home.open().await;
    let key = key(1, 0, 5);
    let made: Arc<Vec<Rollup>> = Arc::new((0..=REVISIONS).map(|n| made_rollup(n, if n % 2 == 0 { SMALL } else { LARGE })).collect());
    store.put_day(key, stamp(1, 1, 1), &made[1]).await.expect("put");
    let (reading, expected) = (store.clone(), made.clone());
    let reader = tokio::spawn(async move {
        loop {
            let (stamp, rollup) = reading.day(key).await.expect("read").expect("stored");
            assert_eq!(rollup, expected[stamp.revision as usize]);
            let head = reading.heads(key.site, 0, Dimension::Page, key.date..=key.date).await.expect("read").remove(0);
            let table = expected[head.stamp.revision as usize].people().values(Dimension::Page);
            assert_eq!(head.rows, table.len() as u64);
            assert!(head.top.iter().all(|(value, counts)| table.get(value) == Some(counts)));
            if stamp.revision == REVISIONS {
                break;
            }
        }
    });
    for revision in 2..=REVISIONS {
        store.put_day(key, stamp(revision, 1, revision), &made[revision as usize]).await.expect("put");
        tokio::task::yield_now().await;
    }
    reader.await.expect("a reader");
}

/// Of two who saw the same version, one moves the row; the other is told.
pub async fn activation_moves_the_row_once(home: &mut dyn Home) {
    let store = home.open().await;
    let site = SiteId(1);
    assert_eq!(store.generations(site).await, Ok(GenerationRow::default()));
    let run = Run { from: LocalDate(1), through: LocalDate(5), generation: 3 };
    let activation =
        Activation { at: UnixMillis(7), who: "a@example.com".into(), why: "bots".into(), logic: LogicId([3; 16]), before: vec![] };
    let row = GenerationRow { version: 0, runs: vec![run], history: vec![activation] };
    store.activate(site, 0, row.clone()).await.expect("activated");
    let stored = GenerationRow { version: 1, ..row.clone() };
    assert_eq!(store.generations(site).await, Ok(stored.clone()));
    assert_eq!(stored.of(LocalDate(5)), 3);
    assert_eq!(stored.of(LocalDate(6)), 0, "a day in no run");
    let refused = store.activate(site, 0, GenerationRow::default()).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert_eq!(store.generations(site).await, Ok(stored));
    store.activate(site, 1, GenerationRow::default()).await.expect("activated");
    assert_eq!(store.generations(site).await.map(|row| row.version), Ok(2));
    assert_eq!(store.generations(SiteId(2)).await, Ok(GenerationRow::default()));
}

/// Whatever is there, and with its version.
pub async fn a_row_of_another_store_is_put_as_it_is(home: &mut dyn Home) {
    let store = home.open().await;
    let row = GenerationRow { version: 7, runs: vec![Run { from: LocalDate(1), through: LocalDate(2), generation: 3 }], history: vec![] };
    store.put_generations(SiteId(1), &row).await.expect("put");
    assert_eq!(store.generations(SiteId(1)).await, Ok(row.clone()));
    assert!(store.activate(SiteId(1), 0, GenerationRow::default()).await.is_err());
    store.activate(SiteId(1), 7, row).await.expect("activated");
    assert_eq!(store.generations(SiteId(1)).await.map(|row| row.version), Ok(8));
    store.put_generations(SiteId(1), &GenerationRow::default()).await.expect("put back");
    store.activate(SiteId(1), 0, GenerationRow::default()).await.expect("as if never activated");
}

/// Readers see no difference between a flush and a closed day; the closed day follows even when nothing came since.
pub async fn a_flushed_day_is_a_day_until_it_closes(home: &mut dyn Home) {
    let store = home.open().await;
    for (date, shape) in [(5, SMALL), (6, LARGE)] {
        let (key, early, late) = (key(1, 0, date), made_rollup(1, shape), made_rollup(2, shape));
        assert_eq!(store.flush_day(key, stamp(1, 1, 10), &early).await, Ok(Put::Written));
        agrees(&*store, key, stamp(1, 1, 10), &early).await;
        assert_eq!(store.flush_day(key, stamp(1, 1, 10), &early).await, Ok(Put::Older), "law 3");
        assert_eq!(store.flush_day(key, stamp(2, 1, 20), &late).await, Ok(Put::Written));
        assert_eq!(store.flush_day(key, stamp(1, 1, 10), &early).await, Ok(Put::Older), "law 3");
        agrees(&*store, key, stamp(2, 1, 20), &late).await;
        store.put_day(key, stamp(3, 1, 20), &late).await.expect("closed");
        let closed = store.stamps(key.site, 0, key.date..=key.date).await.expect("stamps")[0].1;
        assert!(closed == stamp(2, 1, 20) || closed == stamp(3, 1, 20), "{closed:?}");
        agrees(&*store, key, closed, &late).await;
        assert_eq!(store.put_day(key, stamp(9, 1, 15), &early).await, Ok(Put::Older), "an older close");
    }
}

/// Law 3 for totals alone: the newest numbers are shown, never older ones, and no other call sees them.
pub async fn numbers_between_flushes_are_shown_while_they_are_newer(home: &mut dyn Home) {
    let store = home.open().await;
    let (key, rollup) = (key(1, 0, 5), made_rollup(1, SMALL));
    let numbers = |revision, offset| crate::DayTotals::of(key.date, stamp(revision, 1, offset), &made_rollup(offset, SMALL));
    let shown = async || store.totals(key.site, 0, LocalDate(0)..=LocalDate(9)).await.expect("totals");
    assert_eq!(store.put_totals(key, &numbers(2, 20)).await, Ok(Put::Written));
    assert_eq!(shown().await, [numbers(2, 20)], "before there is a day");
    assert_eq!(store.days().await, Ok(vec![]));
    assert_eq!(store.day(key).await, Ok(None));
    assert_eq!(store.stamps(key.site, 0, LocalDate(0)..=LocalDate(9)).await, Ok(vec![]));
    assert_eq!(store.put_totals(key, &numbers(1, 10)).await, Ok(Put::Older));
    assert_eq!(store.put_totals(key, &numbers(2, 20)).await, Ok(Put::Older));

    store.flush_day(key, stamp(3, 1, 30), &rollup).await.expect("flushed");
    assert_eq!(shown().await, [crate::DayTotals::of(key.date, stamp(3, 1, 30), &rollup)], "the day is newer");
    store.put_totals(key, &numbers(4, 25)).await.expect("put, or refused");
    assert_eq!(shown().await[0].stamp, stamp(3, 1, 30), "a higher revision that has seen less");
    assert_eq!(store.put_totals(key, &numbers(5, 40)).await, Ok(Put::Written));
    assert_eq!(shown().await, [numbers(5, 40)]);
    assert_eq!(store.stamps(key.site, 0, key.date..=key.date).await, Ok(vec![(key.date, stamp(3, 1, 30))]));
    agrees_but_for_totals(&*store, key, stamp(3, 1, 30), &rollup).await;
    store.put_day(key, stamp(6, 1, 50), &rollup).await.expect("closed");
    agrees(&*store, key, stamp(6, 1, 50), &rollup).await;
    store.remove_site_rollups(key.site).await.expect("removed");
    assert_eq!(shown().await, []);
}

async fn agrees_but_for_totals(store: &dyn Store, key: DayKey, stamp: DayStamp, rollup: &Rollup) {
    assert_eq!(store.day(key).await, Ok(Some((stamp, rollup.clone()))));
    let heads = store.heads(key.site, key.generation, Dimension::Page, key.date..=key.date).await.expect("heads");
    assert_eq!(heads[0].stamp, stamp);
}

/// Rollups of all generations go, and the generation row; other sites keep theirs.
pub async fn a_removed_site_has_no_rollups(home: &mut dyn Home) {
    let store = home.open().await;
    let rollup = made_rollup(1, LARGE);
    for (site, generation) in [(1, 0), (1, 4), (2, 0)] {
        store.put_day(key(site, generation, 5), stamp(1, 1, 10), &rollup).await.expect("put");
    }
    store.activate(SiteId(1), 0, GenerationRow::default()).await.expect("activated");
    store.remove_site_rollups(SiteId(1)).await.expect("removed");
    assert_eq!(store.days().await.expect("days").iter().map(|day| day.0).collect::<Vec<_>>(), [key(2, 0, 5)]);
    assert_eq!(store.generations(SiteId(1)).await, Ok(GenerationRow::default()));
    assert_eq!(store.rows(key(1, 0, 5), Dimension::Page).await, Ok(vec![]));
    agrees(&*store, key(2, 0, 5), stamp(1, 1, 10), &rollup).await;
    store.put_day(key(1, 0, 5), stamp(1, 1, 10), &rollup).await.expect("it may come again");
    agrees(&*store, key(1, 0, 5), stamp(1, 1, 10), &rollup).await;
}

/// Rollups of days before a date go, of one site and all its generations; later days, other sites and the generation row stay.
pub async fn removed_days_have_no_rollups(home: &mut dyn Home) {
    let store = home.open().await;
    let (small, large) = (made_rollup(1, SMALL), made_rollup(2, LARGE));
    for (site, generation, date, rollup) in [(1, 0, 5, &large), (1, 0, 6, &small), (1, 0, 7, &large), (1, 3, 6, &large), (2, 0, 5, &small)]
    {
        store.put_day(key(site, generation, date), stamp(1, 1, 10), rollup).await.expect("put");
    }
    let row = GenerationRow { version: 1, ..GenerationRow::default() };
    store.put_generations(SiteId(1), &row).await.expect("put");
    assert_eq!(store.remove_days(SiteId(1), LocalDate(7)).await, Ok(3));
    assert_eq!(store.remove_days(SiteId(1), LocalDate(7)).await, Ok(0));
    assert_eq!(store.days().await.expect("days").iter().map(|day| day.0).collect::<Vec<_>>(), [key(1, 0, 7), key(2, 0, 5)]);
    assert_eq!(store.rows(key(1, 0, 5), Dimension::Page).await, Ok(vec![]));
    assert_eq!(store.heads(SiteId(1), 0, Dimension::Page, LocalDate(0)..=LocalDate(6)).await, Ok(vec![]));
    assert_eq!(store.generations(SiteId(1)).await, Ok(row));
    agrees(&*store, key(1, 0, 7), stamp(1, 1, 10), &large).await;
    agrees(&*store, key(2, 0, 5), stamp(1, 1, 10), &small).await;
    store.put_day(key(1, 0, 5), stamp(1, 1, 10), &large).await.expect("it may come again");
    agrees(&*store, key(1, 0, 5), stamp(1, 1, 10), &large).await;
}

/// What was put is there when the store is opened again.
pub async fn all_of_it_is_there_after_a_restart(home: &mut dyn Home) {
    let store: Arc<dyn Store> = home.open().await;
    let (small, large) = (made_rollup(1, SMALL), made_rollup(2, LARGE));
    store.put_day(key(1, 0, 5), stamp(1, 1, 10), &small).await.expect("put");
    store.put_day(key(1, 0, 6), stamp(2, 1, 10), &large).await.expect("put");
    store.activate(SiteId(1), 0, GenerationRow::default()).await.expect("activated");
    drop(store);
    let store = home.open().await;
    agrees(&*store, key(1, 0, 5), stamp(1, 1, 10), &small).await;
    agrees(&*store, key(1, 0, 6), stamp(2, 1, 10), &large).await;
    assert_eq!(store.generations(SiteId(1)).await.map(|row| row.version), Ok(1));
}

fn key(site: u64, generation: u32, date: i32) -> DayKey {
    DayKey { site: SiteId(site), generation, date: LocalDate(date) }
}

fn stamp(revision: u64, logic: u8, offset: u64) -> DayStamp {
    let through = Position { epoch: u64::MAX - 5, partition: 0, offset };
    DayStamp { revision, logic: LogicId([logic; 16]), through, newest_hit: offset.is_multiple_of(2).then_some(UnixMillis(-1_000)) }
}

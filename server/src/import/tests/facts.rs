//! What an import promises when all goes well, told as facts.

use super::*;

#[tokio::test]
async fn page_views_become_hits_and_the_rest_is_counted_by_reason() {
    let office = Office::open().await;
    let file = [
        view(10, 0, 1, 1),
        view(10, 1, 1, 2).replace("/page/2", "/style.css"),
        view(10, 2, 2, 1).replace(" 200 ", " 404 "),
        view(11, 3, 2, 1).replace("GET", "POST"),
        view(11, 4, 3, 1).replace(AGENT, "Googlebot/2.1 (+http://www.google.com/bot.html)"),
        "\r\n".into(),
        "198.51.0.9 is no line\n".into(),
        view(11, 5, 4, 9),
    ];
    let summary = office.imported(file.concat()).await;
    let dropped =
        [(DropReason::Asset, 1), (DropReason::ErrorStatus, 1), (DropReason::NotGet, 1), (DropReason::Bot, 1), (DropReason::Unreadable, 1)];
    assert_eq!(summary.dropped, dropped.into());
    assert_eq!((summary.format.as_str(), summary.read, summary.known, summary.counted), ("combined", 7, 0, 2));
    assert_eq!(summary.days, BTreeSet::from([date("2026-11-10"), date("2026-11-11")]));
    let sample = &summary.unreadable[0];
    assert_eq!(
        (sample.line, sample.why.as_str(), sample.text.as_str()),
        (7, "no time such as [17/May/2015:10:05:03 +0000]", "[address] is no line")
    );
    let refused =
        [("2026-11-10", "asset", 1), ("2026-11-10", "error_status", 1), ("2026-11-11", "not_get", 1), ("2026-11-11", "unreadable", 1)];
    let mut told = office.refusals().await;
    told.sort_unstable();
    assert_eq!(told, refused.map(|(date, reason, count)| (date.to_owned(), reason, count)));
    assert_eq!(office.counted().await, [("2026-11-10".to_owned(), 1, 1), ("2026-11-11".to_owned(), 1, 1)]);
}

#[tokio::test]
async fn a_hit_has_the_lines_time_and_an_id_that_follows_the_line() {
    let office = Office::open().await;
    office.imported(views(10)).await;
    let hits = office.hits().await;
    assert!(hits.is_sorted_by_key(|hit| hit.id));
    assert_eq!(hits[0].time, instant("2026-11-10T11:00:00Z"));
    assert_eq!((hits[0].date, hits[0].offset_seconds, hits[0].feed), (date("2026-11-10"), 3_600, Feed::Log));
    assert_eq!((hits[0].url.as_str(), hits[0].site), ("https://example.com/page/0", office.site));
}

#[tokio::test]
async fn the_same_file_twice_adds_nothing() {
    let office = Office::open().await;
    let file = format!("{}{}", views(5_000), "broken\n");
    let first = office.imported(&file).await;
    assert_eq!((first.read, first.counted), (5_001, 5_000));
    for again in [file.clone().into_bytes(), packed(&file)] {
        let second = office.imported(again).await;
        assert_eq!((second.read, second.known, second.counted, second.dropped.len()), (0, 5_001, 0, 0));
    }
    assert_eq!(office.hits().await.len(), 5_000);
    assert_eq!(office.refusals().await.iter().map(|(_, _, count)| count).sum::<u64>(), 1);
}

#[tokio::test]
async fn a_file_that_has_grown_adds_what_is_new() {
    let office = Office::open().await;
    let file = views(3_000);
    let mut known = 0;
    for lines in [1, 2, 40, 41, 2_500, 3_000] {
        let end = file.match_indices('\n').nth(lines - 1).map_or(file.len(), |(at, _)| at + 1);
        let summary = office.imported(&file[..end]).await;
        assert_eq!((summary.known, summary.read), (known, lines as u64 - known), "{lines}");
        known = lines as u64;
    }
    let whole = Office::open().await;
    whole.imported(&file).await;
    let urls = |hits: Vec<Hit>| hits.into_iter().map(|hit| hit.url).collect::<Vec<_>>();
    assert_eq!(urls(office.hits().await), urls(whole.hits().await));
    assert_eq!(office.counted().await, whole.counted().await);
}

#[tokio::test]
async fn a_last_line_still_being_written_is_left_for_the_next_time() {
    let office = Office::open().await;
    let file = views(3);
    for cut in [file.len() - 60, file.len() - 3] {
        let summary = office.imported(&file[..cut]).await;
        assert!(summary.unfinished);
        assert_eq!(office.hits().await.len(), 2);
    }
    // Whole but for its end: it is read, and its end later is no line.
    let summary = office.imported(&file[..file.len() - 1]).await;
    assert_eq!((summary.unfinished, summary.read), (false, 1));
    let summary = office.imported(format!("{file}{}", view(12, 0, 1, 1))).await;
    assert_eq!((summary.known, summary.read, summary.counted, summary.unreadable_lines()), (3, 1, 1, 0));
    assert_eq!(office.hits().await.len(), 4);
}

/// Power fails after the log took a batch and before the registry noted it: the next import appends the batch again.
/// The ids are the same, so the report does not change.
#[tokio::test]
async fn a_day_split_over_two_files_counts_like_one() {
    let (split, whole) = (Office::open().await, Office::open().await);
    let (morning, evening): (String, String) =
        ((0..50).map(|n| view(10, n, n % 7, n)).collect(), (50..99).map(|n| view(10, n, n % 7, n)).collect());
    split.imported(&morning).await;
    split.clock.advance(40 * HOUR);
    let summary = split.imported(&evening).await;
    assert!(summary.new_visitor_days.is_empty());
    whole.imported(morning + &evening).await;
    assert_eq!(split.counted().await, whole.counted().await);
    assert_eq!(split.counted().await, [("2026-11-10".to_owned(), 7, 99)]);
}

#[tokio::test]
async fn when_the_secret_is_gone_visitors_are_new_and_the_import_says_so() {
    let office = Office::open().await;
    office.imported(view(10, 0, 1, 1)).await;
    office.clock.advance(49 * HOUR);
    assert_eq!(office.engine.destroy_due_secrets().await.expect("destroyed"), [date("2026-11-10")]);
    let summary = office.imported(view(10, 60, 1, 2) + &view(11, 60, 1, 2)).await;
    assert_eq!(summary.new_visitor_days, BTreeSet::from([date("2026-11-10")]));
    assert_eq!(office.counted().await, [("2026-11-10".to_owned(), 2, 2), ("2026-11-11".to_owned(), 1, 1)]);
}

#[tokio::test]
async fn hits_are_imported_as_the_server_feed() {
    let office = Office::open().await;
    let file = format!(
        "{}\n{}\n",
        serde_json::json!({"time": "2026-11-10T12:00:00.250Z", "url": "https://example.com/a?utm_source=x&y=1", "address": "198.51.0.1", "user_agent": AGENT}),
        serde_json::json!({"time": "2026-11-10T12:00:05Z", "url": "https://example.com/a", "address": "198.51.0.1", "user_agent": AGENT, "name": "engagement", "engaged_ms": 4000}),
    );
    let summary = office.imported(&file).await;
    assert_eq!((summary.format.as_str(), summary.counted), ("hits", 2));
    let hits = office.hits().await;
    assert_eq!(
        (hits[0].feed, hits[0].url.as_str(), hits[0].time),
        (Feed::Server, "https://example.com/a?utm_source=x", instant("2026-11-10T12:00:00.250Z"))
    );
    assert_eq!(hits[0].visitor, hits[1].visitor);
    assert_eq!(hits[1].engaged_ms, Some(4_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn input_that_blocks_gives_the_same() {
    let office = Arc::new(Office::open().await);
    let progress = Arc::new(std::sync::Mutex::new(Vec::new()));
    let (theirs, heard) = (office.clone(), progress.clone());
    let blocking = tokio::task::spawn_blocking(move || {
        let input = packed(&views(5_000));
        run_blocking(theirs.tools(), request(None), io::Cursor::new(input).chain(io::empty()), |now| heard.lock().expect("sound").push(now))
    });
    let summary = blocking.await.expect("no panic").expect("imported");
    assert_eq!(summary.counted, 5_000);
    let heard = progress.lock().expect("sound");
    assert!(heard.is_sorted_by_key(|progress| (progress.bytes, progress.lines)) && !heard.is_empty());
}

//! What an import promises when something goes wrong.

use super::*;

#[tokio::test]
async fn an_interrupted_import_goes_on() {
    let office = Office::open().await;
    let file = views(9_000);
    let cut = file.len() * 2 / 3;
    let broken = run(office.tools(), request(None), Broken(&file.as_bytes()[..cut]), |_| ()).await;
    assert!(matches!(broken, Err(ImportError::Input(_))), "{broken:?}");
    let first = office.hits().await.len();
    assert_eq!(first, file[..cut].matches('\n').count(), "every whole line is kept, and no half one");
    let summary = office.imported(&file).await;
    assert_eq!((summary.known, summary.counted), (first as u64, 9_000 - first as u64));
    let ids: BTreeSet<_> = office.hits().await.iter().map(|hit| hit.id).collect();
    assert_eq!(ids.len(), 9_000);
    assert_eq!(office.hits().await.len(), 9_000);
}

#[tokio::test]
async fn a_batch_appended_twice_counts_once() {
    let office = Office::open().await;
    office.imported(views(3_000)).await;
    let counted = office.counted().await;
    let (fingerprint, progress) = office.store.imports(office.site).await.expect("imports")[0];
    let line = views(3_000).match_indices('\n').nth(1_499).map_or(0, |(at, _)| at as u64 + 1);
    let earlier = ImportProgress { bytes: line, lines: 1_500, ..progress };
    office.store.put_import_progress(office.site, fingerprint, earlier).await.expect("put");
    office.imported(views(3_000)).await;
    assert_eq!(office.hits().await.len(), 4_500);
    assert_eq!(office.counted().await, counted);
}

#[tokio::test(start_paused = true)]
async fn a_log_that_is_behind_is_waited_for() {
    let office = Office::open().await;
    office.log.refuse(Some(LogError::Behind { retry_after: Duration::from_secs(1) }));
    let log = office.log.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        log.refuse(None);
    });
    let started = tokio::time::Instant::now();
    assert_eq!(office.imported(views(100)).await.counted, 100);
    assert!(started.elapsed() >= Duration::from_secs(30));
    assert_eq!(office.hits().await.len(), 100);
}

#[tokio::test]
async fn a_full_disk_ends_the_import_and_loses_nothing() {
    let office = Office::open().await;
    office.log.refuse(Some(LogError::Unavailable("disk full".into())));
    let error = office.import(views(100)).await.expect_err("no disk");
    assert!(matches!(error, ImportError::Log(_)) && error.to_string().contains("goes on from there"), "{error}");
    office.log.refuse(None);
    assert_eq!(office.imported(views(100)).await.counted, 100);
    assert_eq!(office.hits().await.len(), 100);
}

#[tokio::test]
async fn broken_bytes_lose_only_themselves() {
    let office = Office::open().await;
    let mut file = vec![0xff, 0xfe, b'\n', 0, b'\n'];
    file.extend(view(10, 0, 1, 1).into_bytes());
    file.extend(vec![b'x'; 600_000]);
    file.push(b'\n');
    file.extend(view(10, 1, 1, 2).replace("/page/2", "/\u{1}x").into_bytes());
    let summary = run(office.tools(), request(Some(Format::Combined)), &file[..], |_| ()).await.expect("imported");
    assert_eq!((summary.counted, summary.unreadable_lines()), (2, 3));
    assert_eq!(summary.unreadable[2].why, "is longer than any line of a log");
    assert!(summary.unreadable.iter().all(|sample| sample.text.chars().count() <= 161));
}

#[tokio::test]
async fn a_line_from_the_future_is_not_believed() {
    let office = Office::open().await;
    let summary = office.imported(view(24, 0, 1, 1) + &view(25, 0, 1, 1)).await;
    assert_eq!((summary.counted, summary.unreadable_lines()), (1, 1));
    assert_eq!(summary.unreadable[0].why, "its time lies in the future");
}

#[tokio::test]
async fn a_line_from_before_the_web_is_not_believed() {
    let office = Office::open().await;
    let (first, before) =
        (view(10, 0, 1, 1).replace("10/Nov/2026", "01/Jan/1990"), view(10, 0, 1, 1).replace("10/Nov/2026", "31/Dec/1989"));
    let summary = office.imported(first + &before).await;
    assert_eq!((summary.counted, summary.unreadable_lines()), (1, 1));
    assert_eq!(summary.unreadable[0].why, "its time lies before the web");
}

#[tokio::test]
async fn what_cannot_be_imported_says_what_to_do() {
    let office = Office::open().await;
    let other = ImportRequest { site: "other.example".into(), format: None };
    let error = run(office.tools(), other, &b"x\n"[..], |_| ()).await.expect_err("no site");
    assert_eq!(
        error.to_string(),
        "there is no site other.example; `footfall site list` shows all, `footfall site add other.example` adds it"
    );
    let error = office.import("what is this\n").await.expect_err("no format");
    assert!(error.to_string().contains("--format hits, combined"), "{error}");
    let error = office.import(&packed(&views(10))[..100]).await.expect_err("cut off");
    assert!(matches!(error, ImportError::Input(_)), "{error:?}");
    assert_eq!(office.imported("").await, Summary::default());
    assert_eq!(office.hits().await.len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_same_file_is_imported_by_one_at_a_time() {
    let office = Office::open().await;
    office.log.refuse(Some(LogError::Behind { retry_after: Duration::from_secs(1) }));
    let (file, log) = (views(10), office.log.clone());
    let second = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let refused = office.import(&file).await;
        log.refuse(None);
        refused
    };
    let (first, second) = tokio::join!(office.import(&file), second);
    assert_eq!(first.expect("imported").counted, 10);
    assert!(matches!(second, Err(ImportError::Running)), "{second:?}");
    assert_eq!(office.imported(&file).await.known, 10, "and afterwards it may again");
}

#[tokio::test(start_paused = true)]
async fn a_site_removed_meanwhile_gets_no_more_hits() {
    let office = Office::open().await;
    let mut pieces = 0;
    let mut file = views(2_000).into_bytes();
    file.extend(views(20_000).into_bytes());
    let (engine, store) = (office.engine.clone(), office.store.clone());
    let progress = |progress: Progress| {
        pieces += 1;
        if progress.hits > 0 && engine.sites().by_domain("example.com").is_some() {
            futures_now(store.remove_site("example.com", None)).expect("removed");
            futures_now(engine.reload_sites()).expect("reloaded");
        }
    };
    let ended = run(office.tools(), request(None), &file[..], progress).await;
    assert!(matches!(ended, Err(ImportError::SiteGone)), "{ended:?}");
}

/// Runs a future of the memory store to its end: it never waits.
fn futures_now<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("the memory store waits for nobody"),
    }
}

//! Every backend behaves like an archive; what only files can show.

use footfall_archive::conformance::{self, record};
use footfall_archive::{Archive, ArchiveError, FileArchive, MemoryArchive, SealKey};
use footfall_domain::{LocalDate, Record, SiteId};
use std::path::PathBuf;
use tempfile::TempDir;

const KEY: SealKey = SealKey { site: SiteId(7), date: LocalDate(20_780), first_bucket: 0, last_bucket: 255 };

/// An archive and its folder, which goes when the test is over.
async fn archive() -> (TempDir, FileArchive) {
    let folder = TempDir::new().expect("a folder");
    let archive = FileArchive::open(&folder.path().join("archive")).await.expect("opens");
    (folder, archive)
}

fn file_of(folder: &TempDir) -> PathBuf {
    folder.path().join("archive/site=7/day=2026-11-23/shard=00-ff/hits.parquet")
}

#[tokio::test]
async fn the_file_archive_conforms() {
    let folder = TempDir::new().expect("a folder");
    let count = std::cell::Cell::new(0);
    conformance::all(async || {
        count.set(count.get() + 1);
        FileArchive::open(&folder.path().join(count.get().to_string())).await.expect("opens")
    })
    .await;
}

#[tokio::test]
async fn the_memory_archive_conforms() {
    conformance::all(async || MemoryArchive::new()).await;
}

#[tokio::test]
async fn more_records_than_a_row_group_come_back() {
    let (_folder, archive) = archive().await;
    let records: Vec<Record> = (0..70_000).map(|n| record(KEY, n)).collect();
    archive.put(KEY, records.clone()).await.expect("put");
    assert!(archive.get(KEY).await == Ok(Some(records)));
}

#[tokio::test]
async fn an_unfinished_file_is_no_file() {
    let (folder, archive) = archive().await;
    archive.put(KEY, vec![record(KEY, 1)]).await.expect("put");
    // What a crash in mid-write leaves behind.
    std::fs::write(file_of(&folder).with_file_name(".hits.parquet.9"), b"PAR1 half").expect("written");
    let other = folder.path().join("archive/site=7/day=2026-11-24/shard=00-ff");
    std::fs::create_dir_all(&other).expect("made");
    std::fs::write(other.join(".hits.parquet.0"), b"PAR1 half").expect("written");
    assert_eq!(archive.list(None).await, Ok(vec![KEY]));
    assert_eq!(archive.get(KEY).await, Ok(Some(vec![record(KEY, 1)])));
    let names: Vec<_> = std::fs::read_dir(file_of(&folder).parent().expect("a folder")).expect("a folder").collect();
    assert_eq!(names.len(), 2, "a finished write leaves nothing else");
}

#[tokio::test]
async fn a_cut_or_strange_file_is_damaged() {
    let (folder, archive) = archive().await;
    archive.put(KEY, (0..50).map(|n| record(KEY, n)).collect()).await.expect("put");
    let whole = std::fs::read(file_of(&folder)).expect("readable");
    for cut in [0, 10, whole.len() / 2, whole.len() - 1] {
        std::fs::write(file_of(&folder), &whole[..cut]).expect("written");
        assert!(matches!(archive.get(KEY).await, Err(ArchiveError::Damaged(_))), "cut at {cut}");
    }
    std::fs::write(file_of(&folder), &whole).expect("written");
    assert!(archive.get(KEY).await.is_ok());
}

#[tokio::test]
async fn columns_have_plain_names_and_standard_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let (folder, archive) = archive().await;
    archive.put(KEY, vec![record(KEY, 2)]).await.expect("put");
    let reader = SerializedFileReader::new(std::fs::File::open(file_of(&folder)).expect("opens")).expect("Parquet");
    let row = reader.get_row_iter(None).expect("rows").next().expect("a row").expect("readable").to_string();
    for field in ["url: \"https://example.com/page/2?utm_source=news\"", "engaged_ms: null", "feed: \"log\"", "1970-01-01 00:00:01"] {
        assert!(row.contains(field), "{field} in {row}");
    }
    let mut schema = Vec::new();
    parquet::schema::printer::print_schema(&mut schema, reader.metadata().file_metadata().schema());
    let schema = String::from_utf8(schema).expect("text");
    for line in [
        "REQUIRED INT64 time (TIMESTAMP(MILLIS,true));",
        "REQUIRED INT64 visitor (INTEGER(64,false));",
        "REQUIRED BYTE_ARRAY user_agent (STRING);",
        "REQUIRED BYTE_ARRAY props (JSON);",
        "OPTIONAL INT32 scroll_depth (INTEGER(32,false));",
        "REQUIRED FIXED_LEN_BYTE_ARRAY (16) id (UUID);",
    ] {
        assert!(schema.contains(line), "{line} in {schema}");
    }
    let names: Vec<&str> = schema.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert!(!names.contains(&"site") && !names.contains(&"day"), "they are in the folder's name");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, archive) = archive().await;
    archive.put(KEY, vec![record(KEY, 1)]).await.expect("put");
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&file_of(&folder)), 0o600);
    assert_eq!(mode(file_of(&folder).parent().expect("a folder")), 0o700);
}

#[tokio::test]
async fn archives_are_named_by_url() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a/b");
    let archive = footfall_archive::open(&format!("file:{}", path.display())).await.expect("opens");
    archive.put(KEY, vec![record(KEY, 1)]).await.expect("put");
    assert!(path.is_dir());
    footfall_archive::open("memory:").await.expect("opens");
    for unknown in ["s3://bucket/prefix", "archive", "file:", ""] {
        assert_eq!(footfall_archive::open(unknown).await.err(), Some(ArchiveError::UnknownUrl(unknown.to_owned())));
    }
}

//! An archive in a folder.

use crate::{Archive, ArchiveError, SealKey, parquet};
use async_trait::async_trait;
use footfall_domain::{Record, SiteId};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The one file of a shard's folder.
const HITS: &str = "hits.parquet";
/// Files being written are called so, with a number; readers and tools pass over names that begin with a dot.
const UNFINISHED: &str = ".hits.parquet.";

/// Sealed records as Parquet files below a folder, readable by their owner only.
#[derive(Clone, Debug)]
pub struct FileArchive {
    folder: Arc<PathBuf>,
    writes: Arc<AtomicU64>,
}

impl FileArchive {
    /// Opens an archive, or makes its folder.
    ///
    /// # Errors
    /// [`ArchiveError::Unavailable`] when the folder cannot be used.
    pub async fn open(folder: &Path) -> Result<Self, ArchiveError> {
        let folder = folder.to_owned();
        blocking(move || {
            create_folder(&folder)?;
            Ok(Self { folder: Arc::new(folder), writes: Arc::default() })
        })
        .await
    }

    /// Written beside, made durable, then given its name: a reader finds the old file or the new one.
    fn put_now(&self, key: SealKey, records: &[Record]) -> Result<(), ArchiveError> {
        if !records.iter().all(|record| key.holds(record)) {
            return Err(ArchiveError::Stray(key));
        }
        let folder = self.folder.join(key.folder());
        create_folder(&folder)?;
        let unfinished = folder.join(format!("{UNFINISHED}{}", self.writes.fetch_add(1, Ordering::Relaxed)));
        let written = write(&unfinished, records).and_then(|()| Ok(fs::rename(&unfinished, folder.join(HITS))?));
        if written.is_err() {
            // It may not even exist; what was sealed before stays.
            let _ = fs::remove_file(&unfinished);
        }
        written?;
        Ok(File::open(&folder)?.sync_all()?)
    }

    fn list_now(&self, site: Option<SiteId>) -> Result<Vec<SealKey>, ArchiveError> {
        let mut keys = Vec::new();
        for (site_name, site_folder) in folders(&self.folder)? {
            if site.is_some_and(|site| site_name != format!("site={site}")) {
                continue;
            }
            for (day_name, day_folder) in folders(&site_folder)? {
                for (shard_name, shard_folder) in folders(&day_folder)? {
                    let key = SealKey::from_names(&site_name, &day_name, &shard_name);
                    keys.extend(key.filter(|_| shard_folder.join(HITS).exists()));
                }
            }
        }
        keys.sort_unstable();
        Ok(keys)
    }

    fn get_now(&self, key: SealKey) -> Result<Option<Vec<Record>>, ArchiveError> {
        match File::open(self.folder.join(key.folder()).join(HITS)) {
            Ok(file) => parquet::read(file, key).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn remove_now(&self, key: SealKey) -> Result<bool, ArchiveError> {
        let folder = self.folder.join(key.folder());
        match fs::remove_file(folder.join(HITS)) {
            Ok(()) => File::open(&folder)?.sync_all()?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        // Folders that hold nothing more go too; the first that holds something ends it.
        let _ = folder.ancestors().take(3).try_for_each(fs::remove_dir);
        Ok(true)
    }
}

#[async_trait]
impl Archive for FileArchive {
    async fn put(&self, key: SealKey, records: Vec<Record>) -> Result<(), ArchiveError> {
        let archive = self.clone();
        blocking(move || archive.put_now(key, &records)).await
    }

    async fn list(&self, site: Option<SiteId>) -> Result<Vec<SealKey>, ArchiveError> {
        let archive = self.clone();
        blocking(move || archive.list_now(site)).await
    }

    async fn get(&self, key: SealKey) -> Result<Option<Vec<Record>>, ArchiveError> {
        let archive = self.clone();
        blocking(move || archive.get_now(key)).await
    }

    async fn remove(&self, key: SealKey) -> Result<bool, ArchiveError> {
        let archive = self.clone();
        blocking(move || archive.remove_now(key)).await
    }
}

fn write(path: &Path, records: &[Record]) -> Result<(), ArchiveError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    parquet::write(&file, records)?;
    Ok(file.sync_all()?)
}

/// Makes a folder and what is missing above it, each durable in its parent.
fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_folder(parent)?;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    File::open(parent)?.sync_all()
}

/// The folders in a folder, by name; none when it is not there.
fn folders(folder: &Path) -> Result<Vec<(String, PathBuf)>, ArchiveError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
    }
    Ok(folders)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, ArchiveError> + Send + 'static) -> Result<T, ArchiveError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => Err(ArchiveError::Unavailable(panicked.to_string())),
    }
}

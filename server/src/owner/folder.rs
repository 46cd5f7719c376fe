//! The data folder and its lock.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const LOCK: &str = "footfall.lock";

/// A data folder this process owns. Dropping it lets go.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

/// What came of trying to own a folder.
#[derive(Debug)]
pub enum Taken {
    /// It is ours.
    Ours(Folder),
    /// Another process has it.
    ByAnother(Other),
}

/// The process that has a folder, as far as its note could be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Other {
    /// Its number.
    pub number: Option<u32>,
    /// What it does there, such as `footfall import`.
    pub doing: Option<String>,
}

impl std::fmt::Display for Other {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.number {
            Some(number) => write!(f, "process {number}")?,
            None => f.write_str("another process")?,
        }
        self.doing.as_ref().map_or(Ok(()), |doing| write!(f, " (`{doing}`)"))
    }
}

/// Why a folder cannot be owned.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be made.
    #[error("cannot create the data folder {0}")]
    Create(PathBuf, #[source] std::io::Error),
    /// Its lock file cannot be opened or locked.
    #[error("cannot lock the data folder {0}; its owner must be able to write there")]
    Lock(PathBuf, #[source] std::io::Error),
}

impl Folder {
    /// Makes the folder if there is none and takes its lock, without waiting. A folder that belongs to this user gets
    /// mode 0700. `doing` is said to others who want it: the command, such as `footfall import`.
    ///
    /// # Errors
    /// The folder cannot be made, or its lock file cannot be opened.
    pub fn take(path: &Path, doing: &str) -> Result<Taken, FolderError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| FolderError::Create(path.to_owned(), error))?;
        let failed = |error| FolderError::Lock(path.to_owned(), error);
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).clone();
        let mut lock = options.open(path.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Taken::ByAnother(other(&mut lock))),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        note_owner(&mut lock, doing).map_err(failed)?;
        close_to_others(path).map_err(failed)?;
        Ok(Taken::Ours(Self { path: path.to_owned(), _lock: lock }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The note is for messages only; the lock alone decides.
fn note_owner(lock: &mut File, doing: &str) -> std::io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    lock.write_all(format!("{}\n{doing}\n", std::process::id()).as_bytes())
}

fn other(lock: &mut File) -> Other {
    let mut text = String::new();
    if lock.read_to_string(&mut text).is_err() {
        return Other::default();
    }
    let mut lines = text.lines();
    let number = lines.next().and_then(|line| line.trim().parse().ok());
    Other { number, doing: lines.next().filter(|line| !line.is_empty()).map(str::to_owned) }
}

/// A folder that was there before may be open to others. One of another user is left as its owner wants it.
fn close_to_others(path: &Path) -> std::io::Result<()> {
    let folder = std::fs::metadata(path)?;
    if folder.uid() == rustix::process::geteuid().as_raw() && folder.mode() & 0o077 != 0 {
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_owner_until_it_lets_go() {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("a/b");
        let Taken::Ours(folder) = Folder::take(&data, "footfall import").expect("taken") else { panic!("nobody else has it") };
        let Taken::ByAnother(other) = Folder::take(&data, "footfall import").expect("asked") else { panic!("it is taken") };
        assert_eq!(other.to_string(), format!("process {} (`footfall import`)", std::process::id()));
        drop(folder);
        assert!(matches!(Folder::take(&data, "footfall import").expect("taken"), Taken::Ours(_)));
    }

    #[test]
    fn only_the_owner_may_enter() {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("data");
        std::fs::create_dir(&data).expect("made");
        std::fs::set_permissions(&data, PermissionsExt::from_mode(0o755)).expect("opened to all");
        let _folder = Folder::take(&data, "footfall import").expect("taken");
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700);
        assert_eq!(mode(&data.join(LOCK)), 0o600);
    }
}

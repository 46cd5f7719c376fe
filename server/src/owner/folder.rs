//! The data folder and its lock.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
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
    /// Another process has it; its number, as far as it could be read.
    ByAnother(Option<u32>),
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
    /// Makes the folder if there is none (mode 0700) and takes its lock, without waiting.
    ///
    /// # Errors
    /// The folder cannot be made, or its lock file cannot be opened.
    pub fn take(path: &Path) -> Result<Taken, FolderError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| FolderError::Create(path.to_owned(), error))?;
        let failed = |error| FolderError::Lock(path.to_owned(), error);
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).clone();
        let mut lock = options.open(path.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Taken::ByAnother(owner_number(&mut lock))),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        note_owner(&mut lock).map_err(failed)?;
        Ok(Taken::Ours(Self { path: path.to_owned(), _lock: lock }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The number is for messages only; the lock alone decides.
fn note_owner(lock: &mut File) -> std::io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    lock.write_all(format!("{}\n", std::process::id()).as_bytes())
}

fn owner_number(lock: &mut File) -> Option<u32> {
    let mut text = String::new();
    lock.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_folder_has_one_owner_until_it_lets_go() {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("a/b");
        let Taken::Ours(folder) = Folder::take(&data).expect("taken") else { panic!("nobody else has it") };
        let Taken::ByAnother(number) = Folder::take(&data).expect("asked") else { panic!("it is taken") };
        assert_eq!(number, Some(std::process::id()));
        drop(folder);
        assert!(matches!(Folder::take(&data).expect("taken"), Taken::Ours(_)));
    }

    #[test]
    fn only_the_owner_may_enter() {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("data");
        let _folder = Folder::take(&data).expect("taken");
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700);
        assert_eq!(mode(&data.join(LOCK)), 0o600);
    }
}

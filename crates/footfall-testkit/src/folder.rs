//! A data folder for a test.

use std::path::{Path, PathBuf};

/// A folder of its own, removed with everything in it when it goes out of scope.
#[derive(Debug)]
pub struct TestFolder(tempfile::TempDir);

impl TestFolder {
    /// A new, empty folder.
    ///
    /// # Panics
    /// When the system's folder for temporary files cannot be written to.
    #[allow(clippy::new_without_default, reason = "making a folder is an act, not a default")]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("footfall-test-").tempdir();
        Self(folder.expect("the folder for temporary files can be written to"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path of a file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

impl AsRef<Path> for TestFolder {
    fn as_ref(&self) -> &Path {
        self.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_away_with_what_is_in_it() {
        let folder = TestFolder::new();
        let file = folder.file("log.db");
        std::fs::write(&file, "hits").expect("written");
        drop(folder);
        assert!(!file.exists());
    }
}

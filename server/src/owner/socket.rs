//! The socket in the data folder, also where the folder's path is longer than a socket's may be.

use std::fs::{DirBuilder, File};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use tokio::net::{UnixListener, UnixStream};

const SOCKET: &str = "footfall.sock";
/// Where the socket is made.
const MAKING: &str = "footfall.sock.new";
/// `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero included.
const LONGEST_PATH: usize = 103;

/// Connects to the owner of a folder. `None` when nobody listens.
///
/// # Errors
/// The socket is there, and something else than "nobody listens" is the matter (no permission, too many files …).
pub async fn connect(folder: &Path) -> io::Result<Option<UnixStream>> {
    if !folder.join(SOCKET).exists() {
        return Ok(None);
    }
    let short = ShortPath::of(folder)?;
    match UnixStream::connect(short.path()).await {
        Ok(stream) => Ok(Some(stream)),
        Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::ConnectionRefused].contains(&error.kind()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Listens in a folder this process owns; a socket left behind by a dead owner is replaced.
pub(super) fn listen(folder: &Path) -> io::Result<UnixListener> {
    // A socket is made with whatever mode the umask leaves. It is made where nobody else can reach it, and moved to its
    // place once its mode is right: at no moment can others connect.
    let private = folder.join(MAKING);
    remove_all(&private)?;
    DirBuilder::new().mode(0o700).create(&private)?;
    let listener = UnixListener::bind(ShortPath::of(&private)?.path());
    let moved = listener.and_then(|listener| {
        std::fs::set_permissions(private.join(SOCKET), PermissionsExt::from_mode(0o600))?;
        std::fs::rename(private.join(SOCKET), folder.join(SOCKET))?;
        Ok(listener)
    });
    remove_all(&private)?;
    moved
}

fn remove_all(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Takes the socket away again.
pub(super) fn remove(folder: &Path) {
    // A socket that stays behind harms nobody: connecting to it is refused, and the next owner replaces it.
    let _ = std::fs::remove_file(folder.join(SOCKET));
}

/// A path to the socket that fits. Where the real one is too long, the open folder is named by its descriptor.
struct ShortPath {
    path: PathBuf,
    _open: Option<File>,
}

impl ShortPath {
    fn path(&self) -> &Path {
        &self.path
    }

    fn of(folder: &Path) -> io::Result<Self> {
        let path = folder.join(SOCKET);
        if path.as_os_str().len() <= LONGEST_PATH {
            return Ok(Self { path, _open: None });
        }
        let open = File::open(folder)?;
        let short = PathBuf::from(format!("/proc/self/fd/{}", open.as_raw_fd()));
        if !short.exists() {
            let words =
                format!("the path of the data folder is too long for a socket ({} bytes); use a shorter one", path.as_os_str().len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
        }
        Ok(Self { path: short.join(SOCKET), _open: Some(open) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_without_owner_has_nobody_to_ask() {
        let root = tempfile::tempdir().expect("a folder");
        assert!(connect(root.path()).await.expect("asked").is_none());
        drop(listen(root.path()).expect("listening"));
        assert!(connect(root.path()).await.expect("asked").is_none(), "a socket left behind");
        let _again = listen(root.path()).expect("listening again");
        assert!(connect(root.path()).await.expect("asked").is_some());
    }

    #[tokio::test]
    async fn nobody_else_may_connect() {
        let root = tempfile::tempdir().expect("a folder");
        let _listener = listen(root.path()).expect("listening");
        let mode = std::fs::metadata(root.path().join(SOCKET)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(root.path()).expect("a folder").count(), 1, "nothing else is left behind");
    }

    #[tokio::test]
    async fn a_long_path_works_too() {
        let root = tempfile::tempdir().expect("a folder");
        let long = root.path().join("x".repeat(200));
        std::fs::create_dir(&long).expect("made");
        let _listener = listen(&long).expect("listening");
        assert!(connect(&long).await.expect("asked").is_some());
    }
}

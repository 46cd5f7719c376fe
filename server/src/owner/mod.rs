//! One process owns a data folder; every command asks the owner, or becomes the owner when there is none.
//!
//! The owner holds an exclusive lock on `footfall.lock` for as long as it lives (the system lets go of it whatever way
//! the process ends) and listens on `footfall.sock` in the folder, which only its user may enter (mode 0700). Both
//! ways end in the same conversation ([`protocol`]): a command that became the owner talks to itself over a pipe.

mod ask;
mod folder;
mod import_bytes;
pub mod protocol;
mod serve;
mod socket;
mod wire;

pub use ask::{AskError, Asker, Reply};
pub use folder::{Folder, FolderError, Other, Taken};
pub use import_bytes::ImportBytes;
pub use serve::{Door, Orders};
pub use socket::connect;

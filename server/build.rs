//! Names the build: pages that caches keep are another page when the code that made them is another.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{env, fs};

/// What pages are made by, from the folder of the workspace.
const SOURCES: [&str; 5] = ["Cargo.lock", "app/src", "app/assets", "crates", "server/src"];

fn main() {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed=../{source}");
        add(&Path::new("..").join(source), &mut hasher);
    }
    // What is built with other flags is another program too.
    for name in ["PROFILE", "TARGET"] {
        env::var(name).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo:rustc-env=FOOTFALL_BUILD={:016x}", hasher.finish());
}

/// Adds a file, or all files of a folder in order of their names.
fn add(path: &Path, hasher: &mut DefaultHasher) {
    let Ok(entries) = fs::read_dir(path) else {
        fs::read(path).unwrap_or_default().hash(hasher);
        return;
    };
    let mut inner: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    inner.sort_unstable();
    for path in inner {
        path.file_name().hash(hasher);
        add(&path, hasher);
    }
}

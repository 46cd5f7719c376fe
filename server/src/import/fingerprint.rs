//! Recognising a file that was imported before, also when it has grown since.
//!
//! A fingerprint is a keyed hash of the file's beginning: nobody without the key, which stays in the store, can guess an
//! address back from it. How much of the file it covers stands in its first four bytes, because a small file may have
//! grown when it comes again; the other 28 are the hash. No hash of a single line is made of any file that has several.

use super::ImportError;
use super::tools::Tools;
use footfall_domain::SiteId;
use footfall_store::ImportProgress;
use std::collections::BTreeMap;

/// The most of a file that is looked at.
pub(super) const MAX_WINDOW: usize = 64 * 1024;
/// Under which name the registry keeps the key.
const KEY_SETTING: &str = "import.fingerprint-key";

/// The import a file belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Known {
    pub(super) fingerprint: [u8; 32],
    pub(super) progress: ImportProgress,
}

/// Finds the import of a file by its plain beginning (all of it, if it is shorter than [`MAX_WINDOW`]), or begins one.
pub(super) async fn recognise(tools: &Tools<'_>, site: SiteId, beginning: &[u8]) -> Result<Known, ImportError> {
    // Two new files must not get the same number.
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let key = key(tools).await?;
    let imports = tools.registry.imports(site).await?;
    if let Some(known) = longest_match(&key, &imports, beginning) {
        return Ok(known);
    }
    let number = imports.iter().map(|(_, progress)| progress.import).max().unwrap_or(0) + 1;
    let fingerprint = of(&key, &beginning[..window(beginning)]);
    let progress = ImportProgress { import: number, bytes: 0, lines: 0 };
    tools.registry.put_import_progress(site, fingerprint, progress).await?;
    Ok(Known { fingerprint, progress })
}

/// The import whose beginning is this file's; of several the one that looked farthest.
fn longest_match(key: &[u8; 32], imports: &[([u8; 32], ImportProgress)], beginning: &[u8]) -> Option<Known> {
    let mut by_window: BTreeMap<usize, Vec<&([u8; 32], ImportProgress)>> = BTreeMap::new();
    for import in imports {
        by_window.entry(window_of(&import.0)).or_default().push(import);
    }
    by_window.iter().rev().filter(|(window, _)| **window <= beginning.len()).find_map(|(window, imports)| {
        let print = of(key, &beginning[..*window]);
        imports
            .iter()
            .find(|(fingerprint, _)| *fingerprint == print)
            .map(|(fingerprint, progress)| Known { fingerprint: *fingerprint, progress: *progress })
    })
}

/// How much of a file to look at: what will not change when it grows.
fn window(beginning: &[u8]) -> usize {
    if beginning.len() >= MAX_WINDOW {
        return MAX_WINDOW;
    }
    memchr::memrchr(b'\n', beginning).map_or(beginning.len(), |end| end + 1)
}

fn window_of(fingerprint: &[u8; 32]) -> usize {
    u32::from_be_bytes([fingerprint[0], fingerprint[1], fingerprint[2], fingerprint[3]]) as usize
}

fn of(key: &[u8; 32], beginning: &[u8]) -> [u8; 32] {
    let mut print = *blake3::keyed_hash(key, beginning).as_bytes();
    let window = u32::try_from(beginning.len()).expect("a window is at most 64 KiB");
    print[..4].copy_from_slice(&window.to_be_bytes());
    print
}

/// The key, made when it is first asked for.
async fn key(tools: &Tools<'_>) -> Result<[u8; 32], ImportError> {
    if let Some(key) = tools.registry.setting(KEY_SETTING).await?.and_then(|bytes| bytes.try_into().ok()) {
        return Ok(key);
    }
    let mut key = [0; 32];
    tools.entropy.fill(&mut key);
    tools.registry.put_setting(KEY_SETTING, &key).await?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(beginning: &[u8], number: u64) -> ([u8; 32], ImportProgress) {
        (of(&[1; 32], &beginning[..window(beginning)]), ImportProgress { import: number, bytes: 0, lines: 0 })
    }

    fn found(imports: &[([u8; 32], ImportProgress)], beginning: &[u8]) -> Option<u64> {
        longest_match(&[1; 32], imports, beginning).map(|known| known.progress.import)
    }

    #[test]
    fn a_file_is_known_by_its_beginning_also_when_it_has_grown() {
        let small = b"first\nsecond\nthi";
        let imports = [import(small, 1), import(b"other\n", 2)];
        assert_eq!(found(&imports, small), Some(1));
        assert_eq!(found(&imports, b"first\nsecond\nthird\nfourth\n"), Some(1));
        assert_eq!(found(&imports, b"first\nsecond\n"), Some(1));
        assert_eq!(found(&imports, b"first\nzwei\n"), None);
        assert_eq!(found(&imports, b"first\n"), None, "what it was told by is missing");
        assert_eq!(found(&imports, b""), None);
    }

    #[test]
    fn the_longest_look_wins() {
        let imports = [import(b"a\n", 1), import(b"a\nb\n", 2)];
        assert_eq!(found(&imports, b"a\nb\nc\n"), Some(2));
        assert_eq!(found(&imports, b"a\nx\n"), Some(1));
    }

    #[test]
    fn a_large_file_is_known_by_its_first_part() {
        let large = vec![b'x'; MAX_WINDOW + 10];
        let print = import(&large, 1);
        assert_eq!(window_of(&print.0), MAX_WINDOW);
        assert_eq!(found(&[print], &[large, b"more".to_vec()].concat()), Some(1));
    }

    #[test]
    fn another_key_gives_another_print() {
        assert_ne!(of(&[1; 32], b"a\n"), of(&[2; 32], b"a\n"));
    }
}

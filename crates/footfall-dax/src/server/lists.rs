//! Attribute lists and their numbers: an append-only file, one list a line, on disk before anybody learns a number.
//!
//! Clients keep numbers for their whole life and across reconnects; a number that meant other names after a restart
//! would put values under wrong names without anybody noticing. So numbers are made of the names (`list_id_of`), the
//! file keeps which numbers were ever given, and a number nobody knows is an error, never a guess.

use crate::wire::names::{NameLists, list_id_of};
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// What a list takes in memory besides its names.
const OVERHEAD: usize = 200;

/// The lists this server has given numbers to.
#[derive(Debug)]
pub(super) struct Lists {
    known: RwLock<NameLists>,
    file: Mutex<Appended>,
    most_bytes: usize,
}

/// The file, `None` when lists are kept in memory only, and what all lists take.
#[derive(Debug)]
struct Appended {
    file: Option<File>,
    bytes: usize,
}

/// Why a list has no number.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListError {
    /// There are too many already.
    #[error("too many different sets of attribute names: they would fill this server's memory")]
    Full,
    /// Another list has the number these names would have.
    #[error("two sets of attribute names have the same number")]
    Collision,
    /// The file could not be written.
    #[error("the list of attribute names could not be written down")]
    Io(#[from] io::Error),
}

impl Lists {
    /// Reads the file, or makes it. A last line that was cut off was never answered to anybody and is removed.
    ///
    /// # Errors
    /// When the file cannot be read, belongs to another running server, or has a line that is not a list.
    pub(super) fn open(path: Option<&Path>, most_bytes: usize) -> io::Result<Self> {
        let mut known = NameLists::default();
        let mut bytes = 0;
        let file = path.map(|path| -> io::Result<File> {
            let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
            file.try_lock().map_err(|_held| io::Error::other(format!("{} belongs to another running server", path.display())))?;
            bytes = read(&mut file, &mut known).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
            sync_folder(path)?;
            Ok(file)
        });
        let file = file.transpose()?;
        Ok(Self { known: RwLock::new(known), file: Mutex::new(Appended { file, bytes }), most_bytes })
    }

    /// The number of names in this order, if it has one.
    pub(super) fn id(&self, names: &[&str]) -> Option<u64> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).id(names)
    }

    /// The names of a number that was given out.
    pub(super) fn names(&self, id: u64) -> Option<Arc<[String]>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).list(id)
    }

    /// Gives numbers to lists that have none, and answers how many there were. Blocks until they are on disk.
    ///
    /// # Errors
    /// None of them has a number then.
    pub(super) fn register(&self, lists: Vec<Vec<String>>) -> Result<u64, ListError> {
        let mut appended = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = self.without_known(lists)?;
        new.sort_unstable();
        new.dedup();
        let numbers: HashSet<u64> = new.iter().map(|list| list_id_of(list)).collect();
        if numbers.len() < new.len() {
            return Err(ListError::Collision);
        }
        let more: usize = new.iter().map(|list| memory(list)).sum();
        if appended.bytes.saturating_add(more) > self.most_bytes {
            return Err(ListError::Full);
        }
        appended.append(&new)?;
        appended.bytes += more;
        let count = new.len() as u64;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for list in new {
            known.add(list_id_of(&list), list).map_err(|_collision| ListError::Collision)?;
        }
        Ok(count)
    }

    fn without_known(&self, lists: Vec<Vec<String>>) -> Result<Vec<Vec<String>>, ListError> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut new = Vec::new();
        for list in lists {
            match known.list(list_id_of(&list)) {
                Some(same) if *same == *list => {}
                Some(_other) => return Err(ListError::Collision),
                None => new.push(list),
            }
        }
        Ok(new)
    }
}

impl Appended {
    /// Writes all lines and waits for the disk; what was written in part is taken back.
    fn append(&mut self, lists: &[Vec<String>]) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        if lists.is_empty() {
            return Ok(());
        }
        let mut lines = Vec::new();
        for list in lists {
            serde_json::to_writer(&mut lines, list)?;
            lines.push(b'\n');
        }
        let before = file.seek(SeekFrom::End(0))?;
        file.write_all(&lines).and_then(|()| file.sync_data()).inspect_err(|_failed| {
            // If this fails too, the next start removes the part of a line, and whole lines do no harm.
            let _taken_back = file.set_len(before);
        })
    }
}

/// Reads every line; answers what the lists take in memory.
fn read(file: &mut File, known: &mut NameLists) -> io::Result<usize> {
    let mut lines = BufReader::new(&*file);
    let (mut end, mut number, mut bytes) = (0, 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = lines.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            break;
        }
        number += 1;
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("line {number} is not a list of attribute names"));
        let list: Vec<String> = serde_json::from_slice(&line).map_err(|_| wrong())?;
        bytes += memory(&list);
        known.add(list_id_of(&list), list).map_err(|_| wrong())?;
        end += length as u64;
    }
    file.set_len(end)?;
    file.sync_all()?;
    Ok(bytes)
}

/// A new file is there after a crash only when its folder was synced.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn memory(list: &[String]) -> usize {
    OVERHEAD + list.iter().map(|name| size_of::<String>() + name.len() + 16).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn path(folder: &tempfile::TempDir) -> std::path::PathBuf {
        folder.path().join("lists")
    }

    #[test]
    fn numbers_survive_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let lists = Lists::open(Some(&path(&folder)), 10_000).expect("open");
        assert_eq!(lists.register(vec![list(&["b", "a"]), list(&["line\nbreak"]), list(&["b", "a"])]).expect("register"), 2);
        let id = lists.id(&["b", "a"]).expect("a number");
        assert_ne!(Some(id), lists.id(&["a", "b"]));
        drop(lists);
        let lists = Lists::open(Some(&path(&folder)), 10_000).expect("open again");
        assert_eq!(lists.names(id).as_deref(), Some(&list(&["b", "a"])[..]));
        assert!(lists.id(&["line\nbreak"]).is_some());
        assert_eq!(lists.names(id + 1), None);
    }

    #[test]
    fn a_line_cut_off_by_a_crash_is_removed_and_any_other_damage_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(path(&folder), "[\"a\"]\n[\"b\",").expect("write");
        let lists = Lists::open(Some(&path(&folder)), 10_000).expect("open");
        assert!(lists.id(&["a"]).is_some());
        lists.register(vec![list(&["c"])]).expect("register");
        assert_eq!(std::fs::read_to_string(path(&folder)).expect("read"), "[\"a\"]\n[\"c\"]\n");
        drop(lists);
        std::fs::write(path(&folder), "[\"a\"]\nx\n[\"c\"]\n").expect("write");
        assert!(Lists::open(Some(&path(&folder)), 10_000).is_err());
    }

    #[test]
    fn two_servers_do_not_share_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let _first = Lists::open(Some(&path(&folder)), 10_000).expect("open");
        assert!(Lists::open(Some(&path(&folder)), 10_000).is_err());
    }

    #[test]
    fn names_at_random_do_not_fill_memory() {
        let lists = Lists::open(None, 10_000).expect("open");
        let mut refused = 0;
        for number in 0..1000 {
            refused += u32::from(matches!(lists.register(vec![list(&[&number.to_string()])]), Err(ListError::Full)));
        }
        assert!((900..1000).contains(&refused), "{refused}");
    }
}

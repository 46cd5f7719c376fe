//! Steps that are done once for the same inputs.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A hash over names and contents.
#[derive(Default)]
pub struct Inputs(blake3::Hasher);

impl Inputs {
    /// Adds some bytes under a name.
    pub fn bytes(mut self, name: &str, bytes: &[u8]) -> Self {
        self.0.update(name.as_bytes()).update(&[0]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        self
    }

    /// Adds a file, or all files below a folder but those in `node_modules` and `dist`. What is not there adds nothing.
    pub fn path(mut self, path: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        collect(path, &mut paths).with_context(|| format!("reading {}", path.display()))?;
        paths.sort();
        for path in paths {
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            self = self.bytes(&path.to_string_lossy(), &bytes);
        }
        Ok(self)
    }

    fn name(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}

fn collect(path: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        into.push(path.to_owned());
    } else if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("dist") {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), into)?;
        }
    }
    Ok(())
}

/// Does `step` unless it was done for the same inputs. Gives the folder it wrote into.
pub fn once(out_dir: &Path, name: &str, inputs: &Inputs, step: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let folder = out_dir.join("parts").join(name);
    let stamp = folder.join("stamp");
    let wanted = inputs.name();
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(folder);
    }
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).context("clearing an old step"),
        _ => fs::create_dir_all(&folder)?,
    }
    step(&folder)?;
    fs::write(&stamp, wanted)?;
    Ok(folder)
}

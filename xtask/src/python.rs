//! Environments for Python, each kept until its list of packages changes.

use crate::{servers, shell};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// A Python with the packages of a folder's `requirements.txt`.
pub fn with_packages_of(dir: &str) -> Result<PathBuf> {
    let wanted = shell::root().join(dir).join("requirements.txt");
    let key = blake3::hash(&fs::read(&wanted)?).to_hex();
    let place = servers::cache(&format!("python-{}", &key[..8]));
    let python = place.join("bin/python");
    let whole = place.join("whole");
    if !whole.is_file() {
        shell::run(shell::command("python3").args(["-m", "venv", "--clear"]).arg(&place)).context("making an environment for Python")?;
        let mut pip = shell::command(&python.to_string_lossy());
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&wanted);
        shell::run(pip.stdout(std::io::stderr())).with_context(|| format!("installing the packages of {}", wanted.display()))?;
        fs::write(whole, "")?;
    }
    Ok(python)
}

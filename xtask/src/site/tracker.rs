//! The tracker: TypeScript in app/tracker, built by npm.

use super::files::File;
use super::stamp::{Inputs, once};
use crate::shell;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Builds the tracker; its scripts are served below `/js/` by the names they have in `dist`.
pub fn build(out_dir: &Path) -> Result<Vec<File>> {
    let source = shell::root().join("app/tracker");
    let inputs = Inputs::default().path(&source)?;
    let folder = once(out_dir, "tracker", &inputs, |folder| {
        let npm = |arguments: &[&str]| shell::run(shell::command("npm").current_dir(&source).args(arguments).stdout(std::io::stderr()));
        npm(&["ci", "--no-audit", "--no-fund", "--loglevel", "error"]).context("installing what the tracker needs")?;
        npm(&["run", "--silent", "build"]).context("building the tracker")?;
        for script in scripts(&source.join("dist"))? {
            fs::copy(&script, folder.join(script.file_name().unwrap_or_default()))?;
        }
        Ok(())
    })?;
    let mut files = Vec::new();
    for script in scripts(&folder)? {
        let name = script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&script)?;
        files.push(File::at(&name, &format!("/js/{name}"), bytes));
    }
    Ok(files)
}

fn scripts(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths: Vec<_> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "js"));
    paths.sort();
    Ok(paths)
}

//! The style sheet.

use super::files::File;
use crate::shell;
use anyhow::{Context, Result};

/// Compiles a sheet of `style/` into one file that names the typeface by its hashed name (both lie in one folder).
pub fn compile(sheet: &str, font: &File) -> Result<String> {
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    let path = shell::root().join("style").join(sheet);
    let css = grass::from_path(&path, &options).with_context(|| format!("compiling {}", path.display()))?;
    Ok(css.replace("figtree.woff2", font.file_name()))
}

//! The style sheet.

use super::files::File;
use crate::shell;
use anyhow::{Context, Result};

/// Compiles `style/main.scss` into one sheet that names the typeface by its hashed name (both lie in one folder).
pub fn compile(font: &File) -> Result<String> {
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    let css = grass::from_path(shell::root().join("style/main.scss"), &options).context("compiling style/main.scss")?;
    Ok(css.replace("figtree.woff2", font.file_name()))
}

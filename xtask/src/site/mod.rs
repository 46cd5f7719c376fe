//! The browser's half: style sheet, typeface, islands as WASM, tracker. Built into one folder with a manifest, which
//! the crate `footfall-assets` puts into the binary.
//!
//! Every step keeps a stamp of what it was made from and does nothing while that has not changed.

mod files;
mod stamp;
mod style;
mod tracker;
mod wasm;

use anyhow::{Context, Result, ensure};
use files::{File, Quality};
use std::path::Path;

use crate::shell;

/// Builds everything the browser loads into `out_dir` and writes `out_dir/manifest.json`.
///
/// The manifest is a list of `{name, url, file, content_type, etag, immutable, br, gz}`; `file`, `br` and `gz` are
/// names in the folder. `release` compresses as well as it can; nothing else differs, so what is tested is what ships.
///
/// # Errors
/// A compiler or npm failed; what it printed says why.
pub fn build(release: bool, out_dir: &Path) -> Result<()> {
    std::fs::create_dir_all(out_dir).with_context(|| format!("making {}", out_dir.display()))?;
    let public = shell::root().join("public");
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("reading {}", path.display()));

    let font = File::hashed("figtree.woff2", read(&public.join("fonts/figtree.woff2"))?);
    let icon = File::hashed("favicon.svg", read(&public.join("favicon.svg"))?);
    let style = File::hashed("site.css", style::compile("main.scss", &font)?.into_bytes());
    let islands = wasm::build(out_dir)?;
    let code = File::hashed("footfall.wasm", islands.wasm);
    let glue = File::hashed("footfall.js", islands.glue.into_bytes());
    let boot = String::from_utf8(read(&shell::root().join("app/boot.js"))?).context("boot.js is UTF-8")?;
    let boot = boot.replace("footfall.wasm", code.file_name()).replace("footfall.js", glue.file_name());
    let boot = File::hashed("boot.js", boot.into_bytes());

    let widgets = widgets(&font)?;
    let mut all = vec![style, boot, glue, code, font, icon];
    let of_a_page = all.len();
    all.extend(widgets);
    all.extend(tracker::build(out_dir)?);
    let sizes = files::write(out_dir, &all, if release { Quality::Best } else { Quality::Quick })?;
    let loaded: usize = sizes[..of_a_page].iter().sum();
    eprintln!("  a page loads {loaded} bytes beside its own HTML (at most {MOST_LOADED})");
    ensure!(loaded <= MOST_LOADED, "the files of a page have grown beyond their limit");
    Ok(())
}

/// What a widget loads, and the script for the page around it.
fn widgets(font: &File) -> Result<[File; 3]> {
    let sheet = File::hashed("embed.css", style::compile("embed.scss", font)?.into_bytes());
    let script = |name: &str| -> Result<Vec<u8>> {
        let path = shell::root().join("app/embed").join(name);
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
        Ok(lines.join("\n").into_bytes())
    };
    let (inside, around) = (script("frame.js")?, script("height.js")?);
    ensure!(inside.len().max(around.len()) <= MOST_SCRIPT, "the scripts of widgets have grown beyond their limit");
    Ok([sheet, File::hashed("frame.js", inside), File::at("height.js", "/embed/height.js", around)])
}

/// The most each of the two scripts of widgets may weigh, as it is.
const MOST_SCRIPT: usize = 1_000;
/// What a page may load beside its own HTML, compressed: the aim is 150 KB with it.
const MOST_LOADED: usize = 140_000;

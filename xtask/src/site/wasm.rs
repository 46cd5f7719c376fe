//! The islands as WASM, and the JavaScript that loads them.

use super::stamp::{Inputs, once};
use crate::shell;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// What the browser needs to run the islands.
pub struct Islands {
    /// The code.
    pub wasm: Vec<u8>,
    /// The module that loads it and hands it the browser's functions.
    pub glue: String,
}

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// Compiles the islands and binds them. Always by the small profile: it costs a minute once, and what runs on a
/// developer's machine is what ships.
pub fn build(out_dir: &Path) -> Result<Islands> {
    let toolchain = shell::output(&mut shell::command("xtask/setup-wasm.sh")).context("setting up the WASM target")?;
    let mut cargo = shell::command("cargo");
    cargo.arg(format!("+{}", toolchain.trim()));
    cargo.args(["rustc", "--quiet", "--locked", "--package", "footfall-app", "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--target", TARGET, "--features", "hydrate", "--profile", PROFILE]);
    // A cargo inside a cargo: the outer one's compiler and toolchain are not meant for it.
    for outer in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        cargo.env_remove(outer);
    }
    cargo.env("CARGO_TARGET_DIR", shell::target_dir());
    shell::run(&mut cargo).context("compiling the islands")?;

    let compiled = shell::target_dir().join(TARGET).join(PROFILE).join("footfall_app.wasm");
    let bytes = fs::read(&compiled).with_context(|| format!("reading {}", compiled.display()))?;
    let inputs = Inputs::default().bytes("wasm", &bytes).bytes("bind", BIND_VERSION);
    let folder = once(out_dir, "islands", &inputs, |folder| bind(&compiled, folder))?;
    Ok(Islands { wasm: fs::read(folder.join("footfall_bg.wasm"))?, glue: fs::read_to_string(folder.join("footfall.js"))? })
}

/// Raise it when [`bind`] changes.
const BIND_VERSION: &[u8] = b"1";

/// Names and producers are left out: a third of the bytes, and nobody reads them in a browser.
fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("footfall").typescript(false).web(true)?;
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.generate(folder).context("binding the islands")
}

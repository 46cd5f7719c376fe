//! Writes the list of files that `src/lib.rs` includes.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=FOOTFALL_SITE_DIR");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = match site_dir(&out) {
        Some(dir) => list(&dir),
        None => "/// All files.\npub static ALL: &[Asset] = &[];\n".to_owned(),
    };
    fs::write(out.join("assets.rs"), code).expect("OUT_DIR can be written");
}

fn site_dir(out: &Path) -> Option<PathBuf> {
    if let Some(dir) = env::var_os("FOOTFALL_SITE_DIR") {
        return Some(PathBuf::from(dir));
    }
    let names = if env::var("PROFILE").as_deref() == Ok("release") { ["site", "site-debug"] } else { ["site-debug", "site"] };
    let found =
        out.ancestors().skip(1).flat_map(|folder| names.map(|name| folder.join(name))).find(|dir| dir.join("manifest.json").is_file());
    if found.is_none() {
        println!("cargo:warning=the browser's half is not built; `cargo xtask run` and `cargo xtask build` do it");
    }
    found
}

fn list(dir: &Path) -> String {
    let manifest = dir.join("manifest.json");
    println!("cargo:rerun-if-changed={}", manifest.display());
    let text = fs::read_to_string(&manifest).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build`", manifest.display()));
    let files: serde_json::Value = serde_json::from_str(&text).expect("the manifest is JSON");
    let mut code = "/// All files.\npub static ALL: &[Asset] = &[\n".to_owned();
    for file in files.as_array().expect("the manifest is a list") {
        let word = |name: &str| file[name].as_str().unwrap_or_else(|| panic!("{name} of {file}"));
        let bytes = |name: &str| format!("include_bytes!({:?})", dir.join(name));
        let other = |name: &str| file[name].as_str().map_or("None".to_owned(), |name| format!("Some({})", bytes(name)));
        code += &format!(
            "    Asset {{ name: {:?}, url: {:?}, content_type: {:?}, etag: {:?}, immutable: {}, body: {}, br: {}, gz: {} }},\n",
            word("name"),
            word("url"),
            word("content_type"),
            word("etag"),
            file["immutable"].as_bool().unwrap_or(false),
            bytes(word("file")),
            other("br"),
            other("gz"),
        );
    }
    code + "];\n"
}

//! Files as they are served: named by their content, compressed beforehand, listed in a manifest.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

/// How hard to compress.
#[derive(Clone, Copy)]
pub enum Quality {
    /// For a machine that waits.
    Quick,
    /// For readers who wait.
    Best,
}

/// A file the server answers with.
pub struct File {
    name: String,
    url: String,
    file: String,
    hash: String,
    immutable: bool,
    bytes: Vec<u8>,
}

impl File {
    /// A file under `/assets/`, its content's hash in its name: cached for ever.
    pub fn hashed(name: &str, bytes: Vec<u8>) -> Self {
        let hash = hash(&bytes);
        let (stem, ending) = name.split_once('.').unwrap_or((name, "bin"));
        let file = format!("{stem}.{}.{ending}", &hash[..10]);
        Self { name: name.to_owned(), url: format!("/assets/{file}"), file, hash, immutable: true, bytes }
    }

    /// A file whose address people write down: it never changes, the content may.
    pub fn at(name: &str, url: &str, bytes: Vec<u8>) -> Self {
        let hash = hash(&bytes);
        let file = format!("{}.{name}", &hash[..10]);
        Self { name: name.to_owned(), url: url.to_owned(), file, hash, immutable: false, bytes }
    }

    /// Its name in the folder, and at the end of its address.
    pub fn file_name(&self) -> &str {
        &self.file
    }

    fn content_type(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("woff2") => "font/woff2",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        }
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..20].to_owned()
}

/// Writes all files, their compressed twins and the manifest; removes what no manifest names any more. Gives the size of
/// each file as a browser loads it.
pub fn write(out_dir: &Path, files: &[File], quality: Quality) -> Result<Vec<usize>> {
    let mut loaded = Vec::new();
    let mut list = Vec::new();
    let mut kept = BTreeSet::from(["manifest.json".to_owned()]);
    for file in files {
        fs::write(out_dir.join(&file.file), &file.bytes).with_context(|| format!("writing {}", file.file))?;
        let br = twin(out_dir, file, "br", quality, brotli)?;
        let gz = twin(out_dir, file, "gz", quality, gzip)?;
        kept.insert(file.file.clone());
        kept.extend(br.iter().chain(&gz).map(|(name, _)| name.clone()));
        let sizes = [br.as_ref(), gz.as_ref()].map(|twin| twin.map_or(file.bytes.len(), |(_, size)| *size));
        eprintln!("  {:<18} {:>8} bytes, {:>7} by brotli, {:>7} by gzip", file.name, file.bytes.len(), sizes[0], sizes[1]);
        loaded.push(sizes[0]);
        list.push(serde_json::json!({
            "name": file.name,
            "url": file.url,
            "file": file.file,
            "content_type": file.content_type(),
            "etag": format!("\"{}\"", file.hash),
            "immutable": file.immutable,
            "br": br.map(|(name, _)| name),
            "gz": gz.map(|(name, _)| name),
        }));
    }
    let manifest = serde_json::to_string_pretty(&list)?;
    let path = out_dir.join("manifest.json");
    // An unchanged manifest keeps its time, so that cargo does not compile the server again.
    if fs::read_to_string(&path).ok().as_ref() != Some(&manifest) {
        fs::write(&path, manifest)?;
    }
    clear(out_dir, &kept)?;
    Ok(loaded)
}

/// The compressed twin of a file and its size; none where it saves nothing.
fn twin(
    out_dir: &Path,
    file: &File,
    ending: &str,
    quality: Quality,
    compress: fn(&[u8], Quality) -> Result<Vec<u8>>,
) -> Result<Option<(String, usize)>> {
    if file.name.ends_with(".woff2") {
        return Ok(None);
    }
    let name = match quality {
        Quality::Best => format!("{}.{ending}", file.file),
        Quality::Quick => format!("{}.quick.{ending}", file.file),
    };
    let path = out_dir.join(&name);
    // The name holds the content's hash: what is there is right.
    let size = match fs::metadata(&path) {
        Ok(known) if known.len() > 0 => usize::try_from(known.len())?,
        _ => {
            let bytes = compress(&file.bytes, quality)?;
            fs::write(&path, &bytes)?;
            bytes.len()
        }
    };
    Ok((size < file.bytes.len()).then_some((name, size)))
}

fn brotli(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let level = match quality {
        Quality::Quick => 5,
        Quality::Best => 11,
    };
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: level, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let level = match quality {
        Quality::Quick => flate2::Compression::new(6),
        Quality::Best => flate2::Compression::best(),
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn clear(out_dir: &Path, kept: &BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(out_dir)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && !kept.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

//! Says how the lines of access logs are judged: `cargo run -p footfall-ingest --example read_log -- SITE FILE…`
//! (plain or gzip). Nothing is imported.

use footfall_domain::DropReason;
use footfall_ingest::import::{Line, detect, parse_line, redact};
use std::collections::BTreeMap;
use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let site = arguments.next().unwrap_or_else(|| "example.com".to_owned());
    for path in arguments {
        judge(&path, &site)?;
    }
    Ok(())
}

fn judge(path: &str, site: &str) -> std::io::Result<()> {
    let mut bytes = std::fs::read(path)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
        bytes = plain;
    }
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let Some(format) = detect(&lines[..lines.len().min(100)]) else {
        println!("{path}: in no known format");
        return Ok(());
    };
    let (mut counted, mut dropped, mut unreadable) = (0_u64, BTreeMap::<DropReason, u64>::new(), Vec::new());
    for line in &lines {
        match parse_line(format, line, site) {
            Line::Hit { .. } => counted += 1,
            Line::Dropped(reason, _) => *dropped.entry(reason).or_default() += 1,
            Line::Unreadable(why) => unreadable.push((why, redact(line))),
            Line::Blank => {}
        }
    }
    println!("{path}: {format}, {counted} page views, {} unreadable", unreadable.len());
    dropped.iter().for_each(|(reason, count)| println!("  {count:7} {}", reason.name()));
    unreadable.iter().take(5).for_each(|(why, line)| println!("  ? {why}: {line}"));
    Ok(())
}

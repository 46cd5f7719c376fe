//! Pieces of a picture.

use std::fmt::Write;

pub(super) const PAPER: &str = "#f7f5f0";
pub(super) const CARD: &str = "#fffefb";
pub(super) const INK: &str = "#1c1e21";
pub(super) const QUIET: &str = "#565a61";
pub(super) const LINE: &str = "#e4e0d6";
pub(super) const ACCENT: &str = "#17614f";
pub(super) const GOOD: &str = "#1b6b42";
pub(super) const BAD: &str = "#a5402b";
pub(super) const WRITES: &str = "a string takes every write";

const FONT: &str = "Figtree, system-ui, sans-serif";

/// A picture of a size, in one typeface, said by `label`.
pub(super) fn begin(width: u32, height: u32, label: &str) -> String {
    let mut svg = String::with_capacity(4 * 1024);
    write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{0}" font-family="{FONT}"><title>{0}</title>"#,
        escape(label)
    )
    .expect(WRITES);
    svg
}

/// How words stand at a place.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: u32,
    pub colour: &'static str,
    /// Whether the place is their middle, not their beginning.
    pub middle: bool,
}

pub(super) fn words(svg: &mut String, x: f64, y: f64, how: Type, text: &str) {
    let (Type { size, colour, middle }, text) = (how, escape(text));
    let anchor = if middle { r#" text-anchor="middle""# } else { "" };
    write!(svg, r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{colour}"{anchor}>{text}</text>"#).expect(WRITES);
}

/// Text as XML takes it: what is no character of XML 1.0 would make the whole picture unreadable, and is left out.
pub(super) fn escape(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The mark: two footprints, the second lighter. Of 24 units.
pub(super) const MARK: [(&str, f64); 2] = [
    (
        "M8.2 3c2 0 3 2.2 3 4.6 0 2-.8 3.6-1 5.4H5.9C5.6 11 4.9 9.7 4.9 7.4 4.9 5 6.2 3 8.2 3Zm-2.1 11.6h4c.2 2.3-.6 3.7-2.1 3.7s-2.2-1.6-1.9-3.7Z",
        1.0,
    ),
    (
        "M15.9 6c2 0 3.3 2 3.3 4.4 0 2.3-.7 3.6-1 5.6h-4.3c-.2-1.8-1-3.4-1-5.4C12.9 8.2 13.9 6 15.9 6Zm-1.9 11.6h4c.3 2.1-.4 3.7-1.9 3.7s-2.3-1.4-2.1-3.7Z",
        0.55,
    ),
];

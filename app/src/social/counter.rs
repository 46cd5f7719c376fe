//! A counter: one number in a small box.

use super::svg::{self, ACCENT, CARD, INK, LINE, QUIET, Type, WRITES, words};
use crate::words::Lang;
use std::fmt::Write;

/// The number of a counter, and what stands around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counter {
    /// How many.
    pub visitors: i64,
    /// Whether it is of the whole site; else of one page.
    pub of_site: bool,
    /// Whether it says who counted.
    pub branded: bool,
    /// In which language.
    pub lang: Lang,
}

const WIDTH: u32 = 200;
/// The line that says who counted takes the last of it.
const HEIGHT: u32 = 80;
const UNBRANDED_HEIGHT: u32 = 60;

impl Counter {
    fn height(&self) -> u32 {
        if self.branded { HEIGHT } else { UNBRANDED_HEIGHT }
    }

    fn says(&self) -> &'static str {
        let said = &self.lang.words().social;
        if self.of_site { said.of_site } else { said.of_page }
    }

    /// As a picture of 200 by 80, or 60 without a line below. `gap`: what stands between thousands.
    pub fn svg(&self, gap: &str) -> String {
        let (number, height) = (grouped_with(self.visitors, gap), self.height());
        let mut svg = svg::begin(WIDTH, height, &format!("{}: {number}", self.says()));
        write!(svg, r#"<rect x="0.5" y="0.5" width="{}" height="{}" rx="8" fill="{CARD}" stroke="{LINE}"/>"#, WIDTH - 1, height - 1)
            .expect(WRITES);
        let middle = f64::from(WIDTH) / 2.0;
        words(&mut svg, middle, 22.0, Type { size: 13, colour: QUIET, middle: true }, self.says());
        words(&mut svg, middle, 49.0, Type { size: 25, colour: INK, middle: true }, &number);
        if self.branded {
            words(&mut svg, middle, 69.0, Type { size: 11, colour: ACCENT, middle: true }, self.lang.words().social.counted_by);
        }
        svg.push_str("</svg>");
        svg
    }

    /// As a small document for a frame. Its style sheet takes the margins away; without it the picture is the same.
    // The number is all there is: it is the heading, as large as the picture has it.
    pub fn html(&self, style: &str) -> String {
        let (lang, says, picture) = (self.lang.code(), self.says(), self.svg("\u{202f}"));
        let style = if style.is_empty() { String::new() } else { format!(r#"<link rel="stylesheet" href="{}">"#, svg::escape(style)) };
        format!(
            r#"<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex, nofollow"><title>{says}</title>{style}</head><body><main><div role="heading" aria-level="1">{picture}</div></main></body></html>"#
        )
    }
}

/// A whole number with narrow gaps that no line breaks in: `1 234`.
pub fn grouped(n: i64) -> String {
    grouped_with(n, "\u{202f}")
}

fn grouped_with(n: i64, gap: &str) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(gap);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (n, text) in [(0, "0"), (999, "999"), (1_234, "1\u{202f}234"), (1_234_567, "1\u{202f}234\u{202f}567")] {
            assert_eq!(grouped(n), text);
        }
    }

    #[test]
    fn a_counter_is_as_high_as_what_it_says() {
        let counter = Counter { visitors: 12_345, of_site: true, branded: true, lang: Lang::En };
        let svg = counter.svg(" ");
        assert!(svg.contains(r#"width="200" height="80""#) && svg.contains(">12 345<") && svg.contains("Visitors of this site"), "{svg}");
        let plain = Counter { branded: false, lang: Lang::De, of_site: false, ..counter };
        let svg = plain.svg(" ");
        assert!(svg.contains(r#"height="60""#) && !svg.contains("Footfall") && svg.contains("Besucher dieser Seite"), "{svg}");
    }

    #[test]
    fn the_document_needs_no_style_of_its_own() {
        let counter = Counter { visitors: 0, of_site: false, branded: true, lang: Lang::En };
        let html = counter.html("/assets/embed-1.css");
        assert!(html.contains(r#"<link rel="stylesheet" href="/assets/embed-1.css">"#));
        assert!(!html.contains("style=") && !html.contains("<style") && !html.contains("<script"), "{html}");
    }
}

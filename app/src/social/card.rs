//! The card a link to a public site's page is shown with: whose numbers, how many came, how it went.

use super::svg::{self, ACCENT, BAD, GOOD, INK, MARK, PAPER, QUIET, Type, WRITES, words};
use crate::format;
use crate::words::Lang;
use std::fmt::Write;

/// Of the picture, pixels: what everybody who shows links asks for.
pub const CARD_WIDTH: u32 = 1_200;
/// Of the picture, pixels.
pub const CARD_HEIGHT: u32 = 630;

/// What a card says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Card {
    /// Whose numbers.
    pub domain: String,
    /// Visitors in the last 28 days.
    pub visitors: i64,
    /// Whole percent more than in the 28 days before; `None`: nothing to compare with.
    pub change: Option<i64>,
    /// Visitors of each of the days.
    pub days: Vec<i64>,
    /// Whether the last of them is not over.
    pub open: bool,
}

const LEFT: f64 = 72.0;
/// The line of days: from edge to edge, between these.
const TOP: f64 = 466.0;
const BOTTOM: f64 = 630.0;
/// How much of its size a letter of the typeface is wide at the most, on average of what domains are made of.
const LETTER: f64 = 0.6;
const LARGEST: f64 = 72.0;
const SMALLEST: f64 = 34.0;

/// The picture, as SVG.
pub fn card(card: &Card, lang: Lang) -> String {
    let said = &lang.words().social;
    let number = format::count(card.visitors, lang);
    let mut svg = svg::begin(CARD_WIDTH, CARD_HEIGHT, &format!("{}: {} {number}", card.domain, said.last_days));
    write!(svg, r#"<rect width="{CARD_WIDTH}" height="{CARD_HEIGHT}" fill="{PAPER}"/>"#).expect(WRITES);
    brand(&mut svg);
    let (size, domain) = fitting(&card.domain);
    words(&mut svg, LEFT, 186.0, Type { size, colour: INK, middle: false }, &domain);
    words(&mut svg, LEFT, 252.0, Type { size: 28, colour: QUIET, middle: false }, said.last_days);
    words(&mut svg, LEFT, 362.0, Type { size: 104, colour: INK, middle: false }, &number);
    if let Some(change) = card.change {
        changed(&mut svg, change, said.than_before, lang);
    }
    line_of_days(&mut svg, card);
    svg.push_str("</svg>");
    svg
}

/// The mark and the name, small and above.
fn brand(svg: &mut String) {
    write!(svg, r#"<g transform="translate({} 48) scale(1.9)" fill="{ACCENT}">"#, LEFT - 9.0).expect(WRITES);
    for (path, opacity) in MARK {
        write!(svg, r#"<path d="{path}" fill-opacity="{opacity}"/>"#).expect(WRITES);
    }
    svg.push_str("</g>");
    words(svg, LEFT + 42.0, 82.0, Type { size: 30, colour: QUIET, middle: false }, "Footfall");
}

/// The change, with a mark that points where it went: of a drawing, since not every typeface has one.
fn changed(svg: &mut String, change: i64, than: &str, lang: Lang) {
    let (colour, points) = match change {
        0 => (QUIET, format!("{0} 405 {1} 405 {1} 411 {0} 411", LEFT, LEFT + 22.0)),
        up if up > 0 => (GOOD, format!("{} 420 {} 398 {} 420", LEFT, LEFT + 12.0, LEFT + 24.0)),
        _ => (BAD, format!("{} 398 {} 420 {} 398", LEFT, LEFT + 12.0, LEFT + 24.0)),
    };
    write!(svg, r#"<polygon points="{points}" fill="{colour}"/>"#).expect(WRITES);
    let percent = format::percent(change.abs() as f64, lang);
    let sign = match change {
        0 => "±",
        up if up > 0 => "+",
        _ => "−",
    };
    words(svg, LEFT + 36.0, 420.0, Type { size: 30, colour, middle: false }, &format!("{sign}{percent} {than}"));
}

/// A domain as large as it fits; of one that is too long even at the smallest, its end, which says whose it is.
fn fitting(domain: &str) -> (u32, String) {
    let room = f64::from(CARD_WIDTH) - 2.0 * LEFT;
    let letters = domain.chars().count().max(1);
    let size = (room / LETTER / letters as f64).clamp(SMALLEST, LARGEST).floor();
    let most = (room / LETTER / SMALLEST) as usize;
    if letters <= most {
        return (size as u32, domain.to_owned());
    }
    (SMALLEST as u32, std::iter::once('…').chain(domain.chars().skip(letters - most + 1)).collect())
}

fn line_of_days(svg: &mut String, card: &Card) {
    let width = f64::from(CARD_WIDTH);
    let largest = card.days.iter().copied().max().unwrap_or(0);
    if largest <= 0 || card.days.len() < 2 {
        return;
    }
    let step = width / (card.days.len() - 1) as f64;
    let place = |(at, value): (usize, &i64)| (step * at as f64, BOTTOM - (BOTTOM - TOP) * *value as f64 / largest as f64);
    let points: Vec<(f64, f64)> = card.days.iter().enumerate().map(place).collect();
    let over = if card.open { &points[..points.len() - 1] } else { &points[..] };
    let path = |points: &[(f64, f64)]| {
        let steps = points.iter().enumerate().map(|(at, (x, y))| format!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }));
        steps.collect::<String>()
    };
    if let (Some((first, _)), Some((last, _))) = (over.first(), over.last()) {
        let below = format!("L{last:.1} {BOTTOM}L{first:.1} {BOTTOM}Z");
        write!(svg, r#"<path d="{}{below}" fill="{ACCENT}" fill-opacity="0.12"/>"#, path(over)).expect(WRITES);
    }
    write!(svg, r#"<path d="{}" fill="none" stroke="{ACCENT}" stroke-width="5" stroke-linejoin="round"/>"#, path(over)).expect(WRITES);
    if card.open {
        // What is still growing.
        let rest = path(&points[points.len() - 2..]);
        write!(svg, r#"<path d="{rest}" fill="none" stroke="{ACCENT}" stroke-width="5" stroke-dasharray="9 9"/>"#).expect(WRITES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_gets_smaller_and_then_loses_its_beginning() {
        assert_eq!(fitting("a.example"), (LARGEST as u32, "a.example".to_owned()));
        let (size, text) = fitting(&"a".repeat(40));
        assert!((SMALLEST as u32..LARGEST as u32).contains(&size) && text.len() == 40);
        let (size, text) = fitting(&format!("{}.example.com", "b.".repeat(100)));
        assert_eq!(size, SMALLEST as u32);
        assert!(text.starts_with('…') && text.ends_with(".example.com") && text.chars().count() < 55, "{text}");
    }

    #[test]
    fn nobody_is_no_picture_that_breaks() {
        for days in [vec![], vec![0], vec![0; 28], vec![5; 28]] {
            let svg = card(&Card { domain: "a<b&\"c".into(), days, open: true, ..Card::default() }, Lang::En);
            assert!(svg.ends_with("</svg>") && !svg.contains("NaN") && !svg.contains("inf") && svg.contains("a&lt;b&amp;&quot;c"), "{svg}");
        }
    }

    #[test]
    fn a_change_says_where_it_went() {
        let with = |change| card(&Card { change, ..Card::default() }, Lang::De);
        assert!(with(Some(23)).contains(&format!(">+{} gegenüber den 28 Tagen davor<", format::percent(23.0, Lang::De))));
        assert!(with(Some(-4)).contains(">−4") && with(Some(0)).contains(">±0") && !with(None).contains("polygon"));
    }
}

//! One colour, and how it stands out from another.

use std::fmt;

/// A colour of sRGB.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Colour(pub [u8; 3]);

/// What lies behind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Background {
    /// One colour, in light and dark.
    Solid(Colour),
    /// Whatever the framing page has there.
    Transparent,
}

/// The contrast text needs (WCAG 2.2, 1.4.3).
pub(super) const LEGIBLE: f64 = 4.5;
const WHITE: Colour = Colour([255; 3]);
const BLACK: Colour = Colour([0; 3]);
/// In how many steps a colour is moved until it is legible.
const STEPS: i32 = 50;

impl Colour {
    /// Reads `17614f`, `#17614F` or `#abc`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').unwrap_or(text);
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(hex, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        match hex.len() {
            6 => Some(Self([r, g, b])),
            3 => Some(Self([(number >> 8 & 15) as u8 * 17, (number >> 4 & 15) as u8 * 17, (number & 15) as u8 * 17])),
            _ => None,
        }
    }

    /// So much of `other` in it, from 0 to 1.
    pub(super) fn mixed(self, other: Self, part: f64) -> Self {
        let mut out = self.0;
        for (channel, other) in out.iter_mut().zip(other.0) {
            *channel = (f64::from(*channel) * (1.0 - part) + f64::from(other) * part).round() as u8;
        }
        Self(out)
    }

    /// Contrast by WCAG: 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether white stands out from it more than black.
    pub(super) fn is_dark(self) -> bool {
        self.contrast(WHITE) > self.contrast(BLACK)
    }

    /// The same, moved towards black or white as far as it must be to be read on all of `backs`.
    pub(super) fn legible_on(self, backs: &[Self]) -> Self {
        let end = if backs.first().is_none_or(|back| back.is_dark()) { WHITE } else { BLACK };
        let moved = (0..=STEPS).map(|step| self.mixed(end, f64::from(step) / f64::from(STEPS)));
        moved.into_iter().find(|colour| backs.iter().all(|back| colour.contrast(*back) >= LEGIBLE)).unwrap_or(end)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| match f64::from(channel) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl fmt::Display for Colour {
    /// The one spelling: six small hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "{r:02x}{g:02x}{b:02x}")
    }
}

impl Background {
    /// Reads a colour, or `transparent`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "transparent" => Some(Background::Transparent),
            colour => Colour::parse(colour).map(Background::Solid),
        }
    }
}

impl fmt::Display for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Background::Solid(colour) => colour.fmt(f),
            Background::Transparent => f.write_str("transparent"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_hexadecimal_and_nothing_else() {
        for (text, colour) in [("17614f", "17614f"), ("#17614F", "17614f"), ("abc", "aabbcc"), ("#fff", "ffffff")] {
            assert_eq!(Colour::parse(text).map(|colour| colour.to_string()).as_deref(), Some(colour), "{text}");
        }
        for text in ["", "#", "red", "1234567", "12345", "+12345", "url(x)", "17614f;", "##fff", "ффф", "0x1234"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        assert_eq!(Background::parse("transparent"), Some(Background::Transparent));
        assert_eq!(Background::parse("Transparent"), None);
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let grey = Colour([0x76; 3]);
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        assert!((grey.contrast(WHITE) - 4.54).abs() < 0.01, "{}", grey.contrast(WHITE));
    }

    #[test]
    fn what_is_legible_stays_and_what_is_not_moves() {
        let green = Colour([0x17, 0x61, 0x4f]);
        assert_eq!(green.legible_on(&[WHITE]), green);
        for colour in [Colour([255, 230, 0]), WHITE, BLACK, Colour([128; 3])] {
            for back in [WHITE, BLACK, Colour([0x80; 3]), Colour([255, 230, 0]), Colour([200, 30, 30])] {
                let moved = colour.legible_on(&[back]);
                assert!(moved.contrast(back) >= LEGIBLE, "{colour} on {back}: {moved}");
            }
        }
    }
}

//! The style sheet of chosen colours.

use super::colour::LEGIBLE;
use super::{Background, Colour};
use crate::routes;
use std::fmt::Write;

/// What an address may choose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Colours {
    /// Lines, bars and links.
    pub accent: Option<Colour>,
    /// What lies behind.
    pub background: Option<Background>,
}

/// Raise it when [`Colours::sheet`] makes something else of the same colours: browsers keep sheets for ever.
pub const VERSION: u8 = 2;

/// What the style sheets have behind words, in light and dark: the card and the page.
const LIGHT: [Colour; 2] = [Colour([0xff, 0xfe, 0xfb]), Colour([0xf7, 0xf5, 0xf0])];
const DARK: [Colour; 2] = [Colour([0x1a, 0x1d, 0x21]), Colour([0x13, 0x15, 0x18])];
/// Words, in light and dark.
const INK: [Colour; 2] = [Colour([0x1c, 0x1e, 0x21]), Colour([0xec, 0xeb, 0xe6])];
/// Quieter words.
const QUIET: [Colour; 2] = [Colour([0x56, 0x5a, 0x61]), Colour([0xa9, 0xad, 0xb4])];
/// The accent, good and bad.
const ACCENT: [Colour; 2] = [Colour([0x17, 0x61, 0x4f]), Colour([0x63, 0xc6, 0xa8])];
const GOOD: [Colour; 2] = [Colour([0x1b, 0x6b, 0x42]), Colour([0x6c, 0xcb, 0x95])];
const BAD: [Colour; 2] = [Colour([0xa5, 0x40, 0x2b]), Colour([0xf0, 0x93, 0x7c])];
/// The period before, and what has the keyboard: lines, whose contrast is theirs.
const COMPARE: [Colour; 2] = [Colour([0xa8, 0x99, 0x7f]), Colour([0x7d, 0x73, 0x61])];
const FOCUS: [Colour; 2] = [Colour([0x0b, 0x5c, 0xad]), Colour([0x8e, 0xc5, 0xff])];
/// How much of the accent is in a bar behind words, at most.
const BAR: f64 = 0.16;
/// How much of the words' colour is in what is pressed into a card, at most.
const SUNK: f64 = 0.06;
/// How much of the accent comes to a bar under the pointer (`style/components/_panel.scss`).
const HOVER: f64 = 0.2;

impl Colours {
    /// Reads what [`Colours::query`] says, in that one spelling.
    pub fn parse(query: &str) -> Option<Self> {
        let pairs = crate::site_page::pairs(query);
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let colours = Self { accent: get("accent").and_then(Colour::parse), background: get("background").and_then(Background::parse) };
        (colours.query() == query && colours != Self::default()).then_some(colours)
    }

    /// Where the sheet is; `None`: nothing was chosen, and there is none.
    pub fn href(&self) -> Option<String> {
        (*self != Self::default()).then(|| format!("{}?{}", routes::COLOURS, self.query()))
    }

    fn query(&self) -> String {
        let accent = self.accent.map(|colour| format!("accent={colour}&")).unwrap_or_default();
        let background = self.background.map(|back| format!("background={back}&")).unwrap_or_default();
        format!("{accent}{background}v={VERSION}")
    }

    /// The sheet: the same roles as in the style sheets. It stands after them and outside of their layers, so it wins.
    pub fn sheet(&self) -> String {
        let mut roles = String::new();
        let mut role = |name: &str, value: &str| write!(roles, "--{name}:{value};").expect("a string takes every write");
        let accent = |scheme: usize| self.accent.unwrap_or(ACCENT[scheme]);
        match self.background {
            Some(Background::Solid(back)) => {
                let scheme = usize::from(back.is_dark());
                // Cards of a dashboard stay as they are, and so must words on them.
                let card = [LIGHT, DARK][scheme][0];
                let backs = [back, card];
                let [ink, quiet, good, bad] = [INK, QUIET, GOOD, BAD].map(|both| both[scheme].legible_on(&backs));
                let accent = accent(scheme).legible_on(&backs);
                role("paper", &hex(back));
                for (name, colour) in [("ink", ink), ("ink-2", quiet), ("good", good), ("bad", bad), ("accent", accent)] {
                    role(name, &hex(colour));
                }
                role("bar", &hex(bar(accent, back, &[ink])));
                role("accent-soft", &hex(bar(accent, back, &[ink])));
                role("line", &hex(back.mixed(ink, 0.16)));
                role("sunk", &hex(back.mixed(ink, 0.08)));
                role("compare", &hex(COMPARE[scheme]));
                role("focus", &hex(FOCUS[scheme]));
                let name = ["light", "dark"][scheme];
                // A widget has no cards, and behind its corners is the framing page: browsers show that only where both have
                // one scheme.
                format!(
                    ":root:root{{{roles}}}:root:not([data-widget]){{color-scheme:{name};{}}}{}",
                    tints(&[ink, quiet, accent], card),
                    self.cards(scheme, ink)
                )
            }
            other => {
                if other.is_some() {
                    role("paper", "transparent");
                }
                if self.accent.is_some() {
                    let of = |scheme: usize| {
                        let backs = [LIGHT, DARK][scheme];
                        let accent = accent(scheme).legible_on(&backs);
                        (hex(accent), hex(bar(accent, backs[0], &[INK[scheme]])))
                    };
                    let ((light, light_bar), (dark, dark_bar)) = (of(0), of(1));
                    role("accent", &format!("light-dark({light},{dark})"));
                    role("bar", &format!("light-dark({light_bar},{dark_bar})"));
                    role("accent-soft", &format!("light-dark({light_bar},{dark_bar})"));
                }
                format!(":root:root{{{roles}}}")
            }
        }
    }
}

impl Colours {
    /// What stands on the cards of a dashboard: as without a background. `ink`: words that take over the page's colour.
    fn cards(&self, scheme: usize, ink: Colour) -> String {
        let card = [LIGHT, DARK][scheme][0];
        let [quiet, good, bad] = [QUIET, GOOD, BAD].map(|both| both[scheme]);
        let accent = self.accent.unwrap_or(ACCENT[scheme]).legible_on(&[card]);
        let mut roles = tints(&[ink, quiet, accent], card);
        for (name, colour) in [("ink-2", quiet), ("accent", accent), ("good", good), ("bad", bad)] {
            write!(roles, "--{name}:{};", hex(colour)).expect("a string takes every write");
        }
        format!(":root:not([data-widget]) .card{{{roles}}}")
    }
}

/// The tints of a dashboard, which lie on cards and follow from them: `words` are ink, quieter words and accent.
fn tints(words: &[Colour; 3], card: Colour) -> String {
    let [ink, _, accent] = *words;
    let (bar, line) = (hex(tint(accent, card, words)), hex(card.mixed(ink, 0.14)));
    let sunk = steps(ink, SUNK, card).find(|sunk| are_legible(words, *sunk)).unwrap_or(card);
    format!("--bar:{bar};--accent-soft:{bar};--sunk:{};--line:{line};", hex(sunk))
}

/// A bar of an accent, as strong as the words on it allow.
fn bar(accent: Colour, back: Colour, words: &[Colour]) -> Colour {
    steps(accent, BAR, back).find(|bar| are_legible(words, *bar)).unwrap_or(back)
}

/// The same on a card, where a row under the pointer is stronger.
fn tint(accent: Colour, card: Colour, words: &[Colour]) -> Colour {
    let hovered = |tint: &Colour| are_legible(&words[..1], tint.mixed(accent, HOVER));
    steps(accent, BAR, card).find(|tint| are_legible(words, *tint) && hovered(tint)).unwrap_or(card)
}

/// From the strongest to none.
fn steps(colour: Colour, most: f64, back: Colour) -> impl Iterator<Item = Colour> {
    (0..=8).rev().map(move |step| back.mixed(colour, most * f64::from(step) / 8.0))
}

fn are_legible(words: &[Colour], back: Colour) -> bool {
    words.iter().all(|word| word.contrast(back) >= LEGIBLE)
}

fn hex(colour: Colour) -> String {
    format!("#{colour}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accent: &str, background: &str) -> Colours {
        Colours { accent: Colour::parse(accent), background: Background::parse(background) }
    }

    fn value(sheet: &str, role: &str) -> Colour {
        let (_, rest) = sheet.split_once(&format!("--{role}:#")).unwrap_or_else(|| panic!("{role} in {sheet}"));
        Colour::parse(&rest[..6]).expect("a colour")
    }

    #[test]
    fn an_address_has_one_spelling() {
        let colours = chosen("#FFE600", "transparent");
        assert_eq!(colours.href().as_deref(), Some("/embed/style.css?accent=ffe600&background=transparent&v=2"));
        assert_eq!(Colours::parse("accent=ffe600&background=transparent&v=2"), Some(colours));
        for other in ["", "v=2", "accent=FFE600&v=2", "accent=ffe600", "v=2&accent=ffe600", "accent=red&v=2", "accent=ffe600&v=2&x=1"] {
            assert_eq!(Colours::parse(other), None, "{other}");
        }
        assert_eq!(Colours::default().href(), None);
    }

    /// Browsers keep a sheet for ever: another one needs another version.
    #[test]
    fn a_version_says_the_same_for_ever() {
        let sheet = chosen("17614f", "").sheet();
        assert_eq!(
            sheet,
            ":root:root{--accent:light-dark(#17614f,#5d9084);--bar:light-dark(#dae5df,#252f31);--accent-soft:light-dark(#dae5df,#252f31);}"
        );
        assert_eq!(chosen("", "transparent").sheet(), ":root:root{--paper:transparent;}");
    }

    #[test]
    fn words_are_legible_whatever_is_chosen() {
        let some = ["ffffff", "000000", "808080", "ffe600", "c81e1e", "17614f", "1d4ed8", "f7f5f0", "777777", "b0b0b0"];
        for back in some {
            for accent in some {
                let sheet = chosen(accent, back).sheet();
                let behind = value(&sheet, "paper");
                for role in ["ink", "ink-2", "accent", "good", "bad"] {
                    let contrast = value(&sheet, role).contrast(behind);
                    assert!(contrast >= LEGIBLE, "{role} of {accent} on {back}: {contrast}");
                }
                let on_bar = value(&sheet, "ink").contrast(value(&sheet, "bar"));
                assert!(on_bar >= LEGIBLE || value(&sheet, "bar") == behind, "{accent} on {back}: {on_bar}");
            }
        }
    }

    /// A dashboard in a frame: its cards keep their colour, and so must what lies on them.
    #[test]
    fn words_on_the_cards_of_a_dashboard_are_legible_on_any_background() {
        for back in ["ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff", "000000", "ffffff", "808080", "767676", "800000", "1a1d21"]
        {
            let sheet = chosen("", back).sheet();
            let [roles, tints, cards] = sheet.split(":root:not([data-widget])").collect::<Vec<_>>()[..] else {
                panic!("three parts: {sheet}")
            };
            let card = [LIGHT, DARK][usize::from(tints.contains("color-scheme:dark"))][0];
            let (ink, paper) = (value(roles, "ink"), value(roles, "paper"));
            let words_of = |roles: &str| ["ink-2", "accent"].map(|role| value(roles, role));
            // Around the cards, and on them.
            for (words, tints, behind) in [(words_of(roles), tints, &[paper, card][..]), (words_of(cards), cards, &[card])] {
                let behind = behind.iter().copied().chain(["bar", "accent-soft", "sunk"].map(|role| value(tints, role)));
                for behind in behind {
                    for word in words.into_iter().chain([ink]) {
                        assert!(word.contrast(behind) >= LEGIBLE, "{word} on {behind} over {back}: {}", word.contrast(behind));
                    }
                }
                let hovered = value(tints, "bar").mixed(words[1], HOVER);
                assert!(ink.contrast(hovered) >= LEGIBLE, "{back}: under the pointer");
            }
            for role in ["good", "bad"] {
                assert!(value(cards, role).contrast(card) >= LEGIBLE, "{role} over {back}");
            }
            let plain = chosen("", if card == LIGHT[0] { "ffffff" } else { "000000" }).sheet();
            let plain = plain.split(" .card").last().expect("cards");
            assert_eq!(value(cards, "bar"), value(plain, "bar"), "{back}: a bar is of the card's colours alone");
        }
    }

    #[test]
    fn nothing_but_colours_reaches_the_sheet() {
        assert_eq!(chosen("}body{display:none", "url(//evil.example)"), Colours::default());
    }
}

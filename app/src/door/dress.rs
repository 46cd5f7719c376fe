//! How a page looks that is read without signing in: its address says it.

use crate::colours::{Background, Colours};
use crate::models::Theme;
use crate::words::Lang;

/// How a page looks that is read without signing in. What is usual is not said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dress {
    /// `lang`: the language; English. No header of the reader's chooses it: one address is one page.
    pub lang: Lang,
    /// `theme`: light, dark, or as the system says.
    pub theme: Theme,
    /// `embed=true`: without head and foot, for a frame.
    pub embed: bool,
    /// `background`: what lies behind everything.
    pub background: Option<Background>,
    /// `width=manual`: as wide as the frame.
    pub width_manual: bool,
}

const LANG: &str = "lang";
const THEME: &str = "theme";
const EMBED: &str = "embed";
const BACKGROUND: &str = "background";
const WIDTH: &str = "width";

/// The colours of CSS 1 by their names: frames that exist say `white`.
const NAMED: [(&str, &str); 16] = [
    ("aqua", "00ffff"),
    ("black", "000000"),
    ("blue", "0000ff"),
    ("fuchsia", "ff00ff"),
    ("gray", "808080"),
    ("green", "008000"),
    ("lime", "00ff00"),
    ("maroon", "800000"),
    ("navy", "000080"),
    ("olive", "808000"),
    ("purple", "800080"),
    ("red", "ff0000"),
    ("silver", "c0c0c0"),
    ("teal", "008080"),
    ("white", "ffffff"),
    ("yellow", "ffff00"),
];

fn background(text: &str) -> Option<Background> {
    let named = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    Background::parse(named.map_or(text, |(_, digits)| digits))
}

impl Dress {
    /// The names it has in the address.
    pub const NAMES: [&str; 5] = [BACKGROUND, EMBED, LANG, THEME, WIDTH];

    /// Reads it from the pairs of a query string; what makes no sense is the usual.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        Self {
            lang: get(LANG).and_then(Lang::from_code).unwrap_or_default(),
            theme: get(THEME).and_then(Theme::from_name).unwrap_or_default(),
            embed: get(EMBED) == Some("true"),
            background: get(BACKGROUND).and_then(background),
            width_manual: get(WIDTH) == Some("manual"),
        }
    }

    /// The style sheet of its background; `None`: the usual one does.
    pub fn sheet(&self) -> Option<String> {
        Colours { accent: None, background: self.background }.href()
    }

    /// How it is read: name and value, sorted by name, without what is usual.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let said = |name, is_said: bool, value: String| is_said.then_some((name, value));
        let pairs = [
            self.background.map(|background| (BACKGROUND, background.to_string())),
            said(EMBED, self.embed, "true".to_owned()),
            said(LANG, self.lang != usual.lang, self.lang.code().to_owned()),
            said(THEME, self.theme != usual.theme, self.theme.name().to_owned()),
            said(WIDTH, self.width_manual, "manual".to_owned()),
        ];
        pairs.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site_page::{pairs, spell};

    #[test]
    fn a_dress_reads_back_in_one_spelling() {
        for (written, spelling) in [
            ("", ""),
            ("theme=system&lang=en&embed=false", ""),
            (
                "width=manual&theme=dark&lang=de-AT&embed=true&background=%23ABCDEF",
                "background=abcdef&embed=true&lang=de&theme=dark&width=manual",
            ),
            ("background=transparent", "background=transparent"),
            ("background=White", "background=ffffff"),
            ("background=red;x&theme=pink&lang=xx&width=9&embed=yes", ""),
        ] {
            assert_eq!(spell(Dress::of(&pairs(written)).pairs()), spelling, "{written}");
            assert_eq!(Dress::of(&pairs(spelling)), Dress::of(&pairs(written)));
        }
    }
}

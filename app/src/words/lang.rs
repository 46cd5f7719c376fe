//! The languages the pages speak.

/// A language of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Lang {
    /// All of them, in the order they are offered.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::De];

    /// Its BCP 47 code: the attribute `lang`, the account's setting.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::De => "de",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::De => "Deutsch",
        }
    }

    /// The language of a code; the region does not matter: `de-AT` is German. `None`: none of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        let language = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(language))
    }

    /// The best of ours for a header `Accept-Language` (RFC 9110, 12.5.4): by quality, then by place. English when it
    /// names none of ours.
    pub fn accepted(header: &str) -> Self {
        let ranges = header.split(',').take(MOST_RANGES).filter_map(|range| {
            let (code, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
            let quality: f32 = parameter.trim().strip_prefix("q=")?.trim().parse().ok().filter(|q| *q > 0.0)?;
            let lang = if code.trim() == "*" { Self::default() } else { Self::from_code(code.trim())? };
            Some((lang, quality))
        });
        // Of equals the first stays.
        let best =
            ranges.fold(None, |best: Option<(Self, f32)>, next| if best.is_some_and(|best| best.1 >= next.1) { best } else { Some(next) });
        best.map_or(Self::default(), |(lang, _)| lang)
    }
}

/// More ranges than this nobody speaks.
const MOST_RANGES: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_language_is_spoken() {
        for (header, lang) in [
            ("", Lang::En),
            ("de", Lang::De),
            ("de-AT,de;q=0.9,en;q=0.8", Lang::De),
            ("fr-FR,fr;q=0.9,de;q=0.5,en;q=0.4", Lang::De),
            ("en;q=0.4, de;q=0.5", Lang::De),
            ("en, de", Lang::En),
            ("de;q=0, en;q=0.1", Lang::En),
            ("ja", Lang::En),
            ("*", Lang::En),
            ("*;q=0.1, de;q=0.2", Lang::De),
            ("de;q=NaN, en;q=x, ;;,,q=", Lang::En),
            ("DE-de", Lang::De),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }

    #[test]
    fn a_code_reads_back() {
        for lang in Lang::ALL {
            assert_eq!(Lang::from_code(lang.code()), Some(lang));
        }
        assert_eq!(Lang::from_code("nl"), None);
    }
}

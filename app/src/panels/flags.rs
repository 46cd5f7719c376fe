//! The flags of countries.

use std::collections::HashMap;
use std::sync::LazyLock;

const FLAGS: &str = include_str!("flags.tsv");

/// The flag of a country code, as SVG in a square of 512 × 512 (docs/decisions/0712-flags-in-the-page.md).
pub fn flag(code: &str) -> Option<&'static str> {
    static BY_CODE: LazyLock<HashMap<&'static str, &'static str>> =
        LazyLock::new(|| FLAGS.lines().filter_map(|line| line.split_once('\t')).collect());
    BY_CODE.get(code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_query::country;

    #[test]
    fn every_country_has_a_flag_and_nothing_else_has() {
        for (code, _) in country::NAMES {
            assert!(flag(code).is_some_and(|svg| svg.starts_with('<') && !svg.contains("id=") && !svg.contains("style")), "{code}");
        }
        for text in ["(not set)", "d", "de", "ÄÖ", "", "QQ"] {
            assert_eq!(flag(text), None, "{text}");
        }
    }
}

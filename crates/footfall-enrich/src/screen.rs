//! Screen classes.

use footfall_domain::labels;

/// The class of a window's width in CSS pixels: the sizes Plausible's users know.
pub(crate) fn class(width: Option<u32>) -> &'static str {
    match width {
        None => labels::NOT_SET,
        Some(..576) => "Mobile",
        Some(..992) => "Tablet",
        Some(..1440) => "Laptop",
        Some(_) => "Desktop",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_fall_into_four_classes() {
        let cases = [(None, "(not set)"), (Some(0), "Mobile"), (Some(575), "Mobile"), (Some(576), "Tablet"), (Some(991), "Tablet")];
        let wider = [(Some(992), "Laptop"), (Some(1439), "Laptop"), (Some(1440), "Desktop"), (Some(u32::MAX), "Desktop")];
        for (width, expected) in cases.into_iter().chain(wider) {
            assert_eq!(class(width), expected, "{width:?}");
        }
    }
}

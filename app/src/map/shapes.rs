//! The shapes of countries.

use std::sync::LazyLock;

/// The width of the picture.
pub const WIDTH: u32 = 1000;
/// The height of the picture.
pub const HEIGHT: u32 = 454;

const WORLD: &str = include_str!("world.tsv");

/// A country in the picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    /// Its code, ISO 3166-1 alpha-2; empty for land that has none.
    pub code: &'static str,
    /// Its outline as an SVG path; empty where it is too small to be seen.
    pub path: &'static str,
    /// The middle of the dot that stands for it then.
    pub dot: Option<(u32, u32)>,
}

/// All countries, in order of codes.
pub fn shapes() -> &'static [Shape] {
    static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| WORLD.lines().filter_map(shape).collect());
    &SHAPES
}

fn shape(line: &'static str) -> Option<Shape> {
    let mut fields = line.split('\t');
    let (code, path, dot) = (fields.next()?, fields.next()?, fields.next()?);
    let dot = dot.split_once(' ').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
    Some(Shape { code, path, dot })
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_query::country;

    #[test]
    fn every_country_is_drawn_or_known_to_be_missing() {
        let drawn = |code: &str| shapes().iter().any(|shape| shape.code == code);
        let missing: Vec<&str> = country::NAMES.iter().map(|(code, _)| *code).filter(|code| !drawn(code)).collect();
        // Parts of France, the Netherlands, Norway, New Zealand and the United States, or without people.
        assert_eq!(missing, ["AQ", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT"]);
        assert!(shapes().iter().all(|shape| shape.code.is_empty() || country::name(shape.code).is_some()));
    }

    #[test]
    fn every_shape_can_be_seen_within_the_picture() {
        for shape in shapes() {
            assert_eq!(shape.path.is_empty(), shape.dot.is_some(), "{}", shape.code);
            assert!(shape.path.is_empty() || shape.path.starts_with('M') && shape.path.ends_with('z'), "{}", shape.code);
            assert!(shape.path.bytes().all(|byte| b"Mlz -0123456789".contains(&byte)), "{}", shape.code);
            assert!(shape.dot.is_none_or(|(x, y)| x <= WIDTH && y <= HEIGHT), "{}", shape.code);
        }
    }
}

//! Charts: drawn by plotters on the server as SVG, in classes that the style sheet colours.
//!
//! One picture serves light and dark, phone and desktop: the outer `svg` has no `viewBox`, so words keep their size
//! and circles stay round, while only the curves stretch (see [`backend`]).

mod backend;
mod draw;
mod scale;

pub use draw::{Drawing, draw, height_of, spark, sparkline};
pub use scale::{Scale, Unit};

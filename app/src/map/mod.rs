//! The world, drawn on the server: a country's colour says how many visitors it has.
//!
//! The shapes are Natural Earth's (public domain), projected once by `app/map/make.mjs` into `world.tsv`
//! (docs/decisions/0711-the-map.md).

mod shapes;
mod view;

pub use shapes::{HEIGHT, Shape, WIDTH, shapes};
pub use view::world;

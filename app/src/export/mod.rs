//! What people take away: the rows of a list, the numbers over time, the chart as a picture of its own.

mod csv;
mod drawn;
mod lists;
mod picture;
mod tables;

pub use csv::Csv;
pub use drawn::drawn;
pub use lists::lists;
pub use picture::{HEIGHT, Picture, WIDTH, picture};
pub use tables::{list, over_time};

//! What people take away: the rows of a list, the numbers over time, the chart as a picture of its own.

mod csv;
mod picture;
mod tables;

pub use csv::Csv;
pub use picture::{HEIGHT, WIDTH, picture};
pub use tables::{list, lists, over_time, time};

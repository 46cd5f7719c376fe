//! Numbers, times and names as people read them.

#[cfg(feature = "ssr")]
mod dates;
mod numbers;

#[cfg(feature = "ssr")]
pub use dates::{day_and_month, day_long, day_short, hour_of, month_long, month_short, range};
pub use numbers::{compact, count, decimal, duration, percent_of, signed_percent, width_class};

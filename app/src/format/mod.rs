//! Numbers, times and names as people read them, each in the reader's language.

#[cfg(feature = "ssr")]
mod dates;
#[cfg(feature = "ssr")]
mod money;
#[cfg(feature = "ssr")]
mod names;
mod numbers;

#[cfg(feature = "ssr")]
pub use dates::{day_and_month, day_full, day_long, day_short, hour_of, month_long, month_short, range};
#[cfg(feature = "ssr")]
pub use money::{money, money_short};
#[cfg(feature = "ssr")]
pub(crate) use names::language_codes;
#[cfg(feature = "ssr")]
pub use names::{country, language};
pub use numbers::{compact, count, decimal, duration, fixed, percent, percent_of, signed_percent, width_class};

//! Who may see what: passwords, sign-ins, API keys. Nothing here knows HTTP.

mod email;
mod password;
mod throttle;
mod token;

pub use email::{EmailFault, normal_email};
pub use password::{PasswordFault, Passwords};
pub use throttle::Throttle;
pub use token::Token;

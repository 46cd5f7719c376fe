//! Colours that an address chooses: of widgets, and of dashboards in a frame.
//!
//! The policy allows no style in the page, so colours come as a small style sheet whose address carries them
//! ([`Colours::href`]). Whatever is chosen, words stay legible: what has too little contrast is darkened or lightened.

mod colour;
mod sheet;

pub use colour::{Background, Colour};
pub use sheet::{Colours, VERSION};

//! The recount itself, in stories small enough to be counted by hand.

mod definitions;
mod goals;
mod ranges;
mod story;

//! The recount itself, in stories small enough to be counted by hand.

mod definitions;
mod ranges;
mod story;

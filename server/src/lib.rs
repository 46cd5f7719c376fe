//! The server: the one place that names concrete backends, and the command line.
//!
//! `footfall` is one program: [`cli`] understands what was typed, [`config`] what was set. [`owner`] sees to it that one
//! process owns the data folder and that every command talks to it.

pub mod accounts;
pub mod config;
pub mod logs;
pub mod metrics;
pub mod owner;

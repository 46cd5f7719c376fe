//! The server: the one place that names concrete backends, and the command line.
//!
//! `footfall` is one program: [`cli`] understands what was typed, [`config`] what was set. [`owner`] sees to it that one
//! process owns the data folder and that every command talks to it. The owner opens a [`house`]: log, store, engine.
//! [`actions`] is what can be done in it, [`http`] how the world comes in. [`purge`] tells caches in front what changed.
#![recursion_limit = "512"]

pub mod accounts;
pub mod actions;
pub mod cli;
pub mod config;
pub mod house;
pub mod http;
pub mod import;
pub mod limits;
pub mod logs;
pub mod metrics;
pub mod owner;
pub mod purge;

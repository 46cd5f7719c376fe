//! The program as the world sees it: commands, trackers, programs, people. Each file is one of them.

#[path = "../common/mod.rs"]
mod common;

mod access;
mod bad_input;
mod caches;
mod captured;
mod carried;
mod commands;
mod counters;
mod dax;
mod embed;
mod exclusions;
mod hostile_text;
mod import;
mod ingest;
mod journey;
mod keys;
mod named;
mod openapi;
mod pages;
mod people;
mod present;
mod programs;
mod purge;
mod query;
mod read;
mod scripts;
mod shutdown;
mod sites_api;
mod stores;
mod watching;

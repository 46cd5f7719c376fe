//! What a person sees.
//!
//! Every page is a plain function from a view model to one complete HTML string ([`pages`], [`site_page`]): no inline
//! scripts, no `style` attributes, nothing that depends on anything but the model. The server fills the models from
//! the registry and from reports, and answers with the string. The few things that need a hand or a heartbeat are
//! [`islands`]; they are the only code that reaches the browser as WASM, and every page is complete without them.
//!
//! Feature `ssr` is the server's half, `hydrate` the browser's.
#![recursion_limit = "512"]

pub mod format;
pub mod islands;
pub mod words;

#[cfg(feature = "ssr")]
pub mod chart;
#[cfg(feature = "ssr")]
pub mod colours;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub mod details;
#[cfg(feature = "ssr")]
pub mod door;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod map;
#[cfg(feature = "ssr")]
pub mod models;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod panels;
#[cfg(feature = "ssr")]
pub mod realtime;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod site_page;
#[cfg(feature = "ssr")]
pub mod social;
#[cfg(feature = "ssr")]
pub mod widgets;

/// Called once by `boot.js`, before the islands of the page are woken.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

//! The bar on top of pages that are about no site in particular.

use super::{csrf, mark};
use crate::models::Frame;
use crate::routes;
use leptos::prelude::*;

/// The name of the house, the way to the sites, and the way out.
pub fn plain_bar(frame: &Frame) -> impl IntoView {
    let words = &frame.words().common;
    let token = frame.csrf.clone();
    let here = frame.here.split('?').next().unwrap_or_default();
    let ways = frame.user.is_some().then(|| {
        view! {
            <nav class="bar__ways" aria-label="Footfall">
                <a href=routes::SITES aria-current=(here == routes::SITES).then_some("page")>{words.sites}</a>
                <a href=routes::ACCOUNT aria-current=(here == routes::ACCOUNT).then_some("page")>{words.account}</a>
                <form method="post" action=routes::SIGN_OUT>
                    {csrf(&token)}
                    <button class="link" type="submit">{words.sign_out}</button>
                </form>
            </nav>
        }
    });
    let home = if frame.user.is_some() { routes::SITES } else { "/" };
    view! {
        <header class="top">
            <div class="wrap bar">
                <a class="brand" href=home>{mark(22)}<span>"Footfall"</span></a>
                <span class="bar__space"></span>
                {ways}
            </div>
        </header>
    }
}

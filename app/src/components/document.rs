//! The document around every page.

use crate::models::{Frame, Theme};
use leptos::prelude::*;

/// A whole document. No inline script and no style attribute: the policy forbids both.
pub fn document(frame: &Frame, title: String, class: &'static str, body: impl IntoView) -> impl IntoView {
    let assets = frame.assets.clone();
    let pinned = (frame.theme != Theme::System).then(|| frame.theme.name());
    let outside = frame.outside.clone().unwrap_or_default();
    let robots = if outside.indexed { "index, nofollow" } else { "noindex, nofollow" };
    let full_title = if title == "Footfall" { title } else { format!("{title} · Footfall") };
    view! {
        <html lang=frame.lang.code() data-theme=pinned class=outside.wide.then_some("wide")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f5f0"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131518"/>
                <meta name="robots" content=robots/>
                <meta name="description" content=frame.words().common.description/>
                <title>{full_title}</title>
                {(!assets.font.is_empty()).then(|| view! {
                    <link rel="preload" href=assets.font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                })}
                <link rel="stylesheet" href=assets.css.clone()/>
                {outside.sheet.map(|href| view! { <link rel="stylesheet" href=href/> })}
                <link rel="icon" r#type="image/svg+xml" href=assets.icon.clone()/>
                {(!assets.boot.is_empty()).then(|| view! { <script r#type="module" src=assets.boot.clone()></script> })}
            </head>
            <body class=class>
                <a class="skip" href="#main">{frame.words().common.skip}</a>
                {body}
            </body>
        </html>
    }
}

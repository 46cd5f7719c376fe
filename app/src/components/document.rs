//! The document around every page.

use crate::models::{Frame, Social, Theme};
use crate::social::{CARD_HEIGHT, CARD_WIDTH};
use leptos::prelude::*;

/// Whether search engines may list the page; its links are views of it, and no pages.
fn robots(indexed: bool) -> AnyView {
    match indexed {
        true => view! { <meta name="robots" content="index, nofollow"/> }.into_any(),
        false => view! { <meta name="robots" content="noindex, nofollow"/> }.into_any(),
    }
}

/// A whole document. No inline script and no style attribute: the policy forbids both.
pub fn document(frame: &Frame, title: String, class: &'static str, body: impl IntoView) -> impl IntoView {
    let assets = frame.assets.clone();
    let pinned = (frame.theme != Theme::System).then(|| frame.theme.name());
    let outside = frame.outside.clone().unwrap_or_default();
    let description = outside.social.as_ref().map_or(frame.words().common.description.to_owned(), |social| social.description.clone());
    let full_title = if title == "Footfall" { title } else { format!("{title} · Footfall") };
    view! {
        <html lang=frame.lang.code() data-theme=pinned data-width=outside.wide.then_some("manual")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f5f0"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131518"/>
                {robots(outside.indexed)}
                <meta name="description" content=description/>
                <title>{full_title}</title>
                {outside.social.map(social)}
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

/// What a page says of itself to who shows links to it: Open Graph, and what of it another name has elsewhere.
fn social(social: Social) -> impl IntoView {
    let Social { title, description, image, url } = social;
    let says = |property: &'static str, content: String| leptos::html::meta().attr("property", property).content(content);
    view! {
        <link rel="canonical" href=url.clone()/>
        {says("og:type", "website".to_owned())}
        {says("og:site_name", "Footfall".to_owned())}
        {says("og:title", title.clone())}
        {says("og:description", description)}
        {says("og:url", url)}
        {says("og:image", image)}
        {says("og:image:type", "image/png".to_owned())}
        {says("og:image:width", CARD_WIDTH.to_string())}
        {says("og:image:height", CARD_HEIGHT.to_string())}
        {says("og:image:alt", title)}
        <meta name="twitter:card" content="summary_large_image"/>
    }
}

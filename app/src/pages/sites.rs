use crate::chart::sparkline;
use crate::components::{document, mark, notice, plain_bar, site_sign};
use crate::format;
use crate::models::{SiteCard, Sites};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// All sites, a card each.
pub fn sites(page: &Sites) -> String {
    render(|| {
        let list = if page.sites.is_empty() {
            nothing_yet().into_any()
        } else {
            let cards = page.sites.iter().enumerate().map(|(at, site)| card(at, site)).collect_view();
            view! { <ul class="sites">{cards}</ul> }.into_any()
        };
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap" id="main">
                {notice(&page.notice)}
                <div class="title">
                    <h1>"Sites"</h1>
                    {(!page.sites.is_empty()).then(|| view! { <a class="button" href=routes::ADD_SITE>"Add a site"</a> })}
                </div>
                {list}
            </main>
        };
        document(&page.frame, "Sites".to_owned(), "", body)
    })
}

fn nothing_yet() -> impl IntoView {
    view! {
        <section class="card blank">
            <div class="blank__mark">{mark(48)}</div>
            <h2>"No sites yet"</h2>
            <p>"Add the first one. It takes a domain and one line in your pages."</p>
            <a class="button button--main" href=routes::ADD_SITE>"Add a site"</a>
        </section>
    }
}

fn card(at: usize, site: &SiteCard) -> impl IntoView + use<> {
    let href = if site.received { routes::site(&site.domain) } else { routes::install(&site.domain) };
    let current = (site.current > 0).then(|| {
        let text = format!("{} now", format::count(site.current));
        view! { <span class="now"><span class="dot"></span>{text}</span> }
    });
    let numbers = if site.received {
        let change = site.change.map(|change| {
            let class = if change < 0 { "change bad" } else { "change good" };
            view! { <span class=class>{format::signed_percent(change)}</span> }
        });
        let picture = sparkline(&format!("spark{at}"), &site.days);
        view! {
            <p class="site-card__numbers">
                <b>{format::count(site.visitors)}</b>
                " visitors in 28 days "
                {change}
            </p>
            <div class="site-card__line" inner_html=picture></div>
        }
        .into_any()
    } else {
        view! { <p class="site-card__numbers quiet">"Waiting for the first hit"</p> }.into_any()
    };
    let name = site.domain.clone();
    view! {
        <li class="card site-card">
            <h2 class="site-card__name">{site_sign(&site.domain)}<a href=href>{name}</a>{current}</h2>
            {numbers}
        </li>
    }
}

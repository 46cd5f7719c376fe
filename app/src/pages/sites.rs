use crate::chart::sparkline;
use crate::components::{SITE_KEYS, csrf, document, footsteps, hidden_input, mark, notice, plain_bar, site_sign};
use crate::format;
use crate::models::{SITES_A_PAGE, SiteCard, Sites};
use crate::render::render;
use crate::routes;
use crate::site_page::{KeysOf, keys, named_shortly, spell};
use crate::words::{SitesWords, Words};
use leptos::prelude::*;

/// From so many sites on there is a search.
const SEARCHED_FROM: usize = 4;

/// All sites, a card each; or those that were searched for.
pub fn sites(page: &Sites) -> String {
    let words = page.frame.words();
    render(|| {
        let list = match (page.total, page.sites.len()) {
            (0, _) => nothing_yet(words).into_any(),
            (_, 0) => nothing_found(&words.sites, &page.search).into_any(),
            _ => {
                let cards = page.sites.iter().enumerate().map(|(at, site)| card(page, at, site)).collect_view();
                view! { <ul class="sites">{cards}</ul> }.into_any()
            }
        };
        let pages = page.found.div_ceil(SITES_A_PAGE);
        let searched = page.total >= SEARCHED_FROM || !page.search.is_empty();
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap" id="main">
                {notice(&page.notice)}
                {ignored(page)}
                <div class="title">
                    <h1>{words.common.sites}</h1>
                    {searched.then(|| search(&words.sites, &page.search))}
                    {(page.total > 0).then(|| view! { <a class="button" href=routes::ADD_SITE>{words.common.add_site}</a> })}
                </div>
                {list}
                {(pages > 1).then(|| paging(page, pages).into_any())}
            </main>
            {(!page.sites.is_empty()).then(|| foot(words))}
            {(!page.sites.is_empty()).then(|| keys(page.frame.lang, KeysOf::Sites { searched, paged: pages > 1 }))}
        };
        document(&page.frame, words.common.sites.to_owned(), "", body)
    })
}

/// A word about what the address says and nobody understands.
fn ignored(page: &Sites) -> Option<impl IntoView + use<>> {
    (!page.ignored.is_empty()).then(|| {
        let text = (page.frame.words().site.ignored)(&named_shortly(&page.ignored));
        view! { <p class="notice" role="status">{text}</p> }
    })
}

/// Which sites are seen, and the ways to the others.
fn paging(page: &Sites, pages: usize) -> impl IntoView + use<> {
    let (words, lang) = (page.frame.words(), page.frame.lang);
    let here = page.page.max(1);
    let count = |n: usize| format::count(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let (first, last) = ((here - 1) * SITES_A_PAGE + 1, (here - 1) * SITES_A_PAGE + page.sites.len());
    let way = |there: bool, to: usize, label: &'static str, sign: &'static str, key: &'static str| {
        let search = (!page.search.is_empty()).then(|| ("q", page.search.clone()));
        let number = (to > 1).then(|| ("page", to.to_string()));
        let query = spell(number.into_iter().chain(search));
        let href = if query.is_empty() { routes::SITES.to_owned() } else { format!("{}?{query}", routes::SITES) };
        there.then(|| view! { <a class="button" href=href aria-label=label aria-keyshortcuts=key>{sign}</a> })
    };
    view! {
        <nav class="paging paging--sites" aria-label=words.sites.paging>
            <span>{(words.details.range)(&count(first), &count(last), &count(page.found))}</span>
            {way(here > 1, here - 1, words.sites.earlier, "‹", "ArrowLeft")}
            {way(here < pages, here + 1, words.sites.later, "›", "ArrowRight")}
        </nav>
    }
}

/// The way to the list of keys.
fn foot(words: &Words) -> impl IntoView + use<> {
    let title = words.keyboard.title;
    view! {
        <footer class="wrap foot">
            <button class="link foot__keys" type="button" popovertarget="keys" aria-keyshortcuts="?">{title}</button>
        </footer>
    }
}

fn search(said: &SitesWords, text: &str) -> impl IntoView + use<> {
    let (text, label, find) = (text.to_owned(), said.search, said.find);
    view! {
        <form class="search" role="search" method="get" action=routes::SITES>
            <input type="search" name="q" value=text aria-label=label placeholder=label maxlength="253" spellcheck="false" autocapitalize="none" aria-keyshortcuts="/"/>
            <button class="button" type="submit">{find}</button>
        </form>
    }
}

fn nothing_yet(words: &Words) -> impl IntoView + use<> {
    let (said, add) = (&words.sites, words.common.add_site);
    let (head, why) = (said.none_yet, said.none_yet_why);
    view! {
        <section class="card blank">
            <div class="blank__mark">{mark(48)}</div>
            <h2>{head}</h2>
            <p>{why}</p>
            <a class="button button--main" href=routes::ADD_SITE>{add}</a>
        </section>
    }
}

fn nothing_found(said: &SitesWords, text: &str) -> impl IntoView + use<> {
    let (head, all) = ((said.none_found)(text), said.show_all);
    view! {
        <section class="card blank">
            <div class="blank__mark">{mark(48)}</div>
            <h2 class="blank__words">{head}</h2>
            <a class="button" href=routes::SITES>{all}</a>
        </section>
    }
}

fn card(page: &Sites, at: usize, site: &SiteCard) -> impl IntoView + use<> {
    let (words, lang) = (page.frame.words(), page.frame.lang);
    let waiting = site.hours.is_none() && !site.received;
    let href = if waiting { routes::install(&site.domain) } else { routes::site(&site.domain) };
    let current = (site.current > 0).then(|| {
        let text = format!("{} {}", format::count(site.current, lang), words.common.now);
        view! { <span class="now"><span class="dot"></span>{text}</span> }
    });
    let numbers = match &site.hours {
        Some(hours) => numbers(page, at, site, hours).into_any(),
        None if waiting => view! {
            <p class="site-card__numbers">{words.sites.waiting}</p>
            <div class="site-card__steps" aria-hidden="true">{footsteps()}</div>
        }
        .into_any(),
        None => view! { <p class="site-card__numbers">{words.sites.no_numbers}</p> }.into_any(),
    };
    let name = site.domain.clone();
    // The first nine have keys, as in the menu of sites.
    let key = SITE_KEYS.get(at).copied();
    view! {
        <li class="card site-card" class:site-card--pinned=site.pinned>
            <h2 class="site-card__name">
                {site_sign(&site.domain)}<a href=href aria-keyshortcuts=key>{name}</a>{current}
                {key.map(|key| view! { <kbd class="key-cap" aria-hidden="true">{key}</kbd> })}
            </h2>
            {pin(page, site)}
            {numbers}
        </li>
    }
}

fn numbers(page: &Sites, at: usize, site: &SiteCard, hours: &[i64]) -> impl IntoView + use<> {
    let (said, lang) = (&page.frame.words().sites, page.frame.lang);
    let change = site.change.map(|change| {
        let heard = &page.frame.words().site;
        let (class, sign, word) = match change {
            0 => ("change", "", heard.unchanged),
            1.. => ("change good", "▲ ", heard.up),
            _ => ("change bad", "▼ ", heard.down),
        };
        let text = format::percent(change.saturating_abs() as f64, lang);
        view! { <span class=class><span aria-hidden="true">{sign}</span><span class="unseen">{word}</span>{text}<span class="unseen">" "{said.change_24h}</span></span> }
    });
    let number = |n: Option<&i64>| format::count(n.copied().unwrap_or(0), lang);
    let heard = (said.line)(&number(hours.iter().min()), &number(hours.iter().max()));
    let picture = sparkline(&format!("spark{at}"), hours);
    view! {
        <p class="site-card__numbers">
            <b>{format::count(site.visitors, lang)}</b>
            " "{said.visitors_24h.of(site.visitors)}" "
            {change}
        </p>
        <div class="site-card__line" role="img" aria-label=heard inner_html=picture></div>
    }
}

/// The button that puts a site first, pressed where it is.
fn pin(page: &Sites, site: &SiteCard) -> impl IntoView + use<> {
    let said = &page.frame.words().sites;
    let label = if site.pinned { (said.unpin)(&site.domain) } else { (said.pin)(&site.domain) };
    let (pressed, next) = if site.pinned { ("true", "false") } else { ("false", "true") };
    view! {
        <form class="pin" method="post" action=routes::PIN>
            {csrf(&page.frame.csrf)}
            {hidden_input("domain", &site.domain)}
            {hidden_input("pinned", next)}
            {hidden_input("next", &page.frame.here)}
            <button type="submit" aria-pressed=pressed aria-label=label.clone() title=label>
                <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M5 1.800h6l-.7 4.700 2.200 2v1.300H3.500V8.500l2.200-2zM8 9.800v4.600"></path>
                </svg>
            </button>
        </form>
    }
}
